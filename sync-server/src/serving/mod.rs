//! The relay on a socket: who may connect, for how long, how often, and what is counted of it.
//!
//! The accept loop is our own, over hyper, because what keeps a relay standing is decided before there is
//! a request: how many connections in all and from one address (`doors`), how long a request's head may
//! take, how long an answer may go unread, what certificate is shown ([`Tls`]). What is known only with a
//! request is in `watch`: the rates ([`Rates`]), the log's line, the figures ([`Metrics`]).

use std::{future::Future, pin::pin, sync::Arc, sync::atomic::Ordering, time::Duration};

use axum::{Router, middleware};
use hyper::{Request, body::Incoming, server::conn::http1, service::Service, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
};
use tokio_io_timeout::TimeoutStream;

use crate::{
    router::{Relay, router},
    storage::{Storage, Upkeep},
};
use doors::{Doors, Ticket};
use watch::Watch;

mod client;
mod doors;
mod metrics;
mod rates;
mod tls;
mod watch;

pub use client::Proxies;
pub use doors::Connections;
use metrics::metrics_router;
pub use metrics::{Metrics, operators_router};
pub use rates::{Rates, Ticks};
pub use tls::{Tls, TlsError};

/// How long a TLS handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How long an answer may lie there unread. An answer to a bad line gets on, if slowly.
const UNREAD: Duration = Duration::from_secs(120);
/// How often it is looked who was shut out, by whichever process.
const LOOK: Duration = Duration::from_secs(5);
/// How far back is looked: further than the clocks of two machines differ.
const LOOK_BACK: u64 = 10 * 60;

/// A relay and all that is decided around it.
pub struct Server<S> {
    /// What is served.
    pub relay: Relay<S>,
    /// How many may connect.
    pub connections: Connections,
    /// The certificate; none to serve plain HTTP, behind a proxy or on this machine.
    pub tls: Option<Arc<Tls>>,
    /// Whose word is taken for who is calling.
    pub proxies: Proxies,
    /// How often they may ask.
    pub rates: Rates,
    /// What is counted.
    pub metrics: Metrics,
    /// So long a relay that is to stop says that it is not ready, and serves all the same, so that a load
    /// balancer sends nobody here any more.
    pub drain: Duration,
    /// Whether `/metrics` is served to whoever can reach the relay.
    pub shows_metrics: bool,
}

impl<S: Upkeep> Server<S> {
    /// A server without TLS, proxies or rates.
    pub fn new(relay: Relay<S>) -> Self {
        Self {
            relay,
            connections: Connections::default(),
            tls: None,
            proxies: Proxies::default(),
            rates: Rates::none(),
            metrics: Metrics::new(),
            drain: Duration::ZERO,
            shows_metrics: false,
        }
    }

    /// Serves until `stop` completes, and then what has begun; who only listens is let go.
    pub async fn run(self, listener: TcpListener, stop: impl Future<Output = ()> + Send) {
        let relay = self.relay.clone();
        let rates = Arc::new(self.rates);
        let upkeep = tokio::spawn(look_after(relay.clone(), Arc::clone(&rates)));
        let mut routes = router(relay.clone());
        if self.shows_metrics {
            routes = routes.merge(metrics_router(relay.clone(), self.metrics.clone()));
        }
        let doors = Doors::new(self.connections, self.proxies.clone(), self.metrics.clone());
        let watch = Watch { rates, proxies: self.proxies, metrics: self.metrics };
        let routes = routes.layer(middleware::from_fn_with_state(watch, watch::each));
        let open = Accepting { doors: Arc::new(doors), tls: self.tls, routes, open: GracefulShutdown::new() };
        let (stopping, drain) = (Arc::clone(&relay.stopping), self.drain);
        let stop = async move {
            stop.await;
            stopping.store(true, Ordering::Release);
            tokio::time::sleep(drain).await;
        };
        let open = open.until(listener, stop).await;
        relay.hub.close();
        open.shutdown().await;
        upkeep.abort();
    }
}

/// Serves the relay until `stop` completes, with nothing decided around it: for tests and demonstrations.
pub async fn serve<S: Upkeep>(
    relay: Relay<S>,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    Server::new(relay).run(listener, stop).await;
    Ok(())
}

/// The accept loop and what each connection gets of it.
struct Accepting {
    doors: Arc<Doors>,
    tls: Option<Arc<Tls>>,
    routes: Router,
    open: GracefulShutdown,
}

impl Accepting {
    /// Lets connections in until it is to stop; returns those that are open then.
    async fn until(self, listener: TcpListener, stop: impl Future<Output = ()>) -> GracefulShutdown {
        let mut stop = pin!(stop);
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                () = &mut stop => return self.open,
            };
            match accepted {
                Ok((stream, from)) => {
                    // Whoever finds no room is cut off at once, and may try again.
                    let Some(ticket) = self.doors.admit(from.ip()) else { continue };
                    self.answer(stream, ticket);
                }
                // Too many open files, say: the next one may fare better.
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
    }

    fn answer(&self, stream: TcpStream, ticket: Ticket) {
        let (routes, open, header) = (self.routes.clone(), self.open.watcher(), self.doors.header());
        let acceptor = self.tls.as_ref().map(|tls| tls.acceptor());
        tokio::spawn(async move {
            let _ = stream.set_nodelay(true);
            let Some(acceptor) = acceptor else { return talk(stream, header, routes, open, ticket).await };
            let shaken = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await;
            if let Ok(Ok(stream)) = shaken {
                talk(stream, header, routes, open, ticket).await;
            }
        });
    }
}

/// Answers the requests of one connection. One that breaks is the device's to make again.
async fn talk<T>(stream: T, header: Duration, routes: Router, open: Watcher, ticket: Ticket)
where
    T: AsyncRead + AsyncWrite + Send + 'static,
{
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(UNREAD));
    let peer = ticket.peer();
    let routes = TowerToHyperService::new(routes);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        routes.call(request)
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(header);
    let _ = open.watch(http.serve_connection(TokioIo::new(Box::pin(stream)), service)).await;
}

/// Ends the streams of devices that were shut out, and forgets who has not called for long.
async fn look_after<S: Storage + Upkeep>(relay: Relay<S>, rates: Arc<Rates>) {
    let mut every = tokio::time::interval(LOOK);
    loop {
        every.tick().await;
        match relay.storage.revoked_since(relay.now().saturating_sub(LOOK_BACK)).await {
            Ok(revoked) => revoked.iter().for_each(|device| relay.hub.end(device)),
            Err(error) => tracing::error!(%error, "cannot look who was revoked"),
        }
        rates.forget_idle();
    }
}
