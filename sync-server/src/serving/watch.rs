//! What happens to every request, around its handler: the rates before, one line in the log and the
//! figures after. No address and no whole id is written down.

use std::{net::IpAddr, sync::Arc, time::Instant};

use axum::{
    extract::{Request, State},
    http::HeaderMap,
    middleware::Next,
    response::{IntoResponse, Response},
};
use tracing::{Instrument, Span, debug_span, field::Empty};
use tungnha_protocol::wire::token_hash;

use super::{
    client::{Peer, Proxies},
    metrics::Metrics,
    rates::Rates,
};
use crate::{auth::bearer, error::ApiError, error::ErrorCode};

/// What is needed for it.
#[derive(Clone)]
pub(super) struct Watch {
    pub(super) rates: Arc<Rates>,
    pub(super) proxies: Proxies,
    pub(super) metrics: Metrics,
}

pub(super) async fn each(State(watch): State<Watch>, request: Request, next: Next) -> Response {
    let (call, begun) = (call(request.uri().path()), Instant::now());
    let span = debug_span!("request", call, device = Empty, spaces = Empty, pushed = Empty, pulled = Empty);
    let answer = match watch.admit(call, &request) {
        Ok(()) => next.run(request).instrument(span.clone()).await,
        Err(seconds) => ApiError::too_many_requests(seconds).into_response(),
    };
    let took = begun.elapsed();
    watch.metrics.answered(call, &answer, took);
    note(&span, &answer, took.as_millis());
    answer
}

impl Watch {
    fn admit(&self, call: &'static str, request: &Request) -> Result<(), u64> {
        // Whoever asks whether the relay lives has to be told, above all when it has much to do.
        if call == "health" {
            return Ok(());
        }
        let headers = request.headers();
        self.rates.admit(self.address(request, headers), bearer(headers).map(|token| token_hash(&token)))
    }

    /// Nobody's, when the request came through no socket.
    fn address(&self, request: &Request, headers: &HeaderMap) -> Option<IpAddr> {
        let Peer(peer) = request.extensions().get::<Peer>()?;
        Some(self.proxies.caller(*peer, headers))
    }
}

fn note(span: &Span, answer: &Response, ms: u128) {
    let (status, error) = (answer.status().as_u16(), answer.extensions().get::<ErrorCode>());
    span.in_scope(|| match error {
        None => tracing::debug!(status, ms, "answered"),
        Some(ErrorCode(code)) => tracing::debug!(status, ms, code, "refused"),
    });
}

/// One word for each address, so that the number of words is known.
fn call(path: &str) -> &'static str {
    match path {
        "/v1/sync" => "sync",
        "/v1/wake" => "wake",
        "/v1/spaces" => "create_space",
        "/v1/invites" => "create_invite",
        "/v1/join" => "join",
        "/v1/checkpoints" => "put_checkpoint",
        "/v1/checkpoint" => "get_checkpoint",
        "/healthz" | "/readyz" | "/metrics" => "health",
        path if path.starts_with("/j/") || path.starts_with("/p/") => "page",
        _ => "other",
    }
}
