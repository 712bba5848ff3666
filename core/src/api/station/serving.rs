//! This device's own station: what it is opened with, what its visitors bring, when it stops.

use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tungnha_protocol::ids::SpaceId as WireSpace;
use tungnha_protocol::meet::MeetingKey;
use tungnha_protocol::wire::Registration;
use tungnha_protocol::{RelayUrl, random_bytes};

use super::{Guest, Heard, OpenStation, Opening, Room};
use crate::api::exchange::{self, Photos, SyncReport, converse, only};
use crate::api::invite::qr_svg;
use crate::api::{Api, Kind, handle};
use crate::domain::SpaceId;
use crate::error::{Error, Result};
use crate::projection::space;
use crate::store::relays::Relay;
use crate::store::spaces;
use crate::store::stations::{self, Station};

/// It stops by itself when no member has asked for anything for so long.
const IDLE_MS: i64 = 15 * 60 * 1000;
/// How often the host looks whether it has something new itself, or nobody comes any more.
const LOOK: Duration = Duration::from_secs(1);
/// More of those who came are not shown.
const MAX_GUESTS: usize = 100;

/// An open station.
pub(in crate::api) struct Serving {
    pub(super) room: Box<dyn Room>,
    space: SpaceId,
    /// The host's own way in.
    relay: Relay,
    /// When a member has asked for something last.
    asked_ms: AtomicI64,
    guests: Mutex<Vec<Guest>>,
    received: AtomicU32,
    /// One exchange of the host with its station at a time.
    turn: Mutex<()>,
}

impl Serving {
    fn guests(&self) -> MutexGuard<'_, Vec<Guest>> {
        self.guests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What other devices type.
    pub fn addresses(&self) -> Vec<String> {
        let read = |address: &String| RelayUrl::of_station(address).ok().map(|url| url.short().to_owned());
        self.room.addresses().iter().filter_map(read).collect()
    }

    pub fn view(&self) -> Result<OpenStation> {
        let addresses = self.addresses();
        // A phone's camera shows an https address as it is, and a page there says what to do.
        let qr_svg = addresses.first().map(|address| qr_svg(&format!("https://{address}/"))).transpose()?;
        Ok(OpenStation {
            addresses,
            qr_svg,
            stops_at_ms: self.asked_ms.load(Ordering::SeqCst) + IDLE_MS,
            guests: self.guests().clone(),
            received: self.received.load(Ordering::SeqCst),
        })
    }

    /// Leaves there what is new here, and takes in what visitors have brought.
    fn exchange(&self, api: &Api) -> Result<()> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut report = SyncReport::default();
        let post = |request| self.room.post("/v1/sync", &self.relay.token, request);
        let outcome = converse(api, &[self.space], self.relay.n, Photos::All, &post, &mut report, &mut || Ok(()));
        self.received.fetch_add(report.received, Ordering::SeqCst);
        outcome.and_then(only)
    }

    fn note(&self, heard: Vec<Heard>, now_ms: i64) {
        if !heard.is_empty() {
            self.asked_ms.store(now_ms, Ordering::SeqCst);
        }
        let mut guests = self.guests();
        for came in heard {
            if let Heard::Came { name, .. } = came {
                let name: String = name.chars().take(100).collect();
                guests.retain(|guest| guest.name != name);
                guests.insert(0, Guest { name, at_ms: now_ms });
                guests.truncate(MAX_GUESTS);
            }
        }
    }
}

/// Opens the station with everything that is here; one that is open stays as it is.
pub(super) fn open(api: &Api) -> Result<()> {
    let host = api.host()?;
    let mut open = api.stations().open.lock().unwrap_or_else(PoisonError::into_inner);
    if open.is_some() {
        return Ok(());
    }
    let (space, token, opening) = {
        let notebook = api.notebook();
        let space = exchange::not_practice(&notebook)?;
        let token: [u8; 32] = random_bytes();
        let keys = spaces::keys(notebook.db(), space.id)?;
        let keys = keys.iter().map(|key| (WireSpace(*space.id.bytes()), MeetingKey::of(key))).collect();
        // In its own process nobody asks for the signature; the form is the same for everybody.
        let registration = Registration::sign(notebook.device(), b"own room", &token);
        let name = my_name(notebook.db(), &space)?;
        (space.id, token, Opening { file: notebook.station_file(), keys, registration, name })
    };
    let device = opening.registration.device;
    let room = host.open(opening)?;
    let mut notebook = api.notebook();
    let now_ms = notebook.clock().now_ms();
    let own = Station { device, name: "", own: true };
    let relay = notebook.write_aside(|db| stations::keep(db, space, &own, &token))?;
    drop(notebook);
    let serving = Arc::new(Serving {
        room,
        space,
        relay,
        asked_ms: AtomicI64::new(now_ms),
        guests: Mutex::default(),
        received: AtomicU32::new(0),
        turn: Mutex::default(),
    });
    serving.exchange(api).inspect_err(|_| serving.room.close())?;
    // What it was reopened with is no visitor's.
    serving.received.store(0, Ordering::SeqCst);
    let (watched, handle) = (serving.clone(), api.downgrade());
    let watch = move || watch(&watched, &handle);
    let spawned = std::thread::Builder::new().name("station".into()).spawn(watch);
    spawned.map_err(|error| Error::new("internal", error.to_string()))?;
    *open = Some(serving);
    drop(open);
    api.stations().stopped_by_itself.store(false, Ordering::SeqCst);
    api.tell(&[Kind::Sync]);
    Ok(())
}

/// Who is signed in, by name.
pub(super) fn my_name(db: &rusqlite::Connection, open: &spaces::Space) -> Result<String> {
    let members = space::members(db, open.id, Some(open.me))?;
    Ok(members.into_iter().find(|member| member.me).map(|member| member.name).unwrap_or_default())
}

/// Closes this station, or whichever is open.
pub(super) fn close(api: &Api, only: Option<&Arc<Serving>>, by_itself: bool) {
    let mut open = api.stations().open.lock().unwrap_or_else(PoisonError::into_inner);
    if only.is_some_and(|only| !open.as_ref().is_some_and(|open| Arc::ptr_eq(open, only))) {
        return;
    }
    let Some(serving) = open.take() else { return };
    drop(open);
    serving.room.close();
    api.stations().stopped_by_itself.store(by_itself, Ordering::SeqCst);
    api.tell(&[Kind::Sync]);
}

/// Runs beside an open station until it is closed or the app is.
fn watch(serving: &Arc<Serving>, handle: &handle::WeakApi) {
    loop {
        let heard = serving.room.wait(LOOK);
        let Some(api) = handle.upgrade() else { return serving.room.close() };
        if !api.stations().open().is_some_and(|open| Arc::ptr_eq(&open, serving)) {
            return;
        }
        let came = heard.iter().any(|heard| matches!(heard, Heard::Came { .. }));
        let asked = !heard.is_empty();
        let now_ms = api.notebook().clock().now_ms();
        serving.note(heard, now_ms);
        if asked || lacks_something(&api, serving) {
            // What fails now, say for want of space on the disk, is tried again with the next visitor.
            if let Err(error) = serving.exchange(&api) {
                tracing::warn!(code = error.code(), "the host could not exchange with its own station");
            }
        }
        if came {
            api.tell(&[Kind::Sync]);
        }
        if now_ms - serving.asked_ms.load(Ordering::SeqCst) >= IDLE_MS {
            return close(&api, Some(serving), true);
        }
    }
}

fn lacks_something(api: &Api, serving: &Serving) -> bool {
    stations::lacks_something(api.notebook().db(), serving.relay.n, serving.space).unwrap_or(false)
}

/// Whether a station of this certificate is this device's own.
pub(super) fn is_own(api: &Api, certificate: &[u8; 32]) -> bool {
    api.stations().open().is_some_and(|serving| serving.room.certificate() == *certificate)
}

/// What an invite at the open station is made with: its address, its certificate, and the call.
pub(in crate::api) fn invite_at(api: &Api) -> Result<Inviting> {
    let not_open = || Error::new("station_not_open", "no station is open here");
    let serving = api.stations().open().ok_or_else(not_open)?;
    let address = serving.addresses().into_iter().next();
    let address = address.ok_or_else(|| Error::new("station_no_network", "this machine is in no network"))?;
    Ok(Inviting { url: RelayUrl::of_station(&address).map_err(exchange::bad_ticket)?, serving })
}

/// The open station as whoever invites to it needs it.
pub(in crate::api) struct Inviting {
    /// Its likeliest address.
    pub url: RelayUrl,
    serving: Arc<Serving>,
}

impl Inviting {
    /// BLAKE3 of its certificate.
    pub fn certificate(&self) -> [u8; 32] {
        self.serving.room.certificate()
    }

    /// A call by the host itself.
    pub fn post(&self, path: &str, body: Vec<u8>) -> Result<Vec<u8>> {
        self.serving.room.post(path, &self.serving.relay.token, body)
    }
}
