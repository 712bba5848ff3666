//! Leaving a checkpoint at a relay, for those who come after: when this device may, and what it says. No
//! network in here.
//!
//! It is gathered in one moment at which this device has all that the relay has, and the relay all that it
//! has. Writing it takes seconds, so the notebook is free meanwhile. A line that breaks costs the whole of
//! it: the next one is as good, and a relay gives out none that is not whole.

use tungnha_protocol::chunk::{Kind, Lane, SealInput, seal};
use tungnha_protocol::ids::SpaceId as WireSpace;
use tungnha_protocol::log::RollingHash;
use tungnha_protocol::wire::{Body, CheckpointPage, MAX_CHECKPOINT_PAGES, PutCheckpoint};

use super::checkpoint::write;
use super::rows::{Gathered, Memory, Rows};
use crate::domain::SpaceId;
use crate::error::{Error, Result};

/// A notebook at a moment when it was whole.
pub struct Whole {
    space: SpaceId,
    place: RollingHash,
    documents: Vec<Gathered>,
}

impl Whole {
    /// All that is here; none while this device lacks anything of what the relay has, or has anything that
    /// the relay lacks.
    pub fn gather(memory: &mut impl Memory, relay: i64, space: SpaceId) -> Result<Option<Self>> {
        let (whole, _) = memory.transact(space, |rows| {
            let place = rows.place(relay)?;
            if place.seq == 0 || !rows.is_whole(relay)? {
                return Ok(None);
            }
            Ok(Some(Self { space, place, documents: rows.documents()? }))
        })?;
        Ok(whole)
    }

    /// Makes a checkpoint of it, in pages of at most so many bytes; none when it would be more than a relay
    /// keeps.
    pub fn write(self, page: usize) -> Result<Option<Leaving>> {
        let pages = write(self.space, &self.documents, page)?;
        let fits = pages.len() <= MAX_CHECKPOINT_PAGES as usize;
        Ok(fits.then_some(Leaving { space: self.space, place: self.place, pages, next: 0 }))
    }
}

/// A checkpoint on its way to a relay.
pub struct Leaving {
    space: SpaceId,
    place: RollingHash,
    pages: Vec<Vec<u8>>,
    /// The page that the relay is to keep next.
    next: usize,
}

impl Leaving {
    /// The next request; none when the relay has all of it.
    pub fn request(&mut self, memory: &mut impl Memory) -> Result<Option<Vec<u8>>> {
        let Some(plaintext) = self.pages.get(self.next) else { return Ok(None) };
        let (chunk, _) = memory.transact(self.space, |rows| seal_page(rows, plaintext))?;
        let RollingHash { seq, hash } = self.place;
        let page = CheckpointPage { seq, hash, page: self.next as u32, pages: self.pages.len() as u32, chunk };
        Ok(Some(PutCheckpoint { space: WireSpace(*self.space.bytes()), page }.to_bytes()))
    }

    /// The relay has kept what the last request brought.
    pub fn kept(&mut self) {
        self.next += 1;
    }

    /// The number in the relay's log up to which it covers it.
    pub fn seq(&self) -> u64 {
        self.place.seq
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.pages.len()
    }
}

fn seal_page(rows: &mut dyn Rows, plaintext: &[u8]) -> Result<Vec<u8>> {
    let key = rows.keys()?.pop().ok_or_else(|| Error::damaged("the notebook has no key"))?;
    let sealed = seal(SealInput {
        kind: Kind::Checkpoint,
        lane: Lane::Records,
        space: WireSpace(*rows.space().bytes()),
        key: &key,
        device: &rows.device(),
        nonce: rows.nonce(),
        plaintext,
    });
    Ok(sealed.map_err(|e| Error::new("internal", e.to_string()))?.into_bytes())
}
