//! `POST /v1/spaces`: a device with a pass opens a space on this relay.

use axum::{
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    response::Response,
};
use tungnha_protocol::wire::{Body as _, CreateSpace, SpaceCreated};

use super::bare;
use crate::{error::ApiError, router::Relay, storage::Storage};

pub(crate) async fn create<S: Storage>(
    State(relay): State<Relay<S>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let call = CreateSpace::from_bytes(&body?)?;
    if !call.registration.holds_for(&call.pass.0) {
        return Err(ApiError::BAD_SIGNATURE);
    }
    let incarnation = relay.storage.create_space(call, relay.now()).await?;
    tracing::info!("space open");
    Ok(bare(SpaceCreated { incarnation }.to_bytes()))
}
