//! What an operator does beside a relay that runs: settings, copies, the way back, who may come in.
#![allow(clippy::unwrap_used)]

mod common;
mod http_client;
mod in_folder;
mod running;
mod tls_client;

use std::{
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use common::*;
use http_client::{call, try_call};
use in_folder::{make_pass, ok, program, start, start_with};
use running::Running;
use tls_client::{Certificate, shown_by};
use tungnha_protocol::{
    RollingHash, SpaceId,
    frames::{Hello, Push, Request, Response, SpaceAnswer},
    wire::{Body, WireError, code},
};

/// Why a command refuses.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = program(folder, arguments).output().unwrap();
    assert!(!output.status.success() && output.stdout.is_empty(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stderr).unwrap()
}

fn opens(running: &Running, folder: &Path, hoa: &Device, space: SpaceId) {
    let pass = make_pass(folder);
    call(running.address, "POST", "/v1/spaces", None, &hoa.opens(space, &pass).to_bytes()).ok();
}

fn pushes(running: &Running, device: &Device, space: SpaceId, texts: &[&str]) -> SpaceAnswer {
    let pushes = texts.iter().map(|text| Push { space_index: 0, bytes: device.visit(space, text).into_bytes() });
    let hellos = vec![Hello::at(space, RollingHash::NONE)];
    let request = Request { hellos, pushes: pushes.collect(), offers: vec![] }.encode();
    let answer = call(running.address, "POST", "/v1/sync", Some(&device.token), &request);
    Response::decode(answer.ok(), 1).unwrap().spaces.remove(0)
}

#[test]
fn a_copy_is_made_while_the_relay_runs_and_put_back_when_it_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (hoa, space) = (device("Hoà"), space("Vân Hồ"));
    let mut running = start(folder);
    opens(&running, folder, &hoa, space);
    pushes(&running, &hoa, space, &["before"]);
    let copy = folder.join("copy.db");
    let copy = copy.to_str().unwrap();
    let said = ok(folder, &["backup", "--to", copy]);
    let bytes = hoa.visit(space, "before").bytes().len();
    let in_order = format!("{copy}: 1 spaces, 1 entries, {bytes} bytes of chunks, 1 devices: all in order\n");
    assert_eq!(said, in_order);
    let overwrites = refused(folder, &["backup", "--to", copy]);
    assert!(overwrites.contains("is there already"), "{overwrites}");
    let head = pushes(&running, &hoa, space, &["after"]).welcome.unwrap().head;
    assert_eq!(head.seq, 2);

    assert!(refused(folder, &["restore", "--from", copy]).contains("a relay runs on this database"));
    assert!(refused(folder, &["serve", "--listen", "127.0.0.1:0"]).contains("a relay runs on this database"));
    running.stop();
    let said = ok(folder, &["restore", "--from", copy]);
    assert!(said.contains("what was there before is "), "{said}");
    let running = start(folder);
    let at_the_end = Request { hellos: vec![Hello::at(space, head)], ..Request::default() }.encode();
    let answer = call(running.address, "POST", "/v1/sync", Some(&hoa.token), &at_the_end);
    let answer = Response::decode(answer.ok(), 1).unwrap().spaces.remove(0);
    assert!(answer.rewind.is_some(), "the relay is behind, and says so");
    assert_eq!(pushes(&running, &hoa, space, &["before", "after"]).welcome.unwrap().head, head, "as it was");
    assert!(ok(folder, &["verify"]).contains("2 entries"));
}

#[test]
fn a_damaged_copy_is_found_out_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (hoa, space) = (device("Hoà"), space("Vân Hồ"));
    let mut running = start(folder);
    opens(&running, folder, &hoa, space);
    let long = "x".repeat(20_000);
    pushes(&running, &hoa, space, &["one", &long, "three"]);
    let copy = folder.join("copy.db");
    ok(folder, &["backup", "--to", copy.to_str().unwrap()]);
    running.stop();

    let whole = std::fs::read(&copy).unwrap();
    let chunk = hoa.visit(space, &long);
    let at = whole.windows(64).position(|bytes| bytes == &chunk.bytes()[200..264]).unwrap();
    let mut flipped = whole.clone();
    flipped[at] ^= 1;
    let rewritten = folder.join("rewritten.db");
    std::fs::write(&rewritten, &whole).unwrap();
    let hand = rusqlite::Connection::open(&rewritten).unwrap();
    hand.execute("DELETE FROM log WHERE seq = 3", []).unwrap();
    drop(hand);
    let cases = [
        ("flipped.db", flipped, "damaged at its entry 2"),
        ("cut.db", whole[..whole.len() / 2].to_vec(), "malformed"),
        ("empty.db", vec![], "empty.db"),
        ("other.db", b"not a database at all".to_vec(), "is no backup of a relay"),
        ("rewritten.db", std::fs::read(&rewritten).unwrap(), "does not end where its log does"),
    ];
    for (name, bytes, reason) in cases {
        let file = folder.join(name);
        std::fs::write(&file, bytes).unwrap();
        let said = refused(folder, &["restore", "--from", file.to_str().unwrap()]);
        assert!(said.contains("nothing was restored") && said.contains(reason), "{name}: {said}");
    }
    assert!(ok(folder, &["verify"]).contains("3 entries"), "what was there is there");
}

#[test]
fn a_lost_tablet_is_found_in_the_list_and_shut_out() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (hoa, space) = (device("Hoà"), space("Vân Hồ"));
    let running = start(folder);
    opens(&running, folder, &hoa, space);
    let listed = ok(folder, &["devices", "list", "--space", &space.to_string()]);
    let key = hoa.key.id().to_string();
    assert_eq!(listed.lines().count(), 2, "{listed}");
    assert!(listed.lines().nth(1).unwrap().starts_with(&key), "{listed}");
    assert_eq!(ok(folder, &["devices", "list", "--space", &common::space("nowhere").to_string()]).lines().count(), 1);

    ok(folder, &["devices", "revoke", &key]);
    let answer = call(running.address, "POST", "/v1/sync", Some(&hoa.token), &[0]);
    assert_eq!(WireError::from_bytes(&answer.body).unwrap().code, code::DEVICE_REVOKED);
    assert!(ok(folder, &["devices", "list"]).lines().nth(1).unwrap().split_whitespace().count() == 5);
    let stranger = device("stranger").key.id().to_string();
    assert!(refused(folder, &["devices", "revoke", &stranger]).contains("does not know"));
}

#[test]
fn flags_count_more_than_the_environment_and_that_more_than_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("relay.toml");
    std::fs::write(&file, "listen = \"0.0.0.0:1\"\nmax_listeners = 1\nmax_connections = 1\n").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_tungnha-relay"));
    command.args(["config", "--max-connections", "3", "--config"]).arg(&file);
    command.env("TUNGNHA_RELAY_MAX_CONNECTIONS", "2").env("TUNGNHA_RELAY_MAX_LISTENERS", "2");
    command.env("TUNGNHA_RELAY_DATABASE", "postgres://relay:s3cret@db/relay");
    let output = command.output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let place = file.display();
    for line in [
        &format!("listen = \"0.0.0.0:1\" # {place}, line 1"),
        "max_listeners = 2 # TUNGNHA_RELAY_MAX_LISTENERS",
        "max_connections = 3 # --max-connections",
        "database = \"postgres://relay:***@db/relay\" # TUNGNHA_RELAY_DATABASE",
        "log_format = \"text\" # default",
    ] {
        assert!(printed.lines().any(|given| given == line), "{line}\n{printed}");
    }
    let all = printed + &String::from_utf8(output.stderr).unwrap();
    let help = command.arg("--help").output().unwrap();
    assert!(!all.contains("s3cret") && !String::from_utf8(help.stdout).unwrap().contains("s3cret"));

    std::fs::write(&file, "listen = \"0.0.0.0:1\"\nmax_listener = 1\n").unwrap();
    let refused = Command::new(env!("CARGO_BIN_EXE_tungnha-relay")).args(["serve", "--config"]).arg(&file).output();
    let said = String::from_utf8(refused.unwrap().stderr).unwrap();
    assert_eq!(said, format!("tungnha-relay: {place}:2: there is no setting max_listener\n"));
}

#[test]
fn a_log_for_machines_is_one_object_a_line_and_a_request_is_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (hoa, space) = (device("Hoà"), space("Vân Hồ"));
    let mut running = start_with(folder, &["--log-format", "json", "--log", "debug,hyper=off"]);
    opens(&running, folder, &hoa, space);
    pushes(&running, &hoa, space, &["visit"]);
    let token = device("stranger").token;
    assert_eq!(try_call(running.address, "POST", "/v1/sync", Some(&token), &[0]).unwrap().status, 401);
    running.stop();
    let log = std::fs::read_to_string(folder.join("log")).unwrap();
    assert!(log.lines().all(|line| line.starts_with('{') && line.ends_with('}')), "{log}");
    let of_exchanges: Vec<_> = log.lines().filter(|line| line.contains("\"call\":\"sync\"")).collect();
    let [pushed, stranger] = of_exchanges[..] else { panic!("{log}") };
    assert!(pushed.contains("\"pushed\":1") && pushed.contains("\"status\":200"), "{pushed}");
    assert!(stranger.contains("\"code\":\"unauthorized\""), "{stranger}");
    let key = hoa.key.id().to_string();
    assert!(pushed.contains(&key[..8]) && !log.contains(&key), "shortened");
    assert!(!pushed.contains("127.0.0.1") && !stranger.contains("127.0.0.1"), "no caller's address");
}

#[test]
fn a_database_of_the_first_version_is_brought_up_to_date_and_what_it_has_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (hoa, space) = (device("Hoà"), space("Vân Hồ"));
    let mut running = start(folder);
    opens(&running, folder, &hoa, space);
    let head = pushes(&running, &hoa, space, &["one", "two"]).welcome.unwrap().head;
    running.stop();
    // The same rows in the tables of the first version.
    let old = folder.join("old.db");
    let made = rusqlite::Connection::open(&old).unwrap();
    made.execute_batch(include_str!("../migrations/sqlite/0001_first.sql")).unwrap();
    made.execute("ATTACH ?1 AS new", [folder.join("relay.db").to_str().unwrap()]).unwrap();
    made.execute_batch(
        "INSERT INTO spaces SELECT space, incarnation, head, hash, created_at FROM new.spaces;
         INSERT INTO log SELECT * FROM new.log;
         INSERT INTO devices SELECT device, token_hash, created_at, last_seen, revoked_at FROM new.devices;
         INSERT INTO memberships SELECT * FROM new.memberships;
         PRAGMA user_version = 1;",
    )
    .unwrap();
    drop(made);
    let old = old.to_str().unwrap();
    ok(folder, &["restore", "--from", old]);
    let running = start(folder);
    assert_eq!(pushes(&running, &hoa, space, &[]).welcome.unwrap().head, head);
    let bytes = ["one", "two"].map(|text| hoa.visit(space, text).bytes().len()).iter().sum::<usize>();
    assert!(ok(folder, &["verify"]).contains(&format!("2 entries, {bytes} bytes")));
    let kept = rusqlite::Connection::open(folder.join("relay.db")).unwrap();
    let counted: usize = kept.query_row("SELECT bytes FROM spaces", [], |row| row.get(0)).unwrap();
    assert_eq!(counted, bytes);
}

#[test]
fn a_renewed_certificate_is_shown_after_a_hangup() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (certificate, key) = (folder.join("chain.pem"), folder.join("key.pem"));
    let (first, second) = (Certificate::for_relay(), Certificate::for_relay());
    first.write(&certificate, &key);
    let files = ["--tls-certificate", certificate.to_str().unwrap(), "--tls-key", key.to_str().unwrap()];
    let mut running = start_with(folder, &files);
    assert_eq!(shown_by(running.address, "").0, first.der);
    second.write(&certificate, &key);
    let hangup = Command::new("kill").args(["-HUP", &running.child.id().to_string()]).status().unwrap();
    assert!(hangup.success());
    let begun = Instant::now();
    while shown_by(running.address, "").0 != second.der {
        assert!(begun.elapsed() < Duration::from_secs(60), "the certificate stays the old one");
    }
    running.stop();
    let log = std::fs::read_to_string(folder.join("log")).unwrap();
    assert!(log.contains("the certificate was read again") && !log.contains("ERROR"), "{log}");
}

#[test]
fn a_relay_whose_certificate_does_not_fit_its_key_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (certificate, key) = (folder.join("chain.pem"), folder.join("key.pem"));
    Certificate::for_relay().write(&certificate, &key);
    std::fs::write(&certificate, Certificate::for_relay().pem).unwrap();
    let files = ["--tls-certificate", certificate.to_str().unwrap(), "--tls-key", key.to_str().unwrap()];
    let said = refused(folder, &[&["serve", "--listen", "127.0.0.1:0"][..], &files].concat());
    assert!(said.contains("the certificate and the key cannot be used"), "{said}");
}
