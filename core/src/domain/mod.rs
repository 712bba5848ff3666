//! The notebook's words as plain types, with the rules that hold for each of them.
//!
//! Nothing here knows Automerge, SQL or JSON commands. A value of one of these types
//! is valid: whoever builds it from a form, a file or a document goes through the
//! `parse` or `check` function beside it.

pub mod activity;
pub mod campaign;
pub mod consent;
pub mod fingerprint;
pub mod household;
pub mod ids;
pub mod indicator;
pub mod locality;
pub mod member;
pub mod notice;
pub mod obstacle;
pub mod period;
pub mod photo;
pub mod place;
pub mod position;
pub mod report_event;
pub mod resident;
pub mod rules;
pub mod same;
pub mod skill;
pub mod succession;
pub mod task;
pub mod team;
pub mod text;
pub mod training;
pub mod value;
pub mod visit;

pub use activity::Activity;
pub use consent::{Consent, ConsentState};
pub use fingerprint::Fingerprints;
pub use household::HouseholdStatus;
pub use ids::*;
pub use indicator::Indicator;
pub use member::{Charge, Role};
pub use period::Period;
pub use photo::PhotoHash;
pub use place::{ChangeKind, ChangeState, PlaceChange, PlaceKind};
pub use position::Position;
pub use report_event::{ReportDeed, ReportEvent, ReportScope, ReportState};
pub use resident::{MovedFrom, ResidentStatus, Sex};
pub use rules::{Calendar, ReportRules};
pub use same::{SameKind, Verdict};
pub use skill::{Level, SkillKey};
pub use succession::Succession;
pub use task::Task;
pub use team::TeamKind;
pub use visit::{Outcome, Visit};
