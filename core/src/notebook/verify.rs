//! The proof that nothing is damaged: rows equal a rebuild from the documents, documents
//! and changes can be read, chunks are signed, sealed and say what was applied.

use rusqlite::Connection;
use tungnha_protocol::chunk::{Chunk, Kind};
use tungnha_protocol::photo;

use super::{Finding, Notebook};
use crate::domain::PhotoHash;
use crate::error::Result;
use crate::projection;
use crate::store::{changes, chunks, documents, photos, spaces};
use crate::sync;
use crate::sync::fold::unfold;

/// What a check found.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Report {
    /// Documents that were read.
    pub documents: u32,
    /// Changes that were read.
    pub changes: u32,
    /// Chunks that were opened.
    pub chunks: u32,
    /// Photos whose bytes are those that they are named by.
    pub photos: u32,
    /// What is wrong, for an engineer. Names no person.
    pub problems: Vec<String>,
}

impl Notebook {
    /// Checks everything; changes nothing.
    pub fn verify(&mut self) -> Result<Report> {
        let mut report = Report::default();
        // The rebuild happens in a transaction that is then dropped.
        let tx = self.store.write()?;
        integrity(&tx, &mut report)?;
        let before = projection::fingerprint(&tx)?;
        rebuild(&tx, &mut report)?;
        let after = projection::fingerprint(&tx)?;
        for ((table, was), (_, is)) in before.iter().zip(&after) {
            if was != is {
                report.problems.push(format!("projection {table} differs from its rebuild"));
            }
        }
        check_chunks(&tx, &mut report)?;
        check_photos(&tx, &mut report)?;
        tx.rollback()?;
        Ok(report)
    }

    /// Makes all projections anew from the documents.
    pub fn rebuild(&mut self) -> Result<Report> {
        let mut report = Report::default();
        let tx = self.store.write()?;
        rebuild(&tx, &mut report)?;
        tx.commit()?;
        self.finding = Finding::default();
        Ok(report)
    }
}

fn integrity(db: &Connection, report: &mut Report) -> Result<()> {
    let answer: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    if answer != "ok" {
        report.problems.push(format!("database: {answer}"));
    }
    Ok(())
}

fn rebuild(db: &Connection, report: &mut Report) -> Result<()> {
    for (space, doc) in documents::all(db)? {
        report.documents += 1;
        match documents::load(db, space, &doc) {
            Ok(content) => {
                check_changes(db, &doc, &content, report)?;
                projection::project(db, space, &doc, &content)?;
            }
            Err(error) => report.problems.push(format!("document {}: {error}", data_encoding::HEXLOWER.encode(&doc))),
        }
    }
    Ok(())
}

/// Every change of a document is accounted for: it waits, or travels in a chunk, here or still to come.
fn check_changes(
    db: &Connection,
    doc: &documents::DocId,
    content: &crate::doc::Doc,
    report: &mut Report,
) -> Result<()> {
    for change in content.changes() {
        report.changes += 1;
        if !changes::is_known(db, doc, &change.hash.0)? {
            report.problems.push(format!("change {} is in no chunk and does not wait", change.hash));
        }
    }
    Ok(())
}

fn check_chunks(db: &Connection, report: &mut Report) -> Result<()> {
    for (space, bytes) in chunks::all(db)? {
        report.chunks += 1;
        if let Err(problem) = check_chunk(db, space, bytes) {
            report.problems.push(problem);
        }
    }
    Ok(())
}

fn check_photos(db: &Connection, report: &mut Report) -> Result<()> {
    for (space, hash) in photos::all(db)? {
        report.photos += 1;
        if let Err(error) = sync::photos::jpeg(db, space, hash) {
            report.problems.push(format!("photo {hash}: {error}"));
        }
    }
    Ok(())
}

fn check_chunk(db: &Connection, space: crate::domain::SpaceId, bytes: Vec<u8>) -> std::result::Result<(), String> {
    let chunk = Chunk::parse(bytes).map_err(|e| format!("chunk: {e}"))?;
    if !chunk.is_understood() {
        return Ok(());
    }
    let named = |problem: String| format!("chunk {}: {problem}", chunk.id());
    let keys = spaces::keys(db, space).map_err(|e| named(e.to_string()))?;
    let key = keys.iter().find(|k| k.id() == chunk.header().key_id).ok_or_else(|| named("no key opens it".into()))?;
    let plain = chunk.open(key).map_err(|e| named(e.to_string()))?;
    if chunks::is_quarantined(db, &chunk.id()).map_err(|e| named(e.to_string()))? {
        return Ok(());
    }
    if chunk.header().kind == Kind::Photo {
        let hash = PhotoHash(photo::hash(photo::decode(&plain).map_err(|e| named(e.to_string()))?));
        let is_here = photos::is_here(db, space, hash).map_err(|e| named(e.to_string()))?;
        return if is_here { Ok(()) } else { Err(named(format!("its photo {hash} was not noted"))) };
    }
    for (doc, folded) in tungnha_protocol::payload::decode(&plain).map_err(|e| named(e.to_string()))? {
        let known = changes::hashes(db, &doc.0).map_err(|e| named(e.to_string()))?;
        let (unfolded, left) = unfold(known.clone(), folded.iter().map(|change| (change, ())));
        if !left.is_empty() || unfolded.iter().any(|(change, ())| !known.contains(&change.hash().0)) {
            return Err(named(format!("a change of document {doc} was not applied")));
        }
    }
    Ok(())
}
