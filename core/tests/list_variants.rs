//! Household lists as communes might keep them: other titles, other orders, other sheets first.

#![allow(clippy::unwrap_used)]

use jiff::civil::{Date, date};
use rust_xlsxwriter::{Format, Formula, Workbook as Writer};
use tungnha_core::domain::Sex;
use tungnha_core::transfer::{
    Column, ImportPlan, IssueCode, Mapping, PlannedHousehold, Severity, Workbook, plan, preview,
};

const TODAY: Date = date(2026, 11, 20);

/// Reads a list as the app does when the person changes nothing.
fn read(bytes: &[u8]) -> ImportPlan {
    let workbook = Workbook::open("danh-sach.xlsx", bytes).unwrap();
    plan(&workbook, &preview(&workbook, None, TODAY).mapping, TODAY)
}

fn head(household: &PlannedHousehold) -> &str {
    &household.residents[0].name
}

fn issues(plan: &ImportPlan) -> Vec<(u32, IssueCode)> {
    plan.issues.iter().map(|issue| (issue.row, issue.code)).collect()
}

/// Writes a workbook; each sheet is rows of texts, an empty text no cell.
fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut writer = Writer::new();
    for (name, rows) in sheets {
        let sheet = writer.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (r, row) in rows.iter().enumerate() {
            for (c, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                sheet.write_string(r as u32, c as u16, *text).unwrap();
            }
        }
    }
    writer.save_to_buffer().unwrap()
}

#[test]
fn other_titles_other_orders_other_sheets_first() {
    let bytes = workbook(&[
        ("Hướng dẫn", &[&["Cách ghi danh sách hộ và họ tên chủ hộ"], &["1. Ghi đủ dấu"]]),
        ("Tổng hợp", &[&["Thôn", "Số hộ", "Số khẩu"], &["Suối Lìn", "3", "9"]]),
        (
            "Hộ dân T11",
            &[
                &["UBND XÃ VÂN HỒ"],
                &["DANH SÁCH HỘ GIA ĐÌNH NĂM 2026"],
                &[],
                &["Ghi chú", "ĐT liên hệ", "Tổng số nhân khẩu", "Họ, chữ đệm và tên chủ hộ", "Khu dân cư", "TT"],
                &["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
                &["buôn bán nhỏ", "0912.345.678", "4 người", "GIÀNG A PÁO", "Thôn Suối Lìn", "1"],
                &["", "+84 986 136 943", "2", "Lò Thị Thoa", "", "2"],
                &["", "không có", "", "Cà Văn Ún", "thôn suối lìn", "3"],
                &["", "", "6", "Cộng", "", ""],
                &["Người lập biểu", "", "", "TM. ỦY BAN NHÂN DÂN", "", ""],
                &["", "", "", "Nguyễn Văn Chủ Tịch", "", ""],
            ],
        ),
    ]);
    let plan = read(&bytes);
    let rows: Vec<_> = plan
        .households
        .iter()
        .map(|h| (h.row, head(h), h.phone.as_ref().map(|p| p.as_str()), h.people_count, h.hamlet.as_deref()))
        .collect();
    let hamlet = Some("Thôn Suối Lìn");
    assert_eq!(
        rows,
        [
            (6, "Giàng A Páo", Some("0912345678"), Some(4), hamlet),
            (7, "Lò Thị Thoa", Some("0986136943"), Some(2), hamlet),
            (8, "Cà Văn Ún", None, None, hamlet),
        ]
    );
    assert!(plan.households[0].business);
    assert!(plan.issues.is_empty(), "{:?}", plan.issues);
}

#[test]
fn people_without_household_codes_and_with_a_sex_column() {
    let bytes = workbook(&[(
        "NK",
        &[
            &["Thôn", "Phái", "Năm sinh", "Quan hệ", "Họ đệm", "Tên"],
            &["Bản Chiềng Đi", "Nam", "1970", "Chủ hộ", "Lò Văn", "Ún"],
            &["", "Nữ", "12/1972", "Vợ", "Cà Thị", "Hịa"],
            &["", "Nữ", "01/02/2000", "Con", "Lò Thị", "Thoa"],
            &["", "Nữ", "1950", "Chủ hộ", "Vì Thị", "Pâng"],
            &["Thôn Hang Trùng", "Nam", "1980", "Chủ hộ", "Giàng A", "Páo"],
        ],
    )]);
    let plan = read(&bytes);
    let sizes: Vec<_> =
        plan.households.iter().map(|h| (head(h), h.residents.len(), h.hamlet.as_deref().unwrap())).collect();
    let (di, trung) = ("Bản Chiềng Đi", "Thôn Hang Trùng");
    assert_eq!(sizes, [("Lò Văn Ún", 3, di), ("Vì Thị Pâng", 1, di), ("Giàng A Páo", 1, trung)]);
    assert_eq!(plan.households[0].residents[1].sex, Some(Sex::Female));
    assert_eq!(plan.households[0].residents[1].birth.unwrap().to_string(), "1972-12");
}

#[test]
fn a_head_who_is_not_the_first_row_and_codes_on_every_row() {
    let bytes = workbook(&[(
        "NK",
        &[
            &["Số hộ khẩu", "Họ và tên", "QH với chủ hộ", "Năm sinh", ""],
            &["", "", "", "Nam", "Nữ"],
            &["15", "Cà Thị Hịa", "Vợ", "", "1972"],
            &["15", "Lò Văn Ún", "Chủ hộ", "1970", ""],
            &["16", "Vì Thị Pâng", "Chủ hộ", "", "1950"],
            &["15", "Lò Thị Thoa", "Con", "", "2000"],
            &["17", "", "Chủ hộ", "1960", ""],
            &["17", "Sùng A Dê", "Con", "1990", ""],
        ],
    )]);
    let plan = read(&bytes);
    let people: Vec<Vec<&str>> =
        plan.households.iter().map(|h| h.residents.iter().map(|r| r.name.as_str()).collect()).collect();
    assert_eq!(people[0], ["Lò Văn Ún", "Cà Thị Hịa", "Lò Thị Thoa"]);
    assert_eq!(people[1..], [vec!["Vì Thị Pâng"], vec!["Sùng A Dê"]]);
    let wife = &plan.households[0].residents[1];
    assert_eq!((wife.sex, wife.birth.unwrap().year), (Some(Sex::Female), 1972), "the year stands for the cross");
    assert_eq!(issues(&plan), [(7, IssueCode::MissingHead), (7, IssueCode::HeadNotMarked)]);
}

#[test]
fn names_that_look_like_titles_and_totals_come_in() {
    let names =
        ["Họ tên chủ hộ", "Nguyễn Công Dân", "Tòng Số", "Bàn Mùi Mui", "Lang Văn Páo", "Họ tên chủ hộ", "Hồ Tên"];
    let rows: Vec<[&str; 1]> = names.iter().map(|name| [*name]).collect();
    let rows: Vec<&[&str]> = rows.iter().map(|row| row.as_slice()).collect();
    let plan = read(&workbook(&[("DS", &rows)]));
    let found: Vec<&str> = plan.households.iter().map(head).collect();
    assert_eq!(found, ["Nguyễn Công Dân", "Tòng Số", "Bàn Mùi Mui", "Lang Văn Páo", "Hồ Tên"]);
}

#[test]
fn hamlets_as_headings_between_the_rows() {
    let bytes = workbook(&[(
        "DS",
        &[
            &["STT", "Họ tên chủ hộ", "Điện thoại"],
            &["I. Thôn Hang Trùng"],
            &["1", "Lò Văn Ún", "0912345678"],
            &["Tổng: 1 hộ"],
            &["II. Bản Chiềng Đi"],
            &["1", "Giàng A Páo", "0912345679"],
        ],
    )]);
    let plan = read(&bytes);
    let found: Vec<_> = plan.households.iter().map(|h| (head(h), h.hamlet.as_deref().unwrap())).collect();
    assert_eq!(found, [("Lò Văn Ún", "Thôn Hang Trùng"), ("Giàng A Páo", "Bản Chiềng Đi")]);
}

#[test]
fn card_numbers_under_a_misleading_title_are_not_read() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet();
    for (c, title) in ["Họ tên chủ hộ", "Mã hộ", "Ghi chú", "Số", "SĐT"].iter().enumerate() {
        sheet.write_string(0, c as u16, *title).unwrap();
    }
    for (r, name) in ["Lò Văn Ún", "Cà Thị Hịa", "Giàng A Páo"].iter().enumerate() {
        let row = r as u32 + 1;
        sheet.write_string(row, 0, *name).unwrap();
        sheet.write_string(row, 1, format!("0672130707{}", 65 + r)).unwrap();
        sheet.write_string(row, 2, ["067 213 070 765", "", "034.204.012.345"][r]).unwrap();
        sheet.write_number_with_format(row, 3, 35_078_310_241.0 + r as f64, &Format::new()).unwrap();
        sheet.write_string(row, 4, ["0912345678", "067213070799", "0912345670"][r]).unwrap();
    }
    let bytes = writer.save_to_buffer().unwrap();
    let workbook = Workbook::open("a.xlsx", &bytes).unwrap();
    let shown = preview(&workbook, None, TODAY);
    let columns: Vec<Column> = shown.columns.iter().map(|c| c.column).collect();
    use Column::*;
    // A column of which a third is card numbers is given up; that costs phones and saves a person's number.
    assert_eq!(columns, [HeadName, IdNumber, IdNumber, IdNumber, IdNumber]);
    let told = serde_json::to_string(&(shown.clone(), plan(&workbook, &shown.mapping, TODAY))).unwrap();
    for digits in ["0672130707", "067 213", "034.204", "35078310241", "067213070799"] {
        assert!(!told.contains(digits), "{digits}");
    }
    assert_eq!(shown.counts.households, 3);
}

#[test]
fn a_person_changes_the_mapping() {
    let bytes = workbook(&[
        ("Một", &[&["Họ tên", "A", "B"], &["Lò Văn Ún", "0912345678", "cạnh cầu treo"]]),
        ("Hai", &[&["Họ tên chủ hộ"], &["Cà Thị Hịa"], &["12345"], &["Vì Văn Inh CCCD 067213070765"]]),
    ]);
    let workbook = Workbook::open("a.xlsx", &bytes).unwrap();
    let mut shown = preview(&workbook, Some(&Mapping { sheet: "Một".into(), ..Mapping::default() }), TODAY);
    assert_eq!(shown.columns[1].column, Column::Phone, "known by its values");
    assert_eq!(shown.columns[2].column, Column::Ignore);
    shown.mapping.columns[2] = Column::Address;
    let again = preview(&workbook, Some(&shown.mapping), TODAY);
    assert_eq!(again.households[0].door.as_deref(), Some("cạnh cầu treo"));

    let other = preview(&workbook, Some(&Mapping { sheet: "Hai".into(), ..Mapping::default() }), TODAY);
    assert_eq!(other.households.len(), 2);
    assert_eq!(head(&other.households[1]), "Vì Văn Inh");
    let told: Vec<_> = other.issues.iter().map(|i| (i.row, i.severity, i.code)).collect();
    let want = [(3, Severity::Refused, IssueCode::NameIsNumber), (4, Severity::Doubtful, IssueCode::IdNumberInText)];
    assert_eq!(told, want);
    assert!(
        preview(&workbook, Some(&Mapping { sheet: "Ba".into(), ..Mapping::default() }), TODAY).households.is_empty()
    );
}

#[test]
fn formulas_are_what_they_last_showed() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet();
    sheet.write_string(0, 0, "Họ tên chủ hộ").unwrap();
    sheet.write_string(0, 1, "Số khẩu").unwrap();
    sheet.write_formula(1, 0, Formula::new("=\"Lò Văn\"&\" Ún\"").set_result("Lò Văn Ún")).unwrap();
    sheet.write_formula(1, 1, Formula::new("=1+2").set_result("3")).unwrap();
    let plan = read(&writer.save_to_buffer().unwrap());
    assert_eq!((head(&plan.households[0]), plan.households[0].people_count), ("Lò Văn Ún", Some(3)));
    assert_eq!(issues(&plan), [(2, IssueCode::Formula), (2, IssueCode::Formula)]);
}

#[test]
fn a_stray_cell_at_the_end_of_the_sheet_costs_nothing() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet();
    sheet.write_string(0, 0, "Chủ hộ").unwrap();
    sheet.write_string(1, 0, "Lò Văn Ún").unwrap();
    sheet.write_string(1_048_575, 16_383, "x").unwrap();
    let workbook = Workbook::open("a.xlsx", &writer.save_to_buffer().unwrap()).unwrap();
    assert_eq!(workbook.sheets[0].rows.len(), 2);
    assert_eq!(preview(&workbook, None, TODAY).counts.households, 1);
}

#[test]
fn a_code_that_two_households_share_is_told() {
    let bytes = workbook(&[(
        "DS",
        &[
            &["Mã hộ", "Chủ hộ", "Bản", "SĐT"],
            &["H01", "Lò Văn Ún", "Bản Chiềng Đi", "0912345678"],
            &["h01", "Cà Thị Hịa", "Bản Chiềng Đi", ""],
            &["H01", "Vì Văn Inh", "Thôn Suối Lìn", ""],
            &["h01", "LÒ VĂN ÚN", "Bản Chiềng Đi", "912345678"],
        ],
    )]);
    let plan = read(&bytes);
    let found: Vec<_> = plan.households.iter().map(|h| (h.row, h.code.as_deref())).collect();
    assert_eq!(found, [(2, Some("H01")), (3, None), (4, Some("H01"))], "another hamlet counts for itself");
    assert_eq!(issues(&plan), [(3, IssueCode::DuplicateCode), (5, IssueCode::DuplicateHousehold)]);
}
