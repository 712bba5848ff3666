//! A report's figures against a naive calculation straight from the documents, over random histories: several
//! devices, visits late, corrected and taken back, households merged and parted, people who moved, lists that were
//! taken back, activities, clocks off by a day. And the same records in any order give the same report, byte for byte.
//!
//! `history.rs` makes up what people do, `taking.rs` brings it to a device, `naive.rs` counts it with sets and loops and knows nothing of tables.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::too_many_lines, reason = "tests")]

mod history;
mod naive;
mod taking;

use std::collections::BTreeMap;

use history::{SPACE, World, deeds};
use proptest::prelude::*;
use taking::Changes;
use tungnha_core::domain::{Calendar, Period, SpaceId};
use tungnha_core::notebook::Notebook;
use tungnha_core::projection::rules;
use tungnha_core::report::ground::Within;
use tungnha_core::report::{self, Wanted, view};
use uuid::Uuid;

/// A notebook that has taken these changes in, some of them twice.
fn taken_in(space: SpaceId, changes: &Changes, clock_ms: i64) -> Notebook {
    let (mut notebook, _folder) = taking::empty(clock_ms);
    taking::begin(&mut notebook, space);
    taking::take(&mut notebook, space, changes);
    notebook
}

/// The changes in another order, in which each still comes after those that it builds on, and some come twice.
fn shuffled(world: &World, seed: u64) -> Changes {
    let mut by_doc: BTreeMap<Uuid, Changes> = BTreeMap::new();
    for (doc, change) in world.everything() {
        by_doc.entry(doc).or_default().push((doc, change));
    }
    let mut order = Vec::new();
    let mut state = seed;
    let mut next = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    while !by_doc.is_empty() {
        let doc = *by_doc.keys().nth(next(by_doc.len())).unwrap();
        let waiting = by_doc.get_mut(&doc).unwrap();
        let taken = waiting.remove(0);
        if waiting.is_empty() {
            by_doc.remove(&doc);
        }
        if next(5) == 0 {
            order.push(taken.clone());
        }
        order.push(taken);
    }
    order
}

fn calendar(notebook: &Notebook) -> Calendar {
    rules::calendar(notebook.db(), SPACE).unwrap()
}

fn report(notebook: &Notebook, period: &str) -> view::Report {
    let period = Period::parse(period).unwrap();
    report::get(notebook.db(), SPACE, &calendar(notebook), period, Within::default()).unwrap()
}

fn records(notebook: &Notebook, period: &str, indicator: &str, row: Option<&str>, of: bool) -> view::Records {
    let wanted = Wanted { indicator, row, of, offset: 0, limit: 10_000 };
    let period = Period::parse(period).unwrap();
    report::records(notebook.db(), SPACE, &calendar(notebook), period, Within::default(), &wanted).unwrap()
}

const PERIODS: [&str; 3] = ["2026-10", "2026-11", "2026-12"];

/// A report's figures as the naive calculation has them.
fn as_naive(report: &view::Report) -> naive::Counted {
    let figures = report.figures.iter().map(|figure| {
        let places = figure.rows.iter().filter(|row| row.row.starts_with("place:"));
        let rows = places.map(|row| (row.place.clone().unwrap_or_default(), (row.value, row.of)));
        (figure.key.clone(), naive::Figure { value: figure.value, of: figure.of, rows: rows.collect() })
    });
    let door = |c: &view::Coverage| [c.households, c.visited, c.met, c.refused, c.moved_away, c.absent_only, c.never];
    naive::Counted {
        figures: figures.collect(),
        coverage: [door(&report.coverage), door(&report.coverage_in_period)],
        skills: report.skills.iter().map(|skill| skill.levels).collect(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn every_figure_is_what_counting_by_hand_gives(deeds in deeds(), seed: u64) {
        let world = World::lived(&deeds);
        let docs = world.documents();
        let notebook = taken_in(world.space(), &world.everything(), history::NOON);
        let other = taken_in(world.space(), &shuffled(&world, seed), history::NOON + 86_400_000);
        for period in PERIODS {
            let report = report(&notebook, period);
            prop_assert_eq!(&as_naive(&report), &naive::count(&docs, period), "{}", period);
            // The same records, in another order, on a device whose clock is a day ahead.
            let json = serde_json::to_string(&report).unwrap();
            prop_assert_eq!(&json, &serde_json::to_string(&self::report(&other, period)).unwrap());
            for figure in &report.figures {
                let behind = records(&notebook, period, &figure.key, None, false);
                prop_assert_eq!(behind.value, figure.value, "{}", figure.key);
                let sum: u64 = behind.records.iter().map(|record| record.count).sum();
                prop_assert_eq!(sum, figure.value.unwrap_or_default(), "{}", figure.key);
                let all = |place: bool| {
                    let rows = figure.rows.iter().filter(move |row| row.row.starts_with("place:") == place);
                    rows.map(|row| row.value.unwrap_or_default()).sum::<u64>()
                };
                prop_assert_eq!((all(true), all(false)), (sum, sum), "the rows of {} make up the whole", figure.key);
                // Opening every row of every month would take most of the test's time.
                for row in figure.rows.iter().filter(|_| period == PERIODS[1]) {
                    let behind = records(&notebook, period, &figure.key, Some(&row.row), false);
                    prop_assert_eq!(behind.value, row.value, "{} {}", figure.key, row.row);
                    prop_assert_eq!(behind.records.iter().map(|r| r.count).sum::<u64>(), row.value.unwrap_or_default());
                }
                if let Some(of) = figure.of {
                    prop_assert_eq!(records(&notebook, period, &figure.key, None, true).total, of as u32);
                }
            }
        }
        prop_assert_eq!(notebook.db().query_row("SELECT count(*) FROM documents", [], |row| row.get::<_, i64>(0)),
            Ok(docs.len() as i64));
    }

    #[test]
    fn progress_says_the_same_as_the_reports(deeds in deeds()) {
        let world = World::lived(&deeds);
        let notebook = taken_in(world.space(), &world.everything(), history::NOON);
        let calendar = calendar(&notebook);
        let current = Period::parse("2026-12").unwrap();
        let progress = report::progress(notebook.db(), SPACE, &calendar, current, Within::default()).unwrap();
        let last = report(&notebook, "2026-12");
        prop_assert_eq!(&progress.coverage, &last.coverage);
        for (skill, of_report) in progress.skills.iter().zip(&last.skills) {
            prop_assert_eq!(skill.people, of_report.levels);
            prop_assert_eq!(skill.best.iter().sum::<u32>(), progress.households);
        }
        let at_target = last.figures.iter().find(|figure| figure.key == "at_target").unwrap();
        let now = progress.months.last().unwrap();
        prop_assert_eq!(u64::from(now.at_target), at_target.value.unwrap_or_default());
        prop_assert_eq!(now.visited.unwrap_or_default(), last.coverage_in_period.visited);
        // The household's own rows say what the newest of all its visits made of it, and after the last of them so
        // does the report.
        let stored: i64 = notebook.db().query_row(
            "SELECT count(*) FROM standing WHERE hidden = 0 AND at_target = 1 AND status = 'living'", [], |row| row.get(0),
        ).unwrap();
        let heat = report::heat(notebook.db(), SPACE, jiff::civil::date(2026, 12, 31), Within::default(), 0, 500).unwrap();
        prop_assert_eq!(heat.rows.iter().filter(|row| row.at_target).count() as i64, stored);
        let after = report(&notebook, "2027-01").figures.into_iter().find(|figure| figure.key == "at_target").unwrap();
        prop_assert_eq!(after.value.unwrap_or_default() as i64, stored);
        prop_assert_eq!(heat.total, progress.households);
    }
}
