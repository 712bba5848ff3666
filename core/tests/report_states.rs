//! What becomes of a month's report: the officer's 20th, and what happens when several do it at once.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod months;

use months::{HOUR, NOVEMBER, Tablet, Team, because, figure, of, text};
use serde_json::{Value, json};

/// Two hamlets with a team and two households each; one household of each was visited.
fn two_teams() -> (Tablet, [Team; 2], Vec<String>) {
    let mai = Tablet::of_the_office();
    let teams = [1, 2].map(|n| mai.adds_team(n));
    let mut households = Vec::new();
    for team in &teams {
        for n in ["Giàng A Páo", "Vàng Thị Mỷ"] {
            households.push(mai.adds_household(&team.place, n));
        }
    }
    mai.visits(&households[0], "2026-11-05", "proficient");
    mai.visits(&households[2], "2026-11-06", "guided");
    let officer = mai.adds_member("Hà Văn Đạt", "commune_officer", None);
    mai.signs_in(&officer);
    (mai, teams, households)
}

fn submits(tablet: &Tablet, team: &Team, officer: &str) {
    tablet.signs_in(&team.leader);
    assert_eq!(tablet.ok("report_submit", of(Some(&team.id)))["state"], "submitted");
    tablet.signs_in(officer);
}

fn me(tablet: &Tablet) -> String {
    text(&tablet.ok("status", json!({}))["me"]["id"])
}

#[test]
fn the_officers_20th() {
    let mai = Tablet::of_the_office();
    let teams: Vec<Team> = (1..=22).map(|n| mai.adds_team(n)).collect();
    let mut households = Vec::new();
    for team in &teams {
        let household = mai.adds_household(&team.place, "Giàng A Páo");
        mai.visits(&household, "2026-11-10", "guided");
        households.push(household);
    }
    let officer = mai.adds_member("Hà Văn Đạt", "commune_officer", None);
    mai.signs_in(&officer);

    // Nineteen of 22 are in; the list of the others can be pasted.
    teams.iter().take(19).for_each(|team| submits(&mai, team, &officer));
    let periods = mai.ok("report_periods", json!({}));
    let november = periods["periods"].as_array().unwrap().iter().find(|p| p["period"]["key"] == NOVEMBER).unwrap();
    let submitted = november["teams"].as_array().unwrap().iter().filter(|team| team["state"] == "submitted").count();
    assert_eq!(submitted, 19);
    let late = mai.ok("report_text", json!({"period": NOVEMBER, "kind": "late"}));
    assert_eq!(
        late["text"],
        "Báo cáo tháng 11/2026 (hạn 22/11/2026): 19/22 tổ đã nộp. Còn: Tổ bản 20, Tổ bản 21, Tổ bản 22."
    );

    // One comes back with a reason, and is submitted again.
    let first = Some(teams[0].id.as_str());
    assert_eq!(mai.refused("report_return", because(first, "")), "required");
    let returned = mai.ok("report_return", because(first, "Thiếu số người dự lớp"));
    assert_eq!(returned["state"], "returned");
    assert_eq!(returned["events"][1]["reason"], "Thiếu số người dự lớp");
    assert_eq!(returned["events"][1]["by_name"], "Hà Văn Đạt");
    submits(&mai, &teams[0], &officer);
    assert_eq!(mai.ok("report_approve", of(first))["state"], "approved");

    // The month is locked, with whoever is late.
    let before = mai.figure(None, "guided");
    let locked = mai.ok("report_lock", of(None));
    assert_eq!(locked["state"], "locked");
    assert_eq!(locked["lock"]["by_name"], "Hà Văn Đạt");
    assert_eq!(locked["lock"]["documents"], 23, "22 households and the space");
    assert_eq!(figure(&locked, "guided"), before);
    for team in [&teams[0], &teams[21]] {
        assert_eq!(mai.report(Some(&team.id))["state"], "locked", "{}", team.name);
    }

    // A visit of the 12th comes in late: it says so, and the figures stay.
    let newcomer = mai.adds_household(&teams[3].place, "Sùng A Lử");
    let saved = mai.visits(&newcomer, "2026-11-12", "guided");
    assert_eq!(saved["late_for"], NOVEMBER);
    let after = mai.report(None);
    assert_eq!(figure(&after, "guided")["value"], before["value"]);
    assert_eq!(figure(&after, "guided")["adjusted"], before["value"].as_u64().unwrap() + 1);
    let adjustments = after["adjustments"].as_array().unwrap();
    assert_eq!(adjustments.len(), 1);
    assert_eq!(adjustments[0]["household"], newcomer);
    assert_eq!(adjustments[0]["head"], "Sùng A Lử");
    assert_eq!(adjustments[0]["place_name"], "Bản 04");
    assert_eq!((&adjustments[0]["what"], &adjustments[0]["day"]), (&json!("visit"), &json!("2026-11-12")));
    // The team sees it in its own report, another team does not.
    assert_eq!(mai.report(Some(&teams[3].id))["adjustments"].as_array().unwrap().len(), 1);
    assert_eq!(mai.report(Some(&teams[4].id))["adjustments"], json!([]));

    // The next month's visits are no adjustment.
    mai.later(48 * HOUR);
    let saved = mai.visits(&households[5], "2026-11-21", "proficient");
    assert_eq!(saved.get("late_for"), None);
    assert_eq!(mai.report(None)["adjustments"].as_array().unwrap().len(), 1);
    mai.is_sound();
}

#[test]
fn who_may_do_what_and_in_which_order() {
    let (mai, [one, other], _) = two_teams();
    let officer = me(&mai);
    let own = Some(one.id.as_str());
    assert_eq!(mai.refused("report_submit", of(own)), "not_allowed", "the office does not submit");
    assert_eq!(mai.refused("report_approve", of(own)), "report_not_submitted");
    assert_eq!(mai.refused("report_return", because(own, "Thiếu")), "report_not_submitted");
    assert_eq!(mai.refused("report_lock", of(own)), "report_not_submitted");
    assert_eq!(mai.refused("report_reopen", because(own, "Sai")), "report_not_locked");

    mai.signs_in(&one.leader);
    assert_eq!(mai.refused("report_submit", of(Some(&other.id))), "not_allowed", "another team's");
    assert_eq!(mai.refused("report_submit", of(None)), "not_allowed");
    assert_eq!(mai.refused("report_submit", json!({"period": "2027-03", "team": one.id})), "report_not_begun");
    mai.ok("report_submit", of(own));
    assert_eq!(mai.refused("report_submit", of(own)), "report_submitted");
    assert_eq!(mai.refused("report_approve", of(own)), "not_allowed");
    assert_eq!(mai.refused("report_lock", of(own)), "not_allowed");

    let member = mai.adds_member("Vì Văn Nam", "member", Some(&other.id));
    mai.signs_in(&member);
    assert_eq!(mai.refused("report_submit", of(Some(&other.id))), "not_allowed");
    let may = mai.ok("report_may", of(Some(&other.id)));
    assert!(may.as_object().unwrap().values().all(|may| *may == json!(false)), "{may}");

    mai.signs_in(&officer);
    mai.ok("report_approve", of(own));
    assert_eq!(mai.refused("report_approve", of(own)), "report_approved");
    assert_eq!(mai.refused("report_lock", json!({"period": "2026-12", "team": one.id})), "report_not_over");
    mai.ok("report_lock", of(own));
    for command in ["report_approve", "report_lock"] {
        assert_eq!(mai.refused(command, of(own)), "report_locked");
    }
    assert_eq!(mai.refused("report_return", because(own, "Thiếu")), "report_locked");
    assert_eq!(mai.refused("report_reopen", because(own, "")), "required");
    let open = mai.ok("report_reopen", because(own, "Ghi nhầm bản"));
    assert_eq!((&open["state"], open.get("lock")), (&json!("draft"), None));
}

#[test]
fn where_there_is_no_officer_the_leader_does_it_all() {
    let mai = Tablet::of_the_office();
    let team = text(&mai.ok("team_list", json!({}))["teams"][0]["id"]);
    let own = Some(team.as_str());
    mai.ok("report_submit", of(own));
    mai.ok("report_approve", of(own));
    assert_eq!(mai.ok("report_lock", of(own))["state"], "locked");
}

#[test]
fn a_slip_of_the_finger_is_taken_back_and_a_lock_is_not() {
    let (mai, [one, _], _) = two_teams();
    let (officer, own) = (me(&mai), Some(one.id.as_str()));
    assert_eq!(mai.refused("report_undo", of(own)), "report_nothing_to_undo");
    mai.signs_in(&one.leader);
    mai.ok("report_submit", of(own));
    assert_eq!(mai.ok("report_undo", of(own))["state"], "draft");
    mai.ok("report_submit", of(own));
    mai.signs_in(&officer);
    assert_eq!(mai.refused("report_undo", of(own)), "report_nothing_to_undo", "somebody else did it");
    mai.ok("report_return", because(own, "Nhầm tổ"));
    let undone = mai.ok("report_undo", of(own));
    assert_eq!(undone["state"], "submitted");
    assert_eq!(undone["events"].as_array().unwrap().last().unwrap()["void"], true, "what was done stays to be seen");
    mai.ok("report_lock", of(own));
    assert_eq!(mai.refused("report_undo", of(own)), "report_locked");
    mai.ok("report_reopen", because(own, "Nhầm"));
    assert_eq!(mai.ok("report_undo", of(own))["state"], "locked");
}

#[test]
fn a_whole_month_that_is_reopened_reopens_what_was_locked_with_it() {
    let (mai, [one, other], _) = two_teams();
    let officer = me(&mai);
    submits(&mai, &one, &officer);
    mai.ok("report_lock", of(Some(&one.id)));
    mai.ok("report_lock", of(None));
    assert_eq!(mai.refused("report_reopen", because(Some(&one.id), "Sai")), "report_whole_locked");
    mai.ok("report_reopen", because(None, "Huyện yêu cầu bổ sung"));
    assert_eq!(mai.report(None)["state"], "draft");
    assert_eq!(mai.report(Some(&one.id))["state"], "locked", "it was locked before");
    assert_eq!(mai.report(Some(&other.id))["state"], "draft");
    mai.ok("report_undo", of(None));
    assert_eq!(mai.report(Some(&other.id))["state"], "locked");
    mai.is_sound();
}

/// Mai and Đạt are both officers; each has a tablet, and they have not met since the team submitted.
fn two_officers() -> (Tablet, Tablet, Team, Vec<String>) {
    let (mai, [one, _], households) = two_teams();
    let officer = me(&mai);
    submits(&mai, &one, &officer);
    let đạt = mai.twin();
    (mai, đạt, one, households)
}

#[test]
fn a_lock_holds_against_a_return_that_was_made_at_the_same_time() {
    for lock_is_first in [true, false] {
        let (mai, đạt, team, _) = two_officers();
        let own = Some(team.id.as_str());
        if lock_is_first {
            đạt.later(HOUR)
        } else {
            mai.later(HOUR)
        }
        mai.ok("report_lock", of(own));
        đạt.ok("report_return", because(own, "Chờ thêm"));
        mai.meets(&đạt);
        let (here, there) = (mai.report(own), đạt.report(own));
        assert_eq!(here["state"], "locked");
        assert_eq!(here.to_string(), there.to_string(), "both see the same, byte for byte");
        let back = here["events"].as_array().unwrap().iter().find(|e| e["kind"] == "returned").unwrap();
        assert_eq!(back.get("void").is_some(), lock_is_first, "only what came to nothing is marked");
        đạt.ok("report_reopen", because(own, "Chờ thêm"));
        đạt.tells(&mai);
        assert_eq!(mai.report(own)["state"], "draft");
    }
}

#[test]
fn of_two_locks_the_first_stands_and_what_only_the_second_had_is_an_adjustment() {
    let (mai, đạt, team, households) = two_officers();
    let own = Some(team.id.as_str());
    đạt.later(HOUR);
    đạt.visits(&households[1], "2026-11-18", "proficient");
    mai.ok("report_lock", of(own));
    đạt.ok("report_lock", of(own));
    assert_eq!(đạt.figure(own, "at_target")["value"], 2);
    mai.meets(&đạt);
    for tablet in [&mai, &đạt] {
        let at_target = tablet.figure(own, "at_target");
        assert_eq!((&at_target["value"], &at_target["adjusted"]), (&json!(1), &json!(2)));
        assert_eq!(tablet.report(own)["adjustments"][0]["household"], households[1]);
    }
    assert_eq!(mai.report(own).to_string(), đạt.report(own).to_string());
}

#[test]
fn a_late_device_that_never_heard_of_the_lock_adds_to_it() {
    let (mai, đạt, team, households) = two_officers();
    let own = Some(team.id.as_str());
    // What went in is no adjustment, also where other visits were written on top of it.
    for day in ["2026-11-03", "2026-11-04"] {
        mai.visits(&households[0], day, "guided");
    }
    mai.ok("report_lock", of(own));
    // For three days the other tablet is where there is no signal: a visit, a correction, and one taken back.
    đạt.later(72 * HOUR);
    let saved = đạt.visits(&households[1], "2026-11-19", "guided");
    assert_eq!(saved.get("late_for"), None, "it does not know");
    let detail = đạt.ok("household_get", json!({"household": households[0]}));
    let visit = detail["visits"][0]["id"].clone();
    đạt.ok("visit_remove", json!({"household": households[0], "visit": visit}));
    đạt.meets(&mai);
    let report = mai.report(own);
    let told: Vec<(&Value, &Value)> =
        report["adjustments"].as_array().unwrap().iter().map(|a| (&a["head"], &a["what"])).collect();
    assert_eq!(told, [(&json!("Giàng A Páo"), &json!("visit_removed")), (&json!("Vàng Thị Mỷ"), &json!("visit"))]);
    let at_target = figure(&report, "at_target");
    assert_eq!((&at_target["value"], &at_target["adjusted"]), (&json!(1), &json!(0)));
    assert_eq!(report.to_string(), đạt.report(own).to_string(), "the same records, byte for byte");
    mai.is_sound();
    đạt.is_sound();
}

#[test]
fn what_was_locked_and_has_no_record_left_is_nought_now() {
    let (mai, đạt, team, households) = two_officers();
    let own = Some(team.id.as_str());
    mai.ok("report_lock", of(own));
    assert_eq!(mai.figure(own, "guided")["value"], 1);
    let visit = mai.ok("household_get", json!({"household": households[0]}))["visits"][0]["id"].clone();
    mai.ok("visit_remove", json!({"household": households[0], "visit": visit}));
    mai.meets(&đạt);
    let guided = đạt.figure(own, "guided");
    assert_eq!((&guided["value"], &guided["adjusted"]), (&json!(1), &json!(0)));
}

#[test]
fn people_who_are_said_to_be_one_after_a_lock_are_told() {
    let (mai, đạt, team, households) = two_officers();
    let own = Some(team.id.as_str());
    let who = |household: &str| text(&mai.ok("household_get", json!({"household": household}))["people"][0]["id"]);
    let two = [who(&households[0]), who(&households[1])];
    mai.visits(&households[1], "2026-11-07", "proficient");
    mai.ok("report_lock", of(own));
    assert_eq!(mai.report(own)["adjustments"], json!([]));
    mai.ok("duplicate_settle", json!({"kind": "resident", "a": two[0], "b": two[1], "verdict": "same"}));
    mai.meets(&đạt);
    let report = đạt.report(own);
    let guided = figure(&report, "guided");
    assert_eq!((&guided["value"], &guided["adjusted"]), (&json!(2), &json!(1)));
    let told = report["adjustments"].as_array().unwrap();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0]["what"], "people_merged");
    assert!(households[..2].contains(&text(&told[0]["household"])), "{told:?}");
    assert_eq!(report.to_string(), mai.report(own).to_string(), "byte for byte");
}

#[test]
fn a_device_that_lacks_what_went_into_a_lock_says_so() {
    let (mai, đạt, team, households) = two_officers();
    let own = Some(team.id.as_str());
    mai.visits(&households[0], "2026-11-19", "guided");
    mai.ok("report_lock", of(own));
    assert_eq!(mai.report(own)["lock"]["lacking"], 0);
    // The lock has come, and with it all that it was made of; then one of the households never had.
    mai.tells(&đạt);
    assert_eq!(đạt.report(own)["lock"]["lacking"], 0);
    let đạt = đạt.without(&households[0]);
    let report = đạt.report(own);
    assert_eq!((&report["lock"]["documents"], &report["lock"]["lacking"]), (&json!(3), &json!(1)));
    assert_eq!(
        figure(&report, "at_target")["value"],
        mai.figure(own, "at_target")["value"],
        "the figures are the frozen ones"
    );
    let text = đạt.ok("report_text", json!({"period": NOVEMBER, "team": team.id, "kind": "summary"}));
    assert!(text["text"].as_str().unwrap().contains("Máy này còn thiếu 1 hồ sơ có trong số liệu chốt"), "{text}");
}

#[test]
fn rules_names_and_places_that_change_later_leave_a_locked_report_as_it_was() {
    let (mai, [one, _], _) = two_teams();
    mai.ok("report_lock", of(None));
    let locked = mai.report(None);
    let team_report = mai.report(Some(&one.id));
    let mut rules = mai.ok("rules_get", json!({"period": NOVEMBER}))["rules"].clone();
    rules["title"] = json!("Báo cáo khác");
    rules["end_day"] = json!(25);
    rules["indicators"] = json!([rules["indicators"][1]]);
    rules["indicators"][0]["key"] = json!("at_target");
    mai.ok("rules_set", json!({"from_period": NOVEMBER, "rules": rules}));
    mai.ok("place_edit", json!({"place": one.place, "name": "Bản Mới"}));
    mai.ok("team_save", json!({"team": one.id, "name": "Tổ mới", "kind": "hamlet", "places": [one.place]}));
    assert_eq!(mai.report(None).to_string(), locked.to_string());
    assert_eq!(mai.report(Some(&one.id)).to_string(), team_report.to_string());
}

#[test]
fn a_lock_of_a_commune_of_5040_households_travels_in_changes_that_a_chunk_holds() {
    let mai = Tablet::of_the_office().with_households(5_040);
    let locked = mai.ok("report_lock", of(None));
    assert_eq!(locked["lock"]["documents"], 5_041);
    assert_eq!(locked["adjustments"], json!([]));
    let largest = mai.largest_changes();
    assert!(largest[0] < 32 * 1024, "{largest:?}");
    assert!(largest.iter().filter(|size| **size > 16 * 1024).count() >= 3, "86 KB in parts: {largest:?}");
}

#[test]
fn what_only_one_device_knows_stands_apart_from_the_report() {
    let (mai, đạt, team, _) = two_officers();
    let own = Some(team.id.as_str());
    assert_eq!(mai.report(own).to_string(), đạt.report(own).to_string());
    let fresh = mai.ok("report_freshness", json!({}));
    let of_team = fresh.as_array().unwrap().iter().find(|one| one["team"] == *team.id).unwrap();
    assert_eq!(
        (&of_team["name"], &of_team["heard_at_ms"], &of_team["here"]),
        (&json!("Tổ bản 01"), &Value::Null, &json!(false))
    );
    assert_eq!(of_team["wrote_at_ms"], mai.now(), "its leader submitted on this tablet");
    let office = fresh.as_array().unwrap().last().unwrap();
    assert_eq!((&office["name"], &office["here"]), (&json!("Xã Vân Hồ"), &json!(true)), "this device comes last");
    assert_eq!(office["devices"][0]["name"], "Máy của Lò Thị Mai");
}

#[test]
fn the_short_text_says_the_counts_before_the_shares_and_what_is_not_known() {
    let (mai, [one, _], _) = two_teams();
    mai.ok("report_lock", of(None));
    let second = mai.ok("household_list", json!({}))["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["head"] == "Vàng Thị Mỷ" && row["place_name"] == "Bản 01")
        .unwrap()["id"]
        .clone();
    mai.visits(second.as_str().unwrap(), "2026-11-20", "proficient");
    let text = mai.ok("report_text", json!({"period": NOVEMBER, "kind": "summary"}))["text"].take();
    insta::assert_snapshot!(text.as_str().unwrap());
    let of_team = mai.ok("report_text", json!({"period": "2026-10", "team": one.id, "kind": "summary"}))["text"].take();
    assert!(of_team.as_str().unwrap().contains("• Người được hướng dẫn: chưa có số liệu"), "{of_team}");
}
