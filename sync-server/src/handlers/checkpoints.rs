//! `POST /v1/checkpoints` and `POST /v1/checkpoint`: members leave a checkpoint in pages, newcomers
//! fetch it in pages.

use axum::{
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::HeaderMap,
    response::Response,
};
use tungnha_protocol::{
    Chunk, Kind,
    wire::{Body as _, CheckpointKept, GetCheckpoint, MAX_CHECKPOINT_PAGES, PutCheckpoint},
};

use super::bare;
use crate::{auth, error::ApiError, router::Relay, storage::Storage};

pub(crate) async fn put<S: Storage>(
    State(relay): State<Relay<S>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let caller = auth::caller(&relay, &headers).await?;
    let call = PutCheckpoint::from_bytes(&body?)?;
    check(&call)?;
    relay.storage.put_checkpoint(caller.id, call).await?;
    Ok(bare(CheckpointKept {}.to_bytes()))
}

fn check(call: &PutCheckpoint) -> Result<(), ApiError> {
    let page = &call.page;
    if page.page >= page.pages || page.pages > MAX_CHECKPOINT_PAGES {
        return Err(ApiError::bad_request("a checkpoint has 1 to 256 pages"));
    }
    match Chunk::parse(page.chunk.clone()) {
        Ok(chunk) if chunk.header().space == call.space && chunk.header().kind == Kind::Checkpoint => Ok(()),
        _ => Err(ApiError::bad_request("the page is no checkpoint chunk of this space")),
    }
}

pub(crate) async fn get<S: Storage>(
    State(relay): State<Relay<S>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let caller = auth::caller(&relay, &headers).await?;
    let call = GetCheckpoint::from_bytes(&body?)?;
    let page = relay.storage.get_checkpoint(caller.id, call).await?;
    Ok(bare(page.ok_or(ApiError::NO_CHECKPOINT)?.to_bytes()))
}
