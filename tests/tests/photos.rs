//! Photos go after records, up and down, whatever the line is like: two notebooks and a relay in one process, so
//! that each request can be looked at.

#![allow(clippy::unwrap_used, reason = "tests")]

use futures_util::FutureExt;
use tempfile::TempDir;
use tungnha_core::clock::Clock;
use tungnha_core::doc::{Scalar, household as keys};
use tungnha_core::domain::visit::day_from_number;
use tungnha_core::domain::{HouseholdId, MemberId, Outcome, PhotoHash, SpaceId, Visit, VisitId};
use tungnha_core::notebook::Notebook;
use tungnha_core::store::{photos, relays, spaces};
use tungnha_core::sync::machine::Exchange;
use tungnha_core::sync::photos::{Fetching, jpeg};
use tungnha_protocol::frames::{PAGE, Request};
use tungnha_protocol::ids::SpaceId as WireSpace;
use tungnha_protocol::keys::SpaceKey;
use tungnha_protocol::wire::Registration;
use tungnha_protocol::{Lane, photo};
use tungnha_relay::exchange::{Asked, answer};
use tungnha_relay::storage::memory::Memory;
use tungnha_relay::storage::{Device, Storage};
use tungnha_tests::Chance;
use tungnha_tests::photo::jpeg as some_photo;
use uuid::Uuid;

const SPACE: SpaceId = SpaceId(Uuid::from_u128(1));
const PAOS: HouseholdId = HouseholdId(Uuid::from_u128(2));
const NOW: u64 = 1_795_000_000;
const RELAY: i64 = 1;

struct Tablet {
    notebook: Notebook,
    _folder: TempDir,
    visits: u128,
}

impl Tablet {
    /// A member's tablet, which the relay knows.
    fn of(name: &str, relay: &Memory) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut notebook = Notebook::open(folder.path(), Clock::from_fn(|| NOW as i64 * 1_000)).unwrap();
        let kept = notebook.write_aside(|db| {
            spaces::insert(db, SPACE, false, &[SpaceKey::from_bytes([7; 32])])?;
            relays::insert(db, "https://relay.example.vn", &[1; 32])
        });
        assert_eq!(kept, Ok(RELAY));
        let token = *blake3::hash(name.as_bytes()).as_bytes();
        let registration = Registration::sign(notebook.device(), &[0; 8], &token);
        relay.admit(vec![WireSpace(*SPACE.bytes())], registration, NOW).now_or_never().unwrap().unwrap();
        let visits = u128::from_be_bytes(token[..16].try_into().unwrap());
        Self { notebook, _folder: folder, visits }
    }

    /// Somebody was not at home; what stood in the way was photographed.
    fn visits(&mut self, pictures: &[Vec<u8>]) -> VisitId {
        self.visits += 1;
        let id = VisitId(Uuid::from_u128(self.visits));
        let hashes: Vec<_> = pictures.iter().map(|jpeg| PhotoHash(photo::hash(jpeg))).collect();
        let visit = Visit {
            day: day_from_number(20_700).unwrap(),
            clock: 1,
            author: MemberId(Uuid::from_u128(3)),
            outcome: Outcome::Absent,
            met: vec![],
            assessments: vec![],
            items: vec![],
            services: vec![],
            need: String::new(),
            note: String::new(),
            obstacle: "Sóng yếu".to_owned(),
            follow_up: None,
            removed: false,
            shown: vec![],
            photos: hashes.clone(),
            with: Vec::new(),
            extra: vec![],
        };
        let written = self.notebook.write_in(SPACE, "", |batch| {
            for (jpeg, hash) in pictures.iter().zip(&hashes) {
                photos::insert(batch.db(), SPACE, *hash, jpeg)?;
            }
            batch.put_household(PAOS, |edit| edit.set(&keys::visit(id), &Scalar::Bytes(visit.encode())))?;
            photos::note_saved(batch.db(), SPACE, &hashes, &[])
        });
        written.unwrap();
        id
    }

    fn shows(&self, visit: VisitId) -> bool {
        let sql = "SELECT 1 FROM visits WHERE id = ?1";
        self.notebook.db().prepare(sql).unwrap().exists([visit.bytes()]).unwrap()
    }

    fn has(&self, picture: &[u8]) -> bool {
        jpeg(self.notebook.db(), SPACE, PhotoHash(photo::hash(picture))).unwrap().as_deref() == Some(picture)
    }

    /// Photos that are here and not at the relay, and those that are known by name.
    fn left(&self) -> (u32, u32) {
        let db = self.notebook.db();
        (photos::waiting(db, SPACE).unwrap(), photos::to_come(db, SPACE).unwrap())
    }

    fn device(&self) -> Device {
        Device { id: self.notebook.device().id(), revoked: false, last_seen: NOW }
    }

    /// An exchange to its end over this line.
    fn exchanges(&mut self, line: &mut impl FnMut(&Device, Vec<u8>) -> Option<Vec<u8>>) -> bool {
        let (device, mut exchange) = (self.device(), Exchange::new(RELAY, [SPACE], PAGE));
        while let Some(request) = exchange.request(&mut self.notebook).unwrap() {
            let Some(answer) = line(&device, request) else { return false };
            exchange.absorb(&mut self.notebook, &answer).unwrap();
        }
        true
    }

    /// Fetches a photo over this line. Whether one came.
    fn fetches(&mut self, line: &mut impl FnMut(&Device, Vec<u8>) -> Option<Vec<u8>>) -> bool {
        let (device, mut fetching) = (self.device(), Fetching::new(RELAY, SPACE));
        let Some(request) = fetching.request(&mut self.notebook).unwrap() else { return false };
        let Some(answer) = line(&device, request) else { return false };
        fetching.absorb(&mut self.notebook, &answer).unwrap();
        true
    }
}

fn at(relay: &Memory, device: &Device, request: &[u8]) -> Vec<u8> {
    let checked = Asked::decode(request).unwrap().check();
    answer(relay, device, NOW, checked).now_or_never().unwrap().unwrap().response.encode()
}

fn pictures(chance: &mut Chance, count: usize) -> Vec<Vec<u8>> {
    (0..count).map(|_| some_photo(chance, 55_000)).collect()
}

/// The lanes of what a request pushes.
fn lanes(request: &[u8]) -> Vec<Lane> {
    Request::decode(request).unwrap().pushes.iter().map(|push| Lane::of(&push.bytes)).collect()
}

#[test]
fn a_record_that_is_saved_while_ten_photos_wait_arrives_before_them() {
    let (relay, mut chance) = (Memory::new(), Chance::seeded(1));
    let mut dợ = Tablet::of("Sồng Thị Dợ", &relay);
    let ten: Vec<Vec<Vec<u8>>> = (0..5).map(|_| pictures(&mut chance, 2)).collect();
    let first: Vec<_> = ten.iter().map(|two| dợ.visits(two)).collect();
    let (device, mut exchange, mut pushed) = (dợ.device(), Exchange::new(RELAY, [SPACE], PAGE), Vec::new());
    let mut late = None;
    while let Some(request) = exchange.request(&mut dợ.notebook).unwrap() {
        pushed.push(lanes(&request));
        exchange.absorb(&mut dợ.notebook, &at(&relay, &device, &request)).unwrap();
        // Two photos have gone when somebody comes to the door.
        if pushed.iter().flatten().filter(|lane| lane.waits()).count() == 2 && late.is_none() {
            late = Some(dợ.visits(&[]));
            assert_eq!(dợ.left(), (8, 0));
        }
    }
    let pushed: Vec<Lane> = pushed.concat();
    let mut expected = vec![Lane::Records, Lane::Blobs, Lane::Blobs, Lane::Records];
    expected.extend([Lane::Blobs; 8]);
    assert_eq!(pushed, expected);
    assert_eq!(dợ.left(), (0, 0));

    // Nam has all records after one exchange, in a few kilobytes, and fetches the photos afterwards.
    let mut nam = Tablet::of("Vì Văn Nam", &relay);
    let mut down = 0;
    let mut line = |device: &Device, request: Vec<u8>| {
        let answer = at(&relay, device, &request);
        down += answer.len();
        Some(answer)
    };
    assert!(nam.exchanges(&mut line));
    assert!(first.into_iter().chain(late).all(|visit| nam.shows(visit)));
    assert_eq!(nam.left(), (0, 10));
    let mut fetched = 0;
    while nam.fetches(&mut line) {
        fetched += 1;
    }
    assert_eq!((fetched, nam.left()), (10, (0, 0)));
    assert!(ten.iter().flatten().all(|picture| nam.has(picture)));
    assert_eq!(nam.notebook.verify().unwrap().problems, Vec::<String>::new());
    let (records, photos) = (4_000, 10 * (55_000 + 400));
    assert!(down < records + photos, "{down} bytes");
    // And nothing is said twice.
    let mut answers = Vec::new();
    for tablet in [&mut dợ, &mut nam] {
        assert!(tablet.exchanges(&mut |device, request| {
            assert!(request.len() <= 45, "{} bytes to say that nothing is new", request.len());
            answers.push(at(&relay, device, &request));
            answers.last().cloned()
        }));
    }
    assert_eq!(answers, [[0], [0]]);
}

#[test]
fn records_get_through_where_no_photo_does() {
    let (relay, mut chance) = (Memory::new(), Chance::seeded(2));
    let (mut dợ, mut nam) = (Tablet::of("Sồng Thị Dợ", &relay), Tablet::of("Vì Văn Nam", &relay));
    // More than twenty kilobytes at once break this line, either way.
    let mut narrow = |device: &Device, request: Vec<u8>| {
        let answer = (request.len() < 20_000).then(|| at(&relay, device, &request));
        answer.filter(|answer| answer.len() < 20_000)
    };
    let mut wide = |device: &Device, request: Vec<u8>| Some(at(&relay, device, &request));
    let shown = pictures(&mut chance, 2);
    let with_photos = dợ.visits(&shown);
    let of_nam = nam.visits(&[]);
    assert!(!dợ.exchanges(&mut narrow), "the photos stay");
    assert_eq!(dợ.left(), (2, 0));
    assert!(nam.exchanges(&mut narrow), "and nothing of them is seen");
    assert!(nam.shows(with_photos) && !nam.has(&shown[0]));
    // In town, Dợ's photos go; on the hillside, Nam is told their names.
    assert!(dợ.exchanges(&mut wide));
    assert!(dợ.shows(of_nam));
    let next = dợ.visits(&[]);
    assert!(dợ.exchanges(&mut wide));
    assert!(nam.exchanges(&mut narrow) && nam.shows(next));
    assert!(!nam.fetches(&mut narrow));
    assert_eq!(nam.left(), (0, 2), "what did not come is asked for again");
    while nam.fetches(&mut wide) {}
    assert!(shown.iter().all(|picture| nam.has(picture)));
    assert_eq!(nam.left(), (0, 0));
}

#[test]
fn on_a_connection_that_costs_no_photo_goes_up() {
    let (relay, mut chance) = (Memory::new(), Chance::seeded(3));
    let mut dợ = Tablet::of("Sồng Thị Dợ", &relay);
    dợ.visits(&pictures(&mut chance, 1));
    let (device, mut exchange) = (dợ.device(), Exchange::new(RELAY, [SPACE], PAGE).without_photos());
    while let Some(request) = exchange.request(&mut dợ.notebook).unwrap() {
        assert!(!lanes(&request).contains(&Lane::Blobs));
        exchange.absorb(&mut dợ.notebook, &at(&relay, &device, &request)).unwrap();
    }
    assert_eq!(dợ.left(), (1, 0));
    let mut free = |device: &Device, request: Vec<u8>| Some(at(&relay, device, &request));
    assert!(dợ.exchanges(&mut free));
    assert_eq!(dợ.left(), (0, 0));
}
