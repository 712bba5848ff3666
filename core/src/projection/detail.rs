//! Everything about one household.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::list::{self, Asker, levels};
use super::space::author_names;
use super::views::{
    AssessmentView, Companion, Conflict, ConflictVersion, HouseholdDetail, PositionView, ResidentView, VisitElsewhere,
    VisitView,
};
use super::{merged, moved, sync, task, teams};
use crate::doc::space as keys;
use crate::domain::skill::Levels;
use crate::domain::{
    ConsentState, HouseholdId, ItemId, Level, Position, ResidentId, ResidentStatus, SameKind, Sex, SpaceId, Visit,
    VisitId,
};
use crate::error::{Error, Result};

/// Everything about one household of the asker's notebook; of one that was merged into another, that one.
pub fn get(db: &Connection, asker: &Asker, id: HouseholdId) -> Result<HouseholdDetail> {
    let id = merged::shown(db, asker.space, id)?;
    let own =
        |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get::<_, String>(4)?));
    let (people_count, note, removed, unreadable, position) = db
        .prepare_cached(
            "SELECT people_count, note, removed, unreadable, position FROM households WHERE id = ?1 AND space = ?2",
        )?
        .query_row(params![id.bytes(), asker.space.bytes()], own)
        .map_err(|_| Error::not_found("household"))?;
    let row = list::rows(db, asker, &[id])?.pop().ok_or_else(|| Error::not_found("household"))?;
    let names = author_names(db, asker.space)?;
    let draft: Option<[u8; 16]> = db
        .prepare_cached(
            "SELECT d.visit FROM drafts d JOIN households h ON h.id = d.household
             WHERE coalesce(h.merged_into, h.id) = ?1 AND d.member = ?2 AND d.correction = 0 LIMIT 1",
        )?
        .query_map(params![id.bytes(), asker.me.bytes()], |row| row.get(0))?
        .next()
        .transpose()?;
    let people = people(db, asker.space, id)?;
    let (visits, visits_elsewhere) = visits(db, asker.space, id, &people, &names)?;
    Ok(HouseholdDetail {
        row,
        people_count,
        team: teams::of_household(db, asker.space, id, asker.today)?,
        position: Position::decode(&position).map(|p| PositionView {
            latitude_e6: p.latitude_e6,
            longitude_e6: p.longitude_e6,
            accuracy_m: p.accuracy_m,
            day: p.day.to_string(),
        }),
        note,
        removed,
        people,
        visits,
        visits_elsewhere,
        tasks: task::list(db, asker, task::Of::Household(id))?,
        crossed: conflicts(db, asker.space, Some(id))?,
        draft: draft.map(|visit| VisitId(Uuid::from_bytes(visit)).to_string()),
        unreadable,
        merged_from: merged::merged_from(db, id)?,
        differences: merged::differences(db, id)?,
    })
}

/// What everybody of a household has answered about consent, under every id that they have.
pub fn answers(db: &Connection, space: SpaceId, household: HouseholdId) -> Result<HashMap<ResidentId, ConsentState>> {
    let shown = merged::shown(db, space, household)?;
    let mut query = db.prepare_cached("SELECT id, consent FROM residents WHERE household = ?1")?;
    let rows = query.query_map([shown.bytes()], |row| {
        let answer = ConsentState::from_stored(&row.get::<_, String>(1)?);
        Ok((ResidentId(Uuid::from_bytes(row.get(0)?)), answer))
    })?;
    let of_shown: HashMap<ResidentId, ConsentState> = rows.collect::<rusqlite::Result<_>>()?;
    let everybody = merged::people(db, space, shown)?.into_iter();
    Ok(everybody.map(|w| (w.resident, of_shown.get(&w.shown).copied().unwrap_or_default())).collect())
}

fn people(db: &Connection, space: SpaceId, household: HouseholdId) -> Result<Vec<ResidentView>> {
    let mut entries: HashMap<[u8; 16], Vec<String>> = HashMap::new();
    for written in merged::people(db, space, household)? {
        entries.entry(*written.shown.bytes()).or_default().push(written.resident.to_string());
    }
    let mut done: HashMap<[u8; 16], Vec<String>> = HashMap::new();
    let mut query = db.prepare_cached(
        "SELECT DISTINCT resident, item FROM items_done WHERE household = ?1 ORDER BY resident, item",
    )?;
    for row in query.query_map([household.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))? {
        let (resident, item): ([u8; 16], [u8; 16]) = row?;
        done.entry(resident).or_default().push(ItemId(Uuid::from_bytes(item)).to_string());
    }
    let mut query = db.prepare_cached(
        "SELECT id, name, relation, birth, sex, phone, consent, consent_at_ms, head, best, levels, removed, status
         FROM residents WHERE household = ?1 ORDER BY position",
    )?;
    let rows = query.query_map([household.bytes()], |row| {
        let id: [u8; 16] = row.get(0)?;
        Ok(ResidentView {
            id: ResidentId(Uuid::from_bytes(id)).to_string(),
            name: row.get(1)?,
            relation: row.get(2)?,
            birth: row.get(3)?,
            sex: row.get::<_, Option<String>>(4)?.as_deref().and_then(Sex::from_stored),
            phone: row.get(5)?,
            consent: ConsentState::from_stored(&row.get::<_, String>(6)?),
            consent_at_ms: row.get(7)?,
            head: row.get(8)?,
            best: row.get(9)?,
            levels: levels(&row.get::<_, Vec<u8>>(10)?),
            items_done: done.get(&id).cloned().unwrap_or_default(),
            removed: row.get(11)?,
            status: ResidentStatus::from_stored(&row.get::<_, String>(12)?),
            entries: entries.get(&id).cloned().unwrap_or_default(),
            homes: Vec::new(),
        })
    })?;
    let mut people: Vec<ResidentView> = rows.collect::<rusqlite::Result<_>>()?;
    for person in &mut people {
        let Ok(id) = person.id.parse() else { continue };
        person.homes = moved::homes(db, space, household, id)?;
        person.items_done.extend(moved::items(db, &moved::elsewhere(db, space, household, id)?)?);
        person.items_done.sort_unstable();
        person.items_done.dedup();
    }
    Ok(people)
}

/// A visit as a row has it, and the household under which it stands.
struct Logged {
    household: HouseholdId,
    id: VisitId,
    change: [u8; 32],
    visit: Visit,
}

fn logged(db: &Connection, household: HouseholdId) -> Result<Vec<Logged>> {
    let mut query = db.prepare_cached("SELECT id, change, value FROM visits WHERE household = ?1")?;
    let rows = query.query_map([household.bytes()], |row| {
        Ok((VisitId(Uuid::from_bytes(row.get(0)?)), row.get(1)?, row.get::<_, Vec<u8>>(2)?))
    })?;
    let mut visits = Vec::new();
    for row in rows {
        let (id, change, value) = row?;
        let visit = Visit::decode(&value).map_err(|e| Error::damaged(e.to_string()))?;
        visits.push(Logged { household, id, change, visit });
    }
    Ok(visits)
}

/// The visits, newest first, each assessment beside the level before it: those of this household, and those
/// of others at which its people were met.
fn visits(
    db: &Connection,
    space: SpaceId,
    household: HouseholdId,
    people: &[ResidentView],
    names: &BTreeMap<String, String>,
) -> Result<(Vec<VisitView>, Vec<VisitElsewhere>)> {
    let mut aliases = merged::aliases(db, household)?;
    let mut all = logged(db, household)?;
    let (mut others, mut ours) = (BTreeSet::new(), HashMap::new());
    for person in people.iter().filter_map(|person| person.id.parse().ok()) {
        for there in moved::elsewhere(db, space, household, person)? {
            others.insert(there.household);
            ours.extend(there.ids.into_iter().map(|id| (id, person)));
        }
    }
    let met_ours = |visit: &Visit| {
        let seen = visit.assessments.iter().map(|seen| &seen.resident);
        visit.met.iter().chain(seen).any(|who| ours.contains_key(who))
    };
    for other in others {
        all.extend(logged(db, other)?.into_iter().filter(|logged| met_ours(&logged.visit)));
    }
    aliases.extend(ours.iter().map(|(id, person)| (*id, *person)));
    all.sort_by_key(|logged| (logged.visit.day, logged.visit.clock, logged.id));
    let mut known: HashMap<ResidentId, Levels> = HashMap::new();
    let (mut here, mut elsewhere) = (Vec::new(), Vec::new());
    for Logged { household: of, id, change, visit } in all.into_iter() {
        let visit = visit.with_residents(|who| aliases.get(&who).copied().unwrap_or(who));
        let author = visit.author.to_string();
        let assessments = with_level_before(&visit, &mut known);
        let companion = |member: &crate::domain::MemberId| {
            let member = member.to_string();
            Companion { name: names.get(&member).cloned().unwrap_or_default(), member }
        };
        let view = VisitView {
            shown: visit.shown_skills(),
            photos: visit.photos.iter().map(ToString::to_string).collect(),
            with: visit.with.iter().map(companion).collect(),
            id: id.to_string(),
            day: visit.day.to_string(),
            opened_at_ms: opened_at_ms(id),
            author_name: names.get(&author).cloned().unwrap_or_default(),
            author,
            outcome: visit.outcome,
            met: visit.met.iter().map(ToString::to_string).collect(),
            assessments,
            items: visit.items,
            services: visit.services,
            need: visit.need,
            note: visit.note,
            obstacle: visit.obstacle,
            follow_up: visit.follow_up.map(|d| d.to_string()),
            removed: visit.removed,
            sync: sync::of_change(db, space, &change)?,
        };
        if of == household {
            here.push(view);
        } else {
            elsewhere.push(VisitElsewhere { household: of.to_string(), visit: view });
        }
    }
    here.reverse();
    elsewhere.reverse();
    Ok((here, elsewhere))
}

fn with_level_before(visit: &Visit, known: &mut HashMap<ResidentId, Levels>) -> Vec<AssessmentView> {
    visit
        .assessments
        .iter()
        .map(|seen| {
            let levels = known.entry(seen.resident).or_insert([Level::NotAssessed; 5]);
            let slot = &mut levels[seen.skill.index()];
            let before = *slot;
            if !visit.removed {
                *slot = seen.level;
            }
            AssessmentView { seen: *seen, before }
        })
        .collect()
}

/// A visit's id was made when its form opened, and carries that moment.
fn opened_at_ms(id: VisitId) -> i64 {
    let made = id.0.get_timestamp().map(|t| t.to_unix());
    made.map_or(0, |(seconds, nanos)| seconds as i64 * 1000 + i64::from(nanos / 1_000_000))
}

/// The crossed fields of one household, or of the whole notebook.
pub fn conflicts(db: &Connection, space: SpaceId, only: Option<HouseholdId>) -> Result<Vec<Conflict>> {
    let names = author_names(db, space)?;
    let mut query = db.prepare_cached(
        "SELECT c.doc, c.key, c.about, c.field, c.value, c.change, c.author, c.at_ms, h.id FROM conflicts c
         LEFT JOIN households o ON o.id = c.doc
         LEFT JOIN standing h ON h.id = coalesce(o.merged_into, o.id)
         WHERE c.space = ?1 AND (?2 IS NULL OR h.id = ?2) AND coalesce(h.hidden, 0) = 0
         ORDER BY c.doc, c.key, c.place",
    )?;
    let rows = query.query_map(params![space.bytes(), only.as_ref().map(HouseholdId::bytes)], |row| {
        let doc: [u8; 16] = row.get(0)?;
        let author: String = row.get(6)?;
        let shown: Option<[u8; 16]> = row.get(8)?;
        let head = Conflict {
            household: shown.map(|shown| HouseholdId(Uuid::from_bytes(shown)).to_string()),
            key: row.get(1)?,
            about: row.get(2)?,
            field: row.get(3)?,
            versions: Vec::new(),
        };
        let version = ConflictVersion {
            value: row.get(4)?,
            change: data_encoding::HEXLOWER.encode(&row.get::<_, [u8; 32]>(5)?),
            author: names.get(&author).cloned().unwrap_or_default(),
            at_ms: row.get(7)?,
        };
        Ok((doc, head, version))
    })?;
    let (mut out, mut of): (Vec<Conflict>, Option<[u8; 16]>) = (Vec::new(), None);
    for row in rows {
        let (doc, head, version) = row?;
        match out.last_mut() {
            Some(last) if of == Some(doc) && last.key == head.key => last.versions.push(version),
            _ => out.push(Conflict { versions: vec![version], ..head }),
        }
        of = Some(doc);
    }
    out.iter_mut().try_for_each(|conflict| name_both(db, conflict))?;
    Ok(out)
}

/// A crossed verdict is about two, whom only the rows can name.
fn name_both(db: &Connection, conflict: &mut Conflict) -> Result<()> {
    let Some((kind, (a, b))) = keys::parse_same(&conflict.key) else { return Ok(()) };
    let sql = match kind {
        SameKind::Household => "SELECT head FROM households WHERE id = ?1",
        SameKind::Resident => {
            "SELECT r.name FROM homes m JOIN residents r ON r.household = m.household AND r.id = m.person
             WHERE m.id = ?1 UNION ALL SELECT name FROM residents WHERE id = ?1 LIMIT 1"
        }
    };
    let mut query = db.prepare_cached(sql)?;
    let mut name = |id: Uuid| query.query_row([id.as_bytes()], |row| row.get::<_, String>(0)).optional();
    conflict.about = [name(a)?, name(b)?].map(Option::unwrap_or_default).join(" – ");
    Ok(())
}
