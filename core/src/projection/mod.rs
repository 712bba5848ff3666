//! Rows to ask, made from documents.
//!
//! A projection is a pure function of one document: whoever changes a document calls
//! [`project`] in the same transaction, which deletes that document's rows and inserts
//! them anew. So at every moment the rows equal a rebuild from all documents, and
//! [`crate::notebook::Notebook::verify`] proves it. What spans documents (a list that was
//! taken back, a place's name) is joined by the queries. Households that are one are the
//! exception: their documents are read together ([`whole`]), whichever of them changed.

pub mod across;
pub mod activity;
mod alike;
pub mod campaign;
pub mod detail;
pub mod duplicates;
mod facts;
mod household;
pub mod list;
pub mod locality;
pub mod merged;
pub mod moved;
pub mod notice;
pub mod obstacle;
pub mod office;
pub mod places;
pub mod report_state;
mod rows;
pub mod rules;
pub mod same;
pub mod space;
pub mod sync;
pub mod target;
pub mod task;
pub mod teams;
pub mod today;
pub mod views;
pub mod visit;
mod whole;

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::doc::Doc;
use crate::domain::{HouseholdId, SpaceId};
use crate::error::Result;
use crate::store::documents::{self, DocId};

pub use facts::{HouseholdFacts, ResidentFacts};
pub use rows::{delete, fingerprint};

/// Writes the rows of one document, in place of those that were there. Returns the households whose rows
/// are new by it.
pub fn project(db: &Connection, space: SpaceId, doc: &DocId, content: &Doc) -> Result<BTreeSet<HouseholdId>> {
    if doc != space.bytes() {
        return household::project(db, space, *doc, HouseholdFacts::of(content)?);
    }
    let mut written = BTreeSet::new();
    for doc in space::project(db, space, content)? {
        if !written.contains(&HouseholdId(uuid::Uuid::from_bytes(doc))) {
            let facts = HouseholdFacts::of(&documents::load(db, space, &doc)?)?;
            written.extend(household::project(db, space, doc, facts)?);
        }
    }
    Ok(written)
}
