//! What only PostgreSQL has: versions, rights, servers that go away, standbys.
#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use tokio::task::JoinSet;
use tungnha_protocol::{Chunk, SpaceId};
use tungnha_relay::storage::{
    Appended, Storage, StorageError,
    postgres::{Postgres, Target},
};
use tungnha_test_postgres::{Server, wait_until};

async fn open(url: &str) -> Result<Postgres, StorageError> {
    Postgres::open(&Target::new(url).unwrap()).await
}

/// Hoà has opened this space.
async fn hoa_opens(storage: &Postgres, name: &str) -> (Device, SpaceId) {
    let (hoa, pass) = (device("Hoà"), pass(name));
    storage.add_pass(new_pass(&pass, 1, 30), MONDAY).await.unwrap();
    storage.create_space(hoa.opens(space(name), &pass), MONDAY).await.unwrap();
    (hoa, space(name))
}

async fn push(storage: &Postgres, device: &Device, chunks: &[Chunk]) -> Result<Vec<Appended>, StorageError> {
    storage.append(device.key.id(), chunks.to_vec(), MONDAY).await
}

fn database_of(url: &str) -> &str {
    url.rsplit_once('/').unwrap().1
}

#[tokio::test]
async fn eight_processes_may_start_at_once_on_an_empty_database() {
    let url = Server::shared().fresh_database();
    let mut starting = JoinSet::new();
    for _ in 0..8 {
        let url = url.clone();
        starting.spawn(async move { open(&url).await.map(drop) });
    }
    for started in starting.join_all().await {
        started.unwrap();
    }
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused() {
    let url = Server::shared().fresh_database();
    open(&url).await.unwrap();
    Server::shared().sql(database_of(&url), "UPDATE relay_schema SET version = version + 1");
    let refused = open(&url).await.err().unwrap().to_string();
    assert!(refused.contains("newer version"), "{refused}");
}

#[tokio::test]
async fn a_relay_needs_no_right_but_to_read_and_write_rows() {
    let url = Server::shared().fresh_database();
    open(&url).await.unwrap();
    let rights = "CREATE ROLE clerk LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC;
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO clerk";
    Server::shared().sql(database_of(&url), rights);
    let storage = open(&url.replace("tungnha@", "clerk@")).await.unwrap();
    let (hoa, space) = hoa_opens(&storage, "Vân Hồ").await;
    assert_eq!(push(&storage, &hoa, &[hoa.visit(space, "visit")]).await.unwrap(), [Appended::Kept(1)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_writes_to_two_teams_in_either_order_waits_for_nobody_for_ever() {
    let url = Server::shared().fresh_database();
    let (here, there) = (open(&url).await.unwrap(), open(&url).await.unwrap());
    let (hoa, first) = hoa_opens(&here, "Vân Hồ").await;
    let (_, second) = hoa_opens(&here, "Mộc Châu").await;
    let mut pushing = JoinSet::new();
    for number in 0..60 {
        let storage = if number % 2 == 0 { here.clone() } else { there.clone() };
        let mut visits = [first, second].map(|space| hoa.visit(space, &format!("visit {number}")));
        if number % 3 == 0 {
            visits.reverse();
        }
        let hoa = hoa.clone();
        pushing.spawn(async move { push(&storage, &hoa, &visits).await });
    }
    for pushed in pushing.join_all().await {
        assert!(matches!(pushed.unwrap()[..], [Appended::Kept(_), Appended::Kept(_)]));
    }
}

#[tokio::test]
async fn a_database_that_goes_away_fails_requests_and_is_used_again_when_it_is_back() {
    let server = Server::start(&[]);
    let storage = open(&server.fresh_database()).await.unwrap();
    let (hoa, space) = hoa_opens(&storage, "Vân Hồ").await;
    let visits: Vec<_> = (1..=2).map(|number| hoa.visit(space, &format!("visit {number}"))).collect();
    push(&storage, &hoa, &visits[..1]).await.unwrap();
    server.crash();
    push(&storage, &hoa, &visits).await.unwrap_err();
    storage.check().await.unwrap_err();
    server.start_again();
    storage.check().await.unwrap();
    assert_eq!(push(&storage, &hoa, &visits).await.unwrap(), [Appended::Known(1), Appended::Kept(2)]);
}

/// How many commits wait for the standby.
fn waiting(server: &Server) -> String {
    server.sql("postgres", "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_that_did_not_wait_for_the_standby_is_not_acknowledged() {
    let primary = Server::start(&[]);
    let storage = open(&primary.fresh_database()).await.unwrap();
    let (hoa, space) = hoa_opens(&storage, "Vân Hồ").await;
    let standby = primary.standby();
    standby.crash();
    let visit = hoa.visit(space, "visit");
    let pushes = || {
        let (storage, hoa, visit) = (storage.clone(), hoa.clone(), visit.clone());
        tokio::spawn(async move { push(&storage, &hoa, &[visit]).await })
    };
    let cancel = "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";

    // Once while the chunk is new, and once when it is known here, but to the standby no more than before.
    for _ in 0..2 {
        let pushing = pushes();
        wait_until("the commit waits for the standby", || waiting(&primary).trim() == "1");
        let looks_in = storage.append(hoa.key.id(), Vec::new(), MONDAY + DAY).await.unwrap();
        assert_eq!(looks_in, [], "who brings nothing does not wait");
        assert!(!pushing.is_finished());
        primary.sql("postgres", cancel);
        pushing.await.unwrap().unwrap_err();
        let here = primary.sql(&database_name(&primary), "SELECT count(*) FROM log");
        assert_eq!(here.trim(), "1", "it is on the primary, and nowhere else");
    }
    standby.start_again();
    assert_eq!(pushes().await.unwrap().unwrap(), [Appended::Known(1)]);
    let there = standby.sql(&database_name(&primary), "SELECT count(*) FROM log");
    assert_eq!(there.trim(), "1");
}

/// The only database that a story made on its own server.
fn database_name(server: &Server) -> String {
    server.sql("postgres", "SELECT datname FROM pg_database WHERE datname LIKE 'story_%'").trim().to_owned()
}

#[tokio::test]
async fn a_server_is_believed_by_its_certificate_and_name_alone() {
    let folder = tempfile::tempdir().unwrap();
    let certificate = |name: &str| {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let file = folder.path().join(name);
        std::fs::write(&file, made.cert.pem()).unwrap();
        (made.cert.pem(), made.signing_key.serialize_pem(), file.display().to_string())
    };
    let (ours, another) = (certificate("ours"), certificate("another"));
    let (server, port) = Server::start_with_tls(&ours.0, &ours.1);
    let database = server.fresh_database();
    let at = |host: &str, roots: &str| {
        let name = database_of(&database);
        format!("postgres://tungnha@{host}:{port}/{name}?sslmode=verify-full&sslrootcert={roots}")
    };
    let storage = open(&at("localhost", &ours.2)).await.unwrap();
    storage.check().await.unwrap();
    let sealed = "SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
        WHERE application_name = 'tungnha-relay'";
    assert_eq!(server.sql("postgres", sealed).trim(), "t");
    open(&at("localhost", &another.2)).await.err().expect("a certificate that nobody here has signed");
    open(&at("127.0.0.1", &ours.2)).await.err().expect("a name that is not in the certificate");
}
