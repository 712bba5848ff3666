//! The official communes as they are shipped: all there, all former ones lead to existing ones.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use jiff::civil::date;
use tungnha_core::official::{LICENCE, Provinces, UnitKind, official};

#[test]
fn all_communes_are_there_by_province() {
    let all = official();
    assert_eq!((all.communes.len(), all.former.len(), all.provinces.codes().len()), (3_321, 10_040, 34));
    let mut of_province: BTreeMap<&str, u32> = BTreeMap::new();
    for unit in &all.communes {
        *of_province.entry(all.province(unit, date(2026, 11, 20))).or_default() += 1;
    }
    assert_eq!(of_province.len(), 34);
    let counts = ["Tỉnh Sơn La", "Tỉnh Quảng Ninh", "Tỉnh An Giang", "Tỉnh Bắc Ninh", "Tỉnh Tây Ninh"];
    assert_eq!(counts.map(|name| of_province[name]), [75, 54, 102, 99, 96]);
    let most = ["Thành phố Hồ Chí Minh", "Tỉnh Thanh Hóa", "Tỉnh Lai Châu", "Thành phố Huế"];
    assert_eq!(most.map(|name| of_province[name]), [168, 166, 38, 40]);
    let of_kind = |kind| all.communes.iter().filter(|unit| unit.kind == kind).count();
    assert_eq!([UnitKind::Commune, UnitKind::Ward, UnitKind::SpecialZone].map(of_kind), [2_621, 687, 13]);
}

#[test]
fn every_former_commune_leads_to_existing_ones_and_471_to_several() {
    let all = official();
    let (mut split, mut codes) = (0, std::collections::BTreeSet::new());
    for unit in &all.former {
        assert!(!unit.successors.is_empty(), "{} has no successor", unit.title());
        assert!(unit.successors.iter().all(|code| all.commune(code).is_some()), "{}", unit.title());
        assert!(codes.insert(&unit.code), "{} is there twice", unit.code);
        split += u32::from(unit.successors.len() > 1);
    }
    assert_eq!(split, 471);
}

#[test]
fn a_commune_is_found_without_marks_and_marks_narrow() {
    let all = official();
    let first = |text: &str| all.search(&all.communes, text, 5).first().map(|unit| unit.title()).unwrap_or_default();
    assert_eq!(first("van ho"), "Xã Vân Hồ");
    assert_eq!(first("xã vân hồ"), "Xã Vân Hồ");
    assert_eq!(first("my hoa hung an giang"), "Xã Mỹ Hòa Hưng");
    assert_ne!(first("vân hố"), "Xã Vân Hồ", "another tone is another word");
    assert!(all.search(&all.communes, "", 5).is_empty());
    let former = all.search(&all.former, "my hoa hung long xuyen", 5);
    assert_eq!(former[0].title(), "Xã Mỹ Hòa Hưng");
    assert_eq!(former[0].district, "Thành phố Long Xuyên");
}

#[test]
fn a_province_that_is_renamed_is_one_line_of_data() {
    let lines = "22\t2025-07-01\tTỉnh Quảng Ninh\n22\t2027-01-01\tThành phố Quảng Ninh\n";
    let provinces = Provinces::parse(lines);
    assert_eq!(provinces.name("22", date(2026, 12, 31)), Some("Tỉnh Quảng Ninh"));
    assert_eq!(provinces.name("22", date(2027, 1, 1)), Some("Thành phố Quảng Ninh"));
    assert_eq!(provinces.name("22", date(2020, 1, 1)), Some("Tỉnh Quảng Ninh"));
    assert_eq!(provinces.codes(), ["22"]);
}

#[test]
fn the_notice_of_the_data_is_shipped() {
    assert!(LICENCE.contains("vietnamadminunits 1.0.4") && LICENCE.contains("MIT License"));
}
