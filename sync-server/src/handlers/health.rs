//! `GET /healthz` and `GET /readyz`: whether the process lives, and whether it is worth sending anybody.

use axum::{extract::State, response::Response};

use super::bare;
use crate::{error::ApiError, router::Relay, storage::Storage};

/// Whoever can be asked lives. A storage that does not answer is no reason to be started anew.
pub(crate) async fn alive() -> Response {
    bare(b"ok\n".to_vec())
}

/// The storage answers, and nobody has asked the relay to stop.
pub(crate) async fn ready<S: Storage>(State(relay): State<Relay<S>>) -> Result<Response, ApiError> {
    if relay.is_stopping() {
        return Err(ApiError::BUSY);
    }
    relay.storage.check().await?;
    Ok(bare(b"ok\n".to_vec()))
}
