//! Household lists in.
//!
//! Every commune keeps its list in its own way, so nothing here knows a file: cells are read ([`workbook`]), the rows of
//! titles are found ([`header`]), each column is guessed from its title and from what it holds ([`columns`]), and rows
//! become households ([`plan`]). A person sees all of it before anything is written ([`preview`]), and what the person
//! changes comes back as a [`Mapping`].
//!
//! Two kinds of column are recognised so that they are **not** read: identity-card numbers and ethnic origin. They do
//! not leave this module, not even as a sample, whatever a mapping asks for.

pub mod columns;
mod field;
pub mod header;
mod household;
mod phrases;
pub mod plan;
pub mod preview;
mod rows;
pub mod workbook;

pub use columns::Column;
pub use plan::{ImportPlan, IssueCode, Layout, Mapping, PlannedHousehold, PlannedResident, RowIssue, Severity, plan};
pub use preview::{ColumnPreview, Counts, Preview, SheetSummary, preview};
pub use workbook::{Workbook, WorkbookError};
