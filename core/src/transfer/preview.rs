//! What a person sees of a list before it comes in.

use std::collections::HashSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::columns::Column;
use super::field::{letter, showable};
use super::plan::{self, ImportPlan, Layout, Mapping, PlannedHousehold, RowIssue, Severity};
use super::rows;
use super::workbook::{Row, Workbook};
use crate::search::fold::fold_name;
use crate::text::normal::nfc;

/// Households that are shown as a sample.
const SAMPLE_HOUSEHOLDS: usize = 20;
/// Values of a column that are shown.
const SAMPLE_VALUES: usize = 3;
/// Issues that are shown; [`Counts`] holds how many there are.
const SHOWN_ISSUES: usize = 500;

/// A list as it would come in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Preview {
    /// The sheets of the file.
    pub sheets: Vec<SheetSummary>,
    /// How it is read; a person may change this and ask again.
    pub mapping: Mapping,
    /// What a row stands for.
    pub layout: Layout,
    /// The columns.
    pub columns: Vec<ColumnPreview>,
    /// How much would come in.
    pub counts: Counts,
    /// The hamlets that the list names, in its order.
    pub hamlets: Vec<String>,
    /// The first issues, in the order of rows.
    pub issues: Vec<RowIssue>,
    /// The first households.
    pub households: Vec<PlannedHousehold>,
}

/// A sheet of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct SheetSummary {
    /// Its name.
    pub name: String,
    /// Rows with something in them.
    pub rows: u32,
}

/// A column of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ColumnPreview {
    /// Its place, from 0.
    pub index: u32,
    /// Its letter in the spreadsheet.
    pub letter: String,
    /// The title above it.
    pub title: String,
    /// What it is taken for.
    pub column: Column,
    /// A few of its values; none of a column that must not be kept.
    pub samples: Vec<String>,
    /// Whether what it holds gets into the notebook.
    pub stored: bool,
}

/// How much would come in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Counts {
    /// Households.
    pub households: u32,
    /// People.
    pub residents: u32,
    /// Phone numbers, the households' and those of other people.
    pub phones: u32,
    /// Different hamlets.
    pub hamlets: u32,
    /// Issues of rows that do not come in.
    pub refused: u32,
    /// Issues of rows that come in without something.
    pub doubtful: u32,
}

/// Shows how a list would come in, by the reader's own guess or as a person wants it. A mapping that names a sheet and
/// no columns asks for the guess for that sheet.
pub fn preview(workbook: &Workbook, mapping: Option<&Mapping>, today: Date) -> Preview {
    let guessed = match mapping {
        Some(mapping) if !mapping.columns.is_empty() => mapping.clone(),
        Some(mapping) => plan::guess(workbook, Some(&mapping.sheet)),
        None => plan::guess(workbook, None),
    };
    let sheets = workbook.sheets.iter();
    let sheets = sheets.map(|sheet| SheetSummary { name: sheet.name.clone(), rows: sheet.rows.len() as u32 }).collect();
    let (Some(sheet), Some((mapping, header))) = (workbook.sheet(&guessed.sheet), plan::safe(workbook, &guessed))
    else {
        return Preview { sheets, ..Preview::default() };
    };
    let plan = plan::plan_sheet(sheet, &mapping, &header.titles, today);
    let rows = rows::below(sheet, mapping.header_rows);
    let columns = mapping.columns.iter().zip(&header.titles).enumerate();
    let columns = columns.map(|(index, (&column, title))| column_preview(index, column, title, rows)).collect();
    let hamlets = hamlets(&plan);
    Preview {
        sheets,
        layout: plan.layout,
        columns,
        counts: counts(&plan, hamlets.len()),
        hamlets,
        issues: plan.issues.into_iter().take(SHOWN_ISSUES).collect(),
        households: plan.households.into_iter().take(SAMPLE_HOUSEHOLDS).collect(),
        mapping,
    }
}

fn column_preview(index: usize, column: Column, title: &str, rows: &[Row]) -> ColumnPreview {
    let mut samples: Vec<String> = Vec::new();
    for row in rows.iter().filter(|_| !column.is_forbidden()) {
        if samples.len() == SAMPLE_VALUES {
            break;
        }
        let value = showable(&nfc(&row.cell(index).text()));
        samples.extend(value.filter(|value| !samples.contains(value)));
    }
    let title = showable(title).unwrap_or_default();
    ColumnPreview { index: index as u32, letter: letter(index), title, column, samples, stored: column.is_stored() }
}

fn hamlets(plan: &ImportPlan) -> Vec<String> {
    let mut seen = HashSet::new();
    let named = plan.households.iter().filter_map(|household| household.hamlet.as_ref());
    named.filter(|hamlet| seen.insert(fold_name(hamlet))).cloned().collect()
}

fn counts(plan: &ImportPlan, hamlets: usize) -> Counts {
    let people = || plan.households.iter().flat_map(|household| &household.residents);
    let phones =
        plan.households.iter().filter(|h| h.phone.is_some()).count() + people().filter(|p| p.phone.is_some()).count();
    let of = |severity| plan.issues.iter().filter(|issue| issue.severity == severity).count() as u32;
    Counts {
        households: plan.households.len() as u32,
        residents: people().count() as u32,
        phones: phones as u32,
        hamlets: hamlets as u32,
        refused: of(Severity::Refused),
        doubtful: of(Severity::Doubtful),
    }
}
