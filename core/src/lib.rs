//! The notebook of a community digital-technology team: documents that merge, a store
//! that loses nothing, projections to ask, and the commands that every door runs.
//!
//! The way of one write: [`api`] checks what came from a form, [`doc`] writes it into
//! the household's document as one change, [`store`] keeps the change, the document and
//! its [`projection`] in one SQLite transaction, and only then anything is shown or sent.
//! `ARCHITECTURE.md` has the map and the invariants.

pub mod api;
pub mod clock;
pub mod doc;
pub mod domain;
pub mod error;
pub mod notebook;
pub mod official;
pub mod profiles;
pub mod projection;
pub mod report;
pub mod search;
pub mod store;
pub mod sync;
pub mod text;
pub mod transfer;
