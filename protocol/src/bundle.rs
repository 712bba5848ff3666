//! The file (`.tungnha`): sealed chunks of one space, for where no wire goes.
//!
//! ```text
//! "TUNGNHA\n" | version(1) = 1 | space(16) | count(4) | length(4) | count × ( length(4) | chunk ) | hash(32)
//! ```
//!
//! The chunks are what a relay would have been sent, byte for byte: they are sealed and signed already, so
//! the file needs no secret of its own. The closing BLAKE3 is over everything before it. A file that was cut
//! short or lost a bit on a stick or in a chat is found out before anything in it is used; that hash comes
//! first, so that a damaged file is never taken for one of a later version.
//!
//! Files can be larger than a phone likes to hold at once, so both ways go in parts: [`Writer`] gives the
//! bytes piece by piece, [`Reader`] is pushed them piece by piece. What a [`Reader`] gives on the way must
//! not be used before its [`finish`](Reader::finish) has said that the file is whole.

use crate::chunk::{Chunk, MAX_CHUNK};
use crate::ids::SpaceId;

/// The version that this code writes and reads.
pub const VERSION: u8 = 1;
/// The largest file, in bytes, all included.
pub const MAX_FILE: u64 = 256 * 1024 * 1024;
/// How the file's name ends.
pub const EXTENSION: &str = "tungnha";

const MAGIC: &[u8; 8] = b"TUNGNHA\n";
const START: usize = MAGIC.len() + 1;
const HEAD: usize = START + SpaceId::LEN + 4 + 4;
const HASH: usize = blake3::OUT_LEN;

/// Why bytes are no file of ours, or one that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// It does not begin as such a file does.
    #[error("this is not a notebook's file")]
    NotOurs,
    /// It was cut short, or a byte is not what it was.
    #[error("the file is damaged")]
    Damaged,
    /// Whole, and made by a newer version of the app.
    #[error("the file is of version {0}, which this program does not know")]
    UnknownVersion(u8),
    /// More than [`MAX_FILE`] bytes.
    #[error("the file is larger than {MAX_FILE} bytes")]
    TooLarge,
}

/// What a file says of itself at its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The space that all of its chunks belong to.
    pub space: SpaceId,
    /// How many chunks.
    pub count: u32,
    /// Bytes of all of them, with the length before each.
    pub length: u32,
}

impl Head {
    /// The head of a file with so many chunks that have so many bytes together;
    /// [`BundleError::TooLarge`] when no file may hold them.
    pub fn new(space: SpaceId, count: u32, chunk_bytes: u64) -> Result<Self, BundleError> {
        let length = chunk_bytes.saturating_add(u64::from(count) * 4);
        if length > MAX_FILE - (HEAD + HASH) as u64 {
            return Err(BundleError::TooLarge);
        }
        Ok(Self { space, count, length: length as u32 })
    }

    /// The bytes of the whole file.
    pub fn file_length(&self) -> u64 {
        (HEAD + HASH) as u64 + u64::from(self.length)
    }

    fn to_bytes(self) -> Vec<u8> {
        [&MAGIC[..], &[VERSION], &self.space.0, &self.count.to_be_bytes(), &self.length.to_be_bytes()].concat()
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (&space, bytes) = bytes.split_first_chunk()?;
        let (&count, bytes) = bytes.split_first_chunk()?;
        let (&length, _) = bytes.split_first_chunk()?;
        Some(Self { space: SpaceId(space), count: u32::from_be_bytes(count), length: u32::from_be_bytes(length) })
    }
}

/// Makes a file, piece by piece, in the order of the calls.
pub struct Writer(blake3::Hasher);

impl Writer {
    /// Begins a file. The bytes that it begins with.
    pub fn begin(head: Head) -> (Self, Vec<u8>) {
        let bytes = head.to_bytes();
        let mut writer = Self(blake3::Hasher::new());
        writer.0.update(&bytes);
        (writer, bytes)
    }

    /// The bytes of the next chunk, one of those that the head has counted.
    pub fn chunk(&mut self, chunk: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(4 + chunk.len());
        bytes.extend((chunk.len() as u32).to_be_bytes());
        bytes.extend(chunk);
        self.0.update(&bytes);
        bytes
    }

    /// The bytes that the file ends with.
    pub fn finish(self) -> [u8; HASH] {
        *self.0.finalize().as_bytes()
    }
}

/// Reads a file that is pushed in parts.
#[derive(Default)]
pub struct Reader {
    /// All bytes so far.
    pushed: u64,
    /// Over all bytes that were taken from `unread`.
    hasher: blake3::Hasher,
    unread: Vec<u8>,
    begun: Begun,
    /// Chunks given so far, and their bytes with the lengths.
    count: u32,
    length: u64,
}

/// How much the beginning has said.
#[derive(Default)]
enum Begun {
    #[default]
    NotYet,
    Known(Head),
    /// Of another version, of which only the closing hash can be checked.
    Unknown(u8),
}

impl Reader {
    /// A reader at the beginning of a file.
    pub fn new() -> Self {
        Self::default()
    }

    /// What the file says of itself, once enough of it was pushed.
    pub fn head(&self) -> Option<Head> {
        match self.begun {
            Begun::Known(head) => Some(head),
            Begun::NotYet | Begun::Unknown(_) => None,
        }
    }

    /// Takes the next part of the file; parts of up to a megabyte keep memory small. Gives the chunks that
    /// are complete with it, each of the file's space and with a signature that holds.
    pub fn push(&mut self, part: &[u8]) -> Result<Vec<Chunk>, BundleError> {
        self.pushed = self.pushed.saturating_add(part.len() as u64);
        self.unread.extend(part);
        if matches!(self.begun, Begun::NotYet) && !self.begin()? {
            return Ok(Vec::new());
        }
        if self.pushed > MAX_FILE {
            return Err(BundleError::TooLarge);
        }
        match self.begun {
            Begun::Known(head) if self.pushed > head.file_length() => Err(BundleError::Damaged),
            Begun::Known(head) => self.take_chunks(head),
            // The last bytes may be the closing hash.
            _ => {
                self.take(self.unread.len().saturating_sub(HASH));
                Ok(Vec::new())
            }
        }
    }

    /// Says whether the file was whole, now that all of it was pushed.
    pub fn finish(self) -> Result<Head, BundleError> {
        if self.pushed < START as u64 {
            return Err(BundleError::NotOurs);
        }
        if self.unread != self.hasher.finalize().as_bytes() {
            return Err(BundleError::Damaged);
        }
        match self.begun {
            Begun::Known(head) if self.count == head.count && self.length == u64::from(head.length) => Ok(head),
            Begun::Unknown(version) => Err(BundleError::UnknownVersion(version)),
            Begun::Known(_) | Begun::NotYet => Err(BundleError::Damaged),
        }
    }

    /// Reads the beginning; false while there is too little of it.
    fn begin(&mut self) -> Result<bool, BundleError> {
        if !self.unread.iter().zip(MAGIC).all(|(byte, ours)| byte == ours) {
            return Err(BundleError::NotOurs);
        }
        self.begun = match self.unread.get(MAGIC.len()) {
            Some(&VERSION) => match self.unread.get(START..HEAD).and_then(Head::read) {
                Some(head) => Begun::Known(head),
                None => return Ok(false),
            },
            Some(&version) => Begun::Unknown(version),
            None => return Ok(false),
        };
        self.take(if self.head().is_some() { HEAD } else { START });
        Ok(true)
    }

    fn take_chunks(&mut self, head: Head) -> Result<Vec<Chunk>, BundleError> {
        let (mut chunks, mut taken) = (Vec::new(), 0);
        while self.count < head.count {
            let Some((&length, rest)) = self.unread[taken..].split_first_chunk() else { break };
            let length = u32::from_be_bytes(length) as usize;
            if length > MAX_CHUNK {
                return Err(BundleError::Damaged);
            }
            let Some(bytes) = rest.get(..length) else { break };
            let chunk = Chunk::parse(bytes.to_vec()).map_err(|_| BundleError::Damaged)?;
            if chunk.header().space != head.space {
                return Err(BundleError::Damaged);
            }
            chunks.push(chunk);
            taken += 4 + length;
            self.count += 1;
        }
        self.length += taken as u64;
        self.take(taken);
        // All that may follow the last chunk is the closing hash.
        if self.count == head.count && self.unread.len() > HASH { Err(BundleError::Damaged) } else { Ok(chunks) }
    }

    /// Hashes and drops the first bytes that are unread.
    fn take(&mut self, count: usize) {
        self.hasher.update(&self.unread[..count]);
        self.unread.drain(..count);
    }
}
