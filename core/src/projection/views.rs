//! What the queries answer: plain rows for a screen, a script or an export.
//!
//! Dates are ISO texts (`2026-11-18`), moments are milliseconds since 1970, ids are 22
//! characters. Levels come as five in the skills' order.

use serde::Serialize;
use ts_rs::TS;

use super::merged::{Difference, MergedPart};
use super::moved::ResidentHome;
use super::teams::TeamOfHousehold;
use crate::domain::activity::ActivityKind;
use crate::domain::skill::Levels;
use crate::domain::visit::{Assessment, ItemDone, ServiceCount};
use crate::domain::{ConsentState, HouseholdStatus, Outcome, PlaceKind, ResidentStatus, Role, Sex, SkillKey};

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
    /// The lane that the address names, or empty.
    pub lane: String,
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
    /// Follow-up is overdue.
    pub overdue: u32,
    /// Never visited.
    pub not_visited: u32,
    /// Not at target.
    pub not_at_target: u32,
    /// Visited by the signed-in member, alone or along with another.
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
    /// Whether they live here.
    pub status: ResidentStatus,
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
    /// Other households in which they are written: they moved.
    pub homes: Vec<ResidentHome>,
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
    /// The skills whose lesson cards were shown.
    pub shown: Vec<SkillKey>,
    /// Photos of what is needed or stands in the way, by the hash of their JPEG.
    pub photos: Vec<String>,
    /// Members who came along.
    pub with: Vec<Companion>,
    /// Taken back; can be restored.
    pub removed: bool,
    /// Where it is.
    pub sync: SyncMark,
}

/// A visit to another household, at which somebody of this one was met before they moved, or after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct VisitElsewhere {
    /// The household that was visited.
    pub household: String,
    /// The visit; people of this household under the ids that they have here.
    pub visit: VisitView,
}

/// A member who came along on a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Companion {
    /// Who.
    pub member: String,
    /// Their name; empty while the member is not known here.
    pub name: String,
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
    /// The team that looks after it, where the notebook has several.
    pub team: Option<TeamOfHousehold>,
    /// Where the door is, if somebody has measured it.
    pub position: Option<PositionView>,
    /// A note about the household.
    pub note: String,
    /// Removed, can be restored.
    pub removed: bool,
    /// The people, head first; who is gone last.
    pub people: Vec<ResidentView>,
    /// The visits, newest first.
    pub visits: Vec<VisitView>,
    /// Visits to other households at which people of this one were met, newest first.
    pub visits_elsewhere: Vec<VisitElsewhere>,
    /// What is to be done here.
    pub tasks: Vec<TaskView>,
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

/// Where a door is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PositionView {
    /// North of the equator, in millionths of a degree.
    pub latitude_e6: i32,
    /// East of Greenwich, in millionths of a degree.
    pub longitude_e6: i32,
    /// How far off it may be, in metres.
    pub accuracy_m: u32,
    /// The day on which it was measured.
    pub day: String,
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TaskView {
    /// The task.
    pub id: String,
    /// What is to be done; empty means to visit.
    pub what: String,
    /// The member who is to do it; empty when nobody is named.
    pub who: String,
    /// That member's name.
    pub who_name: String,
    /// The name of who asked for it and answers for it.
    pub from_who_name: String,
    /// The day on which it was given.
    pub from: Option<String>,
    /// The last day on which it is in time.
    pub due: Option<String>,
    /// It is not done, and that day is past.
    pub overdue: bool,
    /// How often it is to be done; at each household once.
    pub goal: u32,
    /// How often it is done.
    pub done: u32,
    /// Its households, lane by lane; none when it belongs to no household.
    pub households: Vec<TaskHousehold>,
    /// Taken back; can be restored.
    pub removed: bool,
}

/// A household of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TaskHousehold {
    /// The household.
    pub id: String,
    /// Its head's name.
    pub head: String,
    /// The head's birth year, to tell two of one name apart.
    pub head_birth_year: Option<u16>,
    /// How to find the door.
    pub door: String,
    /// Whether it is done here.
    pub done: bool,
}

/// *Hôm nay*: what the signed-in member has before them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Today {
    /// Their visits that were begun and not finished.
    pub drafts: Vec<DraftSummary>,
    /// Households to which they said that they would come back: overdue, today, and in the next seven days.
    pub appointments: Vec<HouseholdRow>,
    /// How many households are due by an appointment of somebody else.
    pub due_of_others: u32,
    /// Their tasks that are not done.
    pub tasks: Vec<TaskView>,
    /// What they have done today.
    pub tally: Tally,
    /// What lies next on the way; nothing before the first visit of the day.
    pub nearby: Option<Nearby>,
    /// Whether the notebook has any household.
    pub has_households: bool,
}

/// What somebody has done on one day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct Tally {
    /// Visits.
    pub visits: u32,
    /// Households visited.
    pub households: u32,
    /// Of these: somebody was met.
    pub met: u32,
    /// Of these: nobody was at home all day.
    pub absent: u32,
    /// People met, each once.
    pub residents: u32,
}

/// Households next to the one that was visited last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Nearby {
    /// The head of the household that was visited last.
    pub head: String,
    /// Its lane; empty when its address names none.
    pub lane: String,
    /// What lies next, the same lane first.
    pub households: Vec<HouseholdRow>,
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

/// A place, as it is today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlaceView {
    /// The place.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What kind.
    pub kind: PlaceKind,
    /// What such a place is called there (`bản`, `khu phố`), or empty.
    pub word: String,
    /// The official code, or empty.
    pub official_code: String,
    /// The place that it is part of.
    pub parent: Option<String>,
    /// The day since which it is there, where that is known.
    pub from: Option<String>,
    /// The last day on which it was there, where somebody has noted one.
    pub to: Option<String>,
    /// Names that it had, and those of places that have become this one.
    pub formerly: Vec<FormerName>,
    /// Whether it stands. One that does not was merged, split, or is only to come.
    pub standing: bool,
    /// The place that it has become.
    pub into: Option<String>,
    /// How many households stand under it.
    pub households: u32,
}

/// A name by which a place is still found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FormerName {
    /// The name.
    pub name: String,
    /// The day on which it ended, where that is known.
    pub until: Option<String>,
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
    /// What they are called there ("Bí thư Đoàn xã"), or empty.
    pub title: String,
    /// Their team.
    pub team: String,
    /// Their group of collaborators.
    pub group: Option<String>,
    /// The day on which they joined.
    pub joined: Option<String>,
    /// The day on which they left. They stay in what was recorded, and are given nothing new.
    pub left: Option<String>,
    /// The one who is signed in on this device.
    pub me: bool,
}

/// A course for members, and whether the signed-in one has done it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CourseView {
    /// The course; its name stands in the catalogues.
    pub key: String,
    /// The skill whose lesson cards it is about, when it is one of those.
    pub skill: Option<SkillKey>,
    /// Where it is taken, when that is outside of the app.
    pub address: Option<String>,
    /// That address as a QR picture (SVG).
    pub qr_svg: Option<String>,
    /// The day on which it was done.
    pub done_on: Option<String>,
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
    /// When it began (`08:30`).
    pub time: Option<String>,
    /// How many people came, named or not.
    pub attendees: u32,
    /// Of these: counted without a name.
    pub unnamed: u32,
    /// Residents who came.
    pub came: Vec<Attendee>,
    /// Members who helped.
    pub helpers: Vec<ActivityHelper>,
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

/// A resident who came to an activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Attendee {
    /// Their household.
    pub household: String,
    /// Who.
    pub resident: String,
    /// Their name.
    pub name: String,
    /// The name of the household's head.
    pub head: String,
}

/// A member who helped at an activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ActivityHelper {
    /// Who.
    pub member: String,
    /// Their name.
    pub name: String,
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
