//! `POST /v1/sync`: one exchange for all of a device's spaces, over HTTP. What happens in it is told in
//! [`exchange`](crate::exchange); many chunks are checked off the request threads.

use axum::{
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::HeaderMap,
    response::Response,
};

use super::bare;
use crate::{
    auth,
    error::ApiError,
    exchange::{Answered, Asked, Checked, Exchanged, answer},
    router::Relay,
    storage::{Storage, StorageError},
};

/// So few chunks are checked on the spot, at some fifty microseconds each: an evening's work is one, and handing
/// it to another thread and back would cost as much again.
const FEW: usize = 4;

pub(crate) async fn sync<S: Storage>(
    State(relay): State<Relay<S>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let caller = auth::caller(&relay, &headers).await?;
    let body = body?;
    let checked = check(Asked::decode(&body)?).await?;
    let Answered { response, grown } = answer(&relay.storage, &caller, relay.now(), checked).await?;
    grown.iter().for_each(|space| relay.hub.grown(space, &caller.id));
    let encoded = response.encode();
    let exchanged = Exchanged::of(&response, body.len(), encoded.len());
    note(response.spaces.len(), &exchanged);
    let mut answer = bare(encoded);
    answer.extensions_mut().insert(exchanged);
    Ok(answer)
}

async fn check(asked: Asked) -> Result<Checked, StorageError> {
    if asked.chunks() <= FEW {
        return Ok(asked.check());
    }
    let done = tokio::task::spawn_blocking(|| asked.check()).await;
    done.map_err(|error| StorageError::Failed(error.to_string()))
}

fn note(spaces: usize, exchanged: &Exchanged) {
    let span = tracing::Span::current();
    span.record("spaces", spaces);
    span.record("pushed", exchanged.chunks_in);
    span.record("pulled", exchanged.chunks_out);
}
