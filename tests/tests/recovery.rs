//! Relays that were set back, emptied or replaced, and a tablet that was copied: the devices bring
//! everything back, and nobody is told that something has arrived which has not.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::Path;

use serde_json::{Value, json};
use tungnha_tests::{Device, Relay, list};

fn a_team_of_two() -> (Relay, Device, Device) {
    let relay = Relay::start();
    let dợ = Device::with_team("Sồng Thị Dợ");
    dợ.ok("relay_connect", json!({"pass": relay.pass()}));
    dợ.import(&list("01-mau-chuan.xlsx"));
    dợ.sync();
    let nam = dợ.joined_by("Vì Văn Nam");
    (relay, dợ, nam)
}

fn doors(device: &Device) -> Vec<String> {
    device.households().iter().map(|h| h["id"].as_str().unwrap().to_owned()).collect()
}

fn status(device: &Device) -> Value {
    device.ok("sync_status", json!({}))
}

/// The mark that the household's visit bears.
fn mark(device: &Device, household: &str) -> String {
    let detail = device.ok("household_get", json!({"household": household}));
    detail["visits"][0]["sync"]["state"].as_str().unwrap().to_owned()
}

/// How many chunks a stopped relay keeps.
fn kept_by(relay: &Relay) -> i64 {
    let kept = rusqlite::Connection::open(relay.database()).unwrap();
    kept.query_row("SELECT count(*) FROM log WHERE bytes IS NOT NULL", [], |row| row.get(0)).unwrap()
}

/// Everybody sends and receives, and then shows and holds the same.
#[track_caller]
fn all_is_everywhere(devices: &[&Device]) {
    for _ in 0..2 {
        devices.iter().for_each(|device| drop(device.sync()));
    }
    let first = devices[0].export();
    for device in devices {
        assert_eq!(status(device)["waiting"], 0, "{}", device.name());
        assert_eq!(device.export(), first, "{}", device.name());
        device.verify_clean();
    }
}

/// Copies a folder's files.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

#[test]
fn a_relay_that_was_set_back_is_found_out_and_refilled_by_whoever_has_the_visits() {
    let (mut relay, dợ, nam) = a_team_of_two();
    let doors = doors(&dợ);
    relay.stop();
    let backup = std::fs::read(relay.database()).unwrap();
    relay.start_again();

    nam.meets_head_of(&doors[0], "trước khi máy chủ hỏng");
    nam.sync();
    dợ.sync();
    assert_eq!(mark(&nam, &doors[0]), "arrived");
    relay.stop();
    let all = kept_by(&relay);
    std::fs::write(relay.database(), &backup).unwrap();
    for beside in ["sqlite-wal", "sqlite-shm"] {
        let _ = std::fs::remove_file(relay.database().with_extension(beside));
    }
    relay.start_again();

    // Nam's tablet stays at home. Dợ, who only carries his visit, brings it back, and a visit of her own.
    dợ.meets_head_of(&doors[1], "sau khi máy chủ hỏng");
    dợ.sync();
    relay.stop();
    assert_eq!(kept_by(&relay), all + 1);
    relay.start_again();
    assert_eq!(mark(&dợ, &doors[0]), "arrived");
    all_is_everywhere(&[&nam, &dợ]);
    assert_eq!(mark(&nam, &doors[0]), "arrived");
}

#[test]
fn a_relay_that_lost_only_its_newest_entry_gets_it_again() {
    let (mut relay, dợ, nam) = a_team_of_two();
    let doors = doors(&dợ);
    nam.meets_head_of(&doors[0], "đã tới rồi lại mất");
    nam.sync();
    relay.stop();
    // As an operator's mistake would: the newest entry is gone, the rest stands.
    let kept = rusqlite::Connection::open(relay.database()).unwrap();
    kept.execute_batch(
        "DELETE FROM log WHERE seq = (SELECT head FROM spaces);
         UPDATE spaces SET head = head - 1, hash = (SELECT hash FROM log WHERE seq = (SELECT max(seq) FROM log));",
    )
    .unwrap();
    drop(kept);
    relay.start_again();
    assert_eq!(mark(&nam, &doors[0]), "arrived", "nobody has told the tablet yet");
    nam.sync();
    assert_eq!(mark(&nam, &doors[0]), "arrived");
    all_is_everywhere(&[&nam, &dợ]);
}

#[test]
fn a_relay_that_was_emptied_is_refilled_once_it_takes_the_team_again() {
    let (mut relay, dợ, nam) = a_team_of_two();
    let doors = doors(&dợ);
    nam.meets_head_of(&doors[0], "còn trên máy");
    all_is_everywhere(&[&nam, &dợ]);
    relay.stop();
    let all = kept_by(&relay);
    for file in ["sqlite", "sqlite-wal", "sqlite-shm"] {
        let _ = std::fs::remove_file(relay.database().with_extension(file));
    }
    relay.start_again();
    assert_eq!(dợ.error("sync_now", json!({})), "unauthorized");
    assert_eq!(dợ.export(), nam.export(), "nothing is lost on the devices");

    dợ.ok("relay_connect", json!({"pass": relay.pass()}));
    let invite = dợ.invite(1)["link"].clone();
    nam.ok("relay_connect", json!({"pass": invite}));
    relay.stop();
    assert_eq!(kept_by(&relay), all, "everything is back, once");
    relay.start_again();
    all_is_everywhere(&[&nam, &dợ]);
}

#[test]
fn an_invite_of_another_team_does_not_connect_this_one() {
    let (relay, dợ, _nam) = a_team_of_two();
    let other = Device::with_team("Lò Văn Kim");
    let before = other.export();
    assert_eq!(other.error("relay_connect", json!({"pass": dợ.invite(1)["link"]})), "invite_other_team");
    assert_eq!(other.export(), before);
    assert_eq!(status(&other)["relays"], json!([]));
    drop(relay);
}

#[test]
fn a_second_relay_gets_everything_and_no_device_sends_it_twice() {
    let (mut first, dợ, nam) = a_team_of_two();
    nam.meets_head_of(&doors(&dợ)[0], "một");
    all_is_everywhere(&[&nam, &dợ]);
    let mut second = Relay::start();
    dợ.ok("relay_connect", json!({"pass": second.pass()}));
    let report = {
        let invite = dợ.ok("invite_create", json!({"uses": 1, "days": 1, "relay": second.url()}));
        nam.ok("relay_connect", json!({"pass": invite["link"]}));
        nam.sync()
    };
    assert!(report["bytes_up"].as_u64().unwrap() < 2_000, "what the relay has is offered, not sent: {report}");
    first.stop();
    second.stop();
    assert_eq!(kept_by(&first), kept_by(&second));
}

#[test]
fn a_copied_tablet_does_no_harm_and_a_person_is_told() {
    let (_relay, dợ, nam) = a_team_of_two();
    let doors = doors(&dợ);
    nam.meets_head_of(&doors[0], "trước khi chép");
    nam.sync();
    nam.close();
    let place = tempfile::tempdir().unwrap();
    let copied = place.path().join("notebook");
    copy(nam.folder(), &copied);
    let twin = Device::at("Vì Văn Nam", &copied);
    assert_eq!(status(&nam)["double_at_ms"], Value::Null);

    for (n, device) in [&nam, &twin, &nam, &twin].into_iter().enumerate() {
        device.meets_head_of(&doors[n], &format!("ghi lần {n}"));
        device.sync();
    }
    all_is_everywhere(&[&nam, &twin, &dợ]);
    for device in [&nam, &twin] {
        assert_ne!(status(device)["double_at_ms"], Value::Null, "it is said on both");
    }
    assert_eq!(status(&dợ)["double_at_ms"], Value::Null);
    assert_eq!(nam.ok("sync_double_seen", json!({}))["double_at_ms"], Value::Null);
}
