//! *Chia sẻ trong phòng*: this device as a relay for its room, and visits to another that is one.
//!
//! Only a door can open a socket, so each hands in what serves a room (a [`Host`]); what a station is
//! for, when it stops and what it brings is decided here. The host exchanges with its own station as
//! with any relay: before the address is shown the station holds all that the host has, and what
//! visitors bring is in its notebook a moment later.

mod serving;
mod visiting;

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use tungnha_protocol::RelayUrl;
use tungnha_protocol::ids::{DeviceId, SpaceId as WireSpace};
use tungnha_protocol::meet::MeetingKey;
use tungnha_protocol::wire::Registration;

use super::{Api, Nothing};
use crate::error::{Error, Result};

pub(super) use serving::invite_at;
pub(super) use visiting::join;

/// A door that can serve the room.
pub trait Host: Send + Sync {
    /// Opens a station; `station_no_network` when this machine is in no network.
    fn open(&self, opening: Opening) -> Result<Box<dyn Room>>;
    /// The addresses of other stations that have been heard of. None is no error.
    fn find(&self) -> Vec<String>;
}

/// What a station is opened with.
pub struct Opening {
    /// Where it keeps what it serves, from one opening to the next.
    pub file: PathBuf,
    /// The host's space, with the meeting key of every key of its ring.
    pub keys: Vec<(WireSpace, MeetingKey)>,
    /// The host's own registration at its station.
    pub registration: Registration,
    /// The full name of whoever uses this device.
    pub name: String,
}

/// An open station.
pub trait Room: Send + Sync {
    /// Where visitors reach it, `host:port`, the likeliest first. They may change while it is open.
    fn addresses(&self) -> Vec<String>;
    /// BLAKE3 of its certificate.
    fn certificate(&self) -> [u8; 32];
    /// A call by the host itself, without any network.
    fn post(&self, path: &str, token: &[u8; 32], body: Vec<u8>) -> Result<Vec<u8>>;
    /// What visitors have done since this was asked last; waits for it so long at most.
    fn wait(&self, at_most: Duration) -> Vec<Heard>;
    /// Stops serving, at once.
    fn close(&self);
}

/// What a member did at the station. Strangers are not heard of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// Has proved to be of the team.
    Came {
        /// Their device.
        device: DeviceId,
        /// Their full name, as they say.
        name: String,
    },
    /// Has exchanged, or joined with an invite.
    Asked,
}

/// Arguments of `station_visit`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StationVisit {
    /// The address on the other device's screen, typed or scanned.
    pub address: String,
}

/// Whether this device serves its room, and how that goes.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StationStatus {
    /// The station, while it is open.
    pub open: Option<OpenStation>,
    /// It has stopped by itself, because nobody came any more.
    pub stopped_by_itself: bool,
}

/// An open station.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OpenStation {
    /// What to type on other devices, the likeliest first; empty while the machine is in no network.
    pub addresses: Vec<String>,
    /// The likeliest one as a QR picture (SVG).
    pub qr_svg: Option<String>,
    /// When it stops by itself if nobody comes.
    #[ts(type = "number")]
    pub stops_at_ms: i64,
    /// Who came, latest first.
    pub guests: Vec<Guest>,
    /// Records that they brought.
    pub received: u32,
}

/// Somebody who came to this device's station.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Guest {
    /// Their full name.
    pub name: String,
    /// When they came last.
    #[ts(type = "number")]
    pub at_ms: i64,
}

/// A station that was heard of in the room.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FoundStation {
    /// Its address.
    pub address: String,
}

/// What one visit did.
#[derive(Debug, Clone, Serialize, TS)]
pub struct VisitReport {
    /// Whose device it was.
    pub name: String,
    /// Records left there that it did not have.
    pub sent: u32,
    /// Records received.
    pub received: u32,
    /// Fields that are crossed now.
    pub conflicts: u32,
}

/// The part of the handle that belongs to stations.
#[derive(Default)]
pub(super) struct State {
    host: OnceLock<Arc<dyn Host>>,
    open: Mutex<Option<Arc<serving::Serving>>>,
    stopped_by_itself: AtomicBool,
}

impl State {
    fn open(&self) -> Option<Arc<serving::Serving>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Closes the station that is open: the notebook is closed.
    pub(super) fn shut(&self) {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(serving) = open {
            serving.room.close();
        }
    }
}

impl Api {
    /// Lets this door serve rooms. Without it every command about that is answered `no_station_here`.
    pub fn serve_rooms_with(&self, host: Arc<dyn Host>) {
        // The first one stays: a process has one door.
        let _ = self.stations().host.set(host);
    }

    fn host(&self) -> Result<&dyn Host> {
        let host = self.stations().host.get();
        host.map(AsRef::as_ref).ok_or_else(|| Error::new("no_station_here", "this door cannot serve a room"))
    }
}

/// Whether this device serves its room now.
pub(super) fn is_open(api: &Api) -> bool {
    api.stations().open().is_some()
}

/// Opens the station.
pub(super) fn open(api: &Api, _: Nothing) -> Result<StationStatus> {
    serving::open(api)?;
    status(api, Nothing {})
}

/// Closes the station; nothing happens when none is open.
pub(super) fn close(api: &Api, _: Nothing) -> Result<StationStatus> {
    serving::close(api, None, false);
    status(api, Nothing {})
}

/// Whether this device serves its room.
pub(super) fn status(api: &Api, _: Nothing) -> Result<StationStatus> {
    api.host()?;
    let open = api.stations().open().map(|serving| serving.view()).transpose()?;
    let stopped_by_itself = api.stations().stopped_by_itself.load(std::sync::atomic::Ordering::SeqCst);
    Ok(StationStatus { open, stopped_by_itself })
}

/// Stations that were heard of in the room.
pub(super) fn find(api: &Api, _: Nothing) -> Result<Vec<FoundStation>> {
    let ours = api.stations().open().map(|serving| serving.addresses()).unwrap_or_default();
    let heard = api.host()?.find();
    let short = heard.iter().filter_map(|address| RelayUrl::of_station(address).ok()).map(|url| url.short().to_owned());
    Ok(short.filter(|address| !ours.contains(address)).map(|address| FoundStation { address }).collect())
}

/// Visits a station.
pub(super) fn visit(api: &Api, args: StationVisit) -> Result<VisitReport> {
    visiting::visit(api, &args.address)
}
