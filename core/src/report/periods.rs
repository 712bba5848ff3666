//! Of which periods anything was written, and how far each team's report is.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use rusqlite::Connection;
use uuid::Uuid;

use super::ground::{Ground, Spot, Within};
use super::material::Material;
use super::period_view;
use super::view::{PeriodSummary, Periods, ReportState, TeamReport};
use super::visits::{self, Window};
use crate::domain::{Calendar, Period, SpaceId, TeamId};
use crate::error::Result;
use crate::projection::report_state;

/// A period's records.
#[derive(Default)]
struct Written {
    /// The households of its visits, one for each.
    visits: Vec<Uuid>,
    activities: u32,
}

/// The periods of which something was written, newest first, and the current one.
pub fn periods(db: &Connection, space: SpaceId, calendar: &Calendar, today: Date) -> Result<Periods> {
    let current = calendar.period_of(today);
    let mut written = written(db, space, calendar)?;
    written.entry(current).or_default();
    let summary = |(period, written): (Period, Written)| {
        let days = calendar.days(period);
        let ground = Ground::of(db, space, days.last, Within::default())?;
        let states = report_state::of_teams(db, space, period)?;
        let mut visits: HashMap<Spot, u32> = HashMap::new();
        let standing = written.visits.iter().filter_map(|household| ground.household(*household));
        standing.for_each(|home| *visits.entry(Spot::Team(home.stand.team)).or_default() += 1);
        // The founding team owes a report where it has households of its own, or is the only one.
        let settled: HashSet<Spot> = ground.living().map(|(_, home)| Spot::Team(home.stand.team)).collect();
        let of = |row: super::ground::Row| {
            let id = TeamId(row.id.filter(|_| matches!(row.at, Spot::Team(_)))?);
            let state = states.get(&id).copied().unwrap_or_default();
            let team = TeamReport {
                team: id.to_string(),
                name: row.name,
                state,
                late: today > days.due && matches!(state, ReportState::Draft | ReportState::Returned),
                visits: visits.get(&row.at).copied().unwrap_or_default(),
            };
            Some(team)
        };
        Ok(PeriodSummary {
            period: period_view(calendar, period),
            over: today > days.last,
            visits: visits.values().sum(),
            activities: written.activities,
            teams: ground.rows(&settled).into_iter().filter_map(of).collect(),
        })
    };
    let periods = written.into_iter().rev().map(summary).collect::<Result<Vec<_>>>()?;
    Ok(Periods { current: current.to_string(), periods })
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
