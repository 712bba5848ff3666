//! Sealing: changes and photos that wait become chunks, once, so that a retry sends the same bytes.

use tungnha_protocol::chunk::{self, Chunk, Kind, Lane, SealInput};
use tungnha_protocol::ids::SpaceId as WireSpace;
use tungnha_protocol::keys::SpaceKey;
use tungnha_protocol::payload::{self, DocChanges};
use tungnha_protocol::photo;

use super::fold::fold;
use super::rows::{Rows, Unsealed};
use crate::error::{Error, Result};

/// Uncompressed bytes that one chunk takes at most; folded they are a quarter or less.
const BATCH: usize = 96 * 1024;

/// Seals every change of a space that no chunk holds yet. Returns how many chunks it made.
pub fn seal_waiting(rows: &mut dyn Rows) -> Result<usize> {
    let waiting = rows.unsealed()?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let keys = rows.keys()?;
    let key = keys.last().ok_or_else(|| Error::damaged("the notebook has no key"))?;
    let mut made = 0;
    for batch in batches(waiting) {
        made += seal_batch(rows, key, &batch)?;
    }
    Ok(made)
}

/// Seals every photo that a saved visit shows and no chunk holds yet, each into a chunk of its own.
pub fn seal_photos(rows: &mut dyn Rows) -> Result<()> {
    while let Some(waiting) = rows.next_unsealed_photo()? {
        let keys = rows.keys()?;
        let key = keys.last().ok_or_else(|| Error::damaged("the notebook has no key"))?;
        let sealed = sealed(rows, key, (Kind::Photo, Lane::Blobs), &photo::encode(&waiting.bytes))?;
        let (chunk, _) = rows.insert(&sealed.id(), true, sealed.bytes())?;
        rows.note_photo_sealed(waiting.n, chunk)?;
    }
    Ok(())
}

fn sealed(rows: &mut dyn Rows, key: &SpaceKey, (kind, lane): (Kind, Lane), plaintext: &[u8]) -> Result<Chunk> {
    let space = WireSpace(*rows.space().bytes());
    let (device, nonce) = (rows.device(), rows.nonce());
    let input = SealInput { kind, lane, space, key, device: &device, nonce, plaintext };
    chunk::seal(input).map_err(|e| Error::new("internal", e.to_string()))
}

fn batches(waiting: Vec<Unsealed>) -> Vec<Vec<Unsealed>> {
    let mut batches: Vec<Vec<Unsealed>> = Vec::new();
    let mut size = 0;
    for change in waiting {
        match batches.last_mut() {
            Some(batch) if size + change.bytes.len() <= BATCH => {
                size += change.bytes.len();
                batch.push(change);
            }
            _ => {
                size = change.bytes.len();
                batches.push(vec![change]);
            }
        }
    }
    batches
}

/// Seals these changes into one chunk, or into two when one would be too large.
fn seal_batch(rows: &mut dyn Rows, key: &SpaceKey, batch: &[Unsealed]) -> Result<usize> {
    let plaintext = payload::encode(&by_document(batch)?).map_err(|e| Error::new("internal", e.to_string()))?;
    if plaintext.len() > chunk::MAX_PLAINTEXT {
        if batch.len() < 2 {
            return Err(Error::new("internal", "one change is larger than a chunk"));
        }
        let (first, second) = batch.split_at(batch.len() / 2);
        return Ok(seal_batch(rows, key, first)? + seal_batch(rows, key, second)?);
    }
    let sealed = sealed(rows, key, (Kind::Data, Lane::Records), &plaintext)?;
    let (chunk, _) = rows.insert(&sealed.id(), true, sealed.bytes())?;
    for change in batch {
        rows.note_sealed(change.n, chunk)?;
    }
    Ok(1)
}

/// The changes grouped by document, both in the order of writing.
fn by_document(batch: &[Unsealed]) -> Result<Vec<DocChanges>> {
    let mut docs: Vec<DocChanges> = Vec::new();
    for change in batch {
        let (doc, folded) = (change.doc, fold(&change.hash, &change.bytes)?);
        match docs.iter_mut().find(|(known, _)| *known == doc) {
            Some((_, changes)) => changes.push(folded),
            None => docs.push((doc, vec![folded])),
        }
    }
    Ok(docs)
}
