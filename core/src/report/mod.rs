//! The month's report: computed from the records whenever somebody looks, the same on every device that has the
//! same ones.
//!
//! What is counted follows from the rules of the period ([`crate::domain::rules`]) and from the days on the forms;
//! no clock and no time zone has a say in it. Each measure answers with the records that it counts ([`hit::Hit`]), and
//! a figure is their sum: so what opens behind a figure always makes it up. One record stands in one place and in one
//! team ([`ground`]), so the rows make up the whole. A person who was met in two places counts where they were seen
//! last.
//!
//! A document belongs to one space, and so does whatever counts; an office that has several adds them up ([`commune`]).

mod activities;
pub mod annex;
pub mod commune;
mod count;
mod coverage;
pub mod frozen;
mod given;
pub mod ground;
mod heat;
mod hit;
mod households;
pub mod late;
mod levels;
mod material;
mod people;
mod periods;
mod progress;
mod records;
mod residents;
pub mod standing;
pub mod text;
pub mod view;
mod visits;
mod words;
pub mod workbook;

use rusqlite::Connection;

use crate::clock;
use crate::domain::{Calendar, Period, SpaceId};
use crate::error::Result;
use crate::projection::{rules, space as space_rows, target};

use coverage::Reached;
pub use ground::Within;
pub use heat::heat;
use material::Material;
pub use periods::{notebook_state, periods};
pub use progress::progress;
pub use records::{Wanted, records};
use view::{Figure, PeriodView, Report, ReportState, Scope, Silent};

/// The report of a period: what the records that are here make of it. How far it is, and what came after it was
/// locked, is said by whoever keeps that; here it is a draft.
pub fn get(db: &Connection, space: SpaceId, calendar: &Calendar, period: Period, within: Within) -> Result<Report> {
    let material = Material::gather(db, space, calendar.days(period), within)?;
    let rules = calendar.rules(period);
    let reached = Reached::of(&material)?;
    let targets = target::of(db, space, &period.to_string(), within.team, within.place)?;
    let figures = rules.indicators.iter().map(|indicator| {
        let target = targets.get(&indicator.key).copied();
        Ok(Figure { target, ..count::figure(&material, &reached, indicator)? })
    });
    Ok(Report {
        period: period_view(calendar, period),
        scope: scope(db, space, &material, within)?,
        title: rules.title.clone(),
        recipient: rules.recipient.clone(),
        state: ReportState::Draft,
        events: Vec::new(),
        figures: figures.collect::<Result<_>>()?,
        coverage: reached.coverage(&material, true),
        coverage_in_period: reached.coverage(&material, false),
        skills: levels::of_residents(&material)?,
        silent: silent(&material, &reached),
        as_of: reached.newest.map(written_at),
        unreadable: material.ground.unreadable() + rules::unreadable(db, space)?,
        lock: None,
        adjustments: Vec::new(),
        notebooks: None,
        alike: None,
    })
}

/// A period and its days, as they are shown.
pub fn period_view(calendar: &Calendar, period: Period) -> PeriodView {
    let days = calendar.days(period);
    PeriodView {
        key: period.to_string(),
        first: days.first.to_string(),
        last: days.last.to_string(),
        due: days.due.to_string(),
    }
}

fn scope(db: &Connection, space: SpaceId, material: &Material<'_>, within: Within) -> Result<Scope> {
    let name = match material.ground.scope_name() {
        Some(name) => name.to_owned(),
        None => space_rows::name(db, space)?,
    };
    Ok(Scope { team: within.team.map(|id| id.to_string()), place: within.place.map(|id| id.to_string()), name })
}

fn silent(material: &Material<'_>, reached: &Reached) -> Vec<Silent> {
    let rows = material.ground.rows(&reached.spots);
    let silent = rows.into_iter().filter(|row| row.id.is_some() && !reached.has_facts(row.at, false));
    silent.map(|row| Silent { place: row.place(), team: row.team(), name: row.name }).collect()
}

/// The moment of a tick, as a clock on the wall in Vietnam shows it.
fn written_at(tick: u64) -> String {
    let at = clock::date_and_time_of(clock::moment_of(tick) / 1_000 * 1_000);
    format!("{at}+07:00")
}
