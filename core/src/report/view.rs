//! What a report shows: plain data for a page, a workbook and a text to paste. Nothing in it depends on the device,
//! so two that hold the same records make it alike, byte for byte.
//!
//! Days are ISO texts, ids are 22 characters, a period is `2026-11`. A number that is `null` is blank: nobody has
//! written anything there, which is not the same as none.

use std::iter::Sum;
use std::ops::Add;

use serde::Serialize;
use ts_rs::TS;

pub use crate::domain::ReportState;
use crate::domain::rules::ReportRules;
use crate::domain::skill::Levels;
use crate::domain::{Outcome, SkillKey};

/// The report of one period, over a whole notebook, a team or a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Report {
    /// Which period.
    pub period: PeriodView,
    /// Over what.
    pub scope: Scope,
    /// What the report is called.
    pub title: String,
    /// To whom it goes.
    pub recipient: String,
    /// How far it is.
    pub state: ReportState,
    /// What has happened to it, oldest first.
    pub events: Vec<ReportEvent>,
    /// What it counts, in the order that the place has set.
    pub figures: Vec<Figure>,
    /// How many households were reached up to the last day.
    pub coverage: Coverage,
    /// The same on the period's days alone.
    pub coverage_in_period: Coverage,
    /// What people can do, as of the last day: the five skills in order.
    pub skills: Vec<SkillLevels>,
    /// The places and teams of the scope of which nothing was written in this period.
    pub silent: Vec<Silent>,
    /// When the newest record was written that counts (`2026-11-20T14:05:00+07:00`); `null` when there is none.
    pub as_of: Option<String>,
    /// Records that are kept and that this version cannot read; they are not counted.
    pub unreadable: u32,
    /// What it was locked with; nothing while it is not locked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub lock: Option<LockView>,
    /// What came after the report was locked.
    pub adjustments: Vec<Adjustment>,
    /// The notebooks that a commune's report adds up; nothing where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub notebooks: Option<Vec<ReportNotebook>>,
    /// How many pairs of people of two of these notebooks may be one, and are counted twice.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub alike: Option<u32>,
}

/// A notebook that a commune's report adds up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReportNotebook {
    /// Which.
    pub notebook: String,
    /// Its name.
    pub name: String,
    /// Whether anything of it is here. One that is not is missing in the figures.
    pub here: bool,
    /// How far its report is; where that is not locked, the one of its team that is furthest behind.
    pub state: ReportState,
    /// When the newest record was written that counts.
    pub as_of: Option<String>,
    /// When its report was locked, in milliseconds since 1970; its figures are those of then.
    pub lock_at_ms: Option<i64>,
    /// How many of the documents that went in then are not here, or not as far as they went in.
    pub lacking: u32,
}

/// A period and its days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PeriodView {
    /// The month in which it ends.
    pub key: String,
    /// The first day.
    pub first: String,
    /// The last day.
    pub last: String,
    /// The last day on which the report is in time.
    pub due: String,
}

/// What a report is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Scope {
    /// One team only.
    pub team: Option<String>,
    /// One place only.
    pub place: Option<String>,
    /// The team's or the place's name; the notebook's where it is neither.
    pub name: String,
}

/// What happened to a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReportEventKind {
    /// Nộp.
    Submitted,
    /// Trả lại.
    Returned,
    /// Duyệt.
    Approved,
    /// Chốt.
    Locked,
    /// Mở lại.
    Reopened,
}

/// Something that somebody did to a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReportEvent {
    /// What.
    pub kind: ReportEventKind,
    /// When, in milliseconds since 1970, by the writer's clock.
    pub at_ms: i64,
    /// Who.
    pub by_name: String,
    /// Why, in their words.
    pub reason: String,
    /// It changed nothing: it was taken back, or overtaken by what was done at the same time.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub void: bool,
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Figure {
    /// The indicator's key.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// In what it is counted.
    pub unit: String,
    /// Lũy kế: everything up to the last day, and not only the period.
    pub cumulative: bool,
    /// Whether `of` tells of how many.
    pub rate: bool,
    /// The number; `null` when nothing was written.
    pub value: Option<u64>,
    /// Of how many; `null` when the figure is no rate.
    pub of: Option<u64>,
    /// What was aimed at.
    pub target: Option<u64>,
    /// What it is now, when the report is locked and it has changed since.
    pub adjusted: Option<u64>,
    /// The same for `of`.
    pub adjusted_of: Option<u64>,
    /// The figure of each place, and after them of each team. The places' make up the whole, and so do the teams'.
    pub rows: Vec<FigureRow>,
}

/// A figure of one place or one team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FigureRow {
    /// Names the row for `report_records`: `place:<id>` or `team:<id>`; without the id, what belongs to none.
    pub row: String,
    /// The place, in the row of one.
    pub place: Option<String>,
    /// The team, in the row of one.
    pub team: Option<String>,
    /// Its name; empty for what belongs to none.
    pub name: String,
    /// The number; `null` when nothing was written there.
    pub value: Option<u64>,
    /// Of how many.
    pub of: Option<u64>,
}

/// How many households were reached. Each is in one of the last five.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
pub struct Coverage {
    /// Households that live here.
    pub households: u32,
    /// Of those, how many were visited, whatever came of it.
    pub visited: u32,
    /// Somebody was met.
    pub met: u32,
    /// Nobody was ever met, and somebody refused.
    pub refused: u32,
    /// Nobody was ever met, and neighbours said that they have moved away.
    pub moved_away: u32,
    /// There was never anybody at home.
    pub absent_only: u32,
    /// Nobody was there.
    pub never: u32,
}

impl Add for Coverage {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            households: self.households + other.households,
            visited: self.visited + other.visited,
            met: self.met + other.met,
            refused: self.refused + other.refused,
            moved_away: self.moved_away + other.moved_away,
            absent_only: self.absent_only + other.absent_only,
            never: self.never + other.never,
        }
    }
}

impl Sum for Coverage {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), Add::add)
    }
}

/// The sum of two numbers of which each may be blank. It is blank where both are.
pub fn sum<T: Add<Output = T>>(a: Option<T>, b: Option<T>) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a + b),
        (a, b) => a.or(b),
    }
}

/// Adds counts one by one.
pub fn add_each<const N: usize>(to: &mut [u32; N], counts: &[u32; N]) {
    to.iter_mut().zip(counts).for_each(|(to, count)| *to += count);
}

/// How many people are at each level of a skill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SkillLevels {
    /// The skill.
    pub skill: SkillKey,
    /// Residents at each of the five levels, from not assessed to proficient. Together they are all residents.
    pub levels: [u32; 5],
}

/// A place or a team of which nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Silent {
    /// The place.
    pub place: Option<String>,
    /// The team.
    pub team: Option<String>,
    /// Its name.
    pub name: String,
}

/// What a report was locked with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LockView {
    /// When, in milliseconds since 1970, by the clock of who locked it.
    pub at_ms: i64,
    /// Who locked it.
    pub by_name: String,
    /// How many documents went in: households, and the notebook's own.
    pub documents: u32,
    /// How many of them are not here, or not as far as they went in.
    pub lacking: u32,
}

/// A record that came after the report was locked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Adjustment {
    /// The household; `null` for what belongs to none.
    pub household: Option<String>,
    /// The visit.
    pub visit: Option<String>,
    /// The activity.
    pub activity: Option<String>,
    /// The household's head, or what the activity was called.
    pub head: String,
    /// Its place.
    pub place: Option<String>,
    /// The place's name.
    pub place_name: String,
    /// What came.
    pub what: AdjustmentKind,
    /// The day on the form.
    pub day: Option<String>,
    /// Who wrote it down.
    pub by_name: String,
    /// The notebook that it is in, in a commune's report.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub notebook: Option<String>,
}

/// What came late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AdjustmentKind {
    /// A visit was written or corrected.
    Visit,
    /// A visit was taken back.
    VisitRemoved,
    /// A household was removed.
    HouseholdRemoved,
    /// Households were said to be one, or to be two after all.
    Merged,
    /// People were said to be one, or to be two after all, or moved to another household.
    PeopleMerged,
    /// An activity was written, counted on or taken back.
    Activity,
}

/// The records behind a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Records {
    /// Which period.
    pub period: PeriodView,
    /// What the figure is called.
    pub name: String,
    /// In what it is counted.
    pub unit: String,
    /// The row's name; empty for the whole figure.
    pub row_name: String,
    /// What the records' counts come to; `null` when the figure is blank.
    pub value: Option<u64>,
    /// How many records there are in all.
    pub total: u32,
    /// A page of them, by place and name.
    pub records: Vec<ReportRecord>,
}

/// One record, with what opens it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReportRecord {
    /// How much of the figure it is.
    pub count: u64,
    /// The household.
    pub household: Option<String>,
    /// Who of it, where people count.
    pub resident: Option<String>,
    /// The visit at which it was seen last.
    pub visit: Option<String>,
    /// The activity.
    pub activity: Option<String>,
    /// The person's name, the head's, or what the activity was called.
    pub name: String,
    /// The household's head.
    pub head: String,
    /// Its place, as of the period's last day.
    pub place_name: String,
    /// The day on which it was seen last.
    pub day: Option<String>,
    /// What happened at the visit.
    pub outcome: Option<Outcome>,
    /// Who wrote it down.
    pub author_name: String,
    /// The item or the service.
    pub what: String,
    /// The notebook that it is in, in a commune's report.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub notebook: Option<String>,
}

/// The periods, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Periods {
    /// The one that today belongs to.
    pub current: String,
    /// All of which something was written, and the current one.
    pub periods: Vec<PeriodSummary>,
}

/// A period in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PeriodSummary {
    /// Which.
    pub period: PeriodView,
    /// Whether its days are over.
    pub over: bool,
    /// Visits on its days.
    pub visits: u32,
    /// Activities on its days.
    pub activities: u32,
    /// Each team's report.
    pub teams: Vec<TeamReport>,
}

/// How far a team's report is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TeamReport {
    /// The team.
    pub team: String,
    /// Its name.
    pub name: String,
    /// How far.
    pub state: ReportState,
    /// Whether it is not submitted though it is due.
    pub late: bool,
    /// Visits of its households.
    pub visits: u32,
}

/// How far the work is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ProgressView {
    /// Over what.
    pub scope: Scope,
    /// The last twelve periods, oldest first.
    pub months: Vec<ProgressMonth>,
    /// The five skills, as of the last of these periods' days.
    pub skills: Vec<SkillProgress>,
    /// Residents of whom the skills tell.
    pub residents: u32,
    /// Households of which they tell.
    pub households: u32,
    /// How many households were reached at any time.
    pub coverage: Coverage,
    /// How many were reached in the current period.
    pub coverage_in_period: Coverage,
}

/// Hộ đạt at the end of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ProgressMonth {
    /// Which.
    pub period: PeriodView,
    /// Households at target on its last day.
    pub at_target: u32,
    /// Of how many that live here now.
    pub households: u32,
    /// Households visited on its days; `null` when nothing was written.
    pub visited: Option<u32>,
    /// Visits on its days.
    pub visits: u32,
}

/// What people can do in one skill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SkillProgress {
    /// The skill.
    pub skill: SkillKey,
    /// Residents at each of the five levels.
    pub people: [u32; 5],
    /// Households by the level of whoever in them is best in this skill.
    pub best: [u32; 5],
}

/// A page of the heat map: households and what the best of each can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HeatPage {
    /// How many households there are in all.
    pub total: u32,
    /// The households, by place and then by name.
    pub rows: Vec<HeatRow>,
}

/// A household of the heat map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HeatRow {
    /// The household.
    pub household: String,
    /// Its head's name.
    pub head: String,
    /// How to find its door.
    pub door: String,
    /// Its place.
    pub place: Option<String>,
    /// The place's name.
    pub place_name: String,
    /// The five levels of the best resident.
    pub best: Levels,
    /// Hộ đạt.
    pub at_target: bool,
    /// The day of the last visit.
    pub last_visit: Option<String>,
}

/// The rules of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RulesView {
    /// The period that was asked for.
    pub period: PeriodView,
    /// From which period on these rules are in force; `null` when nobody has set any.
    pub since: Option<String>,
    /// From which later period on others are in force.
    pub until: Option<String>,
    /// The rules.
    pub rules: ReportRules,
    /// The first period whose rules can be changed.
    pub open_from: String,
    /// Whether the signed-in member may change them: an officer, and who leads the founding team or a commune's.
    pub may_set: bool,
}
