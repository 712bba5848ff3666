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

/// Goes through all that was seen, oldest first, and stops at the end of each of these days, which come in order.
pub fn replay(material: &Material<'_>, ends: &[Date], mut at_end: impl FnMut(usize, &Levels)) -> Result<()> {
    let Some(last) = ends.last() else { return Ok(()) };
    let texts: Vec<String> = ends.iter().map(ToString::to_string).collect();
    let (mut levels, mut next) = (Levels::new(), 0);
    let join = "CROSS JOIN assessments j ON j.household = v.household AND j.visit = v.id";
    let columns = "v.day, v.household, v.id, j.resident, j.skill, j.level";
    visits::each(material.db, material.space, Window { first: None, last: *last }, (columns, join), |row| {
        let day = row.get_ref(0)?.as_str()?;
        while texts.get(next).is_some_and(|end| day > end.as_str()) {
            at_end(next, &levels);
            next += 1;
        }
        let id = |n| row.get(n).map(Uuid::from_bytes);
        let (household, visit, resident) = (id(1)?, id(2)?, id(3)?);
        let known = levels.entry(material.person(resident)).or_default();
        if let (Some(slot), Some(level)) =
            (known.levels.get_mut(row.get::<_, usize>(4)?), Level::from_index(row.get(5)?))
        {
            *slot = level;
        }
        if let Some(home) = material.ground.household(household) {
            known.seen = Some(Seen { stand: home.stand, household, resident, visit });
        }
        Ok(())
    })?;
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
