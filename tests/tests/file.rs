//! The notebook on a stick: for those who never share a network. What is whole comes in, any number of
//! times; what is damaged, foreign or something else altogether changes nothing.

#![allow(clippy::unwrap_used, reason = "tests")]

use data_encoding::BASE64;
use serde_json::{Value, json};
use tungnha_tests::{Chance, Device, Relay, list};

const LIST: &str = "01-mau-chuan.xlsx";

/// Dợ's team with Nam in it, out of reach of its relay, each with the list and visits of their own.
fn apart() -> (Relay, Device, Device, Vec<String>) {
    let mut relay = Relay::start();
    let dợ = Device::with_team("Sồng Thị Dợ");
    dợ.ok("relay_connect", json!({"pass": relay.pass()}));
    let nam = dợ.joined_by("Vì Văn Nam");
    nam.sync();
    dợ.sync();
    relay.stop();
    dợ.import(&list(LIST));
    nam.import(&list(LIST));
    let doors: Vec<String> = dợ.households().iter().map(|h| h["id"].as_str().unwrap().to_owned()).collect();
    for n in 0..6 {
        dợ.meets_head_of(&doors[n], &format!("Dợ đã đến, lượt {n}"));
        nam.meets_head_of(&doors[n + 3], &format!("Nam đã đến, lượt {n}"));
    }
    (relay, dợ, nam, doors)
}

/// `tungnha file …`; its answer.
#[track_caller]
fn file(device: &Device, arguments: &[&str]) -> Value {
    let output = device.run(&[&["file"], arguments].concat());
    assert!(output.status.success(), "{}: {output:?}", device.name());
    serde_json::from_slice(&output.stdout).unwrap()
}

/// `tungnha file …` that is refused; what it says.
#[track_caller]
fn refused(device: &Device, arguments: &[&str]) -> String {
    let output = device.run(&[&["file"], arguments].concat());
    assert_eq!(output.status.code(), Some(1), "{}: {output:?}", device.name());
    String::from_utf8(output.stderr).unwrap()
}

fn exported(device: &Device, args: Value) -> (Value, Vec<u8>) {
    let file = device.ok("file_export", args);
    let bytes = BASE64.decode(file["content"].as_str().unwrap().as_bytes()).unwrap();
    assert_eq!(file["bytes"], bytes.len());
    (file, bytes)
}

fn content(bytes: &[u8]) -> Value {
    json!({"content": BASE64.encode(bytes)})
}

/// Everything that could have changed.
fn everything(device: &Device) -> Value {
    let (status, receivers) = (device.ok("sync_status", json!({})), device.ok("file_receivers", json!({})));
    let whole = device.ok("file_export", json!({}))["content"].clone();
    json!([device.ok("export", json!({})), status, receivers, whole])
}

#[track_caller]
fn same_notebook(devices: &[&Device]) {
    let first = devices[0].export();
    for device in devices {
        assert_eq!(device.export(), first, "{} and {}", devices[0].name(), device.name());
        device.verify_clean();
    }
}

#[test]
fn two_who_never_share_a_network_hand_a_file_there_and_back() {
    let (mut relay, dợ, nam, doors) = apart();
    let stick = tempfile::tempdir().unwrap();
    dợ.ok("household_edit", json!({"household": doors[0], "fields": {"phone": "0912 345 678"}}));
    nam.ok("household_edit", json!({"household": doors[0], "fields": {"phone": "0912 345 687"}}));
    let before = dợ.ok("sync_status", json!({}));

    // There by the command line, back by the command that the pages use.
    let out = file(&dợ, &["export", stick.path().to_str().unwrap(), "--for", "Máy Nam"]);
    let path = out["path"].as_str().unwrap();
    assert!(path.ends_with(".tungnha") && path.contains("To CNSCD Hang Trung 20"), "{path}");
    assert_eq!(std::fs::metadata(path).unwrap().len(), out["bytes"].as_u64().unwrap());
    assert_eq!(std::fs::read_dir(stick.path()).unwrap().count(), 1, "nothing half-written lies beside it");
    let came = file(&nam, &["import", path]);
    // The list is on both already; what Dợ wrote is six visits, a phone and that there was a list.
    assert_eq!((&came["records"], &came["quarantined"]), (&json!(8), &json!(0)), "{came}");
    assert_eq!((&came["households_changed"], &came["conflicts"]), (&json!(6), &json!(1)), "{came}");
    let (back, bytes) = exported(&nam, json!({"receiver": "Máy Dợ"}));
    assert_eq!(dợ.ok("file_import", content(&bytes))["records"], 8);
    same_notebook(&[&dợ, &nam]);
    assert_eq!(dợ.export()["totals"]["visits"], 12);

    // A second time, by either door, changes nothing.
    let (was, is) = (everything(&dợ), everything(&nam));
    let again = dợ.ok("file_import", json!({"content": back["content"]}));
    assert_eq!(
        (&again["new_chunks"], &again["records"], &again["households_changed"]),
        (&json!(0), &json!(0), &json!(0))
    );
    assert_eq!(file(&nam, &["import", path])["new_chunks"], 0);
    assert_eq!((everything(&dợ), everything(&nam)), (was, is));

    // Nothing has arrived by it: what waited waits, and what came waits with it.
    let after = dợ.ok("sync_status", json!({}));
    assert_eq!(after["arrived"], before["arrived"]);
    assert_eq!(after["waiting"].as_u64(), Some(before["waiting"].as_u64().unwrap() + 8));
    for visit in dợ.ok("household_get", json!({"household": doors[4]}))["visits"].as_array().unwrap() {
        assert_eq!(visit["sync"]["state"], "waiting", "{visit}");
    }

    // Dợ alone goes to town, and carries Nam's visits there.
    relay.start_again();
    dợ.sync();
    assert_eq!(dợ.ok("sync_status", json!({}))["waiting"], 0);
    let lan = dợ.joined_by("Lò Thị Lan");
    for device in [&lan, &dợ, &nam] {
        device.sync();
    }
    same_notebook(&[&lan, &dợ, &nam]);
}

#[test]
fn a_file_holds_only_what_is_new_and_comes_in_in_any_order() {
    let mut relay = Relay::start();
    let dợ = Device::with_team("Sồng Thị Dợ");
    dợ.ok("relay_connect", json!({"pass": relay.pass()}));
    let (nam, lan) = (dợ.joined_by("Vì Văn Nam"), dợ.joined_by("Lò Thị Lan"));
    for device in [&dợ, &nam, &lan] {
        device.sync();
    }
    let url = relay.url();
    let since_relay = json!({"since": {"relay": url}});
    assert_eq!(dợ.error("file_export", since_relay.clone()), "nothing_new");
    assert_eq!(dợ.error("file_export", json!({"since": {"relay": "https://khac.vn"}})), "not_found");
    relay.stop();

    dợ.import(&list(LIST));
    let door = dợ.households()[0]["id"].as_str().unwrap().to_owned();
    let since_lan = json!({"since": {"receiver": "Máy chị Lan"}});
    // Who never got a file gets everything, and is known from then on.
    let (first, first_bytes) = exported(&dợ, since_lan.clone());
    assert_eq!(first["records"], exported(&dợ, json!({})).0["records"]);
    assert_eq!(dợ.error("file_export", since_lan.clone()), "nothing_new");
    dợ.meets_head_of(&door, "Đã cài VNeID");
    let receivers = dợ.ok("file_receivers", json!({}));
    let names = receivers.as_array().unwrap();
    assert_eq!((names.len(), &names[0]["name"], &names[0]["new_records"]), (1, &json!("Máy chị Lan"), &json!(1)));
    let (second, second_bytes) = exported(&dợ, json!({"since": {"receiver": " máy CHỊ lan"}}));
    assert_eq!((&second["records"], &second["chunks"]), (&json!(1), &json!(1)));
    // The relay lacks the list and the visit; a file that was made does not change that.
    assert_eq!(exported(&dợ, since_relay).0["records"], dợ.ok("sync_status", json!({}))["waiting"]);

    // Nam gets the second file alone. He cannot read it yet, keeps it, and hands it on with all he has.
    assert_eq!(nam.ok("file_import", content(&second_bytes))["quarantined"], 1);
    let (_, carried) = exported(&nam, json!({}));
    let came = lan.ok("file_import", content(&carried));
    assert_eq!((&came["new_chunks"], &came["records"], &came["quarantined"]), (&json!(1), &json!(0), &json!(1)));
    for device in [&nam, &lan] {
        let came = device.ok("file_import", content(&first_bytes));
        assert_eq!(
            (&came["records"], &came["quarantined"]),
            (&json!(122), &json!(0)),
            "the list, that there was one, and the visit: {came}"
        );
    }
    same_notebook(&[&dợ, &nam, &lan]);
}

#[test]
fn a_file_that_is_damaged_foreign_or_something_else_changes_nothing() {
    let mut chance = Chance::of_today();
    let (_relay, dợ, nam, _) = apart();
    let (_, whole) = exported(&dợ, json!({}));
    let before = everything(&nam);
    for _ in 0..60 {
        let (cut, mut flipped) = (chance.below(whole.len()), whole.clone());
        flipped[chance.below(whole.len())] ^= 1 << chance.below(8);
        for wrong in [&whole[..cut], &flipped] {
            let code = nam.error("file_import", content(wrong));
            assert!(code == "file_damaged" || code == "file_not_ours", "{code}");
        }
    }
    // Every byte of its beginning and its end, where the format itself is.
    for at in (8..33).chain(whole.len() - 32..whole.len()) {
        let mut flipped = whole.clone();
        flipped[at] = !flipped[at];
        assert_eq!(nam.error("file_import", content(&flipped)), "file_damaged", "byte {at}");
    }
    let stranger = Device::with_team("Người tổ khác");
    let (_, theirs) = exported(&stranger, json!({}));
    assert_eq!(nam.error("file_import", content(&theirs)), "file_foreign");
    assert_eq!(nam.error("file_import", content(b"")), "file_not_ours");
    let mut later = whole.clone();
    later[8] = 2;
    let end = later.len() - 32;
    let hash = *blake3::hash(&later[..end]).as_bytes();
    later[end..].copy_from_slice(&hash);
    assert_eq!(nam.error("file_import", content(&later)), "app_too_old");
    assert_eq!(everything(&nam), before);

    // The command line says the same.
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for (name, bytes, code) in [
        ("cut.tungnha", &whole[..whole.len() / 2], "file_damaged"),
        ("theirs.tungnha", &theirs, "file_foreign"),
        ("later.tungnha", &later, "app_too_old"),
    ] {
        std::fs::write(path(name), bytes).unwrap();
        assert!(refused(&nam, &["import", &path(name)]).contains(code), "{name}");
    }
    assert!(refused(&nam, &["import", list(LIST).to_str().unwrap()]).contains("file_not_ours"));
    assert!(refused(&nam, &["import", &path("khong-co")]).contains("file_not_read"));
    // What lies there already is left alone.
    assert!(refused(&nam, &["export", &path("cut.tungnha")]).contains("file_exists"));
    assert_eq!(std::fs::read(path("cut.tungnha")).unwrap(), whole[..whole.len() / 2]);
    assert!(refused(&nam, &["export", &path("khong/co/x.tungnha")]).contains("disk_failed"));
    assert_eq!(everything(&nam), before);
    nam.verify_clean();
}

#[test]
fn a_file_needs_the_team_first_and_practice_stays_where_it_is() {
    let dợ = Device::with_team("Sồng Thị Dợ");
    let (_, bytes) = exported(&dợ, json!({}));
    let newcomer = Device::new("Mùa A Tủa");
    assert_eq!(newcomer.error("file_import", content(&bytes)), "file_before_team");
    assert_eq!(newcomer.error("file_export", json!({})), "no_notebook");
    newcomer.ok("practice_start", json!({}));
    assert_eq!(newcomer.error("file_import", content(&bytes)), "practice_open");
    assert_eq!(newcomer.error("file_export", json!({})), "practice_stays");
    let unfit = json!({"receiver": "  "});
    assert_eq!(dợ.error("file_export", unfit), "required");
}
