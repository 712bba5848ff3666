//! Lists in, through the commands: once, twice, on two tablets, and taken back.

#![allow(clippy::unwrap_used, reason = "tests")]

use data_encoding::BASE64;
use serde_json::{Value, json};
use tungnha_core::api::Api;

struct Tablet {
    api: Api,
    _folder: tempfile::TempDir,
}

impl Tablet {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let tablet = Self { api: Api::open(folder.path()).unwrap(), _folder: folder };
        tablet.ok("team_start", json!({"team_name": "Tổ", "place_name": "Thôn Hang Trùng", "member_name": "Dợ"}));
        tablet
    }

    fn ok(&self, command: &str, args: Value) -> Value {
        self.api.execute(command, args).unwrap_or_else(|e| panic!("{command}: {e}"))
    }

    fn import(&self, file: &str) -> Value {
        let path = format!("{}/tests/fixtures/workbooks/{file}", env!("CARGO_MANIFEST_DIR"));
        let content = BASE64.encode(&std::fs::read(path).unwrap());
        let opened = self.ok("import_open", json!({"name": file, "content": content}));
        self.ok("import_run", json!({"list": opened["list"]}))
    }

    fn total(&self) -> u64 {
        self.ok("household_list", json!({}))["total"].as_u64().unwrap()
    }

    fn clean(&self) {
        let report = self.ok("verify", json!({}));
        assert_eq!(report["clean"], true, "{report}");
    }
}

#[test]
fn a_list_comes_in_once_however_often_it_is_imported() {
    let tablet = Tablet::new();
    let first = tablet.import("01-mau-chuan.xlsx");
    assert_eq!((&first["added"], &first["residents_added"]), (&json!(120), &json!(120)), "{first}");
    let again = tablet.import("01-mau-chuan.xlsx");
    assert_eq!((&again["added"], &again["completed"], &again["unchanged"]), (&json!(0), &json!(0), &json!(120)));
    assert_eq!(tablet.total(), 120);
    tablet.clean();
}

#[test]
fn people_and_places_come_with_a_list_of_residents() {
    let tablet = Tablet::new();
    let result = tablet.import("02-nhan-khau-xa.xlsx");
    assert_eq!(
        (&result["added"], &result["residents_added"], &result["places_added"]),
        (&json!(240), &json!(944), &json!(2))
    );
    let found = tablet.ok("household_list", json!({"search": "Lầu A Lử"}));
    let lử = found["rows"].as_array().unwrap().iter().find(|r| r["phone"] == "0850419325").unwrap();
    let detail = tablet.ok("household_get", json!({"household": lử["id"]}));
    let names: Vec<_> = detail["people"].as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 5);
    assert_eq!(names[0], "Lầu A Lử");
    let all = tablet.ok("export", json!({})).to_string();
    assert!(!all.contains("077906616860") && !all.contains("mong"), "ID cards and ethnicity are never stored");
    tablet.clean();
}

#[test]
fn a_list_is_taken_back_except_what_was_visited_and_comes_again() {
    let tablet = Tablet::new();
    let import = tablet.import("01-mau-chuan.xlsx")["import"].clone();
    let household = tablet.ok("household_list", json!({}))["rows"][0].clone();
    tablet.ok("visit_save", json!({"household": household["id"], "form": {"outcome": "absent"}}));
    let back = tablet.ok("import_withdraw", json!({"import": import}));
    assert_eq!(tablet.total(), 1);
    assert_eq!(back["kept"], json!([{"id": household["id"], "head": household["head"], "reason": "visited"}]));
    assert!(tablet.ok("household_list", json!({"search": "hoa"}))["total"].as_u64().unwrap() <= 1);
    tablet.clean();
    tablet.ok("import_restore", json!({"import": import}));
    assert_eq!(tablet.total(), 120);
    // Importing it again also brings it back.
    tablet.ok("import_withdraw", json!({"import": import}));
    tablet.import("01-mau-chuan.xlsx");
    assert_eq!(tablet.total(), 120);
    tablet.clean();
}

#[test]
fn a_stopped_import_leaves_nothing() {
    let tablet = Tablet::new();
    let events = tablet.api.subscribe();
    let other = tablet.api.clone();
    let stopper = std::thread::spawn(move || {
        while let Ok(event) = events.recv() {
            if matches!(event, tungnha_core::api::Event::Progress(_)) {
                other.execute("import_cancel", json!({})).unwrap();
                return;
            }
        }
    });
    let path = format!("{}/tests/fixtures/workbooks/02-nhan-khau-xa.xlsx", env!("CARGO_MANIFEST_DIR"));
    let opened =
        tablet.ok("import_open", json!({"name": "x.xlsx", "content": BASE64.encode(&std::fs::read(path).unwrap())}));
    let stopped = tablet.api.execute("import_run", json!({"list": opened["list"]})).unwrap_err();
    stopper.join().unwrap();
    assert_eq!(stopped.code(), "cancelled");
    assert_eq!(tablet.total(), 0);
    assert_eq!(tablet.ok("import_list", json!({})), json!([]));
    tablet.clean();
}

#[test]
fn a_file_that_is_no_list_is_refused_in_words() {
    let tablet = Tablet::new();
    let args = json!({"name": "ảnh.xlsx", "content": BASE64.encode(b"not a workbook")});
    assert_eq!(tablet.api.execute("import_open", args).unwrap_err().code(), "file_unreadable");
    assert_eq!(tablet.api.execute("import_run", json!({"list": "x"})).unwrap_err().code(), "list_closed");
}
