//! Rows that are watched: between the engine and a device's store. Each call is a step at which the
//! device may crash; at the end of each transaction the promises that it touches are checked; and here
//! the bugs that are made on purpose get in.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use tungnha_core::doc::{Change, Doc};
use tungnha_core::domain::SpaceId;
use tungnha_core::error::{Error, Result};
use tungnha_core::notebook::Touched;
use tungnha_core::sync::fold::{Hash, unfold};
use tungnha_core::sync::rows::{Entry, Fill, Gathered, Held, Memory, Rows, Since, ToCome, Unsealed, UnsealedPhoto};
use tungnha_protocol::chunk::Chunk;
use tungnha_protocol::ids::{ChunkId, DocId};
use tungnha_protocol::keys::{DeviceKey, SpaceKey};
use tungnha_protocol::log::RollingHash;
use tungnha_protocol::payload;
use tungnha_protocol::wire::CheckpointPage;

use super::breakage::{Breakage, Mischief};
use super::device::{Identity, Mirror};
use super::ledger::{Ledger, shown};
use super::store::Store;
use super::{Broken, Promise};
use crate::Chance;

/// A device's store as the engine gets it.
pub struct Watched<'a> {
    /// Where it is kept.
    pub store: &'a mut Store,
    /// Whose it is.
    pub identity: &'a Identity,
    /// What the device shows, kept by those who watch.
    pub mirror: &'a mut Mirror,
    /// Steps until it crashes.
    pub crash_in: &'a Cell<Option<u32>>,
    /// What goes wrong on purpose.
    pub mischief: &'a mut Mischief,
    /// All that is known.
    pub ledger: &'a mut Ledger,
    /// For nonces.
    pub chance: &'a mut Chance,
    /// The promise that was broken.
    pub broken: &'a mut Option<Broken>,
}

/// The row of a chunk that was not kept.
const DROPPED: i64 = -1;

impl Memory for Watched<'_> {
    fn transact<T>(&mut self, space: SpaceId, work: impl FnOnce(&mut dyn Rows) -> Result<T>) -> Result<(T, Touched)> {
        let Self { identity, mirror, crash_in, mischief, ledger, chance, broken, .. } = self;
        let mut mirrored = mirror.of(space);
        let result = self.store.transact(space, |rows| {
            let mut watch = Watch {
                rows,
                identity,
                crash_in,
                mischief,
                ledger,
                chance,
                inserted: Vec::new(),
                kept: BTreeMap::new(),
                unfilled: std::mem::take(&mut mirrored.unfilled),
                places: Vec::new(),
                doubled: false,
            };
            let result = work(&mut watch)?;
            for (id, _) in &watch.inserted {
                mirrored.add_chunk(id);
            }
            for (doc, content) in &watch.kept {
                mirrored.docs.insert(*doc, content.shown);
            }
            mirrored.unfilled = std::mem::take(&mut watch.unfilled);
            let checked = watch.check().and_then(|()| {
                let waiting = watch.rows.unsealed()?.iter().map(|change| (change.doc, change.hash)).collect();
                let (holds, shows) = (mirrored.holds(waiting), mirrored.shows());
                match watch.ledger.note_state(space, holds, shows, &identity.name) {
                    Some(other) => Err(Promise::I9
                        .broken(format!("{} has the same chunks as {other}, and shows another state", identity.name))),
                    None => Ok(()),
                }
            });
            if let Err(found) = checked {
                **broken = Some(found);
                return Err(Error::new("broken", "a promise was broken"));
            }
            watch.step()?;
            Ok(result)
        })?;
        mirror.set(space, mirrored);
        Ok((result, Touched::default()))
    }
}

struct Watch<'a> {
    rows: &'a mut dyn Rows,
    identity: &'a Identity,
    crash_in: &'a Cell<Option<u32>>,
    mischief: &'a mut Mischief,
    ledger: &'a mut Ledger,
    chance: &'a mut Chance,
    /// Chunks that are new here, and whether this device sealed them.
    inserted: Vec<(ChunkId, bool)>,
    kept: BTreeMap<DocId, Kept>,
    /// The changes that a checkpoint brought and no chunk yet.
    unfilled: BTreeSet<(DocId, Hash)>,
    /// The relays at which the device has moved, or fetched of what is older.
    places: Vec<i64>,
    doubled: bool,
}

struct Kept {
    shown: [u8; 32],
    changes: BTreeSet<Hash>,
}

impl Watch<'_> {
    fn step(&self) -> Result<()> {
        let left = self.crash_in.get();
        self.crash_in.set(left.map(|steps| steps.saturating_sub(1)));
        match left {
            Some(0) => Err(Error::new("crash", "the device crashed")),
            _ => Ok(()),
        }
    }

    /// Checks what this transaction is about to commit.
    fn check(&mut self) -> std::result::Result<(), Broken> {
        let who = &self.identity.name;
        for (id, own) in &self.inserted {
            let row = self.rows.find(id)?.ok_or_else(|| Promise::I2.broken(format!("{who} has lost {id}")))?;
            let bytes = self.rows.bytes(row)?;
            if self.ledger.bytes(id) != Some(&bytes[..]) || Chunk::id_of(&bytes) != *id {
                return Err(Promise::I4.broken(format!("{who} keeps other bytes under {id}")));
            }
            let sealed_by = self.ledger.sealed_by(id);
            let sealed_by =
                sealed_by.ok_or_else(|| Promise::I4.broken(format!("{who} keeps {id}, which nobody signed")))?;
            if !own && sealed_by == self.identity.key.id() && !self.doubled {
                return Err(Promise::Double.broken(format!("{who} did not notice {id}, signed with its key")));
            }
        }
        for relay in self.places.iter().collect::<BTreeSet<_>>() {
            self.check_place(*relay)?;
        }
        for (doc, kept) in &self.kept {
            if let Some(hash) = kept.changes.iter().find(|hash| self.ledger.forbidden.contains(*hash)) {
                let hash = data_encoding::HEXLOWER.encode(hash);
                return Err(Promise::I8.broken(format!("{who} applied {hash}, which is of a later version")));
            }
            if self.rows.known(doc)? != kept.changes {
                return Err(Promise::I7.broken(format!("{who} keeps {doc} with other changes than it knows of")));
            }
        }
        Ok(())
    }

    /// Up to its place the device has everything. What it lacks there a checkpoint has brought, or it is a photo
    /// that is noted, and it is still to be fetched.
    fn check_place(&self, relay: i64) -> std::result::Result<(), Broken> {
        let (who, place, fill) = (&self.identity.name, self.rows.place(relay)?, self.rows.fill(relay)?);
        if place == RollingHash::NONE {
            return Ok(());
        }
        let passed = self.ledger.back_from(place);
        let passed = passed.ok_or_else(|| Promise::I2.broken(format!("{who} is at {place:?}, in no log")))?;
        // What is fetched of another log than that of the checkpoint is found out at its end, and read anew.
        let filled = fill.filter(|fill| self.ledger.has_passed(place, fill.reached)).map_or(0, |fill| fill.reached.seq);
        for (id, seq) in passed.zip((1..=place.seq).rev()) {
            let to_come = fill.is_some_and(|fill| filled < seq && seq <= fill.end.seq);
            let noted = self.rows.told_by(&id)?.contains(&(relay, seq));
            if self.rows.find(&id)?.is_none() && !noted && !(to_come && self.is_covered(&id)?) {
                return Err(Promise::I2.broken(format!("{who} is at {} and does not have {id}", place.seq)));
            }
        }
        Ok(())
    }

    /// Whether all that travels in a chunk is here by other ways.
    fn is_covered(&self, id: &ChunkId) -> Result<bool> {
        for (doc, hash) in self.ledger.changes_in(id) {
            if !self.rows.known(&doc)?.contains(&hash) {
                return Ok(false);
            }
        }
        Ok(!self.ledger.strange.contains_key(id))
    }

    /// The bug of applying what is not understood.
    fn apply_unknown(&mut self, id: &ChunkId, bytes: &[u8]) -> Result<()> {
        let Some((chunk, row)) = Chunk::parse(bytes.to_vec()).ok().zip(self.rows.find(id)?) else { return Ok(()) };
        let opened = self.identity.keys(self.space()).iter().find_map(|key| chunk.open(key).ok());
        for (doc, folded) in opened.and_then(|plain| payload::decode(&plain).ok()).unwrap_or_default() {
            let (unfolded, _) = unfold(self.known(&doc)?, folded.iter().map(|change| (change, ())));
            let Some(mut content) = self.load(&doc)? else { continue };
            let new: Vec<_> = unfolded.into_iter().map(|(change, ())| change).collect();
            if !new.is_empty() && content.apply(new.clone())? {
                new.iter().try_for_each(|change| self.rows.note_came(&doc, &Change::of(change), row).map(|_| ()))?;
                self.keep(&doc, &content)?;
            }
        }
        Ok(())
    }
}

impl Rows for Watch<'_> {
    fn space(&self) -> SpaceId {
        self.rows.space()
    }

    fn device(&self) -> DeviceKey {
        self.identity.key.clone()
    }

    fn keys(&self) -> Result<Vec<SpaceKey>> {
        self.step()?;
        Ok(self.identity.keys(self.space()).to_vec())
    }

    fn nonce(&mut self) -> [u8; 24] {
        self.chance.bytes()
    }

    fn unsealed(&self) -> Result<Vec<Unsealed>> {
        self.step()?;
        self.rows.unsealed()
    }

    fn note_sealed(&mut self, change: i64, chunk: i64) -> Result<()> {
        self.step()?;
        self.rows.note_sealed(change, chunk)
    }

    fn note_came(&mut self, doc: &DocId, change: &Change, chunk: i64) -> Result<bool> {
        self.step()?;
        if self.mischief.strikes(Breakage::ChangeNotNoted, 5) {
            return Ok(true);
        }
        self.unfilled.remove(&(*doc, change.hash.0));
        self.rows.note_came(doc, change, chunk)
    }

    fn next_unsealed_photo(&self) -> Result<Option<UnsealedPhoto>> {
        self.step()?;
        self.rows.next_unsealed_photo()
    }

    fn note_photo_sealed(&mut self, photo: i64, chunk: i64) -> Result<()> {
        self.step()?;
        self.rows.note_photo_sealed(photo, chunk)
    }

    fn note_photo_came(&mut self, hash: &Hash, chunk: i64) -> Result<()> {
        self.step()?;
        if self.mischief.strikes(Breakage::PhotoMislaid, 3) {
            return Ok(());
        }
        self.rows.note_photo_came(hash, chunk)
    }

    fn note_to_come(&mut self, relay: i64, photo: ToCome) -> Result<()> {
        self.step()?;
        if self.mischief.strikes(Breakage::PhotoNotNoted, 3) {
            return Ok(());
        }
        self.rows.note_to_come(relay, photo)
    }

    fn next_to_come(&self, relay: i64) -> Result<Option<ToCome>> {
        self.step()?;
        self.rows.next_to_come(relay)
    }

    fn told_by(&self, id: &ChunkId) -> Result<Vec<(i64, u64)>> {
        self.step()?;
        self.rows.told_by(id)
    }

    fn no_longer_to_come(&mut self, relay: i64, seq: u64) -> Result<()> {
        self.step()?;
        self.places.push(relay);
        self.rows.no_longer_to_come(relay, seq)
    }

    fn known(&self, doc: &DocId) -> Result<BTreeSet<Hash>> {
        self.step()?;
        self.rows.known(doc)
    }

    fn load(&self, doc: &DocId) -> Result<Option<Doc>> {
        self.step()?;
        self.rows.load(doc)
    }

    fn keep(&mut self, doc: &DocId, content: &Doc) -> Result<()> {
        self.step()?;
        let changes = content.changes().iter().map(|change| change.hash.0).collect();
        self.kept.insert(*doc, Kept { shown: shown(content)?, changes });
        self.rows.keep(doc, content)
    }

    fn insert(&mut self, id: &ChunkId, own: bool, bytes: &[u8]) -> Result<(i64, bool)> {
        self.step()?;
        let new = self.rows.find(id)?.is_none();
        if new && !own && self.mischief.strikes(Breakage::PlaceWithoutChunk, 5) {
            self.mischief.dropped.insert(*id);
            return Ok((DROPPED, true));
        }
        self.ledger.note_chunk(*id, bytes, self.identity.keys(self.rows.space()));
        if new {
            self.inserted.push((*id, own));
        }
        let mut kept = bytes.to_vec();
        if !own && self.mischief.strikes(Breakage::FlippedByte, 5) {
            kept[100] ^= 1;
        }
        self.rows.insert(id, own, &kept)
    }

    fn find(&self, id: &ChunkId) -> Result<Option<i64>> {
        self.step()?;
        self.rows.find(id)
    }

    fn bytes(&self, chunk: i64) -> Result<Vec<u8>> {
        self.step()?;
        self.rows.bytes(chunk)
    }

    fn records(&self, chunk: i64) -> Result<u32> {
        self.step()?;
        self.rows.records(chunk)
    }

    fn quarantine(&mut self, id: &ChunkId, bytes: &[u8], reason: &str) -> Result<()> {
        self.step()?;
        let strange = self.ledger.strange.contains_key(id);
        if self.mischief.dropped.contains(id) || (strange && self.mischief.is(Breakage::UnknownDropped)) {
            return Ok(());
        }
        if strange && self.mischief.is(Breakage::UnknownApplied) {
            self.apply_unknown(id, bytes)?;
        }
        self.rows.quarantine(id, bytes, reason)
    }

    fn quarantined(&self) -> Result<Vec<Vec<u8>>> {
        self.step()?;
        if self.mischief.is(Breakage::NeverRetried) {
            return Ok(Vec::new());
        }
        self.rows.quarantined()
    }

    fn release(&mut self, id: &ChunkId) -> Result<()> {
        self.step()?;
        self.rows.release(id)
    }

    fn note_double(&mut self) -> Result<()> {
        self.step()?;
        if self.mischief.is(Breakage::DoubleUnnoticed) {
            return Ok(());
        }
        self.doubled = true;
        self.rows.note_double()
    }

    fn place(&self, relay: i64) -> Result<RollingHash> {
        self.step()?;
        self.rows.place(relay)
    }

    fn set_place(&mut self, relay: i64, place: RollingHash) -> Result<()> {
        self.step()?;
        self.places.push(relay);
        self.rows.set_place(relay, place)
    }

    fn rewind(&mut self, relay: i64) -> Result<()> {
        self.step()?;
        if self.mischief.is(Breakage::ArrivalBelieved) {
            while let Some(photo) = self.rows.next_to_come(relay)? {
                self.rows.no_longer_to_come(relay, photo.before.seq + 1)?;
            }
            return self.rows.set_place(relay, RollingHash::NONE);
        }
        self.rows.rewind(relay)
    }

    fn arrived(&mut self, relay: i64, chunk: i64, seq: u64) -> Result<bool> {
        self.step()?;
        if chunk == DROPPED || self.mischief.is(Breakage::ArrivalForgotten) {
            return Ok(false);
        }
        self.rows.arrived(relay, chunk, seq)
    }

    fn ends_at(&mut self, relay: i64, seq: u64) -> Result<()> {
        self.step()?;
        if self.mischief.is(Breakage::ArrivalBelieved) {
            return Ok(());
        }
        self.rows.ends_at(relay, seq)
    }

    fn refused(&mut self, relay: i64, chunk: i64, code: &str) -> Result<()> {
        self.step()?;
        self.rows.refused(relay, chunk, code)
    }

    fn missing_at(&self, relay: i64) -> Result<Vec<Held>> {
        self.step()?;
        let mut missing = self.rows.missing_at(relay)?;
        if self.mischief.is(Breakage::PhotosFirst) {
            missing.iter_mut().for_each(|held| held.photo = false);
            missing.reverse();
        }
        Ok(missing)
    }

    fn chunks_since(&self, since: Since) -> Result<Vec<Entry>> {
        self.step()?;
        let mut chunks = self.rows.chunks_since(since)?;
        if self.mischief.is(Breakage::LeftOutOfFile) && chunks.len() > 1 {
            chunks.pop();
        }
        Ok(chunks)
    }

    fn receiver(&self, name: &str) -> Result<Option<i64>> {
        self.step()?;
        self.rows.receiver(name)
    }

    fn hand_over(&mut self, receiver: &str, chunks: &[Entry]) -> Result<()> {
        self.step()?;
        self.rows.hand_over(receiver, chunks)
    }

    fn note_unfilled(&mut self, doc: &DocId, change: &Change) -> Result<()> {
        self.step()?;
        if !self.rows.known(doc)?.contains(&change.hash.0) {
            self.unfilled.insert((*doc, change.hash.0));
        }
        self.rows.note_unfilled(doc, change)
    }

    fn unfilled(&self) -> Result<Vec<DocId>> {
        self.step()?;
        self.rows.unfilled()
    }

    fn adopt(&mut self, change: &Change) -> Result<bool> {
        self.step()?;
        if self.mischief.is(Breakage::NeverAdopted) {
            return Ok(false);
        }
        self.unfilled.retain(|(_, hash)| *hash != change.hash.0);
        self.rows.adopt(change)
    }

    fn is_empty(&self) -> Result<bool> {
        self.step()?;
        self.rows.is_empty()
    }

    fn is_filling(&self, relay: i64) -> Result<bool> {
        self.step()?;
        self.rows.is_filling(relay)
    }

    fn pages(&self, relay: i64) -> Result<Vec<CheckpointPage>> {
        self.step()?;
        self.rows.pages(relay)
    }

    fn keep_page(&mut self, relay: i64, page: &CheckpointPage) -> Result<()> {
        self.step()?;
        self.rows.keep_page(relay, page)
    }

    fn drop_pages(&mut self, relay: i64) -> Result<()> {
        self.step()?;
        self.rows.drop_pages(relay)
    }

    fn fill(&self, relay: i64) -> Result<Option<Fill>> {
        self.step()?;
        self.rows.fill(relay)
    }

    fn set_fill(&mut self, relay: i64, fill: Option<Fill>) -> Result<()> {
        self.step()?;
        self.places.push(relay);
        let fill = fill.filter(|_| !self.mischief.is(Breakage::FillForgotten));
        self.rows.set_fill(relay, fill)
    }

    fn is_whole(&self, relay: i64) -> Result<bool> {
        self.step()?;
        if self.mischief.is(Breakage::LeftTooEarly) {
            return Ok(true);
        }
        self.rows.is_whole(relay)
    }

    fn documents(&self) -> Result<Vec<Gathered>> {
        self.step()?;
        self.rows.documents()
    }
}
