//! A line of 50 kbit/s with 800 ms from end to end and back, that loses every twentieth packet and is
//! dead for five of every twenty seconds: what has to get through gets through, a page at a time.
//!
//! Real processes, each in a network namespace of its own; needs root, and says so where it is skipped.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungnha_tests::line::{Line, Quality};
use tungnha_tests::{Chance, Device, Relay, list, notes};

const HILLSIDE: Quality = Quality {
    bits_per_second: 50_000,
    round_trip: Duration::from_millis(800),
    lost_percent: 5,
    up: Duration::from_secs(15),
    down: Duration::from_secs(5),
};
/// About 300 KB in chunks.
const EARLIER_VISITS: usize = 2_600;
/// The evening's: those of seven colleagues, and one's own.
const OF_OTHERS: usize = 140;
const OWN: usize = 20;
/// Whoever stands on that hillside has put the phone down by then.
const PATIENCE: Duration = Duration::from_secs(600);

/// So many visits, each at another door.
fn works(device: &Device, doors: &[String], visits: usize, chance: &mut Chance) {
    for n in 0..visits {
        device.meets_head_of(&doors[n % doors.len()], &notes::note(chance));
    }
}

/// Runs a command until it is done; how often the line broke.
fn at_last(device: &Device, command: &str, args: &Value) -> usize {
    let start = Instant::now();
    for breaks in 0.. {
        device.begin(command, args.clone());
        let answer = device.answer_within(PATIENCE).unwrap_or_else(|| panic!("{command} does not end"));
        let code = &answer["error"]["code"];
        if code.is_null() {
            return breaks;
        }
        assert_eq!(code, "offline", "{answer}");
        assert!(start.elapsed() < PATIENCE, "{command} does not get through");
    }
    unreachable!("somebody who tries for ever")
}

#[test]
fn an_evening_and_a_first_sync_get_through_a_bad_line() {
    let mut chance = Chance::seeded(3);
    let Some(line) = Line::lay(HILLSIDE, 1) else { return };
    let (town, address) = line.far();
    let relay = Relay::start_in(town, (address, 8470).into());
    let dợ = Device::new("Sồng Thị Dợ");
    dợ.move_to(town);
    dợ.starts_team();
    dợ.import(&list("01-mau-chuan.xlsx"));
    let doors: Vec<String> = dợ.households().iter().map(|h| h["id"].as_str().unwrap().to_owned()).collect();
    works(&dợ, &doors, EARLIER_VISITS, &mut chance);
    dợ.ok("relay_connect", json!({"pass": relay.pass()}));
    let whole = dợ.ok("sync_status", json!({}))["arrived"].as_u64().unwrap();

    let nam = Device::new("Vì Văn Nam");
    nam.move_to(line.near());
    let invite = dợ.invite(1)["link"].clone();
    line.take_counts();
    let start = Instant::now();
    let mut breaks = at_last(&nam, "team_join", &json!({"invite": invite, "member_name": nam.name()}));
    let usable = start.elapsed();
    breaks += at_last(&nam, "sync_now", &json!({}));
    let (up, down) = line.take_counts();
    println!(
        "first sync: {whole} records, usable after {usable:.0?}, all after {:.0?}, the line broke {breaks} times\n  \
         up   {up:?}\n  down {down:?}",
        start.elapsed(),
    );

    works(&dợ, &doors, OF_OTHERS, &mut chance);
    dợ.sync();
    works(&nam, &doors, OWN, &mut chance);
    line.take_counts();
    let start = Instant::now();
    let breaks = at_last(&nam, "sync_now", &json!({}));
    let (up, down) = line.take_counts();
    println!(
        "evening: {OWN} visits up, {OF_OTHERS} down in {:.0?}, the line broke {breaks} times\n  up   {up:?}\n  down {down:?}",
        start.elapsed(),
    );
    dợ.sync();
    assert_eq!(dợ.export(), nam.export());
    nam.verify_clean();
}
