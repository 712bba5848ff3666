//! The engine's rows as they are stored in the notebook.

use std::collections::BTreeSet;

use tungnha_protocol::ids::{ChunkId, DocId};
use tungnha_protocol::keys::{DeviceKey, SpaceKey};
use tungnha_protocol::log::RollingHash;
use tungnha_protocol::wire::CheckpointPage;

use super::fold::Hash;
use super::rows::{Entry, Fill, Gathered, Held, Memory, Rows, Since, ToCome, Unsealed, UnsealedPhoto};
use crate::doc::{Change, Doc};
use crate::domain::{PhotoHash, SpaceId};
use crate::error::Result;
use crate::notebook::{Batch, Notebook, Touched};
use crate::store::{self, changes, checkpoints, chunks, documents, files, photos, relays, spaces};

impl Memory for Notebook {
    fn transact<T>(&mut self, space: SpaceId, work: impl FnOnce(&mut dyn Rows) -> Result<T>) -> Result<(T, Touched)> {
        self.write_in(space, "", |batch| work(batch))
    }
}

impl Rows for Batch<'_> {
    fn space(&self) -> SpaceId {
        Batch::space(self)
    }

    fn device(&self) -> DeviceKey {
        Batch::device(self).clone()
    }

    fn keys(&self) -> Result<Vec<SpaceKey>> {
        spaces::keys(self.db(), Batch::space(self))
    }

    fn nonce(&mut self) -> [u8; 24] {
        tungnha_protocol::random_bytes()
    }

    fn unsealed(&self) -> Result<Vec<Unsealed>> {
        changes::unsealed(self.db(), Batch::space(self))
    }

    fn note_sealed(&mut self, change: i64, chunk: i64) -> Result<()> {
        changes::sealed(self.db(), change, chunk)
    }

    fn note_unfilled(&mut self, doc: &DocId, change: &Change) -> Result<()> {
        changes::insert_unfilled(self.db(), Batch::space(self), &doc.0, change)
    }

    fn unfilled(&self) -> Result<Vec<DocId>> {
        Ok(changes::unfilled(self.db(), Batch::space(self))?.into_iter().map(|(doc, _)| DocId(doc)).collect())
    }

    fn adopt(&mut self, change: &Change) -> Result<bool> {
        changes::adopt(self.db(), change)
    }

    fn note_came(&mut self, doc: &DocId, change: &Change, chunk: i64) -> Result<bool> {
        let new = !changes::is_known(self.db(), &doc.0, &change.hash.0)?;
        changes::insert_foreign(self.db(), Batch::space(self), &doc.0, change, chunk)?;
        Ok(new)
    }

    fn next_unsealed_photo(&self) -> Result<Option<UnsealedPhoto>> {
        photos::next_unsealed(self.db(), Batch::space(self))
    }

    fn note_photo_sealed(&mut self, photo: i64, chunk: i64) -> Result<()> {
        photos::sealed(self.db(), photo, chunk)
    }

    fn note_photo_came(&mut self, hash: &Hash, chunk: i64) -> Result<()> {
        photos::came(self.db(), Batch::space(self), PhotoHash(*hash), chunk)
    }

    fn note_to_come(&mut self, relay: i64, photo: ToCome) -> Result<()> {
        photos::note_to_come(self.db(), relay, Batch::space(self), photo)
    }

    fn next_to_come(&self, relay: i64) -> Result<Option<ToCome>> {
        photos::next_to_come(self.db(), relay, Batch::space(self))
    }

    fn told_by(&self, id: &ChunkId) -> Result<Vec<(i64, u64)>> {
        photos::told_by(self.db(), id)
    }

    fn no_longer_to_come(&mut self, relay: i64, seq: u64) -> Result<()> {
        photos::no_longer_to_come(self.db(), relay, Batch::space(self), seq)
    }

    fn known(&self, doc: &DocId) -> Result<BTreeSet<Hash>> {
        changes::hashes(self.db(), &doc.0)
    }

    fn load(&self, doc: &DocId) -> Result<Option<Doc>> {
        match documents::load(self.db(), Batch::space(self), &doc.0) {
            Err(error) if error.code() == "other_space" => Ok(None),
            loaded => loaded.map(Some),
        }
    }

    fn keep(&mut self, doc: &DocId, content: &Doc) -> Result<()> {
        Batch::keep(self, &doc.0, content)
    }

    fn insert(&mut self, id: &ChunkId, own: bool, bytes: &[u8]) -> Result<(i64, bool)> {
        chunks::insert(self.db(), Batch::space(self), id, own, self.at_ms(), bytes)
    }

    fn find(&self, id: &ChunkId) -> Result<Option<i64>> {
        chunks::find(self.db(), id)
    }

    fn bytes(&self, chunk: i64) -> Result<Vec<u8>> {
        chunks::bytes(self.db(), chunk)
    }

    fn records(&self, chunk: i64) -> Result<u32> {
        chunks::records(self.db(), chunk)
    }

    fn quarantine(&mut self, id: &ChunkId, bytes: &[u8], reason: &str) -> Result<()> {
        chunks::quarantine(self.db(), Batch::space(self), id, bytes, reason, self.at_ms())
    }

    fn quarantined(&self) -> Result<Vec<Vec<u8>>> {
        chunks::quarantined(self.db(), Batch::space(self))
    }

    fn release(&mut self, id: &ChunkId) -> Result<()> {
        chunks::release(self.db(), id)
    }

    fn note_double(&mut self) -> Result<()> {
        store::set_setting(self.db(), store::DOUBLE, &self.at_ms().to_be_bytes())
    }

    fn place(&self, relay: i64) -> Result<RollingHash> {
        relays::cursor(self.db(), relay, Batch::space(self))
    }

    fn set_place(&mut self, relay: i64, place: RollingHash) -> Result<()> {
        relays::set_cursor(self.db(), relay, Batch::space(self), place)
    }

    fn rewind(&mut self, relay: i64) -> Result<()> {
        relays::rewind(self.db(), relay, Batch::space(self))
    }

    fn arrived(&mut self, relay: i64, chunk: i64, seq: u64) -> Result<bool> {
        relays::arrived(self.db(), relay, Batch::space(self), chunk, seq, self.at_ms())
    }

    fn ends_at(&mut self, relay: i64, seq: u64) -> Result<()> {
        relays::ends_at(self.db(), relay, Batch::space(self), seq)
    }

    fn refused(&mut self, relay: i64, chunk: i64, code: &str) -> Result<()> {
        relays::refused(self.db(), relay, chunk, code, self.at_ms())
    }

    fn missing_at(&self, relay: i64) -> Result<Vec<Held>> {
        relays::missing_at(self.db(), relay, Batch::space(self), self.at_ms())
    }

    fn chunks_since(&self, since: Since) -> Result<Vec<Entry>> {
        files::chunks_since(self.db(), Batch::space(self), since)
    }

    fn receiver(&self, name: &str) -> Result<Option<i64>> {
        files::find_receiver(self.db(), Batch::space(self), name)
    }

    fn hand_over(&mut self, receiver: &str, chunks: &[Entry]) -> Result<()> {
        files::hand_over(self.db(), Batch::space(self), receiver, chunks, self.at_ms())
    }

    fn is_empty(&self) -> Result<bool> {
        spaces::is_empty(self.db(), Batch::space(self))
    }

    fn is_filling(&self, relay: i64) -> Result<bool> {
        checkpoints::is_filling(self.db(), relay, Batch::space(self))
    }

    fn pages(&self, relay: i64) -> Result<Vec<CheckpointPage>> {
        checkpoints::pages(self.db(), relay, Batch::space(self))
    }

    fn keep_page(&mut self, relay: i64, page: &CheckpointPage) -> Result<()> {
        checkpoints::keep_page(self.db(), relay, Batch::space(self), page)
    }

    fn drop_pages(&mut self, relay: i64) -> Result<()> {
        checkpoints::drop_pages(self.db(), relay, Batch::space(self))
    }

    fn fill(&self, relay: i64) -> Result<Option<Fill>> {
        checkpoints::fill(self.db(), relay, Batch::space(self))
    }

    fn set_fill(&mut self, relay: i64, fill: Option<Fill>) -> Result<()> {
        checkpoints::set_fill(self.db(), relay, Batch::space(self), fill)
    }

    fn is_whole(&self, relay: i64) -> Result<bool> {
        checkpoints::may_be_left(self.db(), relay, Batch::space(self))
    }

    fn documents(&self) -> Result<Vec<Gathered>> {
        let order = documents::by_place(self.db(), Batch::space(self))?.into_iter();
        let gathered =
            |(doc, place)| Ok(Gathered { doc: DocId(doc), place, saved: documents::saved(self.db(), &doc)? });
        order.map(gathered).collect()
    }
}
