//! A visit to a station, as the app makes it, but for TLS: both sides show that they hold the space's key,
//! before either says who it is.

use tungnha_core::domain::SpaceId;
use tungnha_core::error::{Error, Result};
use tungnha_core::sync::meet::{Proving, Visitor};
use tungnha_protocol::ids::Nonce;
use tungnha_protocol::meet::{JoinRoom, JoinedRoom, Meet, Meeting, Met, Proved};
use tungnha_protocol::wire::Body;

use super::session::Call;
use super::watch::Watched;

/// A visit on behalf of one space.
pub struct Visiting {
    /// The space.
    pub space: SpaceId,
    /// What the station showed when the visitor came.
    certificate: [u8; 32],
    stage: Stage,
    token: [u8; 32],
}

enum Stage {
    Greets(Nonce),
    Proves(Proving),
    Joins(JoinRoom),
    HasMet,
}

impl Visiting {
    /// A visit under this certificate, with a nonce and a token that were drawn for it.
    pub fn new(space: SpaceId, certificate: [u8; 32], nonce: [u8; 32], token: [u8; 32]) -> Self {
        Self { space, certificate, stage: Stage::Greets(Nonce(nonce)), token }
    }

    /// The next request; none when they have met.
    pub fn request(&self) -> (Call, Option<Vec<u8>>) {
        match &self.stage {
            Stage::Greets(nonce) => (Call::Greet, Some(Meet { nonce: *nonce }.to_bytes())),
            Stage::Proves(proving) => (Call::Prove, Some(proving.prove().to_bytes())),
            Stage::Joins(join) => (Call::Join, Some(join.to_bytes())),
            Stage::HasMet => (Call::Join, None),
        }
    }

    /// Takes in what the station answers. The visitor's token, once they have met.
    pub fn absorb(&mut self, memory: &Watched<'_>, answer: &[u8]) -> Result<Option<[u8; 32]>> {
        let identity = memory.identity;
        let keys = identity.keys(self.space);
        self.stage = match &self.stage {
            Stage::Greets(visitor) => {
                let Met { nonce: station } = read(answer)?;
                let meeting = Meeting { certificate: self.certificate, visitor: *visitor, station };
                Stage::Proves(Proving::new(meeting, keys))
            }
            Stage::Proves(proving) => {
                let proved: Proved = read(answer)?;
                let visitor = Visitor { device: &identity.key, name: &identity.name, keys };
                Stage::Joins(proving.join(&proved, &visitor, &self.token)?)
            }
            Stage::Joins(_) | Stage::HasMet => {
                let JoinedRoom { .. } = read(answer)?;
                Stage::HasMet
            }
        };
        Ok(matches!(self.stage, Stage::HasMet).then_some(self.token))
    }
}

fn read<T: Body>(answer: &[u8]) -> Result<T> {
    T::from_bytes(answer).map_err(|error| Error::new("station_answer", error.to_string()))
}
