//! An open station: the relay's router twice, once for visitors behind TLS, once in process for the host.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use axum::http::header::AUTHORIZATION;
use data_encoding::BASE64URL_NOPAD;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tower::ServiceExt;
use tungnha_core::api::station::{Heard, Opening, Room};
use tungnha_core::error::{Error, Result};
use tungnha_protocol::frames::MAX_RESPONSE;
use tungnha_protocol::wire::{Body as _, WireError};
use tungnha_relay::storage::Storage;
use tungnha_relay::storage::sqlite::Sqlite;
use tungnha_relay::{Relay, router, station_router};

use super::find::Announcement;
use super::{addresses, failed, tls};

/// What visitors did and the host has not yet asked for. A crowd's exchanges are one thing to hear.
const KEPT: usize = 256;

/// How long what is being checked or written may take when the station closes.
const CLOSING: Duration = Duration::from_secs(2);

/// A station that is being served.
pub struct OpenRoom {
    address: SocketAddr,
    certificate: [u8; 32],
    heard: Arc<Heardings>,
    /// Gone once it is closed.
    serving: Mutex<Option<Serving>>,
}

struct Serving {
    runtime: Runtime,
    /// The whole relay, for the host.
    own: Router,
    _announcement: Option<Announcement>,
}

/// What visitors have done, until the host asks.
#[derive(Default)]
struct Heardings {
    waiting: Mutex<VecDeque<Heard>>,
    came: Condvar,
}

impl OpenRoom {
    /// Opens a station on this address, or on a free port of it.
    pub fn open(listen: SocketAddr, opening: Opening) -> Result<Self> {
        if addresses::of_this_machine(listen.ip()).is_empty() {
            return Err(Error::new("station_no_network", "this machine has no address that a room reaches"));
        }
        let relay = Relay::new(Sqlite::open(&opening.file).map_err(failed)?);
        let (acceptor, certificate) = tls::acceptor()?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("room")
            .enable_all()
            .build()
            .map_err(failed)?;
        let spaces = opening.keys.iter().map(|(space, _)| *space).collect();
        let device = opening.registration.device;
        runtime
            .block_on(async {
                relay.storage.forget_members().await?;
                relay.storage.admit(spaces, opening.registration, (relay.clock)()).await
            })
            .map_err(failed)?;
        let heard = Arc::new(Heardings::default());
        let hear = heard.clone();
        let room = tungnha_relay::Room {
            certificate,
            keys: opening.keys,
            device,
            name: opening.name,
            hear: Box::new(move |what| hear.note(what)),
        };
        let listener = runtime.block_on(bind(listen)).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        runtime.spawn(tls::serve(listener, acceptor, station_router(relay.clone(), room)));
        let announcement = (!listen.ip().is_loopback()).then(|| Announcement::of(address.port())).flatten();
        let serving = Mutex::new(Some(Serving { runtime, own: router(relay), _announcement: announcement }));
        Ok(Self { address, certificate, heard, serving })
    }

    fn serving(&self) -> MutexGuard<'_, Option<Serving>> {
        self.serving.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn bind(listen: SocketAddr) -> std::io::Result<TcpListener> {
    match TcpListener::bind(listen).await {
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            TcpListener::bind(SocketAddr::new(listen.ip(), 0)).await
        }
        bound => bound,
    }
}

impl Room for OpenRoom {
    fn addresses(&self) -> Vec<String> {
        let port = self.address.port();
        addresses::of_this_machine(self.address.ip()).into_iter().map(|ip| format!("{ip}:{port}")).collect()
    }

    fn certificate(&self) -> [u8; 32] {
        self.certificate
    }

    fn post(&self, path: &str, token: &[u8; 32], body: Vec<u8>) -> Result<Vec<u8>> {
        let token = BASE64URL_NOPAD.encode(token);
        let request = Request::post(path).header(AUTHORIZATION, format!("Bearer {token}")).body(Body::from(body));
        let request = request.map_err(failed)?;
        let (runtime, own) = match self.serving().as_ref() {
            Some(serving) => (serving.runtime.handle().clone(), serving.own.clone()),
            None => return Err(failed("the station is closed")),
        };
        let answered = runtime.block_on(async {
            let response = own.oneshot(request).await.map_err(failed)?;
            let status = response.status();
            Ok::<_, Error>((status, to_bytes(response.into_body(), MAX_RESPONSE).await.map_err(failed)?))
        });
        let (status, body) = answered?;
        if !status.is_success() {
            let said = WireError::from_bytes(&body).map_or_else(|_| status.to_string(), |error| error.to_string());
            return Err(failed(said));
        }
        Ok(body.into())
    }

    fn wait(&self, at_most: Duration) -> Vec<Heard> {
        self.heard.take(at_most)
    }

    fn close(&self) {
        let Some(Serving { runtime, own, .. }) = self.serving().take() else { return };
        // What is being answered is cut off, and asked again elsewhere: nothing unanswered is lost. Once this
        // returns the file is closed, so that no thread is at it while the process ends. A thread of its own
        // does it, because whoever closes may be a runtime's, which may not wait for another one.
        let closing = std::thread::spawn(move || {
            runtime.shutdown_timeout(CLOSING);
            drop(own);
        });
        let _ = closing.join();
    }
}

impl Drop for OpenRoom {
    fn drop(&mut self) {
        self.close();
    }
}

impl Heardings {
    fn note(&self, heard: tungnha_relay::Heard) {
        let heard = match heard {
            tungnha_relay::Heard::Came { device, name } => Heard::Came { device, name },
            tungnha_relay::Heard::Asked => Heard::Asked,
        };
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() < KEPT && waiting.back() != Some(&heard) {
            waiting.push_back(heard);
        }
        self.came.notify_one();
    }

    fn take(&self, at_most: Duration) -> Vec<Heard> {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.came.wait_timeout_while(waiting, at_most, |waiting| waiting.is_empty());
        let (mut waiting, _) = waited.unwrap_or_else(PoisonError::into_inner);
        waiting.drain(..).collect()
    }
}
