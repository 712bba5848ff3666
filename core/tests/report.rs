//! The month's report as a team lives with it: what counts, what opens behind each figure, whose day a record counts
//! for, and who may change the rules.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use serde_json::{Value, json};
use tungnha_core::api::Api;
use tungnha_core::clock::Clock;

const DAY_MS: i64 = 86_400_000;
/// 8:00 of 18 November 2026 in Vietnam.
const NOV_18: i64 = 1_794_963_600_000;
const SKILLS: [&str; 5] = ["public_services", "shopping", "payment", "safety", "local"];

/// A phone of the team, with a clock of its own.
struct Phone {
    api: Api,
    folder: tempfile::TempDir,
    now: Arc<AtomicI64>,
}

impl Phone {
    /// Sồng Thị Dợ starts the team of Bản Pa Cốp.
    fn started() -> Self {
        let dợ = Self::on(tempfile::tempdir().unwrap(), NOV_18);
        let names = json!({"team_name": "Tổ Pa Cốp", "place_name": "Bản Pa Cốp", "member_name": "Sồng Thị Dợ"});
        dợ.ok("team_start", names);
        dợ.ok("consent_setting_set", json!({"first": false}));
        dợ
    }

    fn on(folder: tempfile::TempDir, at: i64) -> Self {
        let now = Arc::new(AtomicI64::new(at));
        let clock = now.clone();
        let api = Api::open_at(folder.path(), Clock::from_fn(move || clock.load(Ordering::SeqCst))).unwrap();
        Self { api, folder, now }
    }

    /// Another phone with what this one holds, whose clock is that much off.
    fn twin(self, off: i64) -> [Self; 2] {
        let Self { api, folder, now } = self;
        drop(api);
        let copy = tempfile::tempdir().unwrap();
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
        }
        let now = now.load(Ordering::SeqCst);
        [Self::on(folder, now), Self::on(copy, now + off)]
    }

    fn later(&self, days: i64) {
        self.now.fetch_add(days * DAY_MS, Ordering::SeqCst);
    }

    fn run(&self, command: &str, args: Value) -> Value {
        serde_json::from_str(&self.api.execute_json(&json!({"command": command, "args": args}).to_string())).unwrap()
    }

    fn ok(&self, command: &str, args: Value) -> Value {
        let answer = self.run(command, args);
        assert!(answer.get("error").is_none(), "{command}: {answer}");
        answer["ok"].clone()
    }

    fn refused(&self, command: &str, args: Value) -> String {
        text(&self.run(command, args)["error"]["code"])
    }

    /// Hands everything to another phone.
    fn tells(&self, other: &Self) {
        let file = self.ok("file_export", json!({}));
        other.ok("file_import", json!({"content": file["content"]}));
    }

    fn add(&self, name: &str, place: Option<&str>) -> String {
        let head = json!({"name": name, "birth": "1984"});
        let args = match place {
            Some(place) => json!({"head": head, "fields": {}, "place": place}),
            None => json!({"head": head, "fields": {}}),
        };
        text(&self.ok("household_add", args)["id"])
    }

    fn head(&self, household: &str) -> String {
        text(&self.ok("household_get", json!({"household": household}))["people"][0]["id"])
    }

    /// Meets the head, who is seen at a level in these skills, and gives so many queue numbers.
    fn meets(&self, household: &str, day: &str, level: &str, skills: &[&str], numbers: u32) -> String {
        let who = self.head(household);
        let seen: Vec<Value> =
            skills.iter().map(|skill| json!({"resident": who, "skill": skill, "level": level})).collect();
        let services = json!([{"service": "queue_number", "count": numbers}]);
        let form = json!({"outcome": "met", "met": [who], "day": day, "assessments": seen, "services": services});
        text(&self.ok("visit_save", json!({"household": household, "form": form}))["visit"])
    }

    fn finds(&self, household: &str, day: &str, outcome: &str) {
        self.ok("visit_save", json!({"household": household, "form": {"outcome": outcome, "day": day}}));
    }

    fn report(&self, period: &str) -> Value {
        self.ok("report_get", json!({"period": period}))
    }

    fn figure(&self, period: &str, key: &str) -> Value {
        let report = self.report(period);
        report["figures"].as_array().unwrap().iter().find(|figure| figure["key"] == key).unwrap().clone()
    }

    /// A figure and what it is taken of.
    fn number(&self, period: &str, key: &str) -> (Value, Value) {
        let figure = self.figure(period, key);
        (figure["value"].clone(), figure["of"].clone())
    }

    fn place(&self, name: &str) -> String {
        let places = self.ok("place_list", json!({}));
        match places.as_array().unwrap().iter().find(|place| place["name"] == name) {
            Some(known) => text(&known["id"]),
            None => text(&self.ok("place_add", json!({"name": name, "kind": "hamlet"}))["id"]),
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value}")).to_owned()
}

fn row<'a>(figure: &'a Value, name: &str) -> &'a Value {
    figure["rows"].as_array().unwrap().iter().find(|row| row["name"] == name).unwrap()
}

#[test]
fn two_who_log_one_visit_are_two_visits_and_one_person() {
    let dợ = Phone::started();
    let páo = dợ.add("Giàng A Páo", None);
    dợ.add("Lò Thị Pâng", None);
    let [dợ, nam] = dợ.twin(0);
    dợ.meets(&páo, "2026-11-18", "with_help", &["public_services"], 2);
    nam.meets(&páo, "2026-11-18", "guided", &["payment"], 1);
    nam.tells(&dợ);
    dợ.tells(&nam);
    for phone in [&dợ, &nam] {
        assert_eq!(phone.number("2026-11", "visited"), (json!(1), json!(2)));
        assert_eq!(phone.number("2026-11", "guided"), (json!(1), Value::Null), "one person");
        assert_eq!(phone.number("2026-11", "service_queue_number"), (json!(3), Value::Null), "every queue number");
        assert_eq!(phone.report("2026-11")["coverage"]["met"], 1);
    }
    assert_eq!(dợ.report("2026-11").to_string(), nam.report("2026-11").to_string(), "byte for byte");
}

#[test]
fn a_hamlet_that_sent_nothing_is_blank_and_one_that_found_nobody_is_zero() {
    let dợ = Phone::started();
    let (pa_cốp, hua_tát) = (dợ.place("Bản Pa Cốp"), dợ.place("Bản Hua Tát"));
    let páo = dợ.add("Giàng A Páo", Some(&pa_cốp));
    dợ.add("Vàng A Chư", Some(&hua_tát));
    assert_eq!(dợ.number("2026-11", "guided").0, Value::Null, "nothing was written at all");
    dợ.finds(&páo, "2026-11-18", "absent");
    let guided = dợ.figure("2026-11", "guided");
    assert_eq!(guided["value"], 0);
    assert_eq!(row(&guided, "Bản Pa Cốp")["value"], 0);
    assert_eq!(row(&guided, "Bản Hua Tát")["value"], Value::Null);
    let report = dợ.report("2026-11");
    let silent: Vec<&Value> = report["silent"].as_array().unwrap().iter().map(|s| &s["name"]).collect();
    assert_eq!(silent, ["Bản Hua Tát"]);
    assert_eq!(dợ.report("2026-10")["silent"].as_array().unwrap().len(), 3, "both hamlets and the team");
    // Of how many is known all the same.
    let at_target = dợ.figure("2026-11", "at_target");
    assert_eq!(
        (&row(&at_target, "Bản Hua Tát")["value"], &row(&at_target, "Bản Hua Tát")["of"]),
        (&Value::Null, &json!(1))
    );
}

#[test]
fn the_day_on_the_form_decides_the_period_whatever_the_clocks_say() {
    let dợ = Phone::started();
    let páo = dợ.add("Giàng A Páo", None);
    let pâng = dợ.add("Lò Thị Pâng", None);
    dợ.later(3);
    // One tablet believes that it is a day later; the other is a day behind, and writes late.
    let [dợ, nam] = dợ.twin(DAY_MS);
    dợ.later(-1);
    dợ.meets(&páo, "2026-11-20", "proficient", &SKILLS, 1);
    nam.meets(&pâng, "2026-11-21", "guided", &["payment"], 5);
    nam.tells(&dợ);
    dợ.tells(&nam);
    for phone in [&dợ, &nam] {
        assert_eq!(phone.number("2026-11", "service_queue_number").0, 1);
        assert_eq!(phone.number("2026-12", "service_queue_number").0, 5);
        assert_eq!(phone.number("2026-11", "at_target"), (json!(1), json!(2)));
        // What is so in November is so in December, too.
        assert_eq!(phone.number("2026-12", "at_target"), (json!(1), json!(2)));
        assert_eq!(phone.number("2026-12", "guided").0, 1);
    }
}

#[test]
fn hộ_đạt_is_as_of_the_last_day_and_what_is_seen_later_is_next_months() {
    let dợ = Phone::started();
    let páo = dợ.add("Giàng A Páo", None);
    dợ.later(30);
    dợ.meets(&páo, "2026-11-10", "proficient", &SKILLS, 0);
    dợ.meets(&páo, "2026-12-01", "with_help", &["safety"], 0);
    assert_eq!(dợ.number("2026-10", "at_target"), (Value::Null, json!(1)));
    assert_eq!(dợ.number("2026-11", "at_target"), (json!(1), json!(1)));
    assert_eq!(dợ.number("2026-12", "at_target"), (json!(0), json!(1)));
    let progress = dợ.ok("progress_get", json!({}));
    let months: Vec<_> = progress["months"].as_array().unwrap().iter().map(|m| m["at_target"].clone()).collect();
    assert_eq!(months[10..], [json!(1), json!(0)]);
    assert_eq!(progress["skills"][3]["people"], json!([0, 0, 0, 1, 0]));
    assert_eq!(progress["skills"][3]["best"], json!([0, 0, 0, 1, 0]));
    let heat = dợ.ok("progress_heat", json!({}));
    assert_eq!((&heat["total"], &heat["rows"][0]["at_target"]), (&json!(1), &json!(false)));
}

#[test]
fn a_booth_counts_beside_the_doors_and_names_who_came() {
    let dợ = Phone::started();
    let hua_tát = dợ.place("Bản Hua Tát");
    let páo = dợ.add("Giàng A Páo", Some(&dợ.place("Bản Pa Cốp")));
    dợ.meets(&páo, "2026-11-18", "guided", &["payment"], 2);
    let booth = json!({"kind": "booth", "title": "Chợ phiên", "place": hua_tát, "day": "2026-11-17", "attendees": 40,
        "services": [{"service": "queue_number", "count": 30}]});
    let booth = text(&dợ.ok("activity_save", booth)["id"]);
    dợ.ok("activity_count", json!({"activity": booth, "service": "queue_number", "add": 5}));
    let numbers = dợ.figure("2026-11", "service_queue_number");
    assert_eq!(numbers["value"], 37);
    assert_eq!(
        (&row(&numbers, "Bản Pa Cốp")["value"], &row(&numbers, "Bản Hua Tát")["value"]),
        (&json!(2), &json!(35))
    );
    let behind = dợ.ok("report_records", json!({"period": "2026-11", "indicator": "service_queue_number"}));
    let records = behind["records"].as_array().unwrap();
    assert_eq!((&behind["value"], records.len()), (&json!(37), 2));
    let at_booth = records.iter().find(|record| record["activity"] == booth.as_str()).unwrap();
    assert_eq!((&at_booth["name"], &at_booth["count"]), (&json!("Chợ phiên"), &json!(35)));
    let at_door = records.iter().find(|record| record["household"] == páo.as_str()).unwrap();
    assert_eq!((&at_door["name"], &at_door["author_name"]), (&json!("Giàng A Páo"), &json!("Sồng Thị Dợ")));
    assert_eq!((&at_door["place_name"], &at_door["day"]), (&json!("Bản Pa Cốp"), &json!("2026-11-18")));
    // Taken back, it is as if it had not been.
    dợ.ok("activity_set_removed", json!({"activity": booth, "removed": true}));
    assert_eq!(dợ.number("2026-11", "service_queue_number").0, 2);
}

#[test]
fn what_was_taken_back_removed_or_withdrawn_does_not_count() {
    let dợ = Phone::started();
    let páo = dợ.add("Giàng A Páo", None);
    let pâng = dợ.add("Lò Thị Pâng", None);
    let visit = dợ.meets(&páo, "2026-11-18", "proficient", &SKILLS, 3);
    dợ.meets(&pâng, "2026-11-18", "guided", &SKILLS, 1);
    dợ.ok("visit_remove", json!({"household": páo, "visit": visit}));
    assert_eq!(dợ.number("2026-11", "service_queue_number").0, 1);
    assert_eq!(dợ.number("2026-11", "at_target"), (json!(0), json!(2)));
    dợ.ok("household_remove", json!({"household": pâng}));
    assert_eq!(dợ.number("2026-11", "service_queue_number").0, Value::Null, "nothing is left");
    assert_eq!(dợ.number("2026-11", "at_target"), (Value::Null, json!(1)));
    dợ.ok("household_restore", json!({"household": pâng}));
    dợ.ok("visit_restore", json!({"household": páo, "visit": visit}));
    assert_eq!(dợ.number("2026-11", "at_target"), (json!(1), json!(2)));
    dợ.ok("household_edit", json!({"household": páo, "fields": {"status": "moved_away"}}));
    assert_eq!(dợ.number("2026-11", "at_target"), (json!(0), json!(1)), "who has moved away is no household here");
    assert_eq!(dợ.number("2026-11", "service_queue_number").0, 4, "and got three numbers all the same");
}

#[test]
fn next_months_rules_leave_this_month_alone_and_not_everybody_sets_them() {
    let dợ = Phone::started();
    let páo = dợ.add("Giàng A Páo", None);
    dợ.meets(&páo, "2026-11-18", "guided", &["payment"], 1);
    let before = dợ.report("2026-11");
    let rules = dợ.ok("rules_get", json!({}));
    assert_eq!(
        (&rules["period"]["key"], &rules["since"], &rules["may_set"]),
        (&json!("2026-11"), &Value::Null, &json!(true))
    );
    let mut own = rules["rules"].clone();
    own["end_day"] = json!(18);
    own["recipient"] = json!("Phòng Văn hóa và Thông tin");
    own["indicators"] = json!([{"key": "visits", "name": "Lượt thăm", "unit": "lượt", "span": "period",
        "measure": {"kind": "visits", "outcomes": ["met"]}}]);
    let set = dợ.ok("rules_set", json!({"from_period": "2026-12", "rules": own}));
    assert_eq!(
        (&set["since"], &set["period"]["first"], &set["period"]["last"]),
        (&json!("2026-12"), &json!("2026-11-21"), &json!("2026-12-18"))
    );
    assert_eq!(dợ.report("2026-11").to_string(), before.to_string());
    assert_eq!(dợ.ok("rules_get", json!({"period": "2026-11"}))["until"], "2026-12");
    let december = dợ.report("2026-12");
    assert_eq!(
        (&december["recipient"], december["figures"].as_array().unwrap().len()),
        (&json!("Phòng Văn hóa và Thông tin"), 1)
    );
    // A period that is over keeps its rules.
    assert_eq!(dợ.refused("rules_set", json!({"from_period": "2026-10", "rules": own})), "period_over");
    assert_eq!(dợ.refused("rules_set", json!({"from_period": "2026-13", "rules": own})), "bad_period");
    own["end_day"] = json!(32);
    assert_eq!(dợ.refused("rules_set", json!({"from_period": "2026-12", "rules": own})), "bad_number");
    let nam = dợ.ok("member_add", json!({"name": "Lò Văn Nam", "role": "member"}));
    dợ.ok("member_sign_in", json!({"member": nam["id"]}));
    own["end_day"] = json!(31);
    assert_eq!(dợ.refused("rules_set", json!({"from_period": "2026-12", "rules": own})), "not_allowed");
    let clean = dợ.ok("verify", json!({}));
    assert_eq!(clean["clean"], true, "{clean}");
}

#[test]
fn a_month_may_end_on_its_last_day_and_nobodys_day_is_in_two() {
    let dợ = Phone::started();
    let mut rules = dợ.ok("rules_get", json!({}))["rules"].clone();
    rules["end_day"] = json!(31);
    dợ.ok("rules_set", json!({"from_period": "2026-01", "rules": rules}));
    let days = |period: &str| {
        let period = dợ.ok("rules_get", json!({"period": period}))["period"].clone();
        (text(&period["first"]), text(&period["last"]))
    };
    assert_eq!(days("2026-02"), ("2026-02-01".into(), "2026-02-28".into()));
    assert_eq!(days("2026-11"), ("2026-11-01".into(), "2026-11-30".into()));
    assert_eq!(days("2026-01"), ("2025-12-21".into(), "2026-01-31".into()), "after the 20th on which others ended");
}

#[test]
fn a_merge_counts_one_and_parting_counts_two_again() {
    let dợ = Phone::started();
    let (one, other) = (dợ.add("Giàng A Páo", None), dợ.add("Giàng A Pao", None));
    dợ.meets(&one, "2026-11-17", "guided", &SKILLS, 0);
    dợ.meets(&other, "2026-11-18", "proficient", &SKILLS, 0);
    let apart = dợ.report("2026-11");
    assert_eq!(dợ.number("2026-11", "visited"), (json!(2), json!(2)));
    assert_eq!(dợ.number("2026-11", "guided").0, 2);
    dợ.ok("duplicate_settle", json!({"kind": "household", "a": one, "b": other, "verdict": "same"}));
    assert_eq!(dợ.number("2026-11", "visited"), (json!(1), json!(1)));
    assert_eq!(dợ.number("2026-11", "guided").0, 1);
    assert_eq!(dợ.number("2026-11", "at_target"), (json!(1), json!(1)));
    dợ.ok("merge_part", json!({"kind": "household", "id": other}));
    assert_eq!(dợ.report("2026-11").to_string(), apart.to_string());
}

#[test]
fn the_periods_are_those_in_which_something_was_written() {
    let dợ = Phone::started();
    let páo = dợ.add("Giàng A Páo", None);
    dợ.finds(&páo, "2026-08-20", "absent");
    dợ.finds(&páo, "2026-08-21", "refused");
    dợ.finds(&páo, "2026-09-01", "absent");
    let periods = dợ.ok("report_periods", json!({}));
    let told: Vec<_> = periods["periods"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| (text(&p["period"]["key"]), p["visits"].as_u64().unwrap(), p["teams"][0]["late"].clone()))
        .collect();
    assert_eq!(
        told,
        [("2026-11".into(), 0, json!(false)), ("2026-09".into(), 2, json!(true)), ("2026-08".into(), 1, json!(true)),]
    );
    assert_eq!(periods["current"], "2026-11");
}

#[test]
fn a_household_that_moves_to_another_hamlet_stays_where_it_was_in_the_months_before() {
    let dợ = Phone::started();
    let (pa_cốp, hua_tát) = (dợ.place("Bản Pa Cốp"), dợ.place("Bản Hua Tát"));
    let páo = dợ.add("Giàng A Páo", Some(&pa_cốp));
    dợ.meets(&páo, "2026-11-18", "guided", &SKILLS, 3);
    let before = dợ.report("2026-11");
    dợ.later(10);
    dợ.ok("household_edit", json!({"household": páo, "fields": {"place": hua_tát}}));
    dợ.meets(&páo, "2026-11-28", "proficient", &SKILLS, 1);
    assert_eq!(dợ.report("2026-11")["figures"], before["figures"]);
    let numbers = dợ.figure("2026-12", "service_queue_number");
    assert_eq!(
        (&row(&numbers, "Bản Pa Cốp")["value"], &row(&numbers, "Bản Hua Tát")["value"]),
        (&Value::Null, &json!(1))
    );
    let at_target = dợ.figure("2026-12", "at_target");
    assert_eq!((&row(&at_target, "Bản Pa Cốp")["of"], &row(&at_target, "Bản Hua Tát")["of"]), (&json!(0), &json!(1)));
    // What it was corrected to is read from its history, and told to whoever asks what is held of them.
    let who = dợ.head(&páo);
    let held = dợ.ok("resident_holdings", json!({"household": páo, "resident": who}));
    assert_eq!(held["entries"][0]["former_places"], json!(["Bản Pa Cốp"]));
    let clean = dợ.ok("verify", json!({}));
    assert_eq!(clean["clean"], true, "{clean}");
}

#[test]
fn a_report_of_one_place_is_the_row_of_the_whole() {
    let dợ = Phone::started();
    let (pa_cốp, hua_tát) = (dợ.place("Bản Pa Cốp"), dợ.place("Bản Hua Tát"));
    let páo = dợ.add("Giàng A Páo", Some(&pa_cốp));
    let chư = dợ.add("Vàng A Chư", Some(&hua_tát));
    dợ.meets(&páo, "2026-11-17", "guided", &SKILLS, 3);
    dợ.meets(&chư, "2026-11-18", "proficient", &SKILLS, 4);
    let whole = dợ.report("2026-11");
    let part = dợ.ok("report_get", json!({"period": "2026-11", "place": hua_tát}));
    assert_eq!(part["scope"]["name"], "Bản Hua Tát");
    for (whole, part) in whole["figures"].as_array().unwrap().iter().zip(part["figures"].as_array().unwrap()) {
        let row = row(whole, "Bản Hua Tát");
        assert_eq!((&part["value"], &part["of"]), (&row["value"], &row["of"]), "{}", whole["key"]);
        assert_eq!(part["rows"][0]["name"], "Bản Hua Tát");
    }
    let team = whole["figures"][0]["rows"].as_array().unwrap().last().unwrap()["team"].clone();
    let of_team = dợ.ok("report_get", json!({"period": "2026-11", "team": team}));
    assert_eq!(of_team["figures"][0]["value"], whole["figures"][0]["value"]);
    assert_eq!(dợ.refused("report_get", json!({"place": páo})), "not_found");
}
