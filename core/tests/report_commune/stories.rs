//! What an office sees of its hamlets, whose notebooks have come to its tablet.

use data_encoding::BASE64;
use serde_json::{Value, json};
use tungnha_core::domain::SpaceId;
use tungnha_core::projection::{across, office, space};
use uuid::Uuid;

use crate::months::{HOUR, NOVEMBER, Tablet, figure, of, text};
use crate::taking::{self, Changes};
use crate::{changes_of, list};

/// A hamlet's own tablet, with so many households of which the first was visited.
fn hamlet(name: &str, heads: &[&str]) -> (Tablet, Vec<String>) {
    let tablet = Tablet::of(&format!("Tổ {name}"), name, "Giàng A Páo");
    let place = text(&tablet.ok("place_list", json!({}))[0]["id"]);
    let households: Vec<String> = heads.iter().map(|head| tablet.adds_household(&place, head)).collect();
    (tablet, households)
}

/// The office's tablet once these notebooks have come to it. It lists another one that has not.
fn office_with(hamlets: &[&Tablet]) -> Tablet {
    let mai = Tablet::of("Xã Vân Hồ", "Trụ sở", "Lò Thị Mai");
    let told = hamlets.iter().map(|hamlet| {
        let mut told = None;
        hamlet.twin().after(|notebook| {
            let own = notebook.space().unwrap().id;
            told = Some((own, changes_of(notebook, own)));
        });
        told.unwrap()
    });
    let told: Vec<(SpaceId, Changes)> = told.collect();
    mai.after(|notebook| {
        let office = notebook.space().unwrap().id;
        let mut listed = vec![(SpaceId(Uuid::from_u128(0x99)), "Tổ Bản Số 3".to_owned())];
        for (space, changes) in &told {
            taking::begin(notebook, *space);
            taking::take(notebook, *space, changes);
            let name = space::name(notebook.db(), *space).unwrap();
            listed.push((*space, name.replace("Tổ ", "")));
        }
        list(notebook, office, &listed);
        assert_eq!(office::here(notebook.db(), office).unwrap().len(), hamlets.len() + 1);
    })
}

fn commune(args: Value) -> Value {
    let mut args = args;
    args["commune"] = json!(true);
    args
}

fn november(tablet: &Tablet) -> Value {
    tablet.ok("report_get", commune(of(None)))
}

fn names(all: &Value) -> Vec<String> {
    all.as_array().unwrap().iter().map(|one| text(&one["name"])).collect()
}

#[test]
fn an_office_sees_its_hamlets_as_one_and_each_by_itself() {
    let (ten, of_ten) = hamlet("Bản Số 10", &["Giàng A Páo", "Vàng Thị Mỷ"]);
    let (two, of_two) = hamlet("Bản Số 2", &["Sùng A Lử"]);
    ten.visits(&of_ten[0], "2026-11-10", "proficient");
    two.visits(&of_two[0], "2026-11-12", "guided");
    let mai = office_with(&[&ten, &two]);
    let all = november(&mai);
    assert_eq!((&all["scope"]["name"], &all["state"]), (&json!("Xã Vân Hồ"), &json!("draft")));
    let guided = figure(&all, "guided");
    assert_eq!((&guided["value"], figure(&all, "at_target")["of"].clone()), (&json!(2), json!(3)));
    // The office has nobody to visit: its own place is no hamlet.
    assert_eq!(names(&guided["rows"]), ["Bản Số 2", "Bản Số 10", "Tổ Bản Số 2", "Tổ Bản Số 10"]);
    assert_eq!(names(&all["notebooks"]), ["Tổ Bản Số 2", "Tổ Bản Số 3", "Tổ Bản Số 10"]);
    assert_eq!(all["notebooks"][1]["here"], false);
    assert_eq!((&all["notebooks"][0]["state"], &all["notebooks"][0]["lock_at_ms"]), (&json!("draft"), &Value::Null));
    assert_eq!(all["notebooks"][2]["as_of"], all["as_of"], "the newest of them");

    // Behind a figure, and behind the row of one hamlet, stands which notebook is to be opened.
    let behind = mai.ok("report_records", commune(json!({"period": NOVEMBER, "indicator": "guided"})));
    assert_eq!(names(&behind["records"]), ["Sùng A Lử", "Giàng A Páo"]);
    assert_eq!(behind["records"][1]["notebook"], all["notebooks"][2]["notebook"]);
    let row = json!({"period": NOVEMBER, "indicator": "guided", "row": guided["rows"][1]["row"]});
    let behind = mai.ok("report_records", commune(row.clone()));
    assert_eq!((&behind["row_name"], names(&behind["records"])), (&json!("Bản Số 10"), vec!["Giàng A Páo".to_owned()]));
    assert_eq!(mai.refused("report_records", row), "not_found", "it is no row of the office's own");

    let periods = mai.ok("report_periods", json!({"commune": true}));
    assert_eq!(periods["periods"][0]["visits"], 2);
    assert_eq!(names(&periods["periods"][0]["teams"]), ["Tổ Bản Số 2", "Tổ Bản Số 10"]);
    assert_eq!(mai.ok("progress_get", json!({"commune": true}))["coverage"]["visited"], 2);

    // Without the word it is the office's own notebook, as before.
    let own = mai.report(None);
    assert_eq!((own.get("notebooks"), own.get("alike")), (None, None));
    assert_eq!(figure(&own, "guided")["value"], Value::Null);
    let place = guided["rows"][0]["place"].clone();
    for (command, args) in [
        ("report_get", json!({"place": place})),
        ("report_records", json!({"place": place, "indicator": "guided"})),
        ("report_workbook", json!({"period": NOVEMBER, "team": guided["rows"][2]["team"]})),
        ("progress_get", json!({"place": place})),
    ] {
        assert_eq!(mai.refused(command, commune(args)), "bad_arguments", "{command}");
    }
}

#[test]
fn what_goes_to_the_next_office_says_whose_it_is_and_what_it_lacks() {
    let (ten, of_ten) = hamlet("Bản Số 10", &["Giàng A Páo"]);
    let (two, of_two) = hamlet("Bản Số 2", &["Sùng A Lử"]);
    ten.visits(&of_ten[0], "2026-11-10", "proficient");
    let absent = json!({"day": "2026-11-04", "outcome": "absent", "obstacle": "Cả bản không có sóng"});
    two.ok("visit_save", json!({"household": of_two[0], "form": absent}));
    for (tablet, title) in [(&two, "Lớp ở nhà văn hóa"), (&ten, "Bàn ở chợ")] {
        let held = json!({"kind": "booth", "title": title, "day": "2026-11-15", "attendees": 20});
        tablet.ok("activity_save", held);
    }
    two.ok("report_lock", of(None));
    two.ok("activity_save", json!({"kind": "class", "title": "Muộn", "day": "2026-11-16", "attendees": 5}));
    let mai = office_with(&[&ten, &two]);
    let text = mai.ok("report_text", commune(json!({"period": NOVEMBER, "kind": "summary"})))["text"].take();
    let text = text.as_str().unwrap();
    assert!(text.contains("Trạng thái: đã chốt 1/3 sổ"), "{text}");
    assert!(text.contains("Máy này chưa có sổ: Tổ Bản Số 3"), "{text}");
    assert!(text.contains("Ghi sau khi chốt: 1 mục"), "{text}");
    let late = mai.ok("report_text", commune(json!({"period": NOVEMBER, "kind": "late"})))["text"].take();
    assert!(late.as_str().unwrap().contains("1/2 tổ đã nộp. Còn: Tổ Bản Số 10."), "{late}");

    let book = mai.ok("report_workbook", commune(json!({"period": NOVEMBER})));
    assert_eq!(book["name"], "Báo cáo 2026-11 Xã Vân Hồ.xlsx");
    let bytes = BASE64.decode(book["bytes"].as_str().unwrap().as_bytes()).unwrap();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let mut column = |sheet: &str, column: u32| -> Vec<String> {
        let range = calamine::Reader::worksheet_range(&mut book, sheet).unwrap();
        let last = range.end().unwrap().0;
        (0..=last).map(|row| range.get_value((row, column)).map(ToString::to_string).unwrap_or_default()).collect()
    };
    assert_eq!(column("Theo địa bàn", 1)[7..], ["Bản Số 2", "Bản Số 10", "Chưa rõ địa bàn", "Cộng"]);
    assert_eq!(column("Hoạt động", 3)[1..], ["Bàn ở chợ", "Lớp ở nhà văn hóa", ""], "as it was locked");
    assert_eq!(column("Vướng mắc", 3)[1..], ["Cả bản không có sóng"]);
    assert_eq!(column("Điều chỉnh", 6)[1..], ["1"]);
    assert!(column("Tổng hợp", 0)[5].contains("Máy này chưa có sổ: Tổ Bản Số 3"));
    assert!(!column("Bản Số 2", 1).is_empty() && !column("Bản Số 10", 1).is_empty());
}

#[test]
fn a_hamlet_that_has_locked_stays_as_it_was_and_says_what_came_late() {
    let (ten, of_ten) = hamlet("Bản Số 10", &["Giàng A Páo", "Vàng Thị Mỷ"]);
    let (two, of_two) = hamlet("Bản Số 2", &["Sùng A Lử", "Mùa A Pó"]);
    ten.visits(&of_ten[0], "2026-11-10", "guided");
    two.visits(&of_two[0], "2026-11-12", "guided");
    two.ok("report_lock", of(None));
    let mai = office_with(&[&ten, &two]);
    let before = november(&mai);
    assert_eq!((&before["state"], &before["notebooks"][0]["state"]), (&json!("draft"), &json!("locked")));
    assert_eq!(before["notebooks"][0]["lock_at_ms"], two.now());
    assert_eq!(before["adjustments"], json!([]));

    two.later(HOUR);
    two.visits(&of_two[1], "2026-11-19", "guided");
    ten.visits(&of_ten[1], "2026-11-19", "guided");
    let after = november(&office_with(&[&ten, &two]));
    let guided = figure(&after, "guided");
    assert_eq!(
        (&guided["value"], &guided["adjusted"]),
        (&json!(3), &json!(4)),
        "of the open one all, of the other one"
    );
    let late = after["adjustments"].as_array().unwrap();
    assert_eq!(late.len(), 1);
    assert_eq!((&late[0]["head"], &late[0]["notebook"]), (&json!("Mùa A Pó"), &after["notebooks"][0]["notebook"]));

    // Once all are locked that have come, the commune's is, too; here one has not come.
    ten.ok("report_lock", of(None));
    let mai = office_with(&[&ten, &two]);
    assert_eq!(november(&mai)["state"], "draft", "of one there is nothing here");
    let mai = mai.after(|notebook| {
        notebook.db().execute("UPDATE notebooks SET removed = 1 WHERE name = 'Tổ Bản Số 3'", []).unwrap();
    });
    assert_eq!(november(&mai)["state"], "locked");
    assert_eq!(names(&november(&mai)["notebooks"]), ["Tổ Bản Số 2", "Tổ Bản Số 10"]);
}

#[test]
fn a_hamlet_of_which_nothing_is_known_is_blank_and_adds_nothing() {
    let (ten, of_ten) = hamlet("Bản Số 10", &["Giàng A Páo"]);
    let (two, _) = hamlet("Bản Số 2", &["Sùng A Lử"]);
    let all = november(&office_with(&[&ten, &two]));
    assert_eq!(figure(&all, "guided")["value"], Value::Null, "nobody has written anything");
    ten.ok("visit_save", json!({"household": of_ten[0], "form": {"day": "2026-11-04", "outcome": "absent"}}));
    let all = november(&office_with(&[&ten, &two]));
    let guided = figure(&all, "guided");
    assert_eq!(guided["value"], 0);
    assert_eq!((&guided["rows"][0]["value"], &guided["rows"][1]["value"]), (&Value::Null, &json!(0)));
    assert_eq!(names(&all["silent"]), ["Bản Số 2", "Tổ Bản Số 2"]);
}

#[test]
fn how_far_a_notebook_is_its_teams_say_until_it_is_locked() {
    let (two, of_two) = hamlet("Bản Số 2", &["Sùng A Lử"]);
    two.visits(&of_two[0], "2026-11-12", "guided");
    let team = text(&two.ok("team_list", json!({}))["teams"][0]["id"]);
    let state = |tablet: &Tablet| november(&office_with(&[tablet]))["notebooks"][0]["state"].clone();
    for (command, wanted) in
        [("report_submit", "submitted"), ("report_approve", "approved"), ("report_lock", "approved")]
    {
        two.ok(command, of(Some(&team)));
        assert_eq!(state(&two), wanted, "{command}: the team's lock fixes nothing of the whole");
    }
    two.ok("report_lock", of(None));
    assert_eq!(state(&two), "locked");
}

#[test]
fn who_is_written_in_two_hamlets_is_found() {
    let (ten, of_ten) = hamlet("Bản Số 10", &["Giàng A Páo", "Vàng Thị Mỷ", "Lò Văn Tủa", "Hạng A Súa"]);
    let (two, of_two) = hamlet("Bản Số 2", &["Giang A Pao", "Vàng Thị Mỷ", "Lò Văn Tủa", "Hạng A Súa"]);
    let edit = |tablet: &Tablet, household: &str, fields: Value| {
        let who = tablet.ok("household_get", json!({"household": household}))["people"][0]["id"].clone();
        tablet.ok("resident_edit", json!({"household": household, "resident": who, "fields": fields}));
    };
    // One name and one birthday; one name, one year and one phone; one name and one year, as many have; two birthdays.
    for (tablet, households) in [(&ten, &of_ten), (&two, &of_two)] {
        edit(tablet, &households[0], json!({"birth": "1984-07-24"}));
        edit(tablet, &households[1], json!({"phone": "0912345678"}));
    }
    edit(&ten, &of_ten[3], json!({"birth": "1984-07-24", "phone": "0987654321"}));
    edit(&two, &of_two[3], json!({"birth": "1984-07-25", "phone": "0987654321"}));
    let mai = office_with(&[&ten, &two]);
    assert_eq!(november(&mai)["alike"], 2);
    let mut found = None;
    let mai = mai.after(|notebook| {
        let here = office::here(notebook.db(), notebook.space().unwrap().id).unwrap();
        found = Some(across::alike(notebook.db(), &here, 10).unwrap());
        assert_eq!(across::alike(notebook.db(), &here, 1).unwrap().pairs.len(), 1);
    });
    let found = serde_json::to_value(found.unwrap()).unwrap();
    let text = mai.ok("report_text", commune(json!({"period": NOVEMBER, "kind": "summary"})))["text"].take();
    assert!(text.as_str().unwrap().contains("Có thể tính trùng (ghi ở hai sổ): 2 người"), "{text}");
    assert_eq!(found["total"], 2);
    assert_eq!(found["pairs"][0]["why"], json!(["same_name", "same_birth", "same_phone"]), "the surest first");
    assert_eq!(found["pairs"][1]["why"], json!(["alike_name", "same_birth"]));
    let side = &found["pairs"][0]["a"];
    assert_eq!(
        (&side["notebook_name"], &side["household"], &side["place_name"], &side["phone_end"]),
        (&json!("Tổ Bản Số 2"), &json!(of_two[1]), &json!("Bản Số 2"), &json!("678"))
    );

    // Who has moved away, or has refused, is nobody who counts twice.
    two.ok("household_edit", json!({"household": of_two[1], "fields": {"status": "moved_away"}}));
    assert_eq!(november(&office_with(&[&ten, &two]))["alike"], 1);
    let who = ten.ok("household_get", json!({"household": of_ten[0]}))["people"][0]["id"].clone();
    let no = json!({"household": of_ten[0], "resident": who, "state": "refused", "how": "spoken", "text_version": 1});
    ten.ok("consent_record", no);
    assert_eq!(november(&office_with(&[&ten, &two]))["alike"], 0);
}
