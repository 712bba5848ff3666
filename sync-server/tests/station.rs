//! A station's own calls: who is of the team comes in, and nobody else learns anything.
#![allow(clippy::unwrap_used)]

mod common;
mod http_client;

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use common::*;
use http_client::{Answer, call};
use tungnha_protocol::{
    SpaceId, SpaceKey,
    frames::{Hello, Push, Request, Response},
    ids::{Nonce, Proof},
    meet::{JoinRoom, JoinedRoom, MEETING_SECONDS, Meet, Meeting, MeetingKey, Met, Prove, Proved, Side},
    wire::{Body, Registration, WireError, code},
};
use tungnha_relay::{Heard, Relay, Room, station_router, storage::sqlite::Sqlite};

const CERTIFICATE: [u8; 32] = [9; 32];

/// Dợ's station, without the TLS around it.
struct Place {
    address: SocketAddr,
    clock: Arc<AtomicU64>,
    heard: Arc<Mutex<Vec<Heard>>>,
    runtime: tokio::runtime::Runtime,
    folder: tempfile::TempDir,
}

fn team_key() -> MeetingKey {
    MeetingKey::of(&SpaceKey::from_bytes([3; 32]))
}

impl Place {
    fn new() -> Self {
        Self::open(tempfile::tempdir().unwrap())
    }

    /// Closes the station, and opens it again another day.
    fn reopened(self) -> Self {
        self.runtime.shutdown_background();
        Self::open(self.folder)
    }

    fn open(folder: tempfile::TempDir) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let (clock, heard) = (Arc::new(AtomicU64::new(MONDAY)), Arc::<Mutex<Vec<Heard>>>::default());
        let (time, hear) = (clock.clone(), heard.clone());
        let storage = Sqlite::open(&folder.path().join("station.db")).unwrap();
        runtime.block_on(storage.forget_members()).unwrap();
        let relay = Relay { clock: Arc::new(move || time.load(Ordering::SeqCst)), ..Relay::new(storage) };
        let room = Room {
            certificate: CERTIFICATE,
            // An older key of the ring, and the newest.
            keys: [[2; 32], [3; 32]].map(|key| (space("tổ"), MeetingKey::of(&SpaceKey::from_bytes(key)))).into(),
            device: device("Dợ").key.id(),
            name: "Sồng Thị Dợ".into(),
            hear: Box::new(move |what| hear.lock().unwrap().push(what)),
        };
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let router = station_router(relay, room);
        runtime.spawn(async move { axum::serve(listener, router).await });
        Self { address, clock, heard, runtime, folder }
    }

    fn post(&self, path: &str, body: &impl Body) -> Answer {
        call(self.address, "POST", path, None, &body.to_bytes())
    }

    fn begin(&self) -> Meeting {
        let visitor = Nonce::random();
        let met = Met::from_bytes(self.post("/v1/meet", &Meet { nonce: visitor }).ok()).unwrap();
        Meeting { certificate: CERTIFICATE, visitor, station: met.nonce }
    }

    fn prove(&self, meeting: &Meeting, proofs: Vec<Proof>) -> Proved {
        let answer = self.post("/v1/meet/prove", &Prove { meeting: meeting.station, proofs });
        Proved::from_bytes(answer.ok()).unwrap()
    }

    fn join(&self, meeting: &Meeting, who: &Device) -> Answer {
        let registration = Registration::sign(&who.key, &meeting.ticket(), &who.token);
        self.post("/v1/meet/join", &JoinRoom { meeting: meeting.station, registration, name: "Vì Văn Nam".into() })
    }

    fn sync(&self, who: &Device, space: SpaceId) -> Answer {
        let pushes = vec![Push { space_index: 0, bytes: who.visit(space, "visit").bytes().to_vec() }];
        let hellos = vec![Hello::at(space, tungnha_protocol::RollingHash::NONE)];
        let request = Request { hellos, pushes, offers: vec![] };
        call(self.address, "POST", "/v1/sync", Some(&who.token), &request.encode())
    }
}

fn error(answer: &Answer) -> String {
    WireError::from_bytes(&answer.body).unwrap().code
}

#[test]
fn a_member_proves_is_shown_and_comes_in() {
    let (place, nam) = (Place::new(), device("Nam"));
    let meeting = place.begin();
    let mut proofs: Vec<_> = std::iter::repeat_with(Proof::random).take(8).collect();
    proofs[5] = meeting.proof(Side::Visitor, &team_key());
    let proved = place.prove(&meeting, proofs);
    assert_eq!(proved.shared.len(), 1);
    assert_eq!(proved.shared[0].number, 5);
    assert!(meeting.holds(Side::Station, &team_key(), &proved.shared[0].proof));
    assert_eq!(*place.heard.lock().unwrap(), [], "nobody is named yet");
    // A lost answer is asked for again.
    for _ in 0..2 {
        let joined = JoinedRoom::from_bytes(place.join(&meeting, &nam).ok()).unwrap();
        assert_eq!((joined.device, joined.name.as_str()), (device("Dợ").key.id(), "Sồng Thị Dợ"));
    }
    let answer = Response::decode(place.sync(&nam, space("tổ")).ok(), 1).unwrap();
    assert_eq!((answer.spaces[0].acks.len(), answer.spaces[0].refused.len()), (1, 0));
    let answer = Response::decode(place.sync(&nam, space("tổ khác")).ok(), 1).unwrap();
    assert_eq!(answer.spaces[0].refused.len(), 1, "of what was proved alone");
    let came = Heard::Came { device: nam.key.id(), name: "Vì Văn Nam".into() };
    assert_eq!(*place.heard.lock().unwrap(), [came.clone(), came, Heard::Asked, Heard::Asked]);
}

#[test]
fn who_came_to_an_earlier_opening_comes_in_anew() {
    let (place, nam) = (Place::new(), device("Nam"));
    let meeting = place.begin();
    place.prove(&meeting, vec![meeting.proof(Side::Visitor, &team_key())]);
    place.join(&meeting, &nam).ok();
    place.sync(&nam, space("tổ")).ok();

    let place = place.reopened();
    assert_eq!(error(&place.sync(&nam, space("tổ"))), code::UNAUTHORIZED, "the token of that day opens nothing");
    let meeting = place.begin();
    place.prove(&meeting, vec![meeting.proof(Side::Visitor, &team_key())]);
    place.join(&meeting, &nam).ok();
    let answer = Response::decode(place.sync(&nam, space("tổ")).ok(), 1).unwrap();
    assert_eq!(answer.spaces[0].pulls.len(), 1, "what was brought that day is still there");
}

#[test]
fn an_older_key_of_the_ring_will_do_and_a_space_is_told_once() {
    let place = Place::new();
    let meeting = place.begin();
    let old = MeetingKey::of(&SpaceKey::from_bytes([2; 32]));
    let proofs = [&team_key(), &old].map(|key| meeting.proof(Side::Visitor, key)).to_vec();
    let proved = place.prove(&meeting, proofs);
    assert_eq!(proved.shared.iter().map(|shared| shared.number).collect::<Vec<_>>(), [0]);
}

#[test]
fn whoever_proves_nothing_gets_nowhere() {
    let (place, stranger) = (Place::new(), device("Người lạ"));
    let meeting = place.begin();
    assert_eq!(error(&place.join(&meeting, &stranger)), code::MEETING_OVER, "before any proof");
    // Another team's proof, the right key under another certificate, and a proof of another meeting.
    let other = MeetingKey::of(&SpaceKey::from_bytes([4; 32]));
    let between = Meeting { certificate: [8; 32], ..meeting };
    let replayed = place.begin().proof(Side::Visitor, &team_key());
    let mirrored = meeting.proof(Side::Station, &team_key());
    for proof in [
        meeting.proof(Side::Visitor, &other),
        between.proof(Side::Visitor, &team_key()),
        replayed,
        mirrored,
        Proof::random(),
    ] {
        assert_eq!(place.prove(&meeting, vec![proof; 8]), Proved { shared: vec![] });
    }
    assert_eq!(error(&place.join(&meeting, &stranger)), code::MEETING_OVER);
    assert_eq!(error(&place.sync(&stranger, space("tổ"))), code::UNAUTHORIZED);
    assert_eq!(*place.heard.lock().unwrap(), [], "the host is not told of strangers");
    // Nobody opens spaces or makes invites from outside.
    for path in ["/v1/spaces", "/v1/invites"] {
        assert_eq!(call(place.address, "POST", path, None, b"").status, 404, "{path}");
    }
    let too_many = Prove { meeting: meeting.station, proofs: vec![Proof::random(); 65] };
    assert_eq!(place.post("/v1/meet/prove", &too_many).status, 400);
}

#[test]
fn a_copy_of_the_hosts_folder_does_not_lock_the_host_out() {
    let (place, copy) = (Place::new(), device("Dợ"));
    let meeting = place.begin();
    assert_eq!(place.prove(&meeting, vec![meeting.proof(Side::Visitor, &team_key())]).shared.len(), 1);
    assert_eq!(error(&place.join(&meeting, &copy)), code::BAD_REQUEST);
    assert_eq!(error(&place.sync(&copy, space("tổ"))), code::UNAUTHORIZED);
    assert_eq!(*place.heard.lock().unwrap(), []);
}

#[test]
fn a_registration_is_for_its_own_meeting_and_a_meeting_ends() {
    let (place, nam) = (Place::new(), device("Nam"));
    let (first, second) = (place.begin(), place.begin());
    for meeting in [&first, &second] {
        place.prove(meeting, vec![meeting.proof(Side::Visitor, &team_key())]);
    }
    let registration = Registration::sign(&nam.key, &first.ticket(), &nam.token);
    let elsewhere = JoinRoom { meeting: second.station, registration, name: String::new() };
    assert_eq!(error(&place.post("/v1/meet/join", &elsewhere)), code::BAD_SIGNATURE);
    place.clock.fetch_add(MEETING_SECONDS, Ordering::SeqCst);
    assert_eq!(error(&place.join(&first, &nam)), code::MEETING_OVER);
}
