//! Consent comes before assessment, and a refusal is the last that is written about somebody.

#![allow(clippy::unwrap_used, clippy::panic)]

use serde_json::{Value, json};
use tungnha_core::api::Api;

/// Dợ's tablet; she leads the team, and Giàng A Páo lives at the end of the hamlet with his wife Dua.
struct Tablet {
    api: Api,
    household: String,
    páo: Value,
    dua: Value,
    _folder: tempfile::TempDir,
}

impl Tablet {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let api = Api::open(folder.path()).unwrap();
        let mut dợ = Self { api, household: String::new(), páo: Value::Null, dua: Value::Null, _folder: folder };
        dợ.ok("team_start", json!({"team_name": "Tổ Pa Cốp", "place_name": "Bản Pa Cốp", "member_name": "Dợ"}));
        let added = dợ.ok("household_add", json!({"head": {"name": "Giàng A Páo", "birth": "1984"}}));
        dợ.household = added["id"].as_str().unwrap().to_owned();
        dợ.dua = dợ.adds("Sùng Thị Dua", "1986");
        dợ.páo = added["people"][0]["id"].clone();
        dợ
    }

    fn ok(&self, command: &str, args: Value) -> Value {
        self.api.execute(command, args).unwrap_or_else(|e| panic!("{command}: {e}"))
    }

    fn error(&self, command: &str, args: Value) -> String {
        self.api.execute(command, args).expect_err(command).code().to_owned()
    }

    fn adds(&self, name: &str, birth: &str) -> Value {
        let args = json!({"household": self.household, "fields": {"name": name, "birth": birth}});
        self.named(&self.ok("resident_add", args), name)["id"].clone()
    }

    fn named(&self, detail: &Value, name: &str) -> Value {
        detail["people"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap().clone()
    }

    fn says(&self, who: &Value, state: &str) {
        let how = if state == "given" { "paper" } else { "spoken" };
        let answer = json!({"household": self.household, "resident": who, "state": state, "how": how,
            "text_version": 1, "parent": ""});
        self.ok("consent_record", answer);
    }

    /// The arguments of a visit at which somebody was seen to pay at this level.
    fn seen(&self, who: &Value, level: &str) -> Value {
        json!({"household": self.household, "form": {"outcome": "met", "met": [who],
            "assessments": [{"resident": who, "skill": "payment", "level": level}]}})
    }

    fn edit(&self, who: &Value, fields: Value) -> Value {
        json!({"household": self.household, "resident": who, "fields": fields})
    }
}

#[test]
fn nobody_is_assessed_before_they_were_asked() {
    let dợ = Tablet::new();
    assert_eq!(dợ.ok("consent_setting_get", json!({})), json!({"first": true, "may_set": true}));
    assert_eq!(dợ.error("visit_save", dợ.seen(&dợ.páo, "guided")), "consent_first");
    let item = dợ.ok("checklist_get", json!({}))["skills"][0]["items"][0]["id"].take();
    let ticked = json!({"household": dợ.household, "form": {"outcome": "met", "met": [dợ.páo],
        "items": [{"resident": dợ.páo, "item": item}]}});
    assert_eq!(dợ.error("visit_save", ticked), "consent_first");
    // That he was met, what was given and what he needs may be written; he will be asked another time.
    dợ.ok(
        "visit_save",
        json!({"household": dợ.household, "form": {"outcome": "met", "met": [dợ.páo], "need": "Điện thoại",
            "services": [{"service": "queue_number", "count": 1}]}}),
    );
    dợ.says(&dợ.páo, "given");
    let saved = dợ.ok("visit_save", dợ.seen(&dợ.páo, "guided"));
    assert_eq!(saved["household"]["people"][0]["levels"][2], "guided");
    // His answer is not his wife's.
    assert_eq!(dợ.error("visit_save", dợ.seen(&dợ.dua, "guided")), "consent_first");
}

#[test]
fn a_visit_from_before_the_rule_can_still_be_corrected() {
    let dợ = Tablet::new();
    dợ.ok("consent_setting_set", json!({"first": false}));
    let saved = dợ.ok("visit_save", dợ.seen(&dợ.páo, "proficient"));
    dợ.ok("consent_setting_set", json!({"first": true}));
    let mut correction = dợ.seen(&dợ.páo, "guided");
    correction["visit"] = saved["visit"].clone();
    assert_eq!(dợ.ok("visit_save", correction)["household"]["people"][0]["levels"][2], "guided");
    // But not made to speak of somebody else.
    let mut correction = dợ.seen(&dợ.dua, "guided");
    correction["visit"] = saved["visit"].clone();
    assert_eq!(dợ.error("visit_save", correction), "consent_first");
}

#[test]
fn only_who_leads_changes_the_rule() {
    let dợ = Tablet::new();
    let nam = dợ.ok("member_add", json!({"name": "Vì Văn Nam", "role": "member"}));
    let officer = dợ.ok("member_add", json!({"name": "Lò Thị Mai", "role": "commune_officer"}));
    dợ.ok("member_sign_in", json!({"member": nam["id"]}));
    assert_eq!(dợ.ok("consent_setting_get", json!({})), json!({"first": true, "may_set": false}));
    assert_eq!(dợ.error("consent_setting_set", json!({"first": false})), "not_allowed");
    dợ.ok("member_sign_in", json!({"member": officer["id"]}));
    assert_eq!(dợ.ok("consent_setting_set", json!({"first": false}))["first"], false);
    dợ.ok("visit_save", dợ.seen(&dợ.páo, "guided"));
    assert_eq!(dợ.ok("verify", json!({}))["clean"], true);
}

#[test]
fn after_a_refusal_nothing_more_is_written_about_the_person() {
    let dợ = Tablet::new();
    dợ.says(&dợ.páo, "given");
    let saved = dợ.ok("visit_save", dợ.seen(&dợ.páo, "guided"));
    dợ.ok("resident_edit", dợ.edit(&dợ.páo, json!({"phone": "0912345678"})));
    dợ.ok("resident_edit", dợ.edit(&dợ.páo, json!({"phone": ""})));
    dợ.says(&dợ.páo, "withdrawn");

    assert_eq!(dợ.error("visit_save", dợ.seen(&dợ.páo, "proficient")), "consent_refused");
    // A correction keeps what the visit said before, and adds nothing.
    let mut correction = dợ.seen(&dợ.páo, "proficient");
    correction["visit"] = saved["visit"].clone();
    assert_eq!(dợ.error("visit_save", correction.clone()), "consent_refused");
    correction["form"]["assessments"] = dợ.seen(&dợ.páo, "guided")["form"]["assessments"].clone();
    correction["form"]["note"] = json!("Hẹn sau mùa ngô");
    dợ.ok("visit_save", correction);

    // No new phone, birth, sex or relation, by no way; the name and whether they live here may be put right.
    assert_eq!(dợ.error("resident_edit", dợ.edit(&dợ.páo, json!({"phone": "0987654321"}))), "consent_refused");
    assert_eq!(dợ.error("resident_edit", dợ.edit(&dợ.páo, json!({"sex": "male"}))), "consent_refused");
    let whole = json!({"name": "Giàng A Pảo", "birth": "1984", "phone": "", "status": "working_away"});
    dợ.ok("resident_edit", dợ.edit(&dợ.páo, whole));
    let history = dợ.ok("household_history", json!({"household": dợ.household}));
    let phone = |entry: &&Value| entry["writes"][0]["field"] == "phone" && entry["writes"][0]["value"] != "";
    let entry = history.as_array().unwrap().iter().find(phone).unwrap();
    assert_eq!(entry["writes"][0]["can_return"], false);
    let back = json!({"household": dợ.household, "key": entry["writes"][0]["key"], "change": entry["change"]});
    assert_eq!(dợ.error("history_restore", back), "consent_refused");
    let booth = dợ.ok("activity_save", json!({"kind": "booth", "title": "Bàn ở chợ"}))["id"].take();
    let came = json!({"activity": booth, "household": dợ.household, "resident": dợ.páo, "came": true});
    assert_eq!(dợ.error("activity_came", came), "consent_refused");
    assert_eq!(dợ.ok("verify", json!({}))["clean"], true);
}

#[test]
fn a_refusal_at_one_door_holds_where_the_same_person_lives_too() {
    let dợ = Tablet::new();
    let parents = dợ.ok("household_add", json!({"head": {"name": "Sùng A Lử", "birth": "1955"}}))["id"].take();
    let fields = json!({"name": "Sùng Thị Dua", "birth": "1986"});
    let there = dợ.ok("resident_add", json!({"household": parents, "fields": fields}));
    let there = dợ.named(&there, "Sùng Thị Dua")["id"].clone();
    let same = json!({"kind": "resident", "a": dợ.dua, "b": there, "verdict": "same"});
    dợ.ok("duplicate_settle", same.clone());
    dợ.says(&dợ.dua, "refused");

    let seen = json!({"household": parents, "form": {"outcome": "met", "met": [there],
        "assessments": [{"resident": there, "skill": "payment", "level": "guided"}]}});
    assert_eq!(dợ.error("visit_save", seen.clone()), "consent_refused");
    // Parted again they are two, and the other has not been asked.
    let mut two = same;
    two["verdict"] = json!("different");
    dợ.ok("duplicate_settle", two);
    assert_eq!(dợ.error("visit_save", seen), "consent_first");
    assert_eq!(dợ.ok("verify", json!({}))["clean"], true);
}

#[test]
fn a_child_of_fifteen_is_asked_through_a_parent_and_one_of_sixteen_is_not() {
    let dợ = Tablet::new();
    let year: i16 = dợ.ok("status", json!({}))["today"].as_str().unwrap()[..4].parse().unwrap();
    let [child, youth] = [15, 16].map(|age| dợ.adds(&format!("Giàng Thị {age}"), &(year - age).to_string()));
    let given = |who: &Value, parent: &str| {
        json!({"household": dợ.household, "resident": who, "state": "given",
        "how": "spoken", "text_version": 1, "parent": parent})
    };
    assert_eq!(dợ.error("consent_record", given(&child, "")), "parent_needed");
    dợ.ok("consent_record", given(&child, "Sùng Thị Dua"));
    dợ.ok("visit_save", dợ.seen(&child, "guided"));
    dợ.ok("consent_record", given(&youth, ""));
    dợ.ok("visit_save", dợ.seen(&youth, "guided"));
}
