//! Rows to ask, made from documents.
//!
//! A projection is a pure function of one document: whoever changes a document calls
//! [`project`] in the same transaction, which deletes that document's rows and inserts
//! them anew. So at every moment the rows equal a rebuild from all documents, and
//! [`crate::notebook::Notebook::verify`] proves it. What spans documents (a list that was
//! taken back, a place's name) is joined by the queries.

pub mod activity;
pub mod detail;
mod facts;
mod household;
pub mod list;
mod rows;
pub mod space;
pub mod sync;
pub mod task;
pub mod today;
pub mod views;
pub mod visit;

use rusqlite::Connection;

use crate::doc::Doc;
use crate::domain::SpaceId;
use crate::error::Result;
use crate::store::documents::DocId;

pub use facts::HouseholdFacts;
pub use rows::fingerprint;

/// Writes the rows of one document, in place of those that were there.
pub fn project(db: &Connection, space: SpaceId, doc: &DocId, content: &Doc) -> Result<()> {
    if doc == space.bytes() {
        space::project(db, space, content)
    } else {
        household::project(db, space, doc, &HouseholdFacts::of(content)?)
    }
}
