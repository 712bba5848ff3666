//! Edges between households and residents, and the households themselves, come in any order: the rows are
//! the same, and equal a rebuild at every moment.

#![allow(clippy::unwrap_used, reason = "tests")]

use automerge::ActorId;
use proptest::prelude::*;
use tungnha_core::clock::Clock;
use tungnha_core::doc::flat::parse_change;
use tungnha_core::doc::household::{self as keys, ResidentField};
use tungnha_core::doc::{Change, Doc, Scalar, space};
use tungnha_core::domain::visit::Assessment;
use tungnha_core::domain::{
    HouseholdId, Level, MemberId, Outcome, ResidentId, SameKind, SkillKey, SpaceId, Verdict, Visit, VisitId, same,
};
use tungnha_core::notebook::Notebook;
use tungnha_core::projection::fingerprint;
use tungnha_core::store::{changes, documents, spaces};
use uuid::Uuid;

const SPACE: SpaceId = SpaceId(Uuid::from_u128(1));
const HOUSEHOLDS: u128 = 5;

fn household(n: u128) -> Uuid {
    Uuid::from_u128(0x100 + n)
}

/// The only resident of the nth household.
fn resident(n: u128) -> Uuid {
    Uuid::from_u128(0x200 - n)
}

/// A change that builds on nothing, as somebody wrote it who had not heard of any other.
fn written(n: usize, doc: Uuid, writes: &[(String, Scalar)]) -> (Uuid, Change) {
    let actor = ActorId::from(blake3::hash(&n.to_be_bytes()).as_bytes().get(..16).unwrap());
    let edit = |edit: &mut tungnha_core::doc::Edit<'_, '_>| writes.iter().for_each(|(key, value)| edit.set(key, value));
    (doc, Doc::new().write(&actor, "dợ", 0, edit).unwrap().unwrap())
}

fn founded(n: u128) -> (Uuid, Change) {
    let who = ResidentId(resident(n));
    let visit = Visit {
        day: jiff::civil::date(2026, 11, 1 + n as i8),
        clock: n as u64,
        author: MemberId(Uuid::from_u128(7)),
        outcome: Outcome::Met,
        met: vec![who],
        assessments: vec![Assessment { resident: who, skill: SkillKey::ALL[0], level: Level::Guided }],
        items: vec![],
        services: vec![],
        need: String::new(),
        note: String::new(),
        obstacle: String::new(),
        follow_up: None,
        removed: false,
        shown: Vec::new(),
        photos: Vec::new(),
        with: Vec::new(),
        extra: vec![],
    };
    let writes = [
        (keys::HEAD.to_owned(), Scalar::Text(who.to_string())),
        (keys::PHONE.to_owned(), Scalar::Text(format!("091234567{n}"))),
        (keys::resident(who, ResidentField::Name), Scalar::Text(format!("Giàng A Páo {n}"))),
        (keys::visit(VisitId(Uuid::from_u128(0x300 + n))), Scalar::Bytes(visit.encode())),
    ];
    written(n as usize, household(n), &writes)
}

/// Five households, and what people say of pairs of them.
fn history() -> impl Strategy<Value = Vec<(Uuid, Change)>> {
    let kind = prop_oneof![Just(SameKind::Household), Just(SameKind::Resident)];
    let verdict = prop_oneof![3 => Just(Verdict::Same), 1 => Just(Verdict::Undone), 1 => Just(Verdict::Different)];
    let edge = (kind, 0..HOUSEHOLDS, 0..HOUSEHOLDS, verdict);
    prop::collection::vec(edge, 0..10).prop_map(|edges| {
        let mut all: Vec<_> = (0..HOUSEHOLDS).map(founded).collect();
        for (n, (kind, a, b, verdict)) in edges.into_iter().enumerate() {
            let id = |n| if kind == SameKind::Household { household(n) } else { resident(n) };
            let Some(pair) = same::pair(id(a), id(b)) else { continue };
            let edge = (space::same(kind, pair), Scalar::Text(verdict.as_str().to_owned()));
            all.push(written(100 + n, SPACE.0, &[edge]));
        }
        all
    })
}

fn taken_in(history: &[(Uuid, Change)], check_each: bool) -> Notebook {
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    let mut notebook = Notebook::open(folder.path(), Clock::from_fn(|| 1_795_000_000_000)).unwrap();
    notebook.write_aside(|db| spaces::insert(db, SPACE, false, &[])).unwrap();
    for (doc, change) in history {
        let kept = notebook.write_in(SPACE, "", |batch| {
            let mut content = documents::load(batch.db(), SPACE, doc.as_bytes())?;
            content.apply(vec![parse_change(&change.bytes)?])?;
            changes::insert_own(batch.db(), SPACE, doc.as_bytes(), change)?;
            batch.keep(doc.as_bytes(), &content)
        });
        kept.unwrap();
        if check_each {
            assert_eq!(notebook.verify().unwrap().problems, Vec::<String>::new());
        }
    }
    notebook
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn the_order_in_which_edges_and_households_come_makes_no_difference(
        (history, shuffled) in history().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()))
    ) {
        let (one, other) = (taken_in(&history, false), taken_in(&shuffled, true));
        prop_assert_eq!(fingerprint(one.db()).unwrap(), fingerprint(other.db()).unwrap());
        let visits = |notebook: &Notebook| notebook.db().query_row("SELECT count(*) FROM visits", [], |row| row.get(0));
        prop_assert_eq!(visits(&other), Ok(HOUSEHOLDS as i64), "every visit is shown once");
    }
}

#[test]
fn hostile_edges_are_kept_and_mean_nothing() {
    let id = |of: Uuid| HouseholdId(of).to_string();
    let (a, b) = (household(0), household(1));
    let same = Scalar::Text("same".to_owned());
    let edges = [
        (format!("same-household/{}/{}", id(b), id(a)), same.clone()),
        (format!("same-household/{}/{}", id(a), id(a)), same.clone()),
        (format!("same-household/{}/x", id(a)), same.clone()),
        (format!("same-household/{}", id(a)), same.clone()),
        (space::same(SameKind::Household, (SPACE.0, a)), same.clone()),
        (space::same(SameKind::Household, (a, b)), Scalar::Text("perhaps".to_owned())),
        (space::same(SameKind::Resident, (household(7), household(8))), same),
    ];
    let mut notebook = taken_in(&[founded(0), founded(1), written(9, SPACE.0, &edges)], true);
    let merged = "SELECT count(*) FROM households WHERE merged_into IS NOT NULL";
    assert_eq!(notebook.db().query_row(merged, [], |row| row.get::<_, i64>(0)), Ok(0));
    assert_eq!(notebook.verify().unwrap().problems, Vec::<String>::new());
}
