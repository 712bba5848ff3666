//! Households: those at target, and those that were visited. One that has moved away lives here no longer, and is
//! in neither.

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;

use super::hit::Hit;
use super::levels::Levels;
use super::material::Material;
use super::visits::{self, Window};
use crate::domain::{Outcome, skill};
use crate::error::Result;

/// The households within the scope that live here.
pub fn living(material: &Material<'_>) -> Vec<Hit> {
    material.ground.living().map(|(id, home)| Hit { household: Some(id), ..Hit::at(home.stand) }).collect()
}

/// Hộ đạt: one person who lives there is proficient in all five skills. Each with the first who is.
pub fn at_target(material: &Material<'_>, levels: &Levels) -> Result<Vec<Hit>> {
    let mut found: BTreeMap<Uuid, Hit> = BTreeMap::new();
    for resident in material.residents()?.iter().filter(|r| r.lives() && material.ground.has(r.home.stand)) {
        if let Some(known) = levels.get(&resident.person).filter(|known| skill::at_target(&known.levels)) {
            let visit = known.seen.and_then(|seen| seen.hit().visit);
            found.entry(resident.household).or_insert_with(|| Hit { visit, ..resident.hit() });
        }
    }
    Ok(found.into_values().collect())
}

/// The households within the scope that were visited with one of these outcomes, or with any.
pub fn visited(material: &Material<'_>, window: Window, outcomes: &[Outcome]) -> Result<Vec<Hit>> {
    let mut last: HashMap<Uuid, Hit> = HashMap::new();
    each(material, window, outcomes, |hit, household| {
        last.insert(household, hit);
    })?;
    let lives = |household: &Uuid| material.ground.household(*household).is_some_and(|home| home.lives);
    Ok(last.into_iter().filter(|(household, _)| lives(household)).map(|(_, hit)| hit).collect())
}

/// The visits within the scope with one of these outcomes, or with any.
pub fn visits(material: &Material<'_>, window: Window, outcomes: &[Outcome]) -> Result<Vec<Hit>> {
    let mut hits = Vec::new();
    each(material, window, outcomes, |hit, _| hits.push(hit))?;
    Ok(hits)
}

fn each(material: &Material<'_>, window: Window, outcomes: &[Outcome], mut take: impl FnMut(Hit, Uuid)) -> Result<()> {
    visits::each(material.db, material.space, window, ("v.household, v.id, v.outcome", ""), |row| {
        let household = Uuid::from_bytes(row.get(0)?);
        let home = material.ground.household(household).filter(|home| material.ground.has(home.stand));
        let outcome = Outcome::from_stored(row.get_ref(2)?.as_str()?);
        let wanted = outcomes.is_empty() || outcome.is_some_and(|outcome| outcomes.contains(&outcome));
        if let Some(home) = home.filter(|_| wanted) {
            let visit = Some(Uuid::from_bytes(row.get(1)?));
            take(Hit { household: Some(household), visit, ..Hit::at(home.stand) }, household);
        }
        Ok(())
    })
}
