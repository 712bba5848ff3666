//! What an import would write, before anything is written.
//!
//! A plan is a pure function of a workbook and a mapping. It names every row that is refused or doubtful, and why, so
//! that a person can look at it in the spreadsheet; the number of an identity card is never part of that.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::columns::Column;
use super::household::Households;
use super::rows::{self, Kind};
use super::workbook::{Sheet, Workbook};
use super::{field, header};
use crate::domain::Sex;
use crate::text::{birth::Birth, phone::Phone};

/// How a list is to be read. The reader guesses one; a person may change it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Mapping {
    /// The sheet's name.
    pub sheet: String,
    /// First and last row of titles, from 1; (0, 0) if the list has none.
    pub header_rows: (u32, u32),
    /// What each column holds, from column A on.
    pub columns: Vec<Column>,
    /// Names that a person supplied for rows whose name is missing, by the row's number.
    #[serde(default)]
    pub names: BTreeMap<u32, String>,
}

/// What a row of a list stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// A household, by its head.
    #[default]
    PerHousehold,
    /// A person; a household begins with a new code or at "Chủ hộ".
    PerPerson,
}

/// Everything that an import would write.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct ImportPlan {
    /// What a row stands for.
    pub layout: Layout,
    /// The households, in the order of the list.
    pub households: Vec<PlannedHousehold>,
    /// What is refused or doubtful, in the order of rows.
    pub issues: Vec<RowIssue>,
}

/// A household as the list has it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct PlannedHousehold {
    /// Its first row, from 1.
    pub row: u32,
    /// The list's code, if it is this household's alone in its hamlet.
    pub code: Option<String>,
    /// The hamlet, in the list's first spelling.
    pub hamlet: Option<String>,
    /// The people, the head first; never empty.
    pub residents: Vec<PlannedResident>,
    /// How to find the door.
    pub door: Option<String>,
    /// The household's phone, which is its head's.
    pub phone: Option<Phone>,
    /// How many people the list says live there.
    pub people_count: Option<u32>,
    /// The note.
    pub note: Option<String>,
    /// The note speaks of a business.
    pub business: bool,
    /// The note speaks of old people.
    pub elderly: bool,
    /// The note speaks of working away.
    pub working_away: bool,
}

impl PlannedHousehold {
    /// The head of household.
    pub fn head(&self) -> Option<&PlannedResident> {
        self.residents.first()
    }
}

/// A person as the list has them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct PlannedResident {
    /// The row, from 1.
    pub row: u32,
    /// The full name.
    pub name: String,
    /// What the person is to the head, in the list's words.
    pub relation: Option<String>,
    /// Birthday as far as it is known.
    pub birth: Option<Birth>,
    /// Sex.
    pub sex: Option<Sex>,
    /// A phone of their own; the head's is the household's.
    pub phone: Option<Phone>,
}

/// What a person should know about a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct RowIssue {
    /// The sheet's name.
    pub sheet: String,
    /// The row, from 1.
    pub row: u32,
    /// The column's letter, if it is about one.
    pub column: Option<String>,
    /// How bad it is.
    pub severity: Severity,
    /// What it is.
    pub code: IssueCode,
    /// What the cell holds, shortened; never an identity-card number.
    pub value: Option<String>,
}

/// What becomes of a row with an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It comes in, without what is wrong.
    Doubtful,
    /// It does not come in.
    Refused,
}

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum IssueCode {
    /// There is no name: refused.
    MissingHead,
    /// Nobody is marked as head; the first person stands in.
    HeadNotMarked,
    /// The name is a number: refused.
    NameIsNumber,
    /// The name is no name: refused.
    NotAName,
    /// An identity-card number stood in the text: the text is dropped (a name: the number).
    IdNumberInText,
    /// Nine digits, perhaps an old identity-card number: kept, look at it.
    NineDigits,
    /// No calendar has this day: left out.
    ImpossibleDate,
    /// This is no birthday: left out.
    BadDate,
    /// This is no phone number: left out.
    BadPhone,
    /// Several phones in one cell: the first is taken.
    SeveralPhones,
    /// This is no number of people: left out.
    BadPeopleCount,
    /// A formula, taken as the text it showed.
    Formula,
    /// The cell holds an error such as #REF!.
    CellError,
    /// The household was in the list before: left out.
    DuplicateHousehold,
    /// Another household of the hamlet has this code: comes in without it.
    DuplicateCode,
}

/// The mapping that the reader would choose, for the best sheet or a given one.
pub fn guess(workbook: &Workbook, sheet: Option<&str>) -> Mapping {
    let found = match sheet {
        Some(name) => workbook.sheet(name).map(|sheet| (sheet, header::find(sheet))),
        None => header::best_sheet(workbook),
    };
    let Some((sheet, header)) = found else {
        return Mapping::default();
    };
    let rows = rows::below(sheet, header.rows);
    let mut columns: Vec<Column> =
        header.titles.iter().enumerate().map(|(i, title)| super::columns::guess(title, i, rows)).collect();
    settle_names(&header.titles, &mut columns);
    Mapping { sheet: sheet.name.clone(), header_rows: header.rows, columns, names: BTreeMap::new() }
}

/// Several untitled or repeated columns may look like names; only "Họ đệm" beside "Tên" are one name in parts.
fn settle_names(titles: &[String], columns: &mut [Column]) {
    use crate::search::fold::fold_plain;
    let is_part = |title: &str| {
        matches!(
            fold_plain(title).as_str(),
            "ten" | "ho" | "ho dem" | "ho va dem" | "ho va chu dem" | "ho chu dem" | "ho lot" | "ho ten dem"
        )
    };
    for kind in [Column::HeadName, Column::FullName] {
        let mut first: Option<usize> = None;
        for i in 0..columns.len() {
            if columns[i] != kind {
                continue;
            }
            match first {
                Some(at) if !(is_part(&titles[at]) && is_part(&titles[i])) => columns[i] = Column::Ignore,
                Some(_) => {}
                None => first = Some(i),
            }
        }
    }
}

/// The mapping with every forbidden column marked as such, whatever was asked for.
pub(super) fn safe(workbook: &Workbook, mapping: &Mapping) -> Option<(Mapping, header::Header)> {
    let sheet = workbook.sheet(&mapping.sheet)?;
    let header = header::at(sheet, mapping.header_rows);
    let rows = rows::below(sheet, mapping.header_rows);
    let mut mapping = mapping.clone();
    mapping.columns.resize(header.titles.len(), Column::Ignore);
    for (i, column) in mapping.columns.iter_mut().enumerate() {
        let guessed = super::columns::guess(&header.titles[i], i, rows);
        if guessed.is_forbidden() {
            *column = guessed;
        }
    }
    Some((mapping, header))
}

/// Turns the rows of a list into households. `today` bounds birthdays.
pub fn plan(workbook: &Workbook, mapping: &Mapping, today: Date) -> ImportPlan {
    match (safe(workbook, mapping), workbook.sheet(&mapping.sheet)) {
        (Some((mapping, header)), Some(sheet)) => plan_sheet(sheet, &mapping, &header.titles, today),
        _ => ImportPlan::default(),
    }
}

pub(super) fn plan_sheet(sheet: &Sheet, mapping: &Mapping, titles: &[String], today: Date) -> ImportPlan {
    let rows = rows::below(sheet, mapping.header_rows);
    let columns = field::Columns::new(mapping);
    let layout = rows::layout(&columns, rows);
    let mut reader =
        field::Reader { sheet: &sheet.name, columns: &columns, names: &mapping.names, today, issues: Vec::new() };
    let mut households = Households::new(layout);
    for (at, row) in rows.iter().enumerate() {
        match rows::kind(&columns, titles, row, mapping.names.contains_key(&row.number)) {
            Kind::Person => households.add(reader.line(row)),
            Kind::Section(hamlet) => households.enter(hamlet),
            // Under the signatures stand the signers' names.
            Kind::Signature if rows.len() - at <= 15 => break,
            Kind::Signature | Kind::Other => {}
        }
    }
    let mut issues = reader.issues;
    let households = households.finish(&sheet.name, &mut issues);
    issues.sort_by_key(|issue| issue.row);
    ImportPlan { layout, households, issues }
}
