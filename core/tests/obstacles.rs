//! What stands in the way goes up, is answered, and is settled: one of a visit is the visit's own text, and two who
//! answer at once both stand.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use serde_json::{Value, json};
use tungnha_core::api::Api;
use tungnha_core::clock::Clock;

const DAY: i64 = 24 * 60 * 60 * 1000;
/// 18 November 2026, nine in the morning in Vietnam.
const MORNING: i64 = 1_794_967_200_000;

struct Tablet {
    api: Api,
    now: Arc<AtomicI64>,
    folder: tempfile::TempDir,
}

impl Tablet {
    fn on(folder: tempfile::TempDir) -> Self {
        let now = Arc::new(AtomicI64::new(MORNING));
        let time = now.clone();
        let api = Api::open_at(folder.path(), Clock::from_fn(move || time.load(Ordering::SeqCst))).unwrap();
        Self { api, now, folder }
    }

    /// The notebook of Pa Cốp: Dợ leads, Nam is a member, Chu sits in the commune's office.
    fn of_dợ() -> Self {
        let dợ = Self::on(tempfile::tempdir().unwrap());
        dợ.ok("team_start", json!({"team_name": "Tổ Pa Cốp", "place_name": "Bản Pa Cốp", "member_name": "Dợ"}));
        dợ.ok("member_add", json!({"name": "Nam", "role": "member"}));
        dợ.ok("member_add", json!({"name": "Chu", "role": "commune_officer"}));
        dợ
    }

    fn ok(&self, command: &str, args: Value) -> Value {
        self.api.execute(command, args).unwrap_or_else(|e| panic!("{command}: {e}"))
    }

    fn refused(&self, command: &str, args: Value) -> &'static str {
        self.api.execute(command, args).expect_err(command).code
    }

    fn later(&self, days: i64) {
        self.now.fetch_add(days * DAY, Ordering::SeqCst);
    }

    fn signs_in(&self, name: &str) {
        let all = self.ok("member_list", json!({}));
        let who = all.as_array().unwrap().iter().find(|member| member["name"] == name).unwrap()["id"].clone();
        self.ok("member_sign_in", json!({"member": who}));
    }

    fn household(&self, head: &str) -> String {
        let added = self.ok("household_add", json!({"head": {"name": head}, "fields": {"door": "Cuối bản"}}));
        added["id"].as_str().unwrap().to_owned()
    }

    /// Somebody was at a door and wrote down what stands in the way.
    fn visit(&self, household: &str, obstacle: &str) -> String {
        let form = json!({"outcome": "absent", "obstacle": obstacle});
        self.ok("visit_save", json!({"household": household, "form": form}))["visit"].as_str().unwrap().to_owned()
    }

    fn raise(&self, text: &str) -> String {
        self.ok("obstacle_raise", json!({"text": text}))["id"].as_str().unwrap().to_owned()
    }

    fn obstacles(&self) -> Value {
        self.ok("obstacle_list", json!({}))
    }

    fn one(&self, id: &str) -> Value {
        self.ok("obstacle_get", json!({"obstacle": id}))
    }

    fn say(&self, command: &str, id: &str, text: &str) -> Value {
        self.ok(command, json!({"obstacle": id, "text": text}))
    }

    /// Hands everything that is here to another tablet.
    fn hands_to(&self, other: &Self) {
        let file = self.ok("file_export", json!({}))["content"].take();
        other.ok("file_import", json!({"content": file}));
    }

    /// Another tablet with what this one holds. It writes under an actor of its own.
    fn twin(self) -> [Self; 2] {
        let Self { api, folder, .. } = self;
        drop(api);
        let copy = tempfile::tempdir().unwrap();
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
        }
        [folder, copy].map(Self::on)
    }

    fn clean(&self) {
        let report = self.ok("verify", json!({}));
        assert_eq!(report["clean"], true, "{report}");
    }
}

fn texts(list: &Value) -> Vec<&str> {
    list["obstacles"].as_array().unwrap().iter().map(|o| o["text"].as_str().unwrap()).collect()
}

#[test]
fn what_a_visit_says_and_what_is_raised_alone_stand_in_one_list_the_oldest_first() {
    let tablet = Tablet::of_dợ();
    let páo = tablet.household("Páo");
    let visit = tablet.visit(&páo, "Sóng yếu, không mở được VNeID");
    tablet.later(2);
    tablet.raise("Chưa có loa ở nhà văn hóa");
    let list = tablet.obstacles();
    assert_eq!(texts(&list), ["Sóng yếu, không mở được VNeID", "Chưa có loa ở nhà văn hóa"]);
    let first = &list["obstacles"][0];
    assert_eq!((&first["id"], &first["household"], &first["age"]), (&json!(visit), &json!(páo), &json!(2)));
    assert_eq!((&first["head"], &first["place_name"]), (&json!("Páo"), &json!("Bản Pa Cốp")));
    assert_eq!(list["obstacles"][1]["household"], Value::Null);
    assert_eq!(texts(&tablet.ok("obstacle_list", json!({"household": páo}))).len(), 1);
}

#[test]
fn a_visit_that_is_corrected_or_taken_back_takes_its_obstacle_along() {
    let tablet = Tablet::of_dợ();
    let páo = tablet.household("Páo");
    let visit = tablet.visit(&páo, "Sóng yếu");
    tablet.say("obstacle_reply", &visit, "Xã xin lắp trạm");
    let form = json!({"outcome": "absent", "obstacle": "Sóng rất yếu"});
    tablet.ok("visit_open", json!({"household": páo, "correct": visit}));
    tablet.ok("visit_save", json!({"household": páo, "visit": visit, "form": form}));
    assert_eq!(texts(&tablet.obstacles()), ["Sóng rất yếu"]);
    assert_eq!(tablet.one(&visit)["words"].as_array().unwrap().len(), 1, "what was said of it stays");

    tablet.ok("visit_remove", json!({"household": páo, "visit": visit}));
    assert_eq!(texts(&tablet.obstacles()), [] as [&str; 0]);
    tablet.ok("visit_restore", json!({"household": páo, "visit": visit}));
    assert_eq!(tablet.one(&visit)["words"][0]["text"], "Xã xin lắp trạm");
    tablet.clean();
}

#[test]
fn what_nobody_else_has_answered_for_seven_days_stands_out() {
    let tablet = Tablet::of_dợ();
    let id = tablet.raise("Thiếu máy");
    tablet.later(7);
    assert_eq!(tablet.one(&id)["stands_out"], false);
    tablet.later(1);
    assert_eq!(tablet.obstacles()["stand_out"], 1);
    // Who raised it cannot answer it.
    tablet.say("obstacle_reply", &id, "Vẫn chưa có ai trả lời");
    assert_eq!(tablet.one(&id)["stands_out"], true);
    tablet.signs_in("Chu");
    let answered = tablet.say("obstacle_reply", &id, "Thứ Hai xã cấp hai máy");
    assert_eq!((&answered["answered"], &answered["stands_out"]), (&json!(true), &json!(false)));
}

#[test]
fn the_place_sets_after_how_many_days_one_stands_out() {
    let tablet = Tablet::of_dợ();
    let id = tablet.raise("Thiếu máy");
    tablet.ok("obstacle_rule_set", json!({"days": 3}));
    tablet.later(4);
    assert_eq!((&tablet.one(&id)["stands_out"], &tablet.obstacles()["answer_within"]), (&json!(true), &json!(3)));
    tablet.signs_in("Nam");
    assert_eq!(tablet.refused("obstacle_rule_set", json!({"days": 30})), "not_allowed");
    assert_eq!(tablet.obstacles()["leads"], false);
}

#[test]
fn who_raised_it_settles_it_and_so_does_who_leads() {
    let tablet = Tablet::of_dợ();
    let of_dợ = tablet.raise("Thiếu máy");
    tablet.signs_in("Nam");
    assert_eq!(tablet.refused("obstacle_close", json!({"obstacle": of_dợ})), "not_allowed");
    let of_nam = tablet.raise("Chưa có tờ rơi");
    tablet.signs_in("Chu");
    tablet.later(5);
    let closed = tablet.say("obstacle_close", &of_nam, "Đã gửi 200 tờ");
    assert_eq!((&closed["closed"], &closed["age"]), (&json!(true), &json!(5)));
    tablet.later(5);
    assert_eq!(tablet.one(&of_nam)["age"], 5, "it ages no more");
    assert_eq!(texts(&tablet.obstacles()), ["Thiếu máy", "Chưa có tờ rơi"], "settled ones come last");

    tablet.signs_in("Nam");
    let again = tablet.say("obstacle_reopen", &of_nam, "Mới nhận được 20 tờ");
    assert_eq!((&again["closed"], &again["age"]), (&json!(false), &json!(10)));
    assert_eq!(again["words"][1]["kind"], "reopened");
}

#[test]
fn one_that_was_raised_alone_is_written_anew_and_taken_back_one_of_a_visit_is_not() {
    let tablet = Tablet::of_dợ();
    let id = tablet.raise("Thiếu máy");
    tablet.later(3);
    let anew = tablet.ok("obstacle_raise", json!({"obstacle": id, "text": "Thiếu hai máy"}));
    assert_eq!((&anew["text"], &anew["age"]), (&json!("Thiếu hai máy"), &json!(3)), "it is as old as before");
    tablet.ok("obstacle_set_removed", json!({"obstacle": id, "removed": true}));
    assert_eq!((&tablet.obstacles()["open"], &tablet.one(&id)["removed"]), (&json!(0), &json!(true)));

    let visit = tablet.visit(&tablet.household("Páo"), "Sóng yếu");
    assert_eq!(tablet.refused("obstacle_set_removed", json!({"obstacle": visit, "removed": true})), "not_found");
    assert_eq!(tablet.refused("obstacle_reply", json!({"obstacle": visit, "text": "CCCD 012345678901"})), "id_number");
    assert_eq!(tablet.refused("obstacle_reply", json!({"obstacle": visit, "text": " "})), "required");
}

#[test]
fn an_answer_is_taken_back_by_who_gave_it_and_then_answers_nothing() {
    let tablet = Tablet::of_dợ();
    let id = tablet.raise("Thiếu máy");
    tablet.later(8);
    tablet.signs_in("Chu");
    let answered = tablet.say("obstacle_reply", &id, "Thứ Hai xã cấp hai máy");
    let reply = &answered["words"][0]["id"];
    let edit = |text: &str| json!({"obstacle": id, "reply": reply, "text": text});
    assert_eq!(answered["stands_out"], false);
    let taken = tablet.ok("obstacle_reply_edit", edit(""));
    assert_eq!((&taken["words"][0]["text"], &taken["stands_out"]), (&json!(""), &json!(true)));
    let back = tablet.ok("obstacle_reply_edit", edit("Thứ Ba xã cấp hai máy"));
    assert_eq!((&back["words"][0]["text"], &back["answered"]), (&json!("Thứ Ba xã cấp hai máy"), &json!(true)));
    assert_eq!(back["words"][0]["at_ms"], answered["words"][0]["at_ms"], "it was said when it was said");
    assert_eq!(tablet.refused("obstacle_reply_edit", edit("CCCD 012345678901")), "id_number");

    tablet.signs_in("Dợ");
    assert_eq!(tablet.refused("obstacle_reply_edit", edit("")), "not_allowed", "not even by who raised it, or leads");
    let closed = tablet.say("obstacle_close", &id, "Đủ máy rồi");
    let closing = json!({"obstacle": id, "reply": closed["words"][1]["id"], "text": ""});
    assert_eq!(tablet.refused("obstacle_reply_edit", closing), "not_found", "a closing is reopened instead");
    tablet.clean();
}

#[test]
fn two_who_answer_at_once_both_stand_and_the_last_who_settles_holds() {
    let one = Tablet::of_dợ();
    let páo = one.household("Páo");
    let visit = one.visit(&páo, "Sóng yếu");
    let [one, other] = one.twin();
    other.signs_in("Chu");
    one.say("obstacle_reply", &visit, "Tổ đã báo xã");
    other.say("obstacle_reply", &visit, "Xã đã gửi công văn");
    other.say("obstacle_close", &visit, "");
    one.hands_to(&other);
    other.hands_to(&one);
    for tablet in [&one, &other] {
        let seen = tablet.one(&visit);
        let mut said: Vec<_> = seen["words"].as_array().unwrap().iter().map(|w| w["text"].as_str().unwrap()).collect();
        said.sort_unstable();
        assert_eq!(said, ["", "Tổ đã báo xã", "Xã đã gửi công văn"]);
        assert_eq!(seen["closed"], true);
        assert_eq!(tablet.ok("conflict_list", json!({})), json!([]));
        tablet.clean();
    }
    // A clock that is behind reopens what it knows to be settled.
    one.later(-2);
    one.say("obstacle_reopen", &visit, "Vẫn yếu");
    one.hands_to(&other);
    assert_eq!((&one.one(&visit)["closed"], &other.one(&visit)["closed"]), (&json!(false), &json!(false)));
}
