//! The one workload that every claim about sync is measured on, so that anyone gets the same figure.
//!
//! A hamlet of 120 households with 4 or 5 residents each; eight volunteers with a device each. On each
//! of 31 days each of them visits 20 households, chosen by chance, offline, from eight in the
//! morning, every 20 to 30 minutes. A visit has its day, the volunteer, the outcome, two residents guided, three
//! level changes, two service counts and a note of 60 to 120 characters (see [`crate::notes`]). Every
//! evening all devices bring their copies together. The 30 earlier days are everywhere before
//! anything is measured; the 31st is measured.
//!
//! Names, visits and notes follow from a seed; ids, keys and signatures are random, as they are in the
//! field, so that figures differ by a few bytes from run to run.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use data_encoding::BASE64;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use tempfile::TempDir;
use tungnha_core::api::Api;
use tungnha_core::clock::Clock;

use crate::{Chance, notes};

/// Households of the hamlet.
pub const HOUSEHOLDS: usize = 120;
/// Volunteers, each with a device.
pub const VOLUNTEERS: usize = 8;
/// Visits of one volunteer on one day.
pub const VISITS: usize = 20;
/// Days that are everywhere before anything is measured.
pub const EARLIER_DAYS: usize = 30;

const SEED: u64 = 2026;
/// Eight in the morning of 1 October 2026 in Vietnam, in milliseconds since 1970.
const FIRST_MORNING: i64 = 1_790_816_400_000;
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

const FAMILY: &[&str] =
    &["Giàng A", "Thào Thị", "Lò Văn", "Vì Thị", "Mùa A", "Sùng Thị", "Hà Văn", "Quàng Thị", "Đinh Đức"];
const GIVEN: &[&str] =
    &["Páo", "Mỷ", "Pánh", "Thoa", "Lử", "Dua", "Hặc", "Ún", "Sơn", "Chứ", "Hoà", "Xuân", "Đạt", "Lợi"];
/// The five skills.
pub const SKILLS: &[&str] = &["public_services", "shopping", "payment", "safety", "local"];
/// The levels that a visit can tell.
pub const LEVELS: &[&str] = &["not_yet", "guided", "with_help", "proficient"];
const SERVICES: &[&str] = &["public_service_account", "queue_number", "payment_account", "dossier"];

/// A volunteer with a device, under a clock that the workload turns.
pub struct Volunteer {
    /// The app.
    pub api: Api,
    chance: Chance,
    now: Arc<AtomicI64>,
    _folder: TempDir,
}

/// A household as a volunteer knows it: its id and its residents'.
struct Door {
    household: String,
    residents: Vec<String>,
}

/// Runs a command that has to be done.
#[track_caller]
pub fn ok(api: &Api, command: &str, args: Value) -> Value {
    api.execute(command, args).unwrap_or_else(|error| panic!("{command}: {error}"))
}

/// The hamlet's household list, as a commune office would hand it out.
pub fn household_list() -> Vec<u8> {
    let mut chance = Chance::seeded(SEED);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let titles = ["Mã hộ", "Họ và tên", "Quan hệ với chủ hộ", "Năm sinh", "Giới tính", "Địa chỉ", "Số điện thoại"];
    for (column, title) in (0..).zip(titles) {
        sheet.write(0, column, title).unwrap();
    }
    let mut row = 0;
    for household in 1..=HOUSEHOLDS {
        for person in 0..4 + chance.below(2) {
            row += 1;
            let name = format!("{} {}", chance.one(FAMILY), chance.one(GIVEN));
            let relation = *["Chủ hộ", "Vợ", "Con", "Con", "Cháu"].get(person).unwrap_or(&"Cháu");
            let (born, sex) = (1940 + chance.below(75), *chance.one(&["Nam", "Nữ"]));
            let (code, door, phone) = match person {
                0 => (
                    format!("H{household:04}"),
                    format!("Xóm {}, nhà số {}", 1 + chance.below(9), 1 + chance.below(200)),
                    format!("09{:08}", chance.below(100_000_000)),
                ),
                _ => Default::default(),
            };
            let born = born.to_string();
            for (column, text) in (0..).zip([&*code, &*name, relation, &*born, sex, &*door, &*phone]) {
                sheet.write(row, column, text).unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// The hamlet's team at a relay that is reached with this pass: all eight have the list.
pub fn team(pass: &str) -> Vec<Volunteer> {
    let lead = Volunteer::new(0);
    let names = json!({"team_name": "Tổ CNSCĐ bản Pa Cốp", "place_name": "Bản Pa Cốp", "member_name": "Tổ trưởng"});
    ok(&lead.api, "team_start", names);
    // What is measured are visits, not answers about consent.
    ok(&lead.api, "consent_setting_set", json!({"first": false}));
    let list = BASE64.encode(&household_list());
    let opened = ok(&lead.api, "import_open", json!({"name": "pa-cop.xlsx", "content": list}));
    let done = ok(&lead.api, "import_run", json!({"list": opened["list"]}));
    assert_eq!(done["added"], HOUSEHOLDS, "{done}");
    ok(&lead.api, "relay_connect", json!({"pass": pass}));
    let invite = lead.invite();
    let mut team = vec![lead];
    team.extend((1..VOLUNTEERS).map(|n| {
        let volunteer = Volunteer::new(n);
        volunteer.joins(&invite);
        volunteer
    }));
    team
}

/// The earlier days: work, and every evening all copies brought together.
pub fn live_through(team: &mut [Volunteer]) {
    for day in 0..EARLIER_DAYS {
        every_one(team, |volunteer| volunteer.work(day));
        // Twice: what comes after one's own exchange is fetched the second time.
        every_one(team, |volunteer| drop(volunteer.sync()));
        every_one(team, |volunteer| drop(volunteer.sync()));
    }
}

/// All of them at once, as on a real evening; as many as there are processors really at once.
pub fn every_one(team: &mut [Volunteer], deed: impl Fn(&mut Volunteer) + Sync) {
    std::thread::scope(|scope| {
        for volunteer in team {
            scope.spawn(|| deed(volunteer));
        }
    });
}

impl Volunteer {
    /// The `n`th volunteer, with an empty device.
    pub fn new(n: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let now = Arc::new(AtomicI64::new(FIRST_MORNING - DAY));
        let clock = now.clone();
        let api = Api::open_at(folder.path(), Clock::from_fn(move || clock.load(Ordering::SeqCst))).unwrap();
        Self { api, chance: Chance::seeded(SEED + 1 + n as u64), now, _folder: folder }
    }

    /// An invite for as many as will ever come.
    pub fn invite(&self) -> String {
        let invite = ok(&self.api, "invite_create", json!({"uses": 100, "days": 30}));
        invite["link"].as_str().unwrap().to_owned()
    }

    /// Joins the team.
    pub fn joins(&self, invite: &str) {
        let name = format!("Thành viên {}", self.chance.clone().below(10_000));
        ok(&self.api, "team_join", json!({"invite": invite, "member_name": name}));
    }

    /// Sends and receives; what that cost, as the app reports it.
    pub fn sync(&self) -> Value {
        ok(&self.api, "sync_now", json!({}))
    }

    /// One day's twenty visits, offline.
    pub fn work(&mut self, day: usize) {
        self.now.store(FIRST_MORNING + day as i64 * DAY, Ordering::SeqCst);
        let rows = ok(&self.api, "household_list", json!({"limit": 500}))["rows"].take();
        let mut all: Vec<String> =
            rows.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
        all.sort();
        for household in self.chance.some(&all, VISITS) {
            let minutes = 20 + self.chance.below(10) as i64;
            self.now.fetch_add(minutes * MINUTE + self.chance.below(60_000) as i64, Ordering::SeqCst);
            let door = self.door(household);
            self.visits(&door);
        }
    }

    fn door(&self, household: String) -> Door {
        let detail = ok(&self.api, "household_get", json!({"household": household}));
        let people = detail["people"].as_array().unwrap();
        Door { household, residents: people.iter().map(|p| p["id"].as_str().unwrap().to_owned()).collect() }
    }

    fn visits(&mut self, door: &Door) {
        let chance = &mut self.chance;
        let met = chance.some(&door.residents, 2);
        // Three of the ten levels that two people have.
        let changes: Vec<Value> = chance
            .some(&(0..10).collect::<Vec<usize>>(), 3)
            .into_iter()
            .map(|n| json!({"resident": met[n / 5], "skill": SKILLS[n % 5], "level": chance.one(LEVELS)}))
            .collect();
        let services: Vec<Value> = chance
            .some(SERVICES, 2)
            .into_iter()
            .map(|service| json!({"service": service, "count": 1 + chance.below(3)}))
            .collect();
        let note = notes::note(chance);
        let form = json!({"outcome": "met", "met": met, "assessments": changes, "services": services, "note": note});
        ok(&self.api, "visit_save", json!({"household": door.household, "form": form}));
    }
}
