//! A tablet that several people share: their PINs, what each sees, and what lies in its folder.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use serde_json::{Value, json};
use tempfile::TempDir;
use tungnha_core::api::{Gate, Opening};
use tungnha_core::clock::Clock;
use tungnha_core::profiles::pin::Cost;
use tungnha_core::profiles::secret::SecretFiles;

const MONDAY: i64 = 1_795_000_000_000;
const MINUTE: u64 = 60_000;

/// The tablet of the commune office, with clocks that the test turns.
struct Tablet {
    gate: Option<Gate>,
    data: TempDir,
    secrets: TempDir,
    wall: Arc<AtomicI64>,
    steady: Arc<AtomicU64>,
}

impl Tablet {
    /// Dợ, a leader, has started the team; Nam is in it, too.
    fn new() -> Self {
        let (data, secrets) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (wall, steady) = (Arc::new(AtomicI64::new(MONDAY)), Arc::default());
        let mut tablet = Self { gate: None, data, secrets, wall, steady };
        tablet.start();
        let names = json!({"team_name": "Tổ Pa Cốp", "place_name": "Bản Pa Cốp", "member_name": "Sồng Thị Dợ"});
        tablet.ok("team_start", names);
        tablet.ok("member_add", json!({"name": "Vì Văn Nam", "role": "member"}));
        tablet
    }

    /// The same with PINs: Dợ's is 8305, Nam's 4071. Dợ is signed in.
    fn with_pins() -> Self {
        let tablet = Self::new();
        tablet.ok("profile_pin_set", json!({"pin": "8305"}));
        tablet.ok("profile_add", json!({"member": tablet.member("Vì Văn Nam"), "pin": "4071"}));
        tablet
    }

    fn opening(&self, secrets: &Path) -> Opening {
        let (wall, steady) = (self.wall.clone(), self.steady.clone());
        let clock = Clock::from_fn(move || wall.load(Ordering::SeqCst));
        let clock = clock.with_steady(move || steady.load(Ordering::SeqCst));
        let cost = Cost { memory_kib: 64, passes: 1 };
        Opening { clock, places: vec![Arc::new(SecretFiles(secrets.to_owned()))], cost }
    }

    fn start(&mut self) {
        self.gate = None;
        self.gate = Some(Gate::open(self.data.path(), self.opening(self.secrets.path())).unwrap());
    }

    fn pass(&self, ms: u64) {
        self.wall.fetch_add(ms as i64, Ordering::SeqCst);
        self.steady.fetch_add(ms, Ordering::SeqCst);
    }

    fn run(&self, command: &str, args: Value) -> Value {
        let request = json!({"command": command, "args": args}).to_string();
        serde_json::from_str(&self.gate.as_ref().unwrap().execute_json(&request)).unwrap()
    }

    #[track_caller]
    fn ok(&self, command: &str, args: Value) -> Value {
        let answer = self.run(command, args);
        assert!(answer.get("error").is_none(), "{command}: {answer}");
        answer["ok"].clone()
    }

    #[track_caller]
    fn error(&self, command: &str, args: Value) -> Value {
        let answer = self.run(command, args);
        assert!(answer["error"].is_object(), "{command} was not refused: {answer}");
        answer["error"].clone()
    }

    #[track_caller]
    fn code(&self, command: &str, args: Value) -> String {
        self.error(command, args)["code"].as_str().unwrap().to_owned()
    }

    fn member(&self, name: &str) -> String {
        let found = self.ok("member_list", json!({}));
        let one = found.as_array().unwrap().iter().find(|one| one["name"] == name).unwrap();
        one["id"].as_str().unwrap().to_owned()
    }

    fn profile(&self, name: &str) -> Value {
        let found = self.ok("profile_list", json!({}));
        found["people"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap().clone()
    }

    fn unlock(&self, name: &str, pin: &str) -> Value {
        self.run("profile_unlock", json!({"profile": self.profile(name)["id"], "pin": pin}))
    }

    #[track_caller]
    fn comes_in(&self, name: &str, pin: &str) {
        let answer = self.unlock(name, pin);
        assert_eq!(answer["ok"]["signed_in"], self.profile(name)["id"], "{answer}");
    }

    #[track_caller]
    fn is_turned_away(&self, name: &str, pin: &str, code: &str) -> Value {
        let answer = self.unlock(name, pin);
        assert_eq!(answer["error"]["code"], code, "{answer}");
        answer["error"]["params"].clone()
    }

    fn household(&self, head: &str) -> String {
        let added = self.ok("household_add", json!({"head": {"name": head}, "fields": {}}));
        added["id"].as_str().unwrap().to_owned()
    }
}

#[test]
fn with_the_first_pin_the_key_file_goes_and_every_start_asks() {
    let mut tablet = Tablet::new();
    let household = tablet.household("Giàng A Páo");
    let old_key: [u8; 32] = std::fs::read(tablet.data.path().join("notebook.key")).unwrap().try_into().unwrap();
    let set = tablet.ok("profile_pin_set", json!({"pin": "8305"}));
    assert_eq!(set["recovery_code"].as_str().unwrap().len(), 55);
    assert_eq!(set["profiles"]["locked"], false);
    assert!(!tablet.data.path().join("notebook.key").exists());
    let database = tablet.data.path().join("notebook.sqlite");
    assert!(!tungnha_core::store::opens(&database, &old_key).unwrap(), "who kept the old key opens nothing");

    tablet.start();
    assert_eq!(tablet.code("household_list", json!({})), "needs_pin");
    assert_eq!(tablet.ok("profile_list", json!({}))["team"], "Tổ Pa Cốp", "the picker shows where one is");
    assert_eq!(tablet.is_turned_away("Sồng Thị Dợ", "8306", "pin_wrong")["left"], "4");
    tablet.comes_in("Sồng Thị Dợ", "8305");
    assert_eq!(tablet.ok("household_get", json!({"household": household}))["head"], "Giàng A Páo");
    assert_eq!(tablet.ok("verify", json!({}))["clean"], true);

    // And back: the notebook opens again without anybody's PIN.
    assert_eq!(tablet.code("profile_pin_remove", json!({"pin": "8306"})), "pin_wrong");
    tablet.ok("profile_pin_remove", json!({"pin": "8305"}));
    assert_eq!(std::fs::read_dir(tablet.secrets.path()).unwrap().count(), 0, "a secret of nothing");
    tablet.start();
    assert_eq!(tablet.ok("household_get", json!({"household": household}))["head"], "Giàng A Páo");
}

#[test]
fn no_error_repeats_a_pin() {
    let tablet = Tablet::new();
    for pin in [json!(8305), json!({"digits": 8305}), json!("83 05"), json!("8888")] {
        let error = tablet.error("profile_pin_set", json!({"pin": pin})).to_string();
        assert!(!error.contains("83") && !error.contains("8888"), "{error}");
    }
}

#[test]
fn a_power_cut_between_two_files_costs_nothing() {
    let mut tablet = Tablet::new();
    tablet.household("Giàng A Páo");
    let (data, key_file) = (tablet.data.path().to_owned(), tablet.data.path().join("notebook.key"));
    let old_key = std::fs::read(&key_file).unwrap();
    tablet.ok("profile_pin_set", json!({"pin": "8305"}));
    // After the database had its new key, before the old one's file was gone.
    std::fs::write(&key_file, old_key).unwrap();
    tablet.start();
    assert!(!key_file.exists());
    tablet.comes_in("Sồng Thị Dợ", "8305");
    // While the last PIN was taken off: the key's file is there again, and the profiles still, too.
    let profiles = std::fs::read(data.join("profiles")).unwrap();
    tablet.ok("profile_pin_remove", json!({"pin": "8305"}));
    std::fs::write(data.join("profiles"), profiles).unwrap();
    tablet.start();
    assert!(!data.join("profiles").exists());
    assert_eq!(tablet.ok("household_list", json!({}))["total"], 1);
}

#[test]
fn wrong_pins_are_counted_through_restarts_and_no_clock_shortens_a_wait() {
    let mut tablet = Tablet::with_pins();
    tablet.ok("profile_lock", json!({}));
    for left in ["4", "3"] {
        assert_eq!(tablet.is_turned_away("Vì Văn Nam", "1111", "pin_wrong")["left"], left);
    }
    tablet.start();
    for left in ["2", "1"] {
        assert_eq!(tablet.is_turned_away("Vì Văn Nam", "1111", "pin_wrong")["left"], left);
    }
    assert_eq!(tablet.is_turned_away("Vì Văn Nam", "1111", "pin_wrong_wait")["wait_s"], "30");
    // The right PIN has to wait, too; the date set forward or back, or a restart, is no help.
    for days in [1, -2] {
        tablet.wall.fetch_add(days * 86_400_000, Ordering::SeqCst);
        assert_eq!(tablet.is_turned_away("Vì Văn Nam", "4071", "pin_wait")["wait_s"], "30");
    }
    tablet.pass(20_000);
    assert_eq!(tablet.profile("Vì Văn Nam")["wait_s"], 10);
    tablet.start();
    assert_eq!(tablet.profile("Vì Văn Nam")["wait_s"], 30);
    // Nobody else has to wait.
    tablet.comes_in("Sồng Thị Dợ", "8305");
    tablet.pass(30_000);
    assert_eq!(tablet.is_turned_away("Vì Văn Nam", "1111", "pin_wrong_wait")["wait_s"], "60");
    tablet.pass(MINUTE);
    tablet.comes_in("Vì Văn Nam", "4071");
    assert_eq!(tablet.profile("Vì Văn Nam")["tries_left"], 5);
}

#[test]
fn no_pin_is_looked_at_before_the_attempt_is_on_the_disk() {
    let mut tablet = Tablet::with_pins();
    tablet.start();
    // The file cannot be written: so even the right PIN is not tried, and killing the app saves no attempt.
    std::fs::create_dir(tablet.data.path().join("profiles.new")).unwrap();
    tablet.is_turned_away("Vì Văn Nam", "4071", "disk_failed");
    assert_eq!(tablet.code("household_list", json!({})), "needs_pin");
    std::fs::remove_dir(tablet.data.path().join("profiles.new")).unwrap();
    tablet.comes_in("Vì Văn Nam", "4071");
}

#[test]
fn each_writes_under_their_own_name_and_sees_only_their_own_drafts() {
    let tablet = Tablet::with_pins();
    let (páo, dua) = (tablet.household("Giàng A Páo"), tablet.household("Sùng Thị Dua"));
    let nam = tablet.profile("Vì Văn Nam")["id"].clone();
    let dợ = tablet.profile("Sồng Thị Dợ")["id"].clone();
    let drafts =
        [&páo, &dua].map(|household| tablet.ok("visit_open", json!({"household": household}))["visit"].clone());
    for visit in &drafts {
        tablet.ok("draft_save", json!({"visit": visit, "form": {"note": "còn dở"}}));
    }
    assert_eq!(
        tablet.code("member_sign_in", json!({"member": nam})),
        "pin_needed",
        "nobody changes names without a PIN"
    );

    tablet.ok("profile_lock", json!({}));
    assert_eq!(tablet.code("draft_list", json!({})), "locked");
    tablet.comes_in("Vì Văn Nam", "4071");
    assert_eq!(tablet.ok("draft_list", json!({})), json!([]));
    assert_eq!(tablet.code("draft_get", json!({"visit": drafts[0]})), "not_found");
    tablet.ok("draft_discard", json!({"visit": drafts[0]}));
    // Dợ's page, open in another window, still believes that she is there.
    let stale = json!({"command": "visit_save", "by": dợ,
                       "args": {"household": páo, "visit": drafts[0], "form": {"outcome": "absent"}}});
    let answer = tablet.gate.as_ref().unwrap().execute_json(&stale.to_string());
    assert!(answer.contains(r#""code":"locked""#), "{answer}");
    tablet.ok("visit_save", json!({"household": páo, "form": {"outcome": "absent"}}));
    let visit = &tablet.ok("household_get", json!({"household": páo}))["visits"][0];
    assert_eq!(visit["author_name"], "Vì Văn Nam", "{visit}");

    tablet.comes_in("Sồng Thị Dợ", "8305");
    assert_eq!(tablet.ok("draft_list", json!({})).as_array().unwrap().len(), 2);
    assert_eq!(tablet.ok("draft_get", json!({"visit": drafts[1]}))["form"]["note"], "còn dở");
}

#[test]
fn a_leader_resets_a_forgotten_pin_and_its_owner_chooses_the_next() {
    let mut tablet = Tablet::with_pins();
    let (dợ, nam) = (tablet.profile("Sồng Thị Dợ")["id"].clone(), tablet.profile("Vì Văn Nam")["id"].clone());
    tablet.comes_in("Sồng Thị Dợ", "8305");
    let chu = tablet.ok("member_add", json!({"name": "Tráng A Chu", "role": "leader"}))["id"].clone();
    tablet.comes_in("Vì Văn Nam", "4071");
    for (command, args) in
        [("profile_pin_reset", json!({"profile": dợ, "new_pin": "9274"})), ("profile_remove", json!({"profile": dợ}))]
    {
        assert_eq!(tablet.code(command, args), "not_a_leader");
    }
    // Nor does Nam make a leader of his own, or of himself.
    assert_eq!(tablet.code("member_add", json!({"name": "Tráng A Chu", "role": "leader"})), "not_allowed");
    assert_eq!(tablet.code("member_edit", json!({"member": nam, "role": "leader"})), "not_allowed");
    assert_eq!(tablet.code("profile_add", json!({"member": chu, "pin": "9274"})), "not_a_leader");

    tablet.comes_in("Sồng Thị Dợ", "8305");
    tablet.ok("profile_pin_reset", json!({"profile": nam, "new_pin": "9274"}));
    tablet.start();
    tablet.is_turned_away("Vì Văn Nam", "4071", "pin_wrong");
    tablet.is_turned_away("Vì Văn Nam", "9274", "pin_temporary");
    assert_eq!(tablet.code("household_list", json!({})), "needs_pin", "a temporary PIN alone opens nothing");
    tablet.ok("profile_unlock", json!({"profile": nam, "pin": "9274", "new_pin": "5193"}));
    tablet.comes_in("Vì Văn Nam", "5193");
}

#[test]
fn who_has_left_comes_in_no_more_as_long_as_somebody_else_can() {
    let mut tablet = Tablet::with_pins();
    let nam = tablet.profile("Vì Văn Nam")["id"].clone();
    tablet.comes_in("Sồng Thị Dợ", "8305");
    tablet.ok("member_leave", json!({"member": nam}));
    tablet.start();
    tablet.is_turned_away("Vì Văn Nam", "4071", "profile_left");
    assert_eq!(tablet.code("household_list", json!({})), "locked", "the notebook opens for syncing, and for nobody");
    assert_eq!(tablet.profile("Vì Văn Nam")["left"], true);
    assert_eq!(tablet.profile("Sồng Thị Dợ")["left"], false);

    // It was a mistake.
    tablet.comes_in("Sồng Thị Dợ", "8305");
    tablet.ok("member_return", json!({"member": nam}));
    tablet.comes_in("Vì Văn Nam", "4071");
    assert_eq!(tablet.profile("Vì Văn Nam")["left"], false);

    // What is here must never be out of everybody's reach.
    tablet.comes_in("Sồng Thị Dợ", "8305");
    tablet.ok("member_leave", json!({"member": nam}));
    tablet.ok("profile_pin_remove", json!({"pin": "8305"}));
    tablet.comes_in("Vì Văn Nam", "4071");
}

#[test]
fn a_recovery_code_brings_somebody_back_who_is_alone() {
    let mut tablet = Tablet::new();
    let household = tablet.household("Giàng A Páo");
    tablet.ok("profile_pin_set", json!({"pin": "8305"}));
    let code = tablet.ok("profile_recovery_code", json!({"pin": "8305"}))["code"].clone();
    tablet.start();
    let dợ = tablet.profile("Sồng Thị Dợ")["id"].clone();
    for _ in 0..7 {
        tablet.unlock("Sồng Thị Dợ", "1111");
    }
    let recover = |code: &Value, pin: &str| json!({"profile": dợ, "code": code, "new_pin": pin});
    assert_eq!(tablet.code("profile_recover", recover(&code, "1234")), "pin_weak");
    let other = tungnha_core::profiles::recovery::RecoveryCode::random().to_text();
    assert_eq!(tablet.code("profile_recover", recover(&json!(other), "5193")), "recovery_code_wrong");
    tablet.ok("profile_recover", recover(&code, "5193"));
    assert_eq!(tablet.ok("household_get", json!({"household": household}))["head"], "Giàng A Páo");
    tablet.ok("profile_lock", json!({}));
    tablet.comes_in("Sồng Thị Dợ", "5193");
}

#[test]
fn a_tablet_that_is_left_locks_itself_and_the_notebook_stays_open_behind() {
    let tablet = Tablet::with_pins();
    tablet.household("Giàng A Páo");
    tablet.ok("profile_lock_after", json!({"minutes": 1}));
    tablet.pass(MINUTE - 1);
    tablet.ok("profile_stay", json!({}));
    tablet.pass(MINUTE - 1);
    tablet.ok("household_list", json!({}));
    // The date is set back, and the minute is over all the same.
    tablet.wall.fetch_sub(86_400_000, Ordering::SeqCst);
    tablet.pass(1);
    for command in ["household_list", "status", "sync_now", "export", "member_list"] {
        assert_eq!(tablet.code(command, json!({})), "locked", "{command}");
    }
    for (command, args) in [
        ("profile_pin_set", json!({"pin": "9274"})),
        ("profile_recovery_code", json!({"pin": "8305"})),
        ("profile_pin_change", json!({"pin": "8305", "new_pin": "9274"})),
        ("profile_lock_after", json!({"minutes": null})),
    ] {
        assert!(["locked", "pins_are_set"].contains(&tablet.code(command, args).as_str()), "{command}");
    }
    let behind = tablet.ok("profile_list", json!({}));
    assert_eq!((&behind["locked"], &behind["open"]), (&json!(true), &json!(true)));
    assert!(behind["people"][0]["waiting"].as_u64().unwrap() > 0, "what waits is known: {behind}");
}

#[test]
fn a_copied_folder_does_not_open_with_the_right_pin_and_says_why() {
    let mut tablet = Tablet::with_pins();
    tablet.gate = None;
    let (copy, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for file in std::fs::read_dir(tablet.data.path()).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
    }
    let refused = Gate::open(copy.path(), tablet.opening(elsewhere.path())).err().unwrap();
    assert_eq!(refused.code(), "keystore_secret_missing");
    assert!(refused.message.contains("copied from another device"), "{}", refused.message);
    // With the secret it would have been the right PIN.
    tablet.gate = Some(Gate::open(copy.path(), tablet.opening(tablet.secrets.path())).unwrap());
    tablet.comes_in("Vì Văn Nam", "4071");
}

#[test]
fn a_tablet_of_two_hamlets_opens_each_only_under_ones_own_pin() {
    let tablet = Tablet::with_pins();
    let (dợ, nam) = (tablet.profile("Sồng Thị Dợ")["id"].clone(), tablet.profile("Vì Văn Nam")["id"].clone());
    let first = tablet.ok("status", json!({}))["space"]["id"].clone();
    let names = json!({"team_name": "Tổ Hang Trùng", "place_name": "Hang Trùng", "member_name": "Sồng Thị Dợ"});
    let second = tablet.ok("team_start", names)["space"]["id"].clone();
    assert_eq!(tablet.ok("status", json!({}))["me"]["id"], dợ, "she is one person in both");
    tablet.ok("member_add", json!({"name": "Vì Văn Nam", "role": "member"}));

    // Nam is known in the first one: there he sits down, and in the other he says who he is.
    tablet.ok("profile_unlock", json!({"profile": nam, "pin": "4071"}));
    assert_eq!(tablet.ok("status", json!({}))["space"]["id"], first);
    assert_eq!(tablet.code("notebook_open", json!({"notebook": second})), "who_are_you");
    assert_eq!(tablet.code("notebook_open", json!({"notebook": second, "member": dợ})), "pin_needed");
    let people = tablet.ok("notebook_people", json!({"notebook": second}));
    let there = people.as_array().unwrap().iter().find(|one| one["name"] == "Vì Văn Nam").unwrap()["id"].clone();
    assert_ne!(there, nam);
    assert_eq!(tablet.ok("notebook_open", json!({"notebook": second, "member": there}))["me"]["id"], there);

    // A page that still shows the other notebook writes nothing into this one.
    let late =
        json!({"command": "household_add", "args": {"head": {"name": "Thào A Sùng"}}, "notebook": first}).to_string();
    let answer: Value = serde_json::from_str(&tablet.gate.as_ref().unwrap().execute_json(&late)).unwrap();
    assert_eq!(answer["error"]["code"], "other_notebook");

    // Whoever comes in next sits down where they were known last.
    tablet.ok("profile_unlock", json!({"profile": dợ, "pin": "8305"}));
    assert_eq!(tablet.ok("status", json!({}))["me"]["id"], dợ);
    tablet.ok("notebook_open", json!({"notebook": first}));
    tablet.ok("profile_unlock", json!({"profile": nam, "pin": "4071"}));
    assert_eq!(tablet.ok("status", json!({}))["me"]["id"], nam);
    assert_eq!(tablet.ok("notebook_open", json!({"notebook": second}))["me"]["id"], there, "once is enough");
    assert_eq!(tablet.ok("profile_list", json!({}))["signed_in"], nam);
}
