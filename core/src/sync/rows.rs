//! What the engine asks of a device's memory, in rows and nothing else. The notebook answers from
//! SQLite (`stored.rs`); a simulator answers from its own memory, which it lets crash at any call.

use std::collections::BTreeSet;

use tungnha_protocol::ids::{ChunkId, DocId};
use tungnha_protocol::keys::{DeviceKey, SpaceKey};
use tungnha_protocol::log::RollingHash;
use tungnha_protocol::wire::CheckpointPage;

use super::fold::Hash;
use crate::doc::{Change, Doc};
use crate::domain::SpaceId;
use crate::error::Result;
use crate::notebook::Touched;

/// A memory in which everything happens as a transaction.
pub trait Memory {
    /// Runs `work` on the rows of one space: all that it wrote is kept, or nothing of it. Says which
    /// documents it changed.
    fn transact<T>(&mut self, space: SpaceId, work: impl FnOnce(&mut dyn Rows) -> Result<T>) -> Result<(T, Touched)>;
}

/// A change that travels in no chunk yet.
pub struct Unsealed {
    /// Its row.
    pub n: i64,
    /// Its document.
    pub doc: DocId,
    /// Its hash.
    pub hash: Hash,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A photo that a saved visit shows and that travels in no chunk yet.
pub struct UnsealedPhoto {
    /// Its row.
    pub n: i64,
    /// Its JPEG.
    pub bytes: Vec<u8>,
}

/// A photo that a relay has told by name only: where to ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToCome {
    /// The place in the relay's log before it.
    pub before: RollingHash,
    /// Its chunk.
    pub id: ChunkId,
}

/// A chunk that is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Its row.
    pub row: i64,
    /// Its name.
    pub id: ChunkId,
    /// Sealed by this device.
    pub own: bool,
    /// A photo, which waits until all records have gone.
    pub photo: bool,
}

/// A document on its way into a checkpoint.
pub struct Gathered {
    /// Its id.
    pub doc: DocId,
    /// The place of its household.
    pub place: Option<[u8; 16]>,
    /// Its saved bytes.
    pub saved: Vec<u8>,
}

/// From where on the chunks of a file are new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// From the beginning: everything.
    Beginning,
    /// What has not arrived at this relay, by its row.
    Relay(i64),
    /// What no earlier file for this receiver held, by their row.
    Receiver(i64),
}

/// A chunk that goes into a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Its row.
    pub n: i64,
    /// Its length in bytes.
    pub length: u64,
    /// How many records (changes) it is known to hold; none while it cannot be opened.
    pub records: u32,
}

/// The older entries of a log, which a device that began from a checkpoint still fetches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fill {
    /// Up to here they are here.
    pub reached: RollingHash,
    /// Up to here the checkpoint covers the log.
    pub end: RollingHash,
}

/// The rows of one space inside a transaction. Chunks are named by their row once they are here.
pub trait Rows {
    /// The space.
    fn space(&self) -> SpaceId;
    /// The key with which this device signs.
    fn device(&self) -> DeviceKey;
    /// Its keyring, oldest first; the last one seals.
    fn keys(&self) -> Result<Vec<SpaceKey>>;
    /// Fresh randomness for a seal.
    fn nonce(&mut self) -> [u8; 24];

    /// The own changes that no chunk holds yet, oldest first.
    fn unsealed(&self) -> Result<Vec<Unsealed>>;
    /// Notes that an own change travels in this chunk from now on.
    fn note_sealed(&mut self, change: i64, chunk: i64) -> Result<()>;
    /// Notes a change that came in a checkpoint: the chunk in which it travels is not here yet.
    fn note_unfilled(&mut self, doc: &DocId, change: &Change) -> Result<()>;
    /// The documents with changes whose chunk is not here yet.
    fn unfilled(&self) -> Result<Vec<DocId>>;
    /// Lets a change whose chunk is not here wait to be sealed by this device. Whether it was one.
    fn adopt(&mut self, change: &Change) -> Result<bool>;
    /// Notes a change that came in this chunk. Whether it was new.
    fn note_came(&mut self, doc: &DocId, change: &Change, chunk: i64) -> Result<bool>;
    /// The oldest photo that a saved visit shows and no chunk holds yet.
    fn next_unsealed_photo(&self) -> Result<Option<UnsealedPhoto>>;
    /// Notes that an own photo travels in this chunk from now on.
    fn note_photo_sealed(&mut self, photo: i64, chunk: i64) -> Result<()>;
    /// Notes a photo that came in this chunk.
    fn note_photo_came(&mut self, hash: &Hash, chunk: i64) -> Result<()>;
    /// Notes a photo that a relay has told by name only. It keeps this photo under that number, and no other chunk.
    fn note_to_come(&mut self, relay: i64, photo: ToCome) -> Result<()>;
    /// A photo that is left to fetch from a relay, if any is.
    fn next_to_come(&self, relay: i64) -> Result<Option<ToCome>>;
    /// The relays that have told this chunk by name only, each with its number there.
    fn told_by(&self, id: &ChunkId) -> Result<Vec<(i64, u64)>>;
    /// What a relay has under this number is no longer left to fetch.
    fn no_longer_to_come(&mut self, relay: i64, seq: u64) -> Result<()>;
    /// The hashes of all changes of a document.
    fn known(&self, doc: &DocId) -> Result<BTreeSet<Hash>>;
    /// A document, an empty one when there is none yet; nothing when it belongs to another space.
    fn load(&self, doc: &DocId) -> Result<Option<Doc>>;
    /// Keeps a document that has changed, and what is derived from it.
    fn keep(&mut self, doc: &DocId, content: &Doc) -> Result<()>;

    /// Keeps a chunk. Its row, and whether it was new.
    fn insert(&mut self, id: &ChunkId, own: bool, bytes: &[u8]) -> Result<(i64, bool)>;
    /// The row of a chunk, if it is here.
    fn find(&self, id: &ChunkId) -> Result<Option<i64>>;
    /// A chunk's bytes.
    fn bytes(&self, chunk: i64) -> Result<Vec<u8>>;
    /// How many changes travel in a chunk.
    fn records(&self, chunk: i64) -> Result<u32>;
    /// Keeps bytes that cannot be opened or applied yet, with the reason.
    fn quarantine(&mut self, id: &ChunkId, bytes: &[u8], reason: &str) -> Result<()>;
    /// What waits in quarantine, oldest first.
    fn quarantined(&self) -> Result<Vec<Vec<u8>>>;
    /// Takes a chunk out of quarantine.
    fn release(&mut self, id: &ChunkId) -> Result<()>;
    /// Notes that another device signs with this device's key, or this one has lost what it wrote.
    fn note_double(&mut self) -> Result<()>;

    /// Where this device stands in a relay's log.
    fn place(&self, relay: i64) -> Result<RollingHash>;
    /// Moves there.
    fn set_place(&mut self, relay: i64, place: RollingHash) -> Result<()>;
    /// Forgets the place, all that had arrived, and what was left to fetch of older entries and photos.
    fn rewind(&mut self, relay: i64) -> Result<()>;
    /// A relay keeps this chunk under this number, and no other chunk. Whether that is news.
    fn arrived(&mut self, relay: i64, chunk: i64, seq: u64) -> Result<bool>;
    /// The log ends at this number: what was acknowledged beyond it is gone.
    fn ends_at(&mut self, relay: i64, seq: u64) -> Result<()>;
    /// A relay will not keep this chunk.
    fn refused(&mut self, relay: i64, chunk: i64, code: &str) -> Result<()>;
    /// What a relay neither has nor refused, as far as is known here; records before photos, own chunks first,
    /// oldest first. What
    /// was refused long ago because the relay was full is among it.
    fn missing_at(&self, relay: i64) -> Result<Vec<Held>>;

    /// The chunks that are new since then, in the order in which they came here. What could not be opened
    /// yet and what a relay has refused are among them.
    fn chunks_since(&self, since: Since) -> Result<Vec<Entry>>;
    /// The row of somebody who was handed a file before.
    fn receiver(&self, name: &str) -> Result<Option<i64>>;
    /// Notes that a file with these chunks was made for a receiver.
    fn hand_over(&mut self, receiver: &str, chunks: &[Entry]) -> Result<()>;

    /// Whether nothing of this space is here yet: no document, no chunk.
    fn is_empty(&self) -> Result<bool>;
    /// Whether a checkpoint, or what is older than one, is still being fetched from a relay.
    fn is_filling(&self, relay: i64) -> Result<bool>;
    /// The pages of a checkpoint that is being fetched from a relay, in order.
    fn pages(&self, relay: i64) -> Result<Vec<CheckpointPage>>;
    /// Keeps one more of them.
    fn keep_page(&mut self, relay: i64, page: &CheckpointPage) -> Result<()>;
    /// Forgets them all.
    fn drop_pages(&mut self, relay: i64) -> Result<()>;
    /// What is left to fetch of a relay's older entries.
    fn fill(&self, relay: i64) -> Result<Option<Fill>>;
    /// Notes what is left.
    fn set_fill(&mut self, relay: i64, fill: Option<Fill>) -> Result<()>;
    /// Whether this device has all that a relay has, understands it, and has nothing that the relay lacks, photos
    /// apart.
    fn is_whole(&self, relay: i64) -> Result<bool>;
    /// All documents, in the order in which a checkpoint has them: the space's own, then place by place.
    fn documents(&self) -> Result<Vec<Gathered>>;
}
