//! The engine's rows as they are stored in the notebook.

use std::collections::BTreeSet;

use tungnha_protocol::ids::{ChunkId, DocId};
use tungnha_protocol::keys::{DeviceKey, SpaceKey};
use tungnha_protocol::log::RollingHash;

use super::fold::Hash;
use super::rows::{Held, Memory, Rows, Unsealed};
use crate::doc::{Change, Doc};
use crate::domain::SpaceId;
use crate::error::Result;
use crate::notebook::{Batch, Notebook, Touched};
use crate::store::{self, changes, chunks, documents, relays, spaces};

impl Memory for Notebook {
    fn transact<T>(&mut self, space: SpaceId, work: impl FnOnce(&mut dyn Rows) -> Result<T>) -> Result<(T, Touched)> {
        let device = self.device().clone();
        self.write_in(space, "", |batch| work(&mut Stored { batch, device }))
    }
}

struct Stored<'a, 'b> {
    batch: &'a mut Batch<'b>,
    device: DeviceKey,
}

impl Rows for Stored<'_, '_> {
    fn space(&self) -> SpaceId {
        self.batch.space()
    }

    fn device(&self) -> DeviceKey {
        self.device.clone()
    }

    fn keys(&self) -> Result<Vec<SpaceKey>> {
        spaces::keys(self.batch.db(), self.space())
    }

    fn nonce(&mut self) -> [u8; 24] {
        tungnha_protocol::random_bytes()
    }

    fn unsealed(&self) -> Result<Vec<Unsealed>> {
        changes::unsealed(self.batch.db(), self.space())
    }

    fn note_sealed(&mut self, change: i64, chunk: i64) -> Result<()> {
        changes::sealed(self.batch.db(), change, chunk)
    }

    fn note_came(&mut self, doc: &DocId, change: &Change, chunk: i64) -> Result<bool> {
        let new = !changes::is_known(self.batch.db(), &doc.0, &change.hash.0)?;
        changes::insert_foreign(self.batch.db(), self.space(), &doc.0, change, chunk)?;
        Ok(new)
    }

    fn known(&self, doc: &DocId) -> Result<BTreeSet<Hash>> {
        changes::hashes(self.batch.db(), &doc.0)
    }

    fn load(&self, doc: &DocId) -> Result<Option<Doc>> {
        match documents::load(self.batch.db(), self.space(), &doc.0) {
            Err(error) if error.code() == "other_space" => Ok(None),
            loaded => loaded.map(Some),
        }
    }

    fn keep(&mut self, doc: &DocId, content: &Doc) -> Result<()> {
        self.batch.keep(&doc.0, content)
    }

    fn insert(&mut self, id: &ChunkId, own: bool, bytes: &[u8]) -> Result<(i64, bool)> {
        chunks::insert(self.batch.db(), self.space(), id, own, self.batch.at_ms(), bytes)
    }

    fn find(&self, id: &ChunkId) -> Result<Option<i64>> {
        chunks::find(self.batch.db(), id)
    }

    fn bytes(&self, chunk: i64) -> Result<Vec<u8>> {
        chunks::bytes(self.batch.db(), chunk)
    }

    fn records(&self, chunk: i64) -> Result<u32> {
        chunks::records(self.batch.db(), chunk)
    }

    fn quarantine(&mut self, id: &ChunkId, bytes: &[u8], reason: &str) -> Result<()> {
        chunks::quarantine(self.batch.db(), self.space(), id, bytes, reason, self.batch.at_ms())
    }

    fn quarantined(&self) -> Result<Vec<Vec<u8>>> {
        chunks::quarantined(self.batch.db(), self.space())
    }

    fn release(&mut self, id: &ChunkId) -> Result<()> {
        chunks::release(self.batch.db(), id)
    }

    fn note_double(&mut self) -> Result<()> {
        store::set_setting(self.batch.db(), store::DOUBLE, &self.batch.at_ms().to_be_bytes())
    }

    fn place(&self, relay: i64) -> Result<RollingHash> {
        relays::cursor(self.batch.db(), relay, self.space())
    }

    fn set_place(&mut self, relay: i64, place: RollingHash) -> Result<()> {
        relays::set_cursor(self.batch.db(), relay, self.space(), place)
    }

    fn rewind(&mut self, relay: i64) -> Result<()> {
        relays::rewind(self.batch.db(), relay, self.space())
    }

    fn arrived(&mut self, relay: i64, chunk: i64, seq: u64) -> Result<bool> {
        relays::arrived(self.batch.db(), relay, self.space(), chunk, seq, self.batch.at_ms())
    }

    fn ends_at(&mut self, relay: i64, seq: u64) -> Result<()> {
        relays::ends_at(self.batch.db(), relay, self.space(), seq)
    }

    fn refused(&mut self, relay: i64, chunk: i64, code: &str) -> Result<()> {
        relays::refused(self.batch.db(), relay, chunk, code, self.batch.at_ms())
    }

    fn missing_at(&self, relay: i64) -> Result<Vec<Held>> {
        relays::missing_at(self.batch.db(), relay, self.space())
    }
}
