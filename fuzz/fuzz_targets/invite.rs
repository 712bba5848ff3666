//! What people paste or type, what a relay answers to a join, and the bodies of the other calls.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tungnha_protocol::wire::{
    Body, CreateInvite, CreateSpace, InviteCreated, Join, Joined, SpaceCreated, WireError,
};
use tungnha_protocol::{Invite, Pass, RelayUrl};

fuzz_target!(|bytes: &[u8]| {
    let invite = Invite::new("relay.example.vn".parse::<RelayUrl>().expect("an address"), [8; 16]);
    let _ = invite.open(bytes);
    let _ = (CreateSpace::from_bytes(bytes), CreateInvite::from_bytes(bytes), Join::from_bytes(bytes));
    let _ = (SpaceCreated::from_bytes(bytes), InviteCreated::from_bytes(bytes), Joined::from_bytes(bytes));
    let _ = WireError::from_bytes(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(invite) = Invite::parse(text) {
        assert_eq!(Invite::parse(&invite.link()).map(|again| again.link()), Ok(invite.link()));
    }
    let _ = Pass::parse(text);
    let (address, code) = text.split_once(' ').unwrap_or((text, text));
    if let Ok(invite) = Invite::typed(address, code) {
        assert_eq!(Invite::typed(address, &invite.code()).map(|again| again.code()), Ok(invite.code()));
    }
    let _ = Pass::typed(address, code);
});
