//! `GET /healthz`: whether the relay and its memory answer.

use axum::{extract::State, response::Response};

use super::bare;
use crate::{error::ApiError, router::Relay, storage::Storage};

pub(crate) async fn health<S: Storage>(State(relay): State<Relay<S>>) -> Result<Response, ApiError> {
    relay.storage.check().await?;
    Ok(bare(b"ok\n".to_vec()))
}
