//! Sealing: changes that wait become chunks, once, so that a retry sends the same bytes.

use rusqlite::Connection;
use tungnha_protocol::chunk::{self, Chunk, Kind, Lane, SealInput};
use tungnha_protocol::ids::{DocId, SpaceId as WireSpace};
use tungnha_protocol::keys::{DeviceKey, SpaceKey};
use tungnha_protocol::payload::{self, DocChanges};

use crate::domain::SpaceId;
use crate::error::{Error, Result};
use crate::store::changes::{self, Unsealed};
use crate::store::{chunks, spaces};
use crate::sync::fold::fold;

/// Uncompressed bytes that one chunk takes at most; folded they are a quarter or less.
const BATCH: usize = 96 * 1024;

/// Seals every change of a space that no chunk holds yet. Returns how many chunks it made.
pub fn seal_waiting(db: &Connection, space: SpaceId, device: &DeviceKey, at_ms: i64) -> Result<usize> {
    let waiting = changes::unsealed(db, space)?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let keys = spaces::keys(db, space)?;
    let key = keys.last().ok_or_else(|| Error::damaged("the notebook has no key"))?;
    let mut made = 0;
    for batch in batches(waiting) {
        made += seal_batch(db, space, device, key, at_ms, &batch)?;
    }
    Ok(made)
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
fn seal_batch(
    db: &Connection,
    space: SpaceId,
    device: &DeviceKey,
    key: &SpaceKey,
    at_ms: i64,
    batch: &[Unsealed],
) -> Result<usize> {
    let plaintext = payload::encode(&by_document(batch)?).map_err(|e| Error::new("internal", e.to_string()))?;
    if plaintext.len() > chunk::MAX_PLAINTEXT {
        if batch.len() < 2 {
            return Err(Error::new("internal", "one change is larger than a chunk"));
        }
        let (first, second) = batch.split_at(batch.len() / 2);
        return Ok(
            seal_batch(db, space, device, key, at_ms, first)? + seal_batch(db, space, device, key, at_ms, second)?
        );
    }
    let sealed: Chunk = chunk::seal(SealInput {
        kind: Kind::Data,
        lane: Lane::Records,
        space: WireSpace(*space.bytes()),
        key,
        device,
        nonce: tungnha_protocol::random_bytes(),
        plaintext: &plaintext,
    })
    .map_err(|e| Error::new("internal", e.to_string()))?;
    let (n, _) = chunks::insert(db, space, &sealed.id(), true, at_ms, sealed.bytes())?;
    for change in batch {
        changes::sealed(db, change.n, n)?;
    }
    Ok(1)
}

/// The changes grouped by document, both in the order of writing.
fn by_document(batch: &[Unsealed]) -> Result<Vec<DocChanges>> {
    let mut docs: Vec<DocChanges> = Vec::new();
    for change in batch {
        let (doc, folded) = (DocId(change.doc), fold(&change.hash, &change.bytes)?);
        match docs.iter_mut().find(|(known, _)| *known == doc) {
            Some((_, changes)) => changes.push(folded),
            None => docs.push((doc, vec![folded])),
        }
    }
    Ok(docs)
}
