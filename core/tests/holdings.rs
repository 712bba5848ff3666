//! Whoever asks what the notebook holds about them is told all of it.

#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::{Value, json};
use tungnha_core::api::Api;

struct Phone {
    api: Api,
    _folder: tempfile::TempDir,
}

impl Phone {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dợ = Self { api: Api::open(folder.path()).unwrap(), _folder: folder };
        dợ.ok("team_start", json!({"team_name": "Tổ", "place_name": "Bản Pa Cốp", "member_name": "Sồng Thị Dợ"}));
        dợ
    }

    fn run(&self, command: &str, args: Value) -> Value {
        serde_json::from_str(&self.api.execute_json(&json!({"command": command, "args": args}).to_string())).unwrap()
    }

    fn ok(&self, command: &str, args: Value) -> Value {
        let answer = self.run(command, args);
        assert!(answer.get("error").is_none(), "{command}: {answer}");
        answer["ok"].clone()
    }
}

fn id(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no id")).to_owned()
}

#[test]
fn páo_is_told_one_of_everything() {
    let dợ = Phone::new();
    let added = dợ.ok(
        "household_add",
        json!({"head": {"name": "Giàng A Páo", "birth": "24/07/1984", "sex": "male", "phone": "0912345678"},
            "fields": {"door": "Qua cầu treo", "phone": "0987654321", "code": "27", "note": "Chó dữ", "elderly": true,
                "business": true}}),
    );
    let (home, páo) = (id(&added["id"]), id(&added["people"][0]["id"]));
    let who = json!({"household": home, "resident": páo});
    let other = dợ.ok("resident_add", json!({"household": home, "fields": {"name": "Sùng Thị Dua", "relation": "Vợ"}}));
    let dua = id(&other["people"][1]["id"]);
    for (state, how) in [("given", "paper"), ("withdrawn", "spoken"), ("given", "spoken")] {
        dợ.ok(
            "consent_record",
            json!({"household": home, "resident": páo, "state": state, "how": how, "text_version": 3}),
        );
    }
    dợ.ok("resident_edit", json!({"household": home, "resident": páo, "fields": {"phone": "0912345679"}}));
    let position = json!({"household": home, "latitude": 20.8, "longitude": 104.7, "accuracy": 12.0});
    dợ.ok("position_set", position);
    let me = dợ.ok("status", json!({}))["me"]["id"].clone();
    dợ.ok(
        "task_assign",
        json!({"what": "Mang điện thoại cũ tới", "who": me, "households": [home], "due": "2026-12-01"}),
    );
    let item = dợ.ok("checklist_get", json!({}))["skills"][0]["items"][0].clone();
    let form = json!({"outcome": "met", "met": [páo], "day": "2026-11-11", "need": "Điện thoại", "note": "Nhà đông người",
        "obstacle": "Sóng yếu", "follow_up": "2026-11-18", "shown": ["safety"],
        "assessments": [{"resident": páo, "skill": "safety", "level": "guided"}, {"resident": dua, "skill": "safety", "level": "proficient"}],
        "items": [{"resident": páo, "item": item["id"]}], "services": [{"service": "queue_number", "count": 2}]});
    dợ.ok("visit_save", json!({"household": home, "form": form}));
    // Nothing of Páo, and nothing in words.
    dợ.ok("visit_save", json!({"household": home, "form": {"outcome": "absent", "day": "2026-11-09"}}));
    // Words about the household.
    dợ.ok(
        "visit_save",
        json!({"household": home, "form": {"outcome": "absent", "day": "2026-11-10", "note": "Cửa khóa"}}),
    );
    let class = dợ.ok("activity_save", json!({"kind": "class", "title": "Lớp tối", "day": "2026-11-12"}));
    dợ.ok("activity_came", json!({"activity": class["id"], "household": home, "resident": páo, "came": true}));
    let draft = dợ.ok("visit_open", json!({"household": home}));
    dợ.ok("draft_save", json!({"visit": draft["visit"], "form": {"day": "2026-11-13", "met": [páo]}, "face": null}));
    dợ.ok("file_export", json!({"receiver": "Nam"}));

    let held = dợ.ok("resident_holdings", who);
    assert_eq!(held["name"], "Giàng A Páo");
    assert_eq!(
        held["entries"],
        json!([{
            "household": home, "head": "Giàng A Páo", "place_name": "Bản Pa Cốp", "former_places": [], "code": "27", "door": "Qua cầu treo",
            "has_position": true, "household_phone": "0987654321", "note": "Chó dữ", "people_count": null, "business": true, "elderly": true,
            "household_status": "living", "household_removed": false, "lists": [],
            "tasks": [{"what": "Mang điện thoại cũ tới", "who_name": "Sồng Thị Dợ", "due": "2026-12-01"}], "crossed": 0,
            "name": "Giàng A Páo", "relation": "", "is_head": true, "birth": "1984-07-24", "sex": "male",
            "phone": "0912345679", "status": "living", "removed": false, "moved_here": false
        }])
    );
    let consents = held["consents"].as_array().unwrap();
    let said: Vec<_> = consents.iter().map(|c| (c["state"].clone(), c["how"].clone())).collect();
    assert_eq!(said.len(), 3, "each answer is kept, and told: {said:?}");
    assert!(said.contains(&(json!("withdrawn"), json!("spoken"))) && said.contains(&(json!("given"), json!("paper"))));
    assert_eq!((&consents[0]["text_version"], &consents[0]["asked_by"]), (&json!(3), &json!("Sồng Thị Dợ")));

    let visits = held["visits"].as_array().unwrap();
    assert_eq!(visits.len(), 2, "what neither names him nor says anything is not about him");
    let visit = &visits[0];
    assert_eq!(
        (&visit["day"], &visit["by"], &visit["met"]),
        (&json!("2026-11-11"), &json!("Sồng Thị Dợ"), &json!(true))
    );
    assert_eq!(
        visit["levels"],
        json!([{"resident": páo, "skill": "safety", "level": "guided"}]),
        "his, and not his wife's"
    );
    assert_eq!(visit["items"], json!([item["text"]]));
    for (field, text) in
        [("need", "Điện thoại"), ("note", "Nhà đông người"), ("obstacle", "Sóng yếu"), ("follow_up", "2026-11-18")]
    {
        assert_eq!(visit[field], text);
    }
    assert_eq!((&visit["services"], &visit["shown"]), (&json!(2), &json!(["safety"])));
    assert_eq!((&visits[1]["met"], &visits[1]["note"]), (&json!(false), &json!("Cửa khóa")));

    let activity = &held["activities"][0];
    assert_eq!((&activity["title"], &activity["by"]), (&json!("Lớp tối"), &json!("Sồng Thị Dợ")));
    assert_eq!(held["earlier"], 3, "the old phone and two answers stay in the history");
    assert_eq!(held["drafts"], 1);
    assert_eq!(held["copies"]["devices"], 1);
    assert_eq!(held["copies"]["files"][0]["name"], "Nam");
    assert_eq!(held["copies"]["relays"], json!([]));
}

#[test]
fn who_moved_is_told_of_both_households_and_of_one_answer() {
    let dợ = Phone::new();
    let home = id(&dợ.ok("household_add", json!({"head": {"name": "Giàng A Páo"}}))["id"]);
    let tủa = dợ.ok("resident_add", json!({"household": home, "fields": {"name": "Giàng A Tủa", "relation": "Con"}}));
    let tủa = id(&tủa["people"][1]["id"]);
    dợ.ok(
        "consent_record",
        json!({"household": home, "resident": tủa, "state": "given", "how": "paper", "text_version": 1}),
    );
    let form = json!({"outcome": "met", "met": [tủa], "day": "2026-11-11"});
    dợ.ok("visit_save", json!({"household": home, "form": form}));
    let moved = dợ.ok("resident_move", json!({"household": home, "residents": [tủa]}));
    for (household, resident) in [(&home, &json!(tủa)), (&id(&moved["household"]), &moved["residents"][0])] {
        let held = dợ.ok("resident_holdings", json!({"household": household, "resident": resident}));
        assert_eq!(held["entries"].as_array().unwrap().len(), 2);
        assert_eq!((held["consents"].as_array().unwrap().len(), held["visits"].as_array().unwrap().len()), (1, 1));
        assert_eq!(held["verdicts"], 1);
    }
    let nobody = dợ.run("resident_holdings", json!({"household": home, "resident": home}));
    assert_eq!(nobody["error"]["code"], "not_found");
}
