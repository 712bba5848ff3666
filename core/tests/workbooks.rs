//! Household lists as communes keep them: files whose right import is known.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::time::Instant;

use jiff::civil::{Date, date};
use serde_json::Value;
use tungnha_core::domain::Sex;
use tungnha_core::transfer::{
    Column, ImportPlan, IssueCode, Layout, Mapping, PlannedHousehold, Severity, Workbook, plan, preview,
};

const TODAY: Date = date(2026, 11, 20);

fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/fixtures/workbooks/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).unwrap()
}

/// Reads a list as the app does when the person changes nothing.
fn read(bytes: &[u8]) -> ImportPlan {
    let workbook = Workbook::open("danh-sach.xlsx", bytes).unwrap();
    let shown = preview(&workbook, None, TODAY);
    let plan = plan(&workbook, &shown.mapping, TODAY);
    assert_eq!(shown.counts.households as usize, plan.households.len(), "what was shown is what comes in");
    assert_eq!(shown.counts.residents as usize, residents(&plan));
    plan
}

fn residents(plan: &ImportPlan) -> usize {
    plan.households.iter().map(|household| household.residents.len()).sum()
}

fn phones(plan: &ImportPlan) -> usize {
    let own = plan.households.iter().flat_map(|h| &h.residents).filter(|r| r.phone.is_some()).count();
    plan.households.iter().filter(|h| h.phone.is_some()).count() + own
}

fn head(household: &PlannedHousehold) -> &str {
    &household.residents[0].name
}

fn issues(plan: &ImportPlan) -> Vec<(u32, IssueCode)> {
    plan.issues.iter().map(|issue| (issue.row, issue.code)).collect()
}

/// Compares a plan with what `expected.json` says of its file.
fn expect(name: &str, plan: &ImportPlan) {
    let all: Value = serde_json::from_slice(&fixture("expected.json")).unwrap();
    let want = &all[name];
    assert_eq!(plan.households.len(), want["households"], "{name}");
    assert_eq!(residents(plan), want["residents"], "{name}");
    let mut hamlets: Vec<&str> = plan.households.iter().filter_map(|h| h.hamlet.as_deref()).collect();
    hamlets.sort_unstable();
    hamlets.dedup();
    assert_eq!(Value::from(hamlets), want["hamlets"], "{name}");
    assert_eq!(head(&plan.households[0]), want["first_head"], "{name}");
    assert_eq!(head(&plan.households[plan.households.len() - 1]), want["last_head"], "{name}");
    for sample in want["sample"].as_array().unwrap() {
        let found = plan.households.iter().find(|household| {
            let people: Vec<&str> = household.residents.iter().map(|r| r.name.as_str()).collect();
            head(household) == sample["head"]
                && household.phone.as_ref().map_or("", |phone| phone.as_str()) == sample["phone"]
                && household.hamlet.as_deref() == sample["hamlet"].as_str()
                && (sample["people"].is_null() || Value::from(people) == sample["people"])
        });
        assert!(found.is_some(), "{name}: {sample}");
    }
}

fn expect_phones(name: &str, plan: &ImportPlan) {
    let all: Value = serde_json::from_slice(&fixture("expected.json")).unwrap();
    assert_eq!(phones(plan), all[name]["phones"], "{name}");
}

#[test]
fn one_row_per_household() {
    let plan = read(&fixture("01-mau-chuan.xlsx"));
    expect("01-mau-chuan.xlsx", &plan);
    expect_phones("01-mau-chuan.xlsx", &plan);
    assert_eq!(plan.layout, Layout::PerHousehold);
    assert!(plan.issues.is_empty(), "{:?}", plan.issues);
    let first = &plan.households[0];
    assert_eq!((first.row, first.people_count, first.door.as_deref()), (2, Some(2), Some("Đường 1")));
    assert!(first.elderly && !first.business && plan.households[1].working_away && plan.households[2].business);
    let hac = plan.households.iter().filter(|h| head(h) == "Quàng Hặc").count();
    assert!(hac > 1, "people who share a name are households of their own");
}

#[test]
fn one_row_per_person_under_two_rows_of_titles() {
    let workbook = Workbook::open("02.xlsx", &fixture("02-nhan-khau-xa.xlsx")).unwrap();
    let shown = preview(&workbook, None, TODAY);
    assert_eq!((shown.mapping.sheet.as_str(), shown.mapping.header_rows), ("NK 2026", (5, 6)));
    let columns: Vec<Column> = shown.columns.iter().map(|c| c.column).collect();
    let want = {
        use Column::*;
        [Number, HouseholdCode, FullName, Relation, Birth, SexMale, SexFemale, IdNumber, Ethnicity, Phone, Hamlet]
    };
    assert_eq!(columns, want);

    let plan = plan(&workbook, &shown.mapping, TODAY);
    expect("02-nhan-khau-xa.xlsx", &plan);
    expect_phones("02-nhan-khau-xa.xlsx", &plan);
    assert_eq!(plan.layout, Layout::PerPerson);
    assert!(plan.issues.is_empty(), "{:?}", plan.issues);
    let first = &plan.households[0];
    let wife = &first.residents[1];
    assert_eq!(first.code.as_deref(), Some("H0001"));
    assert_eq!((wife.relation.as_deref(), wife.sex), (Some("Vợ"), Some(Sex::Female)));
    assert_eq!(wife.birth.unwrap().to_string(), "1969-06-08");
    assert_eq!(plan.households[1].residents[0].birth.unwrap().to_string(), "1986-01-16", "a date cell");
    assert_eq!(plan.households[1].residents[1].birth.unwrap().to_string(), "2016", "a year");
    assert_eq!(plan.households[2].phone.as_ref().unwrap().as_str(), "0815338795", "a lost zero");
}

#[test]
fn nothing_forbidden_leaves_the_reader() {
    let workbook = Workbook::open("02.xlsx", &fixture("02-nhan-khau-xa.xlsx")).unwrap();
    let mut shown = preview(&workbook, None, TODAY);
    // Somebody asks for the two columns as notes.
    shown.mapping.columns[7] = Column::Note;
    shown.mapping.columns[8] = Column::Note;
    let again = preview(&workbook, Some(&shown.mapping), TODAY);
    assert_eq!(again.columns[7].column, Column::IdNumber);
    assert!(!again.columns[7].stored && again.columns[7].samples.is_empty() && again.columns[8].samples.is_empty());
    let everything = serde_json::to_string(&(&again, plan(&workbook, &shown.mapping, TODAY))).unwrap();
    for forbidden in ["070578904404", "035078310241", "mong", "muong"] {
        assert!(!everything.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn a_whole_commune() {
    let bytes = fixture("04-ca-xa.xlsx");
    let started = Instant::now();
    let plan = read(&bytes);
    let took = started.elapsed();
    expect("04-ca-xa.xlsx", &plan);
    expect_phones("04-ca-xa.xlsx", &plan);
    if !cfg!(debug_assertions) {
        // Reading, a preview and a plan; three times the budget.
        assert!(took.as_secs_f64() < 6.0, "{took:?}");
    }
}

/// Run with `--release -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
#[allow(clippy::print_stdout)]
fn a_whole_commune_timed() {
    let bytes = fixture("04-ca-xa.xlsx");
    for _ in 0..3 {
        let started = Instant::now();
        let workbook = Workbook::open("04.xlsx", &bytes).unwrap();
        let opened = started.elapsed();
        let shown = preview(&workbook, None, TODAY);
        let previewed = started.elapsed();
        let plan = plan(&workbook, &shown.mapping, TODAY);
        let all = started.elapsed();
        println!("open {opened:?}, preview {:?}, plan {:?}, in all {all:?}", previewed - opened, all - previewed);
        assert_eq!(plan.households.len(), 5040);
    }
}

#[test]
fn everything_that_people_do_wrong() {
    let workbook = Workbook::open("06.xlsx", &fixture("06-nhieu-loi.xlsx")).unwrap();
    let mapping = preview(&workbook, None, TODAY).mapping;
    let read = plan(&workbook, &mapping, TODAY);

    let all: Value = serde_json::from_slice(&fixture("expected.json")).unwrap();
    let mut want: Vec<(u32, IssueCode)> = all["06-nhieu-loi.xlsx"]["rows_to_refuse_or_ask"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let code = match row[1].as_str().unwrap() {
                "missing head" => IssueCode::MissingHead,
                "12-digit id in note" => IssueCode::IdNumberInText,
                "impossible date" => IssueCode::ImpossibleDate,
                "bad phone" => IssueCode::BadPhone,
                other => panic!("{other}"),
            };
            (row[0].as_u64().unwrap() as u32, code)
        })
        .collect();
    want.extend([13, 30, 47].map(|row| (row, IssueCode::Formula)));
    want.push((62, IssueCode::DuplicateHousehold));
    want.sort_by_key(|(row, _)| *row);
    assert_eq!(issues(&read), want);
    assert!(read.issues.iter().all(|i| (i.severity == Severity::Refused) == (i.code == IssueCode::MissingHead)));
    let told = serde_json::to_string(&read).unwrap();
    assert!(!told.contains("067213070765") && !told.contains("CCCD"));

    // Four rows have no name: they wait for one.
    assert_eq!(read.households.len(), 56);
    let by_row = |row: u32| read.households.iter().find(|h| h.row == row).unwrap();
    assert_eq!((by_row(9).note.as_deref(), by_row(9).phone.is_some()), (None, true));
    assert_eq!(by_row(11).residents[0].birth, None);
    assert_eq!(by_row(15).phone, None);
    assert_eq!(by_row(13).note.as_deref(), Some("=HYPERLINK(\"http://x\")"), "as text, never calculated");
    assert_eq!(by_row(7).phone.as_ref().unwrap().as_str(), "0386402555", "a prefix of before 2018");
    let thoa: Vec<u32> = read.households.iter().filter(|h| head(h) == "Lường Thị Thoa").map(|h| h.row).collect();
    assert_eq!(thoa, [2, 59], "another woman of that name is another household, the last row is none");

    // The person who knows the hamlet supplies the four names.
    let names = [(5, "Lò Văn Ún"), (22, "Cà Thị Hịa"), (39, "VÌ VĂN INH"), (56, "Lèo Văn Biến")];
    let names: BTreeMap<u32, String> = names.into_iter().map(|(row, name)| (row, name.to_owned())).collect();
    let read = plan(&workbook, &Mapping { names, ..mapping }, TODAY);
    expect("06-nhieu-loi.xlsx", &read);
    assert_eq!(phones(&read), 45 - 3, "but for three that are no numbers");
}

#[test]
fn the_same_file_gives_the_same_plan() {
    let bytes = fixture("02-nhan-khau-xa.xlsx");
    assert_eq!(read(&bytes), read(&bytes));
}
