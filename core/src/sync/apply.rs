//! Taking chunks in: what is understood, opens and has all that it builds on is applied;
//! everything else waits in quarantine and is tried again with whatever comes next.

use std::collections::{BTreeMap, BTreeSet};

use tungnha_protocol::chunk::{Chunk, Kind};
use tungnha_protocol::ids::{ChunkId, DocId};
use tungnha_protocol::payload::{self, DocChanges, Folded};
use tungnha_protocol::photo;

use super::fold::unfold;
use super::rows::Rows;
use crate::doc::{Change, Doc};
use crate::error::Result;

/// A chunk that opened, and what it holds: changes of documents, or a photo.
struct Opened {
    id: ChunkId,
    bytes: Vec<u8>,
    row: i64,
    docs: Vec<DocChanges>,
    photo: Option<[u8; 32]>,
}

/// Keeps a chunk that came from elsewhere. Its row, and whether it was new. One that this device has signed
/// and does not have is a sign of a double.
pub fn keep(rows: &mut dyn Rows, chunk: &Chunk) -> Result<(i64, bool)> {
    let (row, new) = rows.insert(&chunk.id(), false, chunk.bytes())?;
    if new && chunk.header().device == rows.device().id() {
        rows.note_double()?;
    }
    // It is no longer left to fetch anywhere, whichever way it came.
    for (relay, seq) in if new { rows.told_by(&chunk.id())? } else { Vec::new() } {
        rows.arrived(relay, row, seq)?;
        rows.no_longer_to_come(relay, seq)?;
    }
    Ok((row, new))
}

/// Applies chunks that are stored already, with all that waits in quarantine. How many changes were
/// new here.
pub fn take_in(rows: &mut dyn Rows, incoming: Vec<Vec<u8>>) -> Result<u32> {
    let mut opened = Vec::new();
    let waiting = rows.quarantined()?;
    for bytes in waiting.into_iter().chain(incoming) {
        let id = Chunk::id_of(&bytes);
        match open(rows, bytes.clone())? {
            Ok(chunk) => opened.push(chunk),
            Err(reason) => rows.quarantine(&id, &bytes, &reason)?,
        }
    }
    apply(rows, &opened)
}

/// Opens a chunk; a reason when it has to wait.
fn open(rows: &dyn Rows, bytes: Vec<u8>) -> Result<std::result::Result<Opened, String>> {
    let chunk = match Chunk::parse(bytes.clone()) {
        Ok(chunk) => chunk,
        Err(error) => return Ok(Err(error.to_string())),
    };
    if chunk.header().space.0 != *rows.space().bytes() {
        return Ok(Err("of another space".to_owned()));
    }
    // What is known by name only is not applied either.
    let kind = chunk.header().kind;
    if !chunk.is_understood() || !matches!(kind, Kind::Data | Kind::Photo) {
        return Ok(Err("of a later version".to_owned()));
    }
    let keys = rows.keys()?;
    let Some(key) = keys.iter().find(|key| key.id() == chunk.header().key_id) else {
        return Ok(Err("sealed under a key that is not here".to_owned()));
    };
    let Some(row) = rows.find(&chunk.id())? else {
        return Ok(Err("not stored".to_owned()));
    };
    let id = chunk.id();
    Ok(chunk.open(key).map_err(|e| e.to_string()).and_then(|plain| match kind {
        Kind::Photo => {
            let photo = photo::decode(&plain).map(photo::hash).map_err(|e| e.to_string())?;
            Ok(Opened { id, bytes, row, docs: Vec::new(), photo: Some(photo) })
        }
        _ => {
            let docs = payload::decode(&plain).map_err(|e| e.to_string())?;
            Ok(Opened { id, bytes, row, docs, photo: None })
        }
    }))
}

/// Applies what opened, one batch a document. A chunk leaves quarantine when all of its
/// documents took it.
fn apply(rows: &mut dyn Rows, opened: &[Opened]) -> Result<u32> {
    let mut per_doc: BTreeMap<DocId, Vec<(&Folded, i64)>> = BTreeMap::new();
    for chunk in opened {
        for (doc, changes) in &chunk.docs {
            per_doc.entry(*doc).or_default().extend(changes.iter().map(|change| (change, chunk.row)));
        }
    }
    let mut refused: BTreeMap<i64, &str> = BTreeMap::new();
    let mut new = 0;
    for (doc, changes) in &per_doc {
        new += apply_to(rows, doc, changes, &mut refused)?;
    }
    for chunk in opened {
        if let Some(photo) = &chunk.photo {
            rows.note_photo_came(photo, chunk.row)?;
        }
        match refused.get(&chunk.row) {
            Some(reason) => rows.quarantine(&chunk.id, &chunk.bytes, reason)?,
            None => rows.release(&chunk.id)?,
        }
    }
    Ok(new)
}

/// Applies what it can to one document; the chunks of the rest are refused, each with its reason.
/// Returns how many changes were new.
fn apply_to(
    rows: &mut dyn Rows,
    doc: &DocId,
    changes: &[(&Folded, i64)],
    refused: &mut BTreeMap<i64, &str>,
) -> Result<u32> {
    let mut refuse = |rows: BTreeSet<i64>, reason| refused.extend(rows.into_iter().map(|row| (row, reason)));
    let Some(mut content) = rows.load(doc)? else {
        refuse(changes.iter().map(|(_, row)| *row).collect(), "the document belongs to another space");
        return Ok(0);
    };
    let known = rows.known(doc)?;
    let (unfolded, waiting) = unfold(known, changes.iter().copied());
    refuse(waiting.into_iter().collect(), "changes that it builds on are missing");
    let whole = content.apply(new_to(&content, unfolded.iter().map(|(change, _)| change)));
    let contradicting = match whole {
        Ok(true) => BTreeSet::new(),
        // Two devices that wrote as one, or somebody who means harm.
        _ => apply_one_by_one(&mut content, rows.load(doc)?.unwrap_or_else(Doc::new), &unfolded)?,
    };
    let mut count = 0;
    for (change, row) in unfolded.iter().filter(|(_, row)| !contradicting.contains(row)) {
        count += u32::from(rows.note_came(doc, &Change::of(change), *row)?);
    }
    refuse(contradicting, "changes that contradict what is here");
    if count > 0 {
        rows.keep(doc, &content)?;
    }
    Ok(count)
}

fn new_to<'a>(content: &Doc, changes: impl Iterator<Item = &'a automerge::Change>) -> Vec<automerge::Change> {
    changes.filter(|change| !content.has(&change.hash())).cloned().collect()
}

/// Applies a document's changes chunk by chunk to `content`, made anew from `standing`, so that one
/// chunk which contradicts the others holds up none of them. Returns the chunks that do.
fn apply_one_by_one(content: &mut Doc, standing: Doc, changes: &[(automerge::Change, i64)]) -> Result<BTreeSet<i64>> {
    *content = standing;
    let mut contradicting = BTreeSet::new();
    let rows: BTreeSet<i64> = changes.iter().map(|(_, row)| *row).collect();
    for row in rows {
        let of_chunk = changes.iter().filter(|(_, of)| *of == row).map(|(change, _)| change);
        let mut trial = Doc::load(&content.save())?;
        match trial.apply(new_to(content, of_chunk)) {
            Ok(true) => *content = trial,
            _ => {
                contradicting.insert(row);
            }
        }
    }
    Ok(contradicting)
}
