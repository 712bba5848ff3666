//! What a commune's report makes of several notebooks: the sum of what each of them says itself, figure by figure and row
//! by row, over random histories. `stories.rs` has what an office sees of its hamlets.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

#[allow(dead_code, reason = "another test asks for more of it")]
#[path = "../report_counts/history.rs"]
mod history;
#[path = "../months/mod.rs"]
mod months;
mod stories;
#[path = "../report_counts/taking.rs"]
mod taking;

use std::collections::{BTreeMap, BTreeSet};

use history::{Deed, NOON, World, deeds, indicators};
use jiff::civil::{Date, date};
use months::NOVEMBER;
use proptest::prelude::*;
use rusqlite::params;
use taking::Changes;
use tempfile::TempDir;
use tungnha_core::doc::Scalar;
use tungnha_core::doc::space::{self as keys, ReportPart, Thing};
use tungnha_core::domain::{
    Calendar, Fingerprints, MemberId, Period, ReportDeed, ReportEvent, ReportEventId, ReportRules, ReportScope,
    ReportState, SpaceId,
};
use tungnha_core::notebook::Notebook;
use tungnha_core::projection::rules;
use tungnha_core::report::commune::Commune;
use tungnha_core::report::frozen::Frozen;
use tungnha_core::report::ground::Within;
use tungnha_core::report::view::{FigureRow, Records, Report};
use tungnha_core::report::{self, Wanted, annex, standing};
use tungnha_core::store::documents;
use uuid::Uuid;

const TODAY: Date = date(2026, 12, 31);
const PERIODS: [&str; 3] = ["2026-10", NOVEMBER, "2026-12"];

fn period(text: &str) -> Period {
    Period::parse(text).unwrap()
}

/// Every change that a device has of a notebook.
fn changes_of(notebook: &Notebook, space: SpaceId) -> Changes {
    let docs = documents::heads(notebook.db(), space).unwrap().into_iter().map(|(doc, _)| doc);
    let of = |doc: [u8; 16]| {
        let changes = documents::load(notebook.db(), space, &doc).unwrap().changes();
        changes.into_iter().map(move |change| (Uuid::from_bytes(doc), change))
    };
    docs.flat_map(of).collect()
}

/// The office lists these notebooks.
fn list(notebook: &Notebook, office: SpaceId, listed: &[(SpaceId, String)]) {
    for (space, name) in listed {
        let sql =
            "INSERT INTO notebooks (space, id, name, keys, way, way_until, removed) VALUES (?1, ?2, ?3, x'', '', 0, 0)";
        notebook.db().execute(sql, params![office.bytes(), space.bytes(), name]).unwrap();
    }
}

/// A notebook on a device of its own.
struct Hamlet {
    space: SpaceId,
    alone: Notebook,
    _folder: TempDir,
}

impl Hamlet {
    /// What is done in the nth notebook, which counts a little less than the office; after so many changes November is
    /// locked there.
    fn lived(n: usize, deeds: &[(usize, Deed)], locked_after: Option<usize>) -> Self {
        let own = indicators().into_iter().enumerate().filter(|(at, _)| n == 0 || at % 7 != n).map(|(_, one)| one);
        let world = World::lived_in(n as u128 + 1, own.collect(), deeds);
        let (space, all) = (world.space(), world.everything());
        let (mut alone, folder) = taking::empty(NOON);
        taking::begin(&mut alone, space);
        // The first changes are the list.
        let before = locked_after.map_or(all.len(), |after| (6 + after).min(all.len()));
        taking::take(&mut alone, space, &all[..before]);
        if locked_after.is_some() {
            lock(&mut alone, space);
        }
        taking::take(&mut alone, space, &all[before..]);
        Self { space, alone, _folder: folder }
    }

    fn told(&self) -> Changes {
        changes_of(&self.alone, self.space)
    }

    fn report(&self, calendar: &Calendar, period: Period) -> Report {
        standing::shown(self.alone.db(), self.space, calendar, period, Within::default()).unwrap()
    }

    /// By what its report of a period counts.
    fn calendar(&self, office: &Calendar, period: Period) -> Calendar {
        standing::calendar(self.alone.db(), self.space, office, period).unwrap()
    }
}

/// Locks November as it is, like somebody in charge of this notebook would.
fn lock(notebook: &mut Notebook, space: SpaceId) {
    let scope = ReportScope { period: period(NOVEMBER), team: None };
    let calendar = rules::calendar(notebook.db(), space).unwrap();
    let live = report::get(notebook.db(), space, &calendar, scope.period, Within::default()).unwrap();
    let annex = annex::of(notebook.db(), space, &live.period, Within::default()).unwrap();
    let figures = Frozen::of(&live, calendar.rules(scope.period), annex.activities).encode();
    let mut prints = Fingerprints::default();
    documents::heads(notebook.db(), space).unwrap().iter().for_each(|(doc, heads)| prints.add(doc, heads));
    let id = ReportEventId(Uuid::from_u128(0x77));
    let event = ReportEvent {
        deed: ReportDeed::Locked,
        step: 1,
        clock: 1,
        at_ms: NOON,
        by: MemberId(Uuid::from_u128(0x70)),
        reason: String::new(),
        undoes: None,
        figures: 1,
        prints: 1,
        with: None,
    };
    let parts = [
        (ReportPart::Figures(id, 0), figures),
        (ReportPart::Prints(id, 0), prints.encode()),
        (ReportPart::Event(id), event.encode()),
    ];
    let write = |edit: &mut tungnha_core::doc::Edit<'_, '_>| {
        for (part, value) in parts {
            edit.set(&keys::field(Thing::Report, scope, &part.field()), &Scalar::Bytes(value));
        }
    };
    notebook.write_in(space, "", |batch| batch.edit_space(write)).unwrap();
}

/// An office that has no household of its own: a notebook with a name and the rules.
fn bare_office() -> (SpaceId, Changes) {
    let space = SpaceId(Uuid::from_u128((9 << 64) | 1));
    let (mut notebook, _folder) = taking::empty(NOON);
    taking::begin(&mut notebook, space);
    let rules = ReportRules { indicators: indicators(), title: "Báo cáo xã".into(), ..ReportRules::default() };
    let written = notebook.write_in(space, "", |batch| {
        batch.edit_space(|edit| {
            edit.text("name", "Xã Vân Hồ");
            edit.set(&keys::value(Thing::Rules, "2026-01"), &Scalar::Bytes(rules.encode()));
            edit.text(&keys::field(Thing::Place, Uuid::from_u128(9), "name"), "Trụ sở");
        })
    });
    written.unwrap();
    (space, changes_of(&notebook, space))
}

/// One device with all of these notebooks, which came in this order; the first one's office lists the others.
fn together(office: SpaceId, arrived: &[(SpaceId, Changes)]) -> (Notebook, TempDir) {
    let (mut notebook, folder) = taking::empty(NOON);
    arrived.iter().for_each(|(space, _)| taking::begin(&mut notebook, *space));
    // The longest stretches of them come in turns.
    let longest = arrived.iter().map(|(_, changes)| changes.len()).max().unwrap_or_default();
    for from in (0..longest).step_by(11) {
        for (space, changes) in arrived {
            let to = (from + 11).min(changes.len());
            taking::take(&mut notebook, *space, changes.get(from..to).unwrap_or_default());
        }
    }
    let others = arrived.iter().map(|(space, _)| *space).filter(|space| *space != office);
    // Names that sort otherwise than the ids do.
    let listed: Vec<_> = others.map(|space| (space, format!("Sổ {}", 20 - (space.0.as_u128() >> 64)))).collect();
    list(&notebook, office, &listed);
    (notebook, folder)
}

/// The sum of numbers of which each may be blank.
fn sum(numbers: impl Iterator<Item = Option<u64>>) -> Option<u64> {
    numbers.flatten().reduce(|a, b| a + b)
}

type Cells = (Option<u64>, Option<u64>);

/// The rows of a report for one figure, by key; blank where it does not have the figure.
fn rows(report: &Report, key: &str) -> BTreeMap<String, Cells> {
    let of = |row: &FigureRow| (row.row.clone(), (row.value, row.of));
    match report.figures.iter().find(|figure| figure.key == key) {
        Some(figure) => figure.rows.iter().map(of).collect(),
        None => report.figures[0].rows.iter().map(|row| (row.row.clone(), (None, None))).collect(),
    }
}

/// The commune's report is the sum of these.
fn is_sum(all: &Report, parts: &[Report]) -> Result<(), TestCaseError> {
    for figure in &all.figures {
        let key = &figure.key;
        let own: Vec<_> = parts.iter().filter_map(|part| part.figures.iter().find(|of| of.key == *key)).collect();
        prop_assert_eq!(figure.value, sum(own.iter().map(|figure| figure.value)), "{}", key);
        prop_assert_eq!(figure.of, sum(own.iter().map(|figure| figure.of)), "{}", key);
        let now = sum(own.iter().map(|figure| figure.adjusted.or(figure.value)));
        prop_assert_eq!(figure.adjusted.or(figure.value), now, "{}", key);
        prop_assert!(figure.adjusted.is_none() || figure.adjusted != figure.value, "{}", key);
        let now_of = sum(own.iter().map(|figure| figure.adjusted_of.or(figure.of)));
        prop_assert_eq!(figure.adjusted_of.or(figure.of), now_of, "{}", key);

        let mut wanted: BTreeMap<String, Vec<Cells>> = BTreeMap::new();
        for part in parts {
            rows(part, key).into_iter().for_each(|(row, cells)| wanted.entry(row).or_default().push(cells));
        }
        let wanted: BTreeMap<String, Cells> = wanted
            .into_iter()
            .map(|(row, cells)| (row, (sum(cells.iter().map(|c| c.0)), sum(cells.iter().map(|c| c.1)))))
            .collect();
        prop_assert_eq!(figure.rows.len(), wanted.len(), "{}: each row once", key);
        prop_assert_eq!(rows(all, key), wanted, "{}", key);
        let kinds: Vec<bool> = figure.rows.iter().map(|row| row.row.starts_with("team:")).collect();
        prop_assert!(kinds.is_sorted(), "{}: the places before the teams", key);
        for team in [false, true] {
            let of_kind = figure.rows.iter().filter(|row| row.row.starts_with("team:") == team);
            prop_assert_eq!(
                sum(of_kind.map(|row| row.value)),
                figure.value.filter(|_| kinds.contains(&team)),
                "{}",
                key
            );
        }
    }
    let covered = |of: fn(&Report) -> [u32; 7]| {
        parts.iter().map(of).fold([0; 7], |sum, one| std::array::from_fn(|n| sum[n] + one[n]))
    };
    prop_assert_eq!(doors(&all.coverage), covered(|part| doors(&part.coverage)));
    prop_assert_eq!(doors(&all.coverage_in_period), covered(|part| doors(&part.coverage_in_period)));
    for (n, skill) in all.skills.iter().enumerate() {
        for level in 0..5 {
            let own: u32 = parts.iter().map(|part| part.skills[n].levels[level]).sum();
            prop_assert_eq!(skill.levels[level], own);
        }
    }
    let names = |reports: &[Report]| -> BTreeSet<_> {
        reports.iter().flat_map(|report| &report.silent).map(|one| (one.place.clone(), one.team.clone())).collect()
    };
    prop_assert_eq!(names(std::slice::from_ref(all)), names(parts));
    prop_assert_eq!(&all.as_of, &parts.iter().filter_map(|part| part.as_of.clone()).max());
    prop_assert_eq!(all.unreadable, parts.iter().map(|part| part.unreadable).sum::<u32>());
    Ok(())
}

fn doors(c: &report::view::Coverage) -> [u32; 7] {
    [c.households, c.visited, c.met, c.refused, c.moved_away, c.absent_only, c.never]
}

/// What came late is what each notebook says of itself, with its name.
fn late_is_told(all: &Report, parts: &[(SpaceId, Report)]) -> Result<(), TestCaseError> {
    let told = parts.iter().flat_map(|(space, part)| {
        part.adjustments
            .iter()
            .cloned()
            .map(|late| report::view::Adjustment { notebook: Some(space.to_string()), ..late })
    });
    prop_assert_eq!(&all.adjustments, &told.collect::<Vec<_>>());
    Ok(())
}

/// The records behind each figure, and behind some of its rows, are those of the notebooks one after the other.
fn records_make_it_up(commune: &Commune<'_>, all: &Report, hamlets: &[&Hamlet], office: &Calendar) {
    let asked = period(&all.period.key);
    let locked = all.notebooks.iter().flatten().any(|notebook| notebook.state == ReportState::Locked);
    for figure in &all.figures {
        let wanted =
            |row: Option<&'static str>| Wanted { indicator: &figure.key, row, of: false, offset: 0, limit: 9_999 };
        let mut own = Vec::new();
        for hamlet in hamlets {
            let calendar = hamlet.calendar(office, asked);
            if calendar.rules(asked).indicators.iter().any(|indicator| indicator.key == figure.key) {
                let db = hamlet.alone.db();
                let told =
                    report::records(db, hamlet.space, &calendar, asked, Within::default(), &wanted(None)).unwrap();
                own.push((hamlet.space, told));
            }
        }
        let behind = commune.records(asked, &wanted(None)).unwrap();
        assert_eq!(behind.value, sum(own.iter().map(|(_, told)| told.value)), "{}", figure.key);
        assert_eq!(behind.records.iter().map(|record| record.count).sum::<u64>(), behind.value.unwrap_or_default());
        // Records are told as they are now; of a locked notebook the figure says beside it what that comes to, and
        // that is nought where no record is left of it.
        let now = figure.adjusted.or(figure.value);
        let nothing_left = now.filter(|now| locked && *now == 0);
        assert_eq!(behind.value.or(nothing_left), now, "{}", figure.key);
        let named = own.iter().flat_map(|(space, told)| {
            told.records
                .iter()
                .cloned()
                .map(|one| report::view::ReportRecord { notebook: Some(space.to_string()), ..one })
        });
        assert_eq!(behind.records, named.collect::<Vec<_>>(), "{}", figure.key);
        // Page by page it is the same.
        let page = |n: u32| commune.records(asked, &Wanted { offset: n * 3, limit: 3, ..wanted(None) }).unwrap();
        if figure.key == "visits" {
            let pages = (0..behind.total.div_ceil(3)).flat_map(|n| page(n).records);
            assert_eq!(pages.collect::<Vec<_>>(), behind.records);
        }
        let of_row = |row: &FigureRow| -> Records {
            commune.records(asked, &Wanted { row: Some(&row.row), ..wanted(None) }).unwrap()
        };
        // A locked row stays as it was, and nothing says beside it what it comes to now.
        for row in figure.rows.iter().filter(|_| !locked && figure.key.starts_with("give")) {
            assert_eq!(of_row(row).value, row.value, "{} {}", figure.key, row.row);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 100, ..ProptestConfig::default() })]

    #[test]
    fn a_commune_is_the_sum_of_its_notebooks(
        lived in prop::array::uniform3((deeds(), prop::option::of(0..30usize))),
        office_has_its_own: bool,
    ) {
        let hamlets: Vec<Hamlet> =
            lived.iter().enumerate().map(|(n, (deeds, locked))| Hamlet::lived(n, deeds, *locked)).collect();
        let mut told: Vec<(SpaceId, Changes)> = hamlets.iter().map(|hamlet| (hamlet.space, hamlet.told())).collect();
        if !office_has_its_own {
            told.insert(0, bare_office());
        }
        let office = told[0].0;
        let (here, _folder) = together(office, &told);
        told.reverse();
        let (other, _other_folder) = together(office, &told);
        let calendar = rules::calendar(here.db(), office).unwrap();
        let commune = Commune::of(here.db(), office, calendar.clone()).unwrap();
        let twin = Commune::of(other.db(), office, calendar.clone()).unwrap();
        // The office's own first, then the others, which are all called the same.
        let mut in_order: Vec<&Hamlet> = hamlets.iter().collect();
        in_order.sort_by_key(|hamlet| (hamlet.space != office, hamlet.space));
        for key in PERIODS {
            let asked = period(key);
            let all = commune.report(asked).unwrap();
            let parts: Vec<(SpaceId, Report)> =
                in_order.iter().map(|hamlet| (hamlet.space, hamlet.report(&calendar, asked))).collect();
            let reports: Vec<Report> = parts.iter().map(|(_, report)| report.clone()).collect();
            is_sum(&all, &reports)?;
            late_is_told(&all, &parts)?;
            let locked = key == NOVEMBER && lived.iter().all(|(_, locked)| locked.is_some());
            prop_assert_eq!(all.state == ReportState::Locked, locked);
            let notebooks = all.notebooks.as_ref().unwrap();
            for ((space, part), told) in parts.iter().zip(notebooks) {
                prop_assert_eq!(&told.notebook, &space.to_string());
                prop_assert_eq!(told.lock_at_ms, part.lock.as_ref().map(|lock| lock.at_ms));
                prop_assert_eq!(told.lacking, part.lock.as_ref().map_or(0, |lock| lock.lacking));
                prop_assert_eq!(told.state == ReportState::Locked, part.lock.is_some());
            }
            records_make_it_up(&commune, &all, &in_order, &calendar);
            // On a device to which they came in another order, byte for byte.
            let json = |report: &Report| serde_json::to_string(report).unwrap();
            prop_assert_eq!(json(&all), json(&twin.report(asked).unwrap()));
            let book = |commune: &Commune<'_>| {
                let (report, annex) = (commune.report(asked).unwrap(), commune.annex(asked).unwrap());
                report::workbook::make(&report, &annex).unwrap()
            };
            if key == NOVEMBER {
                prop_assert!(book(&commune) == book(&twin), "the workbooks differ");
            }
            let annexes = in_order.iter().map(|hamlet| {
                let days = report::period_view(&hamlet.calendar(&calendar, asked), asked);
                standing::annex(hamlet.alone.db(), hamlet.space, &days, asked, Within::default()).unwrap()
            });
            let held: usize = annexes.map(|annex| annex.activities.len()).sum();
            prop_assert_eq!(commune.annex(asked).unwrap().activities.len(), held);
        }
        prop_assert_eq!(commune.progress(period("2026-12")).unwrap(), twin.progress(period("2026-12")).unwrap());
        work_is_the_sum(&commune, &in_order, &calendar)?;
    }
}

/// The curve and the list of periods are sums, too.
fn work_is_the_sum(commune: &Commune<'_>, hamlets: &[&Hamlet], calendar: &Calendar) -> Result<(), TestCaseError> {
    let current = period("2026-12");
    let own = hamlets
        .iter()
        .map(|hamlet| report::progress(hamlet.alone.db(), hamlet.space, calendar, current, Within::default()).unwrap());
    let own: Vec<_> = own.collect();
    let all = commune.progress(current).unwrap();
    prop_assert_eq!(all.residents, own.iter().map(|one| one.residents).sum::<u32>());
    prop_assert_eq!(all.coverage.households, own.iter().map(|one| one.coverage.households).sum::<u32>());
    for (n, month) in all.months.iter().enumerate() {
        let sum_of =
            |of: fn(&report::view::ProgressMonth) -> u32| own.iter().map(|one| of(&one.months[n])).sum::<u32>();
        prop_assert_eq!(month.at_target, sum_of(|month| month.at_target));
        prop_assert_eq!(month.households, sum_of(|month| month.households));
        prop_assert_eq!(month.visits, sum_of(|month| month.visits));
        let visited = sum(own.iter().map(|one| one.months[n].visited.map(u64::from)));
        prop_assert_eq!(month.visited.map(u64::from), visited);
    }
    for (n, skill) in all.skills.iter().enumerate() {
        prop_assert_eq!(skill.people.iter().sum::<u32>(), all.residents);
        prop_assert_eq!(skill.best.iter().sum::<u32>(), all.households);
        prop_assert_eq!(skill.people[4], own.iter().map(|one| one.skills[n].people[4]).sum::<u32>());
    }
    let mut wanted: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for hamlet in hamlets {
        let told = report::periods(hamlet.alone.db(), &[hamlet.space], calendar, TODAY).unwrap();
        for summary in told.periods {
            let sums = wanted.entry(summary.period.key).or_default();
            *sums = (sums.0 + summary.visits, sums.1 + summary.activities);
        }
    }
    let periods = commune.periods(TODAY).unwrap().periods;
    for summary in &periods {
        prop_assert_eq!(summary.teams.len(), hamlets.len(), "also of who has written nothing");
        let by_team: u32 = summary.teams.iter().map(|team| team.visits).sum();
        prop_assert_eq!(by_team, summary.visits);
    }
    let told = periods.into_iter().map(|one| (one.period.key, (one.visits, one.activities)));
    prop_assert_eq!(told.collect::<BTreeMap<_, _>>(), wanted);
    Ok(())
}
