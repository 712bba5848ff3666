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
use tokio_postgres::{Row, Statement};
use tungnha_protocol::{Chunk, ChunkId, DeviceId, LogHash, RollingHash, SpaceId};

use super::{ANSWER, fixed, give_up, signed, unsigned};
use crate::storage::{Appended, Brought, Quota, Seconds, StorageError as Error, takes};

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
pub(super) fn start(pool: &Pool, quota: Quota) -> mpsc::Sender<Append> {
    let (sender, queue) = mpsc::channel(4 * GROUP);
    let queue = Arc::new(Mutex::new(queue));
    for _ in 0..WRITERS {
        tokio::spawn(write_in_groups(pool.clone(), Arc::clone(&queue), quota));
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

/// Notes that a device was here which brings nothing. Nobody is promised anything, so this does not wait
/// for the disk or the standby: while that is away, devices still read.
pub(super) async fn note_alone(client: &Client, device: DeviceId, now: Seconds) -> Result<(), Error> {
    let statement = client.prepare_cached(NOTE_ALONE).await?;
    let now = signed(now)?;
    let begin = async { client.batch_execute("BEGIN; SET LOCAL synchronous_commit = off").await };
    let note = async { client.execute(&statement, &[&device.0, &now]).await };
    let commit = async { client.batch_execute("COMMIT").await };
    tokio::try_join!(biased; begin, note, commit)?;
    Ok(())
}

async fn write_in_groups(pool: Pool, queue: Arc<Mutex<mpsc::Receiver<Append>>>, quota: Quota) {
    while let Some(group) = next_group(&queue).await {
        let answers = write_group(&pool, &group, &quota).await;
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

async fn write_group(pool: &Pool, group: &[Append], quota: &Quota) -> Result<Vec<Vec<Appended>>, Error> {
    let client = pool.get().await?;
    match tokio::time::timeout(ANSWER, transact(&client, group, quota)).await {
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
    who: Statement,
    note: Statement,
    lock: Statement,
    known: Statement,
    keep: Statement,
}

impl Statements {
    async fn prepare(client: &Client) -> Result<Self, Error> {
        Ok(Self {
            who: client.prepare_cached(WHO).await?,
            note: client.prepare_cached(NOTE).await?,
            lock: client.prepare_cached(LOCK).await?,
            known: client.prepare_cached(KNOWN).await?,
            keep: client.prepare_cached(KEEP).await?,
        })
    }
}

/// Nobody waits for somebody else who notes the same.
const NOTE_ALONE: &str = "
    UPDATE devices SET last_seen = $2 WHERE device = (
        SELECT device FROM devices WHERE device = $1 AND last_seen < $2 FOR NO KEY UPDATE SKIP LOCKED)";

/// Locks the devices' rows, in one order, so that two groups never wait for each other.
const WHO: &str = "
    SELECT device, day, day_bytes FROM devices WHERE device = ANY ($1::bytea[]) ORDER BY device FOR NO KEY UPDATE";

/// Notes that devices were here, and what they have brought today.
const NOTE: &str = "
    UPDATE devices SET last_seen = greatest(last_seen, here.at), day = here.day, day_bytes = here.bytes
    FROM unnest($1::bytea[], $2::bigint[], $3::bigint[], $4::bigint[]) AS here (device, at, day, bytes)
    WHERE devices.device = here.device";

/// Locks a space for those of the devices that are members. The lock is also what makes a commit wait
/// for the standby that brings nothing new: what it acknowledges may have got no further than here.
const LOCK: &str = "
    SELECT head, hash, bytes, ARRAY(SELECT device FROM memberships WHERE space = $1 AND device = ANY ($2::bytea[]))
    FROM spaces
    WHERE space = $1 AND EXISTS (SELECT FROM memberships WHERE space = $1 AND device = ANY ($2::bytea[]))
    FOR NO KEY UPDATE OF spaces";

/// A statement of its own after the lock, so that it sees what was committed while that was waited for.
/// Asked for one by one: otherwise the planner may go through the whole log.
const KNOWN: &str = "
    SELECT known.id, known.seq FROM unnest($2::bytea[]) AS asked (id),
        LATERAL (SELECT id, seq FROM log WHERE space = $1 AND log.id = asked.id LIMIT 1) AS known";

const KEEP: &str = "
    WITH kept AS (
        INSERT INTO log (space, seq, id, hash, device, received_at, bytes)
        SELECT $1, seq, id, hash, device, received_at, bytes
        FROM unnest($2::bigint[], $3::bytea[], $4::bytea[], $5::bytea[], $6::bigint[], $7::bytea[])
            AS new (seq, id, hash, device, received_at, bytes)
    )
    UPDATE spaces SET head = $8, hash = $9, bytes = $10 WHERE space = $1";

async fn transact(client: &Client, group: &[Append], quota: &Quota) -> Result<Vec<Vec<Appended>>, Error> {
    let statements = Statements::prepare(client).await?;
    let mut locked = lock(client, &statements, group).await?;
    let answers = group.iter().map(|job| job.chunks.iter().map(|chunk| locked.take(job, chunk, quota)).collect());
    let answers = answers.collect();
    keep_and_commit(client, &statements, locked).await?;
    Ok(answers)
}

/// What a group asks of one space.
#[derive(Default)]
struct Asked {
    devices: BTreeSet<[u8; 32]>,
    ids: Vec<[u8; 32]>,
}

/// What a group has locked, and what is to become of it.
struct Locked<'a> {
    devices: BTreeMap<[u8; 32], Here>,
    logs: BTreeMap<SpaceId, Log<'a>>,
}

/// A device that is here.
struct Here {
    at: Seconds,
    brought: Brought,
}

/// A locked space, and what is to be kept in it.
struct Log<'a> {
    members: BTreeSet<[u8; 32]>,
    place: RollingHash,
    bytes: u64,
    known: HashMap<ChunkId, u64>,
    new: Vec<New<'a>>,
}

struct New<'a> {
    chunk: &'a Chunk,
    place: RollingHash,
    job: &'a Append,
}

/// The first round trip: begins, and locks the devices and the spaces in the order of their ids, so that
/// two groups never wait for each other.
async fn lock<'a>(client: &Client, statements: &Statements, group: &'a [Append]) -> Result<Locked<'a>, Error> {
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
    let names: Vec<_> = seen.keys().collect();
    let begin = async { Ok(client.batch_execute("BEGIN").await?) };
    let who = async { Ok(client.query(&statements.who, &[&names]).await?) };
    // Each is sent when it is polled first, which is in this order.
    let spaces = try_join_all(asked.iter().map(|(space, asked)| lock_one(client, statements, space, asked)));
    let (_, who, spaces) = tokio::try_join!(biased; begin, who, spaces)?;
    let devices = who.iter().map(|row| here(row, &seen)).collect::<Result<_, _>>()?;
    let logs = asked.into_keys().zip(spaces).filter_map(|(space, log)| Some((space, log?))).collect();
    Ok(Locked { devices, logs })
}

fn here(row: &Row, seen: &BTreeMap<[u8; 32], Seconds>) -> Result<([u8; 32], Here), Error> {
    let device = fixed(row.get(0))?;
    let at = seen.get(&device).copied().unwrap_or_default();
    let brought = Brought { day: unsigned(row.get(1))?, bytes: unsigned(row.get(2))? };
    Ok((device, Here { at, brought: brought.on_the_day_of(at) }))
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
    let bytes = unsigned(locked.get(2))?;
    let members = locked.get::<_, Vec<&[u8]>>(3).into_iter().map(fixed).collect::<Result<_, _>>()?;
    let known = known.iter().map(|row| Ok::<_, Error>((ChunkId(fixed(row.get(0))?), unsigned(row.get(1))?)));
    Ok(Some(Log { members, place, bytes, known: known.collect::<Result<_, _>>()?, new: Vec::new() }))
}

impl<'a> Locked<'a> {
    /// Gives a chunk the next number, unless it has one already or there is no room.
    fn take(&mut self, job: &'a Append, chunk: &'a Chunk, quota: &Quota) -> Appended {
        let log = self.logs.get_mut(&chunk.header().space).filter(|log| log.members.contains(&job.device.0));
        let (Some(log), Some(here)) = (log, self.devices.get_mut(&job.device.0)) else { return Appended::NotMember };
        if let Some(seq) = log.known.get(&chunk.id()) {
            return Appended::Known(*seq);
        }
        let size = chunk.bytes().len();
        let (mut bytes, mut brought) = (log.bytes, here.brought);
        if !takes(&mut bytes, size, quota.space_bytes) || !brought.takes(size, quota) {
            return Appended::Full;
        }
        (log.bytes, here.brought) = (bytes, brought);
        log.place = log.place.then(&chunk.id());
        log.known.insert(chunk.id(), log.place.seq);
        log.new.push(New { chunk, place: log.place, job });
        Appended::Kept(log.place.seq)
    }
}

/// The second round trip.
async fn keep_and_commit(client: &Client, statements: &Statements, locked: Locked<'_>) -> Result<(), Error> {
    let note = note(client, statements, &locked.devices);
    let grown = locked.logs.iter().filter(|(_, log)| !log.new.is_empty());
    let keep = try_join_all(grown.map(|(space, log)| keep(client, statements, space, log)));
    let commit = async { Ok(client.batch_execute("COMMIT").await?) };
    tokio::try_join!(biased; note, keep, commit)?;
    Ok(())
}

async fn note(client: &Client, statements: &Statements, devices: &BTreeMap<[u8; 32], Here>) -> Result<(), Error> {
    let (mut names, mut times, mut days, mut bytes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (device, here) in devices {
        names.push(device);
        times.push(signed(here.at)?);
        days.push(signed(here.brought.day)?);
        bytes.push(signed(here.brought.bytes)?);
    }
    client.execute(&statements.note, &[&names, &times, &days, &bytes]).await?;
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
    let (hash, size) = (log.place.hash.0, signed(log.bytes)?);
    let kept = client
        .execute(&statements.keep, &[&space.0, &seqs, &ids, &hashes, &devices, &times, &bytes, &head, &hash, &size])
        .await?;
    match kept {
        1 => Ok(()),
        rows => Err(Error::Failed(format!("{rows} spaces have this id"))),
    }
}
