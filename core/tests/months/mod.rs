//! A commune's month, for the stories about its report: teams, households, visits, and devices that meet.

#![allow(clippy::unwrap_used, clippy::panic, dead_code, reason = "tests")]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use serde_json::{Value, json};
use tungnha_core::api::Api;
use tungnha_core::clock::Clock;
use tungnha_core::domain::HouseholdId;
use tungnha_core::notebook::Notebook;

/// Nine in the morning of 20 November 2026 in Vietnam: the day on which the month ends.
pub const THE_20TH: i64 = 1_795_107_600_000 + 9 * HOUR;
/// An hour, in milliseconds.
pub const HOUR: i64 = 3_600_000;
/// The month that ends on that day.
pub const NOVEMBER: &str = "2026-11";

/// A device of the commune.
pub struct Tablet {
    pub api: Api,
    folder: tempfile::TempDir,
    time: Arc<AtomicI64>,
}

impl Tablet {
    /// The office's tablet: Lò Thị Mai is the commune's officer.
    pub fn of_the_office() -> Self {
        Self::of("Xã Vân Hồ", "Bản Hang Trùng", "Lò Thị Mai")
    }

    /// A tablet on which somebody starts a notebook.
    pub fn of(team: &str, place: &str, member: &str) -> Self {
        let tablet = Self::open(tempfile::tempdir().unwrap(), THE_20TH);
        tablet.ok("team_start", json!({"team_name": team, "place_name": place, "member_name": member}));
        tablet.ok("consent_setting_set", json!({"first": false}));
        tablet
    }

    fn open(folder: tempfile::TempDir, now: i64) -> Self {
        let time = Arc::new(AtomicI64::new(now));
        let source = time.clone();
        let api = Api::open_at(folder.path(), Clock::from_fn(move || source.load(Ordering::SeqCst))).unwrap();
        Self { api, folder, time }
    }

    /// Another device with what this one holds. It writes under an actor of its own, and has a clock of its own.
    pub fn twin(&self) -> Self {
        // The database is copied as a backup would copy it: with its journal beside it.
        let copy = tempfile::tempdir().unwrap();
        copy_folder(self.folder.path(), copy.path());
        Self::open(copy, self.now())
    }

    /// The same device after something was done to its database.
    pub fn after(self, work: impl FnOnce(&mut Notebook)) -> Self {
        let Self { api, folder, time } = self;
        drop(api);
        let source = time.clone();
        let clock = Clock::from_fn(move || source.load(Ordering::SeqCst));
        let mut notebook = Notebook::open(folder.path(), clock).unwrap();
        work(&mut notebook);
        drop(notebook);
        Self::open(folder, time.load(Ordering::SeqCst))
    }

    /// The same device, had a household's document never come to it.
    pub fn without(self, household: &str) -> Self {
        let id: HouseholdId = household.parse().unwrap();
        self.after(|notebook| {
            let forgotten = notebook.write_aside(|db| {
                db.execute("DELETE FROM documents WHERE doc = ?1", [id.bytes()])?;
                db.execute("DELETE FROM changes WHERE doc = ?1", [id.bytes()])?;
                Ok(())
            });
            forgotten.unwrap();
            notebook.rebuild().unwrap();
        })
    }

    /// The same device with so many more households, written as a list would bring them.
    pub fn with_households(self, count: u128) -> Self {
        let place = text(&self.ok("place_list", json!({}))[0]["id"]);
        self.after(|notebook| {
            let written = notebook.write(|batch| {
                for n in 0..count {
                    let household = HouseholdId::derived(&uuid::Uuid::from_u128(n), "household");
                    batch.put_household(household, |edit| edit.text("place", &place))?;
                }
                Ok(())
            });
            written.unwrap();
        })
    }

    /// The sizes of the changes that wait to be sent, in bytes, the largest first.
    pub fn largest_changes(self) -> Vec<usize> {
        let Self { api, folder, .. } = self;
        drop(api);
        let notebook = Notebook::open(folder.path(), Clock::system()).unwrap();
        let sql = "SELECT length(bytes) FROM changes WHERE bytes IS NOT NULL ORDER BY 1 DESC LIMIT 8";
        let mut query = notebook.db().prepare(sql).unwrap();
        query.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    }

    pub fn now(&self) -> i64 {
        self.time.load(Ordering::SeqCst)
    }

    /// It is so much later now.
    pub fn later(&self, ms: i64) {
        self.time.fetch_add(ms, Ordering::SeqCst);
    }

    pub fn ok(&self, command: &str, args: Value) -> Value {
        self.api.execute(command, args).unwrap_or_else(|e| panic!("{command}: {e}"))
    }

    pub fn refused(&self, command: &str, args: Value) -> String {
        self.api.execute(command, args).expect_err(command).code().to_owned()
    }

    /// Hands everything to another device.
    pub fn tells(&self, other: &Self) {
        let file = self.ok("file_export", json!({}));
        other.ok("file_import", json!({"content": file["content"]}));
    }

    /// Both have what the other has.
    pub fn meets(&self, other: &Self) {
        self.tells(other);
        other.tells(self);
    }

    pub fn signs_in(&self, member: &str) {
        self.ok("member_sign_in", json!({"member": member}));
    }

    pub fn adds_member(&self, name: &str, role: &str, team: Option<&str>) -> String {
        let mut args = json!({"name": name, "role": role});
        team.inspect(|team| args["team"] = json!(team));
        text(&self.ok("member_add", args)["id"])
    }

    /// A team of a hamlet of its own: the team, its place, and its leader.
    pub fn adds_team(&self, n: usize) -> Team {
        let place = text(&self.ok("place_add", json!({"name": format!("Bản {n:02}"), "kind": "hamlet"}))["id"]);
        let name = format!("Tổ bản {n:02}");
        let all = self.ok("team_save", json!({"name": name, "kind": "hamlet", "places": [place]}));
        let team = all["teams"].as_array().unwrap().iter().find(|team| team["name"] == *name).unwrap();
        let id = text(&team["id"]);
        let leader = self.adds_member(&format!("Giàng A {n:02}"), "leader", Some(&id));
        Team { id, name, place, leader }
    }

    /// A household with its head.
    pub fn adds_household(&self, place: &str, head: &str) -> String {
        text(&self.ok("household_add", json!({"place": place, "head": {"name": head, "birth": "1984"}}))["id"])
    }

    /// The head is met, and seen to be at this level in all five skills.
    pub fn visits(&self, household: &str, day: &str, level: &str) -> Value {
        let who = self.ok("household_get", json!({"household": household}))["people"][0]["id"].clone();
        let skills = ["public_services", "shopping", "payment", "safety", "local"];
        let seen: Vec<_> = skills.iter().map(|s| json!({"resident": who, "skill": s, "level": level})).collect();
        let form = json!({"day": day, "outcome": "met", "met": [who], "assessments": seen,
            "services": [{"service": "queue_number", "count": 2}], "obstacle": ""});
        self.ok("visit_save", json!({"household": household, "form": form}))
    }

    pub fn report(&self, team: Option<&str>) -> Value {
        self.ok("report_get", of(team))
    }

    pub fn figure(&self, team: Option<&str>, key: &str) -> Value {
        figure(&self.report(team), key)
    }

    pub fn is_sound(&self) {
        assert_eq!(self.ok("verify", json!({}))["clean"], true);
    }
}

/// A team with its hamlet and who leads it.
pub struct Team {
    pub id: String,
    pub name: String,
    pub place: String,
    pub leader: String,
}

/// The arguments that name November's report.
pub fn of(team: Option<&str>) -> Value {
    match team {
        Some(team) => json!({"period": NOVEMBER, "team": team}),
        None => json!({"period": NOVEMBER}),
    }
}

/// The same with a reason.
pub fn because(team: Option<&str>, reason: &str) -> Value {
    let mut args = of(team);
    args["reason"] = json!(reason);
    args
}

pub fn figure(report: &Value, key: &str) -> Value {
    report["figures"].as_array().unwrap().iter().find(|f| f["key"] == key).unwrap_or_else(|| panic!("{key}")).clone()
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn copy_folder(from: &Path, to: &Path) {
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        if file.file_type().unwrap().is_file() {
            std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    }
}
