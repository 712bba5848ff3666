//! A new tablet begins from a checkpoint, is usable with it, and becomes one that can refill a relay.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

use std::time::Duration;

use serde_json::{Value, json};
use tungnha_tests::{Chance, Device, Relay, list, notes};

const EARLIER_VISITS: usize = 600;

/// Dợ's team at its relay, after months of work; the checkpoint is left and everybody has everything.
fn a_team_with_months_behind_it() -> (Relay, Device, Vec<String>) {
    let relay = Relay::start();
    let dợ = Device::with_team("Sồng Thị Dợ");
    dợ.import(&list("01-mau-chuan.xlsx"));
    dợ.ok("relay_connect", json!({"pass": relay.pass()}));
    let doors: Vec<String> = dợ.households().iter().map(|h| h["id"].as_str().unwrap().to_owned()).collect();
    let mut chance = Chance::seeded(5);
    for n in 0..EARLIER_VISITS {
        dợ.meets_head_of(&doors[n % doors.len()], &notes::note(&mut chance));
        if n % 50 == 49 {
            dợ.sync();
        }
    }
    let left = dợ.ok("checkpoint_leave", json!({}));
    assert_eq!(left["relays"], 1, "{left}");
    (relay, dợ, doors)
}

fn kept_by(relay: &Relay) -> i64 {
    let kept = rusqlite::Connection::open(relay.database()).unwrap();
    kept.query_row("SELECT count(*) FROM log", [], |row| row.get(0)).unwrap()
}

#[track_caller]
fn same(first: &Device, second: &Device) {
    assert_eq!(first.export(), second.export());
    second.verify_clean();
}

#[test]
fn a_new_tablet_begins_from_the_checkpoint_and_the_tail_and_can_refill_a_relay_later() {
    let (mut relay, dợ, doors) = a_team_with_months_behind_it();
    dợ.meets_head_of(&doors[0], "sau bản gộp");
    dợ.sync();
    let nam = dợ.joined_by("Vì Văn Nam");
    same(&dợ, &nam);
    let report = nam.sync();
    assert!(report["received"].as_u64().unwrap() == 0, "{report}");
    nam.meets_head_of(&doors[1], "Nam ghi ngay");
    nam.sync();
    dợ.sync();
    same(&dợ, &nam);

    // In the background the older entries come, and are nothing new.
    let filled = nam.ok("checkpoint_fill", json!({}));
    assert!(filled["bytes_down"].as_u64().unwrap() > 10_000, "{filled}");
    assert_eq!(nam.ok("checkpoint_fill", json!({}))["exchanges"], 0, "it is done once");
    same(&dợ, &nam);

    // The relay is lost, and so is every tablet but Nam's.
    relay.stop();
    let all = kept_by(&relay);
    for file in ["sqlite", "sqlite-wal", "sqlite-shm"] {
        let _ = std::fs::remove_file(relay.database().with_extension(file));
    }
    relay.start_again();
    nam.ok("relay_connect", json!({"pass": relay.pass()}));
    let lan = nam.joined_by("Lò Thị Lan");
    same(&nam, &lan);
    relay.stop();
    assert!(kept_by(&relay) >= all, "every chunk is back");
}

#[test]
fn a_tablet_that_has_only_the_checkpoint_loses_nothing_when_the_relay_is_lost() {
    let (mut relay, dợ, _) = a_team_with_months_behind_it();
    let nam = dợ.joined_by("Vì Văn Nam");
    let before = dợ.export();
    relay.stop();
    for file in ["sqlite", "sqlite-wal", "sqlite-shm"] {
        let _ = std::fs::remove_file(relay.database().with_extension(file));
    }
    relay.start_again();
    nam.ok("relay_connect", json!({"pass": relay.pass()}));
    let lan = nam.joined_by("Lò Thị Lan");
    for part in ["totals", "conflicts", "activities", "households"] {
        assert_eq!(lan.export()[part], before[part], "{part}");
    }
    lan.verify_clean();
}

#[test]
fn a_start_that_is_cut_again_and_again_goes_on_where_it_was() {
    let (_relay, dợ, _) = a_team_with_months_behind_it();
    let mut chance = Chance::of_today();
    let nam = Device::new("Vì Văn Nam");
    let join = json!({"invite": dợ.invite(1)["link"], "member_name": nam.name()});
    for _ in 0..20 {
        nam.begin("team_join", join.clone());
        let answer = nam.answer_within(Duration::from_millis(chance.below(900) as u64));
        nam.kill();
        if answer.is_some() {
            break;
        }
    }
    if nam.ok("status", json!({}))["space"] == Value::Null {
        nam.ok("team_join", join);
    }
    nam.sync();
    dợ.sync();
    same(&dợ, &nam);
    nam.ok("checkpoint_fill", json!({}));
    same(&dợ, &nam);
}
