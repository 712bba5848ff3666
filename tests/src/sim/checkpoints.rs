//! What relays give out as checkpoints, looked at from outside: whole, readable, and with all that they say
//! they cover.

use tungnha_core::domain::SpaceId;
use tungnha_core::sync::checkpoint::take_page;
use tungnha_protocol::checkpoint::Reader;
use tungnha_protocol::chunk::Chunk;
use tungnha_protocol::ids::SpaceId as WireSpace;
use tungnha_protocol::log::RollingHash;
use tungnha_protocol::wire::CheckpointPage;

use super::memory::Tables;
use super::store::{Store, View};
use super::world::World;
use super::{Broken, Promise};

impl World {
    /// Looks at a relay's checkpoints, as far as they are others than before.
    pub(super) fn check_checkpoints(&mut self, number: usize) -> Result<(), Broken> {
        for space in self.spaces.clone() {
            let pages = self.relays[number].checkpoint(space);
            let Some(first) = pages.first() else { continue };
            let id = Chunk::id_of(&first.chunk);
            if self.relays[number].looked_at.insert(space, id) != Some(id) {
                self.check_checkpoint(number, space, &pages)?;
            }
        }
        Ok(())
    }

    fn check_checkpoint(&self, number: usize, space: SpaceId, pages: &[CheckpointPage]) -> Result<(), Broken> {
        let wrong = |what: String| Promise::Checkpoint.broken(format!("the checkpoint of relay {number} {what}"));
        let Some(CheckpointPage { seq, hash, pages: all, .. }) = pages.first() else { return Ok(()) };
        if pages.len() != *all as usize || pages.iter().any(|page| (page.seq, page.hash) != (*seq, *hash)) {
            return Err(wrong("is not whole".to_owned()));
        }
        let covered = self.ledger.back_from(RollingHash { seq: *seq, hash: *hash });
        let covered: Vec<_> = covered.ok_or_else(|| wrong("stands in no log".to_owned()))?.collect();
        let holds = self.read(space, pages).map_err(|error| wrong(format!("cannot be read: {error}")))?.changes;
        for id in covered {
            let lacks = self.ledger.changes_in(&id).iter().any(|change| !holds.contains(change));
            if lacks || self.ledger.strange.contains_key(&id) {
                return Err(wrong(format!("lacks what is in {id}")));
            }
        }
        Ok(())
    }

    /// What a device would have that began from it.
    fn read(&self, space: SpaceId, pages: &[CheckpointPage]) -> tungnha_core::error::Result<View> {
        let damaged = |error: &dyn std::fmt::Display| tungnha_core::error::Error::damaged(error.to_string());
        // The first device is in every space.
        let keys = self.devices[0].identity.keys(space);
        let (mut reader, mut store) = (Reader::new(WireSpace(*space.bytes())), Store::Memory(Tables::default()));
        for page in pages {
            let chunk = Chunk::parse(page.chunk.clone()).map_err(|error| damaged(&error))?;
            let opened = keys.iter().find_map(|key| chunk.open(key).ok());
            let opened = opened.ok_or_else(|| damaged(&"no key opens it"))?;
            let taken = store.transact(space, |rows| take_page(rows, &mut reader, &opened))?;
            if let Some((_, why)) = taken.refused.first() {
                return Err(damaged(why));
            }
        }
        Ok(store.view(space))
    }
}
