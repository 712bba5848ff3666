//! `POST /v1/invites` and `POST /v1/join`: a member leaves a sealed envelope, a newcomer takes it.

use axum::{
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::HeaderMap,
    response::Response,
};
use tungnha_protocol::{
    invite::MAX_ENVELOPE,
    wire::{Body as _, CreateInvite, InviteCreated, Join, Joined, MAX_INVITE_SECONDS},
};

use super::bare;
use crate::{auth, error::ApiError, router::Relay, storage::Storage};

/// A whole commune's volunteers may take one invite, not a whole country's.
const MAX_USES: u32 = 10_000;

pub(crate) async fn create<S: Storage>(
    State(relay): State<Relay<S>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let caller = auth::caller(&relay, &headers).await?;
    let call = CreateInvite::from_bytes(&body?)?;
    check(&call)?;
    let now = relay.now();
    let expires_at_s = relay.storage.create_invite(caller.id, call, now).await?;
    Ok(bare(InviteCreated { expires_at_s }.to_bytes()))
}

fn check(call: &CreateInvite) -> Result<(), ApiError> {
    if !(1..=MAX_USES).contains(&call.uses) {
        return Err(ApiError::bad_request("an invite has 1 to 10000 uses"));
    }
    if !(1..=MAX_INVITE_SECONDS).contains(&call.expires_in_s) {
        return Err(ApiError::bad_request("an invite lives 90 days at most"));
    }
    if call.envelope.len() > MAX_ENVELOPE {
        return Err(ApiError::bad_request("the envelope is too large"));
    }
    Ok(())
}

pub(crate) async fn join<S: Storage>(
    State(relay): State<Relay<S>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let call = Join::from_bytes(&body?)?;
    if !call.registration.holds_for(&call.invite.0) {
        return Err(ApiError::BAD_SIGNATURE);
    }
    let envelope = relay.storage.join(call, relay.now()).await?;
    tracing::info!("joined");
    Ok(bare(Joined { envelope }.to_bytes()))
}
