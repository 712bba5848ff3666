//! Checkpoints: left by members in pages, kept whole, the newest one.

use rusqlite::{Connection, OptionalExtension, params};
use tungnha_protocol::{
    DeviceId, LogHash, SpaceId,
    wire::{CheckpointPage, GetCheckpoint, PutCheckpoint},
};

use super::log::member_head;
use crate::storage::{Denial, Quota, StorageError as Error, takes};

pub(super) fn put(connection: &Connection, by: &DeviceId, call: &PutCheckpoint, quota: &Quota) -> Result<(), Error> {
    let (space, page) = (&call.space, &call.page);
    member_head(connection, space, by)?.ok_or(Denial::NotMember)?;
    if hash_at(connection, space, page.seq)? != Some(page.hash) {
        return Err(Denial::OtherLog.into());
    }
    let whole = newest(connection, space)?.map_or(0, |(seq, _)| seq);
    if whole >= page.seq {
        return Ok(());
    }
    // What it began and does not go on with; never the whole one, which may be its own.
    connection
        .prepare_cached(
            "DELETE FROM checkpoints WHERE space = ?1 AND device = ?2 AND seq > ?3 AND (seq, pages) <> (?4, ?5)",
        )?
        .execute(params![space.0, by.0, whole, page.seq, page.pages])?;
    let mut kept = bytes_of(connection, space)?;
    if !takes(&mut kept, page.chunk.len(), quota.space_bytes) {
        return Err(Denial::Full.into());
    }
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO checkpoints (space, seq, device, page, pages, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![space.0, page.seq, by.0, page.page, page.pages, page.chunk])?;
    // Nothing that is whole goes before its successor is.
    if newest(connection, space)? == Some((page.seq, *by)) {
        connection
            .prepare_cached("DELETE FROM checkpoints WHERE space = ?1 AND (seq < ?2 OR seq = ?2 AND device <> ?3)")?
            .execute(params![space.0, page.seq, by.0])?;
    }
    Ok(())
}

fn bytes_of(connection: &Connection, space: &SpaceId) -> Result<u64, Error> {
    let mut query =
        connection.prepare_cached("SELECT coalesce(sum(length(bytes)), 0) FROM checkpoints WHERE space = ?1")?;
    Ok(query.query_row([space.0], |row| row.get(0))?)
}

pub(super) fn get(
    connection: &Connection,
    device: &DeviceId,
    call: &GetCheckpoint,
) -> Result<Option<CheckpointPage>, Error> {
    let space = &call.space;
    member_head(connection, space, device)?.ok_or(Denial::NotMember)?;
    let newest = newest(connection, space)?.filter(|(seq, _)| call.seq.is_none_or(|asked| asked == *seq));
    let Some((seq, by)) = newest else { return Ok(None) };
    let Some(hash) = hash_at(connection, space, seq)? else { return Ok(None) };
    let page = connection
        .prepare_cached(
            "SELECT pages, bytes FROM checkpoints WHERE space = ?1 AND seq = ?2 AND device = ?3 AND page = ?4",
        )?
        .query_row(params![space.0, seq, by.0, call.page], |row| {
            Ok(CheckpointPage { seq, hash, page: call.page, pages: row.get(0)?, chunk: row.get(1)? })
        })
        .optional()?;
    Ok(page)
}

/// The newest checkpoint of which all pages are here: its number in the log, and who left it.
fn newest(connection: &Connection, space: &SpaceId) -> Result<Option<(u64, DeviceId)>, Error> {
    let newest = connection
        .prepare_cached(
            "SELECT seq, device FROM checkpoints WHERE space = ?1
             GROUP BY seq, device HAVING count(*) = max(pages) ORDER BY seq DESC, device LIMIT 1",
        )?
        .query_row([space.0], |row| Ok((row.get(0)?, DeviceId(row.get(1)?))))
        .optional()?;
    Ok(newest)
}

fn hash_at(connection: &Connection, space: &SpaceId, seq: u64) -> Result<Option<LogHash>, Error> {
    let hash = connection
        .prepare_cached("SELECT hash FROM log WHERE space = ?1 AND seq = ?2")?
        .query_row(params![space.0, seq], |row| row.get(0))
        .optional()?;
    Ok(hash.map(LogHash))
}
