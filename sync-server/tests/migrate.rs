//! A relay that has outgrown its file moves into PostgreSQL.
#![allow(clippy::unwrap_used)]

mod common;
mod http_client;
mod running;
mod town;

use std::{path::Path, process::Output};

use common::*;
use running::*;
use town::*;
use tungnha_protocol::{
    RollingHash, SpaceId,
    wire::{CheckpointPage, PutCheckpoint},
};
use tungnha_relay::{
    migrate::migrate,
    storage::{
        Appended, LogPage, ReadFrom, Storage,
        postgres::{Postgres, Target},
        sqlite::Sqlite,
    },
};
use tungnha_test_postgres::Server;

fn moves(file: &Path, to: &str) -> Output {
    program(to, &["migrate", "--from", &format!("sqlite://{}", file.display())]).output().unwrap()
}

#[test]
fn devices_go_on_where_they_were_after_their_relay_has_moved() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("relay.db");
    let database = Server::shared().fresh_database();
    let mut still_in_the_file = true;
    // Whoever follows would see it if the log were another, or a number missing, for a moment.
    eight_write_and_two_follow(Town::on(format!("sqlite://{}", file.display()), 1), |ledger, town| {
        ledger.wait_for(40);
        if std::mem::take(&mut still_in_the_file) {
            let refused = moves(&file, &database);
            assert!(String::from_utf8_lossy(&refused.stderr).contains("stop it first"), "{refused:?}");
            town.relays[0].stop();
            let moved = moves(&file, &database);
            assert!(moved.status.success(), "{moved:?}");
            town.database.clone_from(&database);
            town.restart(0);
        }
        ledger.wait_for(40);
    });
    let again = program(&format!("sqlite://{}", file.display()), &["serve"]).output().unwrap();
    assert!(String::from_utf8_lossy(&again.stderr).contains("has moved"), "{again:?}");
}

/// A file with a bit of everything: Hoà's team with Lan in it, a checkpoint, an invite that Páo still has.
async fn old_file(file: &Path) -> (Device, SpaceId) {
    let storage = Sqlite::open(file).unwrap();
    let (hoa, lan, space, pass) = (device("Hoà"), device("Lan"), space("Vân Hồ"), pass("for two"));
    storage.add_pass(new_pass(&pass, 2, 30), MONDAY).await.unwrap();
    storage.create_space(hoa.opens(space, &pass), MONDAY).await.unwrap();
    storage.create_space(hoa.opens(common::space("Mộc Châu"), &pass), MONDAY).await.unwrap();
    storage.create_invite(hoa.key.id(), offer(&invite("for two"), space, 2, 9), MONDAY).await.unwrap();
    storage.join(lan.joins(&invite("for two")), MONDAY).await.unwrap();
    let visits = ["1", "2", "3"].map(|text| hoa.visit(space, text));
    storage.append(hoa.key.id(), visits.to_vec(), MONDAY).await.unwrap();
    let [chunk] = [hoa.visit(space, "checkpoint").into_bytes()];
    let RollingHash { seq, hash } = log_of(&storage, &hoa, space).await.0;
    let page = CheckpointPage { seq, hash, page: 0, pages: 1, chunk };
    storage.put_checkpoint(hoa.key.id(), PutCheckpoint { space, page }).await.unwrap();
    (hoa, space)
}

/// Where a log ends, and what it answers to a device without a cursor.
async fn log_of(storage: &impl Storage, device: &Device, space: SpaceId) -> (RollingHash, LogPage) {
    let all = ReadFrom {
        space,
        place: RollingHash::NONE,
        max_bytes: 1 << 20,
        held: Default::default(),
        whole: true,
        later: false,
    };
    let page = storage.read(device.key.id(), vec![all], 1 << 20).await.unwrap().remove(0);
    let LogPage::Entries { welcome: Some(welcome), .. } = &page else { panic!("{page:?}") };
    (welcome.head, page)
}

async fn open(url: &str) -> Postgres {
    Postgres::open(&Target::new(url).unwrap()).await.unwrap()
}

#[tokio::test]
async fn everything_moves_tickets_and_checkpoints_too() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("relay.db");
    let (hoa, space) = old_file(&file).await;
    let before = log_of(&Sqlite::open(&file).unwrap(), &hoa, space).await;
    let storage = open(&Server::shared().fresh_database()).await;
    let moved = migrate(&file, &storage).await.unwrap();
    let rows: Vec<_> = moved.iter().map(|moved| (moved.table, moved.rows)).collect();
    let all = [("spaces", 2), ("log", 3), ("checkpoints", 1), ("devices", 2), ("memberships", 3), ("invites", 1)];
    assert_eq!(rows[..6], all);
    assert_eq!(rows[6..], [("invite_uses", 1), ("passes", 1), ("pass_uses", 2)]);

    assert_eq!(log_of(&storage, &hoa, space).await, before, "the same log under the same name");
    let pao = device("Páo");
    storage.join(pao.joins(&invite("for two")), MONDAY).await.unwrap();
    let outcome = storage.append(pao.key.id(), vec![pao.visit(space, "4")], MONDAY).await.unwrap();
    assert_eq!(outcome, [Appended::Kept(4)]);
    assert!(storage.join(device("Minh").joins(&invite("for two")), MONDAY).await.is_err(), "Lan's use counts");
    assert!(Sqlite::open(&file).is_err(), "nobody serves the old file by mistake");
}

#[tokio::test]
async fn a_database_in_which_there_is_anything_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("relay.db");
    old_file(&file).await;
    let storage = open(&Server::shared().fresh_database()).await;
    storage.add_pass(new_pass(&pass("of another relay"), 1, 1), MONDAY).await.unwrap();
    let refused = migrate(&file, &storage).await.unwrap_err().to_string();
    assert!(refused.contains("not empty"), "{refused}");
    Sqlite::open(&file).unwrap();
}

#[tokio::test]
async fn a_damaged_file_does_not_move_and_leaves_nothing_behind() {
    let harm = [
        "UPDATE log SET bytes = x'00' WHERE seq = 2",
        "UPDATE log SET hash = randomblob(16) WHERE seq = 3",
        "DELETE FROM log WHERE seq = 1",
        "DELETE FROM log WHERE seq = 3",
        "UPDATE spaces SET incarnation = randomblob(16)",
        "UPDATE log SET space = randomblob(16) WHERE seq = 1",
    ];
    let server = Server::shared();
    let url = server.fresh_database();
    let storage = open(&url).await;
    for harm in harm {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("relay.db");
        old_file(&file).await;
        let sqlite = rusqlite::Connection::open(&file).unwrap();
        sqlite.execute_batch(&format!("PRAGMA foreign_keys = OFF; {harm}")).unwrap();
        drop(sqlite);
        let refused = migrate(&file, &storage).await.unwrap_err().to_string();
        assert!(refused.contains("damaged"), "{harm}: {refused}");
        let count = "SELECT count(*) FROM spaces";
        assert_eq!(server.sql(url.rsplit_once('/').unwrap().1, count).trim(), "0", "{harm}");
        Sqlite::open(&file).unwrap();
    }
}
