//! What every storage promises, told once and run on each implementation.
//!
//! Another implementation joins by a `Backend` of its own and one line with `contract!`.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::{BTreeMap, HashSet};

use common::*;
use tungnha_protocol::{
    Chunk, ChunkId, LogHash, RollingHash, SpaceId,
    frames::{PAGE, Pull, PullBody},
    wire::{CheckpointPage, GetCheckpoint, PutCheckpoint, Registration},
};
use tungnha_relay::storage::{
    Appended, Denial, LogPage, Quota, ReadFrom, Storage, StorageError, Upkeep,
    memory::Memory,
    postgres::{Postgres, Target},
    sqlite::Sqlite,
};
use tungnha_test_postgres::Server;

/// A place where a storage can be opened, empty at first, and opened again.
trait Backend {
    type Storage: Upkeep;
    async fn fresh() -> Self;
    async fn open_with(&self, quota: Quota) -> Self::Storage;

    async fn open(&self) -> Self::Storage {
        self.open_with(Quota::default()).await
    }
}

struct SqliteFile(tempfile::TempDir);

impl Backend for SqliteFile {
    type Storage = Sqlite;

    async fn fresh() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    async fn open_with(&self, quota: Quota) -> Sqlite {
        Sqlite::open_with(&self.0.path().join("relay.db"), quota).unwrap()
    }
}

/// Opened again, it is still the same process.
struct InMemory(Memory);

impl Backend for InMemory {
    type Storage = Memory;

    async fn fresh() -> Self {
        Self(Memory::new())
    }

    async fn open_with(&self, quota: Quota) -> Memory {
        self.0.clone().with(quota)
    }
}

/// A database of its own on the test process's server.
struct PostgresDatabase(String);

impl Backend for PostgresDatabase {
    type Storage = Postgres;

    async fn fresh() -> Self {
        Self(Server::shared().fresh_database())
    }

    async fn open_with(&self, quota: Quota) -> Postgres {
        Postgres::open_with(&Target::new(&self.0).unwrap(), quota).await.unwrap()
    }
}

/// The same, spread by an operator.
struct PartitionedPostgres(PostgresDatabase);

impl Backend for PartitionedPostgres {
    type Storage = Postgres;

    async fn fresh() -> Self {
        let database = PostgresDatabase::fresh().await;
        drop(database.open().await);
        let name = database.0.rsplit_once('/').unwrap().1;
        Server::shared().sql(name, include_str!("../migrations/postgres/partition.sql"));
        let kind = "SELECT relkind FROM pg_class WHERE oid = 'log'::regclass";
        assert_eq!(Server::shared().sql(name, kind).trim(), "p");
        Self(database)
    }

    async fn open_with(&self, quota: Quota) -> Postgres {
        self.0.open_with(quota).await
    }
}

/// Every story, on each backend.
macro_rules! contract {
    ($module:ident, $backend:ty) => {
        contract!($module, $backend:
            numbers_are_gap_free_and_a_repeated_chunk_keeps_its_number
            who_is_no_member_neither_writes_nor_reads
            pages_resume_until_everything_is_there
            the_bytes_of_what_a_device_holds_are_left_out
            who_brought_a_chunk_gets_only_its_name
            a_photo_is_told_by_name_until_it_is_asked_for
            a_checkpoint_is_given_out_once_all_of_it_is_there
            a_checkpoint_of_another_log_or_of_no_member_is_refused
            a_page_is_shared_by_all_spaces
            the_rolling_hash_is_the_one_that_devices_compute
            a_cursor_of_another_log_is_found_out
            eight_writers_leave_no_gap_and_no_reader_skips_one
            two_spaces_keep_apart
            a_device_is_told_its_own_spaces
            an_invite_counts_devices_and_days
            an_invite_for_three_is_for_three_when_eight_come_at_once
            an_invite_is_for_those_who_have_its_secret
            a_pass_counts_spaces_and_days
            who_is_admitted_is_a_member_of_those_spaces_alone
            a_device_has_one_token
            what_was_acknowledged_is_there_after_reopening
            a_full_space_keeps_no_more_and_is_read_as_before
            a_device_brings_so_much_a_day_and_another_brings_its_own
            a_full_checkpoint_is_refused_and_the_one_before_it_stays
            the_operator_sees_who_is_there_and_shuts_one_out
            what_is_kept_takes_up_room
        );
    };
    ($module:ident, $backend:ty: $($story:ident)*) => {
        mod $module {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                let place = <$backend as super::Backend>::fresh().await;
                super::$story(&place).await;
            })*
        }
    };
}

contract!(sqlite, super::SqliteFile);
contract!(memory, super::InMemory);
contract!(postgres, super::PostgresDatabase);
contract!(partitioned_postgres, super::PartitionedPostgres);

/// Hoà has opened the team's space.
async fn hoa_opens<S: Storage>(storage: &S, name: &str) -> (Device, SpaceId) {
    let (hoa, pass) = (device("Hoà"), pass(name));
    storage.add_pass(new_pass(&pass, 1, 30), MONDAY).await.unwrap();
    let call = hoa.opens(space(name), &pass);
    storage.create_space(call, MONDAY).await.unwrap();
    (hoa, space(name))
}

async fn joins<S: Storage>(storage: &S, name: &str, space: SpaceId) -> Device {
    let (hoa, new, invite) = (device("Hoà"), device(name), invite(name));
    let call = offer(&invite, space, 1, 1);
    storage.create_invite(hoa.key.id(), call, MONDAY).await.unwrap();
    storage.join(new.joins(&invite), MONDAY).await.unwrap();
    new
}

async fn push<S: Storage>(storage: &S, device: &Device, chunks: &[Chunk]) -> Vec<Appended> {
    let chunks = chunks.to_vec();
    storage.append(device.key.id(), chunks, MONDAY).await.unwrap()
}

fn from(space: SpaceId, place: RollingHash) -> ReadFrom {
    ReadFrom { space, place, max_bytes: PAGE, held: HashSet::new(), whole: true, later: false }
}

async fn page<S: Storage>(storage: &S, device: &Device, from: ReadFrom) -> LogPage {
    let pages = storage.read(device.key.id(), vec![from], PAGE).await.unwrap();
    assert_eq!(pages.len(), 1);
    pages.into_iter().next().unwrap()
}

/// Reads to the end, page by page, as a device does.
async fn read_all<S: Storage>(storage: &S, device: &Device, space: SpaceId) -> (Vec<Pull>, RollingHash) {
    let (mut all, mut place) = (Vec::new(), RollingHash::NONE);
    loop {
        let LogPage::Entries { welcome, pulls, more, .. } = page(storage, device, from(space, place)).await else {
            panic!("the log cannot be read at {place:?}");
        };
        if let Some(welcome) = welcome {
            place = RollingHash::start(&welcome.incarnation);
        }
        for pull in &pulls {
            place = place.then(&pull.id());
            assert_eq!(pull.seq, place.seq, "a number was skipped");
        }
        assert!(more.is_none() || !pulls.is_empty(), "a page without progress");
        all.extend(pulls);
        if more.is_none() {
            return (all, place);
        }
    }
}

fn denial<T: std::fmt::Debug>(result: Result<T, StorageError>) -> Denial {
    match result {
        Err(StorageError::Denied(denial)) => denial,
        other => panic!("{other:?} is no denial"),
    }
}

async fn numbers_are_gap_free_and_a_repeated_chunk_keeps_its_number(place: &impl Backend) {
    let storage = place.open().await;
    let (hoa, space) = hoa_opens(&storage, "Vân Hồ").await;
    let visits: Vec<_> = (0..5).map(|i| hoa.visit(space, &format!("visit {i}"))).collect();
    let kept = |numbers: &[u64]| numbers.iter().copied().map(Appended::Kept).collect::<Vec<_>>();
    assert_eq!(push(&storage, &hoa, &visits[..3]).await, kept(&[1, 2, 3]));
    let again = [visits[1].clone(), visits[3].clone(), visits[3].clone(), visits[4].clone()];
    let outcome = push(&storage, &hoa, &again).await;
    assert_eq!(outcome, [Appended::Known(2), Appended::Kept(4), Appended::Known(4), Appended::Kept(5)]);
    let (pulls, _) = read_all(&storage, &hoa, space).await;
    let stored: Vec<_> = pulls.iter().map(Pull::id).collect();
    assert_eq!(stored, visits.iter().map(Chunk::id).collect::<Vec<_>>());
}

async fn who_is_no_member_neither_writes_nor_reads(place: &impl Backend) {
    let storage = place.open().await;
    let (hoa, space) = hoa_opens(&storage, "Vân Hồ").await;
    let (_, other) = hoa_opens_another(&storage).await;
    let lan = joins(&storage, "Lan", other).await;
    let outcome = push(&storage, &lan, &[lan.visit(space, "forbidden"), lan.visit(other, "fine")]).await;
    assert_eq!(outcome, [Appended::NotMember, Appended::Kept(1)]);
    assert_eq!(page(&storage, &lan, from(space, RollingHash::NONE)).await, LogPage::NotMember);
    let nowhere = common::space("nowhere");
    assert_eq!(page(&storage, &hoa, from(nowhere, RollingHash::NONE)).await, LogPage::NotMember);
    assert!(read_all(&storage, &hoa, space).await.0.is_empty());
}

async fn hoa_opens_another<S: Storage>(storage: &S) -> (Device, SpaceId) {
    hoa_opens(storage, "Mộc Châu").await
}

async fn pages_resume_until_everything_is_there(place: &impl Backend) {
    let storage = place.open().await;
    let (hoa, space) = hoa_opens(&storage, "Vân Hồ").await;
    let visits: Vec<_> = (0..12).map(|i| hoa.visit(space, &format!("{i} {}", "x".repeat(20_000)))).collect();
    push(&storage, &hoa, &visits).await;
    let first = page(&storage, &hoa, from(space, RollingHash::NONE)).await;
    let LogPage::Entries { pulls, more, .. } = first else { panic!("{first:?}") };
    assert_eq!((pulls.len(), more), (3, Some(12)), "three of 20 KB fill a page");
    let small = ReadFrom { max_bytes: 1, ..from(space, RollingHash::NONE) };
    let first = page(&storage, &hoa, small).await;
    let LogPage::Entries { pulls, more, .. } = first else { panic!("{first:?}") };
    assert_eq!((pulls.len(), more), (1, Some(12)), "an exchange always gets on");
    assert_eq!(read_all(&storage, &hoa, space).await.0.len(), 12);
}

async fn the_bytes_of_what_a_device_holds_are_left_out(place: &impl Backend) {
    let storage = place.open().await;
    let (hoa, space) = hoa_opens(&storage, "Vân Hồ").await;
    let (mine, other) = (hoa.visit(space, "mine"), hoa.visit(space, "other"));
    push(&storage, &hoa, &[mine.clone(), other.clone()]).await;
    let unknown = hoa.visit(space, "unknown");
    let held = HashSet::from([mine.id().fingerprint(), unknown.id().fingerprint()]);
    let asked = ReadFrom { held, ..from(space, RollingHash::NONE) };
    let LogPage::Entries { pulls, wants, .. } = page(&storage, &hoa, asked).await else { panic!() };
    assert_eq!(bodies(pulls), [PullBody::Id(mine.id()), PullBody::Bytes(other.into_bytes())]);
    assert_eq!(wants, [unknown.id().fingerprint()], "what is offered and not there is wanted");
}

async fn who_brought_a_chunk_gets_only_its_name(place: &impl Backend) {
    let storage = place.open().await;
    let (hoa, space) = hoa_opens(&storage, "Vân Hồ").await;
    let lan = joins(&storage, "Lan", space).await;
    let (brought, other) = (hoa.visit(space, "carried by Lan"), hoa.visit(space, "brought by Hoà"));
    push(&storage, &lan, std::slice::from_ref(&brought)).await;
    push(&storage, &hoa, std::slice::from_ref(&other)).await;
    let known = ReadFrom { whole: false, ..from(space, RollingHash::NONE) };
    let LogPage::Entries { pulls, .. } = page(&storage, &lan, known.clone()).await else { panic!() };
    assert_eq!(bodies(pulls), [PullBody::Id(brought.id()), PullBody::Bytes(other.bytes().to_vec())]);
    let LogPage::Entries { pulls, .. } = page(&storage, &hoa, known).await else { panic!() };
    assert_eq!(bodies(pulls), [PullBody::Bytes(brought.into_bytes()), PullBody::Id(other.id())]);
}

async fn a_photo_is_told_by_name_until_it_is_asked_for(place: &impl Backend) {
    let storage = place.open().await;
    let (hoa, space) = hoa_opens(&storage, "Vân Hồ").await;
    let lan = joins(&storage, "Lan", space).await;
    let photos: Vec<_> = (0..3).map(|i| hoa.photo(space, &format!("{i} {}", "x".repeat(60_000)))).collect();
    let visit = hoa.visit(space, "after three photos");
    push(&storage, &hoa, &photos).await;
    push(&storage, &hoa, std::slice::from_ref(&visit)).await;
    let later = ReadFrom { later: true, ..from(space, RollingHash::NONE) };
    let LogPage::Entries { welcome, pulls, more, .. } = page(&storage, &lan, later.clone()).await else { panic!() };
    let first = RollingHash::start(&welcome.unwrap().incarnation).then(&photos[0].id());
    let names: Vec<_> = photos.iter().map(|photo| PullBody::Later(photo.id())).collect();
    assert_eq!(bodies(pulls), [names.as_slice(), &[PullBody::Bytes(visit.into_bytes())]].concat());
    assert_eq!(more, None, "one page has the record behind three photos");
    let brought = ReadFrom { whole: false, ..later.clone() };
    let LogPage::Entries { pulls, .. } = page(&storage, &hoa, brought).await else { panic!() };
    assert_eq!(pulls[0].body, PullBody::Id(photos[0].id()), "whoever brought it has it");
    let held = HashSet::from([photos[1].id().fingerprint()]);
    let LogPage::Entries { pulls, .. } = page(&storage, &lan, ReadFrom { held, ..later }).await else { panic!() };
    assert_eq!(pulls[1].body, PullBody::Id(photos[1].id()), "and whoever offers it");
    let one = ReadFrom { max_bytes: 1, ..from(space, first) };
    let LogPage::Entries { pulls, more, .. } = page(&storage, &lan, one).await else { panic!() };
    assert_eq!((bodies(pulls), more), (vec![PullBody::Bytes(photos[1].bytes().to_vec())], Some(4)));
}

fn bodies(pulls: Vec<Pull>) -> Vec<PullBody> {
    pulls.into_iter().map(|pull| pull.body).collect()
}

/// A page of a checkpoint that stands there in the log.
fn leaf(device: &Device, space: SpaceId, place: RollingHash, page: u32, pages: u32) -> PutCheckpoint {
    let chunk = device.visit(space, &format!("{} {page}", place.seq)).into_bytes();
    PutCheckpoint { space, page: CheckpointPage { seq: place.seq, hash: place.hash, page, pages, chunk } }
}

async fn a_checkpoint_is_given_out_once_all_of_it_is_there(place: &impl Backend) {
    let storage = place.open().await;
    let (hoa, space) = hoa_opens(&storage, "Vân Hồ").await;
    let lan = joins(&storage, "Lan", space).await;
    let ask = |page, seq| GetCheckpoint { space, page, seq };
    let get = async |page, seq| storage.get_checkpoint(lan.key.id(), ask(page, seq)).await.unwrap();
    let put = async |by: &Device, page: &PutCheckpoint| storage.put_checkpoint(by.key.id(), page.clone()).await;
    push(&storage, &hoa, &[hoa.visit(space, "1"), hoa.visit(space, "2")]).await;
    let (_, two) = read_all(&storage, &hoa, space).await;

    let pages = [0, 1].map(|page| leaf(&hoa, space, two, page, 2));
    put(&hoa, &pages[1]).await.unwrap();
    put(&lan, &leaf(&lan, space, two, 0, 2)).await.unwrap();
    assert_eq!(get(0, None).await, None, "two halves by two people are no whole");
    put(&hoa, &pages[0]).await.unwrap();
    put(&hoa, &pages[0]).await.unwrap();
    for (n, page) in (0..).zip(&pages) {
        assert_eq!(get(n, None).await.as_ref(), Some(&page.page));
        assert_eq!(get(n, Some(2)).await.as_ref(), Some(&page.page));
    }
    assert_eq!((get(2, None).await, get(0, Some(1)).await), (None, None));

    push(&storage, &hoa, &[hoa.visit(space, "3")]).await;
    let (_, three) = read_all(&storage, &hoa, space).await;
    put(&lan, &leaf(&lan, space, three, 0, 2)).await.unwrap();
    assert_eq!(get(1, None).await.as_ref(), Some(&pages[1].page), "the older one stays until the newer is whole");
    let newer = leaf(&lan, space, three, 1, 2);
    put(&lan, &newer).await.unwrap();
    assert_eq!(get(1, None).await.as_ref(), Some(&newer.page));
    assert_eq!(get(1, Some(2)).await, None);
    put(&hoa, &pages[0]).await.unwrap();
    assert_eq!(get(1, None).await, Some(newer.page), "an older one changes nothing");
}

async fn a_checkpoint_of_another_log_or_of_no_member_is_refused(place: &impl Backend) {
    let storage = place.open().await;
    let (hoa, space) = hoa_opens(&storage, "Vân Hồ").await;
    push(&storage, &hoa, &[hoa.visit(space, "1")]).await;
    let (_, one) = read_all(&storage, &hoa, space).await;
    for wrong in [RollingHash { seq: 2, ..one }, RollingHash { seq: 1, hash: LogHash([9; 16]) }] {
        let put = storage.put_checkpoint(hoa.key.id(), leaf(&hoa, space, wrong, 0, 1)).await;
        assert_eq!(denial(put), Denial::OtherLog);
    }
    let (_, other) = hoa_opens_another(&storage).await;
    let stranger = joins(&storage, "Lan", other).await;
    let put = storage.put_checkpoint(stranger.key.id(), leaf(&stranger, space, one, 0, 1)).await;
    assert_eq!(denial(put), Denial::NotMember);
    let get = storage.get_checkpoint(stranger.key.id(), GetCheckpoint { space, page: 0, seq: None }).await;
    assert_eq!(denial(get), Denial::NotMember);
}

async fn a_page_is_shared_by_all_spaces(place: &impl Backend) {
    let storage = place.open().await;
    let (hoa, first) = hoa_opens(&storage, "Vân Hồ").await;
    let (_, second) = hoa_opens_another(&storage).await;
    for space in [first, second] {
        let visits: Vec<_> = (0..3).map(|i| hoa.visit(space, &format!("{i} {}", "x".repeat(25_000)))).collect();
        push(&storage, &hoa, &visits).await;
    }
    let asked = vec![from(first, RollingHash::NONE), from(second, RollingHash::NONE)];
    let pages = storage.read(hoa.key.id(), asked, PAGE).await.unwrap();
    let counts = pages.iter().map(|page| match page {
        LogPage::Entries { pulls, more, .. } => (pulls.len(), *more),
        other => panic!("{other:?}"),
    });
    assert_eq!(counts.collect::<Vec<_>>(), [(2, Some(3)), (0, Some(3))]);
}

async fn the_rolling_hash_is_the_one_that_devices_compute(place: &impl Backend) {
    let storage = place.open().await;
    let (hoa, space) = hoa_opens(&storage, "Vân Hồ").await;
    push(&storage, &hoa, &[hoa.visit(space, "1"), hoa.visit(space, "2")]).await;
    push(&storage, &hoa, &[hoa.visit(space, "3")]).await;
    let (_, reached) = read_all(&storage, &hoa, space).await;
    let first = page(&storage, &hoa, from(space, RollingHash::NONE)).await;
    let LogPage::Entries { welcome, .. } = first else { panic!("{first:?}") };
    assert_eq!(welcome.unwrap().head, reached);
    let up_to_date = LogPage::Entries { welcome: None, pulls: vec![], more: None, wants: vec![] };
    assert_eq!(page(&storage, &hoa, from(space, reached)).await, up_to_date);
}

async fn a_cursor_of_another_log_is_found_out(place: &impl Backend) {
    let storage = place.open().await;
    let (hoa, space) = hoa_opens(&storage, "Vân Hồ").await;
    push(&storage, &hoa, &[hoa.visit(space, "1"), hoa.visit(space, "2")]).await;
    let (_, good) = read_all(&storage, &hoa, space).await;
    let wrong = [
        RollingHash { hash: LogHash([9; 16]), ..good },
        RollingHash { seq: 1, ..good },
        RollingHash { seq: 0, ..good },
        RollingHash { hash: LogHash::NONE, ..good },
        good.then(&ChunkId([1; 32])), // this relay was restored from an older copy
        RollingHash { seq: u64::MAX, ..good },
    ];
    for place in wrong {
        let answer = page(&storage, &hoa, from(space, place)).await;
        assert!(matches!(answer, LogPage::OtherLog(_)), "{place:?}: {answer:?}");
    }
}

async fn eight_writers_leave_no_gap_and_no_reader_skips_one(place: &impl Backend) {
    const EACH: usize = 40;
    let storage = place.open().await;
    let (hoa, space) = hoa_opens(&storage, "Vân Hồ").await;
    let mut writers = Vec::new();
    for writer in 0..8 {
        let device = joins(&storage, &format!("volunteer {writer}"), space).await;
        let storage = storage.clone();
        writers.push(tokio::spawn(async move {
            let mut numbers = BTreeMap::new();
            for i in 0..EACH {
                let visit = device.visit(space, &format!("{writer} {i}"));
                let outcome = push(&storage, &device, std::slice::from_ref(&visit)).await;
                let [Appended::Kept(seq)] = outcome[..] else { panic!("{outcome:?}") };
                numbers.insert(seq, visit.id());
            }
            numbers
        }));
    }
    // A reader that follows while they write: `read_all` checks each number and the hash at each page.
    let mut seen = 0;
    while seen < 8 * EACH {
        let (pulls, _) = read_all(&storage, &hoa, space).await;
        assert!(pulls.len() >= seen, "what was there is gone");
        seen = pulls.len();
    }
    let mut acknowledged = BTreeMap::new();
    for writer in writers {
        acknowledged.extend(writer.await.unwrap());
    }
    let (pulls, _) = read_all(&storage, &hoa, space).await;
    let stored: BTreeMap<_, _> = pulls.iter().map(|pull| (pull.seq, pull.id())).collect();
    assert_eq!(stored, acknowledged);
    assert_eq!(stored.len(), 8 * EACH);
}

async fn two_spaces_keep_apart(place: &impl Backend) {
    let storage = place.open().await;
    let (hoa, first) = hoa_opens(&storage, "Vân Hồ").await;
    let (_, second) = hoa_opens_another(&storage).await;
    let visits = [hoa.visit(first, "a"), hoa.visit(second, "b"), hoa.visit(first, "c")];
    let numbers = push(&storage, &hoa, &visits).await;
    assert_eq!(numbers, [Appended::Kept(1), Appended::Kept(1), Appended::Kept(2)]);
    let (pulls, _) = read_all(&storage, &hoa, second).await;
    assert_eq!(pulls.iter().map(Pull::id).collect::<Vec<_>>(), [visits[1].id()]);
}

async fn a_device_is_told_its_own_spaces(place: &impl Backend) {
    let storage = place.open().await;
    let (hoa, first) = hoa_opens(&storage, "Vân Hồ").await;
    let (_, second) = hoa_opens_another(&storage).await;
    let lan = joins(&storage, "Lan", first).await;
    let mut both = [first, second];
    both.sort();
    assert_eq!(storage.spaces_of(hoa.key.id()).await.unwrap(), both);
    assert_eq!(storage.spaces_of(lan.key.id()).await.unwrap(), [first]);
    assert_eq!(storage.spaces_of(device("Páo").key.id()).await.unwrap(), []);
}

async fn an_invite_counts_devices_and_days(place: &impl Backend) {
    let storage = place.open().await;
    let (hoa, space) = hoa_opens(&storage, "Vân Hồ").await;
    let invite = invite("for two, for a day");
    let call = offer(&invite, space, 2, 1);
    let until = storage.create_invite(hoa.key.id(), call.clone(), MONDAY).await.unwrap();
    assert_eq!(until, MONDAY + DAY);
    let later = storage.create_invite(hoa.key.id(), call.clone(), MONDAY + 99).await.unwrap();
    assert_eq!(later, until, "asked again, it is the same invite");

    let (lan, minh) = (device("Lan"), device("Minh"));
    let sealed = storage.join(lan.joins(&invite), MONDAY).await.unwrap();
    assert_eq!(invite.open(&sealed).unwrap(), envelope_of(space));
    for _ in 0..3 {
        let again = storage.join(lan.joins(&invite), MONDAY + 2 * DAY).await.unwrap();
        assert_eq!(again, sealed, "a lost answer is given again, and counts once");
    }
    let late = storage.join(minh.joins(&invite), MONDAY + DAY).await;
    assert_eq!(denial(late), Denial::InviteExpired);
    storage.join(minh.joins(&invite), MONDAY + DAY - 1).await.unwrap();
    let third = storage.join(device("Páo").joins(&invite), MONDAY).await;
    assert_eq!(denial(third), Denial::InviteUsedUp);
    assert_eq!(push(&storage, &minh, &[minh.visit(space, "hello")]).await, [Appended::Kept(1)]);
    assert!(storage.device_by_token(wire_hash(&device("Páo"))).await.unwrap().is_none());
}

fn wire_hash(device: &Device) -> [u8; 32] {
    tungnha_protocol::wire::token_hash(&device.token)
}

async fn an_invite_for_three_is_for_three_when_eight_come_at_once(place: &impl Backend) {
    let storage = place.open().await;
    let (hoa, space) = hoa_opens(&storage, "Vân Hồ").await;
    let invite = invite("for three");
    storage.create_invite(hoa.key.id(), offer(&invite, space, 3, 1), MONDAY).await.unwrap();
    let mut coming = tokio::task::JoinSet::new();
    for number in 0..8 {
        let (storage, call) = (storage.clone(), device(&format!("newcomer {number}")).joins(&invite));
        coming.spawn(async move { storage.join(call, MONDAY).await });
    }
    let outcomes = coming.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 3);
    let refused = outcomes.into_iter().filter(Result::is_err).map(denial);
    assert!(refused.into_iter().all(|denial| denial == Denial::InviteUsedUp));
}

async fn an_invite_is_for_those_who_have_its_secret(place: &impl Backend) {
    let storage = place.open().await;
    let (hoa, space) = hoa_opens(&storage, "Vân Hồ").await;
    let (real, lan) = (invite("real"), device("Lan"));
    let outsider = storage.create_invite(lan.key.id(), offer(&real, space, 1, 1), MONDAY).await;
    assert_eq!(denial(outsider), Denial::NotMember);
    storage.create_invite(hoa.key.id(), offer(&real, space, 1, 1), MONDAY).await.unwrap();
    let guessed = tungnha_protocol::wire::Join { auth: [0; 32], ..lan.joins(&real) };
    assert_eq!(denial(storage.join(guessed, MONDAY).await), Denial::InviteUnknown);
    let unknown = storage.join(lan.joins(&invite("never made")), MONDAY).await;
    assert_eq!(denial(unknown), Denial::InviteUnknown);
    let mut taken = offer(&real, space, 1, 1);
    taken.auth_hash = [0; 32];
    let taken = storage.create_invite(hoa.key.id(), taken, MONDAY).await;
    assert_eq!(denial(taken), Denial::InviteTaken);
    storage.join(lan.joins(&real), MONDAY).await.unwrap();
}

async fn a_pass_counts_spaces_and_days(place: &impl Backend) {
    let storage = place.open().await;
    let (hoa, lan, pass) = (device("Hoà"), device("Lan"), pass("for two spaces"));
    storage.add_pass(new_pass(&pass, 2, 1), MONDAY).await.unwrap();
    let guessed = tungnha_protocol::wire::CreateSpace { auth: [0; 32], ..hoa.opens(space("A"), &pass) };
    assert_eq!(denial(storage.create_space(guessed, MONDAY).await), Denial::PassUnknown);
    let log = storage.create_space(hoa.opens(space("A"), &pass), MONDAY).await.unwrap();
    let again = storage.create_space(hoa.opens(space("A"), &pass), MONDAY + 9 * DAY).await.unwrap();
    assert_eq!(again, log, "a lost answer is given again, and counts once");
    let stolen = storage.create_space(lan.opens(space("A"), &pass), MONDAY).await;
    assert_eq!(denial(stolen), Denial::SpaceExists, "a pass makes nobody a member of a team's space");
    let late = storage.create_space(lan.opens(space("B"), &pass), MONDAY + DAY).await;
    assert_eq!(denial(late), Denial::PassExpired);
    storage.create_space(lan.opens(space("B"), &pass), MONDAY).await.unwrap();
    let third = storage.create_space(hoa.opens(space("C"), &pass), MONDAY).await;
    assert_eq!(denial(third), Denial::PassUsedUp);
}

async fn who_is_admitted_is_a_member_of_those_spaces_alone(place: &impl Backend) {
    let storage = place.open().await;
    let (hoa, lan, room) = (device("Hoà"), device("Lan"), space("Phòng họp"));
    let other = space("Tổ khác");
    let register = |device: &Device| Registration::sign(&device.key, b"a ticket", &device.token);
    // The first one opens the spaces; whoever comes later finds them as they are.
    storage.admit(vec![room, other], register(&hoa), MONDAY).await.unwrap();
    let visit = hoa.visit(room, "visit");
    push(&storage, &hoa, std::slice::from_ref(&visit)).await;
    let before = read_all(&storage, &hoa, room).await;
    for _ in 0..2 {
        storage.admit(vec![room], register(&lan), MONDAY).await.unwrap();
    }
    assert_eq!(read_all(&storage, &lan, room).await, before);
    assert_eq!(push(&storage, &lan, &[lan.visit(other, "visit")]).await, [Appended::NotMember]);
    // A new token takes the place of the old one, and somebody else's is nobody's.
    let renewed = Device { token: [5; 32], ..lan.clone() };
    storage.admit(vec![room], register(&renewed), MONDAY).await.unwrap();
    assert!(storage.device_by_token(wire_hash(&lan)).await.unwrap().is_none());
    let thief = Device { token: hoa.token, ..device("Kẻ lạ") };
    assert_eq!(denial(storage.admit(vec![room], register(&thief), MONDAY).await), Denial::TokenTaken);
    assert_eq!(push(&storage, &thief, &[thief.visit(room, "x")]).await, [Appended::NotMember]);
}

async fn a_device_has_one_token(place: &impl Backend) {
    let storage = place.open().await;
    let (hoa, space) = hoa_opens(&storage, "Vân Hồ").await;
    let known = storage.device_by_token(wire_hash(&hoa)).await.unwrap().unwrap();
    assert_eq!((known.id, known.revoked, known.last_seen), (hoa.key.id(), false, MONDAY));

    let renewed = Device { token: [5; 32], ..hoa.clone() };
    let call = renewed.opens(space, &pass("Vân Hồ"));
    storage.create_space(call, MONDAY).await.unwrap();
    assert!(storage.device_by_token(wire_hash(&hoa)).await.unwrap().is_none());
    assert!(storage.device_by_token(wire_hash(&renewed)).await.unwrap().is_some());

    let invite = invite("for Lan");
    storage.create_invite(hoa.key.id(), offer(&invite, space, 1, 1), MONDAY).await.unwrap();
    let lan = Device { token: renewed.token, ..device("Lan") };
    assert_eq!(denial(storage.join(lan.joins(&invite), MONDAY).await), Denial::TokenTaken);
    storage.join(device("Lan").joins(&invite), MONDAY).await.unwrap();
}

async fn what_was_acknowledged_is_there_after_reopening(place: &impl Backend) {
    let storage = place.open().await;
    let (hoa, space) = hoa_opens(&storage, "Vân Hồ").await;
    let visit = hoa.visit(space, "visit");
    push(&storage, &hoa, std::slice::from_ref(&visit)).await;
    let before = read_all(&storage, &hoa, space).await;
    drop(storage);
    let storage = place.open().await;
    storage.check().await.unwrap();
    assert_eq!(read_all(&storage, &hoa, space).await, before);
    assert_eq!(push(&storage, &hoa, &[visit]).await, [Appended::Known(1)]);
}

/// Room for so many bytes of chunks in a space.
fn room(space_bytes: usize) -> Quota {
    Quota { space_bytes: Some(space_bytes as u64), device_bytes_a_day: None }
}

async fn a_full_space_keeps_no_more_and_is_read_as_before(place: &impl Backend) {
    let (hoa, first) = hoa_opens(&place.open().await, "Vân Hồ").await;
    let visits = ["1", "2", "3"].map(|text| hoa.visit(first, text));
    let size = visits[0].bytes().len();
    let storage = place.open_with(room(2 * size)).await;
    let (_, second) = hoa_opens_another(&storage).await;
    let large = hoa.visit(first, &"x".repeat(2 * size));
    let brought = [visits[0].clone(), large, visits[1].clone(), visits[2].clone(), hoa.visit(second, "elsewhere")];
    let outcomes = push(&storage, &hoa, &brought).await;
    use Appended::*;
    assert_eq!(outcomes, [Kept(1), Full, Kept(2), Full, Kept(1)], "each space has its own room, and no number is lost");
    assert_eq!(push(&storage, &hoa, &visits).await, [Known(1), Known(2), Full], "what is there is acknowledged");
    let (pulls, _) = read_all(&storage, &hoa, first).await;
    assert_eq!(pulls.iter().map(Pull::id).collect::<Vec<_>>(), [visits[0].id(), visits[1].id()]);
    drop(storage);

    let storage = place.open_with(room(3 * size)).await;
    assert_eq!(push(&storage, &hoa, &visits[2..]).await, [Kept(3)], "the operator has made room");
    let (pulls, _) = read_all(&storage, &hoa, first).await;
    assert_eq!(pulls.len(), 3);
}

async fn a_device_brings_so_much_a_day_and_another_brings_its_own(place: &impl Backend) {
    let (hoa, space) = hoa_opens(&place.open().await, "Vân Hồ").await;
    let lan = joins(&place.open().await, "Lan", space).await;
    let visits = ["1", "2", "3", "4"].map(|text| hoa.visit(space, text));
    let size = visits[0].bytes().len() as u64;
    // Hoà's envelope for Lan counts as brought on Monday.
    let envelope = offer(&invite("Lan"), space, 1, 1).envelope.len() as u64;
    let a_day = Quota { space_bytes: None, device_bytes_a_day: Some(envelope + 2 * size) };
    let storage = place.open_with(a_day).await;
    use Appended::*;
    assert_eq!(push(&storage, &hoa, &visits[..3]).await, [Kept(1), Kept(2), Full]);
    let late = storage.create_invite(hoa.key.id(), offer(&invite("Minh"), space, 1, 1), MONDAY).await;
    assert_eq!(denial(late), Denial::Full);
    let again = storage.create_invite(hoa.key.id(), offer(&invite("Lan"), space, 1, 1), MONDAY).await;
    assert_eq!(denial(again), Denial::Full, "no matter whether it is there");
    assert_eq!(push(&storage, &lan, &visits[2..3]).await, [Kept(3)], "Lan brings what Hoà could not");
    let tuesday = MONDAY + DAY;
    let outcomes = storage.append(hoa.key.id(), visits.to_vec(), tuesday).await.unwrap();
    assert_eq!(outcomes, [Known(1), Known(2), Known(3), Kept(4)]);
}

async fn a_full_checkpoint_is_refused_and_the_one_before_it_stays(place: &impl Backend) {
    let (hoa, space) = hoa_opens(&place.open().await, "Vân Hồ").await;
    push(&place.open().await, &hoa, &[hoa.visit(space, "1"), hoa.visit(space, "2")]).await;
    let (_, two) = read_all(&place.open().await, &hoa, space).await;
    let pages = [0, 1].map(|page| leaf(&hoa, space, two, page, 2));
    let size = pages[0].page.chunk.len();
    let storage = place.open_with(room(2 * size)).await;
    for page in &pages {
        storage.put_checkpoint(hoa.key.id(), page.clone()).await.unwrap();
    }
    push(&place.open().await, &hoa, &[hoa.visit(space, "3")]).await;
    let (_, three) = read_all(&storage, &hoa, space).await;
    let storage = place.open_with(room(2 * size)).await;
    let newer = storage.put_checkpoint(hoa.key.id(), leaf(&hoa, space, three, 0, 2)).await;
    assert_eq!(denial(newer), Denial::Full);
    place.open().await.put_checkpoint(hoa.key.id(), leaf(&hoa, space, three, 0, 2)).await.unwrap();
    let ask = GetCheckpoint { space, page: 1, seq: None };
    assert_eq!(storage.get_checkpoint(hoa.key.id(), ask).await.unwrap().as_ref(), Some(&pages[1].page));
}

async fn the_operator_sees_who_is_there_and_shuts_one_out(place: &impl Backend) {
    let storage = place.open().await;
    let (hoa, first) = hoa_opens(&storage, "Vân Hồ").await;
    let (_, second) = hoa_opens_another(&storage).await;
    let lan = joins(&storage, "Lan", first).await;
    storage.append(lan.key.id(), vec![], MONDAY + 60).await.unwrap();
    let seen = storage.devices(None).await.unwrap();
    let expected = [(lan.key.id(), MONDAY + 60, 1), (hoa.key.id(), MONDAY, 2)];
    assert_eq!(seen.iter().map(|d| (d.id, d.last_seen, d.spaces)).collect::<Vec<_>>(), expected);
    assert!(seen.iter().all(|d| (d.created_at, d.revoked_at) == (MONDAY, None)), "{seen:?}");
    assert_eq!(storage.devices(Some(second)).await.unwrap().len(), 1);
    assert_eq!(storage.devices(Some(space("nowhere"))).await.unwrap(), []);

    assert_eq!(storage.revoked_since(0).await.unwrap(), []);
    assert!(!storage.revoke(device("Páo").key.id(), MONDAY).await.unwrap(), "nobody knows Páo");
    for moment in [MONDAY + 90, MONDAY + 99] {
        assert!(storage.revoke(lan.key.id(), moment).await.unwrap());
    }
    assert_eq!(storage.devices(Some(first)).await.unwrap()[0].revoked_at, Some(MONDAY + 90), "the first moment stays");
    assert_eq!(storage.revoked_since(MONDAY + 90).await.unwrap(), [lan.key.id()]);
    assert_eq!(storage.revoked_since(MONDAY + 91).await.unwrap(), []);
    assert!(storage.device_by_token(wire_hash(&lan)).await.unwrap().unwrap().revoked);
    let invite = invite("another");
    storage.create_invite(hoa.key.id(), offer(&invite, first, 1, 1), MONDAY).await.unwrap();
    assert_eq!(denial(storage.join(lan.joins(&invite), MONDAY).await), Denial::DeviceRevoked);
}

async fn what_is_kept_takes_up_room(place: &impl Backend) {
    let storage = place.open().await;
    let (hoa, space) = hoa_opens(&storage, "Vân Hồ").await;
    let before = storage.size().await.unwrap();
    let visits: Vec<_> = (0..20).map(|i| hoa.visit(space, &format!("{i} {}", "x".repeat(10_000)))).collect();
    push(&storage, &hoa, &visits).await;
    let grown = storage.size().await.unwrap() - before;
    assert!((200_000..400_000).contains(&grown), "{grown}");
}
