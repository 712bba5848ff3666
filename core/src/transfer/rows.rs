//! What a row is: a person, the name of a hamlet over its people, a total, a signature.

use std::collections::HashSet;

use super::columns::Column;
use super::field::Columns;
use super::plan::Layout;
use super::workbook::{Cell, Row, Sheet};
use crate::search::fold::{self, Fit, fold_name, fold_plain};
use crate::text::{birth, normal::nfc, phone};

/// What a row is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A household or a person, whole or not.
    Person,
    /// A heading with a hamlet's name.
    Section(String),
    /// The end of the list: "TM. ỦY BAN NHÂN DÂN".
    Signature,
    /// A total, a repeated title, a blank.
    Other,
}

/// The rows under the titles.
pub(super) fn below(sheet: &Sheet, header_rows: (u32, u32)) -> &[Row] {
    let from = sheet.rows.partition_point(|row| row.number <= header_rows.1);
    &sheet.rows[from..]
}

/// What the rows of a list stand for.
pub(super) fn layout(columns: &Columns, rows: &[Row]) -> Layout {
    let has = |column| !columns.of(column).is_empty();
    let per_person = if has(Column::Relation) {
        true
    } else if has(Column::FullName) {
        has(Column::HeadName) || code_is_shared(columns, rows)
    } else {
        false
    };
    if per_person { Layout::PerPerson } else { Layout::PerHousehold }
}

/// Whether a code stands for several rows: repeated, or left out below the first.
fn code_is_shared(columns: &Columns, rows: &[Row]) -> bool {
    let Some(&code) = columns.of(Column::HouseholdCode).first() else {
        return false;
    };
    let named = rows.iter().filter(|row| columns.names().iter().any(|&c| !row.cell(c).is_empty())).take(400);
    let codes: Vec<String> = named.map(|row| nfc(&row.cell(code).text())).collect();
    let different: HashSet<&String> = codes.iter().filter(|code| !code.is_empty()).collect();
    different.len() * 10 < codes.len() * 9
}

pub(super) fn kind(columns: &Columns, titles: &[String], row: &Row, named_by_hand: bool) -> Kind {
    let filled: Vec<(usize, String)> = row
        .cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| !matches!(cell, Cell::Empty))
        .map(|(i, cell)| (i, nfc(&cell.text())))
        .collect();
    if named_by_hand {
        return Kind::Person;
    }
    let name = filled.iter().find(|(i, text)| columns.names().contains(i) && !text.is_empty());
    if let Some(hamlet) = section(&filled) {
        return Kind::Section(hamlet);
    }
    match name {
        Some((_, name)) if is_signature(name) => Kind::Signature,
        // Titles are repeated at the head of a printed page.
        Some((i, name)) if is_total(name) || titles.get(*i).is_some_and(|title| title.contains(name.as_str())) => {
            Kind::Other
        }
        Some(_) => Kind::Person,
        None if filled.iter().any(|(_, text)| is_total(text)) => Kind::Other,
        None if filled.iter().any(|(_, text)| is_signature(text)) => Kind::Signature,
        None if is_nameless_person(columns, row) => Kind::Person,
        None => Kind::Other,
    }
}

/// Without a name, a row is somebody if it holds a phone, a birthday, a code or a relation, and something beside it.
fn is_nameless_person(columns: &Columns, row: &Row) -> bool {
    let text = |column: Column| columns.of(column).iter().map(|&i| nfc(&row.cell(i).text())).find(|t| !t.is_empty());
    let far = jiff::civil::Date::MAX;
    let telling = [
        text(Column::Phone).is_some_and(|t| phone::parse(&t).is_ok()),
        text(Column::Birth).is_some_and(|t| birth::parse(&t, far).is_ok()),
        text(Column::HouseholdCode).is_some(),
        text(Column::Relation).is_some(),
    ];
    let others = [Column::Hamlet, Column::Address, Column::PeopleCount, Column::Note, Column::Number]
        .iter()
        .filter(|&&column| text(column).is_some())
        .count();
    let telling = telling.iter().filter(|&&yes| yes).count();
    telling > 1 || telling == 1 && others > 0
}

/// "II. Thôn Suối Lìn" alone in its row. The marks count: Bàn and Lang are families.
fn section(filled: &[(usize, String)]) -> Option<String> {
    const KINDS: [&str; 11] =
        ["thôn", "bản", "xóm", "khóm", "buôn", "làng", "ấp", "tiểu khu", "khu phố", "khu", "tổ dân phố"];
    let [(_, text)] = filled else { return None };
    let mut words: Vec<&str> = text.split(' ').collect();
    let is_numbering = |word: &&&str| {
        let inner = word.trim_end_matches(['.', ')', ':', '-', '/']);
        inner.len() <= 4 && (inner.bytes().all(|b| b.is_ascii_digit()) || inner.bytes().all(|b| b"IVX".contains(&b)))
    };
    if words.first().filter(is_numbering).is_some() {
        words.remove(0);
    }
    let hamlet = words.join(" ");
    let folded = fold_name(&hamlet);
    let begins = |kind: &str| folded.strip_prefix(&fold_name(kind)).is_some_and(|rest| rest.starts_with(' '));
    let named = words.len() <= 6 && KINDS.iter().any(|kind| begins(kind));
    named.then(|| hamlet.trim_end_matches([':', '.']).to_owned())
}

/// "Tổng cộng: 944", "Cộng". The marks count: Tòng and Tống are families.
fn is_total(text: &str) -> bool {
    let words = fold::words(text);
    let is = |at: usize, total: &str| {
        let written = fold::words(total);
        words.get(at).is_some_and(|word| word.fit(&written[0]) >= Fit::Whole)
    };
    let ends = |at: usize| words.get(at).is_none_or(|word| word.digits().is_some());
    is(0, "tổng") && (is(1, "cộng") || is(1, "số") || ends(1)) || is(0, "cộng") && (is(1, "tổng") || ends(1))
}

fn is_signature(text: &str) -> bool {
    const BEGINNINGS: [&str; 11] = [
        "tm uy ban",
        "tm ubnd",
        "uy ban nhan dan",
        "nguoi lap",
        "nguoi ke khai",
        "nguoi tong hop",
        "lap bieu",
        "xac nhan",
        "kt chu tich",
        "chu tich",
        "ky ten",
    ];
    let folded = fold_plain(text);
    BEGINNINGS.iter().any(|beginning| folded.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_names_the_hamlet_below_it() {
        let alone = |text: &str| section(&[(0, text.to_owned())]);
        assert_eq!(alone("II. Thôn Suối Lìn"), Some("Thôn Suối Lìn".into()));
        assert_eq!(alone("Bản Chiềng Đi:"), Some("Bản Chiềng Đi".into()));
        for family in ["Lò Văn Ún", "Bàn Mùi Mui", "Lang Văn Páo"] {
            assert_eq!(alone(family), None);
        }
    }

    #[test]
    fn a_total_is_no_family_called_tong() {
        assert!(is_total("Tổng cộng: 944 nhân khẩu"));
        assert!(is_total("Cộng"));
        assert!(is_total("TONG CONG"));
        for family in ["Tống Thị Cộng", "Tòng Số", "Tống Cộng", "Công Văn Páo"] {
            assert!(!is_total(family), "{family}");
        }
        assert!(is_signature("TM. ỦY BAN NHÂN DÂN"));
    }
}
