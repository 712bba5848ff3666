//! A campaign counts by itself what was done on its days and in its places, and what a place is to reach and the
//! office tells its teams comes to every tablet.

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

    /// Dợ leads a team of two in two hamlets.
    fn of_dợ() -> Self {
        let dợ = Self::on(tempfile::tempdir().unwrap());
        dợ.ok("team_start", json!({"team_name": "Tổ Vân Hồ", "place_name": "Bản Pa Cốp", "member_name": "Dợ"}));
        dợ.ok("member_add", json!({"name": "Nam", "role": "member"}));
        dợ.ok("place_add", json!({"name": "Bản Suối Lìn", "kind": "hamlet"}));
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

    fn named(&self, command: &str, name: &str) -> Value {
        let all = self.ok(command, json!({}));
        all.as_array().unwrap().iter().find(|one| one["name"] == name).unwrap()["id"].clone()
    }

    fn place(&self, name: &str) -> Value {
        self.named("place_list", name)
    }

    fn member(&self, name: &str) -> Value {
        self.named("member_list", name)
    }

    fn signs_in(&self, name: &str) {
        self.ok("member_sign_in", json!({"member": self.member(name)}));
    }

    fn household(&self, head: &str, place: &str) -> String {
        let args = json!({"head": {"name": head}, "place": self.place(place), "fields": {"door": "Cuối bản"}});
        let added = self.ok("household_add", args);
        added["id"].as_str().unwrap().to_owned()
    }

    /// Whoever is signed in was at a door on a day, alone or along with others.
    fn visit(&self, household: &str, day: &str, outcome: &str, with: &[&str]) -> Value {
        let people = self.ok("household_get", json!({"household": household}))["people"].take();
        let with: Vec<Value> = with.iter().map(|name| self.member(name)).collect();
        let mut form = json!({"outcome": outcome, "day": day, "with": with});
        if outcome == "met" {
            form["met"] = json!([people[0]["id"]]);
        }
        self.ok("visit_save", json!({"household": household, "form": form}))["visit"].take()
    }

    /// Ten days in Pa Cốp: Dợ is to meet three households, Nam two.
    fn drive(&self) -> String {
        let quotas = json!([{"of": self.member("Dợ"), "quota": 3}, {"of": self.member("Nam"), "quota": 2}]);
        let args = json!({"name": "Ra quân 10 ngày", "from": "2026-11-11", "to": "2026-11-20",
            "places": [self.place("Bản Pa Cốp")], "quotas": quotas});
        self.ok("campaign_save", args)["id"].as_str().unwrap().to_owned()
    }

    fn campaign(&self, id: &str) -> Value {
        self.ok("campaign_get", json!({"campaign": id}))
    }

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

/// Who has done how much of how much.
fn quotas(campaign: &Value) -> Vec<(&str, u64, Option<u64>)> {
    let all = campaign["quotas"].as_array().unwrap().iter();
    all.map(|q| (q["name"].as_str().unwrap(), q["count"].as_u64().unwrap(), q["quota"].as_u64())).collect()
}

#[test]
fn it_counts_each_household_once_on_its_days_and_in_its_places() {
    let tablet = Tablet::of_dợ();
    let drive = tablet.drive();
    let [páo, mỷ, tươi] = ["Páo", "Mỷ", "Tươi"].map(|head| tablet.household(head, "Bản Pa Cốp"));
    let elsewhere = tablet.household("Chống", "Bản Suối Lìn");
    tablet.visit(&páo, "2026-11-10", "met", &[]);
    tablet.visit(&elsewhere, "2026-11-12", "met", &[]);
    tablet.visit(&mỷ, "2026-11-12", "absent", &[]);
    assert_eq!((&tablet.campaign(&drive)["count"], &tablet.campaign(&drive)["days"]), (&json!(0), &json!([])));

    tablet.visit(&páo, "2026-11-11", "met", &[]);
    let again = tablet.visit(&páo, "2026-11-13", "met", &[]);
    tablet.visit(&tươi, "2026-11-13", "met", &["Nam"]);
    tablet.signs_in("Nam");
    tablet.visit(&páo, "2026-11-14", "met", &[]);
    let seen = tablet.campaign(&drive);
    assert_eq!((&seen["count"], &seen["quota"]), (&json!(2), &json!(5)));
    assert_eq!(quotas(&seen), [("Dợ", 2, Some(3)), ("Nam", 2, Some(2))], "together counts for both");
    assert_eq!(seen["days"], json!([{"day": "2026-11-11", "count": 1}, {"day": "2026-11-13", "count": 1}]));

    tablet.ok("visit_remove", json!({"household": páo, "visit": again}));
    assert_eq!(tablet.campaign(&drive)["count"], 2, "others still say so");
    tablet.ok("household_remove", json!({"household": páo}));
    assert_eq!(tablet.campaign(&drive)["count"], 1);
}

#[test]
fn two_that_are_one_count_once() {
    let tablet = Tablet::of_dợ();
    let drive = tablet.drive();
    let [one, other] = ["Giàng A Páo", "Giang A Pao"].map(|head| tablet.household(head, "Bản Pa Cốp"));
    tablet.visit(&one, "2026-11-12", "met", &[]);
    tablet.visit(&other, "2026-11-13", "met", &[]);
    assert_eq!(tablet.campaign(&drive)["count"], 2);
    let settle = |verdict| json!({"kind": "household", "a": one, "b": other, "verdict": verdict});
    tablet.ok("duplicate_settle", settle("same"));
    assert_eq!(tablet.campaign(&drive)["count"], 1);
    tablet.ok("duplicate_settle", settle("undone"));
    assert_eq!(tablet.campaign(&drive)["count"], 2);
}

#[test]
fn a_teams_quota_is_met_by_all_that_was_done_at_its_households() {
    let tablet = Tablet::of_dợ();
    let team = json!({"name": "Tổ Suối Lìn", "kind": "hamlet", "places": [tablet.place("Bản Suối Lìn")]});
    let teams = tablet.ok("team_save", team)["teams"].take();
    let team = teams.as_array().unwrap().iter().find(|team| team["name"] == "Tổ Suối Lìn").unwrap()["id"].clone();
    let quotas = json!([{"of": team, "quota": 40}, {"of": tablet.member("Nam"), "quota": 5}]);
    let drive = json!({"name": "Ra quân", "from": "2026-11-11", "to": "2026-11-20", "quotas": quotas});
    let drive = tablet.ok("campaign_save", drive)["id"].as_str().unwrap().to_owned();
    tablet.visit(&tablet.household("Chống", "Bản Suối Lìn"), "2026-11-12", "met", &[]);
    tablet.signs_in("Nam");
    tablet.visit(&tablet.household("Mỷ", "Bản Suối Lìn"), "2026-11-13", "met", &[]);
    tablet.visit(&tablet.household("Páo", "Bản Pa Cốp"), "2026-11-13", "met", &[]);
    let seen = tablet.campaign(&drive);
    let told: Vec<_> =
        seen["quotas"].as_array().unwrap().iter().map(|q| (q["name"].as_str().unwrap(), &q["count"])).collect();
    assert_eq!(told, [("Tổ Suối Lìn", &json!(2)), ("Nam", &json!(2)), ("Dợ", &json!(1))]);
    assert_eq!((&seen["count"], &seen["quota"]), (&json!(3), &json!(40)), "a member's quota is part of a team's");
}

#[test]
fn it_says_how_many_days_are_left_and_who_has_no_quota_is_shown_all_the_same() {
    let tablet = Tablet::of_dợ();
    let dates = |from, to| json!({"name": "Ra quân", "from": from, "to": to});
    let drive = tablet.ok("campaign_save", dates("2026-11-20", "2026-11-22"));
    assert_eq!((&drive["stage"], &drive["days_left"], &drive["quota"]), (&json!("planned"), &json!(2), &Value::Null));
    let id = drive["id"].as_str().unwrap();
    tablet.later(4);
    assert_eq!((&tablet.campaign(id)["stage"], &tablet.campaign(id)["days_left"]), (&json!("running"), &json!(1)));
    tablet.visit(&tablet.household("Páo", "Bản Suối Lìn"), "2026-11-21", "met", &[]);
    assert_eq!(quotas(&tablet.campaign(id)), [("Dợ", 1, None)]);
    tablet.later(1);
    assert_eq!((&tablet.campaign(id)["stage"], &tablet.campaign(id)["days_left"]), (&json!("over"), &json!(0)));
    assert_eq!(tablet.refused("campaign_save", dates("2026-11-22", "2026-11-20")), "bad_date");

    tablet.ok("campaign_set_removed", json!({"campaign": id, "removed": true}));
    assert_eq!(tablet.campaign(id)["removed"], true);
    tablet.signs_in("Nam");
    assert_eq!(tablet.refused("campaign_save", dates("2026-11-20", "2026-11-22")), "not_allowed");
}

#[test]
fn two_who_change_a_campaign_at_once_each_add_their_part() {
    let dợ = Tablet::of_dợ();
    let drive = dợ.drive();
    let (páo, suối_lìn) = (dợ.household("Páo", "Bản Pa Cốp"), dợ.place("Bản Suối Lìn"));
    let [one, other] = dợ.twin();
    let base = |tablet: &Tablet| {
        let quotas = json!([{"of": tablet.member("Dợ"), "quota": 3}, {"of": tablet.member("Nam"), "quota": 2}]);
        json!({"campaign": drive, "name": "Ra quân 10 ngày", "from": "2026-11-11", "to": "2026-11-20",
            "places": [tablet.place("Bản Pa Cốp")], "quotas": quotas})
    };
    let (mut wider, mut more) = (base(&one), base(&other));
    wider["places"].as_array_mut().unwrap().push(suối_lìn);
    more["quotas"][1]["quota"] = json!(5);
    one.ok("campaign_save", wider);
    other.ok("campaign_save", more);
    one.visit(&páo, "2026-11-15", "met", &[]);
    other.visit(&páo, "2026-11-16", "met", &["Nam"]);
    one.hands_to(&other);
    other.hands_to(&one);
    for tablet in [&one, &other] {
        let seen = tablet.campaign(&drive);
        assert_eq!(seen["places"].as_array().unwrap().len(), 2);
        assert_eq!((&seen["quota"], &seen["count"]), (&json!(8), &json!(1)), "one household, by whomever");
        assert_eq!(quotas(&seen), [("Dợ", 1, Some(3)), ("Nam", 1, Some(5))]);
        tablet.clean();
    }
}

#[test]
fn a_target_holds_from_its_period_on() {
    let tablet = Tablet::of_dợ();
    let place = tablet.place("Bản Pa Cốp");
    let target = |from: &str, number: Option<u32>| {
        let mut args = json!({"scope": place, "indicator": "at_target", "from": from});
        if let Some(number) = number {
            args["number"] = json!(number);
        }
        args
    };
    tablet.ok("target_set", target("2026-11", Some(20)));
    let set = tablet.ok("target_set", target("2027-01", Some(40)));
    let told: Vec<_> = set.as_array().unwrap().iter().map(|t| (t["from"].as_str().unwrap(), &t["number"])).collect();
    assert_eq!(told, [("2026-11", &json!(20)), ("2027-01", &json!(40))]);
    assert_eq!(tablet.ok("target_set", target("2027-03", None))[2]["number"], -1);
    let aimed_at = |period: &str| {
        let report = tablet.ok("report_get", json!({"period": period, "place": place}));
        let figures = report["figures"].as_array().unwrap();
        figures.iter().find(|figure| figure["key"] == "at_target").unwrap()["target"].clone()
    };
    let told = ["2026-10", "2026-11", "2026-12", "2027-01", "2027-03"].map(aimed_at);
    assert_eq!(told, [Value::Null, json!(20), json!(20), json!(40), Value::Null]);
    assert_eq!(tablet.refused("target_set", target("2027-13", Some(1))), "bad_date");
    tablet.signs_in("Nam");
    assert_eq!(tablet.refused("target_set", target("2026-12", Some(1))), "not_allowed");
    tablet.clean();
}

#[test]
fn a_notice_is_shown_until_its_last_day() {
    let tablet = Tablet::of_dợ();
    let told = tablet.ok("notice_save", json!({"text": "Nộp báo cáo trước 17 giờ ngày 20", "until": "2026-11-20"}));
    assert_eq!((&told[0]["shown"], &told[0]["author_name"]), (&json!(true), &json!("Dợ")));
    tablet.later(2);
    assert_eq!(tablet.ok("notice_list", json!({}))[0]["shown"], true);
    tablet.later(1);
    assert_eq!(tablet.ok("notice_list", json!({}))[0]["shown"], false);
    let notice = told[0]["id"].clone();
    let anew = tablet.ok("notice_save", json!({"notice": notice, "text": "Gia hạn đến 25", "until": "2026-11-25"}));
    assert_eq!((&anew[0]["shown"], &anew[0]["from"]), (&json!(true), &json!("2026-11-18")));
    tablet.ok("notice_set_removed", json!({"notice": notice, "removed": true}));
    assert_eq!(tablet.ok("notice_list", json!({}))[0]["shown"], false);
    tablet.signs_in("Nam");
    assert_eq!(tablet.refused("notice_save", json!({"text": "Nghỉ"})), "not_allowed");
    tablet.clean();
}
