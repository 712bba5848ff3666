//! What a relay must be able to remember, whatever it remembers it in.
//!
//! One trait, in the relay's own words: no driver's types, no SQL. An implementation promises
//! - that what a method returned is durable (an acknowledgement is a promise);
//! - that a space's numbers are gap-free and in commit order: a reader who saw number n will never
//!   find a smaller number appear later;
//! - that each method is one transaction, and that doing it again changes nothing.
//!
//! Time is passed in: expiry is judged by the relay's clock, and tests have a clock of their own. The
//! suite in `tests/contract.rs` states all of this and runs on every implementation.

use std::{collections::HashSet, future::Future};

use tungnha_protocol::{
    Chunk, DeviceId, Fingerprint, Incarnation, PassId, RollingHash, SpaceId,
    frames::{Pull, Welcome},
    wire::{CheckpointPage, CreateInvite, CreateSpace, GetCheckpoint, Join, PutCheckpoint, Registration},
};

pub mod memory;
#[cfg(feature = "server")]
pub mod postgres;
pub mod sqlite;
#[cfg(feature = "server")]
pub(crate) mod tables;
mod upkeep;

pub(crate) use upkeep::{Brought, takes};
pub use upkeep::{KnownDevice, Quota, Upkeep};

/// Seconds since 1970, by the relay's clock.
pub type Seconds = u64;

/// A relay's memory.
pub trait Storage: Clone + Send + Sync + 'static {
    /// The device whose bearer token has this hash.
    fn device_by_token(
        &self,
        token_hash: [u8; 32],
    ) -> impl Future<Output = Result<Option<Device>, StorageError>> + Send;

    /// The spaces that a device is a member of.
    fn spaces_of(&self, device: DeviceId) -> impl Future<Output = Result<Vec<SpaceId>, StorageError>> + Send;

    /// Numbers and keeps chunks; those of one space stay in the order given. Answers in the same
    /// order: a chunk that is there already has its old number, and one for which the [`Quota`] has no room
    /// is left out, which need not be the last. Also notes that the device was here.
    fn append(
        &self,
        device: DeviceId,
        chunks: Vec<Chunk>,
        now: Seconds,
    ) -> impl Future<Output = Result<Vec<Appended>, StorageError>> + Send;

    /// The next entries of several logs, as far as the budgets go; one answer a question.
    fn read(
        &self,
        device: DeviceId,
        questions: Vec<ReadFrom>,
        page: usize,
    ) -> impl Future<Output = Result<Vec<LogPage>, StorageError>> + Send;

    /// Opens a space for a device with a pass, whose registration has been checked.
    fn create_space(
        &self,
        call: CreateSpace,
        now: Seconds,
    ) -> impl Future<Output = Result<Incarnation, StorageError>> + Send;

    /// Keeps a member's invite, whose envelope counts as brought; returns when it expires.
    fn create_invite(
        &self,
        by: DeviceId,
        call: CreateInvite,
        now: Seconds,
    ) -> impl Future<Output = Result<Seconds, StorageError>> + Send;

    /// Makes a device, whose registration has been checked, a member; returns the sealed envelope.
    fn join(&self, call: Join, now: Seconds) -> impl Future<Output = Result<Vec<u8>, StorageError>> + Send;

    /// Makes a device, whose registration has been checked, a member of these spaces, which are opened
    /// if need be. For a station, whose visitors prove that they hold the spaces' keys.
    fn admit(
        &self,
        spaces: Vec<SpaceId>,
        registration: Registration,
        now: Seconds,
    ) -> impl Future<Output = Result<(), StorageError>> + Send;

    /// Keeps a page of a checkpoint; `other_log` when it does not stand in this log. Once all pages of one
    /// are here, older ones go, and what others began. [`Quota::space_bytes`] bounds all of a space's pages.
    fn put_checkpoint(
        &self,
        by: DeviceId,
        call: PutCheckpoint,
    ) -> impl Future<Output = Result<(), StorageError>> + Send;

    /// A page of the newest checkpoint of which all pages are here.
    fn get_checkpoint(
        &self,
        device: DeviceId,
        call: GetCheckpoint,
    ) -> impl Future<Output = Result<Option<CheckpointPage>, StorageError>> + Send;

    /// Keeps a pass that the operator made.
    fn add_pass(&self, pass: NewPass, now: Seconds) -> impl Future<Output = Result<(), StorageError>> + Send;

    /// Whether the memory answers at all.
    fn check(&self) -> impl Future<Output = Result<(), StorageError>> + Send;
}

/// A registered device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Device {
    /// Its public key.
    pub id: DeviceId,
    /// Whether it was shut out.
    pub revoked: bool,
    /// When it last appended or was noted, in seconds since 1970.
    pub last_seen: Seconds,
}

/// What became of one chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appended {
    /// It is new, and on disk under this number.
    Kept(u64),
    /// It was on disk already, under this number.
    Known(u64),
    /// The device is not a member of the chunk's space here.
    NotMember,
    /// The storage's [`Quota`] has no room for it: it was not kept, and no number was spent on it.
    Full,
}

/// "What comes after this place in this space's log?"
#[derive(Debug, Clone)]
pub struct ReadFrom {
    /// The space.
    pub space: SpaceId,
    /// The device's cursor.
    pub place: RollingHash,
    /// The most bytes of chunks for this space.
    pub max_bytes: usize,
    /// Chunks that the device pushes or offers: their bytes are left out.
    pub held: HashSet<Fingerprint>,
    /// Send the bytes even of what the asking device brought earlier.
    pub whole: bool,
    /// Leave out the bytes of what waits for records ([`Lane::waits`](tungnha_protocol::Lane::waits)), and
    /// never read them: a page of names is not to cost a page of photos.
    pub later: bool,
}

/// A part of a space's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogPage {
    /// The device is not a member of that space here, or there is no such space.
    NotMember,
    /// The cursor is not of this log, which is the one of this incarnation.
    OtherLog(Incarnation),
    /// What comes next.
    Entries {
        /// For a device without a cursor: which log this is.
        welcome: Option<Welcome>,
        /// Gap-free after the cursor.
        pulls: Vec<Pull>,
        /// The log's last number, when the page ends before it.
        more: Option<u64>,
        /// What the log lacks of `held`.
        wants: Vec<Fingerprint>,
    },
}

/// A relay pass to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewPass {
    /// The pass.
    pub pass: PassId,
    /// The hash of its `auth`.
    pub auth_hash: [u8; 32],
    /// How many spaces it may open.
    pub uses: u32,
    /// When it ends.
    pub expires_at: Seconds,
}

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The caller may not; nothing is wrong with the relay.
    #[error("denied: {0:?}")]
    Denied(Denial),
    /// The disk is full, the database gone, …: in the driver's words, for the operator's log.
    #[error("storage failed: {0}")]
    Failed(String),
}

/// Why a caller may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denial {
    /// Not a member of that space.
    NotMember,
    /// The device was revoked.
    DeviceRevoked,
    /// What a checkpoint says that it covers is not in this log.
    OtherLog,
    /// No such invite, or a wrong secret.
    InviteUnknown,
    /// Too late for the invite.
    InviteExpired,
    /// The invite was used as often as it may be.
    InviteUsedUp,
    /// Another invite has this id.
    InviteTaken,
    /// No such pass, or a wrong secret.
    PassUnknown,
    /// Too late for the pass.
    PassExpired,
    /// The pass was used as often as it may be.
    PassUsedUp,
    /// The space is open here, and the device is not a member.
    SpaceExists,
    /// Another device has this token.
    TokenTaken,
    /// The storage's [`Quota`] has no room for it.
    Full,
}

impl From<Denial> for StorageError {
    fn from(denial: Denial) -> Self {
        Self::Denied(denial)
    }
}

/// The entries that fit a budget, in bytes. The very first entry of a page always fits, so that every
/// exchange gets on.
#[derive(Debug)]
pub(crate) struct Budget {
    left: usize,
    untouched: bool,
}

/// What an entry costs whose bytes are left out.
const BARE_ENTRY: usize = 40;

impl Budget {
    pub(crate) fn new(page: usize) -> Self {
        Self { left: page, untouched: true }
    }

    /// How many bytes the page still holds.
    #[cfg(feature = "server")]
    pub(crate) fn left(&self) -> usize {
        self.left
    }

    /// Whether an entry with so many bytes still fits, of a space that may have `space_left` more.
    pub(crate) fn take(&mut self, bytes: usize, space_left: &mut usize) -> bool {
        let cost = bytes.max(BARE_ENTRY);
        let fits = self.untouched || cost <= self.left.min(*space_left);
        if fits {
            self.untouched = false;
            self.left = self.left.saturating_sub(cost);
            *space_left = space_left.saturating_sub(cost);
        }
        fits
    }
}
