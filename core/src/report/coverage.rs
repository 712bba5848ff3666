//! Who was reached, and of which places and teams anything was written at all: what tells blank from zero.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::ground::{Spot, Stand};
use super::material::Material;
use super::view::Coverage;
use super::visits;
use crate::domain::Outcome;
use crate::error::Result;

/// Something up to the last day, and in the period.
#[derive(Debug, Clone, Copy, Default)]
struct When {
    ever: bool,
    in_period: bool,
}

impl When {
    fn note(&mut self, in_period: bool) {
        self.ever = true;
        self.in_period |= in_period;
    }

    fn is(self, cumulative: bool) -> bool {
        if cumulative { self.ever } else { self.in_period }
    }
}

/// What one look at all visits and activities within the scope tells.
#[derive(Default)]
pub struct Reached {
    /// What happened at the doors of each household: a bit for each outcome, ever and in the period.
    doors: HashMap<Uuid, [u8; 2]>,
    facts: HashMap<Spot, When>,
    any: When,
    /// The places and teams that have a household or a record.
    pub spots: HashSet<Spot>,
    /// The newest tick of any record.
    pub newest: Option<u64>,
}

impl Reached {
    /// Looks at everything up to the last day.
    pub fn of(material: &Material<'_>) -> Result<Self> {
        let mut reached = Self::default();
        reached.spots.extend(material.ground.living().flat_map(|(_, home)| home.stand.spots()));
        let first = material.days.first.to_string();
        let columns = "v.household, v.outcome, v.day, v.clock";
        visits::each(material.db, material.space, material.window(true), (columns, ""), |row| {
            let household = Uuid::from_bytes(row.get(0)?);
            let home = material.ground.household(household).filter(|home| material.ground.has(home.stand));
            let Some(home) = home else { return Ok(()) };
            let in_period = row.get_ref(2)?.as_str()? >= first.as_str();
            let bit = Outcome::from_stored(row.get_ref(1)?.as_str()?).map_or(0, bit);
            let door = reached.doors.entry(household).or_default();
            door[0] |= bit;
            door[1] |= if in_period { bit } else { 0 };
            reached.note(home.stand, in_period, row.get::<_, i64>(3)?.cast_unsigned());
            Ok(())
        })?;
        for held in material.activities()?.iter().filter(|held| material.ground.has(held.stand)) {
            reached.note(held.stand, held.day >= material.days.first, held.clock);
        }
        Ok(reached)
    }

    fn note(&mut self, stand: Stand, in_period: bool, clock: u64) {
        for spot in stand.spots() {
            self.spots.insert(spot);
            self.facts.entry(spot).or_default().note(in_period);
        }
        self.any.note(in_period);
        self.newest = self.newest.max(Some(clock));
    }

    /// Whether anything was written of a place or a team.
    pub fn has_facts(&self, spot: Spot, cumulative: bool) -> bool {
        self.facts.get(&spot).is_some_and(|when| when.is(cumulative))
    }

    /// Whether anything was written at all.
    pub fn has_any(&self, cumulative: bool) -> bool {
        self.any.is(cumulative)
    }

    /// How many of the households that live here were reached.
    pub fn coverage(&self, material: &Material<'_>, cumulative: bool) -> Coverage {
        let mut sum = Coverage::default();
        for (household, _) in material.ground.living() {
            let [ever, in_period] = self.doors.get(&household).copied().unwrap_or_default();
            let came_of_it = if cumulative { ever } else { in_period };
            let has = |outcome| came_of_it & bit(outcome) != 0;
            let slot = if has(Outcome::Met) {
                &mut sum.met
            } else if has(Outcome::Refused) {
                &mut sum.refused
            } else if has(Outcome::MovedAway) {
                &mut sum.moved_away
            } else if has(Outcome::Absent) {
                &mut sum.absent_only
            } else {
                &mut sum.never
            };
            *slot += 1;
            sum.households += 1;
        }
        sum.visited = sum.households - sum.never;
        sum
    }
}

fn bit(outcome: Outcome) -> u8 {
    1 << outcome as u8
}
