//! Where the list begins: the sheet, and its one or two rows of titles.
//!
//! Above a list stand the office's name, a heading and a date; before it, a cover sheet. The row of titles is the one
//! that holds the most titles that are known, a name among them. A second row under a merged title ("Giới tính" over
//! "Nam" and "Nữ") belongs to it if the two together say more than the first alone.

use std::collections::HashSet;

use super::columns::{self, Column};
use super::workbook::{Cell, Row, Sheet, Workbook};
use crate::text::{id_number, normal::nfc, phone};

/// Titles are looked for in this many rows.
const MOST_ROWS_ABOVE: usize = 60;

/// Where the titles of a sheet are, and what they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    /// The first and last row of titles, as the spreadsheet numbers them; (0, 0) if there are none.
    pub rows: (u32, u32),
    /// The title of each column.
    pub titles: Vec<String>,
    /// How many different things the titles say.
    score: usize,
}

/// The sheet that looks most like a household list.
pub fn best_sheet(workbook: &Workbook) -> Option<(&Sheet, Header)> {
    let found = workbook.sheets.iter().map(|sheet| (sheet, find(sheet)));
    // The first of equal ones: `max_by_key` would take the last.
    found.rev().max_by_key(|(sheet, header)| (header.score, sheet.rows.len()))
}

/// Finds the rows of titles of a sheet.
pub fn find(sheet: &Sheet) -> Header {
    let rows = &sheet.rows[..sheet.rows.len().min(MOST_ROWS_ABOVE)];
    let mut best = Header { titles: vec![String::new(); width(sheet)], ..Header::default() };
    for (at, row) in rows.iter().enumerate() {
        let one = header(sheet, &[row]);
        let two = rows.get(at + 1).filter(|next| next.number == row.number + 1).map(|next| header(sheet, &[row, next]));
        let found = two.filter(|two| two.score > one.score).unwrap_or(one);
        if found.score > best.score {
            best = found;
        }
    }
    with_markers(sheet, best)
}

/// The titles in given rows of a sheet.
pub fn at(sheet: &Sheet, (first, last): (u32, u32)) -> Header {
    let rows: Vec<&Row> = sheet.rows.iter().filter(|row| (first..=last).contains(&row.number)).take(3).collect();
    Header { rows: (first, last), ..header(sheet, &rows) }
}

fn header(sheet: &Sheet, rows: &[&Row]) -> Header {
    let titles = titles(rows, width(sheet));
    let known: HashSet<Column> =
        titles.iter().filter_map(|t| columns::from_title(t)).filter(|&c| c != Column::Ignore).collect();
    let named = known.iter().any(|column| column.is_name());
    let number = |row: Option<&&Row>| row.map_or(0, |row| row.number);
    Header {
        rows: (number(rows.first()), number(rows.last())),
        titles,
        score: if named && !rows.iter().any(|row| is_data(row)) { known.len() } else { 0 },
    }
}

/// Whether a row holds what no title is: a day, a phone, a large number.
fn is_data(row: &Row) -> bool {
    row.cells.iter().any(|cell| match cell {
        Cell::Number(n) => *n >= 1_000.0,
        Cell::Date(_) => true,
        Cell::Text(text) => phone::parse(text).is_ok() || id_number::find(text).is_some(),
        _ => false,
    })
}

/// The title of each column: what stands over it in each row, a merged title counting for the columns it spans.
fn titles(rows: &[&Row], width: usize) -> Vec<String> {
    let text = |row: &Row, column: usize| nfc(&row.cell(column).text());
    (0..width)
        .map(|column| {
            let mut parts: Vec<String> = Vec::new();
            for (level, row) in rows.iter().enumerate() {
                let own = text(row, column);
                // The value of merged cells is in the first of them.
                let below = rows[level + 1..].iter().any(|row| !text(row, column).is_empty());
                let part = match own.is_empty() && below {
                    true => (0..column).rev().map(|left| text(row, left)).find(|t| !t.is_empty()).unwrap_or_default(),
                    false => own,
                };
                if !part.is_empty() && !is_marker(&part) && !parts.contains(&part) {
                    parts.push(part);
                }
            }
            parts.join(" ")
        })
        .collect()
}

/// A row of column numbers, "(1) (2) (3)" or "A B 1 2", belongs to the titles.
fn with_markers(sheet: &Sheet, mut header: Header) -> Header {
    let next = sheet.rows.iter().find(|row| row.number == header.rows.1 + 1);
    let is_markers = |row: &&Row| {
        let cells: Vec<String> = row.cells.iter().map(|c| nfc(&c.text())).filter(|t| !t.is_empty()).collect();
        cells.len() >= 3 && cells.iter().all(|text| is_marker(text))
    };
    if header.score > 0 && next.filter(is_markers).is_some() {
        header.rows.1 += 1;
    }
    header
}

fn is_marker(text: &str) -> bool {
    let inner = text.trim_matches(|c| matches!(c, '(' | ')' | '[' | ']'));
    let number = inner.len() <= 2 && inner.bytes().all(|b| b.is_ascii_digit());
    let letter = inner.len() == 1 && inner.bytes().all(|b| b.is_ascii_uppercase());
    !inner.is_empty() && (number || letter)
}

fn width(sheet: &Sheet) -> usize {
    sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: &[(u32, &[&str])]) -> Sheet {
        let cell = |text: &&str| {
            if text.is_empty() { Cell::Empty } else { Cell::Text((*text).into()) }
        };
        let row = |(number, cells): &(u32, &[&str])| Row { number: *number, cells: cells.iter().map(cell).collect() };
        Sheet { name: "DS".into(), rows: rows.iter().map(row).collect() }
    }

    #[test]
    fn two_rows_of_titles_under_a_heading() {
        let list = sheet(&[
            (1, &["ỦY BAN NHÂN DÂN XÃ"]),
            (2, &["DANH SÁCH NHÂN KHẨU"]),
            (5, &["STT", "Họ và tên", "Giới tính", "", "Điện thoại"]),
            (6, &["", "", "Nam", "Nữ", ""]),
            (7, &["(1)", "(2)", "(3)", "(4)", "(5)"]),
            (8, &["1", "Thào A Páo", "x", "", "0852808864"]),
        ]);
        let found = find(&list);
        assert_eq!(found.rows, (5, 7));
        assert_eq!(found.titles, ["STT", "Họ và tên", "Giới tính Nam", "Giới tính Nữ", "Điện thoại"]);
    }

    #[test]
    fn the_titles_may_stand_in_the_lower_row() {
        let list = sheet(&[
            (3, &["TT", "Thông tin chủ hộ", "", "Ghi chú"]),
            (4, &["", "Họ tên", "Năm sinh", ""]),
            (5, &["1", "Lò Văn Ún", "1972", ""]),
        ]);
        let found = find(&list);
        assert_eq!(found.rows, (3, 4));
        assert_eq!(columns::from_title(&found.titles[2]), Some(Column::Birth));
    }

    #[test]
    fn a_list_without_titles_has_none() {
        let found = find(&sheet(&[(1, &["1", "Thào A Páo", "Chủ hộ", "Thôn Suối Lìn", "0852808864"])]));
        assert_eq!(found.rows, (0, 0));
        assert_eq!(found.titles.len(), 5);
    }
}
