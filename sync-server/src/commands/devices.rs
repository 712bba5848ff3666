//! `tungnha-relay devices list` and `devices revoke`.

use anyhow::bail;
use jiff::Timestamp;
use tungnha_protocol::{DeviceId, SpaceId};
use tungnha_relay::{
    config::{Database, Settings},
    storage::{KnownDevice, Seconds, Upkeep},
    system_clock,
};

use super::{connect, open, say};

pub(crate) async fn list(settings: Settings, space: Option<SpaceId>) -> anyhow::Result<()> {
    match settings.database()? {
        Database::Sqlite(file) => show(open(&file, &settings)?, space).await,
        Database::Postgres(target) => show(connect(&target, &settings).await?, space).await,
    }
}

pub(crate) async fn revoke(settings: Settings, device: DeviceId) -> anyhow::Result<()> {
    match settings.database()? {
        Database::Sqlite(file) => shut_out(open(&file, &settings)?, device).await,
        Database::Postgres(target) => shut_out(connect(&target, &settings).await?, device).await,
    }
}

async fn show(storage: impl Upkeep, space: Option<SpaceId>) -> anyhow::Result<()> {
    say(&format!("{:<43}  {:<20}  {:<20}  {:>6}  revoked", "device", "registered", "last seen", "spaces"))?;
    storage.devices(space).await?.iter().try_for_each(|device| say(&line(device)))
}

fn line(device: &KnownDevice) -> String {
    let KnownDevice { id, created_at, last_seen, revoked_at, spaces } = device;
    let revoked = revoked_at.map(time).unwrap_or_default();
    let line = format!("{id:<43}  {:<20}  {:<20}  {spaces:>6}  {revoked}", time(*created_at), time(*last_seen));
    line.trim_end().to_owned()
}

/// In UTC, to the second.
fn time(seconds: Seconds) -> String {
    let time = i64::try_from(seconds).ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    time.map(|time| time.to_string()).unwrap_or_default()
}

async fn shut_out(storage: impl Upkeep, device: DeviceId) -> anyhow::Result<()> {
    if !storage.revoke(device, system_clock()()).await? {
        bail!("this relay does not know the device {device}");
    }
    say(&format!("{device} is shut out; a relay that runs ends its stream within ten seconds"))
}
