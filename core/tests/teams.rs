//! Several teams in one notebook: whose a household is, who may change what, and who has left.

#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::{Value, json};
use tungnha_core::api::Api;
use tungnha_core::clock::Clock;

/// 20 November 2026 in Vietnam.
const TODAY_MS: i64 = 1_795_107_600_000;

/// A tablet in the commune office.
struct Tablet {
    api: Api,
    _folder: tempfile::TempDir,
}

impl Tablet {
    /// Lò Văn Inh starts the commune's notebook with two hamlets.
    fn start() -> (Self, [String; 2]) {
        let folder = tempfile::tempdir().unwrap();
        let api = Api::open_at(folder.path(), Clock::from_fn(|| TODAY_MS)).unwrap();
        let inh = Self { api, _folder: folder };
        inh.ok("team_start", json!({"team_name": "Tổ xã", "place_name": "Bản Bướt", "member_name": "Lò Văn Inh"}));
        inh.ok("consent_setting_set", json!({"first": false}));
        inh.ok("place_add", json!({"name": "Bản Nà Pa", "kind": "hamlet"}));
        let places = inh.ok("place_list", json!({}));
        let id = |n: usize| text(&places[n]["id"]);
        let hamlets = [id(0), id(1)];
        (inh, hamlets)
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

    fn adds_team(&self, name: &str, places: &[&String]) -> String {
        let teams = self
            .ok("team_save", json!({"name": name, "kind": "hamlet", "smallest": 5, "largest": 10, "places": places}));
        self.team_of(&teams, name)["id"].as_str().unwrap().to_owned()
    }

    fn team_of(&self, teams: &Value, name: &str) -> Value {
        teams["teams"].as_array().unwrap().iter().find(|team| team["name"] == name).unwrap().clone()
    }

    fn team(&self, name: &str) -> Value {
        self.team_of(&self.ok("team_list", json!({})), name)
    }

    fn adds(&self, name: &str, role: &str, team: &str) -> String {
        text(&self.ok("member_add", json!({"name": name, "role": role, "team": team}))["id"])
    }

    fn household(&self, place: &str, head: &str) -> String {
        text(&self.ok("household_add", json!({"place": place, "head": {"name": head}}))["id"])
    }

    fn signs_in(&self, member: &str) {
        self.ok("member_sign_in", json!({"member": member}));
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("a text: {value}")).to_owned()
}

#[test]
fn a_household_is_its_own_teams_then_its_places_only_teams_else_the_founding_ones() {
    let (inh, [bướt, nà_pa]) = Tablet::start();
    let páo = inh.household(&bướt, "Giàng A Páo");
    inh.household(&nà_pa, "Vì Văn Nam");
    let of_páo = || inh.ok("household_get", json!({"household": páo}))["team"].clone();
    assert_eq!(inh.team("Tổ xã")["households"], 2, "the founding team has all");
    assert_eq!(of_páo(), Value::Null, "with one team, nobody asks");

    let trên = inh.adds_team("Tổ Bướt trên", &[&bướt]);
    assert_eq!(inh.team("Tổ Bướt trên")["households"], 1);
    assert_eq!(inh.team("Tổ xã")["households"], 1);

    // A second team in one hamlet: nobody knows whose Páo's household is, until somebody says so.
    inh.adds_team("Tổ Bướt dưới", &[&bướt]);
    assert_eq!(inh.ok("team_list", json!({}))["unassigned"], 1);
    assert_eq!(of_páo(), json!({"id": null, "name": "", "own": false}));
    inh.ok("household_team", json!({"households": [páo], "team": trên}));
    assert_eq!(of_páo(), json!({"id": trên, "name": "Tổ Bướt trên", "own": true}));
    assert_eq!(
        (&inh.ok("team_list", json!({}))["unassigned"], &inh.team("Tổ Bướt trên")["households"]),
        (&json!(0), &json!(1))
    );
    inh.ok("household_team", json!({"households": [páo]}));
    assert_eq!(inh.ok("team_list", json!({}))["unassigned"], 1);

    // Taken off, a team leaves its places to the other one, and can be brought back.
    let teams = inh.ok("team_set_removed", json!({"team": trên, "removed": true}));
    assert_eq!(inh.team_of(&teams, "Tổ Bướt dưới")["households"], 1);
    assert_eq!((&of_páo()["name"], &of_páo()["own"]), (&json!("Tổ Bướt dưới"), &json!(false)));
    let teams = inh.ok("team_set_removed", json!({"team": trên, "removed": false}));
    assert_eq!(teams["unassigned"], 1);

    // A merger of hamlets takes nothing from any team.
    inh.ok("team_set_removed", json!({"team": trên, "removed": true}));
    let merge = json!({"kind": "merge", "from": [bướt, nà_pa], "into": [{"place": nà_pa}], "day": "2026-11-01"});
    inh.ok("place_change_save", merge);
    assert_eq!((&inh.team("Tổ Bướt dưới")["households"], &inh.team("Tổ xã")["households"]), (&json!(1), &json!(1)));
    assert_eq!(inh.ok("verify", json!({}))["clean"], true);
}

#[test]
fn who_may_do_what_follows_from_the_role() {
    let (inh, [bướt, nà_pa]) = Tablet::start();
    let (trên, dưới) = (inh.adds_team("Tổ Bướt", &[&bướt]), inh.adds_team("Tổ Nà Pa", &[&nà_pa]));
    let dợ = inh.adds("Sồng Thị Dợ", "leader", &trên);
    let nam = inh.adds("Vì Văn Nam", "member", &trên);
    let chu = inh.adds("Tráng A Chu", "member", &dưới);

    inh.signs_in(&dợ);
    let title = json!({"member": nam, "title": "Bí thư chi đoàn", "role": "deputy", "joined": "2026-01-05"});
    let edited = inh.ok("member_edit", title);
    assert_eq!((&edited["title"], &edited["joined"]), (&json!("Bí thư chi đoàn"), &json!("2026-01-05")));
    assert_eq!(inh.refused("member_edit", json!({"member": chu, "role": "leader"})), "not_allowed", "of another team");
    assert_eq!(inh.refused("member_edit", json!({"member": nam, "role": "commune_officer"})), "not_allowed");
    assert_eq!(inh.refused("member_edit", json!({"member": nam, "team": dưới})), "not_allowed");
    assert_eq!(inh.refused("team_set_removed", json!({"team": trên, "removed": true})), "not_allowed");
    let save = |places: Value| json!({"team": trên, "name": "Tổ Bướt", "kind": "hamlet", "places": places});
    inh.ok("team_save", save(json!([bướt])));
    assert_eq!(inh.refused("team_save", save(json!([bướt, nà_pa]))), "not_allowed", "a place of another team");
    inh.ok("group_save", json!({"team": trên, "name": "Nhóm xóm trên"}));

    inh.signs_in(&chu);
    assert_eq!(inh.refused("group_save", json!({"team": dưới, "name": "Nhóm"})), "not_allowed");
    inh.ok("member_edit", json!({"member": chu, "name": "Tráng A Chu (Bản Nà Pa)"}));
    assert_eq!(inh.refused("member_edit", json!({"member": chu, "role": "leader"})), "not_allowed");
    assert_eq!(inh.refused("member_add", json!({"name": "Ai đó", "role": "commune_officer"})), "not_allowed");
    let teams = inh.ok("team_list", json!({}));
    assert_eq!((&teams["may_all"], &inh.team_of(&teams, "Tổ Nà Pa")["may_edit"]), (&json!(false), &json!(false)));
}

#[test]
fn who_has_left_stays_in_what_was_recorded_and_is_given_nothing_new() {
    let (inh, [bướt, _]) = Tablet::start();
    let me = text(&inh.ok("status", json!({}))["me"]["id"]);
    let founding = text(&inh.team("Tổ xã")["id"]);
    let nam = inh.adds("Vì Văn Nam", "member", &founding);
    let páo = inh.household(&bướt, "Giàng A Páo");
    let who = inh.ok("household_get", json!({"household": páo}))["people"][0]["id"].clone();
    let visit =
        |day: &str| json!({"household": páo, "form": {"outcome": "met", "met": [who], "day": day, "with": [nam]}});
    inh.ok("visit_save", visit("2026-11-01"));

    inh.ok("member_leave", json!({"member": nam, "day": "2026-11-10"}));
    let names = |all: bool| inh.ok("member_list", json!({"all": all})).as_array().unwrap().len();
    assert_eq!((names(false), names(true)), (1, 2));
    let task = json!({"who": nam, "what": "Mời họp"});
    assert_eq!(inh.refused("task_assign", task.clone()), "member_left");
    assert_eq!(inh.refused("visit_save", visit("2026-11-20")), "member_left");
    inh.ok("visit_save", visit("2026-11-09"));
    assert_eq!(inh.refused("member_sign_in", json!({"member": nam})), "member_left");
    let visits = inh.ok("household_get", json!({"household": páo}))["visits"].clone();
    assert!(visits.as_array().unwrap().iter().all(|visit| visit["with"][0]["name"] == "Vì Văn Nam"));

    assert_eq!(inh.refused("member_leave", json!({"member": me})), "not_yourself");
    assert_eq!(inh.refused("member_edit", json!({"member": me, "role": "member"})), "last_leader");
    inh.ok("member_return", json!({"member": nam}));
    inh.ok("task_assign", task);
}

#[test]
fn a_team_of_which_nobody_has_set_the_size_is_measured_as_its_locality_does() {
    let (inh, _) = Tablet::start();
    let founding = text(&inh.team("Tổ xã")["id"]);
    let usual = inh.ok("rules_get", json!({}))["rules"].clone();
    inh.ok("locality_set", json!({"shipped": "long_xuyen"}));
    assert_eq!(inh.team("Tổ xã")["hint"], json!({"what": "small", "than": 8}), "khóm and ấp have eight to ten");
    let commune = json!({"team": founding, "name": "Tổ xã", "kind": "hamlet", "smallest": 1, "places": []});
    inh.ok("team_save", commune);
    assert_eq!(inh.team("Tổ xã")["hint"], Value::Null, "what was set for the team itself comes first");

    // Words of its own leave the report as it is, and the app's own ways take everything back.
    let mut own = inh.ok("locality_get", json!({}))["locality"].clone();
    let since = inh.ok("rules_get", json!({}))["since"].clone();
    own["groups_from"] = json!(2);
    own["teams"] = json!([]);
    inh.ok("locality_set", json!({"locality": own, "from_period": "2027-03"}));
    assert_eq!(inh.ok("rules_get", json!({"period": "2027-03"}))["since"], since, "no rules were written anew");
    inh.adds("Lò Thị Mai", "member", &founding);
    assert_eq!(inh.team("Tổ xã")["hint"], json!({"what": "groups", "than": 2}));
    inh.ok("locality_set", json!({"shipped": ""}));
    let back = inh.ok("locality_get", json!({}))["locality"].clone();
    assert_eq!((&back["teams"], &back["hamlet_words"], &back["groups_from"]), (&json!([]), &json!([]), &json!(10)));
    assert_eq!(inh.ok("rules_get", json!({}))["rules"], usual);
    assert_eq!(inh.team("Tổ xã")["hint"], Value::Null);
}

#[test]
fn a_team_says_gently_when_it_is_small_or_large_and_counts_its_training() {
    let (inh, _) = Tablet::start();
    let founding = text(&inh.team("Tổ xã")["id"]);
    assert_eq!(inh.team("Tổ xã")["hint"], Value::Null, "nobody has said how large it should be");
    inh.ok(
        "team_save",
        json!({"team": founding, "name": "Tổ xã", "kind": "commune", "smallest": 5, "largest": 12, "places": []}),
    );
    assert_eq!(inh.team("Tổ xã")["hint"], json!({"what": "small", "than": 5}));
    let members: Vec<String> = (0..9).map(|n| inh.adds(&format!("Người {n}"), "collaborator", &founding)).collect();
    assert_eq!(inh.team("Tổ xã")["hint"], json!({"what": "groups", "than": 10}), "ten are there");
    let teams = inh.ok("group_save", json!({"team": founding, "name": "Nhóm 1"}));
    let group = inh.team_of(&teams, "Tổ xã")["groups"][0]["id"].clone();
    inh.ok("member_edit", json!({"member": members[0], "group": group}));
    let team = inh.team("Tổ xã");
    assert_eq!(
        (&team["hint"], &team["groups"][0]["members"], &team["collaborators"]),
        (&Value::Null, &json!(1), &json!(9))
    );

    inh.ok("training_set", json!({"course": "onetouch", "done": true}));
    inh.signs_in(&members[1]);
    inh.ok("training_set", json!({"course": "onetouch", "done": true}));
    let training = inh.team("Tổ xã")["training"].clone();
    assert_eq!(training[0], json!({"course": "onetouch", "members": 2}));
    assert_eq!(
        inh.refused("team_save", json!({"name": "Tổ", "kind": "hamlet", "smallest": 9, "largest": 3, "places": []})),
        "bad_number"
    );
}
