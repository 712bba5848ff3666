//! Distinct people: each counts once, however often and in however many households they were seen.

use std::collections::HashMap;

use uuid::Uuid;

use super::hit::Hit;
use super::levels::Known;
use super::material::Material;
use super::residents::Resident;
use super::visits::{self, Window};
use crate::domain::indicator::Evidence;
use crate::domain::{ItemId, Level, SkillKey};
use crate::error::Result;

/// The people within the scope of whom this was seen.
pub fn count(material: &Material<'_>, cumulative: bool, evidence: &Evidence) -> Result<Vec<Hit>> {
    let window = material.window(cumulative);
    match evidence {
        Evidence::Met => met(material, window),
        Evidence::Assessed { skills, all, at_least } => {
            let skills = if skills.is_empty() { &SkillKey::ALL } else { skills.as_slice() };
            if cumulative {
                able(material, skills, *all, *at_least)
            } else {
                assessed(material, window, skills, *all, *at_least)
            }
        }
        Evidence::Items { items, all } => did(material, window, items, *all),
        Evidence::Came => came(material, window),
    }
}

/// People as they are seen, oldest record first: each stands where they were seen last, and has a mark for each
/// of several things that were to be seen.
#[derive(Default)]
struct People(HashMap<Uuid, (u64, Hit)>);

impl People {
    fn saw(&mut self, person: Uuid, mark: usize, hit: Hit) {
        let seen = self.0.entry(person).or_insert_with(|| (0, hit.clone()));
        seen.0 |= 1 << mark.min(63);
        seen.1 = hit;
    }

    /// Those within the scope who have this many marks.
    fn with_marks(self, material: &Material<'_>, at_least: usize) -> Vec<Hit> {
        let enough = |(marks, hit): (u64, Hit)| (marks.count_ones() as usize >= at_least).then_some(hit);
        self.0.into_values().filter_map(enough).filter(|hit| material.ground.has(hit.stand)).collect()
    }
}

/// Reads a table of what was seen of people at visits to households that stand. Its columns begin with the
/// resident; `mark` says of a row which of the things that were to be seen it is.
fn seen(
    material: &Material<'_>,
    window: Window,
    (columns, table): (&str, &str),
    mark: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<Option<usize>>,
) -> Result<People> {
    let join = format!("CROSS JOIN {table} j ON j.household = v.household AND j.visit = v.id");
    let columns = format!("v.household, v.id, {columns}");
    let mut people = People::default();
    visits::each(material.db, material.space, window, (&columns, &join), |row| {
        let id = |n| row.get(n).map(Uuid::from_bytes);
        let (household, visit, resident) = (id(0)?, id(1)?, id(2)?);
        if let (Some(home), Some(mark)) = (material.ground.household(household), mark(row)?) {
            let ids = (Some(household), Some(resident), Some(visit));
            let hit = Hit { household: ids.0, resident: ids.1, visit: ids.2, ..Hit::at(home.stand) };
            people.saw(material.person(resident), mark, hit);
        }
        Ok(())
    })?;
    Ok(people)
}

/// Met at a visit.
pub fn met(material: &Material<'_>, window: Window) -> Result<Vec<Hit>> {
    Ok(seen(material, window, ("j.resident", "visit_people"), |_| Ok(Some(0)))?.with_marks(material, 1))
}

/// How many of several things must have been seen.
fn enough(of: usize, all: bool) -> usize {
    if all { of } else { 1 }
}

/// Seen on these days at this level or a higher one.
fn assessed(
    material: &Material<'_>,
    window: Window,
    skills: &[SkillKey],
    all: bool,
    at_least: Level,
) -> Result<Vec<Hit>> {
    let people = seen(material, window, ("j.resident, j.skill, j.level", "assessments"), |row| {
        let (skill, level) = (SkillKey::from_index(row.get(3)?), Level::from_index(row.get(4)?));
        let high = level.is_some_and(|level| level >= at_least);
        Ok(skill.filter(|skill| high && skills.contains(skill)).map(SkillKey::index))
    })?;
    Ok(people.with_marks(material, enough(distinct(skills.iter().map(|skill| skill.index())), all)))
}

fn distinct<T: Ord>(of: impl Iterator<Item = T>) -> usize {
    of.collect::<std::collections::BTreeSet<_>>().len()
}

/// At this level or a higher one on the last day. Whoever was never assessed in a household that stands is counted
/// where they are written now.
fn able(material: &Material<'_>, skills: &[SkillKey], all: bool, at_least: Level) -> Result<Vec<Hit>> {
    let is_able = |known: &Known| {
        let mut high =
            skills.iter().map(|skill| known.levels.get(skill.index()).is_some_and(|level| *level >= at_least));
        if all { high.all(|high| high) } else { high.any(|high| high) }
    };
    let (levels, homes) = (material.levels()?, homes_of_the_unseen(material)?);
    let able = levels.iter().filter(|(_, known)| is_able(known));
    let hits =
        able.filter_map(|(person, known)| known.seen.map(|seen| seen.hit()).or_else(|| homes.get(person).cloned()));
    Ok(hits.filter(|hit| material.ground.has(hit.stand)).collect())
}

/// Where those are written whom nobody has assessed in a household that stands: where they live, rather than where
/// they are gone from.
fn homes_of_the_unseen(material: &Material<'_>) -> Result<HashMap<Uuid, Hit>> {
    let levels = material.levels()?;
    let mut homes: HashMap<Uuid, Hit> = HashMap::new();
    if levels.values().all(|known| known.seen.is_some()) {
        return Ok(homes);
    }
    let unseen = |resident: &&Resident| levels.get(&resident.person).is_some_and(|known| known.seen.is_none());
    let written = || material.residents().map(|all| all.iter().filter(unseen));
    for resident in written()?.filter(|resident| !resident.gone).chain(written()?.filter(|resident| resident.gone)) {
        homes.entry(resident.person).or_insert_with(|| resident.hit());
    }
    Ok(homes)
}

/// Seen to do items of the checklist.
fn did(material: &Material<'_>, window: Window, items: &[ItemId], all: bool) -> Result<Vec<Hit>> {
    let people = seen(material, window, ("j.resident, j.item", "items_done"), |row| {
        let item = ItemId(Uuid::from_bytes(row.get(3)?));
        Ok(items.iter().position(|wanted| *wanted == item))
    })?;
    Ok(people.with_marks(material, enough(distinct(items.iter()), all)))
}

/// Came to an activity, by name.
fn came(material: &Material<'_>, window: Window) -> Result<Vec<Hit>> {
    let mut people = People::default();
    for held in material.activities()?.iter().filter(|held| window.has(held.day)) {
        for guest in &held.came {
            if let Some(home) = material.ground.household(guest.household) {
                let (household, resident) = (Some(guest.household), Some(guest.resident));
                let hit = Hit { household, resident, activity: Some(held.id), ..Hit::at(home.stand) };
                people.saw(guest.person, 0, hit);
            }
        }
    }
    Ok(people.with_marks(material, 1))
}
