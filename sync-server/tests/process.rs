//! The program itself: started, killed, asked for a pass, stopped.
#![allow(clippy::unwrap_used)]

mod common;
mod http_client;
mod in_folder;
mod running;

use std::path::Path;

use common::*;
use http_client::call;
use in_folder::{database, start};
use running::{Running, make_pass, program, read_all, sync};
use tungnha_protocol::wire::Body;
use tungnha_test_postgres::Server;

#[test]
fn what_was_acknowledged_survives_kill_9() {
    let folder = tempfile::tempdir().unwrap();
    let (hoa, space) = (device("Hoà"), space("Vân Hồ"));
    let mut running = start(folder.path());
    let pass = make_pass(&database(folder.path())); // while the relay serves
    call(running.address, "POST", "/v1/spaces", None, &hoa.opens(space, &pass).to_bytes()).ok();
    let mut acknowledged = Vec::new();
    for round in 0..5 {
        // The kill falls somewhere into the writing: a second thread pushes until the relay is gone.
        let (address, writer) = (running.address, hoa.clone());
        let pushing = std::thread::spawn(move || {
            let mut acks = Vec::new();
            for i in 0.. {
                let visit = writer.visit(space, &format!("visit {round} {i}"));
                match sync(address, &writer, space, &[visit]) {
                    Ok(answer) => acks.extend(answer.acks),
                    Err(_) => break,
                }
            }
            acks
        });
        let enough = acknowledged.len() as u64 + 10;
        while sync(running.address, &hoa, space, &[]).unwrap().welcome.unwrap().head.seq < enough {}
        running.kill();
        acknowledged.extend(pushing.join().unwrap());
        running = start(folder.path());
    }
    assert!(acknowledged.len() >= 40, "{}", acknowledged.len());
    let log = read_all(running.address, &hoa, space);
    for ack in acknowledged {
        assert_eq!(log[ack.seq as usize - 1], ack.id);
    }
}

#[test]
fn neither_the_log_nor_the_file_has_a_secret_or_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let (written, secrets) = a_day_at(folder.path(), &database(folder.path()));
    assert_eq!(found(&written, &secrets), Vec::<String>::new());
    let known = space("Vân Hồ").0;
    assert!(written.windows(16).any(|window| window == known), "the search itself works");
}

#[test]
fn nor_has_the_log_of_a_relay_on_postgresql_which_knows_a_password_too() {
    let folder = tempfile::tempdir().unwrap();
    let url = Server::shared().fresh_database().replace("tungnha@", "tungnha:mat-khau@");
    let (written, mut secrets) = a_day_at(folder.path(), &url);
    secrets.push(b"mat-khau".to_vec());
    // What is sent to the database would stand in the log as a list of numbers.
    let hash = tungnha_protocol::wire::token_hash(&device("Hoà").token);
    secrets.push(format!("{}, {}, {}", hash[0], hash[1], hash[2]).into_bytes());
    assert_eq!(found(&written, &secrets), Vec::<String>::new());
    assert_eq!(
        found(&written, &[b"listening on".to_vec(), b"answered".to_vec()]),
        ["answered"],
        "the search itself works"
    );

    let gone = program(&url.replace("tungnha-pg", "gone"), &["serve"]).output().unwrap();
    let help = program(&url, &["serve", "--help"]).output().unwrap();
    for said in [gone.stdout, gone.stderr, help.stdout, help.stderr] {
        assert_eq!(found(&said, &[b"mat-khau".to_vec()]), Vec::<String>::new());
    }
}

/// A relay's day: what it has written into its folder, and what it must not have.
fn a_day_at(folder: &Path, database: &str) -> (Vec<u8>, Vec<Vec<u8>>) {
    let (hoa, space) = (device("Hoà"), space("Vân Hồ"));
    let mut running = Running::start(database, &folder.join("log"));
    let pass = make_pass(database);
    call(running.address, "POST", "/v1/spaces", None, &hoa.opens(space, &pass).to_bytes()).ok();
    let invite = invite("for Lan");
    let call_invite = offer(&invite, space, 1, 1).to_bytes();
    call(running.address, "POST", "/v1/invites", Some(&hoa.token), &call_invite).ok();
    call(running.address, "POST", "/v1/join", None, &device("Lan").joins(&invite).to_bytes()).ok();
    sync(running.address, &hoa, space, &[hoa.visit(space, "bà Giàng Thị Mỷ, nhà cuối bản")]).unwrap();
    running.stop();

    let mut everything = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        everything.extend(std::fs::read(file.unwrap().path()).unwrap());
    }
    let link_secret = |link: String| link.split_once('#').unwrap().1.as_bytes().to_vec();
    let secrets = vec![
        "Giàng Thị".as_bytes().to_vec(),
        "Hua Tạt".as_bytes().to_vec(), // the team's name, in the sealed envelope
        hoa.token.to_vec(),
        data_encoding::BASE64URL_NOPAD.encode(&hoa.token).into_bytes(),
        link_secret(pass.link()),
        link_secret(invite.link()),
        pass.auth().to_vec(),
        invite.auth().to_vec(),
        vec![3; 32], // the space's key
    ];
    (everything, secrets)
}

/// Which of these stand in a text.
fn found(text: &[u8], secrets: &[Vec<u8>]) -> Vec<String> {
    let stands = |secret: &&Vec<u8>| text.windows(secret.len()).any(|window| window == secret.as_slice());
    secrets.iter().filter(stands).map(|secret| String::from_utf8_lossy(secret).into_owned()).collect()
}
