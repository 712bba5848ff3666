//! Checking the notebook, and the whole of it as plain data.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use ts_rs::TS;

use super::{Api, Kind, Nothing};
use crate::domain::activity::ActivityKind;
use crate::domain::skill::Levels;
use crate::domain::visit::{Assessment, ItemDone, ServiceCount};
use crate::domain::{ConsentState, HouseholdId, Outcome, Sex, SkillKey};
use crate::error::Result;
use crate::notebook::{Notebook, Report};
use crate::projection::list::{self, Asker, Filter, Sort};
use crate::projection::views::{Conflict, HouseholdDetail, ResidentView, VisitView};
use crate::projection::{activity, detail, same};

/// What a check found.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Verification {
    /// Nothing is wrong.
    pub clean: bool,
    /// Documents that were read.
    pub documents: u32,
    /// Changes that were read.
    pub changes: u32,
    /// Chunks whose signature, seal and content were checked.
    pub chunks: u32,
    /// Photos whose bytes are those that they are named by.
    pub photos: u32,
    /// What is wrong, for an engineer.
    pub problems: Vec<String>,
}

/// The whole notebook as plain data. Equal notebooks give equal exports on every device.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Export {
    /// Households, by id.
    pub households: Vec<ExportHousehold>,
    /// Activities, by id.
    pub activities: Vec<ExportActivity>,
    /// Fields that two people have edited differently.
    pub conflicts: Vec<Conflict>,
    /// Figures over all households.
    pub totals: ExportTotals,
}

/// A household with all that it holds, but for where its door is: that is for whoever goes there.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExportHousehold {
    /// The household.
    pub id: String,
    /// The head's name.
    pub head: String,
    /// The place's name.
    pub place_name: String,
    /// The number in the list.
    pub code: String,
    /// How to find the door.
    pub door: String,
    /// Phone.
    pub phone: String,
    /// A note.
    pub note: String,
    /// Hộ đạt.
    pub at_target: bool,
    /// Removed.
    pub removed: bool,
    /// The people.
    pub residents: Vec<ExportResident>,
    /// The visits.
    pub visits: Vec<ExportVisit>,
}

/// A resident.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExportResident {
    /// The resident.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Relation to the head.
    pub relation: String,
    /// Birth.
    pub birth: String,
    /// Sex.
    pub sex: Option<Sex>,
    /// Phone.
    pub phone: String,
    /// Consent.
    pub consent: ConsentState,
    /// Current levels.
    pub levels: Levels,
    /// Removed.
    pub removed: bool,
}

/// A visit.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExportVisit {
    /// The visit.
    pub id: String,
    /// Its day.
    pub day: String,
    /// The volunteer's name.
    pub author_name: String,
    /// What happened.
    pub outcome: Outcome,
    /// Who was met.
    pub met: Vec<String>,
    /// Levels seen.
    pub assessments: Vec<Assessment>,
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
    /// Its photos, by the hash of their JPEG.
    pub photos: Vec<String>,
    /// The names of who came along.
    pub with: Vec<String>,
    /// Taken back.
    pub removed: bool,
}

/// An activity.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExportActivity {
    /// The activity.
    pub id: String,
    /// Its day.
    pub day: String,
    /// What it was.
    pub kind: ActivityKind,
    /// What it was called.
    pub title: String,
    /// How many people came.
    pub attendees: u32,
    /// Services given.
    pub services: Vec<ServiceCount>,
    /// A note.
    pub note: String,
    /// Taken back.
    pub removed: bool,
}

/// Figures over all households.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct ExportTotals {
    /// Households that are not removed.
    pub households: u32,
    /// Residents that are not removed.
    pub residents: u32,
    /// Visits that were not taken back.
    pub visits: u32,
    /// Distinct people met in them.
    pub people_met: u32,
    /// Households at target.
    pub at_target: u32,
}

impl From<Report> for Verification {
    fn from(report: Report) -> Self {
        let Report { documents, changes, chunks, photos, problems } = report;
        Self { clean: problems.is_empty(), documents, changes, chunks, photos, problems }
    }
}

/// Checks that projections equal a rebuild, and that every chunk and change is intact.
pub(super) fn verify(api: &Api, _: Nothing) -> Result<Verification> {
    Ok(api.notebook().verify()?.into())
}

/// Rebuilds all projections from the documents.
pub(super) fn rebuild(api: &Api, _: Nothing) -> Result<Verification> {
    let report = api.notebook().rebuild()?;
    api.tell(&[Kind::Household, Kind::Space]);
    Ok(report.into())
}

/// The whole notebook as plain data.
pub(super) fn export(api: &Api, _: Nothing) -> Result<Export> {
    let notebook = api.notebook();
    let asker = notebook.asker()?;
    let households = households(&notebook, &asker)?;
    let mut activities: Vec<_> = activity::list(notebook.db(), asker.space)?
        .into_iter()
        .map(|a| ExportActivity {
            id: a.id,
            day: a.day,
            kind: a.kind,
            title: a.title,
            attendees: a.attendees,
            services: a.services,
            note: a.note,
            removed: a.removed,
        })
        .collect();
    activities.sort_by(|a, b| a.id.cmp(&b.id));
    let mut conflicts = detail::conflicts(notebook.db(), asker.space, None)?;
    conflicts.sort_by(|a, b| (&a.household, &a.key).cmp(&(&b.household, &b.key)));
    let one_person = same::people(notebook.db(), asker.space)?;
    let one_person = one_person.iter().map(|(id, first)| (id.to_string(), first.to_string())).collect();
    Ok(Export { totals: totals(&households, &one_person), households, activities, conflicts })
}

fn households(notebook: &Notebook, asker: &Asker) -> Result<Vec<ExportHousehold>> {
    let db = notebook.db();
    let mut ids = list::ids(db, asker, Filter::All, None, Sort::Unsorted)?;
    ids.extend(list::ids(db, asker, Filter::Removed, None, Sort::Unsorted)?);
    let mut all = ids.into_iter().map(|id| one(db, asker, id)).collect::<Result<Vec<_>>>()?;
    all.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(all)
}

fn one(db: &rusqlite::Connection, asker: &Asker, id: HouseholdId) -> Result<ExportHousehold> {
    let HouseholdDetail { row, note, removed, people, visits, .. } = detail::get(db, asker, id)?;
    Ok(ExportHousehold {
        id: row.id,
        head: row.head,
        place_name: row.place_name,
        code: row.code,
        door: row.door,
        phone: row.phone,
        note,
        at_target: row.at_target,
        removed,
        residents: people.into_iter().map(resident).collect(),
        visits: visits.into_iter().map(visit).collect(),
    })
}

fn resident(person: ResidentView) -> ExportResident {
    ExportResident {
        id: person.id,
        name: person.name,
        relation: person.relation,
        birth: person.birth,
        sex: person.sex,
        phone: person.phone,
        consent: person.consent,
        levels: person.levels,
        removed: person.removed,
    }
}

fn visit(visit: VisitView) -> ExportVisit {
    ExportVisit {
        id: visit.id,
        day: visit.day,
        author_name: visit.author_name,
        outcome: visit.outcome,
        met: visit.met,
        assessments: visit.assessments.into_iter().map(|a| a.seen).collect(),
        items: visit.items,
        services: visit.services,
        need: visit.need,
        note: visit.note,
        obstacle: visit.obstacle,
        follow_up: visit.follow_up,
        shown: visit.shown,
        photos: visit.photos,
        with: visit.with.into_iter().map(|companion| companion.name).collect(),
        removed: visit.removed,
    }
}

/// `one_person` names the smallest id of everybody who is here under several.
fn totals(households: &[ExportHousehold], one_person: &BTreeMap<String, String>) -> ExportTotals {
    let mut totals = ExportTotals::default();
    let first = |who: &'_ String| one_person.get(who).unwrap_or(who).clone();
    let (mut residents, mut met) = (BTreeSet::new(), BTreeSet::new());
    for household in households.iter().filter(|h| !h.removed) {
        totals.households += 1;
        totals.at_target += u32::from(household.at_target);
        residents.extend(household.residents.iter().filter(|r| !r.removed).map(|r| first(&r.id)));
        for visit in household.visits.iter().filter(|v| !v.removed) {
            totals.visits += 1;
            met.extend(visit.met.iter().map(first));
        }
    }
    (totals.residents, totals.people_met) = (residents.len() as u32, met.len() as u32);
    totals
}
