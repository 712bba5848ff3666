//! The bodies of the calls that are not sync, and the error that any call can give.
//!
//! Each is one CBOR map with small integers as keys; a reader ignores keys that it does not know. What
//! authorises is a secret or a signature, never a device's clock: tablets' clocks reset.
//!
//! A device picks its own 32-byte bearer token and tells the relay only its BLAKE3 hash, so that a
//! registration whose answer got lost is repeated with the very same body and gives the same answer.
//! The body is signed by the device: who overhears an invite cannot register somebody else's device.

use std::fmt;

use minicbor::{Decode, Encode};

use crate::{
    cbor,
    ids::{DeviceId, Incarnation, InviteId, LogHash, PassId, SpaceId},
    keys::{DeviceKey, is_signed_by},
    meet::{JoinRoom, JoinedRoom, Meet, Met, Prove, Proved},
};

/// The largest body of these calls, in bytes.
pub const MAX_BODY: usize = 128 * 1024;
/// The longest that an invite may live, in seconds: 90 days.
pub const MAX_INVITE_SECONDS: u64 = 90 * 24 * 60 * 60;

/// The most pages of one checkpoint: 16 MB.
pub const MAX_CHECKPOINT_PAGES: u32 = 256;

/// A body that travels as one CBOR map.
pub trait Body: Sized {
    /// The bytes to send.
    fn to_bytes(&self) -> Vec<u8>;
    /// Reads exactly these bytes.
    fn from_bytes(bytes: &[u8]) -> Result<Self, BadBody>;
}

/// Bytes that are no body of the expected kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the body is malformed")]
pub struct BadBody;

macro_rules! bodies {
    ($($name:ident),*) => {$(
        impl Body for $name {
            fn to_bytes(&self) -> Vec<u8> {
                cbor::to_vec(self)
            }

            fn from_bytes(bytes: &[u8]) -> Result<Self, BadBody> {
                if bytes.len() > MAX_BODY {
                    return Err(BadBody);
                }
                cbor::from_slice(bytes).map_err(|_| BadBody)
            }
        }
    )*};
}
bodies!(
    CreateSpace,
    SpaceCreated,
    CreateInvite,
    InviteCreated,
    Join,
    Joined,
    PutCheckpoint,
    CheckpointKept,
    GetCheckpoint,
    CheckpointPage,
    WireError
);
bodies!(Meet, Met, Prove, Proved, JoinRoom, JoinedRoom);

/// How a device makes itself known: its key, the hash of the token that it picked, its signature.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Registration {
    /// The device.
    #[n(0)]
    pub device: DeviceId,
    /// BLAKE3 of its bearer token.
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    pub token_hash: [u8; 32],
    /// Over `"tungnha register" ‖ id of the invite or pass ‖ token_hash`.
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    pub signature: [u8; 64],
}

impl Registration {
    /// Registers under an invite or pass, given by the 8 bytes of its id, or for a
    /// [meeting](crate::meet::Meeting::ticket).
    pub fn sign(device: &DeviceKey, ticket: &[u8; 8], token: &[u8; 32]) -> Self {
        let token_hash = token_hash(token);
        Self { device: device.id(), token_hash, signature: device.sign(&registration(ticket, &token_hash)) }
    }

    /// Whether the device itself signed it, for this invite or pass.
    pub fn holds_for(&self, ticket: &[u8; 8]) -> bool {
        let message = registration(ticket, &self.token_hash);
        is_signed_by(&self.device, &message, &self.signature)
    }
}

fn registration(ticket: &[u8; 8], token_hash: &[u8; 32]) -> Vec<u8> {
    [b"tungnha register", &ticket[..], token_hash].concat()
}

/// What a relay stores of a device's token.
pub fn token_hash(token: &[u8; 32]) -> [u8; 32] {
    *blake3::hash(token).as_bytes()
}

/// What a relay stores of an invite's or pass's `auth`.
pub fn auth_hash(auth: &[u8; 32]) -> [u8; 32] {
    *blake3::hash(auth).as_bytes()
}

/// `POST /v1/spaces`: open a space on this relay, with a pass.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct CreateSpace {
    /// The pass.
    #[n(0)]
    pub pass: PassId,
    /// What proves that the device holds the pass.
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    pub auth: [u8; 32],
    /// The space to open.
    #[n(2)]
    pub space: SpaceId,
    /// The device that will be its first member here.
    #[n(3)]
    pub registration: Registration,
}

/// The answer to [`CreateSpace`].
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SpaceCreated {
    /// The space's log on this relay.
    #[n(0)]
    pub incarnation: Incarnation,
}

/// `POST /v1/invites`, with a member's bearer token: leave an envelope for newcomers.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct CreateInvite {
    /// The space that they are invited to.
    #[n(0)]
    pub space: SpaceId,
    /// The invite.
    #[n(1)]
    pub invite: InviteId,
    /// The hash of its `auth`.
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    pub auth_hash: [u8; 32],
    /// The sealed envelope.
    #[n(3)]
    #[cbor(with = "minicbor::bytes")]
    pub envelope: Vec<u8>,
    /// How many devices may take it.
    #[n(4)]
    pub uses: u32,
    /// For how long, in seconds from now by the relay's clock, at most [`MAX_INVITE_SECONDS`].
    #[n(5)]
    pub expires_in_s: u64,
}

/// The answer to [`CreateInvite`].
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct InviteCreated {
    /// When it ends, in seconds since 1970 by the relay's clock.
    #[n(0)]
    pub expires_at_s: u64,
}

/// `POST /v1/join`: become a member with an invite.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Join {
    /// The invite.
    #[n(0)]
    pub invite: InviteId,
    /// What proves that the device holds the invite.
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    pub auth: [u8; 32],
    /// The new device.
    #[n(2)]
    pub registration: Registration,
}

/// The answer to [`Join`].
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Joined {
    /// The sealed envelope.
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    pub envelope: Vec<u8>,
}

/// `POST /v1/checkpoints`, with a member's bearer token: leave a page of a checkpoint for newcomers.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PutCheckpoint {
    /// The space.
    #[n(0)]
    pub space: SpaceId,
    /// The page, and where in the log its checkpoint stands.
    #[n(1)]
    pub page: CheckpointPage,
}

/// The answer to [`PutCheckpoint`].
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct CheckpointKept {}

/// `POST /v1/checkpoint`, with a member's bearer token: a page of the newest checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct GetCheckpoint {
    /// The space.
    #[n(0)]
    pub space: SpaceId,
    /// The page, from 0.
    #[n(1)]
    pub page: u32,
    /// Of the checkpoint that stands here, if it is still the newest.
    #[n(2)]
    pub seq: Option<u64>,
}

/// A page of a checkpoint. It covers everything in the log up to and with `seq`.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct CheckpointPage {
    /// The number in the log.
    #[n(0)]
    pub seq: u64,
    /// The log's hash there.
    #[n(1)]
    pub hash: LogHash,
    /// Which page, from 0.
    #[n(2)]
    pub page: u32,
    /// Of how many, at most [`MAX_CHECKPOINT_PAGES`].
    #[n(3)]
    pub pages: u32,
    /// A chunk of kind checkpoint, sealed like any other.
    #[n(4)]
    #[cbor(with = "minicbor::bytes")]
    pub chunk: Vec<u8>,
}

impl fmt::Debug for CreateSpace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CreateSpace({} with pass {})", self.space, self.pass)
    }
}

impl fmt::Debug for Join {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Join({} with {:?})", self.invite, self.registration.device)
    }
}

/// Why a call was not done. The code is for programs, the message for whoever reads a log: what a
/// person sees, the app says in its own words.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, thiserror::Error)]
#[cbor(map)]
#[error("{code}: {message}")]
pub struct WireError {
    /// One of [`code`], or one of a later version.
    #[n(0)]
    pub code: String,
    /// In English, without anything personal or secret.
    #[n(1)]
    pub message: String,
}

impl WireError {
    /// An error with a code of [`code`].
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into() }
    }
}

/// The codes of [`WireError`]. They are never renamed.
pub mod code {
    /// The body cannot be read (400).
    pub const BAD_REQUEST: &str = "bad_request";
    /// The body is too large (413).
    pub const TOO_LARGE: &str = "too_large";
    /// No bearer token, or one that this relay does not know (401).
    pub const UNAUTHORIZED: &str = "unauthorized";
    /// The device was revoked (403).
    pub const DEVICE_REVOKED: &str = "device_revoked";
    /// The device is not a member of that space (403).
    pub const NOT_MEMBER: &str = "not_member";
    /// The registration's signature does not hold (403).
    pub const BAD_SIGNATURE: &str = "bad_signature";
    /// No such invite, or a wrong secret: which of them is not said (404).
    pub const INVITE_UNKNOWN: &str = "invite_unknown";
    /// The invite's time is over (410).
    pub const INVITE_EXPIRED: &str = "invite_expired";
    /// The invite was used as often as it may be (410).
    pub const INVITE_USED_UP: &str = "invite_used_up";
    /// The invite's id is taken by another invite (409).
    pub const INVITE_TAKEN: &str = "invite_taken";
    /// No such pass, or a wrong secret (404).
    pub const PASS_UNKNOWN: &str = "pass_unknown";
    /// The pass's time is over (410).
    pub const PASS_EXPIRED: &str = "pass_expired";
    /// The pass was used as often as it may be (410).
    pub const PASS_USED_UP: &str = "pass_used_up";
    /// The space is open here already: join it by an invite (409).
    pub const SPACE_EXISTS: &str = "space_exists";
    /// The relay has no checkpoint of the space, or not that one (404).
    pub const NO_CHECKPOINT: &str = "no_checkpoint";
    /// The checkpoint stands in another log than the relay's (409).
    pub const OTHER_LOG: &str = "other_log";
    /// No such address (404), or another method (405).
    pub const NOT_FOUND: &str = "not_found";
    /// The device, or its address, asks too often (429); the same again after `Retry-After` seconds.
    pub const TOO_MANY_REQUESTS: &str = "too_many_requests";
    /// There is no room for it on this relay now (507); the same again hours later.
    pub const FULL: &str = "full";
    /// It took too long (408); the same again later.
    pub const TIMEOUT: &str = "timeout";
    /// Too much at once (503); the same again later.
    pub const BUSY: &str = "busy";
    /// No such meeting, or nothing was proved in it: begin another (410).
    pub const MEETING_OVER: &str = "meeting_over";
    /// The relay's own fault, say a full disk (500); nothing was acknowledged.
    pub const INTERNAL: &str = "internal";
}
