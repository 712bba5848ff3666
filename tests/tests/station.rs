//! A room without internet: members find each other, strangers find nothing.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::io::{Read, Write};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use serde_json::{Value, json};
use tungnha_protocol::ids::{Nonce, Proof};
use tungnha_protocol::meet::{Meet, Met, Prove, Proved};
use tungnha_protocol::wire::Body;
use tungnha_tests::{Between, Chance, Device, Relay, between, list};

const LIST: &str = "01-mau-chuan.xlsx";

fn id_of(value: &Value) -> String {
    value["id"].as_str().unwrap().to_owned()
}

/// What a device exports, without what only it knows.
fn notebook(device: &Device) -> Value {
    let all = device.ok("export", json!({}));
    json!([all["totals"], all["conflicts"], all["activities"], all["households"]])
}

/// Waits until the host's own notebook is as the visitor's. Nobody taps anything meanwhile.
#[track_caller]
fn soon_the_same(host: &Device, visitor: &Device) -> Duration {
    let (began, theirs) = (Instant::now(), notebook(visitor));
    while notebook(host) != theirs {
        assert!(began.elapsed() < Duration::from_secs(10), "{} has not taken in what was brought", host.name());
        std::thread::sleep(Duration::from_millis(50));
    }
    began.elapsed()
}

fn status(device: &Device) -> Value {
    device.ok("sync_status", json!({}))
}

/// What this device keeps of a relay that nobody else may hear: its token there.
fn relay_tokens(device: &Device) -> Vec<[u8; 32]> {
    device.close();
    let key = std::fs::read(device.folder().join("notebook.key")).unwrap();
    let db = rusqlite::Connection::open(device.folder().join("notebook.sqlite")).unwrap();
    db.execute_batch(&format!("PRAGMA key = \"x'{}'\"", HEXLOWER.encode(&key))).unwrap();
    let mut tokens = db.prepare("SELECT token FROM relays WHERE kind = 'relay'").unwrap();
    tokens.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn contains(heard: &[u8], needle: &[u8]) -> bool {
    heard.windows(needle.len()).any(|window| window == needle)
}

/// Nothing of the team is in these bytes: neither its names nor its ids, as bytes or as text.
#[track_caller]
fn says_nothing_of(device: &Device, heard: &[u8]) {
    let space = id_of(&device.ok("status", json!({}))["space"]);
    let bytes = uuid_bytes(&space);
    for (what, needle) in [
        ("the team's name", "Hang Trùng".as_bytes()),
        ("a member's name", device.name().as_bytes()),
        ("the space's id", space.as_bytes()),
        ("the space's id in bytes", &bytes),
    ] {
        assert!(!contains(heard, needle), "{what} was said");
    }
}

fn uuid_bytes(id: &str) -> Vec<u8> {
    BASE64URL_NOPAD.decode(id.as_bytes()).unwrap()
}

#[test]
fn two_members_meet_and_the_records_still_wait_for_the_relay() {
    let mut relay = Relay::start();
    let dợ = Device::with_team("Sồng Thị Dợ");
    dợ.ok("relay_connect", json!({"pass": relay.pass()}));
    dợ.import(&list(LIST));
    dợ.sync();
    let nam = dợ.joined_by("Vì Văn Nam");
    nam.sync();
    dợ.sync();
    relay.stop();
    let doors: Vec<String> = dợ.households().iter().map(id_of).collect();
    dợ.meets_head_of(&doors[0], "Dợ đã đến");
    nam.meets_head_of(&doors[1], "Nam đã đến");

    let station = dợ.serves_the_room();
    let visit = nam.visits(&station);
    assert_eq!((&visit["name"], &visit["received"]), (&json!(dợ.name()), &json!(1)), "{visit}");
    let took = soon_the_same(&dợ, &nam);
    assert!(took < Duration::from_secs(3), "the host saw it after {took:?}");
    let room = dợ.ok("station_status", json!({}));
    assert_eq!(room["open"]["guests"][0]["name"], nam.name());
    assert_eq!(room["open"]["received"], 1);

    // What the other device has is told apart from what has arrived.
    for device in [&dợ, &nam] {
        assert_ne!(status(device)["waiting"], 0, "{}", device.name());
    }
    let detail = nam.ok("household_get", json!({"household": doors[1]}));
    assert_eq!(detail["sync"]["state"], "waiting", "{}", detail["sync"]);
    assert_eq!(status(&nam)["stations"][0]["name"], dợ.name());
    assert_eq!(status(&nam)["stations"][0]["records"], status(&nam)["waiting"]);

    // While the room is open, what the host writes is there for whoever comes again.
    dợ.meets_head_of(&doors[2], "Dợ viết thêm");
    std::thread::sleep(Duration::from_millis(1500));
    assert_eq!(nam.visits(&station)["received"], 1);

    // Whoever gets to the relay first takes everything along.
    relay.start_again();
    dợ.sync();
    assert_eq!((&status(&dợ)["waiting"], status(&nam)["waiting"] != json!(0)), (&json!(0), true));
    assert_eq!(nam.sync()["received"], 0);
    assert_eq!(status(&nam)["waiting"], 0);
    assert_eq!(status(&nam)["stations"][0]["records"], 0);
    // It is closed when it is closed.
    dợ.ok("station_close", json!({}));
    assert_eq!(nam.error("station_visit", json!({"address": station})), "station_unreachable");
    // And opens again where it stopped: nothing has to travel twice.
    let station = dợ.serves_the_room();
    assert_eq!(nam.visits(&station)["sent"], 0);
    for device in [&dợ, &nam] {
        device.verify_clean();
    }
}

#[test]
fn a_team_without_any_relay_grows_in_a_room_and_finds_its_relay_later() {
    let dợ = Device::with_team("Sồng Thị Dợ");
    dợ.import(&list(LIST));
    assert_eq!(dợ.error("invite_create", json!({"uses": 1, "days": 1})), "no_relay");
    assert_eq!(dợ.error("invite_create", json!({"uses": 1, "days": 1, "at": "station"})), "station_not_open");
    let station = dợ.serves_the_room();
    let invite = dợ.invite(2);
    assert_eq!((&invite["at"], &invite["address"]), (&json!("station"), &json!(station)));
    let nam = Device::new("Vì Văn Nam");
    nam.join(invite["link"].as_str().unwrap());
    let lan = Device::new("Lò Thị Lan");
    lan.join(&format!("{station} {}", invite["code"].as_str().unwrap().to_lowercase()));
    let third = Device::new("Giàng A Páo");
    let args = json!({"invite": invite["link"], "member_name": third.name()});
    assert_eq!(third.error("team_join", args), "invite_used_up");
    assert_eq!(third.ok("status", json!({}))["space"], Value::Null);

    let doors: Vec<String> = nam.households().iter().map(id_of).collect();
    assert_eq!(doors.len(), 120);
    nam.meets_head_of(&doors[0], "Nam đã đến");
    assert_eq!(nam.households().iter().find(|h| h["id"] == doors[0]).unwrap()["sync"]["state"], "here");
    nam.visits(&station);
    lan.visits(&station);
    soon_the_same(&dợ, &lan);
    let members = dợ.ok("member_list", json!({}));
    assert_eq!(members.as_array().unwrap().len(), 3, "{members}");
    assert_eq!(dợ.error("station_visit", json!({"address": station})), "station_own");

    // Months later there is a relay. Who joined in a room gets there with an ordinary invite.
    let relay = Relay::start();
    dợ.ok("relay_connect", json!({"pass": relay.pass()}));
    let invite = dợ.invite(1);
    assert_eq!(invite["at"], "relay");
    let connected = nam.ok("relay_connect", json!({"pass": invite["link"]}));
    assert_eq!((&connected["waiting"], connected["relays"].as_array().unwrap().len()), (&json!(0), 1));
    let other = Device::with_team("Người tổ khác");
    other.ok("relay_connect", json!({"pass": relay.pass()}));
    assert_eq!(other.error("relay_connect", json!({"pass": nam.invite(1)["link"]})), "other_space");
    for device in [&dợ, &nam, &lan] {
        device.verify_clean();
    }
}

/// One request to a station by somebody with no app of ours; all that comes back.
fn ask(station: SocketAddr, method: &str, path: &str, token: Option<&[u8; 32]>, body: &[u8]) -> Vec<u8> {
    let mut stream = between::call(station);
    let token = token.map(|t| format!("authorization: Bearer {}\r\n", BASE64URL_NOPAD.encode(t))).unwrap_or_default();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{token}content-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(!answer.is_empty());
    answer
}

fn body_of(answer: &[u8]) -> &[u8] {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    &answer[end + 4..]
}

#[test]
fn a_stranger_in_the_room_learns_nothing() {
    let dợ = Device::with_team("Sồng Thị Dợ");
    dợ.import(&list(LIST));
    let station = dợ.serves_the_room();
    let invite = dợ.invite(1);
    let stranger = Device::new("Người lạ");
    let other_team = json!({"team_name": "Tổ khác", "place_name": "Bản khác", "member_name": stranger.name()});
    stranger.ok("team_start", other_team);
    assert_eq!(stranger.error("station_visit", json!({"address": station})), "station_other_team");
    assert_eq!(status(&stranger)["stations"], json!([]));

    // With tools of his own, whatever he tries.
    let address: SocketAddr = station.parse().unwrap();
    let meet = Meet { nonce: Nonce::random() };
    let mut heard = ask(address, "POST", "/v1/meet", None, &meet.to_bytes());
    let meeting = Met::from_bytes(body_of(&heard)).unwrap().nonce;
    let answers: Vec<_> = [8, 64]
        .map(|count| {
            let proofs = std::iter::repeat_with(Proof::random).take(count).collect();
            ask(address, "POST", "/v1/meet/prove", None, &Prove { meeting, proofs }.to_bytes())
        })
        .into();
    for answer in &answers {
        assert_eq!(Proved::from_bytes(body_of(answer)).unwrap(), Proved { shared: vec![] });
        assert_eq!(body_of(answer), body_of(&answers[0]), "the same to everybody");
    }
    heard.extend(answers.concat());
    let path =
        format!("/s/{}", invite["link"].as_str().unwrap().rsplit('/').next().unwrap().split('#').next().unwrap());
    for (method, path, token) in [
        ("GET", "/", None),
        ("GET", path.as_str(), None),
        ("GET", "/healthz", None),
        ("POST", "/v1/sync", None),
        ("POST", "/v1/sync", Some(&[7; 32])),
        ("POST", "/v1/spaces", None),
        ("POST", "/v1/invites", Some(&[7; 32])),
        ("POST", "/v1/join", None),
        ("POST", "/v1/meet/join", None),
    ] {
        heard.extend(ask(address, method, path, token, b"\xa0"));
    }
    says_nothing_of(&dợ, &heard);
    assert_eq!(dợ.ok("station_status", json!({}))["open"]["guests"], json!([]), "nobody came");
}

#[test]
fn somebody_in_between_can_use_nothing_of_what_he_hears() {
    let relay = Relay::start();
    let dợ = Device::with_team("Sồng Thị Dợ");
    dợ.import(&list(LIST));
    dợ.ok("relay_connect", json!({"pass": relay.pass()}));
    let nam = dợ.joined_by("Vì Văn Nam");
    let station = dợ.serves_the_room();
    let between = Between::before(station.parse().unwrap(), false);
    // A member: both stop before either has said who it is.
    assert_eq!(nam.error("station_visit", json!({"address": between.address()})), "station_other_team");
    // A newcomer: what he shows in between fits nothing, and he is told that nobody knows his invite.
    let invite = dợ.ok("invite_create", json!({"uses": 1, "days": 1, "at": "station"}));
    let link = invite["link"].as_str().unwrap();
    let lan = Device::new("Lò Thị Lan");
    let led_astray = json!({"invite": link.replace(&station, &between.address()), "member_name": lan.name()});
    assert_eq!(lan.error("team_join", led_astray), "invite_unknown");
    let heard = between.heard();
    assert!(contains(&heard, b"/v1/meet/prove") && contains(&heard, b"/v1/join"), "he heard both");
    assert!(!contains(&heard, b"/v1/sync") && !contains(&heard, b"/v1/meet/join"), "and nothing more");
    says_nothing_of(&dợ, &heard);
    assert!(!contains(&heard, nam.name().as_bytes()));
    for token in [relay_tokens(&nam), relay_tokens(&dợ)].concat() {
        assert!(!contains(&heard, &token), "a relay's token");
        assert!(!contains(&heard, BASE64URL_NOPAD.encode(&token).as_bytes()), "a relay's token");
    }
    assert!(!contains(&heard, b"authorization"), "no token at all");

    // One who begins a second connection under another certificate is found out.
    let station = dợ.serves_the_room();
    let changing = Between::before(station.parse().unwrap(), true);
    assert_eq!(nam.error("station_visit", json!({"address": changing.address()})), "station_changed");
    // At the true address it goes on as if nothing had been.
    lan.join(dợ.ok("invite_create", json!({"uses": 1, "days": 1, "at": "station"}))["link"].as_str().unwrap());
    nam.visits(&station);
    soon_the_same(&dợ, &nam);
}

#[test]
fn a_machine_that_only_pretends_is_told_nothing() {
    let relay = Relay::start();
    let dợ = Device::with_team("Sồng Thị Dợ");
    dợ.ok("relay_connect", json!({"pass": relay.pass()}));
    let pretender = between::Pretender::start();
    assert_eq!(dợ.error("station_visit", json!({"address": pretender.address()})), "station_other_team");
    let heard = pretender.heard();
    assert!(
        contains(&heard, b"/v1/meet/prove") && !contains(&heard, b"/v1/meet/join"),
        "it stops before it says who it is"
    );
    says_nothing_of(&dợ, &heard);
    assert!(!contains(&heard, b"authorization"));
    for token in relay_tokens(&dợ) {
        assert!(!contains(&heard, &token) && !contains(&heard, BASE64URL_NOPAD.encode(&token).as_bytes()));
    }
}

#[test]
fn no_token_of_a_relay_crosses_a_whole_visit() {
    let relay = Relay::start();
    let dợ = Device::with_team("Sồng Thị Dợ");
    dợ.ok("relay_connect", json!({"pass": relay.pass()}));
    let nam = dợ.joined_by("Vì Văn Nam");
    let station = dợ.serves_the_room();
    nam.visits(&station);
    dợ.close();
    let tokens = relay_tokens(&nam);
    assert_eq!(tokens.len(), 1);
    // What a station keeps of its visitors, byte for byte.
    let kept: Vec<u8> = ["station.sqlite", "station.sqlite-wal"]
        .iter()
        .filter_map(|file| std::fs::read(dợ.folder().join(file)).ok())
        .flatten()
        .collect();
    assert!(kept.len() > 4096);
    for token in tokens {
        assert!(!contains(&kept, &token) && !contains(&kept, &tungnha_protocol::wire::token_hash(&token)));
    }
}

#[test]
fn a_host_that_dies_in_the_middle_loses_nothing_that_it_has_acknowledged() {
    let mut chance = Chance::of_today();
    let dợ = Device::with_team("Sồng Thị Dợ");
    dợ.import(&list(LIST));
    let mut station = dợ.serves_the_room();
    let nam = Device::new("Vì Văn Nam");
    nam.join(dợ.invite(1)["link"].as_str().unwrap());
    let doors: Vec<String> = nam.households().iter().map(id_of).collect();
    let began = Instant::now();
    nam.visits(&station);
    let whole = began.elapsed().as_micros() as usize;
    let (mut deaths, mut round) = (0, 0);
    while deaths < 4 {
        round += 1;
        assert!(round < 40, "only {deaths} visits were cut");
        for n in 0..5 {
            nam.meets_head_of(chance.one::<String>(&doors), &format!("Vòng {round} lượt {n}"));
        }
        nam.begin("station_visit", json!({"address": station}));
        let answer = nam.answer_within(Duration::from_micros(chance.below(whole) as u64));
        dợ.kill();
        let answer = answer.unwrap_or_else(|| nam.said());
        let code = &answer["error"]["code"];
        assert!(code.is_null() || code == "station_unreachable", "{answer}");
        deaths += usize::from(!code.is_null());
        station = dợ.serves_the_room();
        // What was acknowledged is not sent again, and is there all the same.
        if code.is_null() {
            assert_eq!(nam.visits(&station)["sent"], 0);
            soon_the_same(&dợ, &nam);
        }
    }
    nam.visits(&station);
    soon_the_same(&dợ, &nam);
    for device in [&dợ, &nam] {
        device.verify_clean();
    }
}
