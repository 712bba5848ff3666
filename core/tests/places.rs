//! A commune's 22 hamlets become 10. The tablets are offline throughout, one does not hear of it for weeks, one change
//! waits for its decision, and then it is all taken back and done again: nothing is lost and nobody is in two places.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};

use automerge::ActorId;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::{Value, json};
use tungnha_core::api::Api;
use tungnha_core::clock::Clock;
use tungnha_core::doc::flat::parse_change;
use tungnha_core::doc::{Change, Doc, Scalar, household as keys, space};
use tungnha_core::domain::{
    ChangeKind, ChangeState, HouseholdId, MemberId, PlaceChange, PlaceChangeId, PlaceId, SpaceId, visit,
};
use tungnha_core::notebook::Notebook;
use tungnha_core::projection::{fingerprint, places};
use tungnha_core::store::{changes, documents, spaces};
use uuid::Uuid;

/// 20 November 2026 in Vietnam.
const TODAY_MS: i64 = 1_795_107_600_000;
const PER_HAMLET: usize = 3;

/// A tablet of the commune.
struct Tablet {
    api: Api,
    folder: tempfile::TempDir,
}

impl Tablet {
    fn open(folder: tempfile::TempDir) -> Self {
        Self { api: Api::open_at(folder.path(), Clock::from_fn(|| TODAY_MS)).unwrap(), folder }
    }

    /// Lò Văn Inh, officer of the commune, has a notebook with 22 hamlets of three households each.
    fn of_the_commune() -> (Self, Vec<String>, Vec<String>) {
        let inh = Self::open(tempfile::tempdir().unwrap());
        inh.ok("team_start", json!({"team_name": "Tổ CNSCĐ xã", "place_name": "Bản 1", "member_name": "Lò Văn Inh"}));
        inh.ok("consent_setting_set", json!({"first": false}));
        for n in 2..=22 {
            inh.ok("place_add", json!({"name": format!("Bản {n}"), "kind": "hamlet", "word": "bản"}));
        }
        let places: BTreeMap<String, String> =
            inh.places().into_iter().map(|place| (text(&place["name"]), text(&place["id"]))).collect();
        let hamlets: Vec<String> = (1..=22).map(|n| places[&format!("Bản {n}")].clone()).collect();
        let households =
            hamlets.iter().flat_map(|hamlet| (0..PER_HAMLET).map(|n| inh.adds(hamlet, &format!("Chủ hộ {n}"))));
        let households = households.collect();
        (inh, hamlets, households)
    }

    fn adds(&self, hamlet: &str, head: &str) -> String {
        text(&self.ok("household_add", json!({"place": hamlet, "head": {"name": head}}))["id"])
    }

    /// Another tablet with what this one holds.
    fn twin(self) -> [Self; 2] {
        let Self { api, folder } = self;
        drop(api);
        let copy = tempfile::tempdir().unwrap();
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
        }
        [folder, copy].map(Self::open)
    }

    fn run(&self, command: &str, args: Value) -> Value {
        serde_json::from_str(&self.api.execute_json(&json!({"command": command, "args": args}).to_string())).unwrap()
    }

    fn ok(&self, command: &str, args: Value) -> Value {
        let answer = self.run(command, args);
        assert!(answer.get("error").is_none(), "{command}: {answer}");
        answer["ok"].clone()
    }

    fn refused(&self, command: &str, args: Value) -> String {
        text(&self.run(command, args)["error"]["code"])
    }

    fn tells(&self, other: &Self) {
        let file = self.ok("file_export", json!({}));
        other.ok("file_import", json!({"content": file["content"]}));
    }

    fn places(&self) -> Vec<Value> {
        self.ok("place_list", json!({})).as_array().unwrap().clone()
    }

    /// How many households stand under each place that stands, by name.
    fn households_by_place(&self) -> BTreeMap<String, u64> {
        self.places().iter().map(|place| (text(&place["name"]), place["households"].as_u64().unwrap())).collect()
    }

    /// The name of the place under which a household stands.
    fn stands(&self, household: &str) -> String {
        text(&self.ok("household_get", json!({"household": household}))["place_name"])
    }

    fn visits(&self, household: &str, day: &str) {
        let who = self.ok("household_get", json!({"household": household}))["people"][0]["id"].clone();
        let form = json!({"outcome": "met", "met": [who], "day": day});
        self.ok("visit_save", json!({"household": household, "form": form}));
    }

    /// Everything as it stands for who looks: each household with its place, and the numbers.
    fn picture(&self) -> Value {
        let list = self.ok("household_list", json!({"limit": 500, "sort": "place"}));
        let rows = list["rows"].as_array().unwrap();
        let rows: Vec<Value> =
            rows.iter().map(|row| json!([row["id"], row["place_name"], row["last_visit"]])).collect();
        json!({"rows": rows, "total": list["total"], "registry": self.ok("place_registry", json!({}))})
    }

    fn clean(&self) {
        let report = self.ok("verify", json!({}));
        assert_eq!(report["clean"], true, "{report}");
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("a text: {value}")).to_owned()
}

/// Which hamlets become one, counted from 1: nine mergers, and a tenth that nobody has decided yet.
const DECIDED: [&[usize]; 8] =
    [&[1, 2], &[3, 4, 5], &[6, 7], &[8, 9, 10], &[11, 12], &[13, 14, 15], &[16, 17], &[18, 19]];
const UNDECIDED: &[usize] = &[20, 21];

fn merger(hamlets: &[String], which: &[usize], day: Option<&str>) -> Value {
    let from: Vec<&String> = which.iter().map(|n| &hamlets[n - 1]).collect();
    let name = format!("Bản mới {}", which[0]);
    let mut draft = json!({"kind": "merge", "from": from, "into": [{"name": name}], "decision": "NQ 35/NQ-HĐND"});
    if let Some(day) = day {
        draft["day"] = json!(day);
    }
    draft
}

fn change_of<'a>(registry: &'a Value, into: &str) -> &'a Value {
    let mut changes = registry["changes"].as_array().unwrap().iter();
    changes.find(|change| change["into"][0]["name"] == into).unwrap()
}

#[test]
fn twenty_two_hamlets_become_ten_with_one_undecided_and_late_records_find_their_way() {
    let (inh, hamlets, households) = Tablet::of_the_commune();
    for household in &households {
        inh.visits(household, "2026-10-15");
    }
    let [inh, páo] = inh.twin();
    let [páo, nam] = páo.twin();

    // A look first: what would move, and whose reports.
    let preview = inh.ok("place_change_preview", merger(&hamlets, DECIDED[1], Some("2026-11-01")));
    assert_eq!(preview["before"].as_array().unwrap().len(), 3);
    assert_eq!(preview["after"].as_array().unwrap().len(), 1);
    let after = &preview["after"][0];
    assert_eq!((&after["households"], &after["visits"], &after["members"]), (&json!(9), &json!(9), &json!(1)));
    assert_eq!((&preview["months_kept"], &preview["months_new"]), (&json!(["2026-10"]), &json!([])));
    assert_eq!(inh.places().len(), 22, "a preview writes nothing");

    // Inh records the decision on his tablet; Nam, in another hamlet without signal, records two of the same mergers.
    for which in DECIDED {
        inh.ok("place_change_save", merger(&hamlets, which, Some("2026-11-01")));
    }
    inh.ok("place_change_save", merger(&hamlets, UNDECIDED, None));
    nam.ok("place_change_save", merger(&hamlets, DECIDED[0], Some("2026-11-01")));
    nam.ok("place_change_save", merger(&hamlets, DECIDED[1], Some("2026-11-01")));
    let now = inh.households_by_place();
    assert_eq!(now.len(), 8 + 3, "eight new ones, and the three that nothing was decided of");
    assert_eq!((now["Bản mới 1"], now["Bản mới 3"], now["Bản 20"]), (6, 9, 3));
    assert_eq!(now.values().sum::<u64>(), 66, "nobody is lost and nobody in two places");

    // Páo has heard of nothing. He visits under the old hamlet, and adds a household there.
    páo.visits(&households[0], "2026-11-05");
    let late = páo.adds(&hamlets[1], "Sồng A Dơ");
    assert_eq!(páo.stands(&late), "Bản 2");
    for (one, other) in [(&páo, &inh), (&nam, &inh), (&inh, &páo), (&inh, &nam)] {
        one.tells(other);
    }
    for tablet in [&inh, &páo, &nam] {
        assert_eq!(tablet.stands(&late), "Bản mới 1");
        let all = tablet.households_by_place();
        assert_eq!((all["Bản mới 1"], all.values().sum::<u64>()), (7, 67));
        assert_eq!(tablet.picture(), inh.picture(), "the same everywhere");
        assert_eq!(tablet.ok("conflict_list", json!({})), json!([]), "one merger recorded twice is one");
        tablet.clean();
    }
    let found = inh.ok("household_list", json!({"search": "ban 2 do"}));
    assert_eq!(found["rows"][0]["id"], json!(late), "the old name still finds it");

    // Only now the last one is decided; another is taken back, and done again.
    let registry = inh.ok("place_registry", json!({}));
    assert_eq!(registry["changes"][0]["state"], "pending", "what waits stands first");
    let settle = |into: &str, state: &str| {
        let change = change_of(&registry, into)["id"].clone();
        json!({"change": change, "state": state, "day": "2026-11-10", "decision": "NQ 41/NQ-HĐND"})
    };
    inh.ok("place_change_settle", settle("Bản mới 20", "decided"));
    assert_eq!(inh.places().len(), 10);
    let before = inh.picture();
    let undo = json!({"change": change_of(&registry, "Bản mới 1")["id"], "state": "undone"});
    inh.ok("place_change_settle", undo.clone());
    let parted = inh.households_by_place();
    assert_eq!((parted["Bản 1"], parted["Bản 2"], parted.contains_key("Bản mới 1")), (3, 4, false));
    assert_eq!(parted.values().sum::<u64>(), 67);
    inh.tells(&páo);
    assert_eq!(páo.stands(&late), "Bản 2");
    let mut redo = undo;
    redo["state"] = json!("decided");
    páo.ok("place_change_settle", redo);
    páo.tells(&inh);
    inh.tells(&nam);
    for tablet in [&inh, &páo, &nam] {
        assert_eq!(tablet.picture(), before, "undone and redone, everything is as it was");
        tablet.clean();
    }
}

#[test]
fn an_old_report_asks_as_of_its_day_and_a_comparison_counts_nobody_twice() {
    let (inh, hamlets, _) = Tablet::of_the_commune();
    inh.ok("place_change_save", merger(&hamlets, &[1, 2], Some("2026-11-10")));
    inh.ok(
        "place_change_save",
        json!({"kind": "rename", "from": [hamlets[2]], "into": [{"name": "Bản Hòa Bình"}], "day": "2026-11-15"}),
    );
    let Tablet { api, folder } = inh;
    drop(api);
    let notebook = Notebook::open(folder.path(), Clock::from_fn(|| TODAY_MS)).unwrap();
    let space = notebook.space().unwrap().id;
    let as_of = |day: Date| -> BTreeMap<String, BTreeSet<[u8; 16]>> {
        let sql = format!("SELECT place_name, household FROM ({})", places::located("?1", "?2"));
        let mut query = notebook.db().prepare(&sql).unwrap();
        let rows =
            query.query_map(rusqlite::params![space.bytes(), day.to_string()], |row| Ok((row.get(0)?, row.get(1)?)));
        let mut all: BTreeMap<String, BTreeSet<[u8; 16]>> = BTreeMap::new();
        for row in rows.unwrap() {
            let (place, household): (String, [u8; 16]) = row.unwrap();
            assert!(all.entry(place).or_default().insert(household));
        }
        all
    };
    let (october, november) = (as_of(date(2026, 10, 31)), as_of(date(2026, 11, 30)));
    assert_eq!((october.len(), november.len()), (22, 21));
    assert!(october.contains_key("Bản 3") && !october.contains_key("Bản mới 1"));
    assert!(november.contains_key("Bản Hòa Bình") && !november.contains_key("Bản 3"));
    let both: BTreeSet<_> = october["Bản 1"].union(&october["Bản 2"]).copied().collect();
    assert_eq!(november["Bản mới 1"], both);
    let all = |places: &BTreeMap<String, BTreeSet<[u8; 16]>>| {
        assert_eq!(places.values().map(BTreeSet::len).sum::<usize>(), 66, "each under one place");
        places.values().flatten().copied().collect::<BTreeSet<_>>()
    };
    assert_eq!(all(&october), all(&november));
}

#[test]
fn a_split_takes_the_lane_that_is_ticked_and_somebody_moved_back_by_hand_stays() {
    let (inh, hamlets, households) = Tablet::of_the_commune();
    let split = json!({
        "kind": "split", "from": [hamlets[0]], "day": "2026-11-01", "decision": "NQ 35",
        "into": [{"place": hamlets[0]}, {"name": "Bản Suối Lin"}],
        "going": [{"household": households[0], "to": 1}, {"household": households[1], "to": 1}],
    });
    let preview = inh.ok("place_change_preview", split.clone());
    let sums: BTreeMap<String, Value> = preview["after"]
        .as_array()
        .unwrap()
        .iter()
        .map(|sum| (text(&sum["name"]), sum["households"].clone()))
        .collect();
    assert_eq!(sums, [("Bản 1".to_owned(), json!(1)), ("Bản Suối Lin".to_owned(), json!(2))].into());
    inh.ok("place_change_save", split);
    assert_eq!([0, 1, 2].map(|n| inh.stands(&households[n])), ["Bản Suối Lin", "Bản Suối Lin", "Bản 1"]);
    assert_eq!(inh.ok("household_list", json!({"search": "suối lin"}))["total"], 2);

    inh.ok("household_edit", json!({"household": households[0], "fields": {"place": hamlets[0]}}));
    assert_eq!(inh.stands(&households[0]), "Bản 1");
    inh.clean();
}

#[test]
fn contradicting_mergers_agree_everywhere_and_are_told_of() {
    let (inh, hamlets, _) = Tablet::of_the_commune();
    let [inh, nam] = inh.twin();
    let into = |from: usize, into: usize| json!({"kind": "merge", "from": [hamlets[from]], "into": [{"place": hamlets[into]}], "day": "2026-11-01"});
    inh.ok("place_change_save", into(0, 1));
    nam.ok("place_change_save", into(1, 0));
    inh.tells(&nam);
    nam.tells(&inh);
    for tablet in [&inh, &nam] {
        let all = tablet.households_by_place();
        assert_eq!((all.len(), all.values().sum::<u64>()), (21, 66));
        let registry = tablet.ok("place_registry", json!({}));
        let told = registry["changes"].as_array().unwrap().iter().filter(|c| c["contradicted"] != json!([])).count();
        assert_eq!(told, 1);
        tablet.clean();
    }
    assert_eq!(inh.picture(), nam.picture());
    let gone = if inh.households_by_place().contains_key("Bản 1") { 1 } else { 0 };
    assert_eq!(inh.refused("place_change_save", into(gone, 4)), "place_gone");
    assert_eq!(inh.refused("place_change_save", into(4, 4)), "two_places");
}

#[test]
fn only_who_is_in_charge_changes_places_and_a_list_with_the_old_name_brings_no_second_hamlet() {
    let (inh, hamlets, _) = Tablet::of_the_commune();
    let rename =
        json!({"kind": "rename", "from": [hamlets[0]], "into": [{"name": "Bản Đoàn Kết"}], "day": "2026-11-01"});
    inh.ok("place_change_save", rename.clone());
    let place = inh.places().into_iter().find(|place| place["name"] == "Bản Đoàn Kết").unwrap();
    assert_eq!(place["formerly"], json!([{"name": "Bản 1", "until": "2026-11-01"}]));
    inh.ok(
        "place_edit",
        json!({"place": hamlets[0], "name": "Bản Đoàn Kết 1", "formerly": "Xóm Đồi", "official_code": "04048"}),
    );
    let place = inh.places().into_iter().find(|place| place["name"] == "Bản Đoàn Kết 1").unwrap();
    assert_eq!(place["formerly"].as_array().unwrap().len(), 2);
    assert_eq!(inh.ok("household_list", json!({"search": "xom doi"}))["total"], PER_HAMLET);

    let páo = inh.ok("member_add", json!({"name": "Giàng A Páo", "role": "member"}))["id"].clone();
    inh.ok("member_sign_in", json!({"member": páo}));
    assert_eq!(inh.refused("place_change_save", rename.clone()), "not_allowed");
    assert_eq!(inh.refused("place_edit", json!({"place": hamlets[0], "word": "xóm"})), "not_allowed");
    assert_eq!(inh.ok("place_registry", json!({}))["may_edit"], false);
}

// The same changes in any order --------------------------------------------------------

const SPACE: SpaceId = SpaceId(Uuid::from_u128(1));
const PLACES: u128 = 5;
const HOUSEHOLDS: u128 = 6;

fn place(n: u128) -> PlaceId {
    PlaceId(Uuid::from_u128(0x100 + n))
}

fn home(n: u128) -> HouseholdId {
    HouseholdId(Uuid::from_u128(0x200 + n))
}

fn written(n: usize, doc: Uuid, writes: &[(String, Scalar)]) -> (Uuid, Change) {
    let actor = ActorId::from(blake3::hash(&n.to_be_bytes()).as_bytes().get(..16).unwrap());
    let edit = |edit: &mut tungnha_core::doc::Edit<'_, '_>| writes.iter().for_each(|(key, value)| edit.set(key, value));
    (doc, Doc::new().write(&actor, "inh", 0, edit).unwrap().unwrap())
}

/// Mergers, splits and their undoing, written by people who had not heard of each other.
fn history() -> impl Strategy<Value = Vec<(Uuid, Change)>> {
    let kind = prop_oneof![3 => Just(ChangeKind::Merge), 2 => Just(ChangeKind::Split), 1 => Just(ChangeKind::Rename)];
    let state =
        prop_oneof![4 => Just(ChangeState::Decided), 1 => Just(ChangeState::Pending), 1 => Just(ChangeState::Undone)];
    let event = (kind, state, 0..PLACES, 0..PLACES, 1..28i8, 0..3u128, 0..HOUSEHOLDS);
    prop::collection::vec(event, 0..9).prop_map(|events| {
        let named = |n: u128| {
            let name = space::field(space::Thing::Place, place(n), "name");
            written(n as usize, SPACE.0, &[(name, Scalar::Text(format!("Bản {n}")))])
        };
        let mut all: Vec<_> = (0..PLACES).map(named).collect();
        all.extend((0..HOUSEHOLDS).map(|n| {
            let at = (keys::PLACE.to_owned(), Scalar::Text(place(n % PLACES).to_string()));
            written(50 + n as usize, home(n).0, &[at])
        }));
        for (n, (kind, state, from, to, day, id, who)) in events.into_iter().enumerate() {
            let into = match kind {
                ChangeKind::Rename => vec![place(from)],
                ChangeKind::Merge => vec![place(to)],
                ChangeKind::Split => vec![place(from), place(to)],
            };
            let change = PlaceChange {
                kind,
                state,
                from: vec![place(from)],
                into,
                day_number: Some(visit::day_number(date(2026, 11, day))),
                decision: String::new(),
                names: Vec::new(),
                clock: n as u64,
                author: MemberId(Uuid::nil()),
            };
            let id = PlaceChangeId(Uuid::from_u128(0x300 + id));
            let value = (space::value(space::Thing::PlaceChange, id), Scalar::Bytes(change.encode()));
            let goes = (space::goes(id, home(who)), Scalar::Text(place(to).to_string()));
            all.push(written(100 + n, SPACE.0, &[value, goes]));
        }
        all
    })
}

fn taken_in(history: &[(Uuid, Change)], check_each: bool) -> Notebook {
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    let mut notebook = Notebook::open(folder.path(), Clock::from_fn(|| TODAY_MS)).unwrap();
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
    fn the_order_in_which_changes_come_makes_no_difference_and_every_household_stands_somewhere(
        (history, shuffled) in history().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()))
    ) {
        let (one, other) = (taken_in(&history, false), taken_in(&shuffled, true));
        prop_assert_eq!(fingerprint(one.db()).unwrap(), fingerprint(other.db()).unwrap());
        for day in [date(2026, 10, 31), date(2026, 11, 14), date(2026, 11, 30)] {
            let sql = format!("SELECT count(*), count(DISTINCT l.household) FROM ({}) l
                               JOIN place_steps s ON s.space = ?1 AND s.place = l.place AND s.since <= ?2 AND s.until > ?2
                               AND s.now = s.place", places::located("?1", "?2"));
            let values = rusqlite::params![SPACE.bytes(), day.to_string()];
            let found: (i64, i64) = one.db().query_row(&sql, values, |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
            prop_assert_eq!(found, (HOUSEHOLDS as i64, HOUSEHOLDS as i64), "each under one place that stands on {}", day);
        }
    }
}
