//! Which address does what, and what holds for all of them: size, time, errors in one form.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use tungnha_protocol::{frames::MAX_REQUEST, wire};

use crate::{
    error::ApiError,
    handlers::{checkpoints, health, invites, pages, spaces, sync, wake},
    hub::Hub,
    storage::{Seconds, Storage},
};

/// The longest that a request may take until it is answered, its body included: a 64 KB page at
/// 50 kbit/s takes eleven seconds, and bad connections stall. The stream of `/v1/wake` goes on after it
/// was answered, and is not cut.
const TIMEOUT: Duration = Duration::from_secs(120);

/// Tells the time, in seconds since 1970. Tests pass one in that they can turn.
pub type Clock = Arc<dyn Fn() -> Seconds + Send + Sync>;

/// What every handler works with.
#[derive(Clone)]
pub struct Relay<S> {
    /// What the relay remembers.
    pub storage: S,
    /// The only clock that expiry is judged by.
    pub clock: Clock,
    /// Who is told when a log has grown.
    pub hub: Hub,
    /// Whether it is about to stop, and should be sent nobody any more.
    pub stopping: Arc<AtomicBool>,
}

impl<S: Storage> Relay<S> {
    /// A relay by the system's clock.
    pub fn new(storage: S) -> Self {
        let clock = system_clock();
        Self { storage, clock, hub: Hub::default(), stopping: Arc::default() }
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Acquire)
    }

    pub(crate) fn now(&self) -> Seconds {
        (self.clock)()
    }
}

/// The system's clock.
pub fn system_clock() -> Clock {
    Arc::new(|| {
        #[expect(clippy::disallowed_methods, reason = "this is where the time comes from")]
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        since.map_or(0, |since| since.as_secs())
    })
}

/// The whole relay, to be served on any socket.
pub fn router<S: Storage>(relay: Relay<S>) -> Router {
    let sync = Router::new().route("/v1/sync", post(sync::sync::<S>)).layer(DefaultBodyLimit::max(MAX_REQUEST));
    Router::new()
        .route("/v1/spaces", post(spaces::create::<S>))
        .route("/v1/invites", post(invites::create::<S>))
        .route("/v1/join", post(invites::join::<S>))
        .route("/v1/checkpoints", post(checkpoints::put::<S>))
        .route("/v1/checkpoint", post(checkpoints::get::<S>))
        .layer(DefaultBodyLimit::max(wire::MAX_BODY))
        .merge(sync)
        .route("/v1/wake", get(wake::wake::<S>))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready::<S>))
        .route("/j/{id}", get(pages::invite))
        .route("/p/{id}", get(pages::pass))
        .fallback(async || ApiError::NOT_FOUND)
        .method_not_allowed_fallback(async || ApiError::METHOD)
        .layer(middleware::from_fn(in_time))
        .with_state(relay)
}

pub(crate) async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(TIMEOUT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => ApiError::TIMEOUT.into_response(),
    }
}
