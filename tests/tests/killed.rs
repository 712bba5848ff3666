//! Power fails, disks fill up, and what was answered is there.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tungnha_tests::{Chance, Device, Relay, list};

const VISITS: usize = 200;

/// A moment within the first `most` milliseconds, to the microsecond.
fn moment(chance: &mut Chance, most: usize) -> Duration {
    Duration::from_micros(chance.below(most * 1000) as u64)
}

fn id_of(value: &Value) -> String {
    value["id"].as_str().unwrap().to_owned()
}

/// Every visit that the notebook exports, by id, with its note; none may be there twice.
fn visits(notebook: &Value) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for household in notebook["households"].as_array().unwrap() {
        for visit in household["visits"].as_array().unwrap() {
            let twice = found.insert(id_of(visit), visit["note"].as_str().unwrap().to_owned());
            assert_eq!(twice, None, "a visit is there twice");
        }
    }
    found
}

/// Páo at his door, as he fills the form in, at any moment of which the tablet may die.
struct Form<'a> {
    household: &'a str,
    visit: String,
    form: Value,
}

/// Runs a command during which the power fails after this time. The answer, if it came before.
fn dies_in(device: &Device, command: &str, args: Value, after: Duration) -> Option<Value> {
    device.begin(command, args);
    let answer = device.answer_within(after);
    let late = device.kill();
    let answer = answer.or(late)?;
    assert!(answer.get("error").is_none(), "{command}: {answer}");
    Some(answer["ok"].clone())
}

impl Form<'_> {
    fn args(&self) -> Value {
        json!({"household": self.household, "visit": self.visit, "form": self.form})
    }

    /// Whether the notebook has the visit. It has either the visit or the form, never both or neither.
    fn is_saved(&self, device: &Device) -> bool {
        let detail = device.ok("household_get", json!({"household": self.household}));
        let saved = detail["visits"].as_array().unwrap().iter().any(|v| v["id"] == self.visit);
        let drafts = device.ok("draft_list", json!({}));
        let unfinished = drafts.as_array().unwrap().iter().any(|d| d["visit"] == self.visit);
        assert_ne!(saved, unfinished, "a form becomes a visit in one step");
        saved
    }
}

#[test]
fn a_tablet_that_dies_at_any_moment_keeps_every_visit_that_it_said_it_has() {
    let mut chance = Chance::of_today();
    let páo = Device::with_team("Giàng A Páo");
    páo.import(&list("01-mau-chuan.xlsx"));
    let doors: Vec<String> = páo.households().iter().map(id_of).collect();
    let (mut answered, mut deaths) = (BTreeMap::new(), 0);
    for n in 0..VISITS {
        let (household, note) = (chance.one(&doors).as_str(), format!("Lượt thăm thứ {n}"));
        let draft = páo.ok("visit_open", json!({"household": household}));
        let visit = draft["visit"].as_str().unwrap().to_owned();
        let form = Form { household, visit, form: json!({"outcome": "absent", "note": note}) };
        if chance.below(8) == 0 {
            deaths += 1;
            let keep = json!({"visit": form.visit, "form": form.form});
            let kept = dies_in(&páo, "draft_save", keep, moment(&mut chance, 8)).is_some();
            let found = páo.ok("draft_get", json!({"visit": form.visit}));
            assert!(!kept || found["form"]["note"] == note, "a form that was kept is as it was: {found}");
        }
        if chance.below(6) == 0 {
            deaths += 1;
            let answer = dies_in(&páo, "visit_save", form.args(), moment(&mut chance, 25));
            let saved = form.is_saved(&páo);
            assert!(answer.is_none() || saved, "what was answered is there");
            if saved {
                answered.insert(form.visit, note);
                continue;
            }
        }
        páo.ok("visit_save", form.args());
        answered.insert(form.visit, note);
    }
    assert!(deaths > 20, "{deaths}");
    let notebook = páo.export();
    assert_eq!(visits(&notebook), answered);
    assert_eq!(notebook["totals"]["visits"], VISITS);
    páo.verify_clean();
}

#[test]
fn a_tablet_that_dies_while_it_joins_has_no_notebook_and_joins_with_the_same_invite() {
    const DEATHS: usize = 16;
    let mut chance = Chance::of_today();
    let relay = Relay::start();
    let dợ = Device::with_team("Sồng Thị Dợ");
    dợ.import(&list("02-nhan-khau-xa.xlsx"));
    dợ.ok("relay_connect", json!({"pass": relay.pass()}));
    let nam = Device::new("Vì Văn Nam");
    let invite = dợ.invite(1);
    let join = json!({"invite": invite["link"], "member_name": nam.name()});
    for _ in 0..DEATHS {
        nam.ok("status", json!({}));
        if dies_in(&nam, "team_join", join.clone(), moment(&mut chance, 400)).is_some() {
            break;
        }
        let status = nam.ok("status", json!({}));
        // Either it was not yet a member, or it is one with everything that a member has.
        assert_eq!(status["space"].is_null(), status["me"].is_null(), "{status}");
        if !status["space"].is_null() {
            break;
        }
    }
    if nam.ok("status", json!({}))["space"].is_null() {
        nam.ok("team_join", join);
    }
    assert_eq!(nam.ok("status", json!({}))["me"]["name"], nam.name());
    for device in [&nam, &dợ] {
        device.sync();
    }
    assert_eq!(nam.export(), dợ.export());
    nam.verify_clean();
}

#[test]
fn a_relay_or_a_tablet_that_dies_in_the_middle_of_an_exchange_loses_and_doubles_nothing() {
    let mut chance = Chance::of_today();
    let mut relay = Relay::start();
    let dợ = Device::with_team("Sồng Thị Dợ");
    dợ.ok("relay_connect", json!({"pass": relay.pass()}));
    let nam = dợ.joined_by("Vì Văn Nam");
    dợ.import(&list("02-nhan-khau-xa.xlsx"));
    let mut saved = BTreeMap::new();
    for round in 0..24 {
        let (device, other) = if round % 2 == 0 { (&dợ, &nam) } else { (&nam, &dợ) };
        // As far as the list has come there.
        let doors: Vec<String> = other.households().iter().map(id_of).collect();
        for n in 0..if doors.is_empty() { 0 } else { 3 } {
            let note = format!("{} ghi lượt {n} vòng {round}", other.name());
            saved.insert(other.meets_head_of(chance.one::<String>(&doors), &note), note);
        }
        let within = moment(&mut chance, 400);
        device.begin("sync_now", json!({}));
        let answer = device.answer_within(within);
        if chance.below(3) == 0 {
            device.kill();
            continue;
        }
        relay.kill();
        let answer = answer.unwrap_or_else(|| device.said());
        let code = &answer["error"]["code"];
        assert!(code.is_null() || code == "offline", "{answer}");
        relay.start_again();
    }
    // The next evening nothing fails.
    for device in [&dợ, &nam, &dợ] {
        device.sync();
    }
    let lan = dợ.joined_by("Lò Thị Lan");
    for device in [&lan, &dợ, &nam] {
        device.sync();
    }
    let notebook = dợ.export();
    assert_eq!(visits(&notebook), saved);
    for device in [&dợ, &nam, &lan] {
        assert_eq!(device.ok("sync_status", json!({}))["waiting"], 0, "{}", device.name());
        assert_eq!(device.export(), notebook, "{}", device.name());
        device.verify_clean();
    }
    // The relay's log has every number once, and every chunk once.
    relay.stop();
    let kept = rusqlite::Connection::open(relay.database()).unwrap();
    let (chunks, ids, last): (i64, i64, i64) = kept
        .query_row("SELECT count(*), count(DISTINCT id), max(seq) FROM log", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .unwrap();
    assert!(chunks > 8 && chunks == ids && chunks == last, "{chunks} chunks, {ids} ids, last number {last}");
}

#[test]
fn one_folder_is_one_process() {
    let dợ = Device::with_team("Sồng Thị Dợ");
    let again = Device::at("Sồng Thị Dợ", dợ.folder());
    let refused = again.run(&["verify"]);
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("đang mở") && said.contains("open in another process"), "{said}");
    // The one that is open goes on, and when it dies, its lock dies with it.
    dợ.ok("status", json!({}));
    dợ.kill();
    again.verify_clean();
}

/// A small disk of its own, where this test may mount one.
struct SmallDisk(TempDir);

impl SmallDisk {
    #[allow(clippy::print_stderr, reason = "says what was not proved")]
    fn of_megabytes(size: u32) -> Option<Self> {
        let disk = Self(tempfile::tempdir().unwrap());
        let options = format!("size={size}m");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(disk.path()).output();
        if mounted.is_ok_and(|mounted| mounted.status.success()) {
            return Some(disk);
        }
        eprintln!("skipped: only root may mount a small disk");
        None
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn remount(&self, options: &str) {
        let options = format!("remount,{options}");
        assert!(Command::new("mount").args(["-o", &options]).arg(self.path()).status().unwrap().success());
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.path()).stderr(std::process::Stdio::null()).status();
    }
}

/// A team with a list, on a disk that is nearly full of it.
fn on_a_small_disk(disk: &SmallDisk) -> (Device, Vec<String>) {
    let dợ = Device::at("Sồng Thị Dợ", &disk.path().join("notebook"));
    let names = json!({"team_name": "Tổ Hang Trùng", "place_name": "Thôn Hang Trùng", "member_name": dợ.name()});
    dợ.ok("team_start", names);
    dợ.ok("consent_setting_set", json!({"first": false}));
    dợ.import(&list("01-mau-chuan.xlsx"));
    let doors = dợ.households().iter().map(id_of).collect();
    (dợ, doors)
}

#[test]
fn a_tablet_that_dies_while_it_reads_a_file_has_all_of_it_or_nothing() {
    const DEATHS: usize = 16;
    let mut chance = Chance::of_today();
    let mut relay = Relay::start();
    let dợ = Device::with_team("Sồng Thị Dợ");
    dợ.ok("relay_connect", json!({"pass": relay.pass()}));
    let nam = dợ.joined_by("Vì Văn Nam");
    for device in [&dợ, &nam] {
        device.sync();
    }
    relay.stop();
    dợ.import(&list("02-nhan-khau-xa.xlsx"));
    let (before, all) = (nam.export(), dợ.export());
    let file = json!({"content": dợ.ok("file_export", json!({}))["content"]});
    let mut cut_off = 0;
    for n in 1..=DEATHS {
        nam.ok("status", json!({}));
        // The first ones come before anybody can have read the file.
        let answered = dies_in(&nam, "file_import", file.clone(), moment(&mut chance, 25 * n)).is_some();
        let notebook = nam.export();
        if notebook != before {
            assert_eq!(notebook, all, "all of it, if any");
            break;
        }
        assert!(!answered, "what was answered is there");
        cut_off += 1;
        nam.verify_clean();
    }
    assert!(cut_off > 0);
    nam.ok("file_import", file);
    assert_eq!(nam.export(), all);
    nam.verify_clean();
}

#[test]
fn a_full_disk_is_told_and_takes_nothing_away() {
    let Some(disk) = SmallDisk::of_megabytes(12) else { return };
    let (dợ, doors) = on_a_small_disk(&disk);
    // A film that somebody has sent takes the room that was left, but for a little.
    let film = disk.path().join("phim.mp4");
    std::fs::write(&film, vec![7; 64 << 20]).expect_err("the disk is full");
    let taken = std::fs::metadata(&film).unwrap().len();
    std::fs::File::options().write(true).open(&film).unwrap().set_len(taken - 200_000).unwrap();

    let mut saved = BTreeMap::new();
    let refused = (0..2000).find_map(|n| {
        let (door, note) = (&doors[n % doors.len()], format!("Lượt {n}: {}", "nhà cuối bản, qua cầu treo ".repeat(20)));
        dợ.begin("visit_save", json!({"household": door, "form": {"outcome": "absent", "note": note}}));
        let answer = dợ.said();
        if answer.get("error").is_some() {
            return Some(answer["error"]["code"].clone());
        }
        saved.insert(answer["ok"]["visit"].as_str().unwrap().to_owned(), note.trim().to_owned());
        None
    });
    assert_eq!(refused, Some(json!("disk_full")));
    assert!(!saved.is_empty());
    // It still shows everything, and once there is room again, it goes on.
    assert_eq!(dợ.households().len(), doors.len());
    std::fs::remove_file(film).unwrap();
    let note = "Đã có chỗ".to_owned();
    saved.insert(dợ.meets_head_of(&doors[0], &note), note);
    assert_eq!(visits(&dợ.export()), saved);
    dợ.verify_clean();
}

#[test]
fn a_disk_that_cannot_be_written_is_told() {
    let Some(disk) = SmallDisk::of_megabytes(16) else { return };
    let (dợ, doors) = on_a_small_disk(&disk);
    dợ.meets_head_of(&doors[0], "Đã gặp");
    let notebook = dợ.export();
    disk.remount("ro");
    let refused = dợ.run(&["verify"]);
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("Không mở được sổ") && said.contains("disk_read_only"), "{said}");
    disk.remount("rw");
    assert_eq!(dợ.export(), notebook);
    dợ.verify_clean();
}
