//! Who is calling: a bearer token, of which the relay knows only the hash. No clock of the caller's is
//! ever asked, because tablets' clocks reset.

use axum::http::{HeaderMap, header::AUTHORIZATION};
use data_encoding::BASE64URL_NOPAD;
use tracing::Span;
use tungnha_protocol::wire::token_hash;

use crate::{
    error::ApiError,
    router::Relay,
    storage::{Device, Storage},
};

/// The registered device that makes the call.
pub(crate) async fn caller<S: Storage>(relay: &Relay<S>, headers: &HeaderMap) -> Result<Device, ApiError> {
    let token = bearer(headers).ok_or(ApiError::UNAUTHORIZED)?;
    let device = registered(&relay.storage, &token).await?;
    // Enough to tell two devices in a log apart, and no more.
    Span::current().record("device", &device.id.to_string()[..8]);
    Ok(device)
}

/// The registered device that has this token.
pub async fn registered<S: Storage>(storage: &S, token: &[u8; 32]) -> Result<Device, ApiError> {
    match storage.device_by_token(token_hash(token)).await? {
        None => Err(ApiError::UNAUTHORIZED),
        Some(device) if device.revoked => Err(ApiError::REVOKED),
        Some(device) => Ok(device),
    }
}

/// `Authorization: Bearer <32 bytes in base64url>`.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<[u8; 32]> {
    let header = headers.get(AUTHORIZATION)?.as_bytes();
    let token = header.strip_prefix(b"Bearer ")?;
    BASE64URL_NOPAD.decode(token).ok()?.try_into().ok()
}
