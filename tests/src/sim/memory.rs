//! A device's store in memory: the same tables as the notebook's, without SQL. A transaction works on
//! a copy that is thrown away when it fails; tables are shared until they are written to, so that
//! copying one is cheap.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use tungnha_core::doc::{Change, Doc};
use tungnha_core::domain::SpaceId;
use tungnha_core::error::Result;
use tungnha_core::sync::fold::Hash;
use tungnha_core::sync::rows::{Entry, Fill, Gathered, Held, Rows, Since, ToCome, Unsealed, UnsealedPhoto};
use tungnha_protocol::Lane;
use tungnha_protocol::ids::{ChunkId, DocId};
use tungnha_protocol::keys::{DeviceKey, SpaceKey};
use tungnha_protocol::log::RollingHash;
use tungnha_protocol::photo;
use tungnha_protocol::wire::CheckpointPage;

use super::store::View;

/// All that a device keeps.
#[derive(Clone, Default)]
pub struct Tables {
    chunks: Rc<BTreeMap<i64, ChunkRow>>,
    by_id: Rc<BTreeMap<ChunkId, i64>>,
    changes: Rc<BTreeMap<i64, ChangeRow>>,
    by_hash: Rc<BTreeMap<(Hash, DocId), i64>>,
    by_doc: Rc<BTreeMap<DocId, BTreeSet<Hash>>>,
    docs: Rc<BTreeMap<DocId, Saved>>,
    quarantine: Rc<BTreeMap<i64, Waiting>>,
    photos: Rc<BTreeMap<i64, PhotoRow>>,
    to_come: Rc<BTreeMap<(i64, SpaceId, u64), ToCome>>,
    places: Rc<BTreeMap<(i64, SpaceId), RollingHash>>,
    arrivals: Rc<BTreeMap<(i64, i64), u64>>,
    refusals: Rc<BTreeSet<(i64, i64)>>,
    pages: Rc<BTreeMap<(i64, SpaceId), Vec<CheckpointPage>>>,
    fills: Rc<BTreeMap<(i64, SpaceId), Fill>>,
    receivers: Rc<BTreeMap<(SpaceId, String), i64>>,
    handed_over: Rc<BTreeSet<(i64, i64)>>,
    doubled: bool,
}

/// A saved document and its space.
type Saved = (SpaceId, Rc<[u8]>);

#[derive(Clone)]
struct ChunkRow {
    id: ChunkId,
    space: SpaceId,
    own: bool,
    bytes: Rc<[u8]>,
}

#[derive(Clone)]
struct ChangeRow {
    hash: Hash,
    space: SpaceId,
    doc: DocId,
    chunk: Option<i64>,
    bytes: Option<Rc<[u8]>>,
}

impl ChangeRow {
    /// It came in a checkpoint, and its chunk is not here yet.
    fn is_unfilled(&self) -> bool {
        self.chunk.is_none() && self.bytes.is_none()
    }
}

#[derive(Clone)]
struct PhotoRow {
    hash: Hash,
    space: SpaceId,
    chunk: Option<i64>,
    bytes: Option<Rc<[u8]>>,
}

#[derive(Clone)]
struct Waiting {
    id: ChunkId,
    space: SpaceId,
    bytes: Rc<[u8]>,
}

impl Tables {
    /// Runs `work` on the rows of one space: all that it wrote is kept, or nothing of it.
    pub fn transact<T>(&mut self, space: SpaceId, work: impl FnOnce(&mut dyn Rows) -> Result<T>) -> Result<T> {
        let mut rows = MemoryRows { tables: self.clone(), space };
        let result = work(&mut rows)?;
        *self = rows.tables;
        Ok(result)
    }

    /// Keeps a change that this device wrote, and its document.
    pub fn write(&mut self, space: SpaceId, doc: &DocId, change: &Change, content: &Doc) {
        let bytes = Some(change.bytes.as_slice().into());
        self.note(ChangeRow { hash: change.hash.0, space, doc: *doc, chunk: None, bytes });
        Rc::make_mut(&mut self.docs).insert(*doc, (space, content.save().into()));
    }

    /// Keeps a photo that a saved visit shows.
    pub fn take_photo(&mut self, space: SpaceId, jpeg: &[u8]) {
        let hash = photo::hash(jpeg);
        if !self.photos.values().any(|row| (row.space, row.hash) == (space, hash)) {
            let n = next(&self.photos);
            let row = PhotoRow { hash, space, chunk: None, bytes: Some(jpeg.into()) };
            Rc::make_mut(&mut self.photos).insert(n, row);
        }
    }

    /// A document, an empty one when there is none yet.
    pub fn load(&self, doc: &DocId) -> Result<Doc> {
        self.docs.get(doc).map_or_else(|| Ok(Doc::new()), |(_, saved)| Doc::load(saved))
    }

    /// All that is kept of a space.
    pub fn view(&self, space: SpaceId) -> View {
        let chunks = self.chunks.values().filter(|chunk| chunk.space == space);
        let changes = self.changes.values().filter(|change| change.space == space);
        let unsealed = changes.clone().filter(|change| change.chunk.is_none() && change.bytes.is_some());
        View {
            chunks: chunks.map(|chunk| (chunk.id, chunk.bytes.to_vec())).collect(),
            unsealed: unsealed.map(|c| (c.doc, c.bytes.as_deref().unwrap_or_default().to_vec())).collect(),
            unfilled: changes.clone().filter(|c| c.is_unfilled()).map(|c| (c.doc, c.hash)).collect(),
            changes: changes.map(|change| (change.doc, change.hash)).collect(),
            photos: self.photos.values().filter(|row| row.space == space).map(|row| row.hash).collect(),
            quarantine: self.quarantine.values().filter(|row| row.space == space).map(|row| row.id).collect(),
            docs: self.docs.iter().filter(|(_, (of, _))| *of == space).map(|(id, (_, b))| (*id, b.to_vec())).collect(),
        }
    }

    /// What a relay is believed to keep of a space, and under which numbers.
    pub fn arrivals(&self, relay: i64, space: SpaceId) -> Vec<(ChunkId, u64)> {
        let of_relay = self.arrivals.range((relay, i64::MIN)..=(relay, i64::MAX));
        let chunks = of_relay.filter_map(|((_, chunk), seq)| Some((self.chunks.get(chunk)?, *seq)));
        chunks.filter(|(chunk, _)| chunk.space == space).map(|(chunk, seq)| (chunk.id, seq)).collect()
    }

    fn note(&mut self, change: ChangeRow) {
        match self.by_hash.get(&(change.hash, change.doc)) {
            // The same change may already be here, unsealed: a list imported on two devices.
            Some(known) => {
                let waits = self.changes.get(known).is_some_and(|row| row.chunk.is_none());
                if waits && change.chunk.is_some() {
                    Rc::make_mut(&mut self.changes).insert(*known, ChangeRow { bytes: None, ..change });
                }
            }
            None => {
                let n = next(&self.changes);
                Rc::make_mut(&mut self.by_hash).insert((change.hash, change.doc), n);
                Rc::make_mut(&mut self.by_doc).entry(change.doc).or_default().insert(change.hash);
                Rc::make_mut(&mut self.changes).insert(n, change);
            }
        }
    }

    fn forget_arrivals(&mut self, relay: i64, space: SpaceId, gone: impl Fn(i64, u64) -> bool) {
        let chunks = &self.chunks;
        let of_space = |chunk: &i64| chunks.get(chunk).is_some_and(|row| row.space == space);
        let is_gone = |of: &i64, chunk: &i64, seq: u64| *of == relay && of_space(chunk) && gone(*chunk, seq);
        if self.arrivals.iter().any(|((of, chunk), seq)| is_gone(of, chunk, *seq)) {
            Rc::make_mut(&mut self.arrivals).retain(|(of, chunk), seq| !is_gone(of, chunk, *seq));
        }
    }
}

fn next<T>(rows: &BTreeMap<i64, T>) -> i64 {
    rows.last_key_value().map_or(1, |(n, _)| n + 1)
}

struct MemoryRows {
    tables: Tables,
    space: SpaceId,
}

impl Rows for MemoryRows {
    fn space(&self) -> SpaceId {
        self.space
    }

    fn device(&self) -> DeviceKey {
        unreachable!("the watch over these rows knows the device")
    }

    fn keys(&self) -> Result<Vec<SpaceKey>> {
        unreachable!("the watch over these rows knows the keys")
    }

    fn nonce(&mut self) -> [u8; 24] {
        unreachable!("the watch over these rows draws the nonces")
    }

    fn unsealed(&self) -> Result<Vec<Unsealed>> {
        let waiting = self.tables.changes.iter().filter(|(_, c)| c.space == self.space && c.chunk.is_none());
        let unsealed = waiting.filter_map(|(n, c)| {
            c.bytes.as_ref().map(|bytes| Unsealed { n: *n, doc: c.doc, hash: c.hash, bytes: bytes.to_vec() })
        });
        Ok(unsealed.collect())
    }

    fn note_sealed(&mut self, change: i64, chunk: i64) -> Result<()> {
        if let Some(row) = Rc::make_mut(&mut self.tables.changes).get_mut(&change) {
            (row.chunk, row.bytes) = (Some(chunk), None);
        }
        Ok(())
    }

    fn note_unfilled(&mut self, doc: &DocId, change: &Change) -> Result<()> {
        let row = ChangeRow { hash: change.hash.0, space: self.space, doc: *doc, chunk: None, bytes: None };
        self.tables.note(row);
        Ok(())
    }

    fn unfilled(&self) -> Result<Vec<DocId>> {
        let unfilled = self.tables.changes.values().filter(|c| c.space == self.space && c.is_unfilled());
        Ok(unfilled.map(|change| change.doc).collect::<BTreeSet<_>>().into_iter().collect())
    }

    fn adopt(&mut self, change: &Change) -> Result<bool> {
        let mut adopted = false;
        let rows = Rc::make_mut(&mut self.tables.changes).values_mut();
        for row in rows.filter(|row| row.hash == change.hash.0 && row.is_unfilled()) {
            row.bytes = Some(change.bytes.as_slice().into());
            adopted = true;
        }
        Ok(adopted)
    }

    fn note_came(&mut self, doc: &DocId, change: &Change, chunk: i64) -> Result<bool> {
        let new = !self.tables.by_hash.contains_key(&(change.hash.0, *doc));
        let row = ChangeRow { hash: change.hash.0, space: self.space, doc: *doc, chunk: Some(chunk), bytes: None };
        self.tables.note(row);
        Ok(new)
    }

    fn next_unsealed_photo(&self) -> Result<Option<UnsealedPhoto>> {
        let mut waiting = self.tables.photos.iter().filter(|(_, row)| row.space == self.space && row.chunk.is_none());
        let next = waiting.next();
        Ok(next.map(|(n, row)| UnsealedPhoto { n: *n, bytes: row.bytes.as_deref().unwrap_or_default().to_vec() }))
    }

    fn note_photo_sealed(&mut self, photo: i64, chunk: i64) -> Result<()> {
        if let Some(row) = Rc::make_mut(&mut self.tables.photos).get_mut(&photo) {
            (row.chunk, row.bytes) = (Some(chunk), None);
        }
        Ok(())
    }

    fn note_photo_came(&mut self, hash: &Hash, chunk: i64) -> Result<()> {
        let known = self.tables.photos.iter().find(|(_, row)| (row.space, row.hash) == (self.space, *hash));
        let (n, waits) = known.map_or((next(&self.tables.photos), true), |(n, row)| (*n, row.chunk.is_none()));
        if waits {
            let row = PhotoRow { hash: *hash, space: self.space, chunk: Some(chunk), bytes: None };
            Rc::make_mut(&mut self.tables.photos).insert(n, row);
        }
        Ok(())
    }

    fn note_to_come(&mut self, relay: i64, photo: ToCome) -> Result<()> {
        self.tables.forget_arrivals(relay, self.space, |_, at| at == photo.before.seq + 1);
        Rc::make_mut(&mut self.tables.to_come).insert((relay, self.space, photo.before.seq + 1), photo);
        Ok(())
    }

    fn next_to_come(&self, relay: i64) -> Result<Option<ToCome>> {
        let all = self.tables.to_come.range((relay, self.space, 0)..=(relay, self.space, u64::MAX));
        Ok(all.map(|(_, photo)| *photo).next_back())
    }

    fn told_by(&self, id: &ChunkId) -> Result<Vec<(i64, u64)>> {
        let told = self.tables.to_come.iter().filter(|(_, photo)| photo.id == *id);
        Ok(told.map(|((relay, _, seq), _)| (*relay, *seq)).collect())
    }

    fn no_longer_to_come(&mut self, relay: i64, seq: u64) -> Result<()> {
        Rc::make_mut(&mut self.tables.to_come).remove(&(relay, self.space, seq));
        Ok(())
    }

    fn known(&self, doc: &DocId) -> Result<BTreeSet<Hash>> {
        Ok(self.tables.by_doc.get(doc).cloned().unwrap_or_default())
    }

    fn load(&self, doc: &DocId) -> Result<Option<Doc>> {
        match self.tables.docs.get(doc) {
            Some((space, _)) if *space != self.space => Ok(None),
            _ => self.tables.load(doc).map(Some),
        }
    }

    fn keep(&mut self, doc: &DocId, content: &Doc) -> Result<()> {
        Rc::make_mut(&mut self.tables.docs).insert(*doc, (self.space, content.save().into()));
        Ok(())
    }

    fn insert(&mut self, id: &ChunkId, own: bool, bytes: &[u8]) -> Result<(i64, bool)> {
        if let Some(known) = self.tables.by_id.get(id) {
            return Ok((*known, false));
        }
        let n = next(&self.tables.chunks);
        Rc::make_mut(&mut self.tables.by_id).insert(*id, n);
        let row = ChunkRow { id: *id, space: self.space, own, bytes: bytes.into() };
        Rc::make_mut(&mut self.tables.chunks).insert(n, row);
        Ok((n, true))
    }

    fn find(&self, id: &ChunkId) -> Result<Option<i64>> {
        Ok(self.tables.by_id.get(id).copied())
    }

    fn bytes(&self, chunk: i64) -> Result<Vec<u8>> {
        Ok(self.tables.chunks.get(&chunk).map(|row| row.bytes.to_vec()).unwrap_or_default())
    }

    fn records(&self, chunk: i64) -> Result<u32> {
        Ok(self.tables.changes.values().filter(|change| change.chunk == Some(chunk)).count() as u32)
    }

    fn quarantine(&mut self, id: &ChunkId, bytes: &[u8], _: &str) -> Result<()> {
        if !self.tables.quarantine.values().any(|row| row.id == *id) {
            let n = next(&self.tables.quarantine);
            let row = Waiting { id: *id, space: self.space, bytes: bytes.into() };
            Rc::make_mut(&mut self.tables.quarantine).insert(n, row);
        }
        Ok(())
    }

    fn quarantined(&self) -> Result<Vec<Vec<u8>>> {
        let waiting = self.tables.quarantine.values().filter(|row| row.space == self.space);
        Ok(waiting.map(|row| row.bytes.to_vec()).collect())
    }

    fn release(&mut self, id: &ChunkId) -> Result<()> {
        if self.tables.quarantine.values().any(|row| row.id == *id) {
            Rc::make_mut(&mut self.tables.quarantine).retain(|_, row| row.id != *id);
        }
        Ok(())
    }

    fn note_double(&mut self) -> Result<()> {
        self.tables.doubled = true;
        Ok(())
    }

    fn place(&self, relay: i64) -> Result<RollingHash> {
        Ok(self.tables.places.get(&(relay, self.space)).copied().unwrap_or(RollingHash::NONE))
    }

    fn set_place(&mut self, relay: i64, place: RollingHash) -> Result<()> {
        Rc::make_mut(&mut self.tables.places).insert((relay, self.space), place);
        Ok(())
    }

    fn rewind(&mut self, relay: i64) -> Result<()> {
        self.set_place(relay, RollingHash::NONE)?;
        self.drop_pages(relay)?;
        self.set_fill(relay, None)?;
        Rc::make_mut(&mut self.tables.to_come).retain(|(of, space, _), _| (*of, *space) != (relay, self.space));
        self.tables.forget_arrivals(relay, self.space, |_, _| true);
        Ok(())
    }

    fn arrived(&mut self, relay: i64, chunk: i64, seq: u64) -> Result<bool> {
        self.tables.forget_arrivals(relay, self.space, |other, at| at == seq && other != chunk);
        let before = Rc::make_mut(&mut self.tables.arrivals).insert((relay, chunk), seq);
        if before != Some(seq) {
            Rc::make_mut(&mut self.tables.refusals).remove(&(relay, chunk));
        }
        Ok(before.is_none())
    }

    fn ends_at(&mut self, relay: i64, seq: u64) -> Result<()> {
        self.tables.forget_arrivals(relay, self.space, |_, at| at > seq);
        Ok(())
    }

    fn refused(&mut self, relay: i64, chunk: i64, _: &str) -> Result<()> {
        Rc::make_mut(&mut self.tables.refusals).insert((relay, chunk));
        Ok(())
    }

    fn missing_at(&self, relay: i64) -> Result<Vec<Held>> {
        let tables = &self.tables;
        let settled = |row: i64| tables.arrivals.contains_key(&(relay, row)) || tables.refusals.contains(&(relay, row));
        let waiting = tables.chunks.iter().filter(|(row, chunk)| chunk.space == self.space && !settled(**row));
        let photo = |chunk: &ChunkRow| Lane::of(&chunk.bytes).waits();
        let mut missing: Vec<_> =
            waiting.map(|(row, chunk)| Held { row: *row, id: chunk.id, own: chunk.own, photo: photo(chunk) }).collect();
        missing.sort_by_key(|held| (held.photo, !held.own));
        Ok(missing)
    }

    fn chunks_since(&self, since: Since) -> Result<Vec<Entry>> {
        let tables = &self.tables;
        let old = |chunk: i64| match since {
            Since::Beginning => false,
            Since::Relay(relay) => tables.arrivals.contains_key(&(relay, chunk)),
            Since::Receiver(receiver) => tables.handed_over.contains(&(receiver, chunk)),
        };
        let new = tables.chunks.iter().filter(|(n, chunk)| chunk.space == self.space && !old(**n));
        new.map(|(n, chunk)| Ok(Entry { n: *n, length: chunk.bytes.len() as u64, records: self.records(*n)? }))
            .collect()
    }

    fn receiver(&self, name: &str) -> Result<Option<i64>> {
        Ok(self.tables.receivers.get(&(self.space, name.to_owned())).copied())
    }

    fn hand_over(&mut self, receiver: &str, chunks: &[Entry]) -> Result<()> {
        let next = self.tables.receivers.len() as i64 + 1;
        let n = *Rc::make_mut(&mut self.tables.receivers).entry((self.space, receiver.to_owned())).or_insert(next);
        Rc::make_mut(&mut self.tables.handed_over).extend(chunks.iter().map(|chunk| (n, chunk.n)));
        Ok(())
    }

    fn is_empty(&self) -> Result<bool> {
        let docs = self.tables.docs.values().any(|(space, _)| *space == self.space);
        Ok(!docs && !self.tables.chunks.values().any(|chunk| chunk.space == self.space))
    }

    fn is_filling(&self, relay: i64) -> Result<bool> {
        Ok(!self.pages(relay)?.is_empty() || self.fill(relay)?.is_some())
    }

    fn pages(&self, relay: i64) -> Result<Vec<CheckpointPage>> {
        Ok(self.tables.pages.get(&(relay, self.space)).cloned().unwrap_or_default())
    }

    fn keep_page(&mut self, relay: i64, page: &CheckpointPage) -> Result<()> {
        Rc::make_mut(&mut self.tables.pages).entry((relay, self.space)).or_default().push(page.clone());
        Ok(())
    }

    fn drop_pages(&mut self, relay: i64) -> Result<()> {
        Rc::make_mut(&mut self.tables.pages).remove(&(relay, self.space));
        Ok(())
    }

    fn fill(&self, relay: i64) -> Result<Option<Fill>> {
        Ok(self.tables.fills.get(&(relay, self.space)).copied())
    }

    fn set_fill(&mut self, relay: i64, fill: Option<Fill>) -> Result<()> {
        let fills = Rc::make_mut(&mut self.tables.fills);
        match fill {
            Some(fill) => fills.insert((relay, self.space), fill),
            None => fills.remove(&(relay, self.space)),
        };
        Ok(())
    }

    fn is_whole(&self, relay: i64) -> Result<bool> {
        let (tables, ours) = (&self.tables, |space: SpaceId| space == self.space);
        let has_waiting = tables.changes.values().any(|change| ours(change.space) && change.chunk.is_none());
        let has_quarantine = tables.quarantine.values().any(|row| ours(row.space));
        let is_record = |chunk: &ChunkRow| !Lane::of(&chunk.bytes).waits();
        let mut chunks = tables.chunks.iter().filter(|(_, chunk)| ours(chunk.space) && is_record(chunk));
        let all_arrived = chunks.all(|(n, _)| tables.arrivals.contains_key(&(relay, *n)));
        let is_filling = tables.fills.contains_key(&(relay, self.space));
        Ok(!has_waiting && !has_quarantine && all_arrived && !is_filling && self.place(relay)?.seq > 0)
    }

    fn documents(&self) -> Result<Vec<Gathered>> {
        let ours = self.tables.docs.iter().filter(|(_, (space, _))| *space == self.space);
        let gathered = ours.map(|(doc, (_, saved))| Gathered { doc: *doc, place: None, saved: saved.to_vec() });
        let mut documents: Vec<_> = gathered.collect();
        documents.sort_by_key(|document| document.doc.0 != *self.space.bytes());
        Ok(documents)
    }
}
