//! How far the work is: hộ đạt month by month, what people can do, and who was reached.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;
use uuid::Uuid;

use super::coverage::Reached;
use super::ground::Within;
use super::levels::{self, Levels};
use super::material::Material;
use super::view::{ProgressMonth, ProgressView, SkillProgress, add_each, sum};
use super::{households, period_view, scope, visits};
use crate::domain::{Calendar, Level, Period, SkillKey, SpaceId};
use crate::error::Result;

/// How many periods the curve has.
const MONTHS: usize = 12;

/// How far the work is, by the households that stand in the scope at the end of the current period.
pub fn progress(
    db: &Connection,
    space: SpaceId,
    calendar: &Calendar,
    current: Period,
    within: Within,
) -> Result<ProgressView> {
    let material = Material::gather(db, space, calendar.days(current), within)?;
    let reached = Reached::of(&material)?;
    let coverage = reached.coverage(&material, true);
    let mut periods = vec![current];
    while periods.len() < MONTHS {
        periods.extend(periods.last().map(|period| period.before()));
    }
    periods.reverse();
    let at_target = at_target(&material, calendar, &periods)?;
    let (visited, visits) = visited(&material, calendar, &periods)?;
    let months = periods.iter().enumerate().map(|(n, period)| ProgressMonth {
        period: period_view(calendar, *period),
        at_target: at_target.get(n).copied().unwrap_or_default(),
        households: coverage.households,
        visited: visited.get(n).filter(|_| visits.get(n).is_some_and(|n| *n > 0)).map(|set| set.len() as u32),
        visits: visits.get(n).copied().unwrap_or_default(),
    });
    let people = levels::of_residents(&material)?;
    let best = best(&material)?;
    let residents = people.first().map_or(0, |skill| skill.levels.iter().sum());
    let skills = people.into_iter().zip(best).map(|(people, best)| SkillProgress {
        skill: people.skill,
        people: people.levels,
        best,
    });
    Ok(ProgressView {
        scope: scope(db, space, &material, within)?,
        months: months.collect(),
        skills: skills.collect(),
        residents,
        households: coverage.households,
        coverage,
        coverage_in_period: reached.coverage(&material, false),
    })
}

/// Adds up how far several notebooks are, by one calendar. The first of them gives the scope its name.
pub(super) fn add(all: &mut ProgressView, other: ProgressView) {
    for (month, other) in all.months.iter_mut().zip(other.months) {
        month.at_target += other.at_target;
        month.households += other.households;
        month.visited = sum(month.visited, other.visited);
        month.visits += other.visits;
    }
    for (skill, other) in all.skills.iter_mut().zip(other.skills) {
        add_each(&mut skill.people, &other.people);
        add_each(&mut skill.best, &other.best);
    }
    all.residents += other.residents;
    all.households += other.households;
    all.coverage = all.coverage + other.coverage;
    all.coverage_in_period = all.coverage_in_period + other.coverage_in_period;
}

/// Households at target at the end of each period.
fn at_target(material: &Material<'_>, calendar: &Calendar, periods: &[Period]) -> Result<Vec<u32>> {
    let ends: Vec<_> = periods.iter().map(|period| calendar.days(*period).last).collect();
    let mut counts = Vec::new();
    let mut failed = None;
    levels::replay(material, &ends, |_, levels: &Levels| match households::at_target(material, levels) {
        Ok(hits) => counts.push(hits.len() as u32),
        Err(error) => failed = Some(error),
    })?;
    failed.map_or(Ok(counts), Err)
}

/// Which households that live here were visited in each period, and how many visits there were in all.
fn visited(material: &Material<'_>, calendar: &Calendar, periods: &[Period]) -> Result<(Vec<HashSet<Uuid>>, Vec<u32>)> {
    let days: Vec<_> = periods.iter().map(|period| calendar.days(*period)).collect();
    let firsts: Vec<String> = days.iter().map(|days| days.first.to_string()).collect();
    let window = visits::Window { first: days.first().map(|days| days.first), last: material.days.last };
    let (mut visited, mut visits) = (vec![HashSet::new(); days.len()], vec![0; days.len()]);
    visits::each(material.db, material.space, window, ("v.household, v.day", ""), |row| {
        let household = Uuid::from_bytes(row.get(0)?);
        let home = material.ground.household(household).filter(|home| material.ground.has(home.stand));
        let day = row.get_ref(1)?.as_str()?;
        let at = firsts.partition_point(|first| first.as_str() <= day).checked_sub(1);
        if let (Some(home), Some(at)) = (home, at) {
            if let Some(count) = visits.get_mut(at) {
                *count += 1;
            }
            if let Some(set) = visited.get_mut(at).filter(|_| home.lives) {
                set.insert(household);
            }
        }
        Ok(())
    })?;
    Ok((visited, visits))
}

/// Households by the level of whoever in them is best in each skill.
fn best(material: &Material<'_>) -> Result<[[u32; 5]; 5]> {
    let levels = material.levels()?;
    let mut best: HashMap<Uuid, [Level; 5]> =
        material.ground.living().map(|(household, _)| (household, Default::default())).collect();
    for resident in material.residents()?.iter().filter(|resident| resident.lives()) {
        let known = levels.get(&resident.person).map(|known| known.levels).unwrap_or_default();
        if let Some(best) = best.get_mut(&resident.household) {
            best.iter_mut().zip(known).for_each(|(best, level)| *best = level.max(*best));
        }
    }
    let mut counts = [[0; 5]; SkillKey::ALL.len()];
    for levels in best.into_values() {
        for (count, level) in counts.iter_mut().zip(levels) {
            if let Some(count) = count.get_mut(level.index()) {
                *count += 1;
            }
        }
    }
    Ok(counts)
}
