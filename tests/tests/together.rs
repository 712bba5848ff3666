//! Two volunteers work apart and come together in town: both show the same notebook.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tungnha_tests::{Device, Relay, list};

const LIST: &str = "01-mau-chuan.xlsx";
const HOUSEHOLDS: usize = 120;

/// Dợ's team with its relay, and Nam in it.
fn a_team_of_two() -> (Relay, Device, Device) {
    let relay = Relay::start();
    let dợ = Device::with_team("Sồng Thị Dợ");
    dợ.ok("relay_connect", json!({"pass": relay.pass()}));
    let nam = dợ.joined_by("Vì Văn Nam");
    (relay, dợ, nam)
}

fn ids(households: &[Value]) -> Vec<&str> {
    households.iter().map(|h| h["id"].as_str().unwrap()).collect()
}

/// Both send and receive until neither has anything new; then nothing waits anywhere.
fn meet_in_town(devices: &[&Device]) {
    for _ in 0..2 {
        for device in devices {
            device.sync();
        }
    }
    for device in devices {
        assert_eq!(device.ok("sync_status", json!({}))["waiting"], 0, "{}", device.name());
        assert_eq!(device.ok("sync_status", json!({}))["quarantined"], 0, "{}", device.name());
    }
}

/// What all of them export, which is the same.
#[track_caller]
fn same_notebook(devices: &[&Device]) -> Value {
    let first = devices[0].export();
    for other in &devices[1..] {
        let theirs = other.export();
        for part in ["totals", "conflicts", "activities", "households"] {
            assert_eq!(first[part], theirs[part], "{part} of {} and {}", devices[0].name(), other.name());
        }
    }
    for device in devices {
        device.verify_clean();
    }
    first
}

#[test]
fn a_day_apart_and_an_evening_together() {
    let (mut relay, dợ, nam) = a_team_of_two();

    // No network: both import the list, knock on doors, and are told of two different phones.
    relay.stop();
    assert_eq!(dợ.error("sync_now", json!({})), "offline");
    assert_eq!(dợ.import(&list(LIST))["added"], HOUSEHOLDS);
    assert_eq!(nam.import(&list(LIST))["added"], HOUSEHOLDS);
    let doors = dợ.households();
    let doors = ids(&doors);
    assert_eq!(doors, ids(&nam.households()), "one list, one set of households");
    for (n, door) in doors[..20].iter().enumerate() {
        dợ.meets_head_of(door, &format!("Dợ đã đến, lượt {n}"));
    }
    for (n, door) in doors[10..30].iter().enumerate() {
        nam.meets_head_of(door, &format!("Nam đã đến, lượt {n}"));
    }
    dợ.ok("household_edit", json!({"household": doors[0], "fields": {"phone": "0912 345 678"}}));
    nam.ok("household_edit", json!({"household": doors[0], "fields": {"phone": "0912 345 687"}}));
    let waiting = dợ.ok("sync_status", json!({}))["waiting"].as_u64().unwrap();
    assert!(waiting > 120 + 20, "the list, the visits and the phone wait: {waiting}");

    relay.start_again();
    meet_in_town(&[&dợ, &nam]);
    let notebook = same_notebook(&[&dợ, &nam]);

    let households = notebook["households"].as_array().unwrap();
    assert_eq!(ids(households).into_iter().collect::<BTreeSet<_>>().len(), HOUSEHOLDS);
    assert_eq!(households.len(), HOUSEHOLDS, "each household once");
    for household in households {
        let at = doors.iter().position(|door| household["id"] == *door).unwrap();
        let mut by: Vec<_> = household["visits"].as_array().unwrap().iter().map(|v| v["author_name"].clone()).collect();
        by.sort_by_key(ToString::to_string);
        let expected = match at {
            0..10 => vec!["Sồng Thị Dợ"],
            10..20 => vec!["Sồng Thị Dợ", "Vì Văn Nam"],
            20..30 => vec!["Vì Văn Nam"],
            _ => vec![],
        };
        assert_eq!(by, expected, "the visits of household {at}");
        assert_eq!(household["residents"].as_array().unwrap().len(), 1, "each resident once");
    }
    // Ten heads were met by both: forty visits, thirty people.
    assert_eq!(notebook["totals"]["visits"], 40);
    assert_eq!(notebook["totals"]["people_met"], 30);

    let crossed = notebook["conflicts"].as_array().unwrap();
    assert_eq!(crossed.len(), 1, "{crossed:?}");
    assert_eq!((&crossed[0]["household"], &crossed[0]["field"]), (&json!(doors[0]), &json!("phone")));
    let mut versions: Vec<_> = crossed[0]["versions"].as_array().unwrap().iter().map(version).collect();
    versions.sort_unstable();
    assert_eq!(versions, [("0912345678", "Sồng Thị Dợ"), ("0912345687", "Vì Văn Nam")]);

    // Nam knows the right one, and that settles it on both.
    let right = crossed[0]["versions"].as_array().unwrap().iter().find(|v| v["value"] == "0912345678").unwrap();
    let choice = json!({"household": doors[0], "key": crossed[0]["key"], "change": right["change"]});
    nam.ok("conflict_resolve", choice);
    meet_in_town(&[&nam, &dợ]);
    let settled = same_notebook(&[&dợ, &nam]);
    assert_eq!(settled["conflicts"], json!([]));
    let household = settled["households"].as_array().unwrap().iter().find(|h| h["id"] == doors[0]).unwrap();
    assert_eq!(household["phone"], "0912345678");
}

fn version(version: &Value) -> (&str, &str) {
    (version["value"].as_str().unwrap(), version["author"].as_str().unwrap())
}

#[test]
fn a_newcomer_types_the_code_and_sees_what_all_see() {
    let (_relay, dợ, nam) = a_team_of_two();
    dợ.import(&list(LIST));
    let doors = dợ.households();
    dợ.meets_head_of(ids(&doors)[0], "Đã cài VNeID");
    meet_in_town(&[&dợ, &nam]);

    let invite = dợ.invite(1);
    let mua = Device::new("Mùa A Tủa");
    // As a person types it: small letters, spaces for hyphens.
    let code = invite["code"].as_str().unwrap().to_lowercase().replace('-', " ");
    mua.join(&format!("http://{} {code}", invite["address"].as_str().unwrap()));
    assert_eq!(mua.households().len(), HOUSEHOLDS);
    assert_eq!(mua.ok("household_get", json!({"household": ids(&doors)[0]}))["visits"][0]["note"], "Đã cài VNeID");
    // Who joined is known to the others after the next exchange.
    meet_in_town(&[&mua, &dợ, &nam]);
    let names = |device: &Device| {
        let members = device.ok("member_list", json!({}));
        let mut names: Vec<_> = members.as_array().unwrap().iter().map(|m| m["name"].to_string()).collect();
        names.sort();
        names
    };
    assert_eq!(names(&dợ), names(&mua));
    assert_eq!(names(&dợ).len(), 3);
    same_notebook(&[&dợ, &nam, &mua]);
}

#[test]
fn an_invite_ends_after_its_uses_and_its_days() {
    let (mut relay, dợ, _nam) = a_team_of_two();
    let once = dợ.invite(1);
    let join = |device: &Device, invite: &Value| {
        device.error("team_join", json!({"invite": invite["link"], "member_name": device.name()}))
    };
    Device::new("Mùa A Tủa").join(once["link"].as_str().unwrap());
    let late = Device::new("Giàng A Páo");
    assert_eq!(join(&late, &once), "invite_used_up");

    // A week goes by: the only clock that counts is the relay's.
    let week = dợ.invite(5);
    relay.stop();
    let kept = rusqlite::Connection::open(relay.database()).unwrap();
    assert!(kept.execute("UPDATE invites SET expires_at = expires_at - 7 * 24 * 3600", []).unwrap() > 0);
    drop(kept);
    relay.start_again();
    assert_eq!(join(&late, &week), "invite_expired");

    let never = json!({"link": dợ.invite(1)["link"].as_str().unwrap().replace("/j/", "/p/")});
    assert_eq!(join(&late, &never), "link_of_other_kind");
    // Nobody who was refused is left with half a notebook.
    assert_eq!(late.ok("status", json!({}))["space"], Value::Null);
    late.join(dợ.invite(1)["link"].as_str().unwrap());
}

#[test]
fn a_team_that_began_without_a_relay_connects_with_all_it_has() {
    let dợ = Device::with_team("Sồng Thị Dợ");
    dợ.import(&list("02-nhan-khau-xa.xlsx"));
    let doors = dợ.households();
    for door in &ids(&doors)[..5] {
        dợ.meets_head_of(door, "Trước khi có máy chủ");
    }
    assert_eq!(dợ.error("sync_now", json!({})), "no_relay");
    assert_eq!(dợ.households()[0]["sync"]["state"], "here");

    let relay = Relay::start();
    let connected = dợ.ok("relay_connect", json!({"pass": relay.pass()}));
    assert_eq!(connected["waiting"], 0, "{connected}");
    assert_eq!(dợ.households()[0]["sync"]["state"], "arrived");
    let nam = dợ.joined_by("Vì Văn Nam");
    meet_in_town(&[&nam, &dợ]);
    assert_eq!(same_notebook(&[&dợ, &nam])["totals"]["visits"], 5);
}

#[test]
fn the_same_list_again_adds_nothing_anywhere() {
    let (_relay, dợ, nam) = a_team_of_two();
    dợ.import(&list(LIST));
    meet_in_town(&[&dợ, &nam]);
    let before = same_notebook(&[&dợ, &nam]);
    for device in [&dợ, &nam] {
        let again = device.import(&list(LIST));
        let counts = (&again["added"], &again["completed"], &again["unchanged"], &again["residents_added"]);
        assert_eq!(counts, (&json!(0), &json!(0), &json!(HOUSEHOLDS), &json!(0)), "{}", device.name());
    }
    meet_in_town(&[&dợ, &nam]);
    assert_eq!(same_notebook(&[&dợ, &nam]), before);
    assert_eq!(dợ.ok("import_list", json!({})).as_array().unwrap().len(), 1, "one list, one import");
}

#[test]
fn a_list_taken_back_goes_everywhere_except_where_somebody_was() {
    let (_relay, dợ, nam) = a_team_of_two();
    let import = dợ.import(&list(LIST))["import"].clone();
    meet_in_town(&[&dợ, &nam]);
    let doors = nam.households();
    let visited: BTreeSet<_> = ids(&doors)[..3].iter().copied().collect();
    for door in &visited {
        nam.meets_head_of(door, "Đã gặp chủ hộ");
    }
    // Dợ takes it back before she has heard of Nam's visits.
    dợ.ok("import_withdraw", json!({"import": import}));
    assert_eq!(dợ.households().len(), 0);
    meet_in_town(&[&dợ, &nam]);
    for device in [&dợ, &nam] {
        let left = device.households();
        assert_eq!(ids(&left).into_iter().collect::<BTreeSet<_>>(), visited, "{}", device.name());
        let imports = device.ok("import_list", json!({}));
        let kept = imports[0]["kept"].as_array().unwrap();
        assert_eq!(ids(kept).into_iter().collect::<BTreeSet<_>>(), visited);
        assert!(kept.iter().all(|k| k["reason"] == "visited"), "{kept:?}");
    }
    same_notebook(&[&dợ, &nam]);
    // And all of it comes back.
    nam.ok("import_restore", json!({"import": import}));
    meet_in_town(&[&nam, &dợ]);
    assert_eq!(dợ.households().len(), HOUSEHOLDS);
    same_notebook(&[&dợ, &nam]);
}

#[test]
fn the_history_says_on_which_tablet_something_was_written() {
    let (_relay, dợ, nam) = a_team_of_two();
    nam.sync();
    // Nam joins with the tablet of the commune office too: it is told apart from his own.
    let office = dợ.joined_by("Vì Văn Nam");
    let páo = dợ.ok("household_add", json!({"head": {"name": "Giàng A Páo", "birth": "1984"}}))["id"].take();
    meet_in_town(&[&dợ, &nam, &office]);
    let phone = |phone: &str| json!({"household": páo, "fields": {"phone": phone}});
    nam.ok("household_edit", phone("0912345678"));
    meet_in_town(&[&nam, &dợ, &office]);
    office.ok("household_edit", phone("0987654321"));
    meet_in_town(&[&office, &nam, &dợ]);

    let told = |device: &Device| -> Vec<(String, String)> {
        let history = device.ok("household_history", json!({"household": páo}));
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        history.as_array().unwrap().iter().map(|entry| (text(&entry["device"]), text(&entry["device_name"]))).collect()
    };
    let line = |device: &str, name: &str| (device.to_owned(), name.to_owned());
    let (dợ_s, nam_s, nam_2) = ("Máy của Sồng Thị Dợ", "Máy của Vì Văn Nam", "Máy của Vì Văn Nam 2");
    assert_eq!(told(&dợ), [line("other", nam_2), line("other", nam_s), line("this", dợ_s)]);
    assert_eq!(told(&office), [line("this", nam_2), line("other", nam_s), line("other", dợ_s)]);

    let renamed = office.ok("device_rename", json!({"name": "Máy bảng ủy ban xã"}));
    assert_eq!((&renamed[0]["here"], &renamed[0]["name"]), (&json!(true), &json!("Máy bảng ủy ban xã")));
    meet_in_town(&[&office, &dợ]);
    assert_eq!(told(&dợ)[0], line("other", "Máy bảng ủy ban xã"));

    let devices = dợ.ok("device_list", json!({}));
    let devices = devices.as_array().unwrap();
    assert_eq!(devices.len(), 3);
    assert_eq!((&devices[0]["here"], &devices[0]["heard_at_ms"]), (&json!(true), &Value::Null));
    for other in &devices[1..] {
        assert_eq!(other["member_name"], "Vì Văn Nam");
        assert!(other["heard_at_ms"].as_i64().is_some(), "{other}");
    }
    same_notebook(&[&dợ, &office]);
}
