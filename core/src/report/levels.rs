//! What people can do as of a day: the newest level by the day on the form, the hybrid clock and the visit's id.
//!
//! A level is a person's: it is theirs in every household in which they are written, also when the one in which it
//! was seen no longer stands.

use std::collections::HashMap;

use jiff::civil::Date;
use uuid::Uuid;

use super::ground::Stand;
use super::hit::Hit;
use super::material::Material;
use super::residents;
use super::view::SkillLevels;
use super::visits::{self, Window};
use crate::domain::{Level, SkillKey, skill};
use crate::error::Result;

/// What is known of a person.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The newest level in each skill.
    pub levels: skill::Levels,
    /// Where one was seen last, in a household that stands.
    pub seen: Option<Seen>,
}

/// Where a level was seen.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    stand: Stand,
    household: Uuid,
    resident: Uuid,
    visit: Uuid,
}

impl Seen {
    /// The record of it.
    pub fn hit(&self) -> Hit {
        let Self { stand, household, resident, visit } = *self;
        Hit { household: Some(household), resident: Some(resident), visit: Some(visit), ..Hit::at(stand) }
    }
}

/// What is known of everybody, by the one id of each.
pub type Levels = HashMap<Uuid, Known>;

/// What everybody can do on the last day.
pub fn as_of(material: &Material<'_>) -> Result<Levels> {
    let mut last = Levels::new();
    replay(material, &[material.days.last], |_, levels| last.clone_from(levels))?;
    Ok(last)
}

/// A level as it stands in its table, with the number of its visit.
struct Assessed {
    nth: usize,
    household: Uuid,
    visit: Uuid,
    resident: Uuid,
    skill: usize,
    level: Level,
}

/// The visits up to the last of these days by their number, oldest first, and how many there are up to each day.
type Numbered = (HashMap<(Uuid, Uuid), usize>, Vec<usize>);

fn numbered(material: &Material<'_>, ends: &[Date], last: Date) -> Result<Numbered> {
    let texts: Vec<String> = ends.iter().map(ToString::to_string).collect();
    let (mut numbers, mut upto) = (HashMap::new(), Vec::new());
    let window = Window { first: None, last };
    visits::each(material.db, material.space, window, ("v.day, v.household, v.id", ""), |row| {
        let day = row.get_ref(0)?.as_str()?;
        while texts.get(upto.len()).is_some_and(|end| day > end.as_str()) {
            upto.push(numbers.len());
        }
        let id = |n| row.get(n).map(Uuid::from_bytes);
        numbers.insert((id(1)?, id(2)?), numbers.len());
        Ok(())
    })?;
    upto.resize(ends.len(), numbers.len());
    Ok((numbers, upto))
}

/// Everything that was seen at these visits, oldest first. The table is read as it lies, household by household: to
/// look it up visit by visit, in the order of the days, takes four times as long.
fn assessed(material: &Material<'_>, numbers: &HashMap<(Uuid, Uuid), usize>) -> Result<Vec<Assessed>> {
    let mut query = material.db.prepare_cached(
        "SELECT a.household, a.visit, a.resident, a.skill, a.level
         FROM households h CROSS JOIN assessments a ON a.household = h.id
         WHERE h.space = ?1 ORDER BY h.id, a.visit, a.resident, a.skill",
    )?;
    let mut rows = query.query([material.space.bytes()])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let id = |n| row.get(n).map(Uuid::from_bytes);
        let (household, visit) = (id(0)?, id(1)?);
        if let (Some(nth), Some(level)) = (numbers.get(&(household, visit)), Level::from_index(row.get(4)?)) {
            all.push(Assessed { nth: *nth, household, visit, resident: id(2)?, skill: row.get(3)?, level });
        }
    }
    all.sort_by_key(|seen| seen.nth);
    Ok(all)
}

/// Goes through all that was seen, oldest first, and stops at the end of each of these days, which come in order.
pub fn replay(material: &Material<'_>, ends: &[Date], mut at_end: impl FnMut(usize, &Levels)) -> Result<()> {
    let Some(last) = ends.last() else { return Ok(()) };
    let (numbers, upto) = numbered(material, ends, *last)?;
    let (mut levels, mut next) = (Levels::new(), 0);
    for seen in assessed(material, &numbers)? {
        while upto.get(next).is_some_and(|upto| seen.nth >= *upto) {
            at_end(next, &levels);
            next += 1;
        }
        let Assessed { household, visit, resident, .. } = seen;
        let known = levels.entry(material.person(resident)).or_default();
        if let Some(slot) = known.levels.get_mut(seen.skill) {
            *slot = seen.level;
        }
        if let Some(home) = material.ground.household(household) {
            known.seen = Some(Seen { stand: home.stand, household, resident, visit });
        }
    }
    (next..ends.len()).for_each(|n| at_end(n, &levels));
    Ok(())
}

/// How many residents of the scope are at each level.
pub fn of_residents(material: &Material<'_>) -> Result<Vec<SkillLevels>> {
    let levels = material.levels()?;
    let mut skills = SkillKey::ALL.map(|skill| SkillLevels { skill, levels: [0; 5] });
    for resident in residents::living(material)? {
        let of = levels.get(&resident.person).map(|known| known.levels).unwrap_or_default();
        for (skill, level) in skills.iter_mut().zip(of) {
            if let Some(count) = skill.levels.get_mut(level.index()) {
                *count += 1;
            }
        }
    }
    Ok(skills.to_vec())
}
