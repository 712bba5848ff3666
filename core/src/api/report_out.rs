//! What leaves the app of a report: a workbook, and texts to paste.

use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Api, id};
use crate::domain::{Period, SpaceId};
use crate::error::{Error, Result};
use crate::notebook::Notebook;
use crate::projection::rules;
use crate::report::view::Report;
use crate::report::{self, Within, standing, text, workbook};

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
    let asked = Asked::of(&notebook, &args.period, args.team.as_deref())?;
    let text = match args.kind {
        TextKind::Summary => text::summary(&asked.report(&notebook)?),
        TextKind::Late => {
            let calendar = rules::calendar(notebook.db(), asked.space)?;
            let all = report::periods(notebook.db(), asked.space, &calendar, notebook.clock().today())?;
            let period = all.periods.into_iter().find(|summary| summary.period.key == args.period);
            text::late(&period.ok_or_else(|| Error::not_found("period"))?)
        }
    };
    Ok(Pasted { text })
}

/// A report as a workbook.
pub(super) fn workbook(api: &Api, args: ReportWorkbook) -> Result<WorkbookOut> {
    let notebook = api.notebook();
    let asked = Asked::of(&notebook, &args.period, args.team.as_deref())?;
    let report = asked.report(&notebook)?;
    let annex = standing::annex(notebook.db(), asked.space, &report, asked.period, asked.within)?;
    let (name, bytes) = workbook::make(&report, &annex)?;
    Ok(WorkbookOut { name, bytes: BASE64.encode(&bytes) })
}

struct Asked {
    space: SpaceId,
    period: Period,
    within: Within,
}

impl Asked {
    fn of(notebook: &Notebook, period: &str, team: Option<&str>) -> Result<Self> {
        let team = team.map(|team| id("team", team)).transpose()?;
        let period = Period::parse(period).ok_or_else(|| Error::invalid("bad_period", "period"))?;
        Ok(Self { space: notebook.space()?.id, period, within: Within { team, place: None } })
    }

    fn report(&self, notebook: &Notebook) -> Result<Report> {
        let calendar = rules::calendar(notebook.db(), self.space)?;
        standing::shown(notebook.db(), self.space, &calendar, self.period, self.within)
    }
}
