//! The relay's memory in one SQLite file: right for a commune, and the default.
//!
//! One thread owns the writing connection and commits in groups: while one fsync runs, the next
//! requests queue up and share the following one, so that durability costs a group, not a request. A
//! job in a group runs in a savepoint of its own; nobody is answered before the commit, and when that
//! fails, everybody in the group is told so. [Readers](readers) have connections of their own and see the
//! last commit (WAL).

use std::{path::Path, sync::Arc, thread, time::Duration};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};
use tungnha_protocol::{
    Chunk, DeviceId, Incarnation, SpaceId,
    wire::{CheckpointPage, CreateInvite, CreateSpace, GetCheckpoint, Join, PutCheckpoint, Registration},
};

use self::readers::Readers;
use super::{Appended, Device, LogPage, NewPass, Quota, ReadFrom, Seconds, Storage, StorageError as Error};

#[cfg(feature = "server")]
pub mod backup;
mod checkpoints;
#[cfg(feature = "server")]
pub mod lock;
mod log;
#[cfg(feature = "server")]
pub(crate) mod moving;
mod readers;
mod tickets;
mod upkeep;

pub(super) const MIGRATIONS: [&str; 3] = [
    include_str!("../../migrations/sqlite/0001_first.sql"),
    include_str!("../../migrations/sqlite/0002_room.sql"),
    include_str!("../../migrations/sqlite/0003_blobs.sql"),
];
/// In the place of the number of migrations: the relay has moved to another database.
const MOVED: usize = 1_000_000;
const READERS: usize = 4;
/// The most jobs in one commit.
const GROUP: usize = 128;

/// A relay's memory in a SQLite file. Clones share it.
#[derive(Clone)]
pub struct Sqlite(Arc<Shared>);

struct Shared {
    jobs: Option<mpsc::Sender<Job>>,
    writer: Option<thread::JoinHandle<()>>,
    readers: Readers,
    quota: Quota,
}

/// Runs inside the group's transaction, and returns what to call with the commit's outcome.
type Job = Box<dyn FnOnce(&Connection) -> Reply + Send>;
type Reply = Box<dyn FnOnce(Result<(), String>) + Send>;

impl Sqlite {
    /// Opens the file, which is created when it is missing, and brings its tables up to date. Everything
    /// that is brought is kept.
    pub fn open(file: &Path) -> Result<Self, Error> {
        Self::open_with(file, Quota::default())
    }

    /// The same, where only so much is kept.
    pub fn open_with(file: &Path, quota: Quota) -> Result<Self, Error> {
        let mut writer = connect(file)?;
        migrate(&mut writer)?;
        let readers: Result<_, Error> = (0..READERS).map(|_| reader(file)).collect();
        let readers = Readers::start(readers?)?;
        let (jobs, queue) = mpsc::channel(4 * GROUP);
        let writer = thread::Builder::new()
            .name("relay-writer".into())
            .spawn(move || write_in_groups(&writer, queue))
            .map_err(|error| Error::Failed(error.to_string()))?;
        Ok(Self(Arc::new(Shared { jobs: Some(jobs), writer: Some(writer), readers, quota })))
    }

    /// Forgets every membership and token, so that each device has to come in anew. For a station: who was
    /// of the team at its last opening need not be now.
    pub async fn forget_members(&self) -> Result<(), Error> {
        self.write(tickets::forget_members).await
    }

    async fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let result = in_savepoint(connection, job);
            Box::new(move |committed| {
                // The caller may have hung up: what was committed stays committed.
                let _ = answer.send(committed.map_err(Error::Failed).and(result));
            })
        });
        let stopped = || Error::Failed("the writer has stopped".into());
        let jobs = self.0.jobs.as_ref().ok_or_else(stopped)?;
        jobs.send(job).await.map_err(|_| stopped())?;
        answered.await.map_err(|_| stopped())?
    }
}

impl Storage for Sqlite {
    async fn device_by_token(&self, token_hash: [u8; 32]) -> Result<Option<Device>, Error> {
        self.0.readers.ask(move |connection| tickets::device_by_token(connection, &token_hash)).await
    }

    async fn spaces_of(&self, device: DeviceId) -> Result<Vec<SpaceId>, Error> {
        self.0.readers.ask(move |connection| tickets::spaces_of(connection, &device)).await
    }

    async fn append(&self, device: DeviceId, chunks: Vec<Chunk>, now: Seconds) -> Result<Vec<Appended>, Error> {
        let quota = self.0.quota;
        self.write(move |connection| log::append(connection, &device, &chunks, &quota, now)).await
    }

    async fn read(&self, device: DeviceId, questions: Vec<ReadFrom>, page: usize) -> Result<Vec<LogPage>, Error> {
        self.0.readers.ask(move |connection| log::read(connection, &device, &questions, page)).await
    }

    async fn create_space(&self, call: CreateSpace, now: Seconds) -> Result<Incarnation, Error> {
        self.write(move |connection| tickets::create_space(connection, &call, now)).await
    }

    async fn create_invite(&self, by: DeviceId, call: CreateInvite, now: Seconds) -> Result<Seconds, Error> {
        let quota = self.0.quota;
        self.write(move |connection| tickets::create_invite(connection, &by, &call, &quota, now)).await
    }

    async fn join(&self, call: Join, now: Seconds) -> Result<Vec<u8>, Error> {
        self.write(move |connection| tickets::join(connection, &call, now)).await
    }

    async fn admit(&self, spaces: Vec<SpaceId>, registration: Registration, now: Seconds) -> Result<(), Error> {
        self.write(move |connection| tickets::admit(connection, &spaces, &registration, now)).await
    }

    async fn put_checkpoint(&self, by: DeviceId, call: PutCheckpoint) -> Result<(), Error> {
        let quota = self.0.quota;
        self.write(move |connection| checkpoints::put(connection, &by, &call, &quota)).await
    }

    async fn get_checkpoint(&self, device: DeviceId, call: GetCheckpoint) -> Result<Option<CheckpointPage>, Error> {
        self.0.readers.ask(move |connection| checkpoints::get(connection, &device, &call)).await
    }

    async fn add_pass(&self, pass: NewPass, now: Seconds) -> Result<(), Error> {
        self.write(move |connection| tickets::add_pass(connection, &pass, now)).await
    }

    async fn check(&self) -> Result<(), Error> {
        self.0.readers.ask(|connection| Ok(connection.query_row("SELECT 1", [], |_| Ok(()))?)).await
    }
}

impl Drop for Shared {
    /// Lets the writer finish what was asked of it, and close the file in good order.
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

fn connect(file: &Path) -> Result<Connection, Error> {
    let connection = Connection::open(file)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

fn reader(file: &Path) -> Result<Connection, Error> {
    let connection = connect(file)?;
    connection.execute_batch("PRAGMA query_only = ON;")?;
    Ok(connection)
}

fn migrate(connection: &mut Connection) -> Result<(), Error> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let done: usize = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if done == MOVED {
        return Err(Error::Failed("this relay has moved to another database, which is to be served now".into()));
    }
    if done > MIGRATIONS.len() {
        let message = "this database is of a newer version of tungnha-relay";
        return Err(Error::Failed(message.into()));
    }
    for migration in &MIGRATIONS[done..] {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", MIGRATIONS.len())?;
    Ok(transaction.commit()?)
}

fn write_in_groups(connection: &Connection, mut queue: mpsc::Receiver<Job>) {
    while let Some(first) = queue.blocking_recv() {
        let mut replies = Vec::new();
        let committed = write_group(connection, first, &mut queue, &mut replies);
        if committed.is_err() && !connection.is_autocommit() {
            let _ = connection.execute_batch("ROLLBACK");
        }
        let committed = committed.map_err(|error| error.to_string());
        for reply in replies {
            reply(committed.clone());
        }
    }
}

fn write_group(
    connection: &Connection,
    first: Job,
    queue: &mut mpsc::Receiver<Job>,
    replies: &mut Vec<Reply>,
) -> Result<(), Error> {
    // A job that is not run drops its answer, which the caller reads as a failure.
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let mut next = Some(first);
    while let Some(job) = next {
        replies.push(job(connection));
        if connection.is_autocommit() {
            // A full disk makes SQLite give up the whole transaction, not just the statement.
            return Err(Error::Failed("the database gave up the group".into()));
        }
        next = (replies.len() < GROUP).then(|| queue.try_recv().ok()).flatten();
    }
    Ok(connection.execute_batch("COMMIT")?)
}

fn in_savepoint<T>(connection: &Connection, job: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Error> {
    connection.execute_batch("SAVEPOINT job")?;
    let result = job(connection);
    let end = match result {
        Ok(_) => "RELEASE job",
        Err(_) => "ROLLBACK TO job; RELEASE job",
    };
    if !connection.is_autocommit() {
        connection.execute_batch(end)?;
    }
    result
}
