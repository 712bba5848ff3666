//! Households that split and join: people who move stay who they are, on every device.

#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::{Value, json};
use tungnha_core::api::Api;

/// A phone of the team.
struct Phone {
    api: Api,
    folder: tempfile::TempDir,
}

const SKILLS: [&str; 5] = ["public_services", "shopping", "payment", "safety", "local"];

impl Phone {
    /// Sồng Thị Dợ starts a team with the household of Giàng A Páo, his wife and his son.
    fn new() -> (Self, Family) {
        let folder = tempfile::tempdir().unwrap();
        let dợ = Self { api: Api::open(folder.path()).unwrap(), folder };
        dợ.ok("team_start", json!({"team_name": "Tổ", "place_name": "Bản Pa Cốp", "member_name": "Sồng Thị Dợ"}));
        dợ.ok("consent_setting_set", json!({"first": false}));
        let home = dợ.add("Giàng A Páo", "1964", "Cuối bản");
        for (name, relation) in [("Sùng Thị Dua", "Vợ"), ("Giàng A Tủa", "Con")] {
            let fields = json!({"name": name, "relation": relation, "birth": "1990", "phone": "0912345678"});
            dợ.ok("resident_add", json!({"household": home, "fields": fields}));
        }
        let id = |name| dợ.person(&home, name)["id"].as_str().unwrap().to_owned();
        let family =
            Family { páo: id("Giàng A Páo"), dua: id("Sùng Thị Dua"), tủa: id("Giàng A Tủa"), home };
        (dợ, family)
    }

    fn add(&self, name: &str, birth: &str, door: &str) -> String {
        let args = json!({"head": {"name": name, "birth": birth}, "fields": {"door": door}});
        self.ok("household_add", args)["id"].as_str().unwrap().to_owned()
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

    fn refused(&self, command: &str, args: Value) -> String {
        self.run(command, args)["error"]["code"].as_str().unwrap_or("nothing").to_owned()
    }

    /// Hands everything to another phone.
    fn tells(&self, other: &Self) {
        let file = self.ok("file_export", json!({}));
        other.ok("file_import", json!({"content": file["content"]}));
    }

    fn household(&self, id: &str) -> Value {
        self.ok("household_get", json!({"household": id}))
    }

    fn person(&self, household: &str, name: &str) -> Value {
        let found = self.household(household);
        let people = found["people"].as_array().unwrap();
        people.iter().find(|person| person["name"] == name).unwrap_or_else(|| panic!("{name}: {found}")).clone()
    }

    fn found(&self, search: &str) -> Vec<String> {
        let list = self.ok("household_list", json!({"search": search}));
        list["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
    }

    /// Meets somebody, who is seen to be at this level in everything.
    fn meets(&self, household: &str, who: &str, day: &str, level: &str) {
        let seen: Vec<Value> =
            SKILLS.iter().map(|skill| json!({"resident": who, "skill": skill, "level": level})).collect();
        let form = json!({"outcome": "met", "met": [who], "day": day, "assessments": seen});
        self.ok("visit_save", json!({"household": household, "form": form}));
    }

    /// These people split from their household.
    fn splits(&self, family: &Family, who: &[&String]) -> Value {
        self.ok("resident_move", json!({"household": family.home, "residents": who}))
    }

    fn pairs(&self) -> Vec<Value> {
        self.ok("duplicate_list", json!({})).as_array().unwrap().clone()
    }

    fn totals(&self) -> Value {
        self.ok("export", json!({}))["totals"].clone()
    }

    fn clean(&self) {
        let report = self.ok("verify", json!({}));
        assert_eq!(report["clean"], true, "{report}");
    }
}

/// The household and its people.
struct Family {
    home: String,
    páo: String,
    dua: String,
    tủa: String,
}

fn id(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no id")).to_owned()
}

fn now_of(phone: &Phone, family: &Family, name: &str) -> Vec<(String, String)> {
    let person = phone.person(&family.home, name);
    let homes = person["homes"].as_array().unwrap().clone();
    homes.iter().map(|home| (id(&home["kind"]), id(&home["household"]))).collect()
}

#[test]
fn a_son_who_splits_off_takes_what_he_can_do_and_counts_in_his_own_household() {
    let (dợ, family) = Phone::new();
    let consent =
        json!({"household": family.home, "resident": family.tủa, "state": "given", "how": "paper", "text_version": 1});
    dợ.ok("consent_record", consent);
    dợ.meets(&family.home, &family.tủa, "2026-11-01", "proficient");
    assert_eq!(dợ.household(&family.home)["at_target"], true);
    let people = dợ.totals()["residents"].clone();

    let moved = dợ.splits(&family, &[&family.tủa]);
    let new = id(&moved["household"]);
    assert_eq!(moved["left_empty"], false);

    let (old, own) = (dợ.household(&family.home), dợ.household(&new));
    assert_eq!((&own["head"], &own["door"], &own["residents"]), (&json!("Giàng A Tủa"), &json!("Cuối bản"), &json!(1)));
    assert_eq!((&own["at_target"], &old["at_target"]), (&json!(true), &json!(false)), "hộ đạt goes with him");
    assert_eq!(old["residents"], 2);
    assert_eq!(dợ.totals()["residents"], people, "he counts once");
    let tủa = dợ.person(&new, "Giàng A Tủa");
    assert_eq!(
        (&tủa["birth"], &tủa["phone"], &tủa["consent"]),
        (&json!("1990"), &json!("0912345678"), &json!("given"))
    );
    assert_eq!(tủa["levels"], json!(vec!["proficient"; 5]));
    assert_eq!(tủa["homes"][0]["kind"], "before");
    assert_eq!(own["visits"], json!([]), "nobody has knocked at his own door yet");
    let elsewhere = &own["visits_elsewhere"][0];
    assert_eq!((&elsewhere["household"], &elsewhere["visit"]["met"][0]), (&json!(family.home), &tủa["id"]));
    assert_eq!(dợ.person(&family.home, "Giàng A Tủa")["status"], "moved_household");
    assert_eq!(now_of(&dợ, &family, "Giàng A Tủa"), [("now".to_owned(), new.clone())]);

    assert_eq!(dợ.found("giang a tua"), std::slice::from_ref(&new), "the search finds him where he lives");
    assert_eq!(dợ.pairs(), Vec::<Value>::new(), "nobody is proposed as a double");
    dợ.clean();

    // What is seen at his new door is his, in the old household's page too.
    dợ.meets(&new, &id(&tủa["id"]), "2026-11-09", "guided");
    assert_eq!(dợ.person(&family.home, "Giàng A Tủa")["levels"], json!(vec!["guided"; 5]));
    let last = dợ.household(&new)["visits"][0]["assessments"][0].clone();
    assert_eq!((&last["before"], &last["level"]), (&json!("proficient"), &json!("guided")));
    dợ.clean();
}

#[test]
fn a_split_is_taken_back_as_if_it_had_not_been() {
    let (dợ, family) = Phone::new();
    dợ.ok(
        "resident_edit",
        json!({"household": family.home, "resident": family.tủa, "fields": {"status": "working_away"}}),
    );
    let before = dợ.ok("household_list", json!({}));
    let moved = dợ.splits(&family, &[&family.tủa, &family.dua]);
    assert_eq!(dợ.household(&id(&moved["household"]))["people"].as_array().unwrap().len(), 2);
    let undo = json!({"household": moved["household"], "residents": moved["residents"]});
    let undone = dợ.ok("resident_move_undo", undo.clone());
    assert_eq!((&undone["household"], &undone["stays"]), (&json!(family.home), &json!(false)));
    let tủa = dợ.person(&family.home, "Giàng A Tủa");
    assert_eq!((&tủa["status"], &tủa["homes"]), (&json!("working_away"), &json!([])));
    let after = dợ.ok("household_list", json!({}));
    assert_eq!((&after["total"], &after["counts"]["all"]), (&before["total"], &before["counts"]["all"]));
    assert_eq!(dợ.totals()["residents"], 3);
    assert_eq!(dợ.refused("resident_move_undo", undo), "not_found", "a second time there is nothing to take back");
    dợ.clean();
    // And done again.
    let again = dợ.splits(&family, &[&family.tủa]);
    assert_eq!(dợ.person(&id(&again["household"]), "Giàng A Tủa")["status"], "working_away");
    assert_eq!(dợ.totals()["residents"], 3);
    dợ.clean();
}

#[test]
fn a_new_household_that_was_visited_stays_when_the_split_is_taken_back() {
    let (dợ, family) = Phone::new();
    let moved = dợ.splits(&family, &[&family.tủa]);
    let new = id(&moved["household"]);
    dợ.meets(&new, &id(&moved["residents"][0]), "2026-11-09", "proficient");
    let undone = dợ.ok("resident_move_undo", json!({"household": new, "residents": moved["residents"]}));
    assert_eq!(undone["stays"], true);
    let tủa = dợ.person(&family.home, "Giàng A Tủa");
    assert_eq!((&tủa["status"], &tủa["levels"]), (&json!("living"), &json!(vec!["proficient"; 5])), "it stays his");
    assert_eq!((&tủa["homes"][0]["kind"], &tủa["homes"][0]["undo"]), (&json!("before"), &json!(null)));
    assert_eq!(dợ.household(&new)["removed"], false);
    assert_eq!(dợ.totals()["residents"], 3);
    dợ.clean();
}

#[test]
fn whoever_marries_into_another_household_joins_it_and_may_come_back() {
    let (dợ, family) = Phone::new();
    let other = dợ.add("Vàng A Chứ", "1970", "Qua cầu treo");
    let go = json!({"household": family.home, "residents": [family.dua], "to": other});
    let moved = dợ.ok("resident_move", go);
    assert_eq!(moved["household"], json!(other));
    assert_eq!(dợ.household(&other)["residents"], 2);
    let head = dợ.household(&other)["head"].clone();
    assert_eq!(head, "Vàng A Chứ", "the household keeps its head");
    // She comes back as who she was, and not as a second entry.
    let back = json!({"household": other, "residents": moved["residents"], "to": family.home});
    assert_eq!(dợ.ok("resident_move", back)["residents"], json!([family.dua]));
    assert_eq!(dợ.household(&family.home)["people"].as_array().unwrap().len(), 3);
    assert_eq!(dợ.person(&other, "Sùng Thị Dua")["status"], "moved_household");
    assert_eq!(dợ.totals()["residents"], 4);
    // That too can be taken back.
    dợ.ok("resident_move_undo", json!({"household": family.home, "residents": [family.dua]}));
    assert_eq!(dợ.person(&other, "Sùng Thị Dua")["status"], "living");
    assert_eq!(dợ.household(&family.home)["residents"], 2);
    dợ.clean();
}

#[test]
fn when_everybody_leaves_the_old_household_says_so_and_comes_back_with_them() {
    let (dợ, family) = Phone::new();
    let moved = dợ.splits(&family, &[&family.páo, &family.dua, &family.tủa]);
    assert_eq!(moved["left_empty"], true);
    let old = dợ.household(&family.home);
    assert_eq!((&old["residents"], &old["head"]), (&json!(0), &json!("")));
    assert_eq!(dợ.pairs(), Vec::<Value>::new());
    dợ.ok("household_remove", json!({"household": family.home}));
    dợ.ok("resident_move_undo", json!({"household": moved["household"], "residents": moved["residents"]}));
    let old = dợ.household(&family.home);
    assert_eq!((&old["removed"], &old["residents"], &old["head"]), (&json!(false), &json!(3), &json!("Giàng A Páo")));
    assert_eq!(dợ.ok("household_list", json!({}))["total"], 1);
    dợ.clean();
}

#[test]
fn what_cannot_move_is_refused_and_nothing_is_written() {
    let (dợ, family) = Phone::new();
    let at = |household: &str, residents: Value, to: Value| {
        let mut args = json!({"household": household, "residents": residents});
        if !to.is_null() {
            args["to"] = to;
        }
        dợ.refused("resident_move", args)
    };
    assert_eq!(at(&family.home, json!([]), Value::Null), "required");
    assert_eq!(at(&family.home, json!([family.tủa]), json!(family.home)), "same_household");
    assert_eq!(at(&family.home, json!([family.tủa]), json!(family.tủa)), "not_found");
    assert_eq!(at(&family.home, json!([family.home]), Value::Null), "not_found");
    let head = json!({"household": family.home, "residents": [family.tủa], "head": family.dua});
    assert_eq!(dợ.refused("resident_move", head), "required", "the head of a new household is one who goes");
    dợ.splits(&family, &[&family.tủa]);
    assert_eq!(at(&family.home, json!([family.tủa]), Value::Null), "not_found", "he does not live here any more");
    assert_eq!(
        dợ.refused("resident_move_undo", json!({"household": family.home, "residents": [family.dua]})),
        "not_found"
    );
    dợ.clean();
}

#[test]
fn two_who_split_the_same_people_at_once_agree_and_a_merge_sorts_it_out() {
    let (dợ, family) = Phone::new();
    let [dợ, nam] = dợ.twin();
    let [nam, lan] = nam.twin();
    let one = id(&dợ.splits(&family, &[&family.tủa, &family.dua])["household"]);
    let other = id(&nam.splits(&family, &[&family.dua, &family.tủa])["household"]);
    // Nobody has told Lan; she meets Tủa where he used to live.
    lan.meets(&family.home, &family.tủa, "2026-11-11", "proficient");
    for (from, to) in [(&lan, &dợ), (&dợ, &nam), (&nam, &lan), (&nam, &dợ), (&dợ, &lan)] {
        from.tells(to);
    }
    for phone in [&dợ, &nam, &lan] {
        phone.clean();
        assert_eq!(phone.ok("conflict_list", json!({})), json!([]), "both said the same of the old household");
        assert_eq!(phone.totals()["residents"], 3, "nobody is lost, and nobody is two");
        for household in [&one, &other] {
            let tủa = phone.person(household, "Giàng A Tủa");
            assert_eq!(tủa["levels"], json!(vec!["proficient"; 5]), "the late visit is his");
        }
        let found = phone.household(&one)["visits_elsewhere"].as_array().unwrap().len();
        assert_eq!(found, 1, "and stands on his page");
        assert_eq!(
            phone.person(&one, "Giàng A Tủa")["homes"][0],
            json!({
                "kind": "also", "household": other, "head": "Sùng Thị Dua", "door": "Cuối bản",
                "resident": phone.person(&other, "Giàng A Tủa")["id"], "undo": null
            })
        );
        let pairs = phone.pairs();
        assert_eq!(pairs.len(), 1, "{pairs:?}");
        assert_eq!((&pairs[0]["kind"], &pairs[0]["why"][0]), (&json!("household"), &json!("moved_apart")));
    }
    lan.ok("duplicate_settle", json!({"kind": "household", "a": one, "b": other, "verdict": "same"}));
    lan.tells(&nam);
    for phone in [&lan, &nam] {
        phone.clean();
        assert_eq!(phone.pairs(), Vec::<Value>::new());
        let merged = phone.household(&one);
        assert_eq!((&merged["residents"], merged["people"].as_array().unwrap().len()), (&json!(2), 2));
        assert_eq!(now_of(phone, &family, "Giàng A Tủa"), [("now".to_owned(), id(&merged["id"]))]);
    }
    // Even that can be taken back as a whole.
    let who: Vec<String> =
        lan.household(&one)["people"].as_array().unwrap().iter().map(|person| id(&person["id"])).collect();
    lan.ok("resident_move_undo", json!({"household": one, "residents": who}));
    assert_eq!(lan.household(&family.home)["residents"], 3);
    assert_eq!(lan.totals()["residents"], 3);
    lan.clean();
}

#[test]
fn consent_that_is_withdrawn_on_a_late_phone_holds_in_the_new_household() {
    let (dợ, family) = Phone::new();
    let answer = |phone: &Phone, state| {
        let args = json!({"household": family.home, "resident": family.tủa, "state": state, "how": "spoken", "text_version": 1});
        phone.ok("consent_record", args);
    };
    answer(&dợ, "given");
    let [dợ, lan] = dợ.twin();
    let new = id(&dợ.splits(&family, &[&family.tủa])["household"]);
    answer(&lan, "withdrawn");
    lan.tells(&dợ);
    assert_eq!(dợ.person(&new, "Giàng A Tủa")["consent"], "withdrawn");
    let tủa = id(&dợ.person(&new, "Giàng A Tủa")["id"]);
    let form = json!({"outcome": "met", "met": [tủa], "day": "2026-11-12",
        "assessments": [{"resident": tủa, "skill": "safety", "level": "guided"}]});
    assert_eq!(dợ.refused("visit_save", json!({"household": new, "form": form})), "consent_refused");
    dợ.clean();
}

#[test]
fn two_who_ask_one_person_and_hear_the_same_have_nothing_to_sort_out() {
    let (dợ, family) = Phone::new();
    let [dợ, lan] = dợ.twin();
    let says = |phone: &Phone, state: &str| {
        let asked = json!({"household": family.home, "resident": family.dua, "state": state, "how": "spoken", "text_version": 1});
        phone.ok("consent_record", asked);
    };
    let tell_each_other = || {
        dợ.tells(&lan);
        lan.tells(&dợ);
    };
    says(&dợ, "given");
    says(&lan, "given");
    tell_each_other();
    for phone in [&dợ, &lan] {
        assert_eq!(phone.ok("conflict_list", json!({})), json!([]));
        assert_eq!(phone.person(&family.home, "Sùng Thị Dua")["consent"], "given");
    }

    says(&dợ, "withdrawn");
    says(&lan, "given");
    tell_each_other();
    for phone in [&dợ, &lan] {
        assert_eq!(phone.ok("conflict_list", json!({})).as_array().unwrap().len(), 1, "two different answers");
        assert_eq!(phone.person(&family.home, "Sùng Thị Dua")["consent"], "withdrawn", "the refusal holds");
    }
}
