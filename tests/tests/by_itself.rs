//! Two tablets in one office: what is saved on one is on the other, and nobody presses anything.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, which tell what they measured")]

use std::time::Duration;

use serde_json::json;
use tungnha_tests::wire::Wire;
use tungnha_tests::{Device, Relay, Served, list};

/// What a team is promised of two tablets that are online.
const PROMISED: Duration = Duration::from_secs(2);
const ROUNDS: usize = 6;

/// Dợ's and Nam's tablets with one list, and the doors on it.
fn an_office(relay_url: &str, relay: &Relay) -> (Device, Device, Vec<String>) {
    let dợ = Device::with_team("Sồng Thị Dợ");
    dợ.import(&list("01-mau-chuan.xlsx"));
    dợ.ok("relay_connect", json!({"pass": relay.pass_for(relay_url)}));
    let nam = dợ.joined_by("Vì Văn Nam");
    let doors = dợ.households().iter().map(|household| household["id"].as_str().unwrap().to_owned()).collect();
    (dợ, nam, doors)
}

/// The notebook that is open on each of two office devices is not the one that somebody writes in.
#[test]
fn what_is_written_in_a_hamlet_comes_to_an_office_that_has_another_notebook_open() {
    let relay = Relay::start();
    let mai = Device::with_team("Lò Thị Mai");
    mai.ok("relay_connect", json!({"pass": relay.pass()}));
    let pass = relay.pass_to_open(1, &relay.url());
    mai.ok("office_found", json!({"names": ["Bản Pa Cốp"], "pass": pass}));
    let office = mai.ok("status", json!({}))["space"]["id"].clone();
    let hamlet = mai.ok("office_get", json!({}))["notebooks"][0]["id"].clone();
    mai.ok("notebook_open", json!({"notebook": hamlet}));
    let dợ = mai.joined_by("Sồng Thị Dợ");
    mai.ok("notebook_open", json!({"notebook": office}));

    let (mai, dợ) = (Served::open(&mai), Served::open(&dợ));
    settle(&relay, 2, &[&mai, &dợ]);
    dợ.ok("household_add", json!({"head": {"name": "Giàng A Páo"}}));
    let took = mai.until("the office counts the household", |app| {
        app.ok("office_get", json!({}))["notebooks"][0]["households"] == 1
    });
    println!("saved in a hamlet, counted in the office after {took:?}");
    assert!(took < PROMISED, "{took:?}");

    // A hamlet that is listed now is followed by itself by a colleague's device.
    let pass = relay.pass_to_open(1, &relay.url());
    let tâm = Device::new("Hà Văn Tâm");
    let invite = mai.ok("invite_create", json!({"uses": 1, "days": 7}));
    tâm.join(invite["link"].as_str().unwrap());
    let tâm = Served::open(&tâm);
    mai.ok("office_found", json!({"names": ["Bản Hang Trùng"], "pass": pass}));
    tâm.until("the colleague has both hamlets", |app| {
        let all = app.ok("office_get", json!({}));
        all["notebooks"].as_array().unwrap().iter().filter(|one| one["here"] == true).count() == 2
    });
}

/// How many calls of this kind the relay has answered.
fn answered(relay: &Relay, call: &str) -> usize {
    let call = format!("call=\"{call}\"");
    relay.log().lines().filter(|line| line.contains("answered") && line.contains(&call)).count()
}

/// How many exchanges the relay has answered.
fn exchanges(relay: &Relay) -> usize {
    answered(relay, "sync")
}

fn listeners(relay: &Relay) -> usize {
    answered(relay, "wake")
}

/// Both listen, and nothing waits on either.
fn settle(relay: &Relay, streams: usize, apps: &[&Served]) {
    for app in apps {
        app.until("both listen", |_| listeners(relay) >= streams);
        app.until("nothing waits", |app| app.ok("sync_status", json!({}))["waiting"] == 0);
    }
    // The exchange that follows upon listening.
    std::thread::sleep(Duration::from_millis(700));
}

/// One saves, the other shows it: how long that takes, in several rounds and both ways.
fn rounds(dợ: &Served, nam: &Served, doors: &[String], title: &str) {
    let mut took = Vec::new();
    for (round, door) in doors.iter().enumerate().take(ROUNDS) {
        let (writes, reads) = if round % 2 == 0 { (dợ, nam) } else { (nam, dợ) };
        let visit = writes.finds_nobody_at(door, &format!("{title} {round}"));
        took.push(reads.until("the other shows the visit", |app| app.shows(door, &visit)));
    }
    println!("{title}: saved on one, shown on the other after {took:?}");
    assert!(took.iter().all(|took| *took < PROMISED), "{took:?}");
}

#[test]
fn two_tablets_see_each_others_visits_within_two_seconds_also_after_the_relay_was_killed() {
    let mut relay = Relay::start();
    let (dợ, nam, doors) = an_office(&relay.url(), &relay);
    let (dợ, nam) = (Served::open(&dợ), Served::open(&nam));
    settle(&relay, 2, &[&dợ, &nam]);
    rounds(&dợ, &nam, &doors, "two tablets");

    relay.kill();
    let visit = dợ.finds_nobody_at(&doors[10], "khi máy chủ tắt");
    dợ.until("the failure is noted", |app| app.ok("sync_status", json!({}))["relays"][0]["error"] == "offline");
    relay.start_again();
    let back = nam.until("what was saved meanwhile arrives", |app| app.shows(&doors[10], &visit));
    println!("after the relay came back, its visit took {back:?}");
    settle(&relay, 4, &[&dợ, &nam]);
    assert_eq!(dợ.ok("sync_status", json!({}))["relays"][0]["error"], json!(null));
    rounds(&dợ, &nam, &doors, "after the relay was killed and started again");

    for app in [dợ, nam] {
        let took = app.close();
        assert!(took < Duration::from_secs(2), "streams do not hold up closing the app: {took:?}");
    }
}

#[test]
fn a_relay_stops_at_once_though_tablets_listen() {
    let mut relay = Relay::start();
    let (dợ, nam, _) = an_office(&relay.url(), &relay);
    let (dợ, nam) = (Served::open(&dợ), Served::open(&nam));
    settle(&relay, 2, &[&dợ, &nam]);
    let start = std::time::Instant::now();
    relay.stop();
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
}

#[test]
fn a_relay_that_is_connected_later_is_noticed_and_wifi_only_is_kept_to() {
    let relay = Relay::start();
    let dợ = Device::with_team("Sồng Thị Dợ");
    dợ.import(&list("01-mau-chuan.xlsx"));
    let door = dợ.households()[0]["id"].as_str().unwrap().to_owned();
    let dợ = Served::open(&dợ);
    let waiting = |app: &Served| app.ok("sync_status", json!({}))["waiting"].clone();
    let paused = |app: &Served| app.ok("sync_status", json!({}))["waits_for_wifi"].clone();
    dợ.ok("relay_connect", json!({"pass": relay.pass()}));
    settle(&relay, 1, &[&dợ]);
    dợ.finds_nobody_at(&door, "đi bằng Wi-Fi");
    dợ.until("the visit arrives", |app| waiting(app) == 0);

    // On mobile data, and Wi-Fi only: nothing goes by itself, but a person may still send.
    assert_eq!(dợ.ok("sync_settings_get", json!({})), json!({"wifi_only": false}));
    dợ.ok("sync_settings_set", json!({"wifi_only": true}));
    assert_eq!(paused(&dợ), json!(false), "nobody knows what the network is");
    dợ.ok("network_report", json!({"online": true, "metered": true}));
    assert_eq!(paused(&dợ), json!(true));
    let before = exchanges(&relay);
    dợ.finds_nobody_at(&door, "đi bằng 4G");
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!((waiting(&dợ), exchanges(&relay)), (json!(1), before));
    assert_eq!(dợ.ok("sync_now", json!({}))["sent"], 1);

    dợ.finds_nobody_at(&door, "lại chờ Wi-Fi");
    dợ.ok("network_report", json!({"online": true, "metered": false}));
    dợ.until("the visit arrives over Wi-Fi", |app| waiting(app) == 0);
}

#[test]
#[ignore = "takes a minute: what a tablet costs that nobody touches"]
fn an_idle_minute_asks_for_nothing() {
    let relay = Relay::start();
    let wire = Wire::to(relay.address());
    let (dợ, nam, doors) = an_office(&wire.url(), &relay);
    let (dợ, nam) = (Served::open(&dợ), Served::open(&nam));
    settle(&relay, 2, &[&dợ, &nam]);
    rounds(&dợ, &nam, &doors, "through the wire");
    settle(&relay, 2, &[&dợ, &nam]);
    wire.take_counts();
    let before = exchanges(&relay);
    std::thread::sleep(Duration::from_secs(60));
    let (up, down) = wire.take_counts();
    println!("an idle minute of two tablets: {} requests, {up} bytes up, {down} down", exchanges(&relay) - before);
    assert_eq!((exchanges(&relay) - before, up), (0, 0));
    assert!(down <= 40, "a keep-alive or two each: {down}");
}
