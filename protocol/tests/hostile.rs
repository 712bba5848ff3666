//! Whatever comes over a wire or is typed: no decoder panics, hangs or takes memory without bound.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use tungnha_protocol::{
    Chunk, Invite, Pass, RelayUrl, SpaceId,
    frames::{Request, Response},
    ids::{Nonce, Proof},
    meet::{JoinRoom, JoinedRoom, Meet, Met, Prove, Proved, Shared},
    wire::{Body, CreateInvite, CreateSpace, InviteCreated, Join, Joined, Registration, SpaceCreated, WireError},
};

fn try_everything(bytes: &[u8]) {
    let _ = Chunk::parse(bytes.to_vec());
    let _ = Request::decode(bytes);
    let _ = Response::decode(bytes, 2);
    let _ = tungnha_protocol::payload::decode(bytes);
    let _ = tungnha_protocol::photo::decode(bytes);
    let _ = tungnha_protocol::photo::check(&[&[0xff, 0xd8][..], bytes].concat());
    let _ = Invite::new("a.vn".parse().unwrap(), [1; 16]).open(bytes);
    let _ = CreateSpace::from_bytes(bytes);
    let _ = SpaceCreated::from_bytes(bytes);
    let _ = CreateInvite::from_bytes(bytes);
    let _ = InviteCreated::from_bytes(bytes);
    let _ = Join::from_bytes(bytes);
    let _ = Joined::from_bytes(bytes);
    let _ = WireError::from_bytes(bytes);
    let _ = (Meet::from_bytes(bytes), Met::from_bytes(bytes), Prove::from_bytes(bytes), Proved::from_bytes(bytes));
    let _ = (JoinRoom::from_bytes(bytes), JoinedRoom::from_bytes(bytes));
    let text = String::from_utf8_lossy(bytes);
    let _ = Invite::parse(&text);
    let _ = Pass::parse(&text);
    let _ = Invite::typed(&text, &text);
    let _ = text.parse::<RelayUrl>();
    let _ = RelayUrl::of_station(&text);
    let _ = text.parse::<SpaceId>();
}

fn bodies() -> Vec<Vec<u8>> {
    let device = tungnha_protocol::DeviceKey::from_bytes(&[1; 32]);
    let invite = Invite::new("relay.vanho.vn".parse().unwrap(), [8; 16]);
    let pass = Pass::new(invite.relay().clone(), [8; 16]);
    let space = SpaceId([3; 16]);
    let create = CreateSpace {
        pass: pass.id(),
        auth: pass.auth(),
        space,
        registration: Registration::sign(&device, &pass.id().0, &[2; 32]),
    };
    let offer = CreateInvite {
        space,
        invite: invite.id(),
        auth_hash: [4; 32],
        envelope: vec![5; 100],
        uses: 10,
        expires_in_s: 86_400,
    };
    let join = Join {
        invite: invite.id(),
        auth: invite.auth(),
        registration: Registration::sign(&device, &invite.id().0, &[2; 32]),
    };
    assert_eq!(CreateSpace::from_bytes(&create.to_bytes()).as_ref(), Ok(&create));
    assert_eq!(CreateInvite::from_bytes(&offer.to_bytes()).as_ref(), Ok(&offer));
    assert_eq!(Join::from_bytes(&join.to_bytes()).as_ref(), Ok(&join));
    let prove = Prove { meeting: Nonce([6; 32]), proofs: vec![Proof([7; 32]); 8] };
    let proved = Proved { shared: vec![Shared { number: 3, proof: Proof([7; 32]) }] };
    let room =
        JoinRoom { meeting: Nonce([6; 32]), registration: join.registration.clone(), name: "Vì Văn Nam".into() };
    assert_eq!(Prove::from_bytes(&prove.to_bytes()).as_ref(), Ok(&prove));
    assert_eq!(Proved::from_bytes(&proved.to_bytes()).as_ref(), Ok(&proved));
    assert_eq!(JoinRoom::from_bytes(&room.to_bytes()).as_ref(), Ok(&room));
    let texts = [invite.link(), pass.link(), invite.code()].map(String::into_bytes);
    let calls =
        [create.to_bytes(), offer.to_bytes(), join.to_bytes(), prove.to_bytes(), proved.to_bytes(), room.to_bytes()];
    calls.into_iter().chain(texts).collect()
}

#[test]
fn bodies_and_texts_cut_or_flipped_anywhere_are_survived() {
    for body in bodies() {
        for at in 0..body.len() {
            try_everything(&body[..at]);
            for bit in 0..8 {
                let mut flipped = body.clone();
                flipped[at] ^= 1 << bit;
                try_everything(&flipped);
            }
        }
    }
}

#[test]
fn a_cut_body_is_no_body() {
    let body = bodies().swap_remove(2);
    for end in 0..body.len() {
        assert!(Join::from_bytes(&body[..end]).is_err(), "cut at {end}");
    }
}

#[test]
fn a_promise_of_more_than_there_is_takes_no_memory() {
    // An array of 2^32 - 1 items, a byte string of 2^63 - 1 bytes, a frame of 2^62 bytes.
    try_everything(&[0x9a, 0xff, 0xff, 0xff, 0xff]);
    try_everything(&[0xa1, 0x02, 0x9a, 0xff, 0xff, 0xff, 0xff]);
    try_everything(&[0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
    try_everything(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x3f, 1]);
    try_everything(&vec![0x81; 100_000]); // arrays in arrays
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn arbitrary_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        try_everything(&bytes);
    }

    #[test]
    fn arbitrary_frames_are_survived(frames in prop::collection::vec(
        (prop_oneof![1u8..4, 16u8..24], prop::collection::vec(any::<u8>(), 0..60)),
        0..8,
    )) {
        let mut bytes = Vec::new();
        for (kind, rest) in frames {
            bytes.push(rest.len() as u8 + 1);
            bytes.push(kind);
            bytes.extend(rest);
        }
        bytes.push(0);
        let _ = Request::decode(&bytes);
        let _ = Response::decode(&bytes, 3);
    }

    #[test]
    fn arbitrary_text_is_survived(text in "\\PC{0,80}", code in "[0-9A-Za-z -]{20,40}") {
        try_everything(text.as_bytes());
        let _ = Invite::typed("a.vn", &code);
    }
}
