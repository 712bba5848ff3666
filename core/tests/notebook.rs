//! A day with one notebook, through the commands that every door runs.

#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::{Value, json};
use tungnha_core::api::Api;

struct Device {
    api: Api,
    folder: tempfile::TempDir,
}

impl Device {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { api: Api::open(folder.path()).unwrap(), folder }
    }

    /// A device whose team has one household: Giàng A Páo with his wife.
    fn with_pao() -> (Self, String) {
        let dợ = Self::new();
        dợ.ok(
            "team_start",
            json!({"team_name": "Tổ Pa Cốp", "place_name": "Bản Pa Cốp", "member_name": "Sồng Thị Dợ"}),
        );
        // Asking first is a story of its own, in consent.rs.
        dợ.ok("consent_setting_set", json!({"first": false}));
        let added = dợ.ok(
            "household_add",
            json!({
                "head": {"name": "Giàng A Páo", "birth": "1984"},
                "fields": {"door": "Cuối bản", "phone": "+84 912.345.678"},
            }),
        );
        let id = added["id"].as_str().unwrap().to_owned();
        dợ.ok("resident_add", json!({"household": id, "fields": {"name": "Sùng Thị Dua", "relation": "Vợ"}}));
        (dợ, id)
    }

    fn run(&self, command: &str, args: Value) -> Value {
        serde_json::from_str(&self.api.execute_json(&json!({"command": command, "args": args}).to_string())).unwrap()
    }

    fn ok(&self, command: &str, args: Value) -> Value {
        let answer = self.run(command, args);
        assert!(answer.get("error").is_none(), "{command}: {answer}");
        answer["ok"].clone()
    }

    fn error(&self, command: &str, args: Value) -> String {
        let answer = self.run(command, args);
        answer["error"]["code"].as_str().unwrap_or_else(|| panic!("{command} was not refused: {answer}")).to_owned()
    }

    fn reopened(self) -> Self {
        let Self { api, folder } = self;
        drop(api);
        Self { api: Api::open(folder.path()).unwrap(), folder }
    }

    fn clean(&self) {
        let report = self.ok("verify", json!({}));
        assert_eq!(report["clean"], true, "{report}");
    }
}

fn head_of(detail: &Value) -> String {
    detail["people"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_visit_is_there_after_the_app_was_closed() {
    let (dợ, id) = Device::with_pao();
    let detail = dợ.ok("household_get", json!({"household": id}));
    assert_eq!(detail["phone"], "0912345678");
    let páo = head_of(&detail);
    let draft = dợ.ok("visit_open", json!({"household": id}));
    dợ.ok("draft_save", json!({"visit": draft["visit"], "form": {"outcome": "met", "met": [páo]}}));

    let dợ = dợ.reopened();
    let kept = dợ.ok("draft_get", json!({"visit": draft["visit"]}));
    assert_eq!(kept["form"]["met"], json!([páo]));

    dợ.ok(
        "visit_save",
        json!({"household": id, "visit": draft["visit"], "form": {
            "outcome": "met", "met": [páo],
            "assessments": [{"resident": páo, "skill": "public_services", "level": "with_help"},
                            {"resident": páo, "skill": "payment", "level": "guided"}],
            "need": "Điện thoại cho vợ", "follow_up": "2030-01-07",
        }}),
    );
    assert_eq!(dợ.ok("draft_list", json!({})), json!([]));

    let dợ = dợ.reopened();
    let detail = dợ.ok("household_get", json!({"household": id}));
    assert_eq!(detail["visits"][0]["need"], "Điện thoại cho vợ");
    assert_eq!(
        detail["people"][0]["levels"],
        json!(["with_help", "not_assessed", "guided", "not_assessed", "not_assessed"])
    );
    assert_eq!(detail["follow_up"], "2030-01-07");
    assert_eq!(detail["sync"]["state"], "here");
    dợ.clean();
}

#[test]
fn a_household_is_at_target_when_one_person_has_all_five() {
    let (dợ, id) = Device::with_pao();
    let detail = dợ.ok("household_get", json!({"household": id}));
    let (páo, dua) = (head_of(&detail), detail["people"][1]["id"].clone());
    let all = |who: &Value, level: &str, skills: &[&str]| -> Vec<Value> {
        skills.iter().map(|s| json!({"resident": who, "skill": s, "level": level})).collect()
    };
    let páo = json!(páo);
    // Between them they have all five: that is not the target.
    let mut seen = all(&páo, "proficient", &["public_services", "shopping", "payment"]);
    seen.extend(all(&dua, "proficient", &["safety", "local"]));
    let saved = dợ
        .ok("visit_save", json!({"household": id, "form": {"outcome": "met", "met": [páo, dua], "assessments": seen}}));
    assert_eq!(saved["household"]["at_target"], false);

    let seen = all(&páo, "proficient", &["safety", "local"]);
    let saved =
        dợ.ok("visit_save", json!({"household": id, "form": {"outcome": "met", "met": [páo], "assessments": seen}}));
    assert_eq!(saved["household"]["at_target"], true);

    // Taking the visit back takes the target back, and restoring it restores it.
    let visit = &saved["visit"];
    assert_eq!(dợ.ok("visit_remove", json!({"household": id, "visit": visit}))["at_target"], false);
    assert_eq!(dợ.ok("visit_restore", json!({"household": id, "visit": visit}))["at_target"], true);
    dợ.clean();
}

#[test]
fn nobody_at_home_is_one_command_and_leaves_the_appointment_due() {
    let (dợ, id) = Device::with_pao();
    let páo = head_of(&dợ.ok("household_get", json!({"household": id})));
    dợ.ok(
        "visit_save",
        json!({"household": id, "form": {"outcome": "met", "met": [páo], "follow_up": "2030-01-07"}}),
    );
    let saved = dợ.ok("visit_save", json!({"household": id, "form": {"outcome": "absent"}}));
    assert_eq!(saved["household"]["last_visit"]["outcome"], "absent");
    assert_eq!(saved["household"]["follow_up"], "2030-01-07");
    assert_eq!(dợ.ok("household_list", json!({"filter": "absent_last"}))["total"], 1);
}

#[test]
fn an_id_card_number_is_refused_in_every_text_field() {
    let (dợ, id) = Device::with_pao();
    let páo = head_of(&dợ.ok("household_get", json!({"household": id})));
    let number = "0705 7890.4404";
    let visit = |field: &str| json!({"household": id, "form": {"outcome": "absent", field: number}});
    let all = [
        ("visit_save", visit("need")),
        ("visit_save", visit("note")),
        ("visit_save", visit("obstacle")),
        ("household_edit", json!({"household": id, "fields": {"door": number}})),
        ("household_edit", json!({"household": id, "fields": {"note": number}})),
        ("household_edit", json!({"household": id, "fields": {"code": number}})),
        ("resident_edit", json!({"household": id, "resident": páo, "fields": {"name": number}})),
        ("resident_edit", json!({"household": id, "resident": páo, "fields": {"relation": number}})),
        ("household_add", json!({"head": {"name": number}})),
        ("activity_save", json!({"kind": "class", "title": number})),
        ("activity_save", json!({"kind": "class", "title": "Lớp", "note": number})),
        ("member_add", json!({"name": number, "role": "member"})),
        ("place_add", json!({"name": number, "kind": "hamlet"})),
        ("checklist_edit", json!({"skill": "local", "text": number})),
    ];
    for (command, args) in all {
        assert_eq!(dợ.error(command, args.clone()), "id_number", "{command} {args}");
    }
    // Not even an unfinished form holds one.
    let draft = dợ.ok("visit_open", json!({"household": id}));
    dợ.ok("draft_save", json!({"visit": draft["visit"], "form": {"note": format!("CCCD {number} nhé")}}));
    let kept = dợ.ok("draft_get", json!({"visit": draft["visit"]}));
    assert_eq!(kept["form"]["note"], "CCCD ············ nhé");
    // Nine digits are asked about once.
    let note = |ok: bool| json!({"household": id, "fields": {"note": "CMND 123456789"}, "nine_digits_ok": ok});
    assert_eq!(dợ.error("household_edit", note(false)), "nine_digits");
    dợ.ok("household_edit", note(true));
}

#[test]
fn a_corrected_visit_counts_once_and_stays_its_authors() {
    let (dợ, id) = Device::with_pao();
    let páo = head_of(&dợ.ok("household_get", json!({"household": id})));
    let assess = |level: &str| json!([{"resident": páo, "skill": "safety", "level": level}]);
    let saved = dợ.ok(
        "visit_save",
        json!({"household": id, "form": {"outcome": "met", "met": [páo], "assessments": assess("proficient")}}),
    );
    let nam = dợ.ok("member_add", json!({"name": "Vì Văn Nam", "role": "member"}));
    dợ.ok("member_sign_in", json!({"member": nam["id"]}));
    let draft = dợ.ok("visit_open", json!({"household": id, "correct": saved["visit"]}));
    assert_eq!(draft["correction"], true);
    assert_eq!(draft["form"]["assessments"], assess("proficient"));
    let saved = dợ.ok(
        "visit_save",
        json!({"household": id, "visit": draft["visit"],
        "form": {"outcome": "met", "met": [páo], "assessments": assess("guided")}}),
    );
    let visits = saved["household"]["visits"].as_array().unwrap();
    assert_eq!(visits.len(), 1);
    assert_eq!(visits[0]["author_name"], "Sồng Thị Dợ");
    assert_eq!(saved["household"]["people"][0]["levels"][3], "guided");
}

#[test]
fn a_lesson_that_was_shown_stays_with_the_visit() {
    let (dợ, id) = Device::with_pao();
    let páo = head_of(&dợ.ok("household_get", json!({"household": id})));
    let draft = dợ.ok("visit_open", json!({"household": id}));
    let form = json!({"outcome": "met", "met": [páo], "shown": ["safety", "payment", "safety"]});
    dợ.ok("draft_save", json!({"visit": draft["visit"], "form": form}));

    let dợ = dợ.reopened();
    let kept = dợ.ok("draft_get", json!({"visit": draft["visit"]}));
    dợ.ok("visit_save", json!({"household": id, "visit": draft["visit"], "form": kept["form"]}));
    let again = dợ.ok("visit_open", json!({"household": id, "correct": draft["visit"]}));
    assert_eq!(again["form"]["shown"], json!(["payment", "safety"]));
    let corrected = dợ.ok("visit_save", json!({"household": id, "visit": draft["visit"], "form": again["form"]}));
    assert_eq!(corrected["household"]["visits"][0]["shown"], json!(["payment", "safety"]));
    // Whoever was not at home was shown nothing.
    let absent = dợ.ok("visit_save", json!({"household": id, "form": {"outcome": "absent", "shown": ["local"]}}));
    assert_eq!(absent["household"]["visits"][0]["shown"], json!([]));
}

#[test]
fn a_member_ticks_a_course_for_themselves_alone() {
    let (dợ, _) = Device::with_pao();
    let today = dợ.ok("status", json!({}))["today"].clone();
    let done = |device: &Device| device.ok("training_list", json!({}))[0]["done_on"].clone();
    dợ.ok("training_set", json!({"course": "onetouch", "done": true}));
    assert_eq!(done(&dợ), today);
    assert_eq!(dợ.error("training_set", json!({"course": "x/y", "done": true})), "not_found");

    let nam = dợ.ok("member_add", json!({"name": "Vì Văn Nam", "role": "member"}));
    let me = dợ.ok("status", json!({}))["me"]["id"].clone();
    dợ.ok("member_sign_in", json!({"member": nam["id"]}));
    assert_eq!(done(&dợ), Value::Null);
    dợ.ok("member_sign_in", json!({"member": me}));
    dợ.ok("training_set", json!({"course": "onetouch", "done": false}));
    assert_eq!(done(&dợ), Value::Null);
    dợ.clean();
}

#[test]
fn another_members_draft_is_not_seen_and_not_lost() {
    let (dợ, id) = Device::with_pao();
    let draft = dợ.ok("visit_open", json!({"household": id}));
    let me = dợ.ok("status", json!({}))["me"]["id"].clone();
    let nam = dợ.ok("member_add", json!({"name": "Vì Văn Nam", "role": "member"}));
    dợ.ok("member_sign_in", json!({"member": nam["id"]}));
    assert_eq!(dợ.ok("draft_list", json!({})), json!([]));
    assert_eq!(dợ.error("draft_get", json!({"visit": draft["visit"]})), "not_found");
    dợ.ok("member_sign_in", json!({"member": me}));
    assert_eq!(dợ.ok("draft_list", json!({}))[0]["visit"], draft["visit"]);
}

#[test]
fn what_is_removed_can_be_restored() {
    let (dợ, id) = Device::with_pao();
    dợ.ok("household_remove", json!({"household": id}));
    assert_eq!(dợ.ok("household_list", json!({}))["total"], 0);
    assert_eq!(dợ.ok("household_list", json!({"search": "pao"}))["total"], 0);
    assert_eq!(dợ.ok("household_list", json!({"filter": "removed"}))["total"], 1);
    dợ.ok("household_restore", json!({"household": id}));
    assert_eq!(dợ.ok("household_list", json!({"search": "pao"}))["total"], 1);
}

#[test]
fn a_search_finds_what_was_just_written() {
    let (dợ, id) = Device::with_pao();
    assert_eq!(dợ.ok("household_list", json!({"search": "sung thi"}))["rows"][0]["matched"]["name"], "Sùng Thị Dua");
    let páo = head_of(&dợ.ok("household_get", json!({"household": id})));
    dợ.ok("resident_edit", json!({"household": id, "resident": páo, "fields": {"name": "Lò Văn Đạt"}}));
    assert_eq!(dợ.ok("household_list", json!({"search": "giang"}))["total"], 0);
    assert_eq!(dợ.ok("household_list", json!({"search": "dat"}))["rows"][0]["head"], "Lò Văn Đạt");
}

#[test]
fn an_activity_counts_what_belongs_to_no_household() {
    let (dợ, _) = Device::with_pao();
    let saved = dợ.ok(
        "activity_save",
        json!({"kind": "booth", "title": "Bàn hướng dẫn chợ phiên", "attendees": 42,
        "services": [{"service": "queue_number", "count": 37}]}),
    );
    assert_eq!(saved["attendees"], 42);
    let again = dợ.ok("activity_set_removed", json!({"activity": saved["id"], "removed": true}));
    assert_eq!(again["removed"], true);
    assert_eq!(dợ.ok("activity_list", json!({})).as_array().unwrap().len(), 1);
    dợ.clean();
}

#[test]
fn the_practice_notebook_never_mixes_with_a_real_one() {
    let device = Device::new();
    device.ok("practice_start", json!({}));
    assert_eq!(device.ok("status", json!({}))["space"]["practice"], true);
    assert!(device.ok("household_list", json!({}))["total"].as_u64().unwrap() > 10);
    device.clean();
    assert_eq!(device.error("sync_now", json!({})), "practice_stays");
    assert_eq!(
        device.error("team_start", json!({"team_name": "a", "place_name": "b", "member_name": "c"})),
        "practice_open"
    );
    device.ok("practice_end", json!({}));
    assert_eq!(device.ok("status", json!({}))["space"], Value::Null);
    device.ok("team_start", json!({"team_name": "Tổ thật", "place_name": "Bản", "member_name": "Dợ"}));
    assert_eq!(device.ok("household_list", json!({}))["total"], 0);
    assert_eq!(device.error("practice_end", json!({})), "not_practice");
    device.clean();
}

#[test]
fn hostile_commands_are_answered_and_change_nothing() {
    let (dợ, id) = Device::with_pao();
    let before = dợ.ok("export", json!({}));
    for request in ["", "{}", "[]", "nonsense", "{\"command\": 5}", "{\"command\":\"drop\"}"] {
        let answer: Value = serde_json::from_str(&dợ.api.execute_json(request)).unwrap();
        assert!(answer["error"]["code"].is_string(), "{request}: {answer}");
    }
    assert_eq!(dợ.error("household_get", json!({"household": "x"})), "not_found");
    assert_eq!(dợ.error("household_get", json!({"household": id, "extra": 1})), "bad_arguments");
    assert_eq!(dợ.error("visit_save", json!({"household": id, "form": {"outcome": "met"}})), "required");
    assert_eq!(
        dợ.error("visit_save", json!({"household": id, "form": {"outcome": "absent", "day": "2199-01-01"}})),
        "bad_date"
    );
    assert_eq!(dợ.ok("export", json!({})), before);
}

#[test]
fn nothing_of_the_practice_notebook_stays_on_the_device() {
    let device = Device::new();
    device.ok("practice_start", json!({}));
    let household = device.ok("household_list", json!({}))["rows"][0]["id"].clone();
    device.ok("visit_open", json!({"household": household}));
    device.ok("practice_end", json!({}));
    let Device { api, folder } = device;
    drop(api);

    let folder = tungnha_core::store::Folder::open(folder.path()).unwrap();
    let store = tungnha_core::store::Store::open(&folder.database(), &folder.key().unwrap()).unwrap();
    let db = store.read();
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let tables: Vec<String> =
        db.prepare(names).unwrap().query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    assert!(tables.len() > 20);
    // What belongs to the device and not to a notebook.
    for table in tables.iter().filter(|t| !["settings", "migrations"].contains(&t.as_str())) {
        let left: i64 = db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
        assert_eq!(left, 0, "{table}");
    }
}

#[test]
fn who_has_moved_away_or_died_is_no_longer_counted_and_can_come_back() {
    let (dợ, id) = Device::with_pao();
    let detail = dợ.ok("household_get", json!({"household": id}));
    let [páo, dua] = [0, 1].map(|n| detail["people"][n]["id"].as_str().unwrap().to_owned());
    let is = |who: &str, status: &str| {
        dợ.ok("resident_edit", json!({"household": id, "resident": who, "fields": {"status": status}}))
    };
    let away = is(&páo, "working_away");
    assert_eq!((&away["residents"], &away["head"]), (&json!(2), &json!("Giàng A Páo")));
    let widow = is(&páo, "deceased");
    assert_eq!((&widow["residents"], &widow["head"]), (&json!(1), &json!("Sùng Thị Dua")));
    assert_eq!((&widow["people"][0]["id"], &widow["people"][1]["status"]), (&json!(dua), &json!("deceased")));
    assert_eq!(dợ.ok("household_list", json!({"search": "páo"}))["total"], 0);
    let back = is(&páo, "living");
    assert_eq!((&back["residents"], &back["head"]), (&json!(2), &json!("Giàng A Páo")));
    dợ.clean();
}

#[test]
fn the_history_tells_who_wrote_what_and_an_earlier_value_comes_back() {
    let (dợ, id) = Device::with_pao();
    let edit = |phone: &str| dợ.ok("household_edit", json!({"household": id, "fields": {"phone": phone}}));
    edit("0987654321");
    dợ.ok("visit_save", json!({"household": id, "form": {"outcome": "absent"}}));
    let history = dợ.ok("household_history", json!({"household": id}));
    assert_eq!(history[0]["writes"][0]["visit"]["outcome"], "absent");
    assert_eq!(history[0]["writes"][0]["can_return"], false);
    let phone = &history[1]["writes"][0];
    assert_eq!(
        (&phone["field"], &phone["before"], &phone["value"]),
        (&json!("phone"), &json!("0912345678"), &json!("0987654321"))
    );
    assert_eq!((&history[1]["author"], &history[1]["device"]), (&json!("Sồng Thị Dợ"), &json!("this")));
    let first = history.as_array().unwrap().last().unwrap();
    let names: Vec<&str> = first["writes"].as_array().unwrap().iter().map(|w| w["value"].as_str().unwrap()).collect();
    assert!(names.contains(&"Bản Pa Cốp") && names.contains(&"Giàng A Páo"), "{names:?}");

    let back = dợ.ok("history_restore", json!({"household": id, "key": "phone", "change": first["change"]}));
    assert_eq!(back["phone"], "0912345678");
    let visit = history[0]["writes"][0]["key"].clone();
    let refused = json!({"household": id, "key": visit, "change": history[0]["change"]});
    assert_eq!(dợ.error("history_restore", refused), "not_found");
    dợ.clean();
}

#[test]
fn who_said_no_is_not_assessed_and_a_child_is_asked_through_a_parent() {
    let (dợ, id) = Device::with_pao();
    let páo = head_of(&dợ.ok("household_get", json!({"household": id})));
    let answer = |who: &Value, state: &str, parent: &str| json!({"household": id, "resident": who, "state": state, "how": "spoken", "text_version": 1, "parent": parent});
    let assess = |who: &Value| {
        json!({"household": id, "form": {"outcome": "met", "met": [who],
            "assessments": [{"resident": who, "skill": "safety", "level": "guided"}]}})
    };
    let saved = dợ.ok("visit_save", assess(&json!(páo)));
    dợ.ok("consent_record", answer(&json!(páo), "withdrawn", ""));
    assert_eq!(dợ.error("visit_save", assess(&json!(páo))), "consent_refused");
    let mut correction = assess(&json!(páo));
    correction["visit"] = saved["visit"].clone();
    dợ.ok("visit_save", correction);

    let child = json!({"household": id, "fields": {"name": "Giàng Thị Mai", "birth": "2019"}});
    let people = dợ.ok("resident_add", child)["people"].take();
    let child = people.as_array().unwrap().iter().find(|one| one["birth"] == "2019").unwrap()["id"].clone();
    assert_eq!(dợ.error("consent_record", answer(&child, "given", "")), "parent_needed");
    dợ.ok("consent_record", answer(&child, "given", "Sùng Thị Dua"));
    dợ.ok("visit_save", assess(&child));
    dợ.clean();
}
