//! The five localities that the app was made for, each set up by data alone: its teams, its words, its report.
//!
//! A commune is a notebook of its own, so a province is as many notebooks as it has communes. Vân Hồ is one: its
//! teams report to one office.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::cell::OnceCell;

use serde_json::{Value, json};
use tungnha_core::api::Api;
use tungnha_core::clock::Clock;
use tungnha_core::doc::Scalar;
use tungnha_core::doc::space::{self as keys, Thing};
use tungnha_core::domain::skill::{DEFAULT_CHECKLIST, default_item};
use tungnha_core::domain::{MemberId, PlaceId, SpaceId, TeamId};
use tungnha_core::notebook::Notebook;
use tungnha_core::store::spaces;

/// Nine in the morning of 20 November 2026 in Vietnam.
const THE_20TH: i64 = 1_795_107_600_000 + 9 * 3_600_000;

fn clock() -> Clock {
    Clock::from_fn(|| THE_20TH)
}

/// A team to be: of which kind, over which of the commune's hamlets, and how many members it has.
struct Team {
    kind: &'static str,
    hamlets: Vec<usize>,
    members: usize,
}

fn of_hamlet(hamlet: usize, members: usize) -> Team {
    Team { kind: "hamlet", hamlets: vec![hamlet], members }
}

/// A commune's notebook, written as one change: so many hamlets, these teams. An officer is signed in.
struct Commune {
    /// Opened when somebody asks it for something: a province has 177.
    api: OnceCell<Api>,
    folder: tempfile::TempDir,
    /// As its rows have them: the kind of each team, and how many members it has; the commune's teams first.
    teams: Vec<(String, usize)>,
    hamlets: usize,
}

impl Commune {
    fn new(name: &str, hamlets: usize, teams: &[Team]) -> Self {
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let (space, officer) = (SpaceId::fresh(), MemberId::fresh());
        let mut notebook = Notebook::open(folder.path(), clock()).unwrap();
        let written = notebook.write_in(space, &officer.to_string(), |batch| {
            spaces::insert(batch.db(), space, false, &[])?;
            spaces::sign_in(batch.db(), space, officer)?;
            batch.edit_space(|edit| {
                edit.text(keys::NAME, name);
                member(edit, officer, "Lò Thị Mai", "commune_officer", None);
                for (skill, _, items) in DEFAULT_CHECKLIST {
                    for (n, text) in items.iter().enumerate() {
                        let item = default_item(&format!("{}/{n}", skill.as_str()));
                        edit.text(&keys::field(Thing::Item, item, "skill"), skill.as_str());
                        edit.text(&keys::field(Thing::Item, item, "text"), text);
                        edit.set(&keys::field(Thing::Item, item, "order"), &Scalar::Int(n as i64));
                    }
                }
                let place = |n: usize| PlaceId::derived(&space.0, &format!("hamlet {n}"));
                for n in 0..hamlets {
                    edit.text(&keys::field(Thing::Place, place(n), "name"), &format!("Thôn {n}"));
                    edit.text(&keys::field(Thing::Place, place(n), "kind"), "hamlet");
                }
                for (n, team) in teams.iter().enumerate() {
                    let id = TeamId::derived(&space.0, &format!("team {n}"));
                    edit.text(&keys::field(Thing::Team, id, "name"), &format!("Tổ {n}"));
                    edit.text(&keys::field(Thing::Team, id, "kind"), team.kind);
                    team.hamlets.iter().for_each(|hamlet| edit.flag(&keys::team_place(id, place(*hamlet)), true));
                    for one in 0..team.members {
                        let role = if one == 0 { "leader" } else { "member" };
                        member(edit, MemberId::fresh(), &format!("Thành viên {n}.{one}"), role, Some(id));
                    }
                }
            })
        });
        written.unwrap();
        let mut query = notebook
            .db()
            .prepare("SELECT t.kind, (SELECT count(*) FROM members m WHERE m.team = t.id) FROM teams t WHERE t.founding = 0 ORDER BY t.kind, t.id")
            .unwrap();
        let teams =
            query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().collect::<Result<_, _>>().unwrap();
        drop(query);
        let count = "SELECT count(*) FROM places WHERE kind = 'hamlet'";
        let hamlets = notebook.db().query_row(count, [], |row| row.get(0)).unwrap();
        drop(notebook);
        Self { api: OnceCell::new(), folder, teams, hamlets }
    }

    fn api(&self) -> &Api {
        self.api.get_or_init(|| Api::open_at(self.folder.path(), clock()).unwrap())
    }

    fn ok(&self, command: &str, args: Value) -> Value {
        self.api().execute(command, args).unwrap_or_else(|e| panic!("{command}: {e}"))
    }

    /// Sets it up as a locality works, and returns what is in force then.
    fn works_as(&self, key: &str) -> Value {
        self.ok("locality_set", json!({"shipped": key}));
        self.ok("locality_get", json!({}))["locality"].clone()
    }

    /// How many teams of a kind there are.
    fn teams(&self, kind: &str) -> usize {
        self.teams.iter().filter(|(of, _)| of == kind).count()
    }

    /// How many members each team has.
    fn members(&self) -> impl Iterator<Item = usize> {
        self.teams.iter().map(|(_, members)| *members)
    }

    fn report(&self, period: &str) -> Value {
        self.ok("report_get", json!({"period": period}))
    }
}

fn member(edit: &mut tungnha_core::doc::Edit<'_, '_>, id: MemberId, name: &str, role: &str, team: Option<TeamId>) {
    edit.text(&keys::field(Thing::Member, id, "name"), name);
    edit.text(&keys::field(Thing::Member, id, "role"), role);
    if let Some(team) = team {
        edit.set(&keys::field(Thing::Member, id, "team"), &Scalar::Text(team.to_string()));
    }
}

/// Spreads so many over so many, as evenly as it goes.
fn spread(all: usize, over: usize) -> impl Iterator<Item = usize> {
    (0..over).map(move |n| all / over + usize::from(n < all % over))
}

/// A province of so many communes, teams, hamlets and members; where there are more teams than hamlets, some hamlets
/// have two.
fn province(communes: usize, teams: usize, hamlets: usize, members: usize) -> Vec<Commune> {
    let mut sizes = spread(members, teams);
    let shares = spread(teams, communes).zip(spread(hamlets, communes));
    shares
        .enumerate()
        .map(|(n, (teams, hamlets))| {
            let team = |at: usize| of_hamlet(at % hamlets, sizes.next().unwrap());
            let teams: Vec<Team> = (0..teams).map(team).collect();
            Commune::new(&format!("Xã {n}"), hamlets, &teams)
        })
        .collect()
}

fn sum(communes: &[Commune], of: impl Fn(&Commune) -> usize) -> usize {
    communes.iter().map(of).sum()
}

fn figure(report: &Value, key: &str) -> Value {
    report["figures"].as_array().unwrap().iter().find(|f| f["key"] == key).unwrap_or_else(|| panic!("{key}")).clone()
}

fn shape(locality: &Value, kind: &str) -> (u64, u64, String) {
    let team = locality["teams"].as_array().unwrap().iter().find(|team| team["kind"] == kind).unwrap();
    let number = |field: &str| team[field].as_u64().unwrap();
    (number("smallest"), number("largest"), team["led_by"].as_str().unwrap().to_owned())
}

fn assert_fits(communes: &[Commune], locality: &Value, kind: &str) {
    let (smallest, largest, _) = shape(locality, kind);
    for commune in communes {
        let sizes: Vec<usize> = commune.members().collect();
        assert!(
            sizes.iter().all(|n| (smallest..=largest).contains(&(*n as u64))),
            "{sizes:?}: {smallest} to {largest}"
        );
    }
}

#[test]
fn vân_hồ_reports_on_the_20th_in_two_tiers() {
    let commune_teams = (0..14).map(|n| Team { kind: "commune", hamlets: Vec::new(), members: 5 + n % 6 });
    let hamlet_teams = (0..68).map(|n| of_hamlet(n, 5 + n % 6));
    let teams: Vec<Team> = commune_teams.chain(hamlet_teams).collect();
    let vân_hồ = Commune::new("Vân Hồ", 68, &teams);
    let locality = vân_hồ.works_as("van_ho");
    assert_eq!((vân_hồ.teams("commune"), vân_hồ.teams("hamlet"), vân_hồ.hamlets), (14, 68, 68));
    assert_fits(std::slice::from_ref(&vân_hồ), &locality, "hamlet");
    assert_eq!(shape(&locality, "commune"), (5, 10, "Bí thư Đoàn xã".to_owned()));
    assert_eq!(shape(&locality, "hamlet").2, "Trưởng bản, tiểu khu trưởng");
    assert_eq!((&locality["groups_from"], &locality["hamlet_words"]), (&json!(10), &json!(["bản", "tiểu khu"])));

    // Materials are given out at a class of the period, and at one after it.
    for day in ["2026-11-19", "2026-11-20"] {
        let services = json!([{"service": "material", "count": 30}]);
        vân_hồ.ok(
            "activity_save",
            json!({"kind": "class", "title": "Lớp học", "day": day, "attendees": 25, "services": services}),
        );
    }
    let report = vân_hồ.report("2026-11");
    assert_eq!(
        report["period"],
        json!({"key": "2026-11", "first": "2026-10-21", "last": "2026-11-20", "due": "2026-11-20"})
    );
    assert_eq!(report["recipient"], "Phòng Văn hóa và Thông tin tổng hợp, báo cáo UBND huyện");
    assert_eq!(figure(&report, "material")["value"], 60);
    assert_eq!(figure(&report, "attendance")["value"], 50);
    assert_eq!(figure(&report, "course")["value"], 0, "something was written, and no course was shown");
    let late = vân_hồ.ok("report_text", json!({"period": "2026-11", "kind": "late"}));
    assert!(
        late["text"].as_str().unwrap().starts_with("Báo cáo tháng 11/2026 (hạn 20/11/2026): 0/82 tổ đã nộp."),
        "{late}"
    );
}

#[test]
fn quảng_ninh_has_1473_teams_over_1452_hamlets_in_177_communes() {
    let communes = province(177, 1_473, 1_452, 11_061);
    assert_eq!(sum(&communes, |c| c.teams("hamlet")), 1_473);
    assert_eq!(sum(&communes, |c| c.hamlets), 1_452);
    assert_eq!(sum(&communes, |c| c.members().sum()), 11_061);
    let locality = communes[0].works_as("quang_ninh");
    assert_fits(&communes, &locality, "hamlet");
    assert_eq!(shape(&locality, "hamlet").2, "Bí thư chi đoàn");
    // The share of households that reach the target: none of one so far.
    communes[0].ok("consent_setting_set", json!({"first": false}));
    let place = communes[0].ok("place_list", json!({}))[0]["id"].clone();
    communes[0].ok("household_add", json!({"place": place, "head": {"name": "Trần Thị Hoà"}}));
    communes[0].ok(
        "activity_save",
        json!({"kind": "class", "title": "Trường THCS", "services": [{"service": "pupil", "count": 120}]}),
    );
    let report = communes[0].report("2026-11");
    assert_eq!(
        (&report["period"]["last"], &report["recipient"]),
        (&json!("2026-11-30"), &json!("UBND tỉnh Quảng Ninh"))
    );
    let at_target = figure(&report, "at_target");
    assert_eq!((&at_target["rate"], &at_target["value"], &at_target["of"]), (&json!(true), &json!(0), &json!(1)));
    assert_eq!(figure(&report, "pupil")["value"], 120);
}

#[test]
fn long_xuyên_reports_rates_and_mỹ_hòa_hưng_has_93_members() {
    let mut teams: Vec<Team> = (0..9).map(|n| of_hamlet(n, 8)).collect();
    teams.push(Team { kind: "commune", hamlets: Vec::new(), members: 21 });
    let mỹ_hòa_hưng = Commune::new("Mỹ Hòa Hưng", 9, &teams);
    let locality = mỹ_hòa_hưng.works_as("long_xuyen");
    let sizes: Vec<usize> = mỹ_hòa_hưng.members().collect();
    assert_eq!(sizes.iter().sum::<usize>(), 93);
    assert_eq!(sizes[1..].iter().sum::<usize>(), 72, "nine hamlet teams; the commune's comes first");
    let others = province(12, 87, 87, 87 * 9);
    assert_eq!(sum(&others, |c| c.teams("hamlet")) + mỹ_hòa_hưng.teams("hamlet"), 96);
    assert_fits(&others, &locality, "hamlet");

    // Of a hundred adults 69 have VNeID, 65 their health record, and 75 pay without cash.
    mỹ_hòa_hưng.ok("consent_setting_set", json!({"first": false}));
    let items: Vec<Value> = mỹ_hòa_hưng.ok("checklist_get", json!({}))["skills"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["items"].clone())
        .collect();
    let (vneid, health, qr) = (&items[0][0]["id"], &items[0][6]["id"], &items[2][1]["id"]);
    let place = mỹ_hòa_hưng.ok("place_list", json!({}))[0]["id"].clone();
    for n in 0..100 {
        let added = mỹ_hòa_hưng
            .ok("household_add", json!({"place": place, "head": {"name": format!("Nguyễn Văn {n}"), "birth": "1980"}}));
        let (household, who) = (&added["id"], &added["people"][0]["id"]);
        let ticked = [(vneid, 69), (health, 65), (qr, 75)];
        let done: Vec<Value> = ticked
            .iter()
            .filter(|(_, most)| n < *most)
            .map(|(item, _)| json!({"resident": who, "item": item}))
            .collect();
        mỹ_hòa_hưng
            .ok("visit_save", json!({"household": household, "form": {"outcome": "met", "met": [who], "items": done}}));
    }
    let report = mỹ_hòa_hưng.report("2026-11");
    for (key, share) in [("vneid", 69), ("health_record", 65), ("cashless", 75)] {
        let figure = figure(&report, key);
        assert_eq!((&figure["value"], &figure["of"]), (&json!(share), &json!(100)), "{key}");
    }
    let text = mỹ_hòa_hưng.ok("report_text", json!({"period": "2026-11", "kind": "summary"}));
    assert!(text["text"].as_str().unwrap().contains("• Người có VNeID mức 2: 69/100 người (69 %)"), "{text}");
}

#[test]
fn bắc_ninh_counts_accounts_and_queue_numbers_since_january() {
    let communes = province(12, 733, 733, 733 * 6);
    assert_eq!(sum(&communes, |c| c.teams("hamlet")), 733);
    let given = [("public_service_account", 3_250), ("queue_number", 6_320), ("payment_account", 5_760)];
    let shares = given.map(|(_, all)| spread(all, 12).collect::<Vec<_>>());
    let mut sums = [0; 3];
    for (n, commune) in communes.iter().enumerate() {
        let locality = commune.works_as("bac_ninh");
        assert_eq!(shape(&locality, "hamlet").2, "Bí thư chi đoàn");
        let services: Vec<Value> = (0..3).map(|k| json!({"service": given[k].0, "count": shares[k][n]})).collect();
        commune.ok(
            "activity_save",
            json!({"kind": "welfare_day", "title": "Chi trả trợ cấp", "day": "2026-01-15", "services": services}),
        );
        // What was given before January does not count.
        commune.ok(
            "activity_save",
            json!({"kind": "booth", "title": "Chợ Tết", "day": "2025-12-28", "services": services}),
        );
        let report = commune.report("2026-11");
        assert_eq!(report["recipient"], "Tỉnh đoàn Bắc Ninh");
        for (sum, (key, _)) in sums.iter_mut().zip(given) {
            *sum += figure(&report, key)["value"].as_u64().unwrap();
        }
    }
    assert_eq!(sums, [3_250, 6_320, 5_760]);
}

#[test]
fn long_an_has_996_teams_with_5324_members_and_tells_what_is_in_the_way() {
    let communes = province(12, 996, 996, 5_324);
    assert_eq!(sum(&communes, |c| c.teams("hamlet")), 996);
    assert_eq!(sum(&communes, |c| c.members().sum()), 5_324);
    let locality = communes[0].works_as("long_an");
    assert_fits(&communes, &locality, "hamlet");
    assert_eq!(locality["hamlet_words"], json!(["khu phố", "ấp"]));
    let report = communes[0].report("2026-11");
    assert_eq!(
        (&report["period"]["last"], &report["recipient"]),
        (&json!("2026-11-25"), &json!("Sở Thông tin và Truyền thông"))
    );
    assert_eq!(figure(&report, "met")["value"], Value::Null, "nobody has sent anything yet");
}

#[test]
fn a_team_of_its_own_names_levels_and_roles_as_it_likes() {
    let commune = Commune::new("Xã", 1, &[of_hamlet(0, 5)]);
    let mut own = commune.works_as("quang_ninh");
    own["key"] = json!("");
    own["levels"] = json!({"with_help": "Biết làm khi có con cháu chỉ", "proficient": "Làm thạo"});
    own["roles"] = json!({"leader": "Nhóm trưởng"});
    own["report"]["end_day"] = json!(18);
    commune.ok("locality_set", json!({"locality": own, "from_period": "2026-12"}));
    let set = commune.ok("locality_get", json!({}))["locality"].clone();
    assert_eq!((&set["levels"], &set["roles"]), (&own["levels"], &own["roles"]));
    // November stays as it was; December ends on the 18th.
    assert_eq!(commune.report("2026-11")["period"]["last"], "2026-11-30");
    assert_eq!(commune.report("2026-12")["period"]["last"], "2026-12-18");
    own["levels"] = json!({});
    commune.ok("locality_set", json!({"locality": own, "from_period": "2026-12"}));
    assert_eq!(commune.ok("locality_get", json!({}))["locality"]["levels"], json!({}));
    let listed = commune.ok("locality_list", json!({}));
    assert_eq!((listed.as_array().unwrap().len(), &listed[0]["key"]), (6, &json!("")), "the app's own ways come first");
    assert_eq!(commune.ok("verify", json!({}))["clean"], true);
}

#[test]
fn a_locality_with_words_that_may_not_be_kept_is_refused() {
    let commune = Commune::new("Xã", 1, &[of_hamlet(0, 5)]);
    let mut own = commune.works_as("long_an");
    own["roles"] = json!({"leader": "012 345 678 901"});
    let refused = commune.api().execute("locality_set", json!({"locality": own})).expect_err("refused");
    assert_eq!(refused.code(), "id_number");
    own["roles"] = json!({});
    own["teams"][0]["smallest"] = json!(50);
    let refused = commune.api().execute("locality_set", json!({"locality": own})).expect_err("refused");
    assert_eq!((refused.code(), refused.field), ("bad_number", Some("teams")));
}
