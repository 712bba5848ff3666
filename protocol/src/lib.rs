//! The post: what travels between devices and relays, and in which bytes.
//!
//! A team's notebook leaves a device only as sealed, signed [`chunk`]s. A relay numbers them in a
//! per-space [`log`] and hands them on by the [`frames`] of one sync exchange; it never holds a key. Where
//! no wire goes, a [`bundle`] carries them in a file. In a room without internet a device is the relay: a
//! [`meet`]ing comes before the first exchange.
//! An [`invite`] brings the keys to a new member, a [`pass`] lets a device open spaces on a relay, and
//! [`wire`] has the bodies of those other calls with the errors that every call can give.
//!
//! This crate does no I/O, reads no clock and knows no framework. Every decoder here is bounded and
//! takes arbitrary bytes without panicking: what comes from a wire is hostile until parsed. The bytes
//! are specified, with test vectors, in `docs/protocol.md`.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod address;
pub mod bundle;
mod cbor;
pub mod checkpoint;
pub mod chunk;
pub mod frames;
pub mod ids;
pub mod invite;
pub mod keys;
pub mod log;
pub mod meet;
pub mod pass;
pub mod payload;
pub mod photo;
mod ticket;
pub mod wire;

pub use address::{RelayUrl, is_near_ip};
pub use chunk::{Chunk, ChunkError, Kind, Lane};
pub use ids::{ChunkId, DeviceId, DocId, Fingerprint, Incarnation, InviteId, KeyId, PassId, SpaceId};
pub use invite::{Envelope, Invite};
pub use keys::{DeviceKey, SpaceKey};
pub use log::{LogHash, RollingHash};
pub use pass::Pass;
pub use ticket::TicketError;

/// Fresh bytes from the operating system.
///
/// # Panics
/// When the operating system has no randomness to give: nothing that this project does is safe then.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}
