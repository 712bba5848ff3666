//! What leaves the app of a report: a workbook, and texts to paste.

use data_encoding::BASE64;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Api, id, report};
use crate::domain::{Calendar, Period, SpaceId};
use crate::error::{Error, Result};
use crate::notebook::Notebook;
use crate::projection::rules;
use crate::report::annex::Annex;
use crate::report::commune::Commune;
use crate::report::view::Report;
use crate::report::{Within, standing, text, workbook};

/// Arguments of `report_text`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReportText {
    /// Which period (`2026-11`).
    pub period: String,
    /// Of one team only; the list of who is late is always of all.
    #[serde(default)]
    #[ts(optional)]
    pub team: Option<String>,
    /// Over the open notebook and all that it lists; without a team.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub commune: bool,
    /// Which text.
    pub kind: TextKind,
}

/// A text to paste.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TextKind {
    /// The report in short.
    Summary,
    /// Which teams have not submitted theirs.
    Late,
}

/// Arguments of `report_workbook`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReportWorkbook {
    /// Which period (`2026-11`).
    pub period: String,
    /// Of one team only.
    #[serde(default)]
    #[ts(optional)]
    pub team: Option<String>,
    /// Over the open notebook and all that it lists; without a team.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub commune: bool,
}

/// A text to paste, in Vietnamese, for whoever receives the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Pasted {
    /// The text.
    pub text: String,
}

/// A workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WorkbookOut {
    /// What the file is called.
    pub name: String,
    /// Its bytes, base64.
    pub bytes: String,
}

/// A report as a text to paste.
pub(super) fn text(api: &Api, args: ReportText) -> Result<Pasted> {
    let notebook = api.notebook();
    let asked = Asked::of(&notebook, &args.period, args.team.as_deref(), args.commune)?;
    let text = match args.kind {
        TextKind::Summary => text::summary(&asked.report()?),
        TextKind::Late => {
            let mut all = report::periods_of(&notebook, args.commune)?.periods.into_iter();
            text::late(
                &all.find(|summary| summary.period.key == args.period).ok_or_else(|| Error::not_found("period"))?,
            )
        }
    };
    Ok(Pasted { text })
}

/// A report as a workbook.
pub(super) fn workbook(api: &Api, args: ReportWorkbook) -> Result<WorkbookOut> {
    let notebook = api.notebook();
    let asked = Asked::of(&notebook, &args.period, args.team.as_deref(), args.commune)?;
    let report = asked.report()?;
    let (name, bytes) = workbook::make(&report, &asked.annex(&report)?)?;
    Ok(WorkbookOut { name, bytes: BASE64.encode(&bytes) })
}

/// Whose report is asked for.
struct Asked<'a> {
    db: &'a Connection,
    space: SpaceId,
    period: Period,
    within: Within,
    calendar: Calendar,
    commune: Option<Commune<'a>>,
}

impl<'a> Asked<'a> {
    fn of(notebook: &'a Notebook, period: &str, team: Option<&str>, of_commune: bool) -> Result<Self> {
        let (db, space) = (notebook.db(), notebook.space()?.id);
        let within = Within { team: team.map(|team| id("team", team)).transpose()?, place: None };
        let period = Period::parse(period).ok_or_else(|| Error::invalid("bad_period", "period"))?;
        let calendar = rules::calendar(db, space)?;
        let commune = of_commune.then(|| report::commune(notebook, calendar.clone(), within)).transpose()?;
        Ok(Self { db, space, period, within, calendar, commune })
    }

    fn report(&self) -> Result<Report> {
        match &self.commune {
            Some(commune) => commune.report(self.period),
            None => standing::shown(self.db, self.space, &self.calendar, self.period, self.within),
        }
    }

    fn annex(&self, report: &Report) -> Result<Annex> {
        match &self.commune {
            Some(commune) => commune.annex(self.period),
            None => standing::annex(self.db, self.space, &report.period, self.period, self.within),
        }
    }
}
