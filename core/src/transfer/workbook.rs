//! A file becomes plain cells.
//!
//! The file is hostile until it is read: it is unpacked once within bounds before any parser of spreadsheets sees it
//! (a few kilobytes can unpack to gigabytes), and rows, columns and cells are counted. Nothing is ever calculated:
//! of a formula there is what the spreadsheet last showed, or else its text.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, Xlsx};
use jiff::civil::Date;
use zip::ZipArchive;

/// The largest file that is read, in bytes.
pub const MOST_BYTES: usize = 64 << 20;
/// What a file may unpack to, in bytes: a commune's list is about 20 MB.
const MOST_UNPACKED: u64 = 256 << 20;
const MOST_PARTS: usize = 2_000;
const MOST_SHEETS: usize = 200;
/// Rows with something in them, of one sheet.
const MOST_ROWS: usize = 200_000;
/// Columns beyond this are not read.
const MOST_COLUMNS: u32 = 200;
/// Cells of the whole file.
const MOST_CELLS: usize = 4_000_000;
/// Text of the whole file, in bytes: one long text may be shared by every cell.
const MOST_TEXT: usize = 256 << 20;
/// Characters of one cell; the rest is cut.
const MOST_CHARS: usize = 2_000;

/// Why a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorkbookError {
    /// It is no Excel workbook.
    #[error("not an Excel workbook (.xlsx)")]
    NotAWorkbook,
    /// It is in the old Excel format, or locked with a password: both look the same from outside.
    #[error("an old Excel file (.xls), or one locked with a password")]
    OldOrLocked,
    /// It is a workbook, but broken.
    #[error("the file is damaged")]
    Damaged,
    /// It is larger than a household list can be.
    #[error("the file is too large")]
    TooLarge,
}

/// A file that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workbook {
    /// The file's name, for showing.
    pub name: String,
    /// Its sheets, in its order.
    pub sheets: Vec<Sheet>,
}

/// One sheet: only the rows that hold something.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The name on its tab.
    pub name: String,
    /// Its rows, from above.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Its number as the spreadsheet shows it, from 1.
    pub number: u32,
    /// Its cells from column A on, up to the last that holds something.
    pub cells: Vec<Cell>,
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing, or only spaces.
    #[default]
    Empty,
    /// Text, as it was written.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Date(Date),
    /// True or false.
    Bool(bool),
    /// An error such as #REF!.
    Error,
    /// A formula and what it last showed; it is never calculated.
    Formula {
        /// Without the leading "=".
        formula: String,
        /// What the spreadsheet last showed.
        shown: Box<Cell>,
    },
}

impl Row {
    /// The cell of a column, from 0.
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }
}

impl Cell {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        matches!(self, Cell::Empty)
    }

    /// What a person would see: a formula's last value, or its text if it shows none.
    pub fn text(&self) -> String {
        match self {
            Cell::Empty | Cell::Error => String::new(),
            Cell::Text(text) => text.clone(),
            // Nine quadrillion is the last whole number that a cell holds exactly.
            Cell::Number(n) if n.fract() == 0.0 && n.abs() < 9e15 => format!("{}", *n as i64),
            Cell::Number(n) => n.to_string(),
            Cell::Date(date) => date.strftime("%d/%m/%Y").to_string(),
            Cell::Bool(yes) => if *yes { "x" } else { "" }.to_owned(),
            Cell::Formula { formula, shown } => match shown.text() {
                text if text.is_empty() => format!("={formula}"),
                text => text,
            },
        }
    }
}

impl Workbook {
    /// Reads an `.xlsx` file.
    pub fn open(name: &str, bytes: &[u8]) -> Result<Workbook, WorkbookError> {
        check(bytes)?;
        // The parser has panicked on broken files before; a broken list must not end the app.
        let sheets = catch_unwind(AssertUnwindSafe(|| sheets(bytes))).map_err(|_| WorkbookError::Damaged)??;
        Ok(Workbook { name: crate::text::normal::nfc(name), sheets })
    }

    /// A sheet by its name.
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }
}

/// Unpacks every part once, keeping nothing, to know that it stays within bounds and is whole.
fn check(bytes: &[u8]) -> Result<(), WorkbookError> {
    const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    if bytes.starts_with(OLE) {
        return Err(WorkbookError::OldOrLocked);
    }
    if !bytes.starts_with(b"PK") {
        return Err(WorkbookError::NotAWorkbook);
    }
    if bytes.len() > MOST_BYTES {
        return Err(WorkbookError::TooLarge);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| WorkbookError::Damaged)?;
    if archive.len() > MOST_PARTS {
        return Err(WorkbookError::TooLarge);
    }
    let mut left = MOST_UNPACKED;
    for part in 0..archive.len() {
        let part = archive.by_index(part).map_err(|_| WorkbookError::Damaged)?;
        let unpacked = std::io::copy(&mut part.take(left + 1), &mut std::io::sink());
        let unpacked = unpacked.map_err(|_| WorkbookError::Damaged)?;
        left = left.checked_sub(unpacked).ok_or(WorkbookError::TooLarge)?;
    }
    Ok(())
}

fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, WorkbookError> {
    let mut file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| WorkbookError::NotAWorkbook)?;
    let names = file.sheet_names();
    if names.len() > MOST_SHEETS {
        return Err(WorkbookError::TooLarge);
    }
    let mut left = Budget { cells: MOST_CELLS, text: MOST_TEXT };
    let mut sheets = Vec::with_capacity(names.len());
    for name in names {
        let rows = match rows(&mut file, &name, &mut left) {
            // A sheet of a chart holds no cells, and one broken sheet must not hide the list on another.
            Err(WorkbookError::Damaged) => Vec::new(),
            rows => rows?,
        };
        sheets.push(Sheet { name, rows });
    }
    Ok(sheets)
}

fn rows(file: &mut Xlsx<Cursor<&[u8]>>, name: &str, left: &mut Budget) -> Result<Vec<Row>, WorkbookError> {
    let mut reader = file.worksheet_cells_reader(name).map_err(|_| WorkbookError::Damaged)?;
    let mut rows: Vec<Row> = Vec::new();
    let mut in_order = true;
    while let Some(read) = reader.next_cell_with_formula().map_err(|_| WorkbookError::Damaged)? {
        let (row, column) = read.pos;
        let cell = match read.formula {
            Some(formula) => Cell::Formula { formula: cut(formula), shown: Box::new(plain(read.value)) },
            None => plain(read.value),
        };
        if cell.is_empty() || column >= MOST_COLUMNS {
            continue;
        }
        if rows.last().is_none_or(|last| last.number != row + 1) {
            in_order &= rows.last().is_none_or(|last| last.number <= row);
            if rows.len() == MOST_ROWS {
                return Err(WorkbookError::TooLarge);
            }
            rows.push(Row { number: row + 1, cells: Vec::new() });
        }
        if let Some(last) = rows.last_mut() {
            let column = column as usize;
            left.spend(&cell, (column + 1).saturating_sub(last.cells.len()))?;
            if last.cells.len() <= column {
                last.cells.resize(column + 1, Cell::Empty);
            }
            last.cells[column] = cell;
        }
    }
    if !in_order {
        rows.sort_by_key(|row| row.number);
    }
    Ok(rows)
}

/// What a file may still take of memory.
struct Budget {
    cells: usize,
    text: usize,
}

impl Budget {
    fn spend(&mut self, cell: &Cell, new_cells: usize) -> Result<(), WorkbookError> {
        let text = match cell {
            Cell::Text(text) => text.len(),
            Cell::Formula { formula, shown } => {
                formula.len() + if let Cell::Text(text) = &**shown { text.len() } else { 0 }
            }
            _ => 0,
        };
        let left = (self.cells.checked_sub(new_cells), self.text.checked_sub(text));
        let (Some(cells), Some(text)) = left else {
            return Err(WorkbookError::TooLarge);
        };
        *self = Budget { cells, text };
        Ok(())
    }
}

fn plain(value: DataRef<'_>) -> Cell {
    let text = |text: &str| {
        if text.trim().is_empty() { Cell::Empty } else { Cell::Text(cut(text.to_owned())) }
    };
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(s) => text(&s),
        DataRef::SharedString(s) => text(s),
        DataRef::Int(n) => Cell::Number(n as f64),
        DataRef::Float(n) => Cell::Number(n),
        DataRef::Bool(yes) => Cell::Bool(yes),
        DataRef::DateTime(day) => {
            let (year, month, date, ..) = day.to_ymd_hms_milli();
            match Date::new(year as i16, month as i8, date as i8) {
                Ok(date) if day.is_datetime() => Cell::Date(date),
                _ => Cell::Number(day.as_f64()),
            }
        }
        DataRef::DateTimeIso(iso) => match iso.get(..10).and_then(|day| day.parse().ok()) {
            Some(date) => Cell::Date(date),
            None => text(&iso),
        },
        DataRef::DurationIso(iso) => text(&iso),
        DataRef::Error(_) => Cell::Error,
    }
}

fn cut(text: String) -> String {
    match text.char_indices().nth(MOST_CHARS) {
        Some((end, _)) => text[..end].to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_workbook_is_named() {
        assert_eq!(Workbook::open("a.txt", b"STT;Ten"), Err(WorkbookError::NotAWorkbook));
        assert_eq!(Workbook::open("a.xlsx", b""), Err(WorkbookError::NotAWorkbook));
        assert_eq!(Workbook::open("a.xlsx", b"PK\x03\x04 and then nothing"), Err(WorkbookError::Damaged));
        let old = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0];
        assert_eq!(Workbook::open("a.xls", &old), Err(WorkbookError::OldOrLocked));
    }

    #[test]
    fn a_cell_is_text_as_a_person_sees_it() {
        assert_eq!(Cell::Number(815_338_795.0).text(), "815338795");
        assert_eq!(Cell::Date(jiff::civil::date(1984, 7, 24)).text(), "24/07/1984");
        let link = |shown| Cell::Formula { formula: "HYPERLINK(\"http://x\")".into(), shown: Box::new(shown) };
        assert_eq!(link(Cell::Empty).text(), "=HYPERLINK(\"http://x\")");
        assert_eq!(link(Cell::Text("xem".into())).text(), "xem");
    }
}
