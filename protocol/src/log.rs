//! The rolling hash that proves two sides mean the same log.
//!
//! A cursor alone cannot tell a relay that was restored from last week's backup, where number 40 is now
//! another chunk. The hash of everything up to the cursor can:
//!
//! ```text
//! h(0) = first 16 bytes of BLAKE3("tungnha log" ‖ incarnation)
//! h(n) = first 16 bytes of BLAKE3(h(n-1) ‖ n as u64, big-endian ‖ chunk id)
//! ```

pub use crate::ids::LogHash;
use crate::ids::{ChunkId, Incarnation};

impl LogHash {
    /// What a device sends that has no cursor yet.
    pub const NONE: Self = Self([0; 16]);
}

/// A place in a space's log on one relay: how many chunks, and the hash of all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RollingHash {
    /// The number of the last chunk, 0 before the first.
    pub seq: u64,
    /// The hash up to and with that chunk.
    pub hash: LogHash,
}

impl RollingHash {
    /// What a device has that never spoke with this relay.
    pub const NONE: Self = Self { seq: 0, hash: LogHash::NONE };

    /// The start of a log.
    pub fn start(incarnation: &Incarnation) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"tungnha log").update(&incarnation.0);
        Self { seq: 0, hash: first_half(&hasher) }
    }

    /// The place after one more chunk.
    #[must_use]
    pub fn then(&self, id: &ChunkId) -> Self {
        let seq = self.seq.saturating_add(1);
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.hash.0).update(&seq.to_be_bytes()).update(&id.0);
        Self { seq, hash: first_half(&hasher) }
    }
}

fn first_half(hasher: &blake3::Hasher) -> LogHash {
    let mut half = [0; LogHash::LEN];
    half.copy_from_slice(&hasher.finalize().as_bytes()[..LogHash::LEN]);
    LogHash(half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_logs_agree_only_when_every_chunk_and_its_place_agree() {
        let (a, b) = (ChunkId([1; 32]), ChunkId([2; 32]));
        let start = RollingHash::start(&Incarnation([9; 16]));
        assert_eq!(start.then(&a).then(&b), start.then(&a).then(&b));
        assert_ne!(start.then(&a).then(&b), start.then(&b).then(&a));
        assert_ne!(start, RollingHash::start(&Incarnation([8; 16])));
        assert_eq!(start.then(&a).then(&b).seq, 2);
    }
}
