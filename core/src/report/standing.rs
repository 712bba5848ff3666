//! A report with what has happened to it: where it stands, and once it is locked the frozen figures with what came
//! later beside them. The records say what the figures are; this says which of them are shown.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rusqlite::Connection;

use super::annex::{self, Annex};
use super::frozen::Frozen;
use super::late::{self, Late};
use super::view::{self, LockView, PeriodView, Report, ReportEventKind, ReportState};
use super::{Within, get};
use crate::domain::report_event::{self, ReportDeed, Standing};
use crate::domain::{Calendar, HouseholdId, Period, ReportEventId, ReportScope, SpaceId};
use crate::error::{Error, Result};
use crate::projection::report_state::{self, Event};
use crate::projection::space;

/// The report of a period as it is shown: live until it is locked, and then as it was.
pub fn shown(db: &Connection, space: SpaceId, calendar: &Calendar, period: Period, within: Within) -> Result<Report> {
    let scope = ReportScope { period, team: within.team };
    let events = report_state::events(db, space, &scope)?;
    let standing = report_event::standing(&events);
    let mut report = match lock(&events, &standing) {
        Some(lock) => locked(db, space, lock, period, within)?,
        None => get(db, space, calendar, period, within)?,
    };
    report.state = standing.state;
    report.events = told(db, space, &events, &standing)?;
    Ok(report)
}

/// Where the report of a team, or of the whole notebook, stands.
pub fn state(db: &Connection, space: SpaceId, scope: &ReportScope) -> Result<ReportState> {
    Ok(report_state::standing(db, space, scope)?.state)
}

fn lock<'a>(events: &'a [Event], standing: &Standing) -> Option<&'a Event> {
    events.iter().find(|(id, _)| Some(*id) == standing.lock)
}

fn locked(db: &Connection, space: SpaceId, lock: &Event, period: Period, within: Within) -> Result<Report> {
    let frozen = frozen(db, space, lock.0)?;
    let calendar = frozen.calendar(period);
    let mut report = get(db, space, &calendar, period, within)?;
    frozen.put_into(&mut report);
    let prints = report_state::prints(db, space, lock)?;
    let Late { lacking, records } = late::of(db, space, &prints, calendar.days(period).last, within.team)?;
    report.adjustments = match &within.place {
        None => records,
        Some(place) => {
            records.into_iter().filter(|record| record.place.as_deref() == Some(&place.to_string())).collect()
        }
    };
    let names = space::author_names(db, space)?;
    report.lock = Some(LockView {
        at_ms: lock.1.at_ms,
        by_name: names.get(&lock.1.by.to_string()).cloned().unwrap_or_default(),
        documents: prints.len() as u32,
        lacking,
    });
    Ok(report)
}

/// The events as they are shown: who did what when, and which of it did nothing.
fn told(db: &Connection, space: SpaceId, events: &[Event], standing: &Standing) -> Result<Vec<view::ReportEvent>> {
    let names: BTreeMap<String, String> = space::author_names(db, space)?;
    let shown = events.iter().filter_map(|(id, event)| {
        Some(view::ReportEvent {
            kind: kind(event.deed)?,
            at_ms: event.at_ms,
            by_name: names.get(&event.by.to_string()).cloned().unwrap_or_default(),
            reason: event.reason.clone(),
            void: standing.void.contains(id),
        })
    });
    Ok(shown.collect())
}

fn kind(deed: ReportDeed) -> Option<ReportEventKind> {
    match deed {
        ReportDeed::Submitted => Some(ReportEventKind::Submitted),
        ReportDeed::Returned => Some(ReportEventKind::Returned),
        ReportDeed::Approved => Some(ReportEventKind::Approved),
        ReportDeed::Locked => Some(ReportEventKind::Locked),
        ReportDeed::Reopened => Some(ReportEventKind::Reopened),
        ReportDeed::Undone => None,
    }
}

/// The calendar by which a whole notebook's report counts: the one that it was locked with, else this one.
pub fn calendar(db: &Connection, space: SpaceId, calendar: &Calendar, period: Period) -> Result<Calendar> {
    match report_state::standing(db, space, &ReportScope { period, team: None })?.lock {
        Some(lock) => Ok(frozen(db, space, lock)?.calendar(period)),
        None => Ok(calendar.clone()),
    }
}

/// What goes with a report over these days; with a locked one, the activities that went with it then.
pub fn annex(db: &Connection, space: SpaceId, days: &PeriodView, period: Period, within: Within) -> Result<Annex> {
    let scope = ReportScope { period, team: within.team };
    let live = annex::of(db, space, days, within)?;
    match report_state::standing(db, space, &scope)?.lock {
        Some(lock) => Ok(Annex { activities: frozen(db, space, lock)?.activities, ..live }),
        None => Ok(live),
    }
}

fn frozen(db: &Connection, space: SpaceId, lock: ReportEventId) -> Result<Frozen> {
    let packed = report_state::figures(db, space, lock)?;
    Frozen::decode(&packed).ok_or_else(|| Error::new("later_version", "a lock of a later version"))
}

/// The period of a locked report that a household's visit of this day would have counted in.
pub fn locked_period(db: &Connection, space: SpaceId, household: HouseholdId, day: Date) -> Result<Option<String>> {
    // A period ends in the day's own month or in the next.
    let month = Period::month_of(day);
    for period in [month, month.next()] {
        for (scope, lock) in report_state::locks(db, space, period)? {
            let days = frozen(db, space, lock.0)?.calendar(period).days(period);
            let counts = (days.first..=days.last).contains(&day);
            if counts && (scope.team.is_none() || late::team_of(db, space, household, days.last)? == scope.team) {
                return Ok(Some(period.to_string()));
            }
        }
    }
    Ok(None)
}
