//! The post as its users see it: chunks, exchanges and invites that come back as they were sent.
#![allow(clippy::unwrap_used)]

use tungnha_protocol::{
    Chunk, ChunkError, ChunkId, DeviceKey, Envelope, Fingerprint, Incarnation, Invite, Kind, Lane, LogHash, Pass,
    RelayUrl, RollingHash, SpaceId, SpaceKey, TicketError,
    chunk::{MAX_CHUNK, MAX_PLAINTEXT, OVERHEAD, SealInput, seal},
    frames::{Ack, Hello, Offer, Pull, PullBody, Push, Refusal, Refused, Request, Response, SpaceAnswer, Welcome},
    wire::{Body, Registration, WireError, code},
};

const VAN_HO: SpaceId = SpaceId([1; 16]);

fn sealed_by(device: &DeviceKey, key: &SpaceKey, plaintext: &[u8]) -> Chunk {
    let (kind, lane, space, nonce) = (Kind::Data, Lane::Records, VAN_HO, [9; 24]);
    seal(SealInput { kind, lane, space, key, device, nonce, plaintext }).unwrap()
}

fn hoa() -> DeviceKey {
    DeviceKey::from_bytes(&[2; 32])
}

fn team_key() -> SpaceKey {
    SpaceKey::from_bytes([3; 32])
}

/// The same bytes with another first byte or so, signed anew by Hoà's device.
fn resigned(chunk: &Chunk, change: impl Fn(&mut [u8])) -> Vec<u8> {
    let mut body = chunk.bytes()[..chunk.bytes().len() - 64].to_vec();
    change(&mut body);
    let hash = blake3::hash(&body);
    let signature = hoa().sign(&[b"tungnha chunk", &hash.as_bytes()[..]].concat());
    body.extend(signature);
    body
}

#[test]
fn what_hoa_sealed_opens_for_whoever_has_the_key() {
    let chunk = sealed_by(&hoa(), &team_key(), "đã gặp".as_bytes());
    let carried = Chunk::parse(chunk.bytes().to_vec()).unwrap();
    assert_eq!(carried, chunk);
    assert_eq!(carried.id(), Chunk::id_of(chunk.bytes()));
    assert_eq!(carried.header().device, hoa().id());
    assert_eq!(carried.open(&team_key()).unwrap(), "đã gặp".as_bytes());
    let other = SpaceKey::from_bytes([4; 32]);
    assert_eq!(carried.open(&other), Err(ChunkError::OtherKey(team_key().id())));
}

#[test]
fn sealing_again_gives_the_same_bytes() {
    let once = sealed_by(&hoa(), &team_key(), b"visit");
    assert_eq!(once, sealed_by(&hoa(), &team_key(), b"visit"));
    assert_eq!(once.bytes().len(), b"visit".len() + OVERHEAD);
}

#[test]
fn any_flipped_bit_and_any_cut_is_refused() {
    let chunk = sealed_by(&hoa(), &team_key(), b"visit");
    for at in 0..chunk.bytes().len() {
        let mut bytes = chunk.bytes().to_vec();
        bytes[at] ^= 1 << (at % 8);
        assert!(Chunk::parse(bytes).is_err(), "bit flipped in byte {at}");
        assert!(Chunk::parse(chunk.bytes()[..at].to_vec()).is_err(), "cut at {at}");
    }
}

#[test]
fn a_chunk_of_a_later_version_is_kept_but_stays_shut() {
    let chunk = sealed_by(&hoa(), &team_key(), b"visit");
    let later = Chunk::parse(resigned(&chunk, |body| body[0] = 2)).unwrap();
    assert!(!later.is_understood());
    assert_eq!(later.open(&team_key()), Err(ChunkError::UnknownVersion(2)));
    let of_new_kind = Chunk::parse(resigned(&chunk, |body| body[1] = 77)).unwrap();
    assert!(!of_new_kind.is_understood());
    assert_eq!(of_new_kind.header().kind, Kind::Unknown(77));
}

#[test]
fn a_header_cannot_be_put_on_another_inside() {
    let chunk = sealed_by(&hoa(), &team_key(), b"visit");
    let moved = Chunk::parse(resigned(&chunk, |body| body[3] = 99)).unwrap();
    assert_ne!(moved.header().space, VAN_HO);
    assert_eq!(moved.open(&team_key()), Err(ChunkError::DoesNotOpen));
}

#[test]
fn the_largest_chunk_fits_and_one_byte_more_does_not() {
    let largest = sealed_by(&hoa(), &team_key(), &vec![0; MAX_PLAINTEXT]);
    assert_eq!(largest.bytes().len(), MAX_CHUNK);
    assert!(Chunk::parse(largest.into_bytes()).is_ok());
    assert_eq!(Chunk::parse(vec![0; MAX_CHUNK + 1]), Err(ChunkError::TooLarge));
}

#[test]
fn no_news_for_three_spaces_is_tiny() {
    let place = RollingHash::start(&Incarnation([5; 16]));
    let place = (0..4_960).fold(place, |place, i| place.then(&ChunkId([i as u8; 32])));
    let hellos = (0..3).map(|i| Hello::at(SpaceId([i; 16]), place)).collect();
    let request = Request { hellos, ..Request::default() }.encode();
    let response = Response { spaces: vec![SpaceAnswer::default(); 3] }.encode();
    assert_eq!(response, [0]);
    assert!(request.len() + response.len() <= 150, "{} bytes", request.len() + 1);
}

fn request() -> Request {
    let place = RollingHash::start(&Incarnation([5; 16])).then(&ChunkId([1; 32]));
    let new_here = Hello {
        max_bytes: Some(9_000),
        whole: Some(true),
        later: Some(true),
        ..Hello::at(SpaceId([2; 16]), RollingHash::NONE)
    };
    let bytes = sealed_by(&hoa(), &team_key(), b"visit").into_bytes();
    Request {
        hellos: vec![Hello::at(VAN_HO, place), new_here],
        pushes: vec![Push { space_index: 0, bytes: bytes.clone() }, Push { space_index: 1, bytes }],
        offers: vec![Offer { space_index: 1, chunks: vec![Fingerprint([8; 8]), Fingerprint([9; 8])] }],
    }
}

fn response() -> Response {
    let (incarnation, id) = (Incarnation([5; 16]), ChunkId([6; 32]));
    let head = RollingHash { seq: 300, hash: LogHash([7; 16]) };
    let first = SpaceAnswer {
        welcome: Some(Welcome { incarnation, head }),
        acks: vec![Ack { id, seq: 300 }, Ack { id, seq: 12 }],
        refused: vec![Refused { id: Some(id), code: Refusal::BadSignature }],
        pulls: vec![
            Pull { seq: 298, body: PullBody::Redacted(id) },
            Pull { seq: 299, body: PullBody::Bytes(vec![1, 2, 3]) },
            Pull { seq: 300, body: PullBody::Id(id) },
            Pull { seq: 301, body: PullBody::Later(id) },
        ],
        more: Some(70_000),
        wants: vec![Fingerprint([9; 8])],
        rewind: None,
    };
    let second = SpaceAnswer {
        rewind: Some(incarnation),
        refused: vec![Refused { id: None, code: Refusal::Other(99) }],
        ..SpaceAnswer::default()
    };
    Response { spaces: vec![first, SpaceAnswer::default(), second] }
}

#[test]
fn an_exchange_comes_over_as_it_was_meant() {
    assert_eq!(Request::decode(&request().encode()), Ok(request()));
    assert_eq!(Response::decode(&response().encode(), 3), Ok(response()));
}

#[test]
fn a_message_cut_anywhere_is_refused() {
    let (request, response) = (request().encode(), response().encode());
    for end in 0..request.len() {
        assert!(Request::decode(&request[..end]).is_err(), "request cut at {end}");
    }
    for end in 0..response.len() {
        assert!(Response::decode(&response[..end], 3).is_err(), "response cut at {end}");
    }
    assert!(Request::decode(&[request, vec![0]].concat()).is_err());
}

#[test]
fn frames_and_items_of_a_later_version_are_skipped() {
    let unknown = [4, 200, 0xff, 0xff, 0xff];
    let bytes = [&unknown, request().encode().as_slice()].concat();
    assert_eq!(Request::decode(&bytes), Ok(request()));
    let bytes = [&unknown, response().encode().as_slice()].concat();
    assert_eq!(Response::decode(&bytes, 3), Ok(response()));
    // MORE { space 0, head 5, and an item that only later versions know }
    let more = Response::decode(&[5, 21, 0x83, 0, 5, 0x0a, 0], 1).unwrap();
    assert_eq!(more.spaces[0].more, Some(5));
}

#[test]
fn a_frame_for_a_space_that_was_not_introduced_is_refused() {
    let lost = Push { space_index: 2, bytes: vec![1] };
    let request = Request { pushes: vec![lost], ..request() };
    assert!(Request::decode(&request.encode()).is_err());
    assert!(Response::decode(&response().encode(), 2).is_err());
}

#[test]
fn lan_joins_by_link_and_her_grandfather_by_typing() {
    let invite = Invite::new("relay.vanho.vn".parse().unwrap(), [8; 16]);
    let keyring = vec![SpaceKey::from_bytes([1; 32]), team_key()];
    let envelope = Envelope { space: VAN_HO, name: "Tổ bản Hua Tạt".into(), keyring };
    let sealed = invite.seal(&envelope, [4; 24]);

    let lan = Invite::parse(&format!("  {}\n", invite.link())).unwrap();
    assert_eq!(lan.open(&sealed).unwrap(), envelope);

    let typed = invite.code().to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
    let grandfather = Invite::typed("Relay.VanHo.vn", &typed).unwrap();
    assert_eq!(grandfather, invite);
    assert_eq!((grandfather.id(), grandfather.auth()), (invite.id(), invite.auth()));

    let stranger = Invite::new(invite.relay().clone(), [9; 16]);
    assert_eq!(stranger.open(&sealed), Err(TicketError::DoesNotOpen));
    for at in 0..sealed.len() {
        let mut bytes = sealed.clone();
        bytes[at] ^= 1 << (at % 8);
        assert!(invite.open(&bytes).is_err(), "bit flipped in byte {at}");
        assert!(invite.open(&sealed[..at]).is_err(), "cut at {at}");
    }
}

#[test]
fn an_invite_at_a_station_says_so_by_itself() {
    let station = RelayUrl::of_station("192.168.1.12").unwrap();
    let invite = Invite::at_station(station.clone(), [7; 16]);
    let read = [Invite::parse(&invite.link()).unwrap(), Invite::typed("192.168.1.12", &invite.code()).unwrap()];
    assert_eq!(read, [invite.clone(), invite.clone()]);
    assert!(read.iter().all(Invite::is_at_station));
    // The same secret at a relay is another code and another `auth`, and each certificate has its own.
    let relay = Invite::new(station, [7; 16]);
    assert!(!Invite::typed("192.168.1.12", &relay.code()).unwrap().is_at_station());
    assert_ne!(invite.auth_at(&[1; 32]), invite.auth_at(&[2; 32]));
    assert_ne!(invite.auth_at(&[1; 32]), relay.auth());
    // It is in the room or nowhere.
    let far = invite.link().replace("192.168.1.12:47474", "relay.vanho.vn");
    assert_eq!(Invite::parse(&far), Err(TicketError::BadAddress));
    assert_eq!(Pass::parse(&invite.link()), Err(TicketError::OtherKind));
}

#[test]
fn every_single_typing_error_in_a_code_is_caught() {
    let relay = "relay.vanho.vn";
    let code: Vec<char> = Invite::new(relay.parse().unwrap(), [0xa5; 16]).code().chars().collect();
    assert_eq!(code.len(), 28 + 6);
    let refused = |code: Vec<char>| Invite::typed(relay, &code.iter().collect::<String>()).is_err();
    for at in (0..code.len()).filter(|at| code[*at] != '-') {
        for wrong in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars().filter(|c| *c != code[at]) {
            let mut typed = code.clone();
            typed[at] = wrong;
            assert!(refused(typed), "{wrong} at {at}");
        }
        let mut shorter = code.clone();
        shorter.remove(at);
        assert!(refused(shorter), "one missing at {at}");
        let next = (at + 1..code.len()).find(|next| code[*next] != '-').unwrap_or(at);
        let mut swapped = code.clone();
        swapped.swap(at, next);
        assert!(swapped == code || refused(swapped), "exchanged at {at}");
    }
}

#[test]
fn a_damaged_or_foreign_link_says_what_is_wrong() {
    let relay: tungnha_protocol::RelayUrl = "relay.vanho.vn".parse().unwrap();
    let (invite, pass) = (Invite::new(relay.clone(), [8; 16]), Pass::new(relay, [8; 16]));
    let link = invite.link();
    assert_eq!(Pass::parse(&pass.link()), Ok(pass.clone()));
    assert_eq!(Invite::parse(&pass.link()), Err(TicketError::OtherKind));
    assert_eq!(Pass::parse(&link), Err(TicketError::OtherKind));
    assert_eq!(Invite::parse(&link[..link.len() - 1]), Err(TicketError::DamagedLink));
    assert_eq!(Invite::parse(link.split('#').next().unwrap()), Err(TicketError::DamagedLink));
    assert_eq!(Invite::parse("https://zalo.me/g/abc"), Err(TicketError::NotALink));
    assert_eq!(Invite::parse("mã mời của tổ"), Err(TicketError::NotALink));
    assert_eq!(Invite::parse(&link.replace("https", "http")), Err(TicketError::NotEncrypted));
    assert_ne!(invite.auth(), pass.auth());
}

#[test]
fn no_secret_is_ever_printed() {
    let relay: tungnha_protocol::RelayUrl = "relay.vanho.vn".parse().unwrap();
    let invite = Invite::new(relay.clone(), [8; 16]);
    let secret = invite.link().split_once('#').unwrap().1.to_owned();
    let printed = format!("{invite:?} {:?}", Pass::new(relay, [8; 16]));
    assert!(!printed.contains(&secret), "{printed}");
}

#[test]
fn a_registration_holds_for_its_own_invite_only() {
    let invite = Invite::new("relay.vanho.vn".parse().unwrap(), [8; 16]);
    let registration = Registration::sign(&hoa(), &invite.id().0, &[6; 32]);
    assert!(registration.holds_for(&invite.id().0));
    assert!(!registration.holds_for(&[0; 8]));
    let stolen = Registration { device: DeviceKey::from_bytes(&[7; 32]).id(), ..registration.clone() };
    assert!(!stolen.holds_for(&invite.id().0));
    let other_token = Registration { token_hash: [0; 32], ..registration };
    assert!(!other_token.holds_for(&invite.id().0));
}

#[test]
fn an_error_of_a_later_version_is_still_an_error() {
    let error = WireError::new("brand_new", "something new");
    assert_eq!(WireError::from_bytes(&error.to_bytes()), Ok(error));
    let error = WireError::new(code::INVITE_EXPIRED, "the invite has expired");
    assert_eq!(error.to_string(), "invite_expired: the invite has expired");
}
