//! The browser door: the same pages and the same commands for a browser on this machine.
//!
//! Any page on the internet can make this machine's browser send requests to 127.0.0.1, and any
//! name can be made to resolve to it, so an address is no protection. Four things are: the server
//! binds loopback only; the Host must be ours (DNS rebinding); what acts must come from our own
//! pages (Origin); and everything but the door page wants the cookie that only the printed link opens.

mod files;
mod guard;
mod line;
mod session;

use std::convert::Infallible;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::ensure;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, middleware};
use tokio::net::TcpListener;
use tokio::sync::broadcast;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt};
use tungnha_core::api::Gate;

pub use files::Files;
use session::Session;

use crate::{commands, events};

/// A file travels inside a command as base64; a whole commune's list or notebook is far below this, and the
/// command line takes larger ones.
const BODY_LIMIT: usize = 32 * 1024 * 1024;

/// Events that a slow browser may fall behind before it has to ask for everything again.
const EVENTS_KEPT: usize = 256;

/// Where the printed link leads. Always the door page, so that a token never reaches the app's own.
const LINK_PATH: &str = "/open";

/// What every request needs to be judged and answered.
#[derive(Clone)]
pub struct Door(Arc<Inner>);

struct Inner {
    gate: Gate,
    address: SocketAddr,
    files: Files,
    session: Session,
    events: broadcast::Sender<String>,
}

impl Door {
    /// A door at `address` (where the server listens), with a fresh link.
    pub fn new(gate: Gate, address: SocketAddr, files: Files) -> anyhow::Result<Door> {
        let (events, _) = broadcast::channel(EVENTS_KEPT);
        let listeners = events.clone();
        events::forward(&gate, move |event| {
            if let Ok(text) = serde_json::to_string(event) {
                let _ = listeners.send(text);
            }
        });
        let session = Session::new()?;
        Ok(Door(Arc::new(Inner { gate, address, files, session, events })))
    }

    /// The link that opens this door, once. The token is in the fragment, which browsers send to
    /// nobody, and it is worthless after its first use, so a history that keeps it keeps nothing.
    pub fn link(&self) -> String {
        format!("http://{}{LINK_PATH}#t={}", self.0.address, self.0.session.token())
    }

    /// The door's routes behind its guard.
    pub fn router(self) -> Router {
        Router::new()
            .route("/session", post(session::open))
            .route("/execute", post(execute))
            .route("/events", get(hear))
            .route(line::PATH, get(line::open))
            .fallback(files::serve)
            .layer(DefaultBodyLimit::max(BODY_LIMIT))
            .layer(middleware::from_fn_with_state(self.clone(), guard::check))
            .with_state(self)
    }
}

/// Serves until the process is told to stop. Refuses addresses that other machines can reach.
pub fn serve(gate: Gate, listen: SocketAddr, files: Files) -> anyhow::Result<()> {
    ensure!(
        listen.ip().is_loopback(),
        "Chỉ mở được trên chính máy này (127.0.0.1). Only this machine's own addresses can be served, not {listen}."
    );
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(listen).await?;
        let door = Door::new(gate, listener.local_addr()?, files)?;
        announce(&door);
        tokio::select! {
            served = axum::serve(listener, door.router()) => served?,
            stopped = stop_signal() => stopped?,
        }
        Ok(())
    })
}

async fn execute(State(door): State<Door>, request: String) -> Response {
    let answer = commands::run(door.0.gate.clone(), request).await;
    ([(CONTENT_TYPE, "application/json")], answer).into_response()
}

/// The notebook's events as they happen. A browser that fell behind is cut off: it connects again
/// and reads everything anew, which is what it has to do after any gap.
async fn hear(State(door): State<Door>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let events = BroadcastStream::new(door.0.events.subscribe())
        .map_while(Result::ok)
        .map(|text| Ok(Event::default().data(text)));
    Sse::new(events).keep_alive(KeepAlive::default())
}

/// The link stands alone on its line of stdout, for scripts; the words for people go to stderr.
fn announce(door: &Door) {
    let _ =
        writeln!(std::io::stderr(), "Mở sổ bằng liên kết này (dùng được một lần) · Open this link (it works once):");
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{}", door.link()).and_then(|()| out.flush());
}

#[cfg(unix)]
async fn stop_signal() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn stop_signal() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
