//! `POST /v1/meet`, `/v1/meet/prove` and `/v1/meet/join`: a visitor and a station show each other that
//! they are of one team, and only then who they are. What happens in it is told in
//! [`Station`](crate::Station).

use axum::{
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    response::Response,
};
use tracing::instrument;
use tungnha_protocol::{
    ids::Nonce,
    meet::{JoinRoom, Meet, Prove},
    wire::Body as _,
};

use super::bare;
use crate::{error::ApiError, station::Station, storage::Storage};

#[instrument(skip_all, name = "meet", err(Debug, level = "info"))]
pub(crate) async fn begin<S: Storage>(
    State(station): State<Station<S>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let call = Meet::from_bytes(&body?)?;
    Ok(bare(station.begin(&call, Nonce::random()).to_bytes()))
}

#[instrument(skip_all, err(Debug, level = "info"))]
pub(crate) async fn prove<S: Storage>(
    State(station): State<Station<S>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let call = Prove::from_bytes(&body?)?;
    Ok(bare(station.prove(&call)?.to_bytes()))
}

#[instrument(skip_all, name = "join_room", err(Debug, level = "info"))]
pub(crate) async fn join<S: Storage>(
    State(station): State<Station<S>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let call = JoinRoom::from_bytes(&body?)?;
    Ok(bare(station.join(call).await?.to_bytes()))
}
