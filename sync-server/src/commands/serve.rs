//! `tungnha-relay serve`.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context;
use tokio::{net::TcpListener, sync::oneshot};
use tungnha_relay::{
    Hub, Relay,
    config::{Database, MetricsAt, Serving, Settings},
    serving::{Metrics, Rates, Server, Ticks, Tls, operators_router},
    storage::{
        Upkeep,
        postgres::{News, Target},
        sqlite::lock::Lock,
    },
};

use super::{connect, open, say};

/// How long requests that have begun may take once the relay is to stop. What they were not answered,
/// they will ask again.
const GRACE: Duration = Duration::from_secs(10);
/// How often it is looked whether the certificate was renewed.
const LOOK_AT_CERTIFICATE: Duration = Duration::from_secs(10);
/// Files that are open beside connections: the database's, the listeners, the log.
const OTHER_FILES: u64 = 200;

pub(crate) async fn run(settings: Settings) -> anyhow::Result<()> {
    let serving = settings.serving()?;
    match settings.database()? {
        Database::Sqlite(file) => {
            let _lock = Lock::take(&file)?;
            let relay = relay(open(&file, &settings)?, &serving);
            serve(relay, serving).await
        }
        Database::Postgres(target) => {
            let relay = relay(connect(&target, &settings).await?, &serving);
            serve_with_others(&target, relay, serving).await
        }
    }
}

fn relay<S: Upkeep>(storage: S, serving: &Serving) -> Relay<S> {
    Relay { hub: Hub::for_most(serving.max_listeners), ..Relay::new(storage) }
}

/// Serves as one of the processes on a database, which wake each other's devices.
async fn serve_with_others(target: &Target, relay: Relay<impl Upkeep>, serving: Serving) -> anyhow::Result<()> {
    let news = News::new(target, &relay.hub)?;
    tokio::select! {
        served = serve(relay, serving) => served?,
        never = news.share() => match never {},
    }
    Ok(news.tell_the_rest().await?)
}

async fn serve(relay: Relay<impl Upkeep>, serving: Serving) -> anyhow::Result<()> {
    make_room_for_files(serving.connections.total as u64);
    let listener = listen(serving.listen).await?;
    let tls = match &serving.tls {
        Some((certificate, key)) => Some(Arc::new(Tls::open(certificate, key)?)),
        None => None,
    };
    let metrics = Metrics::new();
    serve_metrics(serving.metrics, &relay, &metrics).await?;
    renew(tls.clone());
    let scheme = if tls.is_some() { "https" } else { "http" };
    say(&format!("listening on {scheme}://{}", listener.local_addr()?))?;
    let (per_address, per_device) = serving.rates;
    let server = Server {
        relay,
        connections: serving.connections,
        tls,
        proxies: serving.proxies,
        rates: Rates::new(per_address, per_device, Ticks::steady()),
        metrics,
        drain: serving.drain,
        shows_metrics: serving.metrics == MetricsAt::Same,
    };
    until_stopped(server, listener).await;
    tracing::info!("stopped");
    Ok(())
}

async fn until_stopped(server: Server<impl Upkeep>, listener: TcpListener) {
    let (stopping, stop) = oneshot::channel();
    let patience = GRACE + server.drain;
    let lost = async {
        stopped().await;
        tracing::info!("stopping");
        let _ = stopping.send(());
        tokio::time::sleep(patience).await;
    };
    let stop = async {
        let _ = stop.await;
    };
    tokio::select! {
        () = server.run(listener, stop) => {}
        () = lost => tracing::warn!("some requests did not end in time"),
    }
}

async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))
}

/// Serves the figures on an address of their own. When nobody has asked for that address, another relay on
/// this machine may have it.
async fn serve_metrics<S: Upkeep>(at: MetricsAt, relay: &Relay<S>, metrics: &Metrics) -> anyhow::Result<()> {
    let MetricsAt::Own(address, asked_for) = at else { return Ok(()) };
    let listener = match listen(address).await {
        Ok(listener) => listener,
        Err(error) if asked_for => return Err(error),
        Err(error) => {
            tracing::warn!("metrics are not served: {error:#}");
            return Ok(());
        }
    };
    tracing::info!("metrics on http://{}/metrics", listener.local_addr()?);
    let routes = operators_router(relay.clone(), metrics.clone());
    tokio::spawn(async move { axum::serve(listener, routes).await });
    Ok(())
}

/// Reads the certificate again when its files change, or when the operator says so (SIGHUP).
fn renew(tls: Option<Arc<Tls>>) {
    if let Some(tls) = tls.clone() {
        tokio::spawn(async move { tls.follow(LOOK_AT_CERTIFICATE).await });
    }
    #[cfg(unix)]
    reload_at_hangup(tls);
}

/// Without a certificate there is nothing to read again, and the signal must not end the process either.
#[cfg(unix)]
fn reload_at_hangup(tls: Option<Arc<Tls>>) {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut hangup) = signal(SignalKind::hangup()) else { return };
    tokio::spawn(async move {
        while hangup.recv().await.is_some() {
            if let Some(Err(error)) = tls.as_ref().map(|tls| tls.reload()) {
                tracing::error!(%error, "the certificate cannot be used; the one before stays");
            }
        }
    });
}

/// A connection is an open file. As many are allowed as the system lets this process have.
#[cfg(unix)]
fn make_room_for_files(connections: u64) {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let wanted = connections + OTHER_FILES;
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum.map_or(Some(wanted), |most| Some(most.min(wanted.max(limit.current.unwrap_or(0)))));
    let _ = setrlimit(Resource::Nofile, limit);
    let allowed = getrlimit(Resource::Nofile).current;
    if let Some(allowed) = allowed.filter(|allowed| *allowed < wanted) {
        tracing::warn!(allowed, wanted, "max_connections is more than the system allows open files");
    }
}

#[cfg(not(unix))]
fn make_room_for_files(_: u64) {}

/// Completes when the operator (Ctrl+C) or the system (SIGTERM) wants the relay to stop.
async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
