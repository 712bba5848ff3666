//! Meeting a station: what a visitor says, and what the answers prove. No network in here; the bytes are
//! told in `tungnha_protocol::meet`.
//!
//! Until the station has shown that it holds the space's key, it hears nothing but proofs that it cannot
//! tell from random bytes.

use tungnha_protocol::ids::Proof;
use tungnha_protocol::keys::{DeviceKey, SpaceKey};
use tungnha_protocol::meet::{JoinRoom, MAX_PROOFS, Meeting, MeetingKey, PROOFS, Prove, Proved, Side};
use tungnha_protocol::wire::Registration;

use crate::error::{Error, Result};

/// Who comes.
pub struct Visitor<'a> {
    /// This device's key.
    pub device: &'a DeviceKey,
    /// The full name of whoever uses it.
    pub name: &'a str,
    /// The keyring of its space, oldest key first.
    pub keys: &'a [SpaceKey],
}

/// A meeting in which both have drawn their nonces.
pub struct Proving {
    meeting: Meeting,
    /// Newest first.
    keys: Vec<MeetingKey>,
}

impl Proving {
    /// The meeting of somebody with these keys.
    pub fn new(meeting: Meeting, keys: &[SpaceKey]) -> Self {
        Self { meeting, keys: keys.iter().rev().take(MAX_PROOFS).map(MeetingKey::of).collect() }
    }

    /// Proves to hold the keys.
    pub fn prove(&self) -> Prove {
        let proofs = self.keys.iter().map(|key| self.meeting.proof(Side::Visitor, key)).collect();
        Prove { meeting: self.meeting.station, proofs: padded(proofs) }
    }

    /// Goes on only when the station has proved the same: then says who comes, with the token that they
    /// picked for this visit. `station_other_team` when it has not; it has learnt nothing then.
    pub fn join(&self, proved: &Proved, visitor: &Visitor<'_>, token: &[u8; 32]) -> Result<JoinRoom> {
        let holds = |number: u32, proof| {
            let key = self.keys.get(number as usize);
            key.is_some_and(|key| self.meeting.holds(Side::Station, key, proof))
        };
        if proved.shared.is_empty() || !proved.shared.iter().all(|shared| holds(shared.number, &shared.proof)) {
            return Err(Error::new("station_other_team", "the other device holds no key of this notebook"));
        }
        let registration = Registration::sign(visitor.device, &self.meeting.ticket(), token);
        Ok(JoinRoom { meeting: self.meeting.station, registration, name: visitor.name.to_owned() })
    }
}

/// With random ones up to the next multiple of [`PROOFS`], so that their number says nothing.
fn padded(mut proofs: Vec<Proof>) -> Vec<Proof> {
    proofs.resize_with(proofs.len().max(1).next_multiple_of(PROOFS), Proof::random);
    proofs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_proofs_says_nothing() {
        let lengths = [0, 1, 7, 8, 9].map(|count| padded(vec![Proof::random(); count]).len());
        assert_eq!(lengths, [8, 8, 8, 8, 16]);
    }
}
