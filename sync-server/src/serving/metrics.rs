//! Figures for Prometheus. None of them names a device, a space or an address.
//!
//! What is counted on every request is an atomic or two; what has to be asked for (the size of the
//! storage, who listens) is asked at the scrape.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::State,
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
    routing::get,
};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram, info::Info},
    registry::{Registry, Unit},
};
use tungnha_protocol::frames::Refusal;

use crate::{
    error::{ApiError, ErrorCode},
    exchange::Exchanged,
    handlers::health,
    router::Relay,
    storage::Upkeep,
};

/// What a relay counts. Clones count together.
#[derive(Clone)]
pub struct Metrics(Arc<Figures>);

struct Figures {
    registry: Registry,
    requests: Family<Call, Counter>,
    seconds: Family<Call, Histogram, fn() -> Histogram>,
    errors: Family<Code, Counter>,
    exchanges: Counter,
    chunks_in: Counter,
    chunks_out: Counter,
    bytes_in: Counter,
    bytes_out: Counter,
    refused: Family<Reason, Counter>,
    turned_away: Family<Reason, Counter>,
    connections: Gauge,
    listeners: Gauge,
    storage: Gauge,
    storage_up: Gauge,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Call {
    call: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Code {
    code: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reason {
    reason: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Direction {
    direction: &'static str,
}

/// From half a millisecond to the time that a request has, in seconds.
const SECONDS: [f64; 14] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0, 120.0];

fn histogram() -> Histogram {
    Histogram::new(SECONDS)
}

impl Metrics {
    /// Everything at zero.
    #[expect(clippy::new_without_default, reason = "a default would hide that a registry is made")]
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix("tungnha_relay");
        let figures = register(&mut registry);
        Self(Arc::new(Figures { registry, ..figures }))
    }

    /// Counts an answer.
    pub(super) fn answered(&self, call: &'static str, answer: &Response, took: Duration) {
        let figures = &self.0;
        figures.requests.get_or_create(&Call { call }).inc();
        figures.seconds.get_or_create(&Call { call }).observe(took.as_secs_f64());
        if let Some(ErrorCode(code)) = answer.extensions().get() {
            figures.errors.get_or_create(&Code { code }).inc();
        }
        if let Some(exchanged) = answer.extensions().get() {
            self.exchanged(exchanged);
        }
    }

    fn exchanged(&self, exchanged: &Exchanged) {
        let figures = &self.0;
        figures.exchanges.inc();
        figures.chunks_in.inc_by(exchanged.chunks_in);
        figures.chunks_out.inc_by(exchanged.chunks_out);
        figures.bytes_in.inc_by(exchanged.bytes_in);
        figures.bytes_out.inc_by(exchanged.bytes_out);
        for refusal in &exchanged.refused {
            figures.refused.get_or_create(&Reason { reason: word(*refusal) }).inc();
        }
    }

    /// A connection found no room.
    pub(super) fn turned_away(&self, reason: &'static str) {
        self.0.turned_away.get_or_create(&Reason { reason }).inc();
    }

    /// So many connections are open.
    pub(super) fn connections(&self, open: usize) {
        self.0.connections.set(open as i64);
    }

    async fn scraped<S: Upkeep>(&self, relay: &Relay<S>) -> String {
        let figures = &self.0;
        figures.listeners.set(relay.hub.listening() as i64);
        let size = relay.storage.size().await;
        figures.storage_up.set(size.is_ok().into());
        if let Ok(bytes) = size {
            figures.storage.set(bytes as i64);
        }
        let mut text = String::new();
        // Writing into a string does not fail.
        let _ = encode(&mut text, &figures.registry);
        text
    }
}

/// Registers every figure; the registry in what it returns is empty, the one given is not.
fn register(registry: &mut Registry) -> Figures {
    let chunks = Family::<Direction, Counter>::default();
    let bytes = Family::<Direction, Counter>::default();
    let [into, out] = ["in", "out"].map(|direction| Direction { direction });
    let figures = Figures {
        registry: Registry::default(),
        requests: Family::default(),
        seconds: Family::new_with_constructor(histogram),
        errors: Family::default(),
        exchanges: Counter::default(),
        chunks_in: chunks.get_or_create_owned(&into),
        chunks_out: chunks.get_or_create_owned(&out),
        bytes_in: bytes.get_or_create_owned(&into),
        bytes_out: bytes.get_or_create_owned(&out),
        refused: Family::default(),
        turned_away: Family::default(),
        connections: Gauge::default(),
        listeners: Gauge::default(),
        storage: Gauge::default(),
        storage_up: Gauge::default(),
    };
    registry.register("build", "Which version runs", Info::new([("version", env!("CARGO_PKG_VERSION"))]));
    registry.register("requests", "Requests answered, by call", figures.requests.clone());
    let until = "Until a request was answered, its body included";
    registry.register_with_unit("request_duration", until, Unit::Seconds, figures.seconds.clone());
    registry.register("errors", "Requests answered with an error, by its code", figures.errors.clone());
    registry.register("exchanges", "Exchanges that went through", figures.exchanges.clone());
    registry.register("chunks", "Chunks in exchanges: in, acknowledged; out, named or sent", chunks);
    registry.register_with_unit("exchange", "Bodies of exchanges that went through", Unit::Bytes, bytes);
    registry.register("chunks_refused", "Chunks or spaces refused in exchanges", figures.refused.clone());
    let cut = "Connections cut off at once because there were too many";
    registry.register("connections_turned_away", cut, figures.turned_away.clone());
    registry.register("connections", "Connections that are open", figures.connections.clone());
    registry.register("listeners", "Devices that listen on wake streams", figures.listeners.clone());
    registry.register_with_unit("storage", "What the storage takes up", Unit::Bytes, figures.storage.clone());
    registry.register("storage_up", "Whether the storage answers", figures.storage_up.clone());
    figures
}

fn word(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Malformed => "malformed",
        Refusal::BadSignature => "bad_signature",
        Refusal::OtherSpace => "other_space",
        Refusal::NotMember => "not_member",
        Refusal::Full => "full",
        Refusal::Other(_) => "other",
    }
}

/// `/metrics`, to be served where only whoever watches the relay can reach it.
pub(super) fn metrics_router<S: Upkeep>(relay: Relay<S>, metrics: Metrics) -> Router {
    Router::new().route("/metrics", get(show::<S>)).with_state((relay, metrics))
}

/// What an operator's own address serves: the figures, and how the relay is.
pub fn operators_router<S: Upkeep>(relay: Relay<S>, metrics: Metrics) -> Router {
    let health = Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready::<S>))
        .fallback(async || ApiError::NOT_FOUND)
        .with_state(relay.clone());
    health.merge(metrics_router(relay, metrics))
}

async fn show<S: Upkeep>(State((relay, metrics)): State<(Relay<S>, Metrics)>) -> Response {
    const FORMAT: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(CONTENT_TYPE, FORMAT)], metrics.scraped(&relay).await).into_response()
}
