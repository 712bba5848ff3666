//! The report of a commune: those of several notebooks as one.
//!
//! Nothing is counted here. Each notebook's report is taken as it is shown, live by the office's calendar or as it was
//! locked, and added up. So every figure is the sum of what the hamlets see themselves, and all that holds of one
//! report holds of the sum: rows make up the whole, and blank is not zero. Whoever is written in two notebooks counts
//! twice; how many those may be is told beside the figures ([`crate::projection::across`]).

use std::collections::HashMap;

use jiff::civil::Date;
use rusqlite::Connection;

use super::annex::Annex;
use super::ground::Within;
use super::records::{self, Wanted};
use super::view::{
    Adjustment, Coverage, Figure, FigureRow, Periods, ProgressView, Records, Report, ReportNotebook, ReportState,
    Scope, Silent, SkillLevels, add_each, sum,
};
use super::{notebook_state, period_view, periods, progress, standing};
use crate::domain::{Calendar, Indicator, Period, SkillKey, SpaceId};
use crate::error::Result;
use crate::projection::office::{self, Listed};
use crate::projection::{across, space as space_rows};

/// An office's notebook with those that it lists.
pub struct Commune<'a> {
    db: &'a Connection,
    office: SpaceId,
    /// By the office's rules everything is counted that is not locked.
    calendar: Calendar,
    /// What is here: the office's own notebook first.
    here: Vec<SpaceId>,
    /// Whether anything is written in the office's own. If not, its places are no hamlets that have told nothing.
    own_counts: bool,
}

/// A notebook's report.
type Part = (SpaceId, Report);

impl<'a> Commune<'a> {
    /// The notebooks of an office that are here.
    pub fn of(db: &'a Connection, office: SpaceId, calendar: Calendar) -> Result<Self> {
        let (here, own_counts) = (office::here(db, office)?, is_written_in(db, office)?);
        Ok(Self { db, office, calendar, here, own_counts })
    }

    /// The notebooks that have rows, teams and records.
    fn counted(&self) -> &[SpaceId] {
        self.here.get(usize::from(!self.own_counts)..).unwrap_or_default()
    }

    /// The report of a period.
    pub fn report(&self, period: Period) -> Result<Report> {
        let parts = self.parts(period)?;
        let rules = self.calendar.rules(period);
        let reports = || parts.iter().map(|(_, report)| report);
        let covered = |of: fn(&Report) -> Coverage| reports().map(of).sum::<Coverage>();
        let notebooks = self.notebooks(period, &parts)?;
        Ok(Report {
            period: period_view(&self.calendar, period),
            scope: Scope { team: None, place: None, name: space_rows::name(self.db, self.office)? },
            title: rules.title.clone(),
            recipient: rules.recipient.clone(),
            state: self.state(&notebooks, &parts)?,
            events: Vec::new(),
            figures: rules.indicators.iter().map(|indicator| figure(indicator, &parts)).collect(),
            coverage: covered(|report| report.coverage),
            coverage_in_period: covered(|report| report.coverage_in_period),
            skills: skills(&parts),
            silent: silent(&parts),
            as_of: reports().filter_map(|report| report.as_of.clone()).max(),
            unreadable: reports().map(|report| report.unreadable).sum(),
            lock: None,
            adjustments: parts.iter().flat_map(adjustments).collect(),
            notebooks: Some(notebooks),
            alike: Some(across::alike(self.db, &self.here, 0)?.total),
        })
    }

    /// The reports of all notebooks that are here, the office's own first: without rows, if nothing is written in it.
    fn parts(&self, period: Period) -> Result<Vec<Part>> {
        let shown = |space: &SpaceId| {
            let report = standing::shown(self.db, *space, &self.calendar, period, Within::default())?;
            Ok((*space, report))
        };
        let mut parts = self.here.iter().map(shown).collect::<Result<Vec<Part>>>()?;
        if let Some((_, own)) = parts.first_mut().filter(|_| !self.own_counts) {
            own.figures.iter_mut().for_each(|figure| figure.rows.clear());
            own.silent.clear();
        }
        Ok(parts)
    }

    /// Where each notebook's report stands, also of those that are listed and have not come here yet.
    fn notebooks(&self, period: Period, parts: &[Part]) -> Result<Vec<ReportNotebook>> {
        let own = Listed { space: self.office, name: space_rows::name(self.db, self.office)?, here: true };
        let listed = self.own_counts.then_some(own).into_iter().chain(office::listed(self.db, self.office)?);
        let notebook = |Listed { space, name, here }: Listed| {
            let report = parts.iter().find(|(of, _)| *of == space).map(|(_, report)| report);
            let lock = report.and_then(|report| report.lock.as_ref());
            Ok(ReportNotebook {
                notebook: space.to_string(),
                name,
                here,
                state: notebook_state(self.db, space, &self.calendar, period)?,
                as_of: report.and_then(|report| report.as_of.clone()),
                lock_at_ms: lock.map(|lock| lock.at_ms),
                lacking: lock.map_or(0, |lock| lock.lacking),
            })
        };
        listed.map(notebook).collect()
    }

    /// Locked once nothing in it can change any more: one that is not here holds it up, and one in which nothing is
    /// written does not.
    fn state(&self, notebooks: &[ReportNotebook], parts: &[Part]) -> Result<ReportState> {
        let all_here = notebooks.iter().all(|notebook| notebook.here);
        let mut locked = false;
        for (space, report) in parts {
            match report.state {
                ReportState::Locked => locked = true,
                _ if is_written_in(self.db, *space)? => return Ok(ReportState::Draft),
                _ => {}
            }
        }
        Ok(if locked && all_here { ReportState::Locked } else { ReportState::Draft })
    }

    /// The records behind a figure, notebook by notebook.
    pub fn records(&self, period: Period, wanted: &Wanted<'_>) -> Result<Records> {
        let counted = self.counted().iter();
        let notebooks = counted.map(|space| Ok((*space, self.calendar_of(*space, period)?)));
        records::of_several(self.db, &notebooks.collect::<Result<Vec<_>>>()?, &self.calendar, period, wanted)
    }

    /// The periods of which something was written, newest first.
    pub fn periods(&self, today: Date) -> Result<Periods> {
        periods(self.db, self.counted(), &self.calendar, today)
    }

    /// What goes with a report.
    pub fn annex(&self, period: Period) -> Result<Annex> {
        let mut all = Annex::default();
        for space in self.counted() {
            let days = period_view(&self.calendar_of(*space, period)?, period);
            let own = standing::annex(self.db, *space, &days, period, Within::default())?;
            all.activities.extend(own.activities);
            all.obstacles.extend(own.obstacles);
        }
        all.activities.sort_by(|a, b| (&a.day, &a.place_name, &a.title).cmp(&(&b.day, &b.place_name, &b.title)));
        all.obstacles.sort();
        Ok(all)
    }

    /// How far the work is. It goes on while a month is locked, so it is told as of now.
    pub fn progress(&self, current: Period) -> Result<ProgressView> {
        let of = |space: SpaceId| progress::progress(self.db, space, &self.calendar, current, Within::default());
        let mut all = of(self.office)?;
        for space in self.here.iter().skip(1) {
            progress::add(&mut all, of(*space)?);
        }
        Ok(all)
    }

    fn calendar_of(&self, space: SpaceId, period: Period) -> Result<Calendar> {
        standing::calendar(self.db, space, &self.calendar, period)
    }
}

/// Whether a notebook has a household or an activity. A visit has a household.
fn is_written_in(db: &Connection, space: SpaceId) -> Result<bool> {
    let sql = "SELECT 1 FROM standing WHERE space = ?1 AND hidden = 0
               UNION ALL SELECT 1 FROM activities WHERE space = ?1 AND removed = 0";
    Ok(db.prepare_cached(sql)?.exists([space.bytes()])?)
}

/// A figure of all notebooks. It is blank for one whose locked report does not have it.
fn figure(indicator: &Indicator, parts: &[Part]) -> Figure {
    let find = |(_, report): &'_ Part| report.figures.iter().find(|figure| figure.key == indicator.key).cloned();
    let own: Vec<Option<Figure>> = parts.iter().map(find).collect();
    let total = |of: fn(&Figure) -> Option<u64>| own.iter().flatten().map(of).fold(None, sum);
    let (value, of) = (total(|figure| figure.value), total(|figure| figure.of));
    let now = total(|figure| figure.adjusted.or(figure.value));
    let now_of = total(|figure| figure.adjusted_of.or(figure.of));
    Figure {
        key: indicator.key.clone(),
        name: indicator.name.clone(),
        unit: indicator.unit.clone(),
        cumulative: indicator.is_cumulative(),
        rate: indicator.per.is_some(),
        value,
        of,
        target: own.first().and_then(|figure| figure.as_ref()?.target),
        adjusted: now.filter(|_| now != value),
        adjusted_of: now_of.filter(|_| now_of != of),
        rows: rows(parts, &own),
    }
}

/// The rows of all notebooks: all places, and after them all teams. What belongs to none is one row.
fn rows(parts: &[Part], own: &[Option<Figure>]) -> Vec<FigureRow> {
    let mut rows: Vec<FigureRow> = Vec::new();
    for ((_, report), figure) in parts.iter().zip(own) {
        let blank = |row: &FigureRow| FigureRow { value: None, of: None, ..row.clone() };
        match figure {
            Some(figure) => rows.extend(figure.rows.iter().cloned()),
            // A row without a number, so that every figure has the same ones.
            None => rows.extend(report.figures.first().into_iter().flat_map(|any| any.rows.iter().map(blank))),
        }
    }
    rows.sort_by_key(|row| (row.row.starts_with("team:"), row.place.is_none() && row.team.is_none()));
    let mut once: Vec<FigureRow> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for row in rows {
        match known.get(&row.row).and_then(|n| once.get_mut(*n)) {
            Some(same) => (same.value, same.of) = (sum(same.value, row.value), sum(same.of, row.of)),
            None => {
                known.insert(row.row.clone(), once.len());
                once.push(row);
            }
        }
    }
    once
}

fn skills(parts: &[Part]) -> Vec<SkillLevels> {
    let mut all = SkillKey::ALL.map(|skill| SkillLevels { skill, levels: [0; 5] });
    for own in parts.iter().flat_map(|(_, report)| &report.skills) {
        if let Some(skill) = all.iter_mut().find(|skill| skill.skill == own.skill) {
            add_each(&mut skill.levels, &own.levels);
        }
    }
    all.to_vec()
}

/// The places and teams of which nothing was written, places first.
fn silent(parts: &[Part]) -> Vec<Silent> {
    let mut silent: Vec<Silent> = parts.iter().flat_map(|(_, report)| report.silent.iter().cloned()).collect();
    silent.sort_by_key(|one| one.place.is_none());
    silent
}

fn adjustments((space, report): &Part) -> impl Iterator<Item = Adjustment> {
    let late = report.adjustments.iter().cloned();
    late.map(|late| Adjustment { notebook: Some(space.to_string()), ..late })
}
