//! One file a call: read the request, ask storage, write the answer.
//!
//! Nothing secret is logged: spans carry numbers, never a token, an `auth` or an address with its
//! fragment (which no client sends).

use axum::{body::Body, response::Response};

pub(crate) mod checkpoints;
pub(crate) mod health;
pub(crate) mod invites;
pub(crate) mod meet;
pub(crate) mod pages;
pub(crate) mod spaces;
pub(crate) mod sync;
pub(crate) mod wake;

/// A successful answer with as few headers as HTTP allows: devices pay for each byte.
fn bare(body: Vec<u8>) -> Response {
    Response::new(Body::from(body))
}
