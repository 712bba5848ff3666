//! The records behind a figure, with names and with what opens them.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::count;
use super::coverage::Reached;
use super::ground::{Row, Spot, Within};
use super::hit::{Hit, What};
use super::material::Material;
use super::period_view;
use super::view::{PeriodView, Records, ReportRecord, sum};
use crate::domain::{
    Activity, ActivityId, Calendar, HouseholdId, Indicator, MemberId, Outcome, Period, ResidentId, SpaceId, VisitId,
};
use crate::error::{Error, Result};
use crate::projection::space as space_rows;

/// Which records.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The indicator's key.
    pub indicator: &'a str,
    /// One row of the figure, by its key.
    pub row: Option<&'a str>,
    /// What a rate is taken of.
    pub of: bool,
    /// How many to skip.
    pub offset: u32,
    /// How many to return.
    pub limit: u32,
}

/// The records behind a figure. They are what the figure was summed from, so they cannot come to anything else.
pub fn records(
    db: &Connection,
    space: SpaceId,
    calendar: &Calendar,
    period: Period,
    within: Within,
    wanted: &Wanted<'_>,
) -> Result<Records> {
    let indicator = indicator(calendar, period, wanted.indicator).ok_or_else(|| Error::not_found("indicator"))?;
    let material = Material::gather(db, space, calendar.days(period), within)?;
    let behind = Behind::of(material, indicator, wanted)?;
    page(period_view(calendar, period), indicator, behind.as_slice(), wanted)
}

/// The same over several notebooks, each with the calendar that its report counts by. One that does not count this, or
/// has no such row, has no records.
pub(super) fn of_several(
    db: &Connection,
    notebooks: &[(SpaceId, Calendar)],
    calendar: &Calendar,
    period: Period,
    wanted: &Wanted<'_>,
) -> Result<Records> {
    let named = indicator(calendar, period, wanted.indicator).ok_or_else(|| Error::not_found("indicator"))?;
    let mut behind = Vec::new();
    for (space, own) in notebooks {
        let counts = indicator(own, period, wanted.indicator);
        if let Some(indicator) = counts.filter(|counts| !wanted.of || counts.per.is_some() || named.per.is_none()) {
            let material = Material::gather(db, *space, own.days(period), Within::default())?;
            let found = Behind::of(material, indicator, wanted)?;
            behind.extend(found.map(|found| Behind { notebook: Some(space.to_string()), ..found }));
        }
    }
    page(period_view(calendar, period), named, &behind, wanted)
}

fn indicator<'a>(calendar: &'a Calendar, period: Period, key: &str) -> Option<&'a Indicator> {
    calendar.rules(period).indicators.iter().find(|indicator| indicator.key == key)
}

/// What is behind a figure, or behind one row of it, in one notebook.
struct Behind<'a> {
    /// The notebook's id, where there are several.
    notebook: Option<String>,
    material: Material<'a>,
    names: Names,
    row: Option<Row>,
    /// In an order that people read by, and that every device has.
    hits: Vec<Hit>,
    value: Option<u64>,
}

impl<'a> Behind<'a> {
    /// Nothing where the notebook has no such row.
    fn of(material: Material<'a>, indicator: &Indicator, wanted: &Wanted<'_>) -> Result<Option<Self>> {
        let reached = Reached::of(&material)?;
        let mut rows = material.ground.rows(&reached.spots).into_iter();
        let row = wanted.row.and_then(|key| rows.find(|row| row.key() == key));
        if wanted.row.is_some() && row.is_none() {
            return Ok(None);
        }
        let mut hits = hits(&material, indicator, wanted.of)?;
        hits.retain(|hit| row.as_ref().is_none_or(|row| hit.stand.is_in(row.at)));
        let sum = hits.iter().fold(0u64, |sum, hit| sum.saturating_add(hit.count));
        let cumulative = indicator.is_cumulative();
        let written = row.as_ref().map_or(reached.has_any(cumulative), |row| reached.has_facts(row.at, cumulative));
        let names = Names::read(material.db, material.space)?;
        hits.sort_by_cached_key(|hit| (hit.stand.place, names.sort_key(hit), hit.clone()));
        let value = (wanted.of || written || sum > 0).then_some(sum);
        Ok(Some(Self { notebook: None, material, names, row, hits, value }))
    }
}

/// A page of what is behind a figure in one notebook after the other.
fn page(period: PeriodView, indicator: &Indicator, behind: &[Behind<'_>], wanted: &Wanted<'_>) -> Result<Records> {
    if behind.is_empty() && wanted.row.is_some() {
        return Err(Error::not_found("row"));
    }
    let hits = behind.iter().flat_map(|behind| behind.hits.iter().map(move |hit| (behind, hit)));
    let page = hits.skip(wanted.offset as usize).take(wanted.limit as usize);
    Ok(Records {
        period,
        name: indicator.name.clone(),
        unit: indicator.unit.clone(),
        row_name: behind.iter().find_map(|behind| Some(behind.row.as_ref()?.name.clone())).unwrap_or_default(),
        value: behind.iter().map(|behind| behind.value).fold(None, sum),
        total: behind.iter().map(|behind| behind.hits.len() as u32).sum(),
        records: page.map(|(behind, hit)| record(behind, hit)).collect::<Result<_>>()?,
    })
}

fn hits(material: &Material<'_>, indicator: &Indicator, of: bool) -> Result<Vec<Hit>> {
    match indicator.per {
        Some(per) if of => count::counted_of(material, per, indicator.is_cumulative()),
        None if of => Err(Error::invalid("bad_arguments", "of")),
        _ => count::counted(material, indicator),
    }
}

/// A head's name, and how it sorts.
struct Head {
    name: String,
    sort_key: Vec<u8>,
}

/// The names that records are shown with.
struct Names {
    heads: HashMap<Uuid, Head>,
    members: std::collections::BTreeMap<String, String>,
    items: HashMap<Uuid, String>,
    services: HashMap<String, String>,
}

impl Names {
    fn read(db: &Connection, space: SpaceId) -> Result<Self> {
        let mut query = db.prepare_cached("SELECT id, head, name_key FROM households WHERE space = ?1")?;
        let heads = query.query_map([space.bytes()], |row| {
            Ok((Uuid::from_bytes(row.get(0)?), Head { name: row.get(1)?, sort_key: row.get(2)? }))
        })?;
        let mut query = db.prepare_cached("SELECT id, text FROM items WHERE space = ?1")?;
        let items = query.query_map([space.bytes()], |row| Ok((Uuid::from_bytes(row.get(0)?), row.get(1)?)))?;
        let mut query = db.prepare_cached("SELECT key, name FROM services WHERE space = ?1")?;
        let services = query.query_map([space.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Self {
            heads: heads.collect::<rusqlite::Result<_>>()?,
            items: items.collect::<rusqlite::Result<_>>()?,
            services: services.collect::<rusqlite::Result<_>>()?,
            members: space_rows::author_names(db, space)?,
        })
    }

    fn sort_key(&self, hit: &Hit) -> Option<&[u8]> {
        hit.household.and_then(|id| self.heads.get(&id)).map(|head| head.sort_key.as_slice())
    }

    fn head(&self, household: Option<Uuid>) -> String {
        household.and_then(|id| self.heads.get(&id)).map(|head| head.name.clone()).unwrap_or_default()
    }

    fn member(&self, id: MemberId) -> String {
        self.members.get(&id.to_string()).cloned().unwrap_or_default()
    }

    fn what(&self, what: &What) -> String {
        match what {
            What::Nothing => String::new(),
            What::Item(item) => self.items.get(item).cloned().unwrap_or_default(),
            What::Service(key) => self.services.get(key).unwrap_or(key).clone(),
        }
    }
}

/// When something was written down, by whom, and what came of it.
#[derive(Default)]
struct Told {
    day: Option<String>,
    outcome: Option<Outcome>,
    author: Option<MemberId>,
    title: Option<String>,
}

fn record(behind: &Behind<'_>, hit: &Hit) -> Result<ReportRecord> {
    let Behind { material, names, .. } = behind;
    let (db, head) = (material.db, names.head(hit.household));
    let told = match (hit.activity, hit.household, hit.visit) {
        (Some(activity), ..) => of_activity(db, material.space, activity)?,
        (None, Some(household), Some(visit)) => of_visit(db, household, visit)?,
        _ => Told::default(),
    };
    let person = match (hit.household, hit.resident) {
        (Some(household), Some(resident)) => Some(name_of(db, household, resident)?),
        _ => None,
    };
    let title = told.title.filter(|_| hit.household.is_none());
    Ok(ReportRecord {
        count: hit.count,
        household: hit.household.map(|id| HouseholdId(id).to_string()),
        resident: hit.resident.map(|id| ResidentId(id).to_string()),
        visit: hit.visit.map(|id| VisitId(id).to_string()),
        activity: hit.activity.map(|id| ActivityId(id).to_string()),
        name: person.or(title).unwrap_or_else(|| head.clone()),
        head,
        place_name: material.ground.name(Spot::Place(hit.stand.place)).to_owned(),
        day: told.day,
        outcome: told.outcome,
        author_name: told.author.map(|author| names.member(author)).unwrap_or_default(),
        what: names.what(&hit.what),
        notebook: behind.notebook.clone(),
    })
}

fn of_visit(db: &Connection, household: Uuid, visit: Uuid) -> Result<Told> {
    let found = db
        .prepare_cached("SELECT day, outcome, author FROM visits WHERE household = ?1 AND id = ?2")?
        .query_row(params![household.as_bytes(), visit.as_bytes()], |row| {
            let outcome = Outcome::from_stored(row.get_ref(1)?.as_str()?);
            Ok(Told { day: row.get(0)?, outcome, author: Some(MemberId(Uuid::from_bytes(row.get(2)?))), title: None })
        })
        .optional()?;
    Ok(found.unwrap_or_default())
}

fn of_activity(db: &Connection, space: SpaceId, activity: Uuid) -> Result<Told> {
    let value: Option<Vec<u8>> = db
        .prepare_cached("SELECT value FROM activities WHERE space = ?1 AND id = ?2")?
        .query_row(params![space.bytes(), activity.as_bytes()], |row| row.get(0))
        .optional()?;
    Ok(value.and_then(|value| Activity::decode(&value)).map_or_else(Told::default, |activity| Told {
        day: activity.day().map(|day| day.to_string()),
        outcome: None,
        author: Some(activity.author),
        title: Some(activity.title),
    }))
}

fn name_of(db: &Connection, household: Uuid, resident: Uuid) -> Result<String> {
    let found = db
        .prepare_cached("SELECT name FROM residents WHERE household = ?1 AND id = ?2")?
        .query_row(params![household.as_bytes(), resident.as_bytes()], |row| row.get(0))
        .optional()?;
    Ok(found.unwrap_or_default())
}
