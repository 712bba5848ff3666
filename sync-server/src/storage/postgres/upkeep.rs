//! What the operator asks of the database.

use deadpool_postgres::Client;
use futures_util::FutureExt;
use tokio_postgres::Row;
use tungnha_protocol::{DeviceId, SpaceId};

use super::{Postgres, fixed, signed, unsigned};
use crate::storage::{KnownDevice, Seconds, StorageError as Error, Upkeep};

impl Upkeep for Postgres {
    async fn devices(&self, space: Option<SpaceId>) -> Result<Vec<KnownDevice>, Error> {
        self.read(|client| devices(client, space).boxed()).await
    }

    async fn revoke(&self, device: DeviceId, now: Seconds) -> Result<bool, Error> {
        let now = signed(now)?;
        let revoke = "UPDATE devices SET revoked_at = coalesce(revoked_at, $2) WHERE device = $1";
        self.write(|transaction| async move { Ok(transaction.execute(revoke, &[&device.0, &now]).await? == 1) }.boxed())
            .await
    }

    async fn revoked_since(&self, since: Seconds) -> Result<Vec<DeviceId>, Error> {
        self.read(|client| revoked_since(client, since).boxed()).await
    }

    /// The whole database, with its indexes.
    async fn size(&self) -> Result<u64, Error> {
        let size = "SELECT pg_database_size(current_database())";
        self.read(|client| async { unsigned(client.query_one(size, &[]).await?.get(0)) }.boxed()).await
    }
}

async fn devices(client: &Client, space: Option<SpaceId>) -> Result<Vec<KnownDevice>, Error> {
    let devices = "
        SELECT device, created_at, last_seen, revoked_at,
            (SELECT count(*) FROM memberships WHERE memberships.device = devices.device)
        FROM devices
        WHERE $1::bytea IS NULL OR EXISTS (
            SELECT FROM memberships WHERE space = $1 AND memberships.device = devices.device)
        ORDER BY last_seen DESC, device";
    let space = space.map(|space| space.0);
    client.query(devices, &[&space]).await?.iter().map(known).collect()
}

fn known(row: &Row) -> Result<KnownDevice, Error> {
    Ok(KnownDevice {
        id: DeviceId(fixed(row.get(0))?),
        created_at: unsigned(row.get(1))?,
        last_seen: unsigned(row.get(2))?,
        revoked_at: row.get::<_, Option<i64>>(3).map(unsigned).transpose()?,
        spaces: u32::try_from(row.get::<_, i64>(4)).unwrap_or(u32::MAX),
    })
}

async fn revoked_since(client: &Client, since: Seconds) -> Result<Vec<DeviceId>, Error> {
    let revoked = client.prepare_cached("SELECT device FROM devices WHERE revoked_at >= $1").await?;
    let rows = client.query(&revoked, &[&signed(since)?]).await?;
    rows.iter().map(|row| fixed(row.get(0)).map(DeviceId)).collect()
}
