//! What an operator asks of a relay's memory, beside what devices ask of it.
//!
//! It is a trait of its own because a station, a simulator and a test of the protocol have no operator.
//! Copies of the whole memory are not in it: a file is copied by `backup`, a database server by its own
//! tools.

use std::future::Future;

use tungnha_protocol::{DeviceId, SpaceId};

use super::{Seconds, Storage, StorageError};

/// The most that is kept. Nothing said is no limit.
///
/// A storage is opened with it and counts in the transactions that write, so that a limit is exact however
/// many processes share one memory. What is there already is acknowledged and read whatever the limits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Quota {
    /// Bytes of chunks in one space's log; and once more as much of its checkpoints.
    pub space_bytes: Option<u64>,
    /// Bytes of chunks and envelopes that one device may bring on one day of the relay's clock (UTC).
    pub device_bytes_a_day: Option<u64>,
}

/// A relay's memory, as its operator sees it.
pub trait Upkeep: Storage {
    /// Every device that is known, or those of one space, who was here last first.
    fn devices(&self, space: Option<SpaceId>) -> impl Future<Output = Result<Vec<KnownDevice>, StorageError>> + Send;

    /// Shuts a device out for good; doing it again keeps the first moment. Whether the device is known.
    fn revoke(&self, device: DeviceId, now: Seconds) -> impl Future<Output = Result<bool, StorageError>> + Send;

    /// The devices that were shut out at this moment or later.
    fn revoked_since(&self, since: Seconds) -> impl Future<Output = Result<Vec<DeviceId>, StorageError>> + Send;

    /// How many bytes the memory takes up where it lies. It is asked for at every scrape, and must be cheap.
    fn size(&self) -> impl Future<Output = Result<u64, StorageError>> + Send;
}

/// What a relay knows of a device. It knows no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownDevice {
    /// Its public key.
    pub id: DeviceId,
    /// When it registered first.
    pub created_at: Seconds,
    /// When it last appended or was noted, which is once an hour.
    pub last_seen: Seconds,
    /// When it was shut out.
    pub revoked_at: Option<Seconds>,
    /// Of how many spaces it is a member here.
    pub spaces: u32,
}

/// What a device has brought on the day that it is.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Brought {
    /// Days since 1970.
    pub(crate) day: u64,
    pub(crate) bytes: u64,
}

impl Brought {
    /// The same, if that day is still the one that it is; else nothing yet.
    pub(crate) fn on_the_day_of(self, now: Seconds) -> Self {
        let day = now / (24 * 60 * 60);
        if day == self.day { self } else { Self { day, bytes: 0 } }
    }

    /// Counts so many bytes, if the quota has room for them.
    pub(crate) fn takes(&mut self, bytes: usize, quota: &Quota) -> bool {
        takes(&mut self.bytes, bytes, quota.device_bytes_a_day)
    }
}

/// Adds so many bytes to a counter, if they fit under the limit.
pub(crate) fn takes(counter: &mut u64, bytes: usize, limit: Option<u64>) -> bool {
    let after = counter.saturating_add(bytes as u64);
    let fits = limit.is_none_or(|limit| after <= limit);
    if fits {
        *counter = after;
    }
    fits
}
