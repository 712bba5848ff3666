//! What came after a lock, told by its fingerprints: of each document the heads that went in. A change that is no
//! ancestor of them is late, and so is the visit that it wrote, if its day belongs to the locked figures. The same
//! records tell the same on every device; one that lacks documents which went in says how many.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::ground::{Ground, Within};
use super::view::{Adjustment, AdjustmentKind};
use crate::doc::space::{self as keys, Thing};
use crate::domain::fingerprint::{self, Start};
use crate::domain::{
    Fingerprints, HouseholdId, MemberId, PlaceId, SameKind, SpaceId, TeamId, VisitId, activity::Activity,
};
use crate::error::Result;
use crate::projection::{places, space};
use crate::store::documents::{DocId, Hash};
use crate::store::{changes, documents};

/// What came after a lock.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Late {
    /// How many documents that went in are not here, or not as far.
    pub lacking: u32,
    /// The records that came late, by household and day.
    pub records: Vec<Adjustment>,
}

/// A household as it stands on the last day.
struct Place {
    shown: DocId,
    head: String,
    place: PlaceId,
    place_name: String,
    team: Option<TeamId>,
    removed: bool,
}

/// The changes of a document that are not under the locked heads; all of them where it was not locked.
struct LateChanges {
    changes: BTreeSet<Hash>,
    lacking: bool,
}

/// What came after a lock whose period ends on this day, of one team's households or of all.
pub fn of(db: &Connection, space: SpaceId, prints: &Fingerprints, last: Date, team: Option<TeamId>) -> Result<Late> {
    let heads = documents::heads(db, space)?;
    let here: BTreeSet<_> = heads.iter().map(|(doc, _)| fingerprint::tail(doc)).collect();
    let lacking = prints.iter().filter(|(tail, _)| !here.contains(*tail)).count() as u32;
    let mut late = Late { lacking, ..Late::default() };
    let households = households(db, space, last)?;
    let names = space::author_names(db, space)?;
    for (doc, heads) in &heads {
        let locked = prints.heads(doc);
        if locked.is_some_and(|locked| same(locked, heads)) {
            continue;
        }
        let found = late_changes(db, doc, locked.unwrap_or_default())?;
        late.lacking += u32::from(found.lacking);
        if doc == space.bytes() {
            late.records.extend(of_space(db, space, &found.changes, last, team, &households, &names)?);
        } else if let Some(place) = households.get(doc).filter(|place| team.is_none() || place.team == team) {
            late.records.extend(of_household(db, space, doc, place, &found.changes, last, &names)?);
        }
    }
    late.records.sort_by(|a, b| order(a).cmp(&order(b)));
    Ok(late)
}

fn order(record: &Adjustment) -> impl Ord + '_ {
    (&record.place_name, &record.head, &record.household, &record.day, &record.visit, &record.activity)
}

fn same(locked: &[Start], heads: &[Hash]) -> bool {
    let now: BTreeSet<Start> = heads.iter().map(fingerprint::start).collect();
    locked.iter().copied().collect::<BTreeSet<_>>() == now
}

fn late_changes(db: &Connection, doc: &DocId, locked: &[Start]) -> Result<LateChanges> {
    let graph = changes::graph(db, doc)?;
    let by_start: BTreeMap<Start, &Hash> = graph.keys().map(|hash| (fingerprint::start(hash), hash)).collect();
    let lacking = locked.iter().any(|start| !by_start.contains_key(start));
    let mut before: BTreeSet<Hash> = BTreeSet::new();
    let mut next: Vec<Hash> = locked.iter().filter_map(|start| by_start.get(start).map(|hash| **hash)).collect();
    while let Some(hash) = next.pop() {
        if before.insert(hash) {
            next.extend(graph.get(&hash).into_iter().flatten());
        }
    }
    Ok(LateChanges { changes: graph.into_keys().filter(|hash| !before.contains(hash)).collect(), lacking })
}

/// All households of a space, those that are merged under the one in which they are shown.
fn households(db: &Connection, space: SpaceId, last: Date) -> Result<BTreeMap<DocId, Place>> {
    let sql = format!(
        "SELECT h.id, coalesce(h.merged_into, h.id), h.head, coalesce(d.name, ''), {}, h.removed, {}
         FROM households h {} WHERE h.space = ?1",
        places::TEAM,
        places::PLACE,
        places::joins("?2")
    );
    let mut query = db.prepare_cached(&sql)?;
    let rows = query.query_map(params![space.bytes(), last.to_string()], |row| {
        let team: Option<[u8; 16]> = row.get(4)?;
        let place = Place {
            shown: row.get(1)?,
            head: row.get(2)?,
            place_name: row.get(3)?,
            team: team.map(|team| TeamId(Uuid::from_bytes(team))),
            removed: row.get(5)?,
            place: PlaceId(Uuid::from_bytes(row.get(6)?)),
        };
        Ok((row.get(0)?, place))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The documents of a team's households as of a day.
pub fn documents_of(db: &Connection, space: SpaceId, team: TeamId, day: Date) -> Result<BTreeSet<DocId>> {
    let households = households(db, space, day)?;
    let team_of = |doc: &DocId| households.get(doc).and_then(|place| place.team);
    let of_team = |(doc, place): &(&DocId, &Place)| team_of(doc) == Some(team) || team_of(&place.shown) == Some(team);
    Ok(households.iter().filter(of_team).map(|(doc, _)| *doc).collect())
}

fn of_household(
    db: &Connection,
    space: SpaceId,
    doc: &DocId,
    place: &Place,
    late: &BTreeSet<Hash>,
    last: Date,
    names: &BTreeMap<String, String>,
) -> Result<Vec<Adjustment>> {
    let household = Some(HouseholdId(Uuid::from_bytes(place.shown)).to_string());
    let record = |what: AdjustmentKind| Adjustment {
        household: household.clone(),
        visit: None,
        activity: None,
        head: place.head.clone(),
        place: Some(place.place.to_string()),
        place_name: place.place_name.clone(),
        what,
        day: None,
        by_name: String::new(),
        notebook: None,
    };
    let mut query = db.prepare_cached(
        "SELECT id, day, removed, author, change FROM visits WHERE household = ?1 AND day <= ?2 ORDER BY day, id",
    )?;
    let mut rows = query.query(params![place.shown, last.to_string()])?;
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        if !late.contains(&row.get::<_, Hash>(4)?) {
            continue;
        }
        let author = MemberId(Uuid::from_bytes(row.get(3)?)).to_string();
        records.push(Adjustment {
            visit: Some(VisitId(Uuid::from_bytes(row.get(0)?)).to_string()),
            day: Some(row.get(1)?),
            by_name: names.get(&author).cloned().unwrap_or_default(),
            ..record(if row.get(2)? { AdjustmentKind::VisitRemoved } else { AdjustmentKind::Visit })
        });
    }
    if place.removed && removed_by(db, space, doc, late)? {
        records.push(record(AdjustmentKind::HouseholdRemoved));
    }
    Ok(records)
}

/// Whether it was removed by one of these changes.
fn removed_by(db: &Connection, space: SpaceId, doc: &DocId, late: &BTreeSet<Hash>) -> Result<bool> {
    let entries = documents::load(db, space, doc)?.entries()?;
    Ok(entries.iter().any(|entry| entry.key == crate::doc::household::REMOVED && late.contains(&entry.change.0)))
}

/// Activities, and households and people who were said to be one.
fn of_space(
    db: &Connection,
    space: SpaceId,
    late: &BTreeSet<Hash>,
    last: Date,
    team: Option<TeamId>,
    households: &BTreeMap<DocId, Place>,
    names: &BTreeMap<String, String>,
) -> Result<Vec<Adjustment>> {
    let entries = documents::load(db, space, space.bytes())?.entries()?;
    let written = entries.iter().filter(|entry| late.contains(&entry.change.0));
    let mut activities: BTreeSet<&str> = BTreeSet::new();
    let mut merged = BTreeSet::new();
    for entry in written {
        if let Some((Thing::Activity, id, _)) = keys::parse(&entry.key) {
            activities.insert(id);
        }
        match keys::parse_same(&entry.key) {
            Some((SameKind::Household, (id, _))) => drop(merged.insert((*id.as_bytes(), AdjustmentKind::Merged))),
            Some((SameKind::Resident, (id, _))) => {
                merged.extend(household_of(db, id)?.map(|household| (household, AdjustmentKind::PeopleMerged)));
            }
            None => {}
        }
    }
    let ground = Ground::of(db, space, last, Within { team, place: None })?;
    let mut records = Vec::new();
    for entry in &entries {
        let Some((Thing::Activity, id, None)) = keys::parse(&entry.key) else { continue };
        let Some(activity) = entry.value.bytes().and_then(Activity::decode) else { continue };
        let counts = activity.day().is_some_and(|day| day <= last);
        let stand = ground.activity(activity.place, activity.author);
        if !activities.contains(id) || !counts || !ground.has(stand) {
            continue;
        }
        records.push(Adjustment {
            household: None,
            visit: None,
            activity: Some(id.to_owned()),
            head: activity.title.clone(),
            place: activity.place.map(|place| place.to_string()),
            place_name: String::new(),
            what: AdjustmentKind::Activity,
            day: activity.day().map(|day| day.to_string()),
            by_name: names.get(&activity.author.to_string()).cloned().unwrap_or_default(),
            notebook: None,
        });
    }
    for (household, what) in merged {
        let place = households.get(&household).filter(|place| team.is_none() || place.team == team);
        let Some(place) = place else { continue };
        records.push(Adjustment {
            household: Some(HouseholdId(Uuid::from_bytes(place.shown)).to_string()),
            visit: None,
            activity: None,
            head: place.head.clone(),
            place: Some(place.place.to_string()),
            place_name: place.place_name.clone(),
            what,
            day: None,
            by_name: String::new(),
            notebook: None,
        });
    }
    Ok(records)
}

/// The household that somebody is written in; the first of several.
fn household_of(db: &Connection, resident: Uuid) -> Result<Option<DocId>> {
    let mut query = db.prepare_cached("SELECT household FROM residents WHERE id = ?1 ORDER BY household LIMIT 1")?;
    Ok(query.query_row([resident.as_bytes()], |row| row.get(0)).optional()?)
}

/// The team of a household as of a day.
pub fn team_of(db: &Connection, space: SpaceId, household: HouseholdId, day: Date) -> Result<Option<TeamId>> {
    let sql =
        format!("SELECT {} FROM households h {} WHERE h.space = ?1 AND h.id = ?3", places::TEAM, places::joins("?2"));
    let mut query = db.prepare_cached(&sql)?;
    let mut rows = query.query(params![space.bytes(), day.to_string(), household.bytes()])?;
    let team: Option<[u8; 16]> = rows.next()?.map(|row| row.get(0)).transpose()?.flatten();
    Ok(team.map(|team| TeamId(Uuid::from_bytes(team))))
}
