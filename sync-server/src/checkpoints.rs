//! Checkpoints, from the bytes of a call to the answer: all that a relay does about them, without a network.

use tungnha_protocol::{
    Chunk, Kind,
    wire::{Body as _, CheckpointKept, GetCheckpoint, MAX_CHECKPOINT_PAGES, PutCheckpoint},
};

use crate::{
    error::ApiError,
    storage::{Device, Storage},
};

/// Keeps a page that a member leaves.
pub async fn put<S: Storage>(storage: &S, caller: &Device, body: &[u8]) -> Result<Vec<u8>, ApiError> {
    let call = PutCheckpoint::from_bytes(body)?;
    check(&call)?;
    storage.put_checkpoint(caller.id, call).await?;
    Ok(CheckpointKept {}.to_bytes())
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

/// The page that a newcomer asks for.
pub async fn get<S: Storage>(storage: &S, caller: &Device, body: &[u8]) -> Result<Vec<u8>, ApiError> {
    let call = GetCheckpoint::from_bytes(body)?;
    let page = storage.get_checkpoint(caller.id, call).await?;
    Ok(page.ok_or(ApiError::NO_CHECKPOINT)?.to_bytes())
}
