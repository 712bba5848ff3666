//! The month's report, the progress of the work, and the rules by which both are counted.

use serde::Deserialize;
use ts_rs::TS;

use super::{Api, id, teams};
use crate::doc::Scalar;
use crate::doc::space::{self as keys, Thing};
use crate::domain::rules::ReportRules;
use crate::domain::{Calendar, Period};
use crate::error::{Error, Result};
use crate::notebook::Notebook;
use crate::projection::rules;
use crate::report::commune::Commune;
use crate::report::view::{HeatPage, Periods, ProgressView, Records, Report, RulesView};
use crate::report::{self, Within};

/// Arguments of `report_get`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReportGet {
    /// Which period (`2026-11`); the current one when left out.
    #[serde(default)]
    #[ts(optional)]
    pub period: Option<String>,
    /// Of one team only.
    #[serde(default)]
    #[ts(optional)]
    pub team: Option<String>,
    /// Of one place only.
    #[serde(default)]
    #[ts(optional)]
    pub place: Option<String>,
    /// Over the open notebook and all that it lists, added up; without a team or a place.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub commune: bool,
}

/// Arguments of `report_records`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReportRecords {
    /// Which period; the current one when left out.
    #[serde(default)]
    #[ts(optional)]
    pub period: Option<String>,
    /// Of one team only.
    #[serde(default)]
    #[ts(optional)]
    pub team: Option<String>,
    /// Of one place only.
    #[serde(default)]
    #[ts(optional)]
    pub place: Option<String>,
    /// Over the open notebook and all that it lists; without a team or a place.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub commune: bool,
    /// The key of the figure.
    pub indicator: String,
    /// One row of it, as the figure's rows name it; the whole figure when left out.
    #[serde(default)]
    #[ts(optional)]
    pub row: Option<String>,
    /// The records of what a rate is taken of, and not of what is counted.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub of: bool,
    /// How many records to skip.
    #[serde(default)]
    #[ts(optional, as = "Option<u32>")]
    pub offset: u32,
    /// How many records to return; 200 when left out, at most 1,000.
    #[serde(default)]
    #[ts(optional)]
    pub limit: Option<u32>,
}

/// Arguments of `report_periods`.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReportPeriods {
    /// Over the open notebook and all that it lists.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub commune: bool,
}

/// Arguments of `progress_get`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProgressGet {
    /// Of one team only.
    #[serde(default)]
    #[ts(optional)]
    pub team: Option<String>,
    /// Of one place only.
    #[serde(default)]
    #[ts(optional)]
    pub place: Option<String>,
    /// Over the open notebook and all that it lists; without a team or a place.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub commune: bool,
}

/// Arguments of `progress_heat`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProgressHeat {
    /// Of one team only.
    #[serde(default)]
    #[ts(optional)]
    pub team: Option<String>,
    /// Of one place only.
    #[serde(default)]
    #[ts(optional)]
    pub place: Option<String>,
    /// How many households to skip.
    #[serde(default)]
    #[ts(optional, as = "Option<u32>")]
    pub offset: u32,
    /// How many to return; 50 when left out, at most 500.
    #[serde(default)]
    #[ts(optional)]
    pub limit: Option<u32>,
}

/// Arguments of `rules_get`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RulesGet {
    /// The rules of which period; of the current one when left out.
    #[serde(default)]
    #[ts(optional)]
    pub period: Option<String>,
}

/// Arguments of `rules_set`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RulesSet {
    /// From which period on they are in force. One that is over keeps its rules, unless nobody has ever set any.
    pub from_period: String,
    /// The rules.
    pub rules: ReportRules,
}

/// The report of a period.
pub(super) fn get(api: &Api, args: ReportGet) -> Result<Report> {
    let notebook = api.notebook();
    let (calendar, period) = asked(&notebook, args.period.as_deref())?;
    let within = within(args.team.as_deref(), args.place.as_deref())?;
    if args.commune {
        return commune(&notebook, calendar, within)?.report(period);
    }
    report::standing::shown(notebook.db(), notebook.space()?.id, &calendar, period, within)
}

/// The records behind a figure.
pub(super) fn records(api: &Api, args: ReportRecords) -> Result<Records> {
    const MOST: u32 = 1_000;
    let notebook = api.notebook();
    let (calendar, period) = asked(&notebook, args.period.as_deref())?;
    let wanted = report::Wanted {
        indicator: &args.indicator,
        row: args.row.as_deref(),
        of: args.of,
        offset: args.offset,
        limit: args.limit.unwrap_or(200).min(MOST),
    };
    let within = within(args.team.as_deref(), args.place.as_deref())?;
    if args.commune {
        return commune(&notebook, calendar, within)?.records(period, &wanted);
    }
    report::records(notebook.db(), notebook.space()?.id, &calendar, period, within, &wanted)
}

/// The periods of which something was written.
pub(super) fn periods(api: &Api, args: ReportPeriods) -> Result<Periods> {
    let notebook = api.notebook();
    periods_of(&notebook, args.commune)
}

/// The periods of the open notebook, or of all that it lists, too.
pub(super) fn periods_of(notebook: &Notebook, of_commune: bool) -> Result<Periods> {
    let (space, today) = (notebook.space()?.id, notebook.clock().today());
    let calendar = rules::calendar(notebook.db(), space)?;
    if of_commune {
        return commune(notebook, calendar, Within::default())?.periods(today);
    }
    report::periods(notebook.db(), &[space], &calendar, today)
}

/// How far the work is.
pub(super) fn progress(api: &Api, args: ProgressGet) -> Result<ProgressView> {
    let notebook = api.notebook();
    let (calendar, current) = asked(&notebook, None)?;
    let within = within(args.team.as_deref(), args.place.as_deref())?;
    if args.commune {
        return commune(&notebook, calendar, within)?.progress(current);
    }
    report::progress(notebook.db(), notebook.space()?.id, &calendar, current, within)
}

/// A page of the heat map.
pub(super) fn heat(api: &Api, args: ProgressHeat) -> Result<HeatPage> {
    const MOST: u32 = 500;
    let notebook = api.notebook();
    let within = within(args.team.as_deref(), args.place.as_deref())?;
    let (offset, limit) = (args.offset as usize, args.limit.unwrap_or(50).min(MOST) as usize);
    report::heat(notebook.db(), notebook.space()?.id, notebook.clock().today(), within, offset, limit)
}

/// The rules of a period.
pub(super) fn rules_get(api: &Api, args: RulesGet) -> Result<RulesView> {
    let notebook = api.notebook();
    let (calendar, period) = asked(&notebook, args.period.as_deref())?;
    // The rules are the whole notebook's.
    let may_set = teams::in_charge(&notebook, None).is_ok();
    let current = calendar.period_of(notebook.clock().today());
    Ok(RulesView {
        period: report::period_view(&calendar, period),
        since: calendar.since(period).map(|since| since.to_string()),
        until: calendar.changes_after(period).map(|until| until.to_string()),
        rules: calendar.rules(period).clone(),
        open_from: current.to_string(),
        may_set,
    })
}

/// Changes the rules from a period on.
pub(super) fn rules_set(api: &Api, args: RulesSet) -> Result<RulesView> {
    let from = parse_period(&args.from_period)?;
    let rules = args.rules.check()?;
    {
        let notebook = api.notebook();
        teams::in_charge(&notebook, None)?;
        let (calendar, current) = asked(&notebook, None)?;
        if from < current && calendar.is_written() {
            return Err(Error::invalid("period_over", "from_period").with("first", current));
        }
    }
    let key = keys::value(Thing::Rules, from);
    api.write(|batch| batch.edit_space(|edit| edit.set(&key, &Scalar::Bytes(rules.encode()))))?;
    rules_get(api, RulesGet { period: Some(args.from_period) })
}

/// The notebook's calendar, and the period that was asked for: the one of today when none was.
fn asked(notebook: &Notebook, period: Option<&str>) -> Result<(Calendar, Period)> {
    let calendar = rules::calendar(notebook.db(), notebook.space()?.id)?;
    let period = match period {
        Some(text) => parse_period(text)?,
        None => calendar.period_of(notebook.clock().today()),
    };
    Ok((calendar, period))
}

/// The open notebook with all that it lists. What is asked of one place or team of them is asked in its own notebook.
pub(super) fn commune(notebook: &Notebook, calendar: Calendar, within: Within) -> Result<Commune<'_>> {
    if within != Within::default() {
        return Err(Error::invalid("bad_arguments", "commune"));
    }
    Commune::of(notebook.db(), notebook.space()?.id, calendar)
}

fn parse_period(text: &str) -> Result<Period> {
    Period::parse(text).ok_or_else(|| Error::invalid("bad_period", "period"))
}

fn within(team: Option<&str>, place: Option<&str>) -> Result<Within> {
    Ok(Within {
        team: team.map(|team| id("team", team)).transpose()?,
        place: place.map(|place| id("place", place)).transpose()?,
    })
}
