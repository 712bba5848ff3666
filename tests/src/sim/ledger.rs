//! What somebody who sees everything would write down: every change, chunk and log there ever was. The
//! devices and relays know nothing of it; promises are checked against it.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use tungnha_core::doc::flat::parse_change;
use tungnha_core::doc::{Change, Doc, Scalar};
use tungnha_core::domain::{SpaceId, Verdict};
use tungnha_core::error::Result;
use tungnha_core::sync::fold::Hash;
use tungnha_protocol::chunk::{Chunk, Kind};
use tungnha_protocol::ids::{ChunkId, DeviceId, DocId, LogHash};
use tungnha_protocol::keys::SpaceKey;
use tungnha_protocol::log::RollingHash;
use tungnha_protocol::payload::{self, DocChanges};

/// A hash of some state.
pub type Digest = [u8; 32];

/// Two households, the smaller id first.
pub type Pair = (uuid::Uuid, uuid::Uuid);

/// All that is known to somebody who sees everything.
#[derive(Default)]
pub struct Ledger {
    chunks: BTreeMap<ChunkId, Known>,
    written: Vec<Written>,
    by_hash: BTreeMap<(DocId, Hash), usize>,
    by_proof: BTreeMap<(DocId, [u8; 8]), Hash>,
    /// Chunks of a later version.
    pub strange: BTreeMap<ChunkId, SpaceId>,
    /// Changes that travel in such chunks only.
    pub forbidden: BTreeSet<Hash>,
    /// Every place that any log ever had: the one before it and the chunk between.
    places: BTreeMap<LogHash, Option<(LogHash, ChunkId)>>,
    states: BTreeMap<(SpaceId, Digest), (Digest, String)>,
    said: BTreeMap<(SpaceId, Pair), Vec<(Hash, Verdict)>>,
}

struct Known {
    bytes: Rc<[u8]>,
    sealed_by: Option<DeviceId>,
    docs: Rc<Vec<DocChanges>>,
}

/// A change that somebody wrote.
pub struct Written {
    /// Its hash.
    pub hash: Hash,
    /// Where it belongs.
    pub space: SpaceId,
    /// Its document.
    pub doc: DocId,
    /// Who wrote it.
    pub by: String,
    /// The last copy of it was destroyed, by something that no program can help.
    pub lost: bool,
    builds_on: Vec<Hash>,
}

impl Ledger {
    /// Somebody wrote this.
    pub fn note_written(&mut self, space: SpaceId, doc: DocId, change: &Change, by: &str) -> Result<()> {
        let builds_on = parse_change(&change.bytes)?.deps().iter().map(|hash| hash.0).collect();
        let hash = change.hash.0;
        match self.by_hash.get(&(doc, hash)).and_then(|at| self.written.get_mut(*at)) {
            Some(again) => again.lost = false,
            None => {
                self.by_hash.insert((doc, hash), self.written.len());
                self.by_proof.insert((doc, proof(&hash)), hash);
                self.written.push(Written { hash, space, doc, by: by.to_owned(), lost: false, builds_on });
            }
        }
        Ok(())
    }

    /// Somebody said this of two households, by a change that was noted.
    pub fn note_said(&mut self, space: SpaceId, pair: Pair, verdict: Verdict, hash: Hash) {
        self.said.entry((space, pair)).or_default().push((hash, verdict));
    }

    /// What stands of all that was said of each two households, for somebody who holds this document: what
    /// nobody has answered who had heard of it. More than one word when people did not know of each other's.
    pub fn last_said(&self, space: SpaceId, held: &Doc) -> BTreeMap<Pair, BTreeSet<&'static str>> {
        let of_space = self.said.iter().filter(|((of, _), _)| *of == space);
        let last = of_space.map(|((_, pair), said)| (*pair, self.not_answered(DocId(*space.bytes()), said, held)));
        last.filter(|(_, words)| !words.is_empty()).collect()
    }

    fn not_answered(&self, doc: DocId, said: &[(Hash, Verdict)], held: &Doc) -> BTreeSet<&'static str> {
        let change = |hash: &Hash| self.by_hash.get(&(doc, *hash)).and_then(|at| self.written.get(*at));
        let standing = || said.iter().filter(|(hash, _)| held.has(&automerge::ChangeHash(*hash)));
        let mut answered: BTreeSet<Hash> = BTreeSet::new();
        let mut before: Vec<Hash> =
            standing().filter_map(|(hash, _)| change(hash)).flat_map(|written| written.builds_on.clone()).collect();
        while let Some(hash) = before.pop() {
            if answered.insert(hash) {
                before.extend(change(&hash).into_iter().flat_map(|written| written.builds_on.iter().copied()));
            }
        }
        standing().filter(|(hash, _)| !answered.contains(hash)).map(|(_, verdict)| verdict.as_str()).collect()
    }

    /// Somebody keeps this chunk.
    pub fn note_chunk(&mut self, id: ChunkId, bytes: &[u8], keys: &[SpaceKey]) {
        if self.chunks.contains_key(&id) {
            return;
        }
        let chunk = Chunk::parse(bytes.to_vec()).ok();
        let sealed_by = chunk.as_ref().map(|chunk| chunk.header().device);
        let is_data = |chunk: &Chunk| chunk.header().kind == Kind::Data;
        let known = chunk.filter(|chunk| is_data(chunk) && !self.strange.contains_key(&id));
        let docs = known.and_then(|chunk| {
            let key = keys.iter().find(|key| key.id() == chunk.header().key_id)?;
            payload::decode(&chunk.open(key).ok()?).ok()
        });
        self.chunks.insert(id, Known { bytes: bytes.into(), sealed_by, docs: Rc::new(docs.unwrap_or_default()) });
    }

    /// The bytes of a chunk, as they were first seen.
    pub fn bytes(&self, id: &ChunkId) -> Option<&[u8]> {
        self.chunks.get(id).map(|known| &*known.bytes)
    }

    /// The device that sealed a chunk, if its signature holds.
    pub fn sealed_by(&self, id: &ChunkId) -> Option<DeviceId> {
        self.chunks.get(id).and_then(|known| known.sealed_by)
    }

    /// What a chunk says about documents; nothing if it is of a later version.
    pub fn docs(&self, id: &ChunkId) -> Rc<Vec<DocChanges>> {
        self.chunks.get(id).map(|known| known.docs.clone()).unwrap_or_default()
    }

    /// The changes that travel in a chunk.
    pub fn changes_in(&self, id: &ChunkId) -> Vec<(DocId, Hash)> {
        let docs = self.docs(id);
        let folded = docs.iter().flat_map(|(doc, changes)| changes.iter().map(|change| (*doc, change.proof)));
        folded.filter_map(|named| Some((named.0, *self.by_proof.get(&named)?))).collect()
    }

    /// Everything that was ever written, in that order.
    pub fn written(&self) -> &[Written] {
        &self.written
    }

    /// Something was destroyed: of what was written, only this much is still anywhere.
    pub fn note_survivors(&mut self, survivors: &BTreeSet<(DocId, Hash)>) {
        let mut standing: BTreeSet<(DocId, Hash)> = BTreeSet::new();
        for written in &mut self.written {
            // What it builds on was written before it.
            let named = |hash: &Hash| (written.doc, *hash);
            let whole = written.builds_on.iter().all(|hash| standing.contains(&named(hash)));
            if whole && survivors.contains(&named(&written.hash)) {
                standing.insert(named(&written.hash));
            } else {
                written.lost = true;
            }
        }
    }

    /// A log begins here.
    pub fn note_start(&mut self, start: RollingHash) {
        self.places.entry(start.hash).or_insert(None);
    }

    /// A log goes on.
    pub fn note_entry(&mut self, before: RollingHash, id: ChunkId) -> RollingHash {
        let after = before.then(&id);
        self.places.insert(after.hash, Some((before.hash, id)));
        after
    }

    /// The chunks of a log up to a place, last first; none if no log was ever there.
    pub fn back_from(&self, place: RollingHash) -> Option<impl Iterator<Item = ChunkId> + '_> {
        let mut link = self.places.get(&place.hash)?;
        Some(std::iter::from_fn(move || {
            let (before, id) = (*link)?;
            link = self.places.get(&before).unwrap_or(&None);
            Some(id)
        }))
    }

    /// Whether a log that has got to a place has passed an earlier one.
    pub fn has_passed(&self, place: RollingHash, earlier: RollingHash) -> bool {
        let before = |hash: &LogHash| self.places.get(hash).copied().flatten().map(|(before, _)| before);
        std::iter::successors(Some(place.hash), before).any(|hash| hash == earlier.hash)
    }

    /// Whoever holds these chunks shows this state; says who showed another one with the same.
    pub fn note_state(&mut self, space: SpaceId, holds: Digest, shows: Digest, who: &str) -> Option<&str> {
        let (other, first) = self.states.entry((space, holds)).or_insert_with(|| (shows, who.to_owned()));
        (*other != shows).then_some(first.as_str())
    }
}

fn proof(hash: &Hash) -> [u8; 8] {
    let mut proof = [0; 8];
    proof.copy_from_slice(&hash[..8]);
    proof
}

/// A hash of everything that a document shows, conflicts included.
pub fn shown(doc: &Doc) -> Result<Digest> {
    let mut hasher = blake3::Hasher::new();
    for entry in doc.entries()? {
        hasher.update(entry.key.as_bytes()).update(&[0]);
        add(&entry.value, &mut hasher);
        hasher.update(&entry.change.0);
        for crossed in &entry.crossed {
            hasher.update(b"crossed").update(&crossed.change.0);
            add(&crossed.value, &mut hasher);
        }
    }
    Ok(*hasher.finalize().as_bytes())
}

fn add(value: &Scalar, hasher: &mut blake3::Hasher) {
    match value {
        Scalar::Text(text) => hasher.update(b"t").update(text.as_bytes()),
        Scalar::Int(number) => hasher.update(b"i").update(&number.to_be_bytes()),
        Scalar::Bool(yes) => hasher.update(&[b'b', u8::from(*yes)]),
        Scalar::Bytes(bytes) => hasher.update(b"v").update(bytes),
        Scalar::Nothing => hasher.update(b"n"),
    };
}
