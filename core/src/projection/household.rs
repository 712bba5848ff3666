//! The rows of one household.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::facts::{CrossedField, HouseholdFacts};
use super::whole::{self, Home, Whole};
use crate::doc::flat::{Scalar, Version};
use crate::domain::skill::{self, Levels};
use crate::domain::{HouseholdId, ResidentId, SpaceId, Task, TeamId, Visit};
use crate::error::Result;
use crate::search::fold::fold_plain;
use crate::store::documents::DocId;
use crate::text::{lane, name};

/// Whom each resident is shown as; who is not in it, as themselves.
type Shown = BTreeMap<ResidentId, ResidentId>;

/// Writes the rows of the household that a document belongs to, in place of those that were there.
/// Returns the households whose rows those are, merged-away ones too.
pub fn project(db: &Connection, space: SpaceId, doc: DocId, facts: HouseholdFacts) -> Result<BTreeSet<HouseholdId>> {
    let wholes = whole::around(db, space, doc, facts)?;
    let docs: BTreeSet<DocId> = wholes.iter().flat_map(|whole| whole.parts.iter().map(|(doc, _)| *doc)).collect();
    docs.iter().try_for_each(|doc| clear(db, doc))?;
    wholes.iter().try_for_each(|whole| write(db, space, whole))?;
    Ok(docs.into_iter().map(|doc| HouseholdId(Uuid::from_bytes(doc))).collect())
}

fn write(db: &Connection, space: SpaceId, whole: &Whole) -> Result<()> {
    let Some(((first, own), others)) = whole.parts.split_first() else { return Ok(()) };
    let (mut facts, mut shown) = (own, &Shown::new());
    if let Some(together) = &whole.together {
        (facts, shown) = (&together.facts, &together.shown);
        homes(db, first, &together.homes)?;
    }
    household(db, space, first, facts, None)?;
    residents(db, first, facts)?;
    visits(db, space, first, facts, shown)?;
    for import in &facts.imports {
        db.prepare_cached("INSERT INTO household_imports (household, import) VALUES (?1, ?2)")?
            .execute(params![first, import.bytes()])?;
    }
    tasks(db, space, whole)?;
    others.iter().try_for_each(|(doc, facts)| household(db, space, doc, facts, Some(first)))?;
    for (doc, facts) in &whole.parts {
        facts.crossed.iter().try_for_each(|crossed| conflict(db, space, doc, crossed))?;
    }
    Ok(())
}

/// What is to be done stands in the document in which it was written; a visit to any of them does it.
fn tasks(db: &Connection, space: SpaceId, whole: &Whole) -> Result<()> {
    let visits = whole.together.as_ref().map(|together| &together.facts.visits);
    for (doc, facts) in &whole.parts {
        for task in &facts.tasks {
            let visited = visits.unwrap_or(&facts.visits).iter().any(|v| task.is_done_by(v.id, &v.visit));
            let task = Task { done: u32::from(visited || task.done > 0), ..task.clone() };
            super::task::insert(db, space, doc, &task)?;
        }
    }
    Ok(())
}

fn homes(db: &Connection, household: &DocId, homes: &[Home]) -> Result<()> {
    let mut insert = db.prepare_cached("INSERT INTO homes (household, id, doc, person) VALUES (?1, ?2, ?3, ?4)")?;
    for Home { id, doc, person } in homes {
        insert.execute(params![household, id.as_bytes(), doc, person.as_ref().map(ResidentId::bytes)])?;
    }
    Ok(())
}

const TABLES: [&str; 15] = [
    "DELETE FROM appointments WHERE household = ?1",
    "DELETE FROM household_places WHERE household = ?1",
    "DELETE FROM homes WHERE household = ?1",
    "DELETE FROM residents WHERE household = ?1",
    "DELETE FROM visits WHERE household = ?1",
    "DELETE FROM visit_people WHERE household = ?1",
    "DELETE FROM visit_companions WHERE household = ?1",
    "DELETE FROM assessments WHERE household = ?1",
    "DELETE FROM items_done WHERE household = ?1",
    "DELETE FROM services_given WHERE household = ?1",
    "DELETE FROM visit_photos WHERE household = ?1",
    "DELETE FROM visit_obstacles WHERE household = ?1",
    "DELETE FROM household_imports WHERE household = ?1",
    "DELETE FROM tasks WHERE doc = ?1",
    "DELETE FROM conflicts WHERE doc = ?1",
];

fn clear(db: &Connection, doc: &DocId) -> Result<()> {
    let known = db.prepare_cached("DELETE FROM households WHERE id = ?1")?.execute([doc])?;
    if known > 0 {
        for sql in TABLES {
            db.prepare_cached(sql)?.execute([doc])?;
        }
    }
    Ok(())
}

fn levels_bytes(levels: &Levels) -> [u8; 5] {
    levels.map(|level| level.index() as u8)
}

fn household(
    db: &Connection,
    space: SpaceId,
    doc: &DocId,
    facts: &HouseholdFacts,
    merged_into: Option<&DocId>,
) -> Result<()> {
    let head = facts.residents.iter().find(|p| Some(p.id) == facts.head);
    let head_name = facts.head_name();
    let last = facts.standing_visits().next_back();
    let best = facts.best_levels();
    let (appointments, lane) = (facts.appointments(), lane::of(&facts.door));
    db.prepare_cached(
        "INSERT INTO households (id, space, place, code, door, phone, note, people_count, business, elderly, status,
           removed, edited, head, head_birth, name_key, residents, best, at_target, visits, last_day, last_outcome,
           follow_up, lane, lane_key, conflicts, unreadable, plain, merged_into, position, team)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
           ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31)",
    )?
    .execute(params![
        doc,
        space.bytes(),
        facts.place.map(|p| *p.bytes()).unwrap_or_default(),
        facts.code,
        facts.door,
        facts.phone,
        facts.note,
        facts.people_count,
        facts.business,
        facts.elderly,
        facts.status.as_str(),
        facts.removed,
        facts.edited,
        head_name,
        head.map(|p| p.birth.as_str()).unwrap_or_default(),
        name::sort_key(&head_name),
        facts.residents.iter().filter(|p| !p.is_gone()).count() as i64,
        levels_bytes(&best),
        skill::at_target(&best),
        facts.standing_visits().count() as i64,
        last.map(|v| v.visit.day.to_string()),
        last.map(|v| v.visit.outcome.as_str()),
        appointments.values().min().map(|day| day.to_string()),
        lane,
        name::plain_sort_key(&lane.to_lowercase()),
        facts.crossed.len() as i64,
        facts.unreadable,
        fold_plain(&head_name),
        merged_into,
        facts.position.map(|position| position.encode()).unwrap_or_default(),
        facts.team.as_ref().map(TeamId::bytes),
    ])?;
    let mut insert = db.prepare_cached("INSERT INTO household_places (household, until, place) VALUES (?1, ?2, ?3)")?;
    for (until, place) in &facts.places_before {
        insert.execute(params![doc, until.to_string(), place.bytes()])?;
    }
    let mut insert = db.prepare_cached("INSERT INTO appointments (household, member, day) VALUES (?1, ?2, ?3)")?;
    for (member, day) in appointments {
        insert.execute(params![doc, member.bytes(), day.to_string()])?;
    }
    Ok(())
}

fn residents(db: &Connection, doc: &DocId, facts: &HouseholdFacts) -> Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT INTO residents (household, id, name, relation, birth, sex, phone, consent, consent_at_ms, head, best,
           levels, removed, position, status, gone, plain, moved_from)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
    )?;
    for (position, person) in facts.residents.iter().enumerate() {
        insert.execute(params![
            doc,
            person.id.bytes(),
            person.name,
            person.relation,
            person.birth,
            person.sex.map(|s| s.as_str()),
            person.phone,
            person.consent_state().as_str(),
            person.consent.as_ref().map(|consent| consent.at_ms),
            Some(person.id) == facts.head,
            Some(person.id) == facts.best,
            levels_bytes(&person.levels),
            person.removed,
            position as i64,
            person.status.as_str(),
            person.is_gone(),
            fold_plain(&person.name),
            person.moved_from.as_ref().map(|from| from.resident.bytes()),
        ])?;
    }
    Ok(())
}

fn visits(db: &Connection, space: SpaceId, doc: &DocId, facts: &HouseholdFacts, shown: &Shown) -> Result<()> {
    for row in &facts.visits {
        let (id, visit) = (row.id.bytes(), &row.visit);
        db.prepare_cached(
            "INSERT INTO visits (household, id, space, day, clock, author, outcome, removed, change, value)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            doc,
            id,
            space.bytes(),
            visit.day.to_string(),
            visit.clock as i64,
            visit.author.bytes(),
            visit.outcome.as_str(),
            visit.removed,
            row.change.0,
            visit.encode(),
        ])?;
        if !visit.removed {
            visit_facts(db, doc, id, visit, shown)?;
        }
    }
    Ok(())
}

/// What counts: only visits that were not taken back have rows here.
fn visit_facts(db: &Connection, doc: &DocId, id: &[u8; 16], visit: &Visit, shown: &Shown) -> Result<()> {
    let shown = |who: &ResidentId| *shown.get(who).unwrap_or(who).bytes();
    for person in &visit.met {
        db.prepare_cached("INSERT OR IGNORE INTO visit_people (household, visit, resident) VALUES (?1, ?2, ?3)")?
            .execute(params![doc, id, shown(person)])?;
    }
    for member in visit.with.iter().filter(|member| **member != visit.author) {
        db.prepare_cached("INSERT OR IGNORE INTO visit_companions (household, visit, member) VALUES (?1, ?2, ?3)")?
            .execute(params![doc, id, member.bytes()])?;
    }
    for seen in &visit.assessments {
        db.prepare_cached(
            "INSERT OR REPLACE INTO assessments (household, visit, resident, skill, level) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            doc,
            id,
            shown(&seen.resident),
            seen.skill.index() as i64,
            seen.level.index() as i64
        ])?;
    }
    for done in &visit.items {
        db.prepare_cached(
            "INSERT OR IGNORE INTO items_done (household, visit, resident, item) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![doc, id, shown(&done.resident), done.item.bytes()])?;
    }
    for given in &visit.services {
        db.prepare_cached(
            "INSERT OR REPLACE INTO services_given (household, visit, service, count) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![doc, id, given.service, given.count])?;
    }
    for photo in &visit.photos {
        db.prepare_cached("INSERT OR IGNORE INTO visit_photos (household, visit, photo) VALUES (?1, ?2, ?3)")?
            .execute(params![doc, id, photo.0])?;
    }
    if !visit.obstacle.is_empty() {
        db.prepare_cached("INSERT OR REPLACE INTO visit_obstacles (household, visit, text) VALUES (?1, ?2, ?3)")?
            .execute(params![doc, id, visit.obstacle])?;
    }
    Ok(())
}

/// Writes the versions of one crossed field.
pub fn conflict(db: &Connection, space: SpaceId, doc: &DocId, crossed: &CrossedField) -> Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT INTO conflicts (doc, space, key, place, about, field, value, change, author, at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    for (place, version) in crossed.versions.iter().enumerate() {
        let Version { value, change, by, at_ms } = version;
        insert.execute(params![
            doc,
            space.bytes(),
            crossed.key,
            place as i64,
            crossed.about,
            crossed.field,
            readable(value),
            change.0,
            by,
            at_ms
        ])?;
    }
    Ok(())
}

/// A value as the review screen gets it; a visit as its day and outcome.
fn readable(value: &Scalar) -> String {
    match value {
        Scalar::Text(text) => text.clone(),
        Scalar::Int(n) => n.to_string(),
        Scalar::Bool(b) => b.to_string(),
        Scalar::Bytes(bytes) => Visit::decode(bytes)
            .map(|v| format!("{} {} {} {} {}", v.day, v.outcome.as_str(), v.need, v.note, v.obstacle).trim().to_owned())
            .unwrap_or_default(),
        Scalar::Nothing => String::new(),
    }
}
