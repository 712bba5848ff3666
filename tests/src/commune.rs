//! A whole commune after a year of work: the list of 5,040 households and 19,435 residents in 60 hamlets,
//! and 60,000 visits. What the app costs on a notebook as large as they come is measured on it.
//!
//! Living through that year takes minutes, so the folder is kept beside the other things that are built,
//! and whoever measures takes a copy.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use data_encoding::BASE64;
use serde_json::{Value, json};
use tempfile::TempDir;
use tungnha_core::api::Api;
use tungnha_core::clock::Clock;

use crate::workload::{LEVELS, SKILLS, ok};
use crate::{Chance, list, notes};

/// The list as the commune's office keeps it.
pub const LIST: &str = "04-ca-xa.xlsx";
/// How many households it has.
pub const HOUSEHOLDS: usize = 5_040;
/// How many residents.
pub const RESIDENTS: usize = 19_435;
/// How often somebody was at a household's door.
pub const VISITS: usize = 60_000;

const VOLUNTEERS: usize = 8;
/// One in so many doors is not opened.
const ABSENT: usize = 6;
/// A year of 300 working days.
const VISITS_A_DAY: usize = VISITS / 300;
/// Eight in the morning of 1 January 2026 in Vietnam, in milliseconds since 1970.
const FIRST_MORNING: i64 = 1_767_229_200_000;
const DAY: i64 = 24 * 60 * 60_000;

/// A copy of the commune's folder. The first time it is made, which takes minutes.
pub fn copy() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(kept().join(DATABASE), folder.path().join(DATABASE)).unwrap();
    fs::copy(kept().join(KEY), folder.path().join(KEY)).unwrap();
    folder
}

const DATABASE: &str = "notebook.sqlite";
const KEY: &str = "notebook.key";

/// Where the commune's folder is kept. One that this version cannot read is made anew.
pub fn kept() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    let built = program.ancestors().find(|folder| folder.join("CACHEDIR.TAG").exists()).unwrap();
    let kept = built.join("commune");
    if !is_whole(&kept) {
        let _ = fs::remove_dir_all(&kept);
        // In memory where there is room: 60,000 saves that each wait for a disk take long.
        let made = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        live_through(made.path());
        fs::create_dir_all(&kept).unwrap();
        for name in [DATABASE, KEY] {
            fs::copy(made.path().join(name), kept.join(name)).unwrap();
        }
    }
    kept
}

fn is_whole(folder: &Path) -> bool {
    folder.join(KEY).exists()
        && Api::open(folder)
            .and_then(|api| {
                api.execute("report_get", json!({}))?;
                api.execute("household_list", json!({"limit": 1}))
            })
            .is_ok_and(|page| page["total"] == HOUSEHOLDS)
}

/// Imports the list through the commands that the face uses. How many households and residents are new.
pub fn import(api: &Api) -> Value {
    let file = fs::read(list(LIST)).unwrap();
    let opened = ok(api, "import_open", json!({"name": LIST, "content": BASE64.encode(&file)}));
    ok(api, "import_run", json!({"list": opened["list"]}))
}

/// Starts the commune's team.
pub fn start(api: &Api) {
    let names = json!({"team_name": "Xã", "place_name": "Bản 01", "member_name": "Cán bộ xã"});
    ok(api, "team_start", names);
}

fn live_through(folder: &Path) {
    let now = Arc::new(AtomicI64::new(FIRST_MORNING - DAY));
    let clock = now.clone();
    let api = Api::open_at(folder, Clock::from_fn(move || clock.load(Ordering::SeqCst))).unwrap();
    let mut chance = Chance::seeded(2026);
    start(&api);
    import(&api);
    let volunteers: Vec<Value> = (1..=VOLUNTEERS)
        .map(|n| ok(&api, "member_add", json!({"name": format!("Thành viên {n}"), "role": "member"}))["id"].take())
        .collect();
    let doors = doors(&api);
    for n in 0..VISITS {
        let (household, head) = &doors[n % HOUSEHOLDS];
        if n % VISITS_A_DAY == 0 {
            now.store(FIRST_MORNING + (n / VISITS_A_DAY) as i64 * DAY, Ordering::SeqCst);
            ok(&api, "member_sign_in", json!({"member": chance.one(&volunteers)}));
        }
        now.fetch_add(60_000, Ordering::SeqCst);
        if n < HOUSEHOLDS {
            let asked = json!({"household": household, "resident": head, "state": "given", "how": "spoken",
                "text_version": 1});
            ok(&api, "consent_record", asked);
        }
        let form = form(&mut chance, head);
        ok(&api, "visit_save", json!({"household": household, "form": form}));
    }
}

/// Each household and its head.
fn doors(api: &Api) -> Vec<(Value, Value)> {
    const PAGE: usize = 500;
    let pages = (0..HOUSEHOLDS.div_ceil(PAGE))
        .map(|page| ok(api, "household_list", json!({"sort": "place", "offset": page * PAGE, "limit": PAGE})));
    let rows: Vec<Value> = pages.flat_map(|page| page["rows"].as_array().unwrap().clone()).collect();
    assert_eq!(rows.len(), HOUSEHOLDS);
    let head = |row: &Value| ok(api, "household_get", json!({"household": row["id"]}))["people"][0]["id"].take();
    rows.into_iter().map(|row| (row["id"].clone(), head(&row))).collect()
}

/// A visit with a level, a service and a note; or nobody at home.
fn form(chance: &mut Chance, head: &Value) -> Value {
    if chance.below(ABSENT) == 0 {
        return json!({"outcome": "absent"});
    }
    json!({
        "outcome": "met", "met": [head], "note": notes::note(chance),
        "assessments": [{"resident": head, "skill": chance.one(SKILLS), "level": chance.one(LEVELS)}],
        "services": [{"service": "queue_number", "count": 1}],
    })
}
