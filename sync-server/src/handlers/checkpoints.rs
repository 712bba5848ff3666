//! `POST /v1/checkpoints` and `POST /v1/checkpoint`: members leave a checkpoint in pages, newcomers
//! fetch it in pages.

use axum::{
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::HeaderMap,
    response::Response,
};

use super::bare;
use crate::{auth, checkpoints, error::ApiError, router::Relay, storage::Storage};

pub(crate) async fn put<S: Storage>(
    State(relay): State<Relay<S>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let caller = auth::caller(&relay, &headers).await?;
    Ok(bare(checkpoints::put(&relay.storage, &caller, &body?).await?))
}

pub(crate) async fn get<S: Storage>(
    State(relay): State<Relay<S>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let caller = auth::caller(&relay, &headers).await?;
    Ok(bare(checkpoints::get(&relay.storage, &caller, &body?).await?))
}
