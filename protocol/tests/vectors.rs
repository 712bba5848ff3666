//! The test vectors of `docs/protocol.md`: whoever writes another client checks against these, and so
//! do we, against the document itself.
#![allow(clippy::unwrap_used)]

use data_encoding::HEXLOWER;
use tungnha_protocol::{
    Chunk, ChunkId, DeviceKey, DocId, Envelope, Incarnation, Invite, Kind, Lane, Pass, RollingHash, SpaceId, SpaceKey,
    bundle,
    checkpoint::{Document, Reader, Step, Writer},
    chunk::{SealInput, seal},
    frames::{Hello, Request},
    ids::Nonce,
    meet::{Meeting, MeetingKey, Side},
    payload::{self, Folded},
    photo,
};

const DOCUMENT: &str = include_str!("../../docs/protocol.md");

/// The value of `name = …` in the document, with its lines joined.
fn documented(name: &str) -> String {
    let start = DOCUMENT.find(&format!("\n{name} = ")).unwrap_or_else(|| panic!("no {name}"));
    let value = &DOCUMENT[start + name.len() + 4..];
    let end = value.find("\n\n").unwrap_or(value.len()).min(value.find("\n```").unwrap());
    let value = &value[..end];
    let lines = value.lines().enumerate().take_while(|(i, line)| *i == 0 || line.starts_with(' '));
    lines.map(|(_, line)| line.trim()).collect()
}

fn check(name: &str, value: impl AsRef<[u8]>) {
    assert_eq!(HEXLOWER.encode(value.as_ref()), documented(name), "{name}");
}

fn sequence<const N: usize>(first: u8) -> [u8; N] {
    std::array::from_fn(|i| first + i as u8)
}

#[test]
fn the_documented_chunk_is_the_one_that_is_sealed() {
    let (key, device) = (SpaceKey::from_bytes(sequence(0x20)), DeviceKey::from_bytes(&sequence(0x40)));
    check("key_id", key.id().0);
    check("device", device.id().0);
    let folded = |proof, builds_on, body: &[u8]| Folded { proof, builds_on, body: body.to_vec() };
    let first = folded(sequence(0x70), vec![], b"first change");
    let second = folded(sequence(0x78), vec![sequence(0x70)], b"second change");
    let docs = vec![(DocId(sequence(0x60)), vec![first, second])];
    check("dictionary", blake3::hash(payload::DICTIONARY).as_bytes());
    let chunk = seal(SealInput {
        kind: Kind::Data,
        lane: Lane::Records,
        space: SpaceId(sequence(0)),
        key: &key,
        device: &device,
        nonce: sequence(0x80),
        plaintext: b"plaintext",
    })
    .unwrap();
    check("chunk", chunk.bytes());
    check("chunk_id", chunk.id().0);
    let jpeg = HEXLOWER.decode(documented("photo").as_bytes()).unwrap();
    check("photo_hash", photo::hash(&jpeg));
    let chunk = seal(SealInput {
        kind: Kind::Photo,
        lane: Lane::Blobs,
        space: SpaceId(sequence(0)),
        key: &key,
        device: &device,
        nonce: sequence(0xa0),
        plaintext: &photo::encode(&jpeg),
    })
    .unwrap();
    check("photo_chunk", chunk.bytes());
    assert_eq!(photo::decode(&chunk.open(&key).unwrap()), Ok(jpeg.as_slice()));
    let written = HEXLOWER.decode(documented("payload").as_bytes()).unwrap();
    assert_eq!(payload::decode(&written).unwrap(), docs);
    let written = HEXLOWER.decode(documented("chunk").as_bytes()).unwrap();
    assert_eq!(Chunk::parse(written).unwrap().open(&key).unwrap(), b"plaintext");
}

#[test]
fn the_documented_checkpoint_is_the_one_that_is_written() {
    let step = |builds_on, body: &[u8]| Step { builds_on, body: body.to_vec() };
    let changes = vec![step(vec![], b"first change"), step(vec![1], b"second change")];
    let documents = [Document { id: DocId(sequence(0x60)), heads: vec![sequence(0x70)], changes }];
    let mut writer = Writer::new(SpaceId(sequence(0)));
    writer.section(&documents).unwrap();
    check("checkpoint", writer.finish().concat());
    let written = HEXLOWER.decode(documented("checkpoint").as_bytes()).unwrap();
    assert_eq!(Reader::new(SpaceId(sequence(0))).read(&written).unwrap().documents, documents);
}

#[test]
fn the_documented_log_is_the_one_that_is_hashed() {
    let start = RollingHash::start(&Incarnation(sequence(0)));
    let one = start.then(&ChunkId([0x11; 32]));
    let two = one.then(&ChunkId([0x22; 32]));
    check("h0", start.hash.0);
    check("h1", one.hash.0);
    check("h2", two.hash.0);
    let hellos = vec![Hello::at(SpaceId(sequence(0)), two)];
    check("request", Request { hellos: hellos.clone(), ..Request::default() }.encode());
    let hellos = hellos.into_iter().map(|hello| Hello { later: Some(true), ..hello }).collect();
    check("request_later", Request { hellos, ..Request::default() }.encode());
}

#[test]
fn the_documented_invite_is_the_one_that_is_derived() {
    let invite = Invite::new("https://relay.example.vn".parse().unwrap(), sequence(0));
    assert_eq!(invite.link(), documented("invite_link"));
    assert_eq!(invite.code(), documented("invite_code"));
    check("invite_id", invite.id().0);
    check("invite_auth", invite.auth());
    let keyring = vec![SpaceKey::from_bytes(sequence(0x20))];
    let envelope = Envelope { space: SpaceId(sequence(0)), name: "Tổ 1".into(), keyring };
    check("envelope", invite.seal(&envelope, sequence(0x80)));
    let pass = Pass::new("https://relay.example.vn".parse().unwrap(), sequence(0));
    assert_eq!(pass.link(), documented("pass_link"));
    check("pass_auth", pass.auth());
}

#[test]
fn the_documented_file_is_the_one_that_is_written() {
    let chunk = HEXLOWER.decode(documented("chunk").as_bytes()).unwrap();
    let head = bundle::Head::new(SpaceId(sequence(0)), 1, chunk.len() as u64).unwrap();
    let (mut writer, mut file) = bundle::Writer::begin(head);
    check("file_head", &file);
    file.extend(writer.chunk(&chunk));
    file.extend(writer.finish());
    check("file_hash", &file[file.len() - 32..]);
    let written =
        HEXLOWER.decode([documented("file_head"), "000000ac".into(), documented("chunk")].concat().as_bytes());
    let closed = HEXLOWER.decode(documented("file_hash").as_bytes());
    let mut reader = bundle::Reader::new();
    let chunks = reader.push(&[written.unwrap(), closed.unwrap()].concat()).unwrap();
    assert_eq!(chunks, [Chunk::parse(chunk).unwrap()]);
    assert_eq!(reader.finish(), Ok(head));
}

#[test]
fn the_documented_meeting_is_the_one_that_is_proved() {
    let key = MeetingKey::of(&SpaceKey::from_bytes(sequence(0x20)));
    let certificate = sequence(0xa0);
    let meeting = Meeting { certificate, visitor: Nonce(sequence(0)), station: Nonce(sequence(0x40)) };
    check("meeting_visitor", meeting.proof(Side::Visitor, &key).0);
    check("meeting_station", meeting.proof(Side::Station, &key).0);
    check("meeting_ticket", meeting.ticket());
    let invite = Invite::at_station("https://192.168.1.12:47474".parse().unwrap(), sequence(0));
    assert_eq!(invite.link(), documented("station_link"));
    assert_eq!(invite.code(), documented("station_code"));
    check("station_auth", invite.auth_at(&certificate));
}
