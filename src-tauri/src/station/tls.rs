//! A certificate that nobody has vouched for, and the sockets behind it.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;
use tokio_rustls::rustls::{self, ServerConfig};
use tungnha_core::error::Result;
use tungnha_protocol::is_near_ip;

use super::failed;

/// Connections at once; more than a room has devices.
const CONNECTIONS: usize = 128;
/// How long a connection may take to say what it wants.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// A fresh certificate that names nobody, as an acceptor and its BLAKE3.
pub fn acceptor() -> Result<(TlsAcceptor, [u8; 32])> {
    let made = rcgen::generate_simple_self_signed(Vec::new()).map_err(failed)?;
    let certificate = made.cert.der().clone();
    let hash = *blake3::hash(&certificate).as_bytes();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_protocol_versions(&[&rustls::version::TLS13])
        .map_err(failed)?
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key.into())
        .map_err(failed)?;
    Ok((TlsAcceptor::from(Arc::new(config)), hash))
}

/// Serves whoever is in the room, for as long as the task lives. Others are not answered.
pub async fn serve(listener: TcpListener, acceptor: TlsAcceptor, router: Router) {
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(turn) = room.clone().acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, from)) if is_near_ip(from.ip()) => {
                tokio::spawn(answer(stream, acceptor.clone(), router.clone(), turn));
            }
            Ok(_) => {}
            // Too many open files, say: the next one may fare better.
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}

async fn answer(stream: TcpStream, acceptor: TlsAcceptor, router: Router, _turn: OwnedSemaphorePermit) {
    let _ = stream.set_nodelay(true);
    let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await else { return };
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HANDSHAKE);
    // A visitor who goes away in the middle asks again.
    let _ = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router)).await;
}
