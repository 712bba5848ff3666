//! Files that nobody meant as a list, or somebody meant as harm.

#![allow(clippy::unwrap_used)]

use jiff::civil::{Date, date};
use proptest::prelude::*;
use tungnha_core::transfer::workbook::{Cell, Row, Sheet};
use tungnha_core::transfer::{Column, Mapping, Workbook, WorkbookError, plan, preview};

const TODAY: Date = date(2026, 11, 20);

const LIST: &[u8] = include_bytes!("fixtures/workbooks/01-mau-chuan.xlsx");

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = Workbook::open("a.xlsx", &bytes);
        let _ = Workbook::open("a.xlsx", &[b"PK\x03\x04".as_slice(), &bytes].concat());
    }

    #[test]
    fn a_list_with_changed_bytes_is_survived(changes in proptest::collection::vec((any::<usize>(), any::<u8>()), 1..8)) {
        let mut bytes = LIST.to_vec();
        for (at, byte) in changes {
            let len = bytes.len();
            bytes[at % len] = byte;
        }
        if let Ok(workbook) = Workbook::open("a.xlsx", &bytes) {
            let shown = preview(&workbook, None, TODAY);
            plan(&workbook, &shown.mapping, TODAY);
        }
    }

    #[test]
    fn any_cells_and_any_mapping_are_survived(
        cells in proptest::collection::vec(proptest::collection::vec("[ -~àđĐ0-9x]{0,14}|Chủ hộ|Họ tên|Lò Văn Ún", 0..6), 0..8),
        first in 0u32..9, last in 0u32..9, picks in proptest::collection::vec(0usize..6, 0..9),
    ) {
        use Column::*;
        let rows = cells.into_iter().zip(1..).map(|(texts, number)| Row {
            number,
            cells: texts.into_iter().map(Cell::Text).collect(),
        });
        let sheet = Sheet { name: "A".into(), rows: rows.collect() };
        let workbook = Workbook { name: "a".into(), sheets: vec![sheet] };
        let columns = picks.into_iter().map(|i| [FullName, Relation, Phone, HouseholdCode, SexMale, Note][i]).collect();
        let mapping = Mapping { sheet: "A".into(), header_rows: (first, last), columns, ..Mapping::default() };
        let read = plan(&workbook, &mapping, TODAY);
        prop_assert!(read.households.iter().all(|household| !household.residents.is_empty()));
        preview(&workbook, None, TODAY);
    }
}

/// A file of some kilobytes that unpacks to more than a machine has.
#[test]
fn a_file_that_unpacks_without_end_is_refused() {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("xl/worksheets/sheet1.xml", options).unwrap();
    let spaces = vec![b' '; 1 << 20];
    for _ in 0..257 {
        std::io::Write::write_all(&mut archive, &spaces).unwrap();
    }
    let bytes = archive.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20, "{} bytes", bytes.len());
    assert_eq!(Workbook::open("a.xlsx", &bytes), Err(WorkbookError::TooLarge));
}

#[test]
fn a_broken_file_is_refused() {
    assert_eq!(Workbook::open("a.xlsx", &LIST[..LIST.len() / 2]), Err(WorkbookError::Damaged));
}
