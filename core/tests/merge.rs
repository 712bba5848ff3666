//! Households and residents that are one: found, merged by several people at once, and parted again.

#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::{Value, json};
use tungnha_core::api::Api;

/// A phone of the team.
struct Phone {
    api: Api,
    folder: tempfile::TempDir,
}

impl Phone {
    /// Sồng Thị Dợ starts a team with these households: head, year, phone, door.
    fn with(households: &[(&str, &str, &str, &str)]) -> (Self, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        let dợ = Self { api: Api::open(folder.path()).unwrap(), folder };
        dợ.ok("team_start", json!({"team_name": "Tổ", "place_name": "Bản Pa Cốp", "member_name": "Sồng Thị Dợ"}));
        dợ.ok("consent_setting_set", json!({"first": false}));
        let add = |(name, birth, phone, door): &(&str, &str, &str, &str)| dợ.add(name, birth, phone, door);
        let ids = households.iter().map(add).collect();
        (dợ, ids)
    }

    fn add(&self, name: &str, birth: &str, phone: &str, door: &str) -> String {
        let head = json!({"name": name, "birth": birth});
        let added = self.ok("household_add", json!({"head": head, "fields": {"phone": phone, "door": door}}));
        text(&added["id"])
    }

    /// Another phone with what this one holds. It writes under an actor of its own.
    fn twin(self) -> [Self; 2] {
        let Self { api, folder } = self;
        drop(api);
        let copy = tempfile::tempdir().unwrap();
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
        }
        [folder, copy].map(|folder| Self { api: Api::open(folder.path()).unwrap(), folder })
    }

    fn run(&self, command: &str, args: Value) -> Value {
        serde_json::from_str(&self.api.execute_json(&json!({"command": command, "args": args}).to_string())).unwrap()
    }

    fn ok(&self, command: &str, args: Value) -> Value {
        let answer = self.run(command, args);
        assert!(answer.get("error").is_none(), "{command}: {answer}");
        answer["ok"].clone()
    }

    /// Hands everything to another phone.
    fn tells(&self, other: &Self) {
        let file = self.ok("file_export", json!({}));
        other.ok("file_import", json!({"content": file["content"]}));
    }

    fn says(&self, verdict: &str, a: &str, b: &str) {
        self.ok("duplicate_settle", json!({"kind": "household", "a": a, "b": b, "verdict": verdict}));
    }

    fn household(&self, id: &str) -> Value {
        self.ok("household_get", json!({"household": id}))
    }

    fn households(&self) -> u64 {
        self.ok("household_list", json!({}))["total"].as_u64().unwrap()
    }

    /// Meets the head, who is seen to be at this level in these skills.
    fn meets(&self, id: &str, day: &str, level: &str, skills: &[&str]) -> Value {
        let who = self.household(id)["people"][0]["id"].clone();
        let seen: Vec<Value> =
            skills.iter().map(|skill| json!({"resident": who, "skill": skill, "level": level})).collect();
        let form = json!({"outcome": "met", "met": [who], "day": day, "assessments": seen});
        self.ok("visit_save", json!({"household": id, "form": form}))
    }

    fn clean(&self) {
        let report = self.ok("verify", json!({}));
        assert_eq!(report["clean"], true, "{report}");
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn pairs(phone: &Phone) -> Vec<Value> {
    phone.ok("duplicate_list", json!({})).as_array().unwrap().clone()
}

const PÁO: (&str, &str, &str, &str) = ("Giàng A Páo", "1984", "", "Cuối bản");
const SKILLS: [&str; 5] = ["public_services", "shopping", "payment", "safety", "local"];

#[test]
fn a_ring_of_merges_made_at_once_is_one_household_everywhere_and_a_late_visit_is_there() {
    let (dợ, ids) = Phone::with(&[PÁO, ("Giang A Pao", "", "", "Qua cầu treo"), ("Giàng A Páo", "1984", "", "")]);
    let [dợ, nam] = dợ.twin();
    let [nam, lan] = nam.twin();
    dợ.says("same", &ids[0], &ids[1]);
    nam.says("same", &ids[2], &ids[1]);
    nam.says("same", &ids[1], &ids[0]);
    lan.says("same", &ids[2], &ids[0]);
    lan.clean();
    // Nobody has told Lan that the second is part of another; she logs a visit there.
    lan.meets(&ids[1], "2026-11-11", "guided", &["safety"]);
    for (one, other) in [(&lan, &dợ), (&dợ, &nam), (&nam, &lan), (&nam, &dợ), (&dợ, &lan)] {
        one.tells(other);
    }
    let whole = dợ.household(&ids[0])["id"].clone();
    for phone in [&dợ, &nam, &lan] {
        assert_eq!(phone.households(), 1);
        assert_eq!(phone.ok("conflict_list", json!({})), json!([]), "all of them said the same");
        for id in &ids {
            let detail = phone.household(id);
            assert_eq!(detail["id"], whole, "any of its ids opens the whole");
            assert_eq!(detail["visits"].as_array().unwrap().len(), 1);
            assert_eq!(detail["merged_from"].as_array().unwrap().len(), 3);
        }
        phone.clean();
        assert_eq!(phone.ok("export", json!({})), dợ.ok("export", json!({})));
    }
}

#[test]
fn who_is_merged_counts_once_with_the_newest_of_both_and_is_two_again_when_parted() {
    let (dợ, ids) = Phone::with(&[PÁO, ("Giàng A Pao", "1984", "0912345678", "Qua cầu treo")]);
    dợ.meets(&ids[0], "2026-11-01", "guided", &SKILLS);
    dợ.meets(&ids[1], "2026-11-09", "proficient", &SKILLS);
    let before = dợ.ok("export", json!({}));
    assert_eq!(before["totals"]["people_met"], 2);

    dợ.says("same", &ids[0], &ids[1]);
    let whole = dợ.household(&ids[0]);
    let people = whole["people"].as_array().unwrap();
    assert_eq!((people.len(), &people[0]["levels"][0]), (1, &json!("proficient")));
    assert_eq!(people[0]["entries"].as_array().unwrap().len(), 2);
    assert_eq!((&whole["at_target"], &whole["phone"]), (&json!(true), &json!("0912345678")));
    let totals = dợ.ok("export", json!({}))["totals"].clone();
    assert_eq!(totals, json!({"households": 1, "residents": 1, "visits": 2, "people_met": 1, "at_target": 1}));
    assert_eq!(dợ.ok("household_list", json!({}))["counts"]["not_visited"], 0);
    // A visit to the whole is the visit of whoever is written there.
    let saved = dợ.meets(&ids[1], "2026-11-10", "with_help", &["safety"]);
    assert_eq!(saved["household"]["at_target"], false);
    dợ.ok("visit_remove", json!({"household": ids[0], "visit": saved["visit"]}));
    dợ.clean();

    dợ.ok("merge_part", json!({"kind": "household", "id": ids[1]}));
    let parted = dợ.ok("export", json!({}));
    assert_eq!(parted["totals"], before["totals"]);
    let of = |id: &str| dợ.household(id)["visits"].as_array().unwrap().len();
    assert_eq!((of(&ids[0]), of(&ids[1])), (1, 2), "each has its own history again");
    assert_eq!(dợ.household(&ids[0])["people"][0]["levels"][0], "guided");
    dợ.clean();
}

#[test]
fn one_person_in_two_households_counts_once_and_is_the_same_in_both() {
    let (dợ, ids) = Phone::with(&[("Lò Thị Pâng", "1990", "0912345678", ""), ("Cầm Văn Biến", "1950", "", "")]);
    let pâng = json!({"name": "Lò Thị Pâng", "birth": "1990", "relation": "Con gái", "phone": "0912345678"});
    let both = dợ.ok("resident_add", json!({"household": ids[1], "fields": pâng}))["people"].clone();
    let own = dợ.household(&ids[0])["people"][0]["id"].clone();
    dợ.ok("resident_edit", json!({"household": ids[0], "resident": own, "fields": {"phone": "0912345678"}}));
    let [pair] = &pairs(&dợ)[..] else { panic!("one pair") };
    assert_eq!(pair["why"], json!(["same_name", "same_birth", "same_phone"]));
    let two = json!({"kind": "resident", "a": pair["a"]["id"], "b": pair["b"]["id"], "verdict": "same"});
    dợ.ok("duplicate_settle", two);

    dợ.meets(&ids[0], "2026-11-09", "proficient", &["payment"]);
    let home = both.as_array().unwrap().iter().find(|p| p["relation"] == "Con gái").unwrap()["id"].clone();
    let form = json!({"outcome": "met", "met": [home], "day": "2026-11-10"});
    dợ.ok("visit_save", json!({"household": ids[1], "form": form}));
    let there = dợ.household(&ids[1]);
    let there = there["people"].as_array().unwrap().iter().find(|p| p["id"] == home).unwrap().clone();
    assert_eq!(there["levels"][2], "proficient", "seen at her own door");
    let totals = dợ.ok("export", json!({}))["totals"].clone();
    assert_eq!((&totals["households"], &totals["residents"], &totals["people_met"]), (&json!(2), &json!(2), &json!(1)));
    dợ.clean();
    dợ.ok("merge_part", json!({"kind": "resident", "id": own}));
    assert_eq!(dợ.ok("export", json!({}))["totals"]["people_met"], 2);
    dợ.clean();
}

#[test]
fn taking_the_middle_one_out_leaves_the_others_one() {
    let (dợ, ids) = Phone::with(&[PÁO, PÁO, PÁO, ("Lò Thị Pâng", "1990", "", "")]);
    dợ.says("same", &ids[0], &ids[1]);
    dợ.says("same", &ids[1], &ids[2]);
    assert_eq!(dợ.households(), 2);
    dợ.ok("merge_part", json!({"kind": "household", "id": ids[1]}));
    assert_eq!(dợ.households(), 3);
    assert_eq!(dợ.household(&ids[0])["id"], dợ.household(&ids[2])["id"]);
    assert_eq!(dợ.household(&ids[1])["merged_from"], json!([]));
    dợ.clean();
}

#[test]
fn what_may_be_one_is_shown_until_somebody_has_said() {
    let (dợ, ids) = Phone::with(&[PÁO, ("Giàng A Páo", "1991", "", ""), ("Lò Thị Pâng", "1990", "0912345678", "")]);
    assert_eq!(pairs(&dợ), Vec::<Value>::new(), "many share a name");
    let like = |args: Value| dợ.ok("duplicate_like", args).as_array().unwrap().len();
    let place = dợ.ok("place_list", json!({}))[0]["id"].clone();
    assert_eq!(like(json!({"name": "giang a pao", "birth": "1984", "place": place})), 1);
    assert_eq!(like(json!({"name": "Giàng A Páo", "birth": "2001", "place": place})), 0);
    assert_eq!(like(json!({"name": "Pâng", "phone": "0912 345 678"})), 1);
    assert_eq!(like(json!({"name": "Giàng", "birth": "19", "phone": "09"})), 0, "half typed");
    assert_eq!(like(json!({"name": "Lò Thị Pâng", "household": ids[2]})), 1, "she lives there already");

    let twin = dợ.add("Giàng A Pao", "1984", "", "Qua cầu treo");
    let [pair] = &pairs(&dợ)[..] else { panic!("one pair") };
    assert_eq!(pair["why"], json!(["same_place", "alike_name", "same_birth"]));
    dợ.says("different", &twin, &ids[0]);
    assert_eq!(pairs(&dợ).len(), 0);
    dợ.says("undone", &twin, &ids[0]);
    assert_eq!(pairs(&dợ).len(), 1);
    dợ.says("same", &ids[0], &twin);
    assert_eq!(pairs(&dợ).len(), 0);

    // Twice in one household.
    let again = json!({"household": ids[2], "fields": {"name": "Lo Thi Pang"}});
    let detail = dợ.ok("resident_add", again);
    let [pair] = &pairs(&dợ)[..] else { panic!("one pair") };
    assert_eq!((&pair["kind"], &pair["why"]), (&json!("resident"), &json!(["same_household", "alike_name"])));
    let two = json!({"kind": "resident", "a": pair["a"]["id"], "b": pair["b"]["id"], "verdict": "same"});
    dợ.ok("duplicate_settle", two);
    assert_eq!(detail["residents"], 2);
    assert_eq!(dợ.household(&ids[2])["residents"], 1);
    dợ.clean();
}

#[test]
fn two_values_of_a_merged_household_are_both_shown_and_one_is_chosen() {
    let (dợ, ids) =
        Phone::with(&[("Giàng A Páo", "1984", "0912345678", ""), ("Giàng A Páo", "1984", "0987654321", "Dốc")]);
    let [dợ, nam] = dợ.twin();
    dợ.says("same", &ids[0], &ids[1]);
    let whole = dợ.household(&ids[1]);
    let [difference] = &whole["differences"].as_array().unwrap()[..] else { panic!("{whole}") };
    assert_eq!((&difference["field"], whole["door"].as_str()), (&json!("phone"), Some("Dốc")));
    for phone in ["0912345678", "0987654321"] {
        assert_eq!(dợ.ok("household_list", json!({"search": phone}))["total"], 1, "either is found");
    }
    let other = difference["values"][1]["value"].clone();
    let chosen = dợ.ok("merge_choose", json!({"household": ids[0], "field": "phone", "value": other}));
    assert_eq!((&chosen["phone"], &chosen["differences"]), (&other, &json!([])));
    // Who has not heard of it yet corrects one of the two: nothing of that is hidden.
    nam.ok("household_edit", json!({"household": ids[1], "fields": {"door": "Đầu dốc"}}));
    dợ.ok("household_edit", json!({"household": ids[0], "fields": {"door": "Cuối dốc"}}));
    nam.tells(&dợ);
    dợ.tells(&nam);
    for phone in [&dợ, &nam] {
        let crossed = phone.ok("conflict_list", json!({}));
        let seen = json!([crossed, phone.household(&ids[0])["differences"]]).to_string();
        assert!(seen.contains("Đầu dốc") && seen.contains("Cuối dốc"), "{seen}");
        phone.clean();
    }
}

#[test]
fn one_says_same_and_one_says_different_and_a_person_decides() {
    let (dợ, ids) = Phone::with(&[PÁO, PÁO]);
    let [dợ, nam] = dợ.twin();
    dợ.says("same", &ids[0], &ids[1]);
    nam.says("different", &ids[0], &ids[1]);
    dợ.tells(&nam);
    nam.tells(&dợ);
    assert_eq!(dợ.households(), nam.households());
    let crossed = nam.ok("conflict_list", json!({}));
    assert_eq!(crossed[0]["about"], "Giàng A Páo – Giàng A Páo");
    let versions = crossed[0]["versions"].as_array().unwrap();
    let different = versions.iter().find(|v| v["value"] == "different").unwrap();
    nam.ok("conflict_resolve", json!({"key": crossed[0]["key"], "change": different["change"]}));
    nam.tells(&dợ);
    for phone in [&dợ, &nam] {
        assert_eq!((phone.households(), phone.ok("conflict_list", json!({}))), (2, json!([])));
        phone.clean();
    }
}
