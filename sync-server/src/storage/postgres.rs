//! The relay's memory in PostgreSQL: for a relay that outgrows one file, or one machine. Several relay
//! processes may share one database.
//!
//! What is particular about it:
//! - A space's numbers are taken under a lock on the space's row, in the inserting transaction. A
//!   sequence of PostgreSQL's would hand out numbers before their commit, and a reader would skip some.
//! - Appends are gathered (`writer`): while one transaction waits for its disk and its standby, the next
//!   requests queue up and share the following one.
//! - A question about a log is one statement (`log`), and so one moment and one round trip.
//! - An acknowledgement needs the server's own word that the commit is where it has to be
//!   (`connections`).
//!
//! A database that goes away makes requests fail, each honestly; connections are made anew when it is
//! back, at whichever of the hosts then takes writes.

use std::time::Duration;

use deadpool_postgres::{Client, Pool, PoolError, Transaction};
use futures_util::{FutureExt, future::BoxFuture};
use tokio::sync::mpsc;
use tungnha_protocol::{
    Chunk, DeviceId, Incarnation, SpaceId,
    wire::{CheckpointPage, CreateInvite, CreateSpace, GetCheckpoint, Join, PutCheckpoint, Registration},
};

use super::{Appended, Device, LogPage, NewPass, ReadFrom, Seconds, Storage, StorageError as Error};

mod checkpoints;
mod connections;
mod log;
pub(crate) mod moving;
mod news;
mod schema;
mod target;
mod tickets;
mod writer;

pub use news::News;
pub use target::Target;

/// The longest that the database may take over one call. A server that does not answer in this time is
/// frozen or cut off, and its connection is given up.
const ANSWER: Duration = Duration::from_secs(30);

/// A relay's memory in a PostgreSQL database. Clones share it.
#[derive(Clone)]
pub struct Postgres {
    pool: Pool,
    appends: mpsc::Sender<writer::Append>,
}

impl Postgres {
    /// Connects, and brings the tables up to date.
    pub async fn open(target: &Target) -> Result<Self, Error> {
        let pool = connections::pool(target)?;
        let mut client = pool.get().await?;
        schema::bring_up_to_date(&mut client).await?;
        drop(client);
        let appends = writer::start(&pool);
        Ok(Self { pool, appends })
    }

    async fn read<T>(
        &self,
        work: impl for<'a> FnOnce(&'a Client) -> BoxFuture<'a, Result<T, Error>>,
    ) -> Result<T, Error> {
        let client = self.pool.get().await?;
        match tokio::time::timeout(ANSWER, work(&client)).await {
            Ok(result) => result,
            Err(_) => Err(give_up(client)),
        }
    }

    async fn write<T>(
        &self,
        work: impl for<'a> FnOnce(&'a Transaction<'a>) -> BoxFuture<'a, Result<T, Error>>,
    ) -> Result<T, Error> {
        let mut client = self.pool.get().await?;
        let all = async {
            let transaction = client.transaction().await?;
            let result = work(&transaction).await?;
            transaction.commit().await?;
            Ok(result)
        };
        match tokio::time::timeout(ANSWER, all).await {
            Ok(result) => result,
            Err(_) => Err(give_up(client)),
        }
    }
}

/// Closes a connection on which nothing comes, instead of handing it to the next request.
fn give_up(client: Client) -> Error {
    drop(Client::take(client));
    Error::Failed(format!("the database did not answer within {} s", ANSWER.as_secs()))
}

impl Storage for Postgres {
    async fn device_by_token(&self, token_hash: [u8; 32]) -> Result<Option<Device>, Error> {
        self.read(|client| tickets::device_by_token(client, token_hash).boxed()).await
    }

    async fn spaces_of(&self, device: DeviceId) -> Result<Vec<SpaceId>, Error> {
        self.read(|client| tickets::spaces_of(client, device).boxed()).await
    }

    async fn append(&self, device: DeviceId, chunks: Vec<Chunk>, now: Seconds) -> Result<Vec<Appended>, Error> {
        writer::append(&self.appends, device, chunks, now).await
    }

    async fn read(&self, device: DeviceId, questions: Vec<ReadFrom>, page: usize) -> Result<Vec<LogPage>, Error> {
        self.read(|client| log::read(client, device, questions, page).boxed()).await
    }

    async fn create_space(&self, call: CreateSpace, now: Seconds) -> Result<Incarnation, Error> {
        self.write(|transaction| tickets::create_space(transaction, call, now).boxed()).await
    }

    async fn create_invite(&self, by: DeviceId, call: CreateInvite, now: Seconds) -> Result<Seconds, Error> {
        self.write(|transaction| tickets::create_invite(transaction, by, call, now).boxed()).await
    }

    async fn join(&self, call: Join, now: Seconds) -> Result<Vec<u8>, Error> {
        self.write(|transaction| tickets::join(transaction, call, now).boxed()).await
    }

    async fn admit(&self, spaces: Vec<SpaceId>, registration: Registration, now: Seconds) -> Result<(), Error> {
        self.write(|transaction| tickets::admit(transaction, spaces, registration, now).boxed()).await
    }

    async fn put_checkpoint(&self, by: DeviceId, call: PutCheckpoint) -> Result<(), Error> {
        self.write(|transaction| checkpoints::put(transaction, by, call).boxed()).await
    }

    async fn get_checkpoint(&self, device: DeviceId, call: GetCheckpoint) -> Result<Option<CheckpointPage>, Error> {
        self.read(|client| checkpoints::get(client, device, call).boxed()).await
    }

    async fn add_pass(&self, pass: NewPass, now: Seconds) -> Result<(), Error> {
        self.write(|transaction| tickets::add_pass(transaction, pass, now).boxed()).await
    }

    async fn check(&self) -> Result<(), Error> {
        self.read(|client| async { Ok(client.batch_execute("SELECT 1").await?) }.boxed()).await
    }
}

impl From<PoolError> for Error {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Backend(error) => error.into(),
            other => Self::Failed(format!("no connection to the database: {other}")),
        }
    }
}

/// In the server's words, but without the details, which quote what is in the rows.
impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        use std::error::Error as _;
        Self::Failed(match (error.as_db_error(), error.source()) {
            (Some(told), _) => format!("{} {}: {}", told.severity(), told.code().code(), told.message()),
            (None, Some(source)) => format!("{error}: {source}"),
            (None, None) => error.to_string(),
        })
    }
}

/// A number as PostgreSQL keeps it; one past 2^63 is an error, not another number.
fn signed(number: u64) -> Result<i64, Error> {
    i64::try_from(number).map_err(|_| Error::Failed(format!("{number} is too large to be kept")))
}

fn unsigned(number: i64) -> Result<u64, Error> {
    u64::try_from(number).map_err(|_| Error::Failed(format!("the database has {number} where no negative can be")))
}

/// An id or a hash, out of a column that has only such.
fn fixed<const N: usize>(bytes: &[u8]) -> Result<[u8; N], Error> {
    let length = bytes.len();
    bytes.try_into().map_err(|_| Error::Failed(format!("the database has {length} bytes where {N} belong")))
}
