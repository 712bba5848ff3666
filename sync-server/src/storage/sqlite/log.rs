//! A space's log: appended to under the next number, read in pages.

use std::collections::{HashMap, hash_map::Entry};

use rusqlite::{Connection, OptionalExtension, Row, params};
use tungnha_protocol::{
    Chunk, ChunkId, DeviceId, Fingerprint, Incarnation, LogHash, RollingHash, SpaceId,
    frames::{Pull, PullBody, Welcome},
};

use super::tickets;
use crate::storage::{Appended, Brought, Budget, LogPage, Quota, ReadFrom, Seconds, StorageError as Error, takes};

/// A space's log and its end.
pub(super) struct Head {
    incarnation: Incarnation,
    end: End,
}

/// Where the next chunk of a space goes, and how many bytes the space has.
#[derive(Clone, Copy)]
struct End {
    place: RollingHash,
    bytes: u64,
}

/// Appending for one device at one moment.
struct Append<'a> {
    connection: &'a Connection,
    device: &'a DeviceId,
    quota: &'a Quota,
    now: Seconds,
    brought: Brought,
}

pub(super) fn append(
    connection: &Connection,
    device: &DeviceId,
    chunks: &[Chunk],
    quota: &Quota,
    now: Seconds,
) -> Result<Vec<Appended>, Error> {
    let brought = tickets::brought(connection, device, now)?;
    let mut append = Append { connection, device, quota, now, brought };
    let mut ends: HashMap<SpaceId, Option<End>> = HashMap::new();
    let mut appended = Vec::with_capacity(chunks.len());
    for chunk in chunks {
        let space = chunk.header().space;
        let end = match ends.entry(space) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(member_head(connection, &space, device)?.map(|head| head.end)),
        };
        appended.push(match end {
            None => Appended::NotMember,
            Some(end) => append.one(chunk, end)?,
        });
    }
    append.note(ends)?;
    Ok(appended)
}

impl Append<'_> {
    /// Keeps a chunk at the end, unless it is there already or there is no room.
    fn one(&mut self, chunk: &Chunk, end: &mut End) -> Result<Appended, Error> {
        let space = chunk.header().space;
        let known: Option<u64> = self
            .connection
            .prepare_cached("SELECT seq FROM log WHERE space = ?1 AND id = ?2")?
            .query_row(params![space.0, chunk.id().0], |row| row.get(0))
            .optional()?;
        if let Some(seq) = known {
            return Ok(Appended::Known(seq));
        }
        let size = chunk.bytes().len();
        let (mut bytes, mut brought) = (end.bytes, self.brought);
        if !takes(&mut bytes, size, self.quota.space_bytes) || !brought.takes(size, self.quota) {
            return Ok(Appended::Full);
        }
        let next = end.place.then(&chunk.id());
        self.connection
            .prepare_cached(
                "INSERT INTO log (space, seq, id, hash, device, received_at, bytes)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![space.0, next.seq, chunk.id().0, next.hash.0, self.device.0, self.now, chunk.bytes()])?;
        (*end, self.brought) = (End { place: next, bytes }, brought);
        Ok(Appended::Kept(next.seq))
    }

    /// Writes down where the logs end now, and that the device was here with so many bytes.
    fn note(self, ends: HashMap<SpaceId, Option<End>>) -> Result<(), Error> {
        for (space, end) in ends {
            if let Some(End { place: RollingHash { seq, hash }, bytes }) = end {
                self.connection
                    .prepare_cached("UPDATE spaces SET head = ?2, hash = ?3, bytes = ?4 WHERE space = ?1")?
                    .execute(params![space.0, seq, hash.0, bytes])?;
            }
        }
        tickets::note_brought(self.connection, self.device, self.brought, self.now)
    }
}

pub(super) fn read(
    connection: &Connection,
    device: &DeviceId,
    questions: &[ReadFrom],
    page: usize,
) -> Result<Vec<LogPage>, Error> {
    let mut budget = Budget::new(page);
    questions
        .iter()
        .map(|question| match member_head(connection, &question.space, device)? {
            None => Ok(LogPage::NotMember),
            Some(head) => page_of(connection, device, question, &head, &mut budget),
        })
        .collect()
}

fn page_of(
    connection: &Connection,
    device: &DeviceId,
    question: &ReadFrom,
    head: &Head,
    budget: &mut Budget,
) -> Result<LogPage, Error> {
    let is_new = question.place == RollingHash::NONE;
    if !is_new && hash_at(connection, question, head)? != Some(question.place.hash) {
        return Ok(LogPage::OtherLog(head.incarnation));
    }
    let pulls = match question.place.seq < head.end.place.seq {
        true => entries(connection, device, question, budget)?,
        false => Vec::new(),
    };
    let reached = pulls.last().map_or(question.place.seq, |pull| pull.seq);
    Ok(LogPage::Entries {
        welcome: is_new.then_some(Welcome { incarnation: head.incarnation, head: head.end.place }),
        pulls,
        more: (reached < head.end.place.seq).then_some(head.end.place.seq),
        wants: wants(connection, question)?,
    })
}

/// The log's own hash at the number that the device claims to have reached.
fn hash_at(connection: &Connection, question: &ReadFrom, head: &Head) -> Result<Option<LogHash>, Error> {
    let seq = question.place.seq;
    if seq == 0 {
        return Ok(Some(RollingHash::start(&head.incarnation).hash));
    }
    if seq > head.end.place.seq {
        return Ok(None);
    }
    let hash = connection
        .prepare_cached("SELECT hash FROM log WHERE space = ?1 AND seq = ?2")?
        .query_row(params![question.space.0, seq], |row| row.get(0))
        .optional()?;
    Ok(hash.map(LogHash))
}

/// What was offered and is not in the log, in the order of the ids.
fn wants(connection: &Connection, question: &ReadFrom) -> Result<Vec<Fingerprint>, Error> {
    let mut statement =
        connection.prepare_cached("SELECT 1 FROM log WHERE space = ?1 AND id BETWEEN ?2 AND ?3 LIMIT 1")?;
    let mut wants = Vec::new();
    for fingerprint in &question.held {
        let (mut from, mut to) = ([0; ChunkId::LEN], [0xff; ChunkId::LEN]);
        from[..Fingerprint::LEN].copy_from_slice(&fingerprint.0);
        to[..Fingerprint::LEN].copy_from_slice(&fingerprint.0);
        if !statement.exists(params![question.space.0, from, to])? {
            wants.push(*fingerprint);
        }
    }
    wants.sort_unstable();
    Ok(wants)
}

fn entries(
    connection: &Connection,
    device: &DeviceId,
    question: &ReadFrom,
    budget: &mut Budget,
) -> Result<Vec<Pull>, Error> {
    let mut statement = connection
        .prepare_cached("SELECT seq, id, device, rowid FROM log WHERE space = ?1 AND seq > ?2 ORDER BY seq")?;
    let mut rows = statement.query(params![question.space.0, question.place.seq])?;
    let mut left = question.max_bytes;
    let mut pulls = Vec::new();
    while let Some(row) = rows.next()? {
        let pull = entry(connection, row, device, question)?;
        let bytes = match &pull.body {
            PullBody::Bytes(bytes) => bytes.len(),
            PullBody::Id(_) | PullBody::Redacted(_) | PullBody::Later(_) => 0,
        };
        if !budget.take(bytes, &mut left) {
            break;
        }
        pulls.push(pull);
    }
    Ok(pulls)
}

/// An entry; its bytes are read by a statement of their own, and only when they are told.
fn entry(connection: &Connection, row: &Row<'_>, device: &DeviceId, question: &ReadFrom) -> rusqlite::Result<Pull> {
    let (seq, id): (u64, _) = (row.get(0)?, ChunkId(row.get(1)?));
    let brought = !question.whole && DeviceId(row.get(2)?) == *device;
    if brought || question.held.contains(&id.fingerprint()) {
        return Ok(Pull { seq, body: PullBody::Id(id) });
    }
    if question.later && waits(connection, question, seq)? {
        return Ok(Pull { seq, body: PullBody::Later(id) });
    }
    let bytes: Option<Vec<u8>> = connection
        .prepare_cached("SELECT bytes FROM log WHERE rowid = ?1")?
        .query_row([row.get::<_, i64>(3)?], |row| row.get(0))?;
    Ok(Pull { seq, body: bytes.map_or(PullBody::Redacted(id), PullBody::Bytes) })
}

/// Whether a chunk waits for records, by an index that has only such.
fn waits(connection: &Connection, question: &ReadFrom, seq: u64) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT 1 FROM log INDEXED BY log_of_blobs
             WHERE space = ?1 AND seq = ?2 AND substr(bytes, 3, 1) <> x'00'",
        )?
        .exists(params![question.space.0, seq])
}

/// The end of a space's log, for a member.
pub(super) fn member_head(connection: &Connection, space: &SpaceId, device: &DeviceId) -> Result<Option<Head>, Error> {
    let head = connection
        .prepare_cached(
            "SELECT incarnation, head, hash, spaces.bytes FROM spaces
             JOIN memberships USING (space) WHERE space = ?1 AND device = ?2",
        )?
        .query_row(params![space.0, device.0], |row| {
            Ok(Head {
                incarnation: Incarnation(row.get(0)?),
                end: End { place: RollingHash { seq: row.get(1)?, hash: LogHash(row.get(2)?) }, bytes: row.get(3)? },
            })
        })
        .optional()?;
    Ok(head)
}
