//! The sealed envelope that everything shared travels in.
//!
//! ```text
//! version(1) | kind(1) | lane(1) | space(16) | key_id(8) | device(32) | nonce(24) | AEAD | signature(64)
//! ```
//!
//! A chunk is sealed once, before it is sent for the first time, so that a retry is byte for byte the
//! same and its id, the hash of all bytes, names it for ever. The device's public key is in the header:
//! any relay can check a chunk that somebody else carried to it, and none can open it.
//!
//! The signature is over `"tungnha chunk" ‖ BLAKE3(all bytes before the signature)`; the same pass over
//! the bytes also gives the id. **Where the version, the space, the device and the signature stand is
//! the same in every version to come**, so that an old relay or device checks and keeps what it cannot
//! read yet (an unknown version or kind is kept, not applied).

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};

use crate::{
    ids::{ChunkId, DeviceId, KeyId, SpaceId},
    keys::{DeviceKey, SpaceKey, is_signed_by},
};

/// The version that this code writes and opens.
pub const VERSION: u8 = 1;
/// The largest chunk, in bytes, all included: one page of a bad connection.
pub const MAX_CHUNK: usize = 64 * 1024;
/// The largest plaintext that fits into a chunk.
pub const MAX_PLAINTEXT: usize = MAX_CHUNK - OVERHEAD;
/// What sealing adds to a plaintext.
pub const OVERHEAD: usize = HEADER + NONCE + TAG + SIGNATURE;

const HEADER: usize = 3 + SpaceId::LEN + KeyId::LEN + DeviceId::LEN;
/// Where the lane stands, in every version.
const LANE: usize = 2;
const NONCE: usize = 24;
const TAG: usize = 16;
const SIGNATURE: usize = 64;
const SIGNED_AS: &[u8] = b"tungnha chunk";

/// Why bytes are no chunk, or a chunk stays shut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChunkError {
    /// Fewer bytes than an envelope has.
    #[error("the chunk is cut short")]
    Truncated,
    /// More than [`MAX_CHUNK`] bytes.
    #[error("the chunk is larger than {MAX_CHUNK} bytes")]
    TooLarge,
    /// The device named in the header did not sign these bytes.
    #[error("the chunk's signature does not hold")]
    BadSignature,
    /// Sealed by a newer version of the app: keep it, do not apply it.
    #[error("the chunk is of version {0}, which this program does not know")]
    UnknownVersion(u8),
    /// Sealed under another key than the one offered.
    #[error("the chunk is sealed under key {0}")]
    OtherKey(KeyId),
    /// The right key does not open it: its author's program is broken.
    #[error("the chunk does not open")]
    DoesNotOpen,
}

/// What a chunk holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Changes to documents (see [`payload`](crate::payload)).
    Data,
    /// A new space key, sealed to each remaining device.
    Keys,
    /// Saved documents, so that a new device need not replay every change.
    Checkpoint,
    /// Takes the bytes of other chunks from every copy, as the law asks.
    Redaction,
    /// One photo (see [`photo`](crate::photo)).
    Photo,
    /// Of a later version: kept, not applied.
    Unknown(u8),
}

impl Kind {
    fn from_byte(byte: u8) -> Self {
        match byte {
            0 => Self::Data,
            1 => Self::Keys,
            2 => Self::Checkpoint,
            3 => Self::Redaction,
            4 => Self::Photo,
            other => Self::Unknown(other),
        }
    }

    fn to_byte(self) -> u8 {
        match self {
            Self::Data => 0,
            Self::Keys => 1,
            Self::Checkpoint => 2,
            Self::Redaction => 3,
            Self::Photo => 4,
            Self::Unknown(byte) => byte,
        }
    }
}

/// What goes first when the connection is bad: records before photos.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Text: what the work is about.
    Records,
    /// Photos and other large things.
    Blobs,
    /// Of a later version: treated as the last.
    Unknown(u8),
}

impl Lane {
    /// The lane that a chunk's bytes name, checked or not: of what is no chunk, the first.
    pub fn of(bytes: &[u8]) -> Self {
        bytes.get(LANE).map_or(Self::Records, |lane| Self::from_byte(*lane))
    }

    /// Whether it waits until all records have gone.
    pub fn waits(self) -> bool {
        self != Self::Records
    }

    fn from_byte(byte: u8) -> Self {
        match byte {
            0 => Self::Records,
            1 => Self::Blobs,
            other => Self::Unknown(other),
        }
    }

    fn to_byte(self) -> u8 {
        match self {
            Self::Records => 0,
            Self::Blobs => 1,
            Self::Unknown(byte) => byte,
        }
    }
}

/// The part of a chunk that anybody may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Version of the inside.
    pub version: u8,
    /// What it holds.
    pub kind: Kind,
    /// When it is sent.
    pub lane: Lane,
    /// The space it belongs to.
    pub space: SpaceId,
    /// The key it is sealed under.
    pub key_id: KeyId,
    /// The device that sealed and signed it.
    pub device: DeviceId,
}

impl Header {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend([self.version, self.kind.to_byte(), self.lane.to_byte()]);
        out.extend(self.space.0);
        out.extend(self.key_id.0);
        out.extend(self.device.0);
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (&[version, kind, lane], bytes) = bytes.split_first_chunk()?;
        let (&space, bytes) = bytes.split_first_chunk()?;
        let (&key_id, bytes) = bytes.split_first_chunk()?;
        let (&device, _) = bytes.split_first_chunk()?;
        Some(Self {
            version,
            kind: Kind::from_byte(kind),
            lane: Lane::from_byte(lane),
            space: SpaceId(space),
            key_id: KeyId(key_id),
            device: DeviceId(device),
        })
    }
}

/// What [`seal`] makes a chunk of.
#[derive(Debug, Clone, Copy)]
pub struct SealInput<'a> {
    /// What it holds.
    pub kind: Kind,
    /// When it is sent.
    pub lane: Lane,
    /// The space it belongs to.
    pub space: SpaceId,
    /// The space's newest key.
    pub key: &'a SpaceKey,
    /// The device that seals it.
    pub device: &'a DeviceKey,
    /// Fresh random bytes, never used before with this key.
    pub nonce: [u8; 24],
    /// What is sealed, at most [`MAX_PLAINTEXT`] bytes.
    pub plaintext: &'a [u8],
}

/// Seals and signs. Fails with [`ChunkError::TooLarge`] only.
pub fn seal(input: SealInput<'_>) -> Result<Chunk, ChunkError> {
    if input.plaintext.len() > MAX_PLAINTEXT {
        return Err(ChunkError::TooLarge);
    }
    let header = Header {
        version: VERSION,
        kind: input.kind,
        lane: input.lane,
        space: input.space,
        key_id: input.key.id(),
        device: input.device.id(),
    };
    let mut bytes = Vec::with_capacity(input.plaintext.len() + OVERHEAD);
    header.write(&mut bytes);
    let message = Payload { msg: input.plaintext, aad: &bytes };
    let sealed = cipher(input.key).encrypt(&XNonce::from(input.nonce), message).map_err(|_| ChunkError::TooLarge)?;
    bytes.extend(input.nonce);
    bytes.extend(sealed);
    let mut hasher = blake3::Hasher::new();
    hasher.update(&bytes);
    let signature = input.device.sign(&signed_message(&hasher));
    hasher.update(&signature);
    bytes.extend(signature);
    let id = ChunkId(*hasher.finalize().as_bytes());
    Ok(Chunk { id, header, bytes })
}

/// An envelope whose structure and signature have been checked. What is inside may still be of an
/// unknown version, or sealed under a key that this device does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    id: ChunkId,
    header: Header,
    bytes: Vec<u8>,
}

/// The device that a chunk's header names. Only of a chunk that was parsed before: no signature is checked.
pub fn device_of(bytes: &[u8]) -> Option<DeviceId> {
    Header::read(bytes).map(|header| header.device)
}

impl Chunk {
    /// Checks size, structure and signature.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, ChunkError> {
        if bytes.len() > MAX_CHUNK {
            return Err(ChunkError::TooLarge);
        }
        let (body, signature) = bytes.split_last_chunk().ok_or(ChunkError::Truncated)?;
        if bytes.len() < OVERHEAD {
            return Err(ChunkError::Truncated);
        }
        let header = Header::read(body).ok_or(ChunkError::Truncated)?;
        let mut hasher = blake3::Hasher::new();
        hasher.update(body);
        if !is_signed_by(&header.device, &signed_message(&hasher), signature) {
            return Err(ChunkError::BadSignature);
        }
        hasher.update(signature);
        let id = ChunkId(*hasher.finalize().as_bytes());
        Ok(Self { id, header, bytes })
    }

    /// Which device these bytes say has sealed them. Nothing is checked: for chunks that were parsed before.
    pub fn sealed_by(bytes: &[u8]) -> Option<DeviceId> {
        Header::read(bytes).map(|header| header.device)
    }

    /// The name that these bytes have, chunk or not.
    pub fn id_of(bytes: &[u8]) -> ChunkId {
        ChunkId(*blake3::hash(bytes).as_bytes())
    }

    /// Opens a chunk of a known version with the key that its header names.
    pub fn open(&self, key: &SpaceKey) -> Result<Vec<u8>, ChunkError> {
        if self.header.version != VERSION {
            return Err(ChunkError::UnknownVersion(self.header.version));
        }
        if self.header.key_id != key.id() {
            return Err(ChunkError::OtherKey(self.header.key_id));
        }
        let (header, rest) = self.bytes.split_at_checked(HEADER).ok_or(ChunkError::Truncated)?;
        let (nonce, rest) = rest.split_first_chunk::<NONCE>().ok_or(ChunkError::Truncated)?;
        let (sealed, _) = rest.split_last_chunk::<SIGNATURE>().ok_or(ChunkError::Truncated)?;
        let message = Payload { msg: sealed, aad: header };
        cipher(key).decrypt(&XNonce::from(*nonce), message).map_err(|_| ChunkError::DoesNotOpen)
    }

    /// Whether this program knows what to do with it; if not, it is kept and carried on as it is.
    pub fn is_understood(&self) -> bool {
        self.header.version == VERSION && !matches!(self.header.kind, Kind::Unknown(_))
    }

    /// The hash of all bytes.
    pub fn id(&self) -> ChunkId {
        self.id
    }

    /// What anybody may read.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// All bytes, as they are stored and sent.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// All bytes, without a copy.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

fn cipher(key: &SpaceKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&(*key.as_bytes()).into())
}

fn signed_message(body: &blake3::Hasher) -> [u8; SIGNED_AS.len() + 32] {
    let mut message = [0; SIGNED_AS.len() + 32];
    message[..SIGNED_AS.len()].copy_from_slice(SIGNED_AS);
    message[SIGNED_AS.len()..].copy_from_slice(body.finalize().as_bytes());
    message
}
