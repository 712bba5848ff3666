//! Checkpoints: all documents of a space in a few pages, so that a new device need not fetch every
//! chunk before it can be used.
//!
//! A page brings documents with all their changes. They are merged into what is here, by the same
//! strict way as changes that come in chunks, and never take anything's place. Each change is noted
//! without a chunk: the device knows it, can merge what builds on it and prove its documents, and is
//! told by [`Rows::unfilled`] what it cannot carry to a relay yet. Chunks that come later in any order
//! fill that in ([`Rows::note_came`]). What no chunk has brought when a relay has told all that it has,
//! and the older entries are not being fetched from it, is sealed anew ([`adopt_unfilled`]).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use tungnha_protocol::checkpoint::{Document, Reader, Step, Writer};
use tungnha_protocol::ids::{DocId as WireDoc, SpaceId as WireSpace};

use super::fold::{Hash, fold, rebuild};
use super::rows::{Gathered, Rows};
use crate::doc::{Change, Doc};
use crate::domain::SpaceId;
use crate::error::{Error, Result};
use crate::store::documents::DocId;

/// Bytes of changes after which the next place begins a section, and after which any household does.
/// A reader that was cut off reads a section again.
const SECTION: usize = 1024 * 1024;
const FULL_SECTION: usize = 4 * 1024 * 1024;

/// What a page has brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The page's number, from 0.
    pub page: u64,
    /// How many pages the checkpoint has.
    pub pages: u64,
    /// Changes that this device did not have.
    pub changes: u32,
    /// Documents that were not taken, and why. They come with the chunks, as far as they are true.
    pub refused: Vec<(DocId, String)>,
}

/// The pages of a checkpoint, of at most so many bytes each. Takes seconds, and no database. Whatever waits
/// on this device would count as arrived on the one that reads it, so nothing may be waiting.
pub fn write(space: SpaceId, documents: &[Gathered], page: usize) -> Result<Vec<Vec<u8>>> {
    let made = |error: tungnha_protocol::checkpoint::CheckpointError| Error::new("internal", error.to_string());
    let mut writer = Writer::new(WireSpace(*space.bytes())).in_pages_of(page);
    let (mut section, mut size, mut last) = (Vec::new(), 0, None);
    for Gathered { doc, place, saved } in documents {
        if size > FULL_SECTION || (size > SECTION && *place != last) {
            writer.section(&section).map_err(made)?;
            (section, size) = (Vec::new(), 0);
        }
        let document = document(doc.0, &Doc::load(saved)?)?;
        size += document.changes.iter().map(|change| change.body.len() + 32 * change.builds_on.len()).sum::<usize>();
        section.push(document);
        last = *place;
    }
    writer.section(&section).map_err(made)?;
    Ok(writer.finish())
}

/// A document as it travels. Equal documents are equal here, in whatever order their changes came.
fn document(doc: DocId, content: &Doc) -> Result<Document> {
    let mut places: BTreeMap<Hash, usize> = BTreeMap::new();
    let mut heads: BTreeSet<Hash> = BTreeSet::new();
    let mut changes = Vec::new();
    for change in in_order(content.history()) {
        let hash = change.hash().0;
        let builds_on: Option<Vec<u64>> = change
            .deps()
            .iter()
            .map(|dep| {
                heads.remove(&dep.0);
                places.get(&dep.0).map(|place| (changes.len() - place) as u64)
            })
            .collect();
        let builds_on = builds_on.ok_or_else(|| Error::damaged("a change without one that it builds on"))?;
        places.insert(hash, changes.len());
        heads.insert(hash);
        changes.push(Step { builds_on, body: fold(&hash, change.raw_bytes())?.body });
    }
    Ok(Document { id: WireDoc(doc), heads: heads.iter().map(beginning).collect(), changes })
}

/// The changes by time, and among equals by hash, each after those that it builds on.
fn in_order(changes: Vec<automerge::Change>) -> Vec<automerge::Change> {
    let mut followers: BTreeMap<Hash, Vec<usize>> = BTreeMap::new();
    let mut missing: Vec<usize> = changes.iter().map(|change| change.deps().len()).collect();
    for (n, change) in changes.iter().enumerate() {
        change.deps().iter().for_each(|dep| followers.entry(dep.0).or_default().push(n));
    }
    let key = |n: usize| changes.get(n).map(|change| Reverse((change.timestamp(), change.hash(), n)));
    let free = missing.iter().enumerate().filter(|(_, missing)| **missing == 0);
    let mut free: BinaryHeap<_> = free.filter_map(|(n, _)| key(n)).collect();
    let mut order = Vec::with_capacity(changes.len());
    while let Some(Reverse((_, hash, n))) = free.pop() {
        order.push(n);
        for follower in followers.remove(&hash.0).unwrap_or_default() {
            if let Some(missing) = missing.get_mut(follower) {
                *missing -= 1;
                if *missing == 0 {
                    free.extend(key(follower));
                }
            }
        }
    }
    order.into_iter().filter_map(|n| changes.get(n).cloned()).collect()
}

fn beginning(hash: &Hash) -> [u8; 8] {
    hash.first_chunk().copied().unwrap_or_default()
}

/// Takes the next page in. After an error, also one of the transaction's end, the reader has to begin again.
///
/// The first page brings the space's own document, the next ones its households place by place.
pub fn take_page(rows: &mut dyn Rows, reader: &mut Reader, page: &[u8]) -> Result<Taken> {
    let page = reader.read(page).map_err(|error| Error::damaged(error.to_string()))?;
    let mut taken = Taken { page: page.page, pages: page.pages, changes: 0, refused: Vec::new() };
    for document in &page.documents {
        match merged(rows, document) {
            Ok(merged) => taken.changes += keep(rows, &document.id, &merged)?,
            Err(error) if error.code() == "damaged" => taken.refused.push((document.id.0, error.to_string())),
            Err(error) => return Err(error),
        }
    }
    Ok(taken)
}

/// A document with what a checkpoint says of it.
struct Merged {
    content: Doc,
    history: Vec<automerge::Change>,
    new: u32,
}

fn merged(rows: &dyn Rows, document: &Document) -> Result<Merged> {
    let history = history(document)?;
    let content = rows.load(&document.id)?;
    let mut content = content.ok_or_else(|| Error::damaged("the document belongs to another space"))?;
    let new: Vec<_> = history.iter().filter(|change| !content.has(&change.hash())).cloned().collect();
    let count = new.len() as u32;
    if !content.apply(new)? {
        return Err(Error::damaged("changes that others build on are missing"));
    }
    Ok(Merged { content, history, new: count })
}

/// Keeps a merged document. Returns how many changes were new.
fn keep(rows: &mut dyn Rows, doc: &WireDoc, merged: &Merged) -> Result<u32> {
    for change in &merged.history {
        rows.note_unfilled(doc, &Change::of(change))?;
    }
    if merged.new > 0 {
        rows.keep(doc, &merged.content)?;
    }
    Ok(merged.new)
}

/// The changes of a document, if their heads are those that it says.
fn history(document: &Document) -> Result<Vec<automerge::Change>> {
    let mut hashes: Vec<Hash> = Vec::new();
    let mut heads: BTreeSet<Hash> = BTreeSet::new();
    let mut history = Vec::new();
    for step in &document.changes {
        let back = |back: &u64| hashes.len().checked_sub(usize::try_from(*back).ok()?).and_then(|n| hashes.get(n));
        let builds_on: Option<Vec<Hash>> = step.builds_on.iter().map(|n| back(n).copied()).collect();
        let builds_on = builds_on.ok_or_else(|| Error::damaged("a change builds on one that is not there"))?;
        let change = rebuild(&builds_on, &step.body)?;
        heads.retain(|head| !builds_on.contains(head));
        heads.insert(change.hash().0);
        hashes.push(change.hash().0);
        history.push(change);
    }
    if !heads.iter().map(beginning).eq(document.heads.iter().copied()) {
        return Err(Error::damaged("the document's heads are not those stated"));
    }
    Ok(history)
}

/// Lets all changes that no chunk has brought wait to be sealed by this device, so that they reach a relay
/// even if nobody else has them any more. Returns how many.
pub fn adopt_unfilled(rows: &mut dyn Rows) -> Result<u32> {
    let mut adopted = 0;
    for doc in rows.unfilled()? {
        for change in rows.load(&doc)?.map(|content| content.changes()).unwrap_or_default() {
            adopted += u32::from(rows.adopt(&change)?);
        }
    }
    Ok(adopted)
}
