//! Appends, several requests in one transaction of two round trips.
//!
//! Few tasks write, each on a connection of its own while it does. A request that finds them all busy
//! waits in the queue, and the next task that is free takes everything that waits. So a slow disk or a
//! far standby costs a group, not a request, and the lock on a space is held for one commit of many
//! chunks instead of many commits. Nobody is answered before the commit, and when that fails, or its
//! outcome is unknown, everybody in the group is told so.
//!
//! The tasks do not belong to the requests: a caller who hangs up leaves no transaction half way.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use deadpool_postgres::{Client, Pool};
use futures_util::future::try_join_all;
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio_postgres::Statement;
use tungnha_protocol::{Chunk, ChunkId, DeviceId, LogHash, RollingHash, SpaceId};

use super::{ANSWER, fixed, give_up, signed, unsigned};
use crate::storage::{Appended, Seconds, StorageError as Error};

/// How many groups are on their way at one time.
const WRITERS: usize = 4;
/// The most requests in one transaction.
const GROUP: usize = 64;
/// The most bytes of chunks after which no further request joins a group.
const GROUP_BYTES: usize = 2 << 20;

/// One request's chunks.
pub(super) struct Append {
    device: DeviceId,
    chunks: Vec<Chunk>,
    now: Seconds,
    answer: oneshot::Sender<Result<Vec<Appended>, Error>>,
}

impl Append {
    fn bytes(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.bytes().len()).sum()
    }
}

/// Starts the writing tasks, which end when nobody can ask them any more.
pub(super) fn start(pool: &Pool) -> mpsc::Sender<Append> {
    let (sender, queue) = mpsc::channel(4 * GROUP);
    let queue = Arc::new(Mutex::new(queue));
    for _ in 0..WRITERS {
        tokio::spawn(write_in_groups(pool.clone(), Arc::clone(&queue)));
    }
    sender
}

/// Has chunks kept, and waits until they are.
pub(super) async fn append(
    queue: &mpsc::Sender<Append>,
    device: DeviceId,
    chunks: Vec<Chunk>,
    now: Seconds,
) -> Result<Vec<Appended>, Error> {
    let stopped = || Error::Failed("the writer has stopped".into());
    let (answer, answered) = oneshot::channel();
    queue.send(Append { device, chunks, now, answer }).await.map_err(|_| stopped())?;
    answered.await.map_err(|_| stopped())?
}

async fn write_in_groups(pool: Pool, queue: Arc<Mutex<mpsc::Receiver<Append>>>) {
    while let Some(group) = next_group(&queue).await {
        let answers = write_group(&pool, &group).await;
        match answers {
            Ok(answers) => group.into_iter().zip(answers).for_each(|(job, answer)| reply(job, Ok(answer))),
            Err(error) => group.into_iter().for_each(|job| reply(job, Err(Error::Failed(error.to_string())))),
        }
    }
}

/// The caller may have hung up: what was committed stays committed.
fn reply(job: Append, answer: Result<Vec<Appended>, Error>) {
    let _ = job.answer.send(answer);
}

async fn next_group(queue: &Mutex<mpsc::Receiver<Append>>) -> Option<Vec<Append>> {
    let mut queue = queue.lock().await;
    let first = queue.recv().await?;
    let mut bytes = first.bytes();
    let mut group = vec![first];
    while group.len() < GROUP && bytes < GROUP_BYTES {
        let Ok(next) = queue.try_recv() else { break };
        bytes += next.bytes();
        group.push(next);
    }
    Some(group)
}

async fn write_group(pool: &Pool, group: &[Append]) -> Result<Vec<Vec<Appended>>, Error> {
    let client = pool.get().await?;
    match tokio::time::timeout(ANSWER, transact(&client, group)).await {
        Ok(Ok(answers)) => Ok(answers),
        // Whatever state the connection is in, closing it ends the transaction.
        Ok(Err(error)) => {
            drop(Client::take(client));
            Err(error)
        }
        Err(_) => Err(give_up(client)),
    }
}

/// The statements of a transaction, prepared once a connection.
struct Statements {
    note: Statement,
    lock: Statement,
    known: Statement,
    keep: Statement,
}

impl Statements {
    async fn prepare(client: &Client) -> Result<Self, Error> {
        Ok(Self {
            note: client.prepare_cached(NOTE).await?,
            lock: client.prepare_cached(LOCK).await?,
            known: client.prepare_cached(KNOWN).await?,
            keep: client.prepare_cached(KEEP).await?,
        })
    }
}

/// Notes that devices were here. In one order, so that two groups never wait for each other.
const NOTE: &str = "
    UPDATE devices SET last_seen = seen.at FROM (
        SELECT known.device, here.at FROM unnest($1::bytea[], $2::bigint[]) AS here (device, at)
        JOIN devices AS known ON known.device = here.device AND known.last_seen < here.at
        ORDER BY known.device FOR NO KEY UPDATE OF known
    ) AS seen WHERE devices.device = seen.device";

/// Locks a space for those of the devices that are members. The lock is also what makes a commit wait
/// for the standby that brings nothing new: what it acknowledges may have got no further than here.
const LOCK: &str = "
    SELECT head, hash, ARRAY(SELECT device FROM memberships WHERE space = $1 AND device = ANY ($2::bytea[]))
    FROM spaces
    WHERE space = $1 AND EXISTS (SELECT FROM memberships WHERE space = $1 AND device = ANY ($2::bytea[]))
    FOR NO KEY UPDATE OF spaces";

/// A statement of its own after the lock, so that it sees what was committed while that was waited for.
const KNOWN: &str = "SELECT id, seq FROM log WHERE space = $1 AND id = ANY ($2::bytea[])";

const KEEP: &str = "
    WITH kept AS (
        INSERT INTO log (space, seq, id, hash, device, received_at, bytes)
        SELECT $1, seq, id, hash, device, received_at, bytes
        FROM unnest($2::bigint[], $3::bytea[], $4::bytea[], $5::bytea[], $6::bigint[], $7::bytea[])
            AS new (seq, id, hash, device, received_at, bytes)
    )
    UPDATE spaces SET head = $8, hash = $9 WHERE space = $1";

async fn transact(client: &Client, group: &[Append]) -> Result<Vec<Vec<Appended>>, Error> {
    let statements = Statements::prepare(client).await?;
    let mut logs = lock(client, &statements, group).await?;
    let answers = group.iter().map(|job| job.chunks.iter().map(|chunk| number(&mut logs, job, chunk)).collect());
    let answers = answers.collect();
    keep_and_commit(client, &statements, logs).await?;
    Ok(answers)
}

/// What a group asks of one space.
#[derive(Default)]
struct Asked {
    devices: BTreeSet<[u8; 32]>,
    ids: Vec<[u8; 32]>,
}

/// A locked space, and what is to be kept in it.
struct Log<'a> {
    members: BTreeSet<[u8; 32]>,
    place: RollingHash,
    known: HashMap<ChunkId, u64>,
    new: Vec<New<'a>>,
}

struct New<'a> {
    chunk: &'a Chunk,
    place: RollingHash,
    job: &'a Append,
}

/// The first round trip: begins, notes who is here, and locks the spaces in the order of their ids, so
/// that two groups never wait for each other.
async fn lock<'a>(
    client: &Client,
    statements: &Statements,
    group: &'a [Append],
) -> Result<BTreeMap<SpaceId, Log<'a>>, Error> {
    let mut seen = BTreeMap::new();
    let mut asked = BTreeMap::<SpaceId, Asked>::new();
    for job in group {
        let last = seen.entry(job.device.0).or_insert(job.now);
        *last = job.now.max(*last);
        for chunk in &job.chunks {
            let asked = asked.entry(chunk.header().space).or_default();
            asked.devices.insert(job.device.0);
            asked.ids.push(chunk.id().0);
        }
    }
    let (devices, times): (Vec<_>, Vec<_>) = seen.into_iter().unzip();
    let times = times.into_iter().map(signed).collect::<Result<Vec<_>, _>>()?;
    let begin = async { Ok(client.batch_execute("BEGIN").await?) };
    let note = async { Ok(client.execute(&statements.note, &[&devices, &times]).await?) };
    // Each is sent when it is polled first, which is in this order.
    let spaces = try_join_all(asked.iter().map(|(space, asked)| lock_one(client, statements, space, asked)));
    let (_, _, spaces) = tokio::try_join!(biased; begin, note, spaces)?;
    Ok(asked.into_keys().zip(spaces).filter_map(|(space, log)| Some((space, log?))).collect())
}

async fn lock_one<'a>(
    client: &Client,
    statements: &Statements,
    space: &SpaceId,
    asked: &Asked,
) -> Result<Option<Log<'a>>, Error> {
    let devices: Vec<_> = asked.devices.iter().collect();
    let lock = async { client.query_opt(&statements.lock, &[&space.0, &devices]).await };
    let known = async { client.query(&statements.known, &[&space.0, &asked.ids]).await };
    let (locked, known) = tokio::try_join!(biased; lock, known)?;
    let Some(locked) = locked else { return Ok(None) };
    let place = RollingHash { seq: unsigned(locked.get(0))?, hash: LogHash(fixed(locked.get(1))?) };
    let members = locked.get::<_, Vec<&[u8]>>(2).into_iter().map(fixed).collect::<Result<_, _>>()?;
    let known = known.iter().map(|row| Ok::<_, Error>((ChunkId(fixed(row.get(0))?), unsigned(row.get(1))?)));
    Ok(Some(Log { members, place, known: known.collect::<Result<_, _>>()?, new: Vec::new() }))
}

/// Gives a chunk the next number, unless it has one already.
fn number<'a>(logs: &mut BTreeMap<SpaceId, Log<'a>>, job: &'a Append, chunk: &'a Chunk) -> Appended {
    let log = logs.get_mut(&chunk.header().space).filter(|log| log.members.contains(&job.device.0));
    let Some(log) = log else { return Appended::NotMember };
    if let Some(seq) = log.known.get(&chunk.id()) {
        return Appended::Known(*seq);
    }
    log.place = log.place.then(&chunk.id());
    log.known.insert(chunk.id(), log.place.seq);
    log.new.push(New { chunk, place: log.place, job });
    Appended::Kept(log.place.seq)
}

/// The second round trip.
async fn keep_and_commit(
    client: &Client,
    statements: &Statements,
    logs: BTreeMap<SpaceId, Log<'_>>,
) -> Result<(), Error> {
    let grown = logs.iter().filter(|(_, log)| !log.new.is_empty());
    let keep = try_join_all(grown.map(|(space, log)| keep(client, statements, space, log)));
    let commit = async { Ok(client.batch_execute("COMMIT").await?) };
    tokio::try_join!(biased; keep, commit)?;
    Ok(())
}

async fn keep(client: &Client, statements: &Statements, space: &SpaceId, log: &Log<'_>) -> Result<(), Error> {
    let (mut seqs, mut times) = (Vec::new(), Vec::new());
    for new in &log.new {
        seqs.push(signed(new.place.seq)?);
        times.push(signed(new.job.now)?);
    }
    let ids: Vec<_> = log.new.iter().map(|new| new.chunk.id().0).collect();
    let hashes: Vec<_> = log.new.iter().map(|new| new.place.hash.0).collect();
    let devices: Vec<_> = log.new.iter().map(|new| new.job.device.0).collect();
    let bytes: Vec<_> = log.new.iter().map(|new| new.chunk.bytes()).collect();
    let head = signed(log.place.seq)?;
    let hash = log.place.hash.0;
    let kept = client
        .execute(&statements.keep, &[&space.0, &seqs, &ids, &hashes, &devices, &times, &bytes, &head, &hash])
        .await?;
    match kept {
        1 => Ok(()),
        rows => Err(Error::Failed(format!("{rows} spaces have this id"))),
    }
}
