//! The open notebook of one data folder: how a write becomes one transaction, and the
//! little that is kept in memory beside the database.

mod batch;
mod finding;
mod verify;

pub use batch::Batch;
pub use finding::ListQuery;
pub use verify::Report;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use automerge::ActorId;
use rusqlite::Connection;
use tungnha_protocol::keys::DeviceKey;
use zeroize::Zeroizing;

use crate::clock::Clock;
use crate::domain::{HouseholdId, MemberId, SpaceId};
use crate::error::{Error, Result};
use crate::projection::{self, list::Asker};
use crate::store::spaces::Space;
use crate::store::{self, Folder, Store, photos, spaces};

use finding::Finding;

/// The open notebook of one data folder.
pub struct Notebook {
    // Fields are dropped in this order: the database closes before the folder's lock goes.
    store: Store,
    clock: Clock,
    /// Random, for this process only: two copies of one tablet must never write as one.
    actor: ActorId,
    device: DeviceKey,
    finding: Finding,
    folder: Folder,
}

/// What a finished write has changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// Households whose documents changed, with those that are one with them or share a person.
    pub households: BTreeSet<HouseholdId>,
    /// The space's own document changed.
    pub space: bool,
}

impl Notebook {
    /// Opens a data folder in which nobody has a PIN, making it on first use.
    pub fn open(folder: &Path, clock: Clock) -> Result<Self> {
        let folder = Folder::open(folder)?;
        let key = folder.key()?;
        Self::open_with(folder, &key, clock)
    }

    /// Opens the notebook of a folder under the key that a PIN has given.
    pub fn open_with(folder: Folder, key: &[u8; 32], clock: Clock) -> Result<Self> {
        let mut store = Store::open(&folder.database(), key)?;
        let device = device_key(&mut store)?;
        follow(&clock, store.read())?;
        if photos::may_have_unused(store.read())? {
            let start = store.write()?;
            photos::drop_unused(&start)?;
            start.commit()?;
        }
        Ok(Self { store, clock, actor: ActorId::random(), device, finding: Finding::default(), folder })
    }

    /// Encrypts the database under another key; it is tried before this returns.
    pub fn rekey(&mut self, key: &[u8; 32]) -> Result<()> {
        self.store.rekey(key)?;
        match store::opens(&self.folder.database(), key)? {
            true => Ok(()),
            false => Err(Error::new("database_key_wrong", "the database does not open under its new key")),
        }
    }

    /// The database, for reading.
    pub fn db(&self) -> &Connection {
        self.store.read()
    }

    /// The time.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Where a station of this device keeps what it serves.
    pub fn station_file(&self) -> PathBuf {
        self.folder.station()
    }

    /// This device's signing key.
    pub fn device(&self) -> &DeviceKey {
        &self.device
    }

    /// The notebook that is open; `no_notebook` before one is started or joined.
    pub fn space(&self) -> Result<Space> {
        spaces::open(self.db())?.ok_or_else(|| Error::new("no_notebook", "no team has been started or joined yet"))
    }

    /// The signed-in member.
    pub fn me(&self) -> Result<MemberId> {
        Ok(self.space()?.me)
    }

    /// Who asks, for queries.
    pub fn asker(&self) -> Result<Asker> {
        let space = self.space()?;
        Ok(Asker { space: space.id, me: space.me, today: self.clock.today() })
    }

    /// Runs one write as one transaction, under the name of the signed-in member.
    pub fn write<T>(&mut self, work: impl FnOnce(&mut Batch<'_>) -> Result<T>) -> Result<(T, Touched)> {
        let space = self.space()?;
        self.write_in(space.id, &space.me.to_string(), work)
    }

    /// Runs one write as one transaction on a notebook that may only come into being in it.
    pub fn write_in<T>(
        &mut self,
        space: SpaceId,
        by: &str,
        work: impl FnOnce(&mut Batch<'_>) -> Result<T>,
    ) -> Result<(T, Touched)> {
        let at_ms = self.clock.now_ms();
        let tx = self.store.write()?;
        let mut batch = Batch::new(&tx, space, &self.device, self.actor.clone(), by, at_ms);
        let result = work(&mut batch)?;
        let touched = batch.touched();
        tx.commit()?;
        follow(&self.clock, self.store.read())?;
        self.finding.changed(self.store.read(), space, &touched)?;
        Ok((result, touched))
    }

    /// Runs a write that touches no document: drafts, settings, relays, keys.
    pub fn write_aside<T>(&mut self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let tx = self.store.write()?;
        let result = work(&tx)?;
        tx.commit()?;
        Ok(result)
    }

    /// Takes the open notebook off this device.
    pub fn forget(&mut self, space: SpaceId) -> Result<()> {
        self.write_aside(|db| {
            projection::delete(db, space)?;
            spaces::delete(db, space)
        })?;
        self.finding = Finding::default();
        Ok(())
    }
}

/// The hybrid clock goes on from the newest visit, and the newest deed with a report, that is here.
fn follow(clock: &Clock, db: &Connection) -> Result<()> {
    let newest: Option<i64> = db
        .prepare_cached(
            "SELECT max(newest) FROM (SELECT max(clock) AS newest FROM visits WHERE clock <= ?1
               UNION ALL SELECT max(clock) FROM report_events WHERE clock <= ?1)",
        )?
        .query_row([clock.horizon() as i64], |row| row.get(0))?;
    clock.see(newest.unwrap_or_default().unsigned_abs());
    Ok(())
}

/// This device's key, made on first use.
fn device_key(store: &mut Store) -> Result<DeviceKey> {
    const NAME: &str = "device_key";
    if let Some(stored) = store::setting(store.read(), NAME)? {
        let stored = Zeroizing::new(stored);
        let seed: &[u8; 32] = stored.as_slice().try_into().map_err(|_| Error::damaged("device key"))?;
        return Ok(DeviceKey::from_bytes(seed));
    }
    let key = DeviceKey::random();
    let tx = store.write()?;
    store::set_setting(&tx, NAME, key.to_bytes().as_ref())?;
    tx.commit()?;
    Ok(key)
}
