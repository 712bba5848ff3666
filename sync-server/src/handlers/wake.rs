//! `GET /v1/wake`: a stream of server-sent events that tells a device when to sync.
//!
//! It carries the names of spaces and nothing of what is in them: what is new is fetched by the
//! exchange, which stays the only way. Nothing is told on connecting either; a device syncs once after
//! its stream stands, and has then missed nothing.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream;

use crate::{auth, error::ApiError, hub::Listening, router::Relay, storage::Storage};

/// Often enough for what stands between (a mobile network's NAT forgets after a minute or two, nginx
/// after one), seldom enough for a data plan: about 6 KB an hour with all headers.
const KEEP_ALIVE: Duration = Duration::from_secs(55);

/// So long is the membership believed that was looked up at the start; then the device connects anew.
const LIFE: Duration = Duration::from_secs(4 * 60 * 60);

pub(crate) async fn wake<S: Storage>(State(relay): State<Relay<S>>, headers: HeaderMap) -> Result<Response, ApiError> {
    let caller = auth::caller(&relay, &headers).await?;
    let spaces = relay.storage.spaces_of(caller.id).await?;
    let listening = relay.hub.listen(caller.id, spaces).ok_or(ApiError::BUSY)?;
    let end = tokio::time::Instant::now() + LIFE;
    let events = stream::unfold(listening, move |listening| next_before(end, listening));
    let mut response = Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response();
    // nginx keeps answers back until it has a page of them, unless it is told not to.
    response.headers_mut().insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(response)
}

async fn next_before(
    end: tokio::time::Instant,
    listening: Listening,
) -> Option<(Result<Event, Infallible>, Listening)> {
    let space = tokio::time::timeout_at(end, listening.next()).await.ok()??;
    Some((Ok(Event::default().event("changed").data(space.to_string())), listening))
}
