//! Chunks that are out of the ordinary: each is kept, and none is taken for what it is not.

use automerge::ActorId;
use data_encoding::BASE64;
use tempfile::TempDir;
use tungnha_core::clock::Clock;
use tungnha_core::doc::{Change, Doc};
use tungnha_core::domain::{PhotoHash, SpaceId};
use tungnha_core::notebook::Notebook;
use tungnha_core::store::{self, chunks, documents, relays, spaces};
use tungnha_core::sync::apply::take_in;
use tungnha_core::sync::checkpoint;
use tungnha_core::sync::file::{self, Contents, Source};
use tungnha_core::sync::fill::Filling;
use tungnha_core::sync::fold::fold;
use tungnha_core::sync::machine::Exchange;
use tungnha_core::sync::rows::{Fill, Memory, Since};
use tungnha_core::sync::start::Start;
use tungnha_protocol::bundle::{Head, Writer};
use tungnha_protocol::chunk::{self, Chunk, Kind, Lane, MAX_PLAINTEXT, SealInput};
use tungnha_protocol::frames::{PAGE, Pull, PullBody, Refusal, Refused, Request, Response, SpaceAnswer, Welcome};
use tungnha_protocol::ids::{ChunkId, DocId, Incarnation, SpaceId as WireSpace};
use tungnha_protocol::keys::{DeviceKey, SpaceKey};
use tungnha_protocol::log::RollingHash;
use tungnha_protocol::payload;
use tungnha_protocol::wire::{Body, CheckpointPage};

const FIRST: SpaceId = SpaceId(uuid::Uuid::from_u128(1));
const SECOND: SpaceId = SpaceId(uuid::Uuid::from_u128(2));
const RELAY: i64 = 1;

fn key() -> SpaceKey {
    SpaceKey::from_bytes([7; 32])
}

/// A notebook that knows two spaces and a relay.
fn notebook() -> (Notebook, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut notebook = Notebook::open(folder.path(), Clock::from_fn(|| 1_795_000_000_000)).expect("opens");
    let made = notebook.write_aside(|db| {
        [FIRST, SECOND].iter().try_for_each(|space| spaces::insert(db, *space, false, &[key()]))?;
        relays::insert(db, "https://relay.example.vn", &[1; 32])
    });
    assert_eq!(made, Ok(RELAY));
    (notebook, folder)
}

/// Somebody else's first change to a document, then their second.
fn two_changes() -> Vec<Change> {
    let (mut doc, actor) = (Doc::new(), ActorId::from([5; 16]));
    let mut write =
        |phone| doc.write(&actor, "nam", 0, |edit| edit.text("phone", phone)).expect("writes").expect("new");
    vec![write("0912345678"), write("0912345687")]
}

fn sealed(kind: Kind, space: SpaceId, changes: &[(DocId, &Change)]) -> Chunk {
    sealed_by(&DeviceKey::from_bytes(&[9; 32]), kind, space, changes)
}

fn sealed_by(device: &DeviceKey, kind: Kind, space: SpaceId, changes: &[(DocId, &Change)]) -> Chunk {
    let folded = changes.iter().map(|(doc, change)| (*doc, vec![fold(&change.hash.0, &change.bytes).expect("folds")]));
    chunk::seal(SealInput {
        kind,
        lane: Lane::Records,
        space: WireSpace(*space.bytes()),
        key: &key(),
        device,
        nonce: [changes.len() as u8; 24],
        plaintext: &payload::encode(&folded.collect::<Vec<_>>()).expect("is small"),
    })
    .expect("is small")
}

/// Takes a chunk in. How many changes were new.
fn take(notebook: &mut Notebook, chunk: &Chunk) -> u32 {
    let taken = notebook.transact(FIRST, |rows| {
        rows.insert(&chunk.id(), false, chunk.bytes())?;
        take_in(rows, vec![chunk.bytes().to_vec()])
    });
    taken.expect("takes it").0
}

fn phone(notebook: &Notebook, doc: DocId) -> Option<String> {
    let doc = documents::load(notebook.db(), FIRST, &doc.0).expect("loads");
    let entry = doc.entries().expect("reads").into_iter().find(|entry| entry.key == "phone")?;
    entry.value.text().map(str::to_owned)
}

#[test]
fn a_kind_that_is_known_by_name_only_waits() {
    let (mut notebook, _folder) = notebook();
    let doc = DocId([3; 16]);
    for (kind, waiting) in [(Kind::Keys, 1), (Kind::Redaction, 2), (Kind::Unknown(77), 3)] {
        assert_eq!(take(&mut notebook, &sealed(kind, FIRST, &[(doc, &two_changes()[0])])), 0, "{kind:?}");
        assert_eq!(chunks::quarantined_count(notebook.db(), FIRST), Ok(waiting));
        assert_eq!(phone(&notebook, doc), None, "{kind:?}");
    }
}

#[test]
fn two_documents_that_begin_alike_have_a_change_each() {
    let (mut notebook, _folder) = notebook();
    let (changes, one, other) = (two_changes(), DocId([3; 16]), DocId([4; 16]));
    assert_eq!(take(&mut notebook, &sealed(Kind::Data, FIRST, &[(one, &changes[0]), (other, &changes[0])])), 2);
    assert_eq!(take(&mut notebook, &sealed(Kind::Data, FIRST, &[(other, &changes[1])])), 1);
    assert_eq!(phone(&notebook, one).as_deref(), Some("0912345678"));
    assert_eq!(phone(&notebook, other).as_deref(), Some("0912345687"));
    assert_eq!(notebook.verify().expect("checks").problems, Vec::<String>::new());
}

#[test]
fn a_file_with_what_this_device_has_signed_and_does_not_have_shows_its_double() {
    let (mut notebook, _folder) = notebook();
    let doubled = |notebook: &Notebook| store::setting(notebook.db(), store::DOUBLE).expect("reads").is_some();
    let mine = notebook.device().clone();
    for (by, shows) in [(DeviceKey::from_bytes(&[9; 32]), false), (mine, true)] {
        let chunk = sealed_by(&by, Kind::Data, FIRST, &[(DocId([3; 16]), &two_changes()[0])]);
        let head = Head::new(WireSpace(*FIRST.bytes()), 1, chunk.bytes().len() as u64).expect("fits");
        let (mut writer, mut file) = Writer::begin(head);
        file.extend(writer.chunk(chunk.bytes()));
        file.extend(writer.finish());
        let text = BASE64.encode(&file);
        let taken = notebook.transact(FIRST, |rows| file::take(rows, Source::Base64(&text), |_| {}));
        assert_eq!(taken.expect("takes it").0.new_chunks, 1);
        assert_eq!(doubled(&notebook), shows);
    }
}

#[test]
fn a_space_waits_while_another_one_fills_the_page() {
    let (mut notebook, _folder) = notebook();
    let start = RollingHash::start(&Incarnation([8; 16]));
    let welcome = Some(Welcome { incarnation: Incarnation([8; 16]), head: start });
    let empty = SpaceAnswer { welcome, ..SpaceAnswer::default() };
    let mut exchange = Exchange::new(RELAY, [FIRST, SECOND], PAGE);
    assert!(exchange.request(&mut notebook).expect("asks").is_some());
    exchange.absorb(&mut notebook, &Response { spaces: vec![empty.clone(), empty] }.encode()).expect("two empty logs");

    let chunk = sealed(Kind::Data, FIRST, &[(DocId([3; 16]), &two_changes()[0])]);
    let pulls = vec![Pull { seq: 1, body: PullBody::Bytes(chunk.into_bytes()) }];
    let full = SpaceAnswer { pulls, ..SpaceAnswer::default() };
    let waiting = SpaceAnswer { more: Some(1), ..SpaceAnswer::default() };
    let mut exchange = Exchange::new(RELAY, [FIRST, SECOND], PAGE);
    assert!(exchange.request(&mut notebook).expect("asks").is_some());
    let answer = Response { spaces: vec![full, waiting.clone()] }.encode();
    assert_eq!(exchange.absorb(&mut notebook, &answer).expect("goes on").received, 1);

    assert!(exchange.request(&mut notebook).expect("asks for the rest").is_some());
    let stuck = exchange.absorb(&mut notebook, &Response { spaces: vec![waiting] }.encode());
    assert_eq!(stuck.expect_err("nothing at all came").code(), "relay_answer");
}

/// An answer about a log of which this device has everything.
fn nothing_new() -> SpaceAnswer {
    let start = RollingHash::start(&Incarnation([8; 16]));
    SpaceAnswer { welcome: Some(Welcome { incarnation: Incarnation([8; 16]), head: start }), ..SpaceAnswer::default() }
}

fn refusing(id: Option<ChunkId>, code: Refusal) -> SpaceAnswer {
    SpaceAnswer { refused: vec![Refused { id, code }], ..SpaceAnswer::default() }
}

/// Talks to the end; the answers are taken in turn. What was asked.
fn converse(notebook: &mut Notebook, exchange: &mut Exchange, answers: Vec<Vec<SpaceAnswer>>) -> Vec<Request> {
    let mut asked = Vec::new();
    for spaces in answers {
        let request = exchange.request(notebook).expect("asks").expect("something is to be said");
        asked.push(Request::decode(&request).expect("is a request"));
        exchange.absorb(notebook, &Response { spaces }.encode()).expect("takes the answer in");
    }
    assert_eq!(exchange.request(notebook).expect("ends"), None);
    asked
}

#[test]
fn a_space_that_a_relay_does_not_take_holds_up_no_other() {
    let (mut notebook, _folder) = notebook();
    let mut exchange = Exchange::new(RELAY, [FIRST, SECOND], PAGE);
    let answers = vec![vec![refusing(None, Refusal::NotMember), nothing_new()]];
    converse(&mut notebook, &mut exchange, answers);
    assert_eq!(exchange.denied().next(), Some((FIRST, Refusal::NotMember)));
}

#[test]
fn what_finds_no_room_at_a_relay_is_told_and_is_not_brought_again_at_once() {
    let (mut notebook, _folder) = notebook();
    converse(&mut notebook, &mut Exchange::new(RELAY, [FIRST], PAGE), vec![vec![nothing_new()]]);
    let chunk = sealed(Kind::Data, FIRST, &[(DocId([3; 16]), &two_changes()[0])]);
    let kept = notebook.transact(FIRST, |rows| rows.insert(&chunk.id(), true, chunk.bytes()));
    kept.expect("keeps it");
    let mut exchange = Exchange::new(RELAY, [FIRST], PAGE);
    let asked = converse(&mut notebook, &mut exchange, vec![vec![refusing(Some(chunk.id()), Refusal::Full)]]);
    assert_eq!(asked[0].pushes.len(), 1);
    assert_eq!(exchange.denied().next(), Some((FIRST, Refusal::Full)));
    let mut exchange = Exchange::new(RELAY, [FIRST], PAGE);
    let asked = converse(&mut notebook, &mut exchange, vec![vec![SpaceAnswer::default()]]);
    assert_eq!((asked[0].pushes.len(), exchange.denied().next()), (0, None));
}

#[test]
fn a_relay_that_was_set_back_before_the_checkpoint_is_read_anew() {
    let (mut notebook, _folder) = notebook();
    let reached = RollingHash::start(&Incarnation([8; 16]));
    let end = reached.then(&Chunk::id_of(b"is gone"));
    let fill = Some(Fill { reached, end });
    let begun = notebook.transact(FIRST, |rows| {
        rows.set_place(RELAY, end)?;
        rows.set_fill(RELAY, fill)
    });
    begun.expect("begins");
    let mut fetch = |more| {
        let mut filling = Filling::new(RELAY, FIRST, PAGE);
        assert!(filling.request(&mut notebook).expect("asks").is_some());
        let answer = Response { spaces: vec![SpaceAnswer { more, ..SpaceAnswer::default() }] };
        let fetched = filling.absorb(&mut notebook, &answer.encode());
        let (left, _) = notebook.transact(FIRST, |rows| Ok((rows.fill(RELAY)?, rows.place(RELAY)?))).expect("reads");
        (fetched, left)
    };
    let (kept_back, left) = fetch(Some(1));
    assert_eq!(kept_back.expect_err("there is more, and none of it came").code(), "relay_answer");
    assert_eq!(left, (fill, end));
    assert_eq!(fetch(None), (Ok((0, 0)), (None, RollingHash::NONE)));
}

/// A notebook that began from a checkpoint of the relay, and has not fetched what is older.
fn filling_notebook() -> (Notebook, TempDir) {
    let (mut notebook, folder) = notebook();
    let end = RollingHash::start(&Incarnation([8; 16])).then(&Chunk::id_of(b"is older"));
    let begun = notebook.transact(FIRST, |rows| {
        let (id, mut doc) = (DocId([3; 16]), Doc::new());
        for change in two_changes() {
            doc.apply(vec![automerge::Change::from_bytes(change.bytes.clone()).expect("is a change")])?;
            rows.note_unfilled(&id, &change)?;
        }
        rows.keep(&id, &doc)?;
        rows.set_place(RELAY, end)?;
        rows.set_fill(RELAY, Some(Fill { reached: RollingHash::NONE, end }))
    });
    begun.expect("begins");
    (notebook, folder)
}

#[test]
fn what_came_in_a_checkpoint_reaches_another_relay_even_if_the_first_is_never_seen_again() {
    let (mut notebook, _folder) = filling_notebook();
    let asked = converse(&mut notebook, &mut Exchange::new(RELAY, [FIRST], PAGE), vec![vec![SpaceAnswer::default()]]);
    assert!(asked[0].pushes.is_empty(), "it is on its way here");

    let other = notebook.write_aside(|db| relays::insert(db, "https://other.example.vn", &[2; 32])).expect("is new");
    let mut exchange = Exchange::new(other, [FIRST], PAGE);
    let brought = [(); 2].map(|()| {
        let asked = exchange.request(&mut notebook).expect("asks").expect("something is to be said");
        exchange.absorb(&mut notebook, &Response { spaces: vec![nothing_new()] }.encode()).expect("takes it in");
        Request::decode(&asked).expect("is a request").pushes.len()
    });
    assert_eq!(brought, [0, 1], "first it hears what the relay has");
}

#[test]
fn a_file_has_what_came_in_a_checkpoint() {
    let (mut notebook, _folder) = filling_notebook();
    let mut gather = |since| notebook.transact(FIRST, |rows| Contents::gather(rows, since));
    assert_eq!(gather(Since::Relay(RELAY)).expect_err("the relay has all of it").code(), "nothing_new");
    assert_eq!(gather(Since::Beginning).expect("has it").0.records(), 2);
}

#[test]
fn what_waited_for_something_in_a_checkpoint_is_taken_in_with_its_last_page() {
    let (mut there, _folder) = notebook();
    let (doc, changes) = (DocId([3; 16]), two_changes());
    take(&mut there, &sealed(Kind::Data, FIRST, &[(doc, &changes[0])]));
    let (documents, _) = there.transact(FIRST, |rows| rows.documents()).expect("reads");
    let pages = checkpoint::write(FIRST, &documents, MAX_PLAINTEXT).expect("writes");
    let [page] = &pages[..] else { panic!("it is small") };

    let (mut here, _folder) = notebook();
    let mut start = Start::new(RELAY, FIRST);
    assert!(start.request(&mut here).expect("asks").is_some());
    assert_eq!(take(&mut here, &sealed(Kind::Data, FIRST, &[(doc, &changes[1])])), 0, "it builds on the other");
    let chunk = chunk::seal(SealInput {
        kind: Kind::Checkpoint,
        lane: Lane::Records,
        space: WireSpace(*FIRST.bytes()),
        key: &key(),
        device: &DeviceKey::from_bytes(&[9; 32]),
        nonce: [1; 24],
        plaintext: page,
    });
    let chunk = chunk.expect("is small").into_bytes();
    let hash = RollingHash::start(&Incarnation([8; 16])).then(&Chunk::id_of(b"is older")).hash;
    let answer = CheckpointPage { seq: 1, hash, page: 0, pages: 1, chunk }.to_bytes();
    assert_eq!(start.absorb(&mut here, &answer).expect("takes it").received, 2);
    assert_eq!(phone(&here, doc).as_deref(), Some("0912345687"));
    assert_eq!(chunks::quarantined_count(here.db(), FIRST), Ok(0));
}

#[test]
fn a_chunk_for_which_a_relay_had_no_room_is_tried_again_hours_later_and_a_bad_one_is_not() {
    const NOW: i64 = 1_795_000_000_000;
    const HOUR: i64 = 60 * 60 * 1000;
    let (mut notebook, _folder) = notebook();
    let change = &two_changes()[0];
    let both = [DocId([3; 16]), DocId([4; 16])].map(|doc| sealed(Kind::Data, FIRST, &[(doc, change)]));
    both.iter().for_each(|chunk| _ = take(&mut notebook, chunk));
    let [no_room, bad] = both.map(|chunk| chunks::find(notebook.db(), &chunk.id()).expect("reads").expect("is here"));
    let missing = |notebook: &Notebook, at| {
        let held = relays::missing_at(notebook.db(), RELAY, FIRST, at).expect("reads");
        held.into_iter().map(|held| held.row).collect::<Vec<_>>()
    };
    assert_eq!(missing(&notebook, NOW), [no_room, bad]);
    let refused = notebook.write_aside(|db| {
        relays::refused(db, RELAY, no_room, &format!("{:?}", Refusal::Full), NOW)?;
        relays::refused(db, RELAY, bad, &format!("{:?}", Refusal::BadSignature), NOW)
    });
    assert_eq!(refused, Ok(()));
    assert!(missing(&notebook, NOW + HOUR).is_empty());
    assert_eq!(missing(&notebook, NOW + 4 * HOUR), [no_room]);
    assert_eq!(missing(&notebook, NOW - HOUR), [no_room], "the clock was wrong then, or is now");
    let arrived = notebook.write_aside(|db| relays::arrived(db, RELAY, FIRST, no_room, 1, NOW + 4 * HOUR));
    assert_eq!(arrived, Ok(true));
    assert!(missing(&notebook, NOW + 9 * HOUR).is_empty());
}

/// A photo chunk as somebody else's device would seal it, with anything in it.
fn sealed_photo(plaintext: &[u8]) -> Chunk {
    let (key, device, space) = (key(), DeviceKey::from_bytes(&[9; 32]), WireSpace(*FIRST.bytes()));
    let nonce = std::array::from_fn(|at| blake3::hash(plaintext).as_bytes()[at]);
    let (kind, lane) = (Kind::Photo, Lane::Blobs);
    chunk::seal(SealInput { kind, lane, space, key: &key, device: &device, nonce, plaintext }).expect("seals")
}

#[test]
fn what_comes_as_a_photo_and_is_none_is_kept_and_shown_nowhere() {
    let (mut notebook, _folder) = notebook();
    let photo = b"\xff\xd8\xff\xc0\x00\x0b\x08\x00\x10\x00\x10\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00*\xff\xd9";
    let (good, later) = ([&[1], &photo[..]].concat(), [&[2], &photo[..]].concat());
    let exif = [&good[..3], b"\xff\xe1\x00\x08Exif21", &good[3..]].concat();
    let hostile: [&[u8]; 6] = [b"", b"\x01", b"\x01\x89PNG", b"\x01<svg onload=alert(1)>", &exif, &later];
    for plaintext in hostile.into_iter().chain([good.as_slice()]) {
        let chunk = sealed_photo(plaintext);
        let taken = notebook.transact(FIRST, |rows| {
            rows.insert(&chunk.id(), false, chunk.bytes())?;
            take_in(rows, vec![chunk.bytes().to_vec()])
        });
        assert_eq!(taken.expect("taken in").0, 0, "a photo is no record");
    }
    let db = notebook.db();
    assert_eq!(chunks::quarantined_count(db, FIRST), Ok(6));
    let shown = store::photos::all(db).expect("reads");
    assert_eq!(shown, [(FIRST, PhotoHash(tungnha_protocol::photo::hash(photo)))]);
    assert_eq!(notebook.verify().expect("verifies").problems, Vec::<String>::new());
}
