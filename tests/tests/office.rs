//! A commune's office and its hamlets: one list hands every office device the hamlets' notebooks, and each hamlet
//! keeps to its own.

#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::{Value, json};
use tungnha_core::clock::Clock;
use tungnha_core::doc::Scalar;
use tungnha_core::doc::space::{self as keys, Thing};
use tungnha_core::notebook::{Batch, Notebook};
use tungnha_core::projection::office;
use tungnha_tests::{Device, Relay, list};

const LIST: &str = "01-mau-chuan.xlsx";
const OFFICE: &str = "UBND xã Vân Hồ";
const PA_COP: &str = "Bản Pa Cốp";
const HANG_TRUNG: &str = "Bản Hang Trùng";

/// Mai's office, with a notebook for each of two hamlets.
fn an_office() -> (Relay, Device) {
    let relay = Relay::start();
    let mai = Device::new("Lò Thị Mai");
    let names = json!({"team_name": OFFICE, "place_name": "Xã Vân Hồ", "member_name": mai.name()});
    mai.ok("team_start", names);
    mai.ok("consent_setting_set", json!({"first": false}));
    mai.ok("relay_connect", json!({"pass": relay.pass()}));
    let url = relay.pass_to_open(2, &relay.url());
    mai.ok("office_found", json!({"names": [PA_COP, HANG_TRUNG], "pass": url}));
    (relay, mai)
}

/// The id of a notebook that a device has.
#[track_caller]
fn notebook(device: &Device, name: &str) -> String {
    let all = device.ok("notebook_list", json!({}));
    let found = all.as_array().unwrap().iter().find(|one| one["name"] == name);
    found.unwrap_or_else(|| panic!("{} has no {name}: {all}", device.name()))["id"].as_str().unwrap().to_owned()
}

#[track_caller]
fn opens(device: &Device, name: &str) -> Value {
    device.ok("notebook_open", json!({"notebook": notebook(device, name)}))
}

/// What the office's list says of a hamlet.
#[track_caller]
fn listed(office: &Device, name: &str) -> Value {
    let all = office.ok("office_get", json!({}));
    all["notebooks"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap().clone()
}

/// The leader of a hamlet, whom the office has appointed, with a device of their own.
fn appointed(office: &Device, hamlet: &str, name: &str) -> Device {
    opens(office, hamlet);
    office.ok("member_add", json!({"name": name, "role": "leader"}));
    office.sync();
    let device = Device::new(name);
    device.join(office.invite(1)["link"].as_str().unwrap());
    device
}

#[test]
fn every_office_device_has_every_hamlet_and_each_hamlet_its_own() {
    let (_relay, mai) = an_office();
    assert_eq!(listed(&mai, PA_COP)["way"], "fresh");

    let dợ = appointed(&mai, PA_COP, "Sồng Thị Dợ");
    assert_eq!(dợ.ok("status", json!({}))["me"]["role"], "leader");
    assert_eq!(dợ.import(&list(LIST))["added"], 120);
    let door = dợ.households()[0]["id"].as_str().unwrap().to_owned();
    dợ.meets_head_of(&door, "đã đến");
    dợ.sync();

    // What she wrote comes to the office with whichever notebook is open there.
    opens(&mai, HANG_TRUNG);
    mai.sync();
    opens(&mai, OFFICE);
    let pa_cop = listed(&mai, PA_COP);
    assert_eq!((&pa_cop["households"], &pa_cop["here"]), (&json!(120), &json!(true)));
    assert!(pa_cop["heard_at_ms"].is_i64() && listed(&mai, HANG_TRUNG)["heard_at_ms"].is_null());

    // A colleague joins the office alone, and has both hamlets after one exchange.
    let tâm = Device::new("Hà Văn Tâm");
    tâm.join(mai.invite(1)["link"].as_str().unwrap());
    tâm.sync();
    let names: Vec<_> =
        tâm.ok("notebook_list", json!({})).as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
    assert_eq!(names, [json!(OFFICE), json!(HANG_TRUNG), json!(PA_COP)]);
    assert_eq!(listed(&tâm, PA_COP)["households"], 120);
    // Who only helps in the office is nobody in the hamlets.
    let hamlet = notebook(&tâm, PA_COP);
    assert_eq!(tâm.error("notebook_open", json!({"notebook": hamlet})), "who_are_you");
    mai.sync();
    let members = mai.ok("member_list", json!({}));
    let him = members.as_array().unwrap().iter().find(|one| one["name"] == "Hà Văn Tâm").unwrap();
    mai.ok("member_edit", json!({"member": him["id"], "role": "commune_officer"}));
    mai.sync();
    tâm.sync();
    assert_eq!(opens(&tâm, PA_COP)["me"]["role"], "commune_officer");
    assert_eq!(tâm.households().len(), 120);
    tâm.meets_head_of(&door, "cán bộ cùng đi");
    tâm.sync();
    dợ.sync();
    let visits = dợ.ok("household_get", json!({"household": door}))["visits"].clone();
    let mut by: Vec<_> = visits.as_array().unwrap().iter().map(|one| one["author_name"].as_str().unwrap()).collect();
    by.sort_unstable();
    assert_eq!(by, ["Hà Văn Tâm", "Sồng Thị Dợ"]);

    // The hamlet's device has its own notebook and nothing of the others.
    assert_eq!(dợ.ok("notebook_list", json!({})).as_array().unwrap().len(), 1);
    for device in [&mai, &tâm, &dợ] {
        device.verify_clean();
    }
}

#[test]
fn a_team_that_was_there_before_is_taken_in_and_can_be_taken_off_again() {
    let (relay, mai) = an_office();
    let nam = Device::with_team("Vì Văn Nam");
    nam.ok("relay_connect", json!({"pass": relay.pass()}));
    nam.import(&list(LIST));
    nam.sync();
    let theirs = nam.ok("status", json!({}))["space"]["name"].as_str().unwrap().to_owned();

    let joined = mai.join(nam.invite(1)["link"].as_str().unwrap());
    assert_eq!((&joined["space"]["name"], &joined["notebooks"]), (&json!(theirs), &json!(4)));
    let id = joined["space"]["id"].clone();
    // The list is the office's, whichever notebook is open.
    assert_eq!(mai.ok("office_get", json!({}))["notebooks"], json!([]));
    opens(&mai, OFFICE);
    mai.ok("office_add", json!({"notebook": id}));
    assert_eq!(listed(&mai, &theirs)["households"], 120);
    mai.sync();

    let tâm = Device::new("Hà Văn Tâm");
    tâm.join(mai.invite(1)["link"].as_str().unwrap());
    tâm.sync();
    assert_eq!(listed(&tâm, &theirs)["households"], 120);

    mai.ok("office_remove", json!({"notebook": id}));
    mai.sync();
    tâm.sync();
    let of = |device: &Device| device.ok("office_get", json!({}))["notebooks"].as_array().unwrap().len();
    assert_eq!((of(&mai), of(&tâm)), (2, 2));
    // What was theirs stays, here and there.
    opens(&mai, &theirs);
    assert_eq!(mai.households().len(), 120);
    mai.verify_clean();
}

#[test]
fn what_the_office_sends_is_the_same_everywhere() {
    let (_relay, mai) = an_office();
    let dợ = appointed(&mai, PA_COP, "Sồng Thị Dợ");
    opens(&mai, OFFICE);

    let state = |what: &Value, name: &str| {
        let all = mai.ok("office_bring", what.clone());
        all["items"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap()["state"].clone()
    };
    let checklist = json!({"what": "checklist"});
    assert_eq!(state(&checklist, PA_COP), "same", "a hamlet begins as its office is set up");
    mai.ok("checklist_edit", json!({"skill": "payment", "text": "Quét mã QR ở chợ phiên", "retired": false}));
    assert_eq!(state(&checklist, PA_COP), "other");
    mai.ok("office_send", json!({"what": "checklist", "notebooks": [notebook(&mai, PA_COP)]}));
    assert_eq!((state(&checklist, PA_COP), state(&checklist, HANG_TRUNG)), (json!("same"), json!("other")));

    let notices = mai.ok("notice_save", json!({"text": "Ngày 28/11 tập huấn ở xã"}));
    let notice = json!({"what": "notice", "id": notices[0]["id"]});
    assert_eq!(state(&notice, HANG_TRUNG), "lacking");
    let before = mai.ok("office_send", notice.clone());
    assert_eq!(before, mai.ok("office_send", notice.clone()), "sending twice changes nothing");
    assert_eq!(state(&notice, HANG_TRUNG), "same");

    mai.sync();
    dợ.sync();
    assert_eq!(dợ.ok("notice_list", json!({}))[0]["text"], "Ngày 28/11 tập huấn ở xã");
    assert_eq!(dợ.ok("notice_list", json!({}))[0]["author_name"], "Lò Thị Mai");
    let items = dợ.ok("checklist_get", json!({})).to_string();
    assert!(items.contains("Quét mã QR ở chợ phiên"), "{items}");

    // Only who is in charge sends; a hamlet's leader has nothing to send anywhere.
    let tâm = Device::new("Hà Văn Tâm");
    tâm.join(mai.invite(1)["link"].as_str().unwrap());
    tâm.sync();
    assert_eq!(tâm.error("office_send", notice), "not_allowed");
    assert_eq!(tâm.error("office_found", json!({"names": ["Bản Mới"]})), "not_allowed");
}

#[test]
fn one_tablet_for_two_hamlets_writes_under_the_right_name_in_each() {
    let relay = Relay::start();
    let [dợ, nam] = ["Sồng Thị Dợ", "Vì Văn Nam"].map(|leader| {
        let device = Device::with_team(leader);
        device.ok("relay_connect", json!({"pass": relay.pass()}));
        device.import(&list(LIST));
        device.sync();
        device
    });
    let named = |device: &Device, name: &str| device.ok("member_add", json!({"name": name, "role": "member"}));
    named(&dợ, "Lường Văn Hom");
    named(&nam, "Lường Văn Hom");
    named(&nam, "Quàng Thị Lả");
    dợ.sync();
    nam.sync();

    let tablet = Device::new("Lường Văn Hom");
    let first = tablet.join(dợ.invite(1)["link"].as_str().unwrap())["space"]["id"].clone();
    let door = tablet.households()[0]["id"].as_str().unwrap().to_owned();
    let draft = tablet.ok("visit_open", json!({"household": door}));
    assert_eq!(tablet.ok("status", json!({}))["notebooks"], 1);
    let second = tablet.join(nam.invite(1)["link"].as_str().unwrap());
    assert_eq!((&second["notebooks"], &second["me"]["name"]), (&json!(2), &json!("Lường Văn Hom")));
    let second = second["space"]["id"].clone();

    // The form that he had begun waits in its own notebook.
    assert_eq!(tablet.ok("draft_list", json!({})), json!([]));
    assert_eq!(tablet.error("visit_open", json!({"household": door})), "not_found");
    let there = tablet.households()[0]["id"].as_str().unwrap().to_owned();
    assert_ne!(there, door);
    tablet.meets_head_of(&there, "ở bản kia");
    tablet.ok("notebook_open", json!({"notebook": first}));
    assert_eq!(tablet.ok("draft_list", json!({}))[0]["id"], draft["id"]);
    tablet.meets_head_of(&door, "ở bản này");

    // Somebody else takes over here, and is asked who they are there.
    let lả = tablet.ok("member_add", json!({"name": "Quàng Thị Lả", "role": "member"}));
    tablet.ok("member_sign_in", json!({"member": lả["id"]}));
    assert_eq!(tablet.error("notebook_open", json!({"notebook": second})), "who_are_you");
    let people = tablet.ok("notebook_people", json!({"notebook": second}));
    let there_lả = people.as_array().unwrap().iter().find(|one| one["name"] == "Quàng Thị Lả").unwrap();
    let opened = tablet.ok("notebook_open", json!({"notebook": second, "member": there_lả["id"]}));
    assert_eq!(opened["me"]["name"], "Quàng Thị Lả");
    tablet.ok("notebook_open", json!({"notebook": first}));
    assert_eq!(tablet.ok("notebook_open", json!({"notebook": second}))["me"]["name"], "Quàng Thị Lả", "once is enough");

    tablet.sync();
    for (leader, note) in [(&dợ, "ở bản này"), (&nam, "ở bản kia")] {
        leader.sync();
        let export = leader.export();
        let visits: Vec<&Value> =
            export["households"].as_array().unwrap().iter().flat_map(|one| one["visits"].as_array().unwrap()).collect();
        assert_eq!(visits.len(), 1);
        assert_eq!((&visits[0]["note"], &visits[0]["author_name"]), (&json!(note), &json!("Lường Văn Hom")));
    }
    tablet.verify_clean();
}

#[test]
fn an_office_device_without_a_network_gets_a_hamlet_by_files() {
    let (mut relay, mai) = an_office();
    let tâm = mai.joined_by("Hà Văn Tâm");
    relay.stop();
    mai.ok("office_found", json!({"names": ["Bản Co Chàm"]}));
    let file = |device: &Device| json!({"content": device.ok("file_export", json!({}))["content"]});
    let list_of_hamlets = file(&mai);
    opens(&mai, "Bản Co Chàm");
    mai.ok("household_add", json!({"head": {"name": "Giàng A Páo"}}));
    let hamlet = file(&mai);

    assert_eq!(tâm.error("file_import", hamlet.clone()), "file_foreign");
    tâm.ok("file_import", list_of_hamlets);
    let imported = tâm.ok("file_import", hamlet);
    assert_eq!(imported["notebook_name"], "Bản Co Chàm", "with the office's notebook open");
    assert_eq!(listed(&tâm, "Bản Co Chàm")["households"], 1);
    tâm.verify_clean();
}

#[test]
fn an_office_device_whose_power_is_cut_while_it_follows_has_everything_in_the_end() {
    let (_relay, mai) = an_office();
    opens(&mai, PA_COP);
    mai.import(&list(LIST));
    mai.sync();
    opens(&mai, OFFICE);
    let tâm = mai.joined_by("Hà Văn Tâm");
    for cut in 0..12 {
        tâm.ok("status", json!({}));
        tâm.begin("sync_now", json!({}));
        std::thread::sleep(std::time::Duration::from_millis(4 * cut));
        tâm.kill();
    }
    tâm.sync();
    assert_eq!(listed(&tâm, PA_COP)["households"], 120);
    assert_eq!(listed(&tâm, HANG_TRUNG)["here"], true);
    tâm.verify_clean();
}

#[test]
fn the_way_in_is_renewed_before_it_ends() {
    let (_relay, mai) = an_office();
    let until = |office: &Device| listed(office, PA_COP)["way_until_ms"].as_i64().unwrap();
    let (fresh, soon) = (until(&mai), until(&mai) - 80 * 24 * 60 * 60 * 1000);
    mai.close();
    {
        let mut notebook = Notebook::open(mai.folder(), Clock::system()).unwrap();
        let (office, hamlets) = {
            let office = notebook.space().unwrap().id;
            (office, office::hamlets(notebook.db(), office).unwrap())
        };
        let set = |batch: &mut Batch<'_>| {
            let key = |hamlet| keys::field(Thing::Notebook, hamlet, "until");
            batch.edit_space(|edit| hamlets.iter().for_each(|hamlet| edit.set(&key(*hamlet), &Scalar::Int(soon))))
        };
        notebook.write_in(office, "", set).unwrap();
    }
    assert_eq!(listed(&mai, PA_COP)["way"], "old");
    mai.sync();
    assert_eq!(listed(&mai, PA_COP)["way"], "fresh");
    assert!(until(&mai) >= fresh);

    // With the new one a colleague gets in.
    let tâm = mai.joined_by("Hà Văn Tâm");
    tâm.sync();
    assert_eq!(listed(&tâm, PA_COP)["here"], true);
}
