//! What a volunteer has before them: appointments, tasks, the day's tally and the next door.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use serde_json::{Value, json};
use tungnha_core::api::Api;
use tungnha_core::clock::Clock;
use tungnha_core::notebook::Notebook;

const DAY: i64 = 24 * 60 * 60 * 1000;
/// 18 November 2026, nine in the morning in Vietnam.
const MORNING: i64 = 1_794_967_200_000;

struct Tablet {
    api: Api,
    now: Arc<AtomicI64>,
    _folder: tempfile::TempDir,
}

impl Tablet {
    /// Dợ's team of two in one hamlet.
    fn of_dợ() -> Self {
        let (folder, now) = (tempfile::tempdir().unwrap(), Arc::new(AtomicI64::new(MORNING)));
        let time = now.clone();
        let api = Api::open_at(folder.path(), Clock::from_fn(move || time.load(Ordering::SeqCst))).unwrap();
        let dợ = Self { api, now, _folder: folder };
        dợ.ok("team_start", json!({"team_name": "Tổ Pa Cốp", "place_name": "Bản Pa Cốp", "member_name": "Dợ"}));
        dợ.ok("member_add", json!({"name": "Nam", "role": "member"}));
        dợ
    }

    fn ok(&self, command: &str, args: Value) -> Value {
        self.api.execute(command, args).unwrap_or_else(|e| panic!("{command}: {e}"))
    }

    fn later(&self, days: i64) {
        self.now.fetch_add(days * DAY, Ordering::SeqCst);
    }

    fn household(&self, head: &str, door: &str) -> String {
        let added = self.ok("household_add", json!({"head": {"name": head}, "fields": {"door": door}}));
        added["id"].as_str().unwrap().to_owned()
    }

    fn visit(&self, household: &str, mut form: Value) -> Value {
        let people = self.ok("household_get", json!({"household": household}))["people"].take();
        if form["outcome"] == "met" {
            form["met"] = json!([people[0]["id"]]);
        }
        self.ok("visit_save", json!({"household": household, "form": form}))["visit"].take()
    }

    fn member(&self, name: &str) -> Value {
        let all = self.ok("member_list", json!({}));
        all.as_array().unwrap().iter().find(|member| member["name"] == name).unwrap()["id"].clone()
    }

    fn signs_in(&self, name: &str) {
        self.ok("member_sign_in", json!({"member": self.member(name)}));
    }

    fn today(&self) -> Value {
        self.ok("today_get", json!({}))
    }
}

fn heads(rows: &Value) -> Vec<&str> {
    rows.as_array().unwrap().iter().map(|row| row["head"].as_str().unwrap()).collect()
}

#[test]
fn appointments_are_those_of_who_made_them_oldest_first_for_a_week_ahead() {
    let tablet = Tablet::of_dợ();
    let [páo, mỷ, tươi] = ["Páo", "Mỷ", "Tươi"].map(|head| tablet.household(head, "Cuối bản"));
    tablet.visit(&páo, json!({"outcome": "met", "follow_up": "2026-11-25"}));
    tablet.visit(&mỷ, json!({"outcome": "met", "follow_up": "2026-11-20"}));
    tablet.visit(&tươi, json!({"outcome": "met", "follow_up": "2026-12-18"}));
    tablet.signs_in("Nam");
    assert_eq!(heads(&tablet.today()["appointments"]), [] as [&str; 0]);
    tablet.later(4);
    assert_eq!(tablet.today()["due_of_others"], 1);
    tablet.signs_in("Dợ");
    let today = tablet.today();
    assert_eq!(heads(&today["appointments"]), ["Mỷ", "Páo"]);
    assert_eq!((&today["appointments"][0]["overdue"], &today["due_of_others"]), (&json!(true), &json!(0)));

    // Nobody at home: still overdue. Somebody met: done.
    tablet.visit(&mỷ, json!({"outcome": "absent"}));
    assert_eq!(heads(&tablet.today()["appointments"]), ["Mỷ", "Páo"]);
    tablet.visit(&mỷ, json!({"outcome": "met"}));
    assert_eq!(heads(&tablet.today()["appointments"]), ["Páo"]);
}

#[test]
fn two_who_were_at_one_door_on_one_day_have_each_given_their_word() {
    let tablet = Tablet::of_dợ();
    let páo = tablet.household("Páo", "Cuối bản");
    tablet.visit(&páo, json!({"outcome": "met", "follow_up": "2026-11-25"}));
    tablet.signs_in("Nam");
    tablet.visit(&páo, json!({"outcome": "met"}));
    assert_eq!(heads(&tablet.today()["appointments"]), [] as [&str; 0]);
    tablet.signs_in("Dợ");
    assert_eq!(heads(&tablet.today()["appointments"]), ["Páo"], "Nam was there the same day");

    tablet.signs_in("Nam");
    tablet.visit(&páo, json!({"outcome": "met", "follow_up": "2026-11-24"}));
    assert_eq!(heads(&tablet.today()["appointments"]), ["Páo"]);
    tablet.later(1);
    tablet.visit(&páo, json!({"outcome": "met"}));
    assert_eq!(heads(&tablet.today()["appointments"]), [] as [&str; 0]);
    tablet.signs_in("Dợ");
    assert_eq!(heads(&tablet.today()["appointments"]), [] as [&str; 0], "somebody has been there since");
}

#[test]
fn the_tally_counts_households_and_people_once() {
    let tablet = Tablet::of_dợ();
    let [páo, mỷ] = ["Páo", "Mỷ"].map(|head| tablet.household(head, "Cuối bản"));
    tablet.visit(&páo, json!({"outcome": "absent"}));
    tablet.visit(&mỷ, json!({"outcome": "absent"}));
    tablet.visit(&páo, json!({"outcome": "met"}));
    let twice = tablet.visit(&páo, json!({"outcome": "met"}));
    assert_eq!(tablet.today()["tally"], json!({"visits": 4, "households": 2, "met": 1, "absent": 1, "residents": 1}));
    tablet.ok("visit_remove", json!({"household": páo, "visit": twice}));
    assert_eq!(tablet.today()["tally"]["visits"], 3);
    tablet.later(1);
    assert_eq!(tablet.today()["tally"], json!({"visits": 0, "households": 0, "met": 0, "absent": 0, "residents": 0}));
}

#[test]
fn the_next_door_is_in_the_same_lane_and_then_in_the_same_hamlet() {
    let tablet = Tablet::of_dợ();
    let páo = tablet.household("Páo", "Xóm Dốc, nhà sàn");
    tablet.household("Tươi", "Đầu bản");
    tablet.household("Mỷ", "xóm Dốc, mái đá");
    let done = tablet.household("Chống", "Xóm Dốc, trên cùng");
    assert_eq!(tablet.today()["nearby"], Value::Null);
    tablet.visit(&done, json!({"outcome": "met"}));
    tablet.visit(&páo, json!({"outcome": "absent"}));
    let nearby = tablet.today()["nearby"].take();
    assert_eq!((nearby["head"].as_str(), nearby["lane"].as_str()), (Some("Páo"), Some("Xóm Dốc")));
    assert_eq!(heads(&nearby["households"]), ["Mỷ", "Tươi"]);
}

#[test]
fn one_task_at_many_households_is_done_door_by_door() {
    let tablet = Tablet::of_dợ();
    let [páo, mỷ] = ["Páo", "Mỷ"].map(|head| tablet.household(head, "Xóm Dốc"));
    let before = tablet.visit(&páo, json!({"outcome": "met"}));
    let nam = tablet.member("Nam");
    let task = tablet.ok("task_assign", json!({"households": [páo, mỷ], "who": nam, "due": "2026-11-25"}));
    assert_eq!((&task["done"], &task["goal"], &task["from_who_name"]), (&json!(0), &json!(2), &json!("Dợ")));

    tablet.signs_in("Nam");
    let refused = tablet.api.execute("task_assign", json!({"households": [páo], "who": tablet.member("Dợ")}));
    assert_eq!(refused.unwrap_err().code(), "not_allowed");
    assert_eq!(tablet.today()["tasks"][0]["done"], 0, "the visit was before it");
    tablet.visit(&páo, json!({"outcome": "absent"}));
    assert_eq!(tablet.today()["tasks"][0]["done"], 0);
    let met = tablet.visit(&páo, json!({"outcome": "met"}));
    assert_eq!(tablet.today()["tasks"][0]["done"], 1);
    tablet.later(8);
    assert_eq!(tablet.today()["tasks"][0]["overdue"], true);
    tablet.ok("task_progress", json!({"task": task["id"], "household": mỷ, "done": 1}));
    assert_eq!(tablet.today()["tasks"], json!([]));

    tablet.ok("visit_remove", json!({"household": páo, "visit": met}));
    assert_eq!(tablet.today()["tasks"][0]["done"], 1, "what a visit did goes with it");
    tablet.ok("visit_remove", json!({"household": páo, "visit": before}));
    tablet.ok("task_set_removed", json!({"task": task["id"], "removed": true}));
    assert_eq!((tablet.today()["tasks"].clone(), tablet.ok("task_list", json!({}))), (json!([]), json!([])));
    tablet.ok("task_set_removed", json!({"task": task["id"], "removed": false}));
    assert_eq!(tablet.ok("household_get", json!({"household": mỷ}))["tasks"][0]["who_name"], "Nam");
    assert_eq!(tablet.ok("verify", json!({}))["clean"], true);
}

#[test]
fn a_thing_to_do_is_ticked_in_a_visit_and_one_without_a_household_is_counted() {
    let tablet = Tablet::of_dợ();
    let (páo, dợ) = (tablet.household("Páo", "Xóm Dốc"), tablet.member("Dợ"));
    let vneid = tablet.ok("task_assign", json!({"households": [páo], "who": dợ, "what": "Cài VNeID mức 2"}));
    tablet.visit(&páo, json!({"outcome": "met"}));
    assert_eq!(tablet.today()["tasks"][0]["done"], 0, "a visit alone does not do it");
    tablet.visit(&páo, json!({"outcome": "met", "tasks": [vneid["id"]]}));
    assert_eq!(tablet.today()["tasks"], json!([]));

    let stall = json!({"who": dợ, "what": "Giúp người ở chợ quét mã QR", "goal": 3});
    let stall = tablet.ok("task_assign", stall)["id"].take();
    tablet.ok("task_progress", json!({"task": stall, "done": 2}));
    let tasks = tablet.today()["tasks"].take();
    assert_eq!((&tasks[0]["done"], &tasks[0]["goal"], &tasks[0]["households"]), (&json!(2), &json!(3), &json!([])));
    let strange =
        tablet.api.execute("visit_save", json!({"household": páo, "form": {"outcome": "absent", "tasks": [stall]}}));
    assert_eq!(strange.unwrap_err().code(), "not_found");
    assert_eq!(tablet.ok("verify", json!({}))["clean"], true);
}

#[test]
fn several_count_at_one_booth_and_nothing_is_overwritten() {
    let tablet = Tablet::of_dợ();
    let booth = json!({"kind": "booth", "title": "Chợ phiên", "time": "07:30", "attendees": 2});
    let booth = tablet.ok("activity_save", booth)["id"].take();
    let count = |service: &str, add: i32| {
        tablet.ok("activity_count", json!({"activity": booth, "service": service, "add": add}))
    };
    count("", 1);
    count("queue_number", 1);
    tablet.signs_in("Nam");
    count("queue_number", 3);
    let less = count("", -9);
    assert_eq!((&less["attendees"], &less["time"]), (&json!(0), &json!("07:30")), "never less than nobody");
    count("", 5);

    let páo = tablet.household("Páo", "Xóm Dốc");
    let who = tablet.ok("household_get", json!({"household": páo}))["people"][0]["id"].take();
    let came = json!({"activity": booth, "household": páo, "resident": who, "came": true});
    tablet.ok("activity_came", came.clone());
    tablet.ok("activity_came", came);
    tablet.ok("activity_helped", json!({"activity": booth, "member": tablet.member("Dợ"), "helped": true}));
    let edited = json!({"activity": booth, "kind": "booth", "title": "Chợ phiên Vân Hồ", "time": "07:45"});
    let now = tablet.ok("activity_save", edited);
    assert_eq!((&now["attendees"], &now["unnamed"], &now["came"][0]["name"]), (&json!(6), &json!(5), &json!("Páo")));
    assert_eq!((&now["services"][0]["count"], &now["helpers"][0]["name"]), (&json!(4), &json!("Dợ")));
    assert_eq!(tablet.ok("verify", json!({}))["clean"], true);
}

#[test]
fn a_notebook_that_is_taken_off_leaves_no_row_behind() {
    let folder = tempfile::tempdir().unwrap();
    let rows = || {
        let notebook = Notebook::open(folder.path(), Clock::system()).unwrap();
        let mut query = notebook.db().prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
        let tables = query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap);
        let count = |table: String| {
            let sql = format!("SELECT count(*) FROM {table}");
            (table, notebook.db().query_row(&sql, [], |row| row.get::<_, i64>(0)).unwrap())
        };
        tables.map(count).collect::<Vec<_>>()
    };
    let empty = rows();
    {
        let api = Api::open(folder.path()).unwrap();
        let ok = |command: &str, args: Value| api.execute(command, args).unwrap_or_else(|e| panic!("{command}: {e}"));
        ok("practice_start", json!({"member_name": "Dợ"}));
        let list = ok("household_list", json!({}));
        let [one, other] = [0, 1].map(|n| list["rows"][n]["id"].clone());
        let me = ok("status", json!({}))["me"]["id"].take();
        ok("task_assign", json!({"households": [one], "who": me}));
        ok("duplicate_settle", json!({"kind": "household", "a": one, "b": other, "verdict": "same"}));
        let booth = ok("activity_save", json!({"kind": "booth", "title": "Chợ phiên"}))["id"].take();
        ok("activity_count", json!({"activity": booth, "add": 1}));
        ok("activity_helped", json!({"activity": booth, "member": me, "helped": true}));
        ok("practice_end", json!({}));
    }
    assert_eq!(rows(), empty);
}

#[test]
fn a_task_at_two_households_that_are_one_is_one_and_a_visit_to_either_does_it() {
    let tablet = Tablet::of_dợ();
    let [one, other] = ["Páo", "Páo"].map(|head| tablet.household(head, "Xóm Dốc"));
    let task = json!({"households": [one, other], "who": tablet.member("Dợ")});
    let asked = json!({"households": [other], "who": tablet.member("Dợ"), "what": "Cài VNeID mức 2"});
    let (task, asked) = (tablet.ok("task_assign", task)["id"].take(), tablet.ok("task_assign", asked)["id"].take());
    let verdict = |verdict: &str| json!({"kind": "household", "a": one, "b": other, "verdict": verdict});
    tablet.ok("duplicate_settle", verdict("same"));
    let get = |task: &Value| tablet.ok("task_get", json!({"task": task}));
    assert_eq!((&get(&task)["goal"], &get(&asked)["goal"]), (&json!(1), &json!(1)));
    tablet.visit(&one, json!({"outcome": "met", "tasks": [asked]}));
    assert_eq!((&get(&task)["done"], &get(&asked)["done"]), (&json!(1), &json!(1)));
    assert_eq!(
        tablet.ok("household_history", json!({"household": one})).as_array().map(|all| all.len() > 4),
        Some(true)
    );
    tablet.ok("duplicate_settle", verdict("undone"));
    assert_eq!((&get(&task)["goal"], &get(&task)["done"]), (&json!(2), &json!(1)));
    assert_eq!(tablet.ok("verify", json!({}))["clean"], true);
}

#[test]
fn a_visit_made_by_two_counts_for_both_and_once_for_the_household() {
    let tablet = Tablet::of_dợ();
    let páo = tablet.household("Páo", "Cuối bản");
    let (dợ, nam) = (tablet.member("Dợ"), tablet.member("Nam"));
    // Dợ names herself too, and Nam twice: she wrote it, and he came along once.
    let visit = tablet.visit(&páo, json!({"outcome": "met", "with": [nam, dợ, nam]}));
    let detail = tablet.ok("household_get", json!({"household": páo}));
    assert_eq!(detail["visits"][0]["with"], json!([{"member": nam, "name": "Nam"}]));
    assert_eq!(detail["visits"].as_array().unwrap().len(), 1);
    let export = tablet.ok("export", json!({}));
    assert_eq!(
        (&export["totals"]["visits"], &export["households"][0]["visits"][0]["with"]),
        (&json!(1), &json!(["Nam"]))
    );

    let mine = |tablet: &Tablet| tablet.ok("household_list", json!({"filter": "mine"}))["total"].clone();
    let once = json!({"visits": 1, "households": 1, "met": 1, "absent": 0, "residents": 1});
    for who in ["Dợ", "Nam"] {
        tablet.signs_in(who);
        assert_eq!((&tablet.today()["tally"], mine(&tablet)), (&once, json!(1)), "{who}");
    }
    assert_eq!(tablet.today()["nearby"]["head"], "Páo", "Nam goes on from there");

    // Nam opens it to correct it: it stays Dợ's, with him; then it was a slip, and he was not there.
    let draft = tablet.ok("visit_open", json!({"household": páo, "correct": visit}));
    assert_eq!(draft["form"]["with"], json!([nam]));
    let mut form = draft["form"].clone();
    form["with"] = json!([]);
    let saved = tablet.ok("visit_save", json!({"household": páo, "visit": visit, "form": form}));
    let stands = &saved["household"]["visits"][0];
    assert_eq!((&stands["author_name"], &stands["with"]), (&json!("Dợ"), &json!([])));
    assert_eq!((&tablet.today()["tally"]["visits"], mine(&tablet)), (&json!(0), json!(0)));
    assert_eq!(tablet.ok("verify", json!({}))["clean"], true);
}

#[test]
fn only_members_come_along_and_no_more_than_ten() {
    let tablet = Tablet::of_dợ();
    let páo = tablet.household("Páo", "Cuối bản");
    let form = |with: Value| json!({"household": páo, "form": {"outcome": "absent", "with": with}});
    let stranger = tablet.ok("household_get", json!({"household": páo}))["people"][0]["id"].take();
    assert_eq!(tablet.api.execute("visit_save", form(json!([stranger]))).unwrap_err().code(), "not_found");
    assert_eq!(tablet.api.execute("visit_save", form(json!(["nobody"]))).unwrap_err().code(), "not_found");
    let nam = tablet.member("Nam");
    assert_eq!(tablet.api.execute("visit_save", form(json!(vec![nam; 11]))).unwrap_err().code(), "too_many");
}
