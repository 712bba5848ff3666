//! Where a door is: measured on request, precise or not at all, and taken off again.

#![allow(clippy::unwrap_used, clippy::panic)]

use serde_json::{Value, json};
use tungnha_core::api::Api;

struct Tablet {
    api: Api,
    household: Value,
    _folder: tempfile::TempDir,
}

impl Tablet {
    fn of_dợ() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut dợ = Self { api: Api::open(folder.path()).unwrap(), household: Value::Null, _folder: folder };
        dợ.ok("team_start", json!({"team_name": "Tổ Pa Cốp", "place_name": "Bản Pa Cốp", "member_name": "Dợ"}));
        dợ.household = dợ.ok("household_add", json!({"head": {"name": "Giàng A Páo"}}))["id"].take();
        dợ
    }

    fn ok(&self, command: &str, args: Value) -> Value {
        self.api.execute(command, args).unwrap_or_else(|e| panic!("{command}: {e}"))
    }

    fn at(&self, latitude: f64, longitude: f64, accuracy: f64) -> Value {
        json!({"household": self.household, "latitude": latitude, "longitude": longitude, "accuracy": accuracy})
    }

    fn refused(&self, args: Value) -> String {
        self.api.execute("position_set", args).unwrap_err().code().to_owned()
    }

    fn position(&self) -> Value {
        self.ok("household_get", json!({"household": self.household}))["position"].take()
    }
}

#[test]
fn a_door_is_found_again_taken_off_and_brought_back() {
    let dợ = Tablet::of_dợ();
    assert_eq!(dợ.position(), Value::Null);
    let today = dợ.ok("status", json!({}))["today"].take();
    dợ.ok("position_set", dợ.at(20.771_234_4, 104.765_432_1, 11.4));
    let door = json!({"latitude_e6": 20_771_234, "longitude_e6": 104_765_432, "accuracy_m": 12, "day": today});
    assert_eq!(dợ.position(), door);

    assert_eq!(dợ.ok("position_remove", json!({"household": dợ.household}))["position"], Value::Null);
    let history = dợ.ok("household_history", json!({"household": dợ.household}));
    let set = &history[1]["writes"][0];
    assert_eq!((&set["field"], &set["can_return"]), (&json!("position"), &json!(true)));
    let back = json!({"household": dợ.household, "key": "position", "change": history[1]["change"]});
    assert_eq!(dợ.ok("history_restore", back)["position"], door);
    // Nothing that is handed on has it.
    assert!(!dợ.ok("export", json!({})).to_string().contains("20.771"));
    assert_eq!(dợ.ok("verify", json!({}))["clean"], true);
}

#[test]
fn what_finds_no_door_is_refused() {
    let dợ = Tablet::of_dợ();
    assert_eq!(dợ.refused(dợ.at(20.77, 104.76, 100.5)), "position_imprecise");
    assert_eq!(dợ.refused(dợ.at(91.0, 104.76, 5.0)), "bad_position");
    assert_eq!(dợ.refused(dợ.at(20.77, 181.0, 5.0)), "bad_position");
    assert_eq!(dợ.refused(dợ.at(20.77, 104.76, -5.0)), "bad_position");
    let mut tomorrow = dợ.at(20.77, 104.76, 5.0);
    tomorrow["day"] = json!("2199-01-01");
    assert_eq!(dợ.refused(tomorrow), "bad_date");
    assert_eq!(dợ.position(), Value::Null);
    dợ.ok("position_set", dợ.at(20.77, 104.76, 100.0));
}

#[test]
fn two_households_that_are_one_have_one_door() {
    let dợ = Tablet::of_dợ();
    let twice = dợ.ok("household_add", json!({"head": {"name": "Giàng A Páo"}}))["id"].take();
    dợ.ok("position_set", dợ.at(20.77, 104.76, 9.0));
    let same = json!({"kind": "household", "a": dợ.household, "b": twice, "verdict": "same"});
    dợ.ok("duplicate_settle", same);
    let whole = dợ.ok("household_get", json!({"household": twice}));
    assert_eq!(whole["position"]["accuracy_m"], 9);
    dợ.ok("position_remove", json!({"household": twice}));
    assert_eq!(dợ.position(), Value::Null);
    assert_eq!(dợ.ok("verify", json!({}))["clean"], true);
}
