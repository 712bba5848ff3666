//! A meeting in a room without internet: a visitor and a station show each other that they hold the
//! same space's key, before either says who it is.
//!
//! ```text
//! visitor                                        station
//! POST /v1/meet        nonce ------------------> draws its own nonce
//!                            <------------------ nonce
//! POST /v1/meet/prove  proofs, padded ---------> which of them are under a key of ours?
//!                            <------------------ their numbers, each with our own proof
//! POST /v1/meet/join   registration, name -----> a member from now on
//!                            <------------------ device, name
//! ```
//!
//! A proof is a keyed hash over who proves, the certificate that this side sees, and both nonces. So it
//! says nothing without the key, fits no other meeting, and is worthless to somebody in between, whose
//! certificate is another one. A stranger is answered with an empty list: the station names no space
//! and no device, and the visitor's proofs are padded with random ones up to a multiple of [`PROOFS`].

use std::fmt;

use minicbor::{Decode, Encode};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{
    SpaceKey,
    ids::{DeviceId, Nonce, Proof},
    wire::Registration,
};

/// The port of a station, unless another program has it.
pub const PORT: u16 = 47474;
/// Proofs come in multiples of this many, so that their number says nothing.
pub const PROOFS: usize = 8;
/// A station reads no more proofs than this.
pub const MAX_PROOFS: usize = 64;
/// The longest name that is read, in bytes.
pub const MAX_NAME: usize = 400;
/// How long a meeting may take, in seconds.
pub const MEETING_SECONDS: u64 = 60;

/// What is derived of a space's key to meet with. It opens nothing.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct MeetingKey([u8; 32]);

impl MeetingKey {
    /// The meeting key of a space's key.
    pub fn of(key: &SpaceKey) -> Self {
        Self(blake3::derive_key("tungnha 2026 meeting", key.as_bytes()))
    }
}

impl fmt::Debug for MeetingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MeetingKey(…)")
    }
}

/// Who proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Who came.
    Visitor,
    /// Who serves the room.
    Station,
}

/// One meeting as one of its sides sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meeting {
    /// BLAKE3 of the station's certificate: the one it has, or the one that the visitor was shown.
    pub certificate: [u8; 32],
    /// What the visitor drew.
    pub visitor: Nonce,
    /// What the station drew.
    pub station: Nonce,
}

impl Meeting {
    /// The proof that this side holds the key.
    pub fn proof(&self, side: Side, key: &MeetingKey) -> Proof {
        Proof(*self.hash(side, key).as_bytes())
    }

    /// Whether this proof is the other side's, compared in constant time.
    pub fn holds(&self, side: Side, key: &MeetingKey, proof: &Proof) -> bool {
        // `blake3::Hash` compares in constant time.
        self.hash(side, key) == proof.0
    }

    /// What the visitor's registration is signed for, in the place of an invite's or a pass's id.
    pub fn ticket(&self) -> [u8; 8] {
        let message = [&b"tungnha meeting"[..], &self.certificate, &self.visitor.0, &self.station.0].concat();
        let mut ticket = [0; 8];
        ticket.copy_from_slice(&blake3::hash(&message).as_bytes()[..8]);
        ticket
    }

    fn hash(&self, side: Side, key: &MeetingKey) -> blake3::Hash {
        let side: &[u8] = match side {
            Side::Visitor => b"visitor",
            Side::Station => b"station",
        };
        let message = [side, &self.certificate, &self.visitor.0, &self.station.0].concat();
        blake3::keyed_hash(&key.0, &message)
    }
}

/// `POST /v1/meet`.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Meet {
    /// Drawn by the visitor for this meeting.
    #[n(0)]
    pub nonce: Nonce,
}

/// The answer to [`Meet`].
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Met {
    /// Drawn by the station for this meeting, which it names from now on.
    #[n(0)]
    pub nonce: Nonce,
}

/// `POST /v1/meet/prove`.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Prove {
    /// The station's nonce.
    #[n(0)]
    pub meeting: Nonce,
    /// The visitor's proofs, one for each key of each of its spaces, and random ones among them.
    #[n(1)]
    pub proofs: Vec<Proof>,
}

/// The answer to [`Prove`]: empty for a stranger.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Proved {
    /// One for each space that both have.
    #[n(0)]
    pub shared: Vec<Shared>,
}

/// A key that both sides hold.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Shared {
    /// Which of the visitor's proofs it was, from 0.
    #[n(0)]
    pub number: u32,
    /// The station's proof under the same key.
    #[n(1)]
    pub proof: Proof,
}

/// `POST /v1/meet/join`: only after the station's proofs have been checked.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct JoinRoom {
    /// The station's nonce.
    #[n(0)]
    pub meeting: Nonce,
    /// The visitor's device, signed for [`Meeting::ticket`], with a token for this station alone.
    #[n(1)]
    pub registration: Registration,
    /// The full name of whoever uses it, for the host's screen.
    #[n(2)]
    pub name: String,
}

/// The answer to [`JoinRoom`].
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct JoinedRoom {
    /// The host's device: by it the visitor knows this station again.
    #[n(0)]
    pub device: DeviceId,
    /// The full name of whoever uses it.
    #[n(1)]
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meeting() -> Meeting {
        Meeting { certificate: [1; 32], visitor: Nonce([2; 32]), station: Nonce([3; 32]) }
    }

    #[test]
    fn a_proof_holds_for_its_key_side_certificate_and_meeting_only() {
        let [ours, theirs] = [[1; 32], [2; 32]].map(|bytes| MeetingKey::of(&SpaceKey::from_bytes(bytes)));
        let meeting = meeting();
        let proof = meeting.proof(Side::Visitor, &ours);
        assert!(meeting.holds(Side::Visitor, &ours, &proof));
        assert!(!meeting.holds(Side::Visitor, &theirs, &proof));
        assert!(!meeting.holds(Side::Station, &ours, &proof), "nobody's proof can be handed back to them");
        for other in [
            Meeting { certificate: [9; 32], ..meeting },
            Meeting { visitor: Nonce([9; 32]), ..meeting },
            Meeting { station: Nonce([9; 32]), ..meeting },
        ] {
            assert!(!other.holds(Side::Visitor, &ours, &proof));
            assert_ne!(other.ticket(), meeting.ticket());
        }
    }
}
