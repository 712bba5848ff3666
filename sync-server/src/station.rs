//! A station: the relay of one room, served by a member's own device where there is no internet.
//!
//! It is the relay's router with less and more. Less: nobody opens spaces here, and only the host makes
//! invites (it calls the whole [`router`](crate::router()) in process). More: whoever comes proves first
//! that they hold a space's key, and is shown the same (see `tungnha_protocol::meet`). Of the keys it has
//! only what is derived to meet with: as any relay, it cannot read what it keeps.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    middleware::{self, Next},
    response::Response,
    routing::{get, post},
};
use tungnha_protocol::{
    DeviceId, SpaceId,
    frames::MAX_REQUEST,
    ids::{Nonce, Proof},
    meet::{
        JoinRoom, JoinedRoom, MAX_NAME, MAX_PROOFS, MEETING_SECONDS, Meet, Meeting, MeetingKey, Met, Prove, Proved,
        Shared, Side,
    },
    wire,
};

use crate::{
    error::ApiError,
    handlers::{invites, meet, pages, sync},
    router::{Relay, in_time},
    storage::{Seconds, Storage},
};

/// More meetings than this do not go on at once in any room; the oldest is forgotten for a new one.
const MEETINGS: usize = 256;

/// What the host hears of its visitors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// Somebody has proved that they are of the team.
    Came {
        /// Their device.
        device: DeviceId,
        /// Their full name, as they say.
        name: String,
    },
    /// Somebody has exchanged, or joined with an invite.
    Asked,
}

/// Who serves the room, and for whom.
pub struct Room {
    /// BLAKE3 of the certificate under which it is served.
    pub certificate: [u8; 32],
    /// The host's spaces, each with the meeting key of every key of its ring.
    pub keys: Vec<(SpaceId, MeetingKey)>,
    /// The host's device.
    pub device: DeviceId,
    /// The full name of whoever uses it.
    pub name: String,
    /// Called for what happens. It must return at once.
    pub hear: Box<dyn Fn(Heard) + Send + Sync>,
}

/// Who comes and goes at a station: what it does before the first exchange, without a network.
#[derive(Clone)]
pub struct Station<S> {
    relay: Relay<S>,
    room: Arc<Room>,
    meetings: Arc<Mutex<VecDeque<Begun>>>,
}

/// A meeting that has begun.
#[derive(Clone)]
struct Begun {
    meeting: Meeting,
    /// The spaces that the visitor has proved.
    proved: Vec<SpaceId>,
    at: Seconds,
}

impl<S: Storage> Station<S> {
    /// A station in which nobody has met yet.
    pub fn new(relay: Relay<S>, room: Room) -> Self {
        Self { relay, room: Arc::new(room), meetings: Arc::default() }
    }

    /// Begins a meeting under this nonce with whoever drew the other one.
    pub fn begin(&self, call: &Meet, nonce: Nonce) -> Met {
        let meeting = Meeting { certificate: self.room.certificate, visitor: call.nonce, station: nonce };
        let at = self.relay.now();
        let mut meetings = self.meetings();
        if meetings.len() >= MEETINGS {
            meetings.pop_front();
        }
        meetings.push_back(Begun { meeting, proved: Vec::new(), at });
        Met { nonce }
    }

    /// Finds what a visitor has proved, and proves the same.
    pub fn prove(&self, call: &Prove) -> Result<Proved, ApiError> {
        if call.proofs.len() > MAX_PROOFS {
            return Err(ApiError::bad_request("too many proofs"));
        }
        let begun = self.meeting(&call.meeting).ok_or(ApiError::MEETING_OVER)?;
        let (proved, shared) = shared_with(&self.room, &begun.meeting, &call.proofs).into_iter().unzip();
        self.note_proved(&call.meeting, proved);
        Ok(Proved { shared })
    }

    /// Makes a visitor a member of what they have proved, and says whose station it is.
    pub async fn join(&self, call: JoinRoom) -> Result<JoinedRoom, ApiError> {
        let JoinRoom { meeting, registration, name } = call;
        if name.len() > MAX_NAME {
            return Err(ApiError::bad_request("the name is too long"));
        }
        let begun = self.meeting(&meeting).filter(|begun| !begun.proved.is_empty()).ok_or(ApiError::MEETING_OVER)?;
        if !registration.holds_for(&begun.meeting.ticket()) {
            return Err(ApiError::BAD_SIGNATURE);
        }
        let device = registration.device;
        if device == self.room.device {
            // A copy of the host's own folder. Its token would take the place of the host's.
            return Err(ApiError::bad_request("this is the host's own device"));
        }
        self.relay.storage.admit(begun.proved, registration, self.relay.now()).await?;
        (self.room.hear)(Heard::Came { device, name });
        Ok(JoinedRoom { device: self.room.device, name: self.room.name.clone() })
    }

    /// The meeting that the station gave this nonce, if its time is not over.
    fn meeting(&self, station: &Nonce) -> Option<Begun> {
        let now = self.relay.now();
        let mut meetings = self.meetings();
        meetings.retain(|begun| now < begun.at.saturating_add(MEETING_SECONDS));
        meetings.iter().find(|begun| begun.meeting.station == *station).cloned()
    }

    fn note_proved(&self, station: &Nonce, proved: Vec<SpaceId>) {
        if let Some(begun) = self.meetings().iter_mut().find(|begun| begun.meeting.station == *station) {
            begun.proved = proved;
        }
    }

    fn meetings(&self) -> MutexGuard<'_, VecDeque<Begun>> {
        self.meetings.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The spaces that both have, each once, with the host's own proof. Every proof is compared with every
/// key, whatever fits, so that the time says nothing.
fn shared_with(room: &Room, meeting: &Meeting, proofs: &[Proof]) -> Vec<(SpaceId, Shared)> {
    let mut found: Vec<(SpaceId, Shared)> = Vec::new();
    for (number, proof) in (0..).zip(proofs) {
        for (space, key) in &room.keys {
            if meeting.holds(Side::Visitor, key, proof) && found.iter().all(|(known, _)| known != space) {
                found.push((*space, Shared { number, proof: meeting.proof(Side::Station, key) }));
            }
        }
    }
    found
}

/// What a station's visitors reach.
pub fn station_router<S: Storage>(relay: Relay<S>, room: Room) -> Router {
    let station = Station::new(relay.clone(), room);
    let meeting = Router::new()
        .route("/v1/meet", post(meet::begin::<S>))
        .route("/v1/meet/prove", post(meet::prove::<S>))
        .route("/v1/meet/join", post(meet::join::<S>))
        .layer(DefaultBodyLimit::max(wire::MAX_BODY))
        .with_state(station.clone());
    let members = Router::new()
        .route("/v1/sync", post(sync::sync::<S>))
        .layer(DefaultBodyLimit::max(MAX_REQUEST))
        .merge(Router::new().route("/v1/join", post(invites::join::<S>)).layer(DefaultBodyLimit::max(wire::MAX_BODY)))
        .layer(middleware::from_fn_with_state(station, tell_the_host::<S>))
        .with_state(relay);
    meeting
        .merge(members)
        .route("/", get(pages::station))
        .route("/s/{id}", get(pages::invite))
        .fallback(async || ApiError::NOT_FOUND)
        .method_not_allowed_fallback(async || ApiError::METHOD)
        .layer(middleware::from_fn(in_time))
}

async fn tell_the_host<S: Storage>(State(station): State<Station<S>>, request: Request, next: Next) -> Response {
    let answer = next.run(request).await;
    if answer.status().is_success() {
        (station.room.hear)(Heard::Asked);
    }
    answer
}
