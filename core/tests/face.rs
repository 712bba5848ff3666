//! How the app looks belongs to the device, and outlives the app and the notebook.

#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::{Value, json};
use tungnha_core::api::Api;

fn run(api: &Api, command: &str, args: Value) -> Value {
    serde_json::from_str(&api.execute_json(&json!({"command": command, "args": args}).to_string())).unwrap()
}

#[test]
fn what_dợ_chose_stands_after_a_restart_and_in_every_notebook() {
    let folder = tempfile::tempdir().unwrap();
    let chosen = json!({"language": "en", "theme": "dark", "text": "very_large", "motion": "off"});
    {
        let api = Api::open(folder.path()).unwrap();
        assert_eq!(run(&api, "face_settings_get", json!({}))["ok"], Value::Null, "nobody has said anything");
        assert_eq!(run(&api, "face_settings_set", chosen.clone())["ok"], chosen);
        run(&api, "practice_start", json!({}));
    }
    let api = Api::open(folder.path()).unwrap();
    assert_eq!(run(&api, "face_settings_get", json!({}))["ok"], chosen);
    run(&api, "practice_end", json!({}));
    assert_eq!(run(&api, "face_settings_get", json!({}))["ok"], chosen, "the practice notebook does not take it along");
}

#[test]
fn a_choice_that_there_is_not_is_refused_and_the_old_one_stands() {
    let folder = tempfile::tempdir().unwrap();
    let api = Api::open(folder.path()).unwrap();
    for bad in [
        json!({"language": "vi", "theme": "pink", "text": "normal", "motion": "off"}),
        json!({"language": "vi", "theme": "dark", "text": "normal"}),
        json!({"language": "vi", "theme": "dark", "text": "normal", "motion": "off", "font": "x"}),
    ] {
        assert_eq!(run(&api, "face_settings_set", bad)["error"]["code"], "bad_arguments");
    }
    assert_eq!(run(&api, "face_settings_get", json!({}))["ok"], Value::Null);
}
