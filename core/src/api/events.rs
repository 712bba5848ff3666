//! What the doors hear without asking.

use serde::Serialize;
use ts_rs::TS;

/// Something that a face may want to know.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// Stored things have changed; ask again for what you show of them.
    Changed(Changed),
    /// Long work goes on.
    Progress(Progress),
}

/// Which kinds of things have changed, and which ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Changed {
    /// The kinds.
    pub kinds: Vec<Kind>,
    /// The households concerned; empty when there are many.
    pub households: Vec<String>,
}

/// A kind of thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Households, residents and visits.
    Household,
    /// Team, members, places, checklist, imports, activities.
    Space,
    /// Unfinished forms.
    Draft,
    /// Photos have come to this device.
    Photo,
    /// What waits and what arrived.
    Sync,
    /// Who is signed in, which notebook is open.
    Status,
}

/// How far long work has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Progress {
    /// Which work: `import`, `sync` or `file`.
    pub task: String,
    /// Done so far.
    pub done: u32,
    /// Of how many; 0 when unknown.
    pub total: u32,
}
