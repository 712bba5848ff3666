//! One row's cells become values, and what is wrong with them becomes issues.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};

use super::columns::{Column, is_cross};
use super::plan::{IssueCode, Mapping, RowIssue, Severity};
use super::workbook::{Cell, Row};
use crate::domain::Sex;
use crate::search::fold::fold_plain;
use crate::text::birth::{self, Birth, BirthError};
use crate::text::id_number::{self, Finding};
use crate::text::name::title_case_vi;
use crate::text::normal::nfc;
use crate::text::phone::{self, Phone};

/// Names and notes longer than this are cut or refused; no list of people has them.
const MOST_NAME_WORDS: usize = 10;
const MOST_NAME_CHARS: usize = 80;
const MOST_TEXT_CHARS: usize = 500;
const MOST_PEOPLE: u32 = 60;

/// Which columns hold what.
pub(super) struct Columns {
    columns: Vec<(Column, Vec<usize>)>,
}

impl Columns {
    pub fn new(mapping: &Mapping) -> Self {
        let mut columns: Vec<(Column, Vec<usize>)> = Vec::new();
        for (i, &column) in mapping.columns.iter().enumerate() {
            match columns.iter_mut().find(|(c, _)| *c == column) {
                Some((_, at)) => at.push(i),
                None => columns.push((column, vec![i])),
            }
        }
        Self { columns }
    }

    /// The columns that hold something, from the left.
    pub fn of(&self, column: Column) -> &[usize] {
        self.columns.iter().find(|(c, _)| *c == column).map_or(&[], |(_, at)| at)
    }

    /// The columns that name the person of a row.
    pub fn names(&self) -> &[usize] {
        match self.of(Column::FullName) {
            [] => self.of(Column::HeadName),
            full => full,
        }
    }
}

/// A row, read.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub row: u32,
    pub code: Option<String>,
    /// None if it is missing or was refused.
    pub name: Option<String>,
    /// The head that a row of a person names.
    pub head_name: Option<String>,
    pub relation: Option<String>,
    pub birth: Option<Birth>,
    pub sex: Option<Sex>,
    pub phone: Option<Phone>,
    pub door: Option<String>,
    pub hamlet: Option<String>,
    pub people_count: Option<u32>,
    pub note: Option<String>,
}

impl Line {
    pub fn is_head(&self) -> bool {
        let relation = self.relation.as_deref().map(fold_plain);
        relation.is_some_and(|r| r.starts_with("chu ho") || matches!(r.as_str(), "chu" | "ch" | "ban than"))
    }
}

pub(super) struct Reader<'a> {
    pub sheet: &'a str,
    pub columns: &'a Columns,
    pub names: &'a BTreeMap<u32, String>,
    pub today: Date,
    pub issues: Vec<RowIssue>,
}

impl Reader<'_> {
    pub fn line(&mut self, row: &Row) -> Line {
        let name = self.name(row);
        let (sex, sexed_birth) = self.sex(row);
        let head_name = match self.columns.of(Column::FullName) {
            [] => None,
            _ => self.text(row, Column::HeadName, " ").map(|name| title_case_vi(&name)),
        };
        Line {
            row: row.number,
            code: self.text(row, Column::HouseholdCode, "-"),
            name,
            head_name,
            relation: self.relation(row),
            birth: self.birth(row, Column::Birth).or(sexed_birth),
            sex,
            phone: self.phone(row),
            door: self.text(row, Column::Address, ", "),
            hamlet: self.text(row, Column::Hamlet, ", "),
            people_count: self.people_count(row),
            note: self.text(row, Column::Note, "; "),
        }
    }

    fn issue(&mut self, row: &Row, column: Option<usize>, severity: Severity, code: IssueCode, value: &str) {
        self.issues.push(RowIssue {
            sheet: self.sheet.to_owned(),
            row: row.number,
            column: column.map(letter),
            severity,
            code,
            value: showable(value),
        });
    }

    fn doubt(&mut self, row: &Row, column: usize, code: IssueCode, value: &str) {
        self.issue(row, Some(column), Severity::Doubtful, code, value);
    }

    /// The cells of a column that hold something, with their text; formulas and errors are reported.
    fn cells<'r>(&mut self, row: &'r Row, column: Column) -> Vec<(usize, &'r Cell, String)> {
        let mut found = Vec::new();
        for &at in self.columns.of(column) {
            let cell = row.cell(at);
            let text = nfc(&cell.text());
            match cell {
                Cell::Error => self.doubt(row, at, IssueCode::CellError, ""),
                Cell::Formula { .. } => self.doubt(row, at, IssueCode::Formula, &text),
                _ => {}
            }
            if !text.is_empty() {
                let cell = if let Cell::Formula { shown, .. } = cell { shown.as_ref() } else { cell };
                found.push((at, cell, text));
            }
        }
        found
    }

    /// The texts of a column's cells, joined; one that holds an identity-card number is left out.
    fn text(&mut self, row: &Row, column: Column, between: &str) -> Option<String> {
        let mut parts: Vec<String> = Vec::new();
        for (at, _, text) in self.cells(row, column) {
            match id_number::find(&text) {
                Some(Finding::Twelve) => {
                    self.doubt(row, at, IssueCode::IdNumberInText, "");
                    continue;
                }
                Some(Finding::Nine) => self.doubt(row, at, IssueCode::NineDigits, ""),
                None => {}
            }
            if !parts.contains(&text) {
                parts.push(text);
            }
        }
        let text: String = parts.join(between).chars().take(MOST_TEXT_CHARS).collect();
        // Joined parts may make a number that none of them held.
        (!text.is_empty() && id_number::find(&text) != Some(Finding::Twelve)).then_some(text)
    }

    fn name(&mut self, row: &Row) -> Option<String> {
        let mut at = self.columns.names().first().copied();
        let mut text = String::new();
        let kind = if self.columns.of(Column::FullName).is_empty() { Column::HeadName } else { Column::FullName };
        for (column, _, part) in self.cells(row, kind) {
            at = Some(if text.is_empty() { column } else { at.unwrap_or(column) });
            text = if text.is_empty() { part } else { format!("{text} {part}") };
        }
        if let Some(given) = self.names.get(&row.number).map(|name| nfc(name)).filter(|name| !name.is_empty()) {
            text = given;
        }
        let mut refuse = |code, value: &str| {
            self.issue(row, at, Severity::Refused, code, value);
            None
        };
        if text.is_empty() {
            return refuse(IssueCode::MissingHead, "");
        }
        if !text.chars().any(char::is_alphabetic) {
            return refuse(IssueCode::NameIsNumber, &text);
        }
        if id_number::find(&text).is_some() {
            let name = before_number(&text);
            if name.is_empty() {
                return refuse(IssueCode::IdNumberInText, "");
            }
            text = name;
            self.issue(row, at, Severity::Doubtful, IssueCode::IdNumberInText, "");
        } else if text.split(' ').count() > MOST_NAME_WORDS
            || text.chars().count() > MOST_NAME_CHARS
            || text.starts_with('=')
        {
            return refuse(IssueCode::NotAName, &text);
        }
        Some(title_case_vi(&text))
    }

    fn relation(&mut self, row: &Row) -> Option<String> {
        let relation = self.text(row, Column::Relation, " ")?;
        // A cross under "Chủ hộ" marks the head.
        if is_cross(&relation) { Some("Chủ hộ".to_owned()) } else { Some(relation) }
    }

    fn birth(&mut self, row: &Row, column: Column) -> Option<Birth> {
        for (at, cell, text) in self.cells(row, column) {
            let read = match cell {
                Cell::Date(date) => birth::from_date(*date, self.today),
                Cell::Number(days) if (10_000.0..80_000.0).contains(days) => {
                    birth::from_date(from_serial(*days), self.today)
                }
                _ => birth::parse(&text, self.today),
            };
            match read {
                Ok(birth) => return Some(birth),
                Err(BirthError::Impossible) => self.doubt(row, at, IssueCode::ImpossibleDate, &text),
                Err(_) if is_nothing(&text) => {}
                Err(_) => self.doubt(row, at, IssueCode::BadDate, &text),
            }
        }
        None
    }

    /// Sex by a word or a cross; in many lists a year of birth stands for the cross.
    fn sex(&mut self, row: &Row) -> (Option<Sex>, Option<Birth>) {
        for (column, sex) in [(Column::SexMale, Sex::Male), (Column::SexFemale, Sex::Female)] {
            let Some((_, _, text)) = self.cells(row, column).into_iter().next() else {
                continue;
            };
            if is_cross(&text) {
                return (Some(sex), None);
            }
            if !is_nothing(&text) {
                let birth = self.birth(row, column);
                return (birth.is_some().then_some(sex), birth);
            }
        }
        let word = self.cells(row, Column::Sex).into_iter().next().map(|(_, _, text)| fold_plain(&text));
        let sex = match word.as_deref() {
            Some("nam" | "trai" | "male" | "m") => Some(Sex::Male),
            Some("nu" | "gai" | "female" | "f") => Some(Sex::Female),
            _ => None,
        };
        (sex, None)
    }

    fn phone(&mut self, row: &Row) -> Option<Phone> {
        for (at, _, text) in self.cells(row, Column::Phone) {
            if let Ok(phone) = phone::parse(&text) {
                return Some(phone);
            }
            if id_number::find(&text) == Some(Finding::Twelve) {
                self.doubt(row, at, IssueCode::IdNumberInText, "");
                continue;
            }
            match phone::find_all(&text).into_iter().next() {
                Some(first) => {
                    self.doubt(row, at, IssueCode::SeveralPhones, &text);
                    return Some(first);
                }
                None if is_nothing(&text) => {}
                None => self.doubt(row, at, IssueCode::BadPhone, &text),
            }
        }
        None
    }

    fn people_count(&mut self, row: &Row) -> Option<u32> {
        for (at, _, text) in self.cells(row, Column::PeopleCount) {
            let digits: String = text.chars().take_while(|c| c.is_ascii_digit()).collect();
            match digits.parse().ok().filter(|count| (1..=MOST_PEOPLE).contains(count)) {
                Some(count) => return Some(count),
                None if is_nothing(&text) => {}
                None => self.doubt(row, at, IssueCode::BadPeopleCount, &text),
            }
        }
        None
    }
}

/// Words that say there is none.
fn is_nothing(text: &str) -> bool {
    matches!(
        fold_plain(text).as_str(),
        "" | "0" | "khong" | "ko" | "k" | "khong co" | "chua co" | "khong ro" | "khong nho"
    )
}

/// A name before a number, without the words that announce it.
fn before_number(text: &str) -> String {
    const WORDS: [&str; 8] = ["cccd", "cmnd", "cmt", "so", "cc", "the", "can", "cuoc"];
    let name = text.split(|c: char| id_number::digit(c).is_some()).next().unwrap_or_default();
    let mut words: Vec<&str> = name.split(' ').collect();
    while words
        .last()
        .is_some_and(|word| matches!(fold_plain(word).as_str(), "") || WORDS.contains(&fold_plain(word).as_str()))
    {
        words.pop();
    }
    words.join(" ").trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// A day counted from 30 December 1899, as spreadsheets do.
fn from_serial(days: f64) -> Date {
    let epoch = jiff::civil::date(1899, 12, 30);
    epoch.checked_add((days as i64).days()).unwrap_or(epoch)
}

/// A value for showing, shortened; none if it holds what looks like an identity-card number.
pub(super) fn showable(value: &str) -> Option<String> {
    const MOST: usize = 60;
    let hidden = value.is_empty() || id_number::find(value).is_some();
    (!hidden).then(|| value.chars().take(MOST).collect())
}

/// The letter of a column, from 0: A, B … Z, AA.
pub(super) fn letter(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + (column % 26) as u8));
        match (column / 26).checked_sub(1) {
            Some(next) => column = next,
            None => break,
        }
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 701, 702].map(letter), ["A", "Z", "AA", "ZZ", "AAA"]);
    }

    #[test]
    fn a_number_is_cut_from_a_name() {
        assert_eq!(before_number("Lò Văn Ún - CCCD: 067213070765"), "Lò Văn Ún");
        assert_eq!(before_number("067213070765"), "");
    }

    #[test]
    fn a_day_that_lost_its_format_is_a_day() {
        assert_eq!(from_serial(31_428.0), jiff::civil::date(1986, 1, 16));
    }
}
