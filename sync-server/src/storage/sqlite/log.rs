//! A space's log: appended to under the next number, read in pages.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, params};
use tungnha_protocol::{
    Chunk, ChunkId, DeviceId, Fingerprint, Incarnation, LogHash, RollingHash, SpaceId,
    frames::{Pull, PullBody, Welcome},
};

use crate::storage::{Appended, Budget, LogPage, ReadFrom, Seconds, StorageError as Error};

/// The end of a space's log.
pub(super) struct Head {
    incarnation: Incarnation,
    place: RollingHash,
}

pub(super) fn append(
    connection: &Connection,
    device: &DeviceId,
    chunks: &[Chunk],
    now: Seconds,
) -> Result<Vec<Appended>, Error> {
    connection
        .prepare_cached("UPDATE devices SET last_seen = max(last_seen, ?2) WHERE device = ?1")?
        .execute(params![device.0, now])?;
    let mut places: HashMap<SpaceId, Option<RollingHash>> = HashMap::new();
    let mut appended = Vec::with_capacity(chunks.len());
    for chunk in chunks {
        let space = chunk.header().space;
        let place = match places.get(&space) {
            Some(place) => *place,
            None => member_head(connection, &space, device)?.map(|head| head.place),
        };
        let (outcome, place) = match place {
            None => (Appended::NotMember, None),
            Some(place) => keep(connection, &space, device, chunk, place, now)?,
        };
        places.insert(space, place);
        appended.push(outcome);
    }
    for (space, place) in places {
        if let Some(RollingHash { seq, hash }) = place {
            connection
                .prepare_cached("UPDATE spaces SET head = ?2, hash = ?3 WHERE space = ?1")?
                .execute(params![space.0, seq, hash.0])?;
        }
    }
    Ok(appended)
}

/// Keeps a chunk under the number after `place`, unless it is there already.
fn keep(
    connection: &Connection,
    space: &SpaceId,
    device: &DeviceId,
    chunk: &Chunk,
    place: RollingHash,
    now: Seconds,
) -> Result<(Appended, Option<RollingHash>), Error> {
    let known: Option<u64> = connection
        .prepare_cached("SELECT seq FROM log WHERE space = ?1 AND id = ?2")?
        .query_row(params![space.0, chunk.id().0], |row| row.get(0))
        .optional()?;
    if let Some(seq) = known {
        return Ok((Appended::Known(seq), Some(place)));
    }
    let next = place.then(&chunk.id());
    connection
        .prepare_cached(
            "INSERT INTO log (space, seq, id, hash, device, received_at, bytes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![space.0, next.seq, chunk.id().0, next.hash.0, device.0, now, chunk.bytes()])?;
    Ok((Appended::Kept(next.seq), Some(next)))
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
    let pulls = match question.place.seq < head.place.seq {
        true => entries(connection, device, question, budget)?,
        false => Vec::new(),
    };
    let reached = pulls.last().map_or(question.place.seq, |pull| pull.seq);
    Ok(LogPage::Entries {
        welcome: is_new.then_some(Welcome { incarnation: head.incarnation, head: head.place }),
        pulls,
        more: (reached < head.place.seq).then_some(head.place.seq),
        wants: wants(connection, question)?,
    })
}

/// The log's own hash at the number that the device claims to have reached.
fn hash_at(connection: &Connection, question: &ReadFrom, head: &Head) -> Result<Option<LogHash>, Error> {
    let seq = question.place.seq;
    if seq == 0 {
        return Ok(Some(RollingHash::start(&head.incarnation).hash));
    }
    if seq > head.place.seq {
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
        .prepare_cached("SELECT seq, id, device, bytes FROM log WHERE space = ?1 AND seq > ?2 ORDER BY seq")?;
    let mut rows = statement.query(params![question.space.0, question.place.seq])?;
    let mut left = question.max_bytes;
    let mut pulls = Vec::new();
    while let Some(row) = rows.next()? {
        let pull = entry(row, device, question)?;
        let bytes = match &pull.body {
            PullBody::Bytes(bytes) => bytes.len(),
            PullBody::Id(_) | PullBody::Redacted(_) => 0,
        };
        if !budget.take(bytes, &mut left) {
            break;
        }
        pulls.push(pull);
    }
    Ok(pulls)
}

fn entry(row: &Row<'_>, device: &DeviceId, question: &ReadFrom) -> rusqlite::Result<Pull> {
    let id = ChunkId(row.get(1)?);
    let brought = !question.whole && DeviceId(row.get(2)?) == *device;
    let body = match brought || question.held.contains(&id.fingerprint()) {
        true => PullBody::Id(id),
        false => row.get::<_, Option<_>>(3)?.map_or(PullBody::Redacted(id), PullBody::Bytes),
    };
    Ok(Pull { seq: row.get(0)?, body })
}

/// The end of a space's log, for a member.
pub(super) fn member_head(connection: &Connection, space: &SpaceId, device: &DeviceId) -> Result<Option<Head>, Error> {
    let head = connection
        .prepare_cached(
            "SELECT incarnation, head, hash FROM spaces
             JOIN memberships USING (space) WHERE space = ?1 AND device = ?2",
        )?
        .query_row(params![space.0, device.0], |row| {
            Ok(Head {
                incarnation: Incarnation(row.get(0)?),
                place: RollingHash { seq: row.get(1)?, hash: LogHash(row.get(2)?) },
            })
        })
        .optional()?;
    Ok(head)
}
