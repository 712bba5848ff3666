//! `POST /v1/checkpoints` and `POST /v1/checkpoint`: members leave a checkpoint in pages, newcomers
//! fetch it in pages.

use axum::{
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::HeaderMap,
    response::Response,
};
use tracing::instrument;

use super::bare;
use crate::{auth, checkpoints, error::ApiError, router::Relay, storage::Storage};

#[instrument(skip_all, name = "put_checkpoint", err(Debug, level = "info"))]
pub(crate) async fn put<S: Storage>(
    State(relay): State<Relay<S>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let caller = auth::caller(&relay, &headers).await?;
    Ok(bare(checkpoints::put(&relay.storage, &caller, &body?).await?))
}

#[instrument(skip_all, name = "get_checkpoint", err(Debug, level = "debug"))]
pub(crate) async fn get<S: Storage>(
    State(relay): State<Relay<S>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let caller = auth::caller(&relay, &headers).await?;
    Ok(bare(checkpoints::get(&relay.storage, &caller, &body?).await?))
}
