//! Somebody means harm: a stranger who reaches the relay, and a traitor who was invited. Neither
//! stops the team, and the relay has nothing to give away.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER};
use serde_json::{Value, json};
use tungnha_core::sync::http;
use tungnha_protocol::chunk::{self, Chunk, Kind, Lane, MAX_CHUNK, SealInput, seal};
use tungnha_protocol::frames::{Hello, Push, Refusal, Request, Response, SpaceAnswer};
use tungnha_protocol::ids::{DocId, SpaceId};
use tungnha_protocol::keys::{DeviceKey, SpaceKey};
use tungnha_protocol::log::RollingHash;
use tungnha_protocol::payload::{self, Folded};
use tungnha_protocol::wire::{Body, Join, Joined, Registration};
use tungnha_protocol::{Invite, random_bytes};
use tungnha_tests::{Device, Relay, list};

/// Somebody who was let in, and now speaks to the relay without our app.
struct Traitor {
    relay: String,
    device: DeviceKey,
    token: [u8; 32],
    space: SpaceId,
    key: SpaceKey,
}

impl Traitor {
    fn joined_with(link: &str) -> Self {
        let (invite, device, token) = (Invite::parse(link).unwrap(), DeviceKey::random(), random_bytes());
        let registration = Registration::sign(&device, invite.id().as_bytes(), &token);
        let call = Join { invite: invite.id(), auth: invite.auth(), registration };
        let relay = invite.relay().to_string();
        let answer = http::post(&relay, "/v1/join", None, call.to_bytes()).unwrap();
        let envelope = invite.open(&Joined::from_bytes(&answer).unwrap().envelope).unwrap();
        let key = envelope.keyring[0].clone();
        Self { relay, device, token, space: envelope.space, key }
    }

    fn says(&self, request: Vec<u8>) -> Result<SpaceAnswer, &'static str> {
        let answer = http::post(&self.relay, "/v1/sync", Some(&self.token), request).map_err(|e| e.code())?;
        Ok(Response::decode(&answer, 1).unwrap().spaces.remove(0))
    }

    fn pushes(&self, chunks: Vec<Vec<u8>>) -> SpaceAnswer {
        let pushes = chunks.into_iter().map(|bytes| Push { space_index: 0, bytes }).collect();
        let hellos = vec![Hello::at(self.space, RollingHash::NONE)];
        self.says(Request { hellos, pushes, offers: vec![] }.encode()).unwrap()
    }

    fn seals(&self, space: SpaceId, plaintext: &[u8]) -> Vec<u8> {
        let (kind, lane, key, device) = (Kind::Data, Lane::Records, &self.key, &self.device);
        let sealed = seal(SealInput { kind, lane, space, key, device, nonce: random_bytes(), plaintext });
        sealed.unwrap().bytes().to_vec()
    }

    /// Every chunk of the log that a page brings.
    fn reads(&self) -> Vec<Vec<u8>> {
        let pulls = self.pushes(vec![]).pulls.into_iter();
        pulls
            .filter_map(|pull| match pull.body {
                tungnha_protocol::frames::PullBody::Bytes(bytes) => Some(bytes),
                _ => None,
            })
            .collect()
    }
}

/// Dợ and Nam with the list, each with visits of their own, all of it at the relay.
fn a_team_at_work() -> (Relay, Device, Device) {
    let relay = Relay::start();
    let dợ = Device::with_team("Sồng Thị Dợ");
    dợ.ok("relay_connect", json!({"pass": relay.pass()}));
    let nam = dợ.joined_by("Vì Văn Nam");
    dợ.import(&list("01-mau-chuan.xlsx"));
    both_sync(&dợ, &nam);
    (relay, dợ, nam)
}

fn both_sync(dợ: &Device, nam: &Device) {
    for device in [dợ, nam, dợ] {
        device.sync();
    }
}

fn work_goes_on(dợ: &Device, nam: &Device, visits: usize) {
    let doors = nam.households();
    nam.meets_head_of(doors[0]["id"].as_str().unwrap(), "Việc vẫn đi tiếp");
    both_sync(dợ, nam);
    let notebook = dợ.export();
    assert_eq!(notebook["totals"]["visits"], visits);
    assert_eq!(nam.export(), notebook);
    dợ.verify_clean();
    nam.verify_clean();
}

#[test]
fn what_a_traitor_sends_is_refused_and_the_team_works_on() {
    let (_relay, dợ, nam) = a_team_at_work();
    let traitor = Traitor::joined_with(dợ.invite(1)["link"].as_str().unwrap());
    let theirs = traitor.reads();
    assert!(!theirs.is_empty());
    let good = theirs[0].clone();

    let truncated = good[..good.len() / 2].to_vec();
    let oversized = [good.as_slice(), &vec![0; MAX_CHUNK]].concat();
    let mut forged = good.clone();
    *forged.last_mut().unwrap() ^= 1;
    // A visit of Dợ's, moved to another household by whoever holds the key: not signed by her.
    let mut altered = good.clone();
    altered[100] ^= 1;
    let elsewhere = traitor.seals(SpaceId(random_bytes()), b"hello");
    for (bytes, why) in [
        (truncated, Refusal::BadSignature),
        (good[..50].to_vec(), Refusal::Malformed),
        (oversized, Refusal::Malformed),
        (forged, Refusal::BadSignature),
        (altered, Refusal::BadSignature),
        (elsewhere, Refusal::OtherSpace),
    ] {
        let answer = traitor.pushes(vec![bytes]);
        let codes: Vec<_> = answer.refused.iter().map(|refused| refused.code).collect();
        assert_eq!((codes, answer.acks.len()), (vec![why], 0));
    }

    // What was there already, once more: it keeps its number.
    let before = traitor.pushes(vec![]).welcome.unwrap().head;
    let again = traitor.pushes(theirs.clone());
    assert_eq!(again.welcome.unwrap().head, before);
    let ids: Vec<_> = again.acks.iter().map(|ack| (ack.seq, ack.id)).collect();
    let expected: Vec<_> = (1..).zip(theirs.iter().map(|bytes| Chunk::id_of(bytes))).collect();
    assert_eq!(ids, expected);

    // Requests that are none.
    for request in [vec![], vec![0xff; 100], vec![0x05, 1, 2], vec![0xff; 2 << 20]] {
        let refused = traitor.says(request).unwrap_err();
        assert!(["relay_answer", "too_large", "offline"].contains(&refused), "{refused}");
    }
    work_goes_on(&dợ, &nam, 1);
}

#[test]
fn what_only_members_can_read_is_kept_apart_when_it_is_poison() {
    let (_relay, dợ, nam) = a_team_at_work();
    let traitor = Traitor::joined_with(dợ.invite(1)["link"].as_str().unwrap());
    let door = dợ.households()[0]["id"].as_str().unwrap().to_owned();
    let doc = DocId(BASE64URL_NOPAD.decode(door.as_bytes()).unwrap().try_into().unwrap());
    let folded = |builds_on: Vec<[u8; 4]>| Folded { proof: [7; 8], builds_on, body: b"not a change at all".to_vec() };
    let mut bomb = vec![payload::VERSION, 0];
    bomb.extend([0xff; 200]);
    // Signed by a member and sealed under the team's key: no relay can tell.
    let poison = [
        b"".to_vec(),
        b"\x01nonsense".to_vec(),
        b"\x63of a version to come".to_vec(),
        bomb,
        payload::encode(&[(doc, vec![folded(vec![])])]).unwrap(),
        payload::encode(&[(doc, vec![folded(vec![[1; 4], [2; 4]])])]).unwrap(),
        payload::encode(&[(DocId(traitor.space.0), vec![folded(vec![[3; 4]; 500])])]).unwrap(),
        vec![9; chunk::MAX_PLAINTEXT],
    ];
    let count = poison.len();
    let answer = traitor.pushes(poison.iter().map(|plain| traitor.seals(traitor.space, plain)).collect());
    assert_eq!(answer.acks.len(), count);

    work_goes_on(&dợ, &nam, 1);
    for device in [&dợ, &nam] {
        assert_eq!(device.ok("sync_status", json!({}))["quarantined"], count, "{}", device.name());
        assert_eq!(device.ok("household_get", json!({"household": door}))["visits"].as_array().unwrap().len(), 1);
    }
    // Who joins now gets over it as well.
    let lan = dợ.joined_by("Lò Thị Lan");
    assert_eq!(lan.households().len(), 120);
    lan.verify_clean();
}

#[test]
fn a_change_in_somebody_elses_name_freezes_no_household() {
    let (_relay, dợ, nam) = a_team_at_work();
    let door = dợ.households()[0]["id"].as_str().unwrap().to_owned();
    dợ.meets_head_of(&door, "Đã gặp");
    dợ.sync();
    let traitor = Traitor::joined_with(dợ.invite(1)["link"].as_str().unwrap());
    let doc = DocId(BASE64URL_NOPAD.decode(door.as_bytes()).unwrap().try_into().unwrap());
    // Another first change under the actor of the list's first change: Automerge takes one of them only.
    let changes = traitor.reads().into_iter().flat_map(|bytes| {
        let plain = Chunk::parse(bytes).unwrap().open(&traitor.key).unwrap();
        payload::decode(&plain).unwrap().into_iter().filter(|(of, _)| *of == doc).flat_map(|(_, changes)| changes)
    });
    let first = changes.into_iter().find(|change| change.builds_on.is_empty()).expect("the list's change");
    let (length, actor) = first.body.split_first().unwrap();
    let actor = automerge::ActorId::from(&actor[..usize::from(*length)]);
    let mut other = automerge::AutoCommit::new().with_actor(actor);
    automerge::transaction::Transactable::put(&mut other, automerge::ROOT, "phone", "0900000000").unwrap();
    let hash = other.commit().unwrap();
    let poison = other.get_change_by_hash(&hash).unwrap();
    let folded = tungnha_core::sync::fold::fold(&hash.0, poison.raw_bytes()).unwrap();
    let plain = payload::encode(&[(doc, vec![folded])]).unwrap();
    assert_eq!(traitor.pushes(vec![traitor.seals(traitor.space, &plain)]).acks.len(), 1);

    for evening in 1..3 {
        nam.sync();
        nam.meets_head_of(&door, "Nam cũng đã gặp");
        work_goes_on(&dợ, &nam, 1 + 2 * evening);
        assert_eq!(dợ.ok("sync_status", json!({}))["quarantined"], 1);
    }
}

#[test]
fn a_stranger_gets_nothing_and_stops_nobody() {
    let (relay, dợ, nam) = a_team_at_work();
    let space = SpaceId(random_bytes());
    let hello = Request { hellos: vec![Hello::at(space, RollingHash::NONE)], ..Request::default() }.encode();
    let url = relay.url();
    assert_eq!(http::post(&url, "/v1/sync", None, hello.clone()).unwrap_err().code(), "unauthorized");
    assert_eq!(http::post(&url, "/v1/sync", Some(&[7; 32]), hello).unwrap_err().code(), "unauthorized");
    // Bytes that are no HTTP, requests that promise more than they bring, and lines left open.
    let mut left_open = Vec::new();
    for said in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01"[..],
        b"POST /v1/sync HTTP/1.1\r\ncontent-length: 99999999999999999999\r\n\r\n",
        b"POST /v1/sync HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nabc",
        b"POST /v1/join HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n",
        b"GET /../../etc/passwd HTTP/1.1\r\nhost: x\r\n\r\n",
        &[b'A'; 100_000],
    ] {
        let mut line = TcpStream::connect(relay.address()).unwrap();
        let _ = line.write_all(said);
        let mut cut = line.try_clone().unwrap();
        left_open.push(line);
        let _ = cut.shutdown(Shutdown::Write);
        let mut answer = Vec::new();
        let _ = cut.read_to_end(&mut answer);
        assert!(!answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    }
    left_open.extend((0..100).map(|_| TcpStream::connect(relay.address()).unwrap()));
    work_goes_on(&dợ, &nam, 1);
}

/// A text in all the forms in which it might lie in a file.
fn forms(text: &str) -> Vec<Vec<u8>> {
    let utf16: Vec<u16> = text.encode_utf16().collect();
    let little: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    let mut forms = vec![text.as_bytes().to_vec(), little, big];
    // In base64 a text looks another way for each of the three places that it can begin at.
    for skipped in 0..3 {
        let bytes = [&vec![0; skipped], text.as_bytes()].concat();
        for encoded in [BASE64_NOPAD.encode(&bytes), BASE64URL_NOPAD.encode(&bytes)] {
            forms.push(encoded.as_bytes()[(skipped * 8).div_ceil(6)..bytes.len() * 8 / 6].to_vec());
        }
    }
    forms
}

fn holds(everything: &[u8], wanted: &[u8]) -> bool {
    let first = wanted[0];
    let mut from = 0;
    while let Some(at) = everything[from..].iter().position(|byte| *byte == first) {
        if everything[from + at..].starts_with(wanted) {
            return true;
        }
        from += at + 1;
    }
    false
}

#[test]
fn the_relay_has_nothing_to_give_away() {
    let relay = Relay::start();
    let dợ = Device::with_team("Sồng Thị Dợ");
    let pass = relay.pass();
    dợ.ok("relay_connect", json!({"pass": pass}));
    let nam = dợ.joined_by("Vì Văn Nam");
    let invite = dợ.invite(2);
    let traitor = Traitor::joined_with(invite["link"].as_str().unwrap());
    dợ.import(&list("02-nhan-khau-xa.xlsx"));
    for row in &dợ.households()[..10] {
        dợ.meets_head_of(row["id"].as_str().unwrap(), "Nhà cuối bản, hẹn tối thứ năm");
    }
    both_sync(&dợ, &nam);

    let rows = dợ.households();
    let text = |row: &Value, field: &str| row[field].as_str().unwrap().to_owned();
    let mut known: Vec<String> = rows[..50].iter().map(|row| text(row, "head")).collect();
    known.extend(rows.iter().map(|row| text(row, "phone")).filter(|phone| !phone.is_empty()).take(50));
    known.extend(["Nhà cuối bản", "Sồng Thị Dợ", "Vì Văn Nam", "Tổ CNSCĐ", "Hang Trùng"].map(str::to_owned));
    assert!(known.len() > 100, "{}", known.len());

    // While it runs, the file and its write-ahead log; and when it has stopped, what stays.
    let (logged, said_by_app) = (relay.log(), dợ.log() + &nam.log());
    assert!(logged.contains("DEBUG") || logged.contains("INFO"), "the log is on: {logged}");
    let mut relay = relay;
    let mut everything = relay.kept_bytes();
    relay.stop();
    everything.extend(relay.kept_bytes());
    everything.extend(logged.as_bytes());
    assert!(holds(&everything, &traitor.space.0), "the search itself works");
    for text in &known {
        for form in forms(text) {
            assert!(!holds(&everything, &form), "{text}");
        }
    }
    // Neither the relay nor the apps write a secret into a log, and the relay into no file.
    everything.extend(said_by_app.as_bytes());
    let secret = |link: &str| BASE64URL_NOPAD.decode(link.split_once('#').unwrap().1.as_bytes()).unwrap();
    let secrets = [
        traitor.token.to_vec(),
        traitor.key.as_bytes().to_vec(),
        secret(&pass),
        secret(invite["link"].as_str().unwrap()),
        Invite::parse(invite["link"].as_str().unwrap()).unwrap().auth().to_vec(),
    ];
    for secret in secrets {
        for form in
            [secret.clone(), BASE64URL_NOPAD.encode(&secret).into_bytes(), HEXLOWER.encode(&secret).into_bytes()]
        {
            assert!(!holds(&everything, &form), "a secret in {form:?}");
        }
    }
    assert!(!holds(&everything, invite["code"].as_str().unwrap().as_bytes()));
    assert!(!String::from_utf8_lossy(&everything).contains("Bearer "), "a token in a log");
}
