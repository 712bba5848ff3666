//! One sync exchange: a request and its response, for all of a device's spaces at once.
//!
//! ```text
//! frame    = length(LEB128, of what follows) | type(1) | CBOR array | raw bytes, in PUSH, OFFER, PULL and WANT
//! request  = HELLO* (PUSH | OFFER)* 0x00
//! response = (WELCOME | REWIND | ACK | REFUSED | PULL | MORE | WANT)* 0x00
//! ```
//!
//! A space is named once, in its HELLO; every other frame says which HELLO it belongs to (0, 1, …). An
//! up-to-date device costs 41 bytes a space up and a single byte down: the answer to "nothing new" is
//! nothing. The closing zero, a frame of no length, tells a complete message from one cut between two
//! frames. A frame of an unknown type is skipped by its length, and unknown further items of a CBOR
//! array are ignored, so that newer programs can say more to older ones.

use minicbor::{Decode, Encode};

use crate::{
    ids::{ChunkId, Fingerprint, Incarnation, SpaceId},
    log::{LogHash, RollingHash},
};

mod codec;

/// The largest request a relay reads, in bytes.
pub const MAX_REQUEST: usize = 1024 * 1024;
/// The largest response a device reads, in bytes.
pub const MAX_RESPONSE: usize = 1024 * 1024;
/// The bytes of pulled chunks in one response, over all of its spaces: a page that a bad connection can
/// bring home.
pub const PAGE: usize = 64 * 1024;
/// The most spaces in one request.
pub const MAX_SPACES: usize = 256;
/// The most chunks in one request; it bounds the answer, too.
pub const MAX_PUSHES: usize = 4096;

/// The most chunks offered in one request.
pub const MAX_OFFERED: usize = 4096;

/// Why bytes are no request or response.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// Cut before its end.
    #[error("the message is cut short")]
    Truncated,
    /// Over [`MAX_REQUEST`], [`MAX_RESPONSE`], [`MAX_SPACES`], [`MAX_PUSHES`] or [`MAX_OFFERED`].
    #[error("the message is too large")]
    TooLarge,
    /// A frame's header cannot be read.
    #[error("a frame of type {0} is malformed")]
    Malformed(u8),
    /// A frame names a space that no HELLO introduced.
    #[error("a frame names space {0}, which the request did not introduce")]
    NoSuchSpace(u32),
    /// Bytes after the end.
    #[error("bytes follow the end of the message")]
    Trailing,
}

/// "This is how far I am in this space's log."
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Hello {
    /// The space.
    #[n(0)]
    pub space: SpaceId,
    /// The number up to which this device has everything, 0 at first.
    #[n(1)]
    pub seq: u64,
    /// The hash up to there; [`LogHash::NONE`] without a cursor.
    #[n(2)]
    pub hash: LogHash,
    /// The most bytes of chunks to send for this space; without it a [`PAGE`].
    #[n(3)]
    pub max_bytes: Option<u32>,
    /// Send the bytes even of what this device brought itself: it may have lost them.
    #[n(4)]
    pub whole: Option<bool>,
    /// Leave out the bytes of what waits for records ([`Lane::waits`](crate::Lane::waits)): they are asked
    /// for later, each by a hello at its place. A relay that does not know this sends them.
    #[n(5)]
    pub later: Option<bool>,
}

impl Hello {
    /// A hello at this place of the log, with a page of the usual size.
    pub fn at(space: SpaceId, place: RollingHash) -> Self {
        Self { space, seq: place.seq, hash: place.hash, max_bytes: None, whole: None, later: None }
    }

    /// The place of the log that the hello says.
    pub fn place(&self) -> RollingHash {
        RollingHash { seq: self.seq, hash: self.hash }
    }
}

/// "Keep this chunk."
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Push {
    /// Which hello's space, from 0.
    pub space_index: u32,
    /// The sealed chunk.
    pub bytes: Vec<u8>,
}

/// "I hold these: leave out their bytes, and say which of them you lack."
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Which hello's space, from 0.
    pub space_index: u32,
    /// The chunks.
    pub chunks: Vec<Fingerprint>,
}

/// What a device sends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// One for each space that is to be synced.
    pub hellos: Vec<Hello>,
    /// Chunks that the relay may lack.
    pub pushes: Vec<Push>,
    /// What the device holds and could push.
    pub offers: Vec<Offer>,
}

/// "You are new here; this is the log."
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Welcome {
    /// This life of the log: the start of the rolling hash.
    pub incarnation: Incarnation,
    /// The number of the last chunk and the hash up to it, this request's pushes included.
    pub head: RollingHash,
}

/// "It is on my disk."
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ack {
    /// The pushed chunk.
    pub id: ChunkId,
    /// Its number in the log, the same however often it is pushed.
    pub seq: u64,
}

/// "I did not keep it, and sending it again will not help", except that after some hours there may be room
/// again for what was refused as [`Refusal::Full`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// The chunk, by the hash of the bytes that came; `None` when the whole space is refused.
    pub id: Option<ChunkId>,
    /// Why.
    pub code: Refusal,
}

/// Why a chunk or a space was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The bytes are no chunk: cut, too large, not an envelope.
    Malformed,
    /// The signature does not hold.
    BadSignature,
    /// The chunk belongs to another space than the one it was pushed to.
    OtherSpace,
    /// The device is not a member of the space on this relay, or the relay does not have the space.
    NotMember,
    /// The space may keep no more here, or the device has brought as much today as it may.
    Full,
    /// Of a later version.
    Other(u32),
}

impl From<u32> for Refusal {
    fn from(code: u32) -> Self {
        match code {
            1 => Self::Malformed,
            2 => Self::BadSignature,
            3 => Self::OtherSpace,
            4 => Self::NotMember,
            5 => Self::Full,
            other => Self::Other(other),
        }
    }
}

impl From<Refusal> for u32 {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Malformed => 1,
            Refusal::BadSignature => 2,
            Refusal::OtherSpace => 3,
            Refusal::NotMember => 4,
            Refusal::Full => 5,
            Refusal::Other(code) => code,
        }
    }
}

/// The next entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pull {
    /// Its number: always one more than the entry before.
    pub seq: u64,
    /// Its chunk.
    pub body: PullBody,
}

/// The chunk of a log entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PullBody {
    /// Its bytes, still to be parsed.
    Bytes(Vec<u8>),
    /// Only its name: the device offers it, or has pushed it, now or earlier (unless its hello says
    /// [`whole`](Hello::whole)). If it lacks it after all, it asks again.
    Id(ChunkId),
    /// Only its name: the bytes are gone for good.
    Redacted(ChunkId),
    /// Only its name, because the hello says [`later`](Hello::later): the bytes are to be asked for.
    Later(ChunkId),
}

impl Pull {
    /// The chunk's id, for the rolling hash.
    pub fn id(&self) -> ChunkId {
        match &self.body {
            PullBody::Bytes(bytes) => crate::Chunk::id_of(bytes),
            PullBody::Id(id) | PullBody::Redacted(id) | PullBody::Later(id) => *id,
        }
    }
}

/// What the relay answers about one space. All empty means: you are up to date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpaceAnswer {
    /// Sent when the hello had no cursor.
    pub welcome: Option<Welcome>,
    /// The hello's cursor is not of this log, whose incarnation this is: begin again without a cursor,
    /// and take what had arrived here as waiting again.
    pub rewind: Option<Incarnation>,
    /// What was kept.
    pub acks: Vec<Ack>,
    /// What was not.
    pub refused: Vec<Refused>,
    /// The next entries of the log, gap-free from the hello's cursor.
    pub pulls: Vec<Pull>,
    /// There is more than fits a page: the log's last number, so that progress can be told.
    pub more: Option<u64>,
    /// What the relay lacks of the chunks that were offered.
    pub wants: Vec<Fingerprint>,
}

/// What a relay answers: one part for each hello, in the same order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// By hello.
    pub spaces: Vec<SpaceAnswer>,
}
