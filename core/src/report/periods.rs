//! Of which periods anything was written, and how far each team's report is.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::civil::Date;
use rusqlite::Connection;
use uuid::Uuid;

use super::ground::{Ground, Row, Spot, Within};
use super::material::Material;
use super::view::{PeriodSummary, Periods, ReportState, TeamReport};
use super::visits::{self, Window};
use super::{period_view, standing};
use crate::domain::{Calendar, Period, ReportScope, SpaceId, TeamId};
use crate::error::Result;
use crate::projection::report_state;

/// A period's records.
#[derive(Default)]
struct Written {
    /// The households of its visits, one for each.
    visits: Vec<Uuid>,
    activities: u32,
}

/// The periods of which something was written in one of these notebooks, newest first, and the current one. Each has
/// the teams of all of them: those that have written nothing owe a report, too.
pub fn periods(db: &Connection, spaces: &[SpaceId], calendar: &Calendar, today: Date) -> Result<Periods> {
    let current = calendar.period_of(today);
    let written = spaces.iter().map(|space| Ok((*space, written(db, *space, calendar)?)));
    let written: Vec<(SpaceId, BTreeMap<Period, Written>)> = written.collect::<Result<_>>()?;
    let mut known: BTreeSet<Period> = written.iter().flat_map(|(_, written)| written.keys().copied()).collect();
    known.insert(current);
    let summary = |period: Period| {
        let days = calendar.days(period);
        let (mut visits, mut activities, mut teams) = (0, 0, Vec::new());
        for (space, written) in &written {
            let ground = Ground::of(db, *space, days.last, Within::default())?;
            let here = written.get(&period);
            let mut by_team: HashMap<Spot, u32> = HashMap::new();
            let standing = here.into_iter().flat_map(|here| &here.visits).filter_map(|id| ground.household(*id));
            standing.for_each(|home| *by_team.entry(Spot::Team(home.stand.team)).or_default() += 1);
            visits += by_team.values().sum::<u32>();
            activities += here.map_or(0, |here| here.activities);
            let states = report_state::of_teams(db, *space, period)?;
            for (id, row) in owing(&ground) {
                let state = states.get(&id).copied().unwrap_or_default();
                teams.push(TeamReport {
                    team: id.to_string(),
                    name: row.name,
                    state,
                    late: today > days.due && state.is_owed(),
                    visits: by_team.get(&row.at).copied().unwrap_or_default(),
                });
            }
        }
        Ok(PeriodSummary { period: period_view(calendar, period), over: today > days.last, visits, activities, teams })
    };
    let periods = known.into_iter().rev().map(summary).collect::<Result<_>>()?;
    Ok(Periods { current: current.to_string(), periods })
}

/// The teams that owe a report. The founding one does where it has households of its own, or is the only one.
fn owing(ground: &Ground) -> impl Iterator<Item = (TeamId, Row)> {
    let settled: HashSet<Spot> = ground.living().map(|(_, home)| Spot::Team(home.stand.team)).collect();
    let team = |row: Row| Some((TeamId(row.id.filter(|_| matches!(row.at, Spot::Team(_)))?), row));
    ground.rows(&settled).into_iter().filter_map(team)
}

/// How far a notebook's report is: locked where the whole is, and else as far as that of the team that is furthest
/// behind. A team's lock fixes nothing of the whole.
pub fn notebook_state(db: &Connection, space: SpaceId, calendar: &Calendar, period: Period) -> Result<ReportState> {
    if standing::state(db, space, &ReportScope { period, team: None })? == ReportState::Locked {
        return Ok(ReportState::Locked);
    }
    let ground = Ground::of(db, space, calendar.days(period).last, Within::default())?;
    let states = report_state::of_teams(db, space, period)?;
    let of_teams =
        owing(&ground).map(|(id, _)| states.get(&id).copied().unwrap_or_default().min(ReportState::Approved));
    let behind = of_teams.min_by_key(|state| match state {
        ReportState::Draft => 0,
        ReportState::Returned => 1,
        ReportState::Submitted => 2,
        ReportState::Approved | ReportState::Locked => 3,
    });
    Ok(behind.unwrap_or_default())
}

/// What was written, by period. Days after this year's end are slips of the pen and make no period.
fn written(db: &Connection, space: SpaceId, calendar: &Calendar) -> Result<BTreeMap<Period, Written>> {
    let end = Date::constant(9000, 12, 1);
    let mut written: BTreeMap<Period, Written> = BTreeMap::new();
    let mut known: (String, Option<Period>) = (String::new(), None);
    visits::each(db, space, Window { first: None, last: end }, ("v.day, v.household", ""), |row| {
        let day = row.get_ref(0)?.as_str()?;
        if known.0 != day {
            known = (day.to_owned(), day.parse().ok().map(|day| calendar.period_of(day)));
        }
        if let Some(period) = known.1 {
            written.entry(period).or_default().visits.push(Uuid::from_bytes(row.get(1)?));
        }
        Ok(())
    })?;
    let days = crate::domain::period::Days { first: end, last: end, due: end };
    for held in Material::on(db, space, days, Ground::of(db, space, end, Within::default())?)?.activities()? {
        written.entry(calendar.period_of(held.day)).or_default().activities += 1;
    }
    Ok(written)
}
