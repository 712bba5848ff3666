//! What the queries answer: plain rows for a screen, a script or an export.
//!
//! Dates are ISO texts (`2026-11-18`), moments are milliseconds since 1970, ids are 22
//! characters. Levels come as five in the skills' order.

use serde::Serialize;
use ts_rs::TS;

use super::merged::{Difference, MergedPart};
use crate::domain::activity::ActivityKind;
use crate::domain::skill::Levels;
use crate::domain::visit::{Assessment, ItemDone, ServiceCount};
use crate::domain::{ConsentState, HouseholdStatus, Outcome, PlaceKind, Role, Sex, SkillKey};

/// Where a record is now. The order is the order of getting there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SyncState {
    /// Only on this device; the team has no relay yet.
    Here,
    /// Waiting to be sent.
    Waiting,
    /// A relay has confirmed that it keeps it.
    Arrived,
    /// A relay has refused it; it is safe here, and somebody has to look.
    Failed,
}

/// Where a record is, and since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SyncMark {
    /// Where it is.
    pub state: SyncState,
    /// When it arrived, by this device's clock.
    #[ts(type = "number | null")]
    pub at_ms: Option<i64>,
    /// The relay that has it, as its host name.
    pub relay: Option<String>,
}

/// The last visit, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LastVisit {
    /// Its day.
    pub day: String,
    /// What happened.
    pub outcome: Outcome,
}

/// One row of *Hộ dân*.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HouseholdRow {
    /// The household.
    pub id: String,
    /// The head's full name.
    pub head: String,
    /// The head's birth year, to tell two of one name apart.
    pub head_birth_year: Option<u16>,
    /// The household's number in the list it came from.
    pub code: String,
    /// The place's id.
    pub place: String,
    /// The place's name.
    pub place_name: String,
    /// Address or how to find the door.
    pub door: String,
    /// Its phone, national form (`0912345678`), or empty.
    pub phone: String,
    /// How many residents are recorded.
    pub residents: u32,
    /// The five levels of the best resident.
    pub best: Levels,
    /// Hộ đạt.
    pub at_target: bool,
    /// A business household.
    pub business: bool,
    /// Has somebody elderly, as the list says.
    pub elderly: bool,
    /// Whether it lives here.
    pub status: HouseholdStatus,
    /// The last visit.
    pub last_visit: Option<LastVisit>,
    /// When to come back, if nobody has since.
    pub follow_up: Option<String>,
    /// The follow-up's day is past.
    pub overdue: bool,
    /// Has fields that two people have edited differently.
    pub conflicts: u32,
    /// Where its newest change is.
    pub sync: SyncMark,
    /// The resident whose name matched the search, when it is not the head.
    pub matched: Option<MatchedResident>,
}

/// Somebody in a household whom the search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MatchedResident {
    /// Full name.
    pub name: String,
    /// Relation to the head, as recorded ("Vợ"), or empty.
    pub relation: String,
}

/// A page of *Hộ dân* with the numbers on its chips.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HouseholdList {
    /// The rows from `offset` on.
    pub rows: Vec<HouseholdRow>,
    /// How many match search and filter.
    pub total: u32,
    /// How many each filter would show, over all households.
    pub counts: HouseholdCounts,
}

/// How many households each filter would show.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct HouseholdCounts {
    /// All that are not removed.
    pub all: u32,
    /// Follow-up is due today or overdue.
    pub due: u32,
    /// Never visited.
    pub not_visited: u32,
    /// Not at target.
    pub not_at_target: u32,
    /// Visited by the signed-in member.
    pub mine: u32,
    /// Nobody was home the last time.
    pub absent_last: u32,
    /// Business households.
    pub business: u32,
    /// With elderly people.
    pub elderly: u32,
    /// Removed, can be restored.
    pub removed: u32,
}

/// A resident as *Hộ* shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ResidentView {
    /// The resident.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Relation to the head, as recorded ("Vợ"), or empty.
    pub relation: String,
    /// Birth: `1984`, `1984-07` or `1984-07-24`, or empty.
    pub birth: String,
    /// Sex, if the list has it.
    pub sex: Option<Sex>,
    /// Their own phone, or empty.
    pub phone: String,
    /// Whether they have agreed to being recorded.
    pub consent: ConsentState,
    /// When they answered.
    #[ts(type = "number | null")]
    pub consent_at_ms: Option<i64>,
    /// Head of the household.
    pub head: bool,
    /// The best resident, whose levels the list shows.
    pub best: bool,
    /// Their current levels.
    pub levels: Levels,
    /// Items they have been seen to do, ever.
    pub items_done: Vec<String>,
    /// Removed, can be restored.
    pub removed: bool,
    /// Their ids in this household: more than one when they were merged.
    pub entries: Vec<String>,
}

/// A visit as the timeline shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct VisitView {
    /// The visit.
    pub id: String,
    /// The day it counts for.
    pub day: String,
    /// When the form was opened, by that device's clock.
    #[ts(type = "number")]
    pub opened_at_ms: i64,
    /// The volunteer's id.
    pub author: String,
    /// The volunteer's name.
    pub author_name: String,
    /// What happened.
    pub outcome: Outcome,
    /// Who was met.
    pub met: Vec<String>,
    /// Levels seen.
    pub assessments: Vec<AssessmentView>,
    /// Items done.
    pub items: Vec<ItemDone>,
    /// Services given.
    pub services: Vec<ServiceCount>,
    /// What is needed.
    pub need: String,
    /// A note.
    pub note: String,
    /// An obstacle.
    pub obstacle: String,
    /// The day to come back.
    pub follow_up: Option<String>,
    /// Taken back; can be restored.
    pub removed: bool,
    /// Where it is.
    pub sync: SyncMark,
}

/// An assessment, beside what was known before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AssessmentView {
    /// What was seen.
    #[serde(flatten)]
    pub seen: Assessment,
    /// The level before this visit.
    pub before: crate::domain::Level,
}

/// Everything about one household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HouseholdDetail {
    /// The row of the list.
    #[serde(flatten)]
    pub row: HouseholdRow,
    /// How many people the list counts, where it counts them without naming them.
    pub people_count: Option<u32>,
    /// A note about the household.
    pub note: String,
    /// Removed, can be restored.
    pub removed: bool,
    /// The people, head first; removed ones last.
    pub people: Vec<ResidentView>,
    /// The visits, newest first.
    pub visits: Vec<VisitView>,
    /// Values of fields that two people have edited differently.
    pub crossed: Vec<Conflict>,
    /// A visit of this household that the signed-in member has not finished.
    pub draft: Option<String>,
    /// Facts of a later version that this one keeps but cannot show.
    pub unreadable: u32,
    /// The households that it was merged from; empty when it is only itself.
    pub merged_from: Vec<MergedPart>,
    /// Fields in which those differ.
    pub differences: Vec<Difference>,
}

/// One field that two people have edited differently, without having seen each other's edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Conflict {
    /// The household, or none for the notebook's own fields.
    pub household: Option<String>,
    /// What the person sees it belongs to: the head's name, or the resident's.
    pub about: String,
    /// The field's key in the document.
    pub key: String,
    /// The field's name in the catalogues (`phone`, `name`, `visit`…).
    pub field: String,
    /// The versions, the one in force first.
    pub versions: Vec<ConflictVersion>,
}

/// One of the crossed values, and who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ConflictVersion {
    /// The value, as a person reads it.
    pub value: String,
    /// The change that wrote it; names the version when choosing.
    pub change: String,
    /// Who wrote it, by name; empty when unknown.
    pub author: String,
    /// When, by the writer's clock.
    #[ts(type = "number")]
    pub at_ms: i64,
}

/// An unfinished visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DraftSummary {
    /// The visit it will be.
    pub visit: String,
    /// The household.
    pub household: String,
    /// Its head's name.
    pub head: String,
    /// How to find the door.
    pub door: String,
    /// When the form was last touched.
    #[ts(type = "number")]
    pub saved_at_ms: i64,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlaceView {
    /// The place.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What kind.
    pub kind: PlaceKind,
    /// The official code, or empty.
    pub official_code: String,
    /// How many households it has.
    pub households: u32,
}

/// A member of the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MemberView {
    /// The member.
    pub id: String,
    /// Full name.
    pub name: String,
    /// What they are in the team.
    pub role: Role,
    /// The one who is signed in on this device.
    pub me: bool,
}

/// A skill with its items, as the space has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SkillView {
    /// Which of the five.
    pub key: SkillKey,
    /// Its name.
    pub name: String,
    /// Its items in order.
    pub items: Vec<ItemView>,
}

/// A checklist item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ItemView {
    /// The item.
    pub id: String,
    /// What a volunteer ticks.
    pub text: String,
    /// No longer asked; kept for what was ticked before.
    pub retired: bool,
}

/// What a visit or an activity counts besides skills.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ServiceView {
    /// The key in counts.
    pub key: String,
    /// Its name.
    pub name: String,
}

/// The checklist of the space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Checklist {
    /// The five skills in order.
    pub skills: Vec<SkillView>,
    /// The services that are counted.
    pub services: Vec<ServiceView>,
}

/// An activity that belongs to no household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ActivityView {
    /// The activity.
    pub id: String,
    /// The day it counts for.
    pub day: String,
    /// What it was.
    pub kind: ActivityKind,
    /// What it was called.
    pub title: String,
    /// The place's id, if at a known place.
    pub place: Option<String>,
    /// How many people came.
    pub attendees: u32,
    /// Services given.
    pub services: Vec<ServiceCount>,
    /// A note.
    pub note: String,
    /// Who recorded it.
    pub author_name: String,
    /// Taken back; can be restored.
    pub removed: bool,
    /// Where it is.
    pub sync: SyncMark,
}

/// An import that has been made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ImportView {
    /// The import.
    pub id: String,
    /// The file's name.
    pub file: String,
    /// When, by the clock of the device that made it.
    #[ts(type = "number")]
    pub at_ms: i64,
    /// Who made it.
    pub author_name: String,
    /// How many households the list holds.
    pub households: u32,
    /// Taken back.
    pub withdrawn: bool,
    /// After taking back: households that stay, because they were visited or edited since,
    /// added by hand, or brought by another list too.
    pub kept: Vec<KeptHousehold>,
}

/// A household that stays although its import was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KeptHousehold {
    /// The household.
    pub id: String,
    /// Its head's name.
    pub head: String,
    /// Why it stays: `visited`, `edited` or `other_list`.
    pub reason: String,
}
