//! `POST /v1/meet`, `/v1/meet/prove` and `/v1/meet/join`: a visitor and a station show each other that
//! they are of one team, and only then who they are.

use axum::{
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    response::Response,
};
use tracing::instrument;
use tungnha_protocol::{
    SpaceId,
    ids::Proof,
    meet::{JoinRoom, JoinedRoom, MAX_NAME, MAX_PROOFS, Meet, Meeting, Met, Prove, Proved, Shared, Side},
    wire::Body as _,
};

use super::bare;
use crate::{
    error::ApiError,
    station::{Heard, Room, Station},
    storage::Storage,
};

#[instrument(skip_all, name = "meet", err(Debug, level = "info"))]
pub(crate) async fn begin<S: Storage>(
    State(station): State<Station<S>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let call = Meet::from_bytes(&body?)?;
    Ok(bare(Met { nonce: station.begin(call.nonce) }.to_bytes()))
}

#[instrument(skip_all, err(Debug, level = "info"))]
pub(crate) async fn prove<S: Storage>(
    State(station): State<Station<S>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let call = Prove::from_bytes(&body?)?;
    if call.proofs.len() > MAX_PROOFS {
        return Err(ApiError::bad_request("too many proofs"));
    }
    let begun = station.meeting(&call.meeting).ok_or(ApiError::MEETING_OVER)?;
    let (proved, shared) = shared_with(&station.room, &begun.meeting, &call.proofs).into_iter().unzip();
    station.note_proved(&call.meeting, proved);
    Ok(bare(Proved { shared }.to_bytes()))
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

#[instrument(skip_all, name = "join_room", err(Debug, level = "info"))]
pub(crate) async fn join<S: Storage>(
    State(station): State<Station<S>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let JoinRoom { meeting, registration, name } = JoinRoom::from_bytes(&body?)?;
    if name.len() > MAX_NAME {
        return Err(ApiError::bad_request("the name is too long"));
    }
    let begun = station.meeting(&meeting).filter(|begun| !begun.proved.is_empty()).ok_or(ApiError::MEETING_OVER)?;
    if !registration.holds_for(&begun.meeting.ticket()) {
        return Err(ApiError::BAD_SIGNATURE);
    }
    let device = registration.device;
    let relay = &station.relay;
    relay.storage.admit(begun.proved, registration, relay.now()).await?;
    (station.room.hear)(Heard::Came { device, name });
    Ok(bare(JoinedRoom { device: station.room.device, name: station.room.name.clone() }.to_bytes()))
}
