//! What the operator asks of the file.

use rusqlite::{Connection, params};
use tungnha_protocol::{DeviceId, SpaceId};

use super::Sqlite;
use crate::storage::{KnownDevice, Seconds, StorageError as Error, Upkeep};

impl Upkeep for Sqlite {
    async fn devices(&self, space: Option<SpaceId>) -> Result<Vec<KnownDevice>, Error> {
        self.0.readers.ask(move |connection| devices(connection, space)).await
    }

    async fn revoke(&self, device: DeviceId, now: Seconds) -> Result<bool, Error> {
        self.write(move |connection| revoke(connection, &device, now)).await
    }

    async fn revoked_since(&self, since: Seconds) -> Result<Vec<DeviceId>, Error> {
        self.0.readers.ask(move |connection| revoked_since(connection, since)).await
    }

    async fn size(&self) -> Result<u64, Error> {
        self.0.readers.ask(size).await
    }
}

fn devices(connection: &Connection, space: Option<SpaceId>) -> Result<Vec<KnownDevice>, Error> {
    let mut query = connection.prepare(
        "SELECT device, created_at, last_seen, revoked_at,
                (SELECT count(*) FROM memberships m WHERE m.device = d.device)
         FROM devices d
         WHERE ?1 IS NULL OR EXISTS (SELECT 1 FROM memberships m WHERE m.space = ?1 AND m.device = d.device)
         ORDER BY last_seen DESC, device",
    )?;
    let rows = query.query_map([space.map(|space| space.0)], |row| {
        Ok(KnownDevice {
            id: DeviceId(row.get(0)?),
            created_at: row.get(1)?,
            last_seen: row.get(2)?,
            revoked_at: row.get(3)?,
            spaces: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn revoke(connection: &Connection, device: &DeviceId, now: Seconds) -> Result<bool, Error> {
    let known = connection.execute(
        "UPDATE devices SET revoked_at = coalesce(revoked_at, ?2) WHERE device = ?1",
        params![device.0, now],
    )?;
    Ok(known == 1)
}

fn revoked_since(connection: &Connection, since: Seconds) -> Result<Vec<DeviceId>, Error> {
    let mut query = connection.prepare_cached("SELECT device FROM devices WHERE revoked_at >= ?1")?;
    let devices = query.query_map([since], |row| row.get(0).map(DeviceId))?;
    Ok(devices.collect::<rusqlite::Result<_>>()?)
}

/// The database's pages. The write-ahead log beside it comes and goes.
fn size(connection: &Connection) -> Result<u64, Error> {
    let query = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
    Ok(connection.prepare_cached(query)?.query_row([], |row| row.get(0))?)
}
