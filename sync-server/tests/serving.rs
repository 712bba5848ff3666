//! The relay's own server: who may connect and ask how often, certificates, figures, and the end.
#![allow(clippy::unwrap_used)]

mod common;
mod http_client;
mod tls_client;

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use common::*;
use http_client::{Answer, call, try_call, with_headers};
use tls_client::{Certificate, shown_by};
use tokio::sync::oneshot;
use tungnha_protocol::{
    RollingHash, SpaceId,
    frames::{Hello, Push, Request},
    wire::{Body, WireError, code},
};
use tungnha_relay::{
    Relay,
    serving::{Connections, Metrics, Rates, Server, Ticks, Tls, operators_router},
    storage::{Storage, Upkeep, sqlite::Sqlite},
};

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A relay under an operator's hand.
struct Town {
    address: SocketAddr,
    relay: Relay<Sqlite>,
    stop: Option<oneshot::Sender<()>>,
    served: Option<tokio::task::JoinHandle<()>>,
    runtime: tokio::runtime::Runtime,
    _folder: tempfile::TempDir,
}

impl Town {
    fn new(set: impl FnOnce(Server<Sqlite>) -> Server<Sqlite>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let relay = Relay::new(Sqlite::open(&folder.path().join("relay.db")).unwrap());
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let server = set(Server::new(relay.clone()));
        let served = runtime.spawn(server.run(listener, async { _ = stopped.await }));
        Self { address, relay, stop: Some(stop), served: Some(served), runtime, _folder: folder }
    }

    /// Hoà has opened the team's space.
    fn with_hoa(set: impl FnOnce(Server<Sqlite>) -> Server<Sqlite>) -> (Self, Device, SpaceId) {
        let (town, hoa, space) = (Self::new(set), device("Hoà"), space("Vân Hồ"));
        let (storage, pass) = (town.relay.storage.clone(), pass("Vân Hồ"));
        let now = tungnha_relay::system_clock()();
        town.runtime.block_on(async {
            storage.add_pass(new_pass(&pass, 1, 100_000), now).await.unwrap();
            storage.create_space(hoa.opens(space, &pass), now).await.unwrap();
        });
        (town, hoa, space)
    }

    fn healthy(&self) -> Answer {
        call(self.address, "GET", "/healthz", None, &[])
    }

    fn stop(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
    }
}

fn code_of(answer: &Answer) -> String {
    WireError::from_bytes(&answer.body).unwrap().code
}

fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < PATIENCE, "{what}");
        std::thread::yield_now();
    }
}

/// Whether the other end closes the connection, for which it is waited.
fn is_closed(line: &mut TcpStream) -> bool {
    line.set_read_timeout(Some(PATIENCE)).unwrap();
    match line.read_to_end(&mut Vec::new()) {
        Ok(_) => true,
        Err(error) => error.kind() == std::io::ErrorKind::ConnectionReset,
    }
}

#[test]
fn who_asks_too_often_is_told_when_to_come_back_and_others_are_served() {
    let seconds = Arc::new(AtomicU64::new(0));
    let now = Arc::clone(&seconds);
    let ticks = Ticks::from_fn(move || Duration::from_secs(now.load(Ordering::SeqCst)));
    let (town, hoa, space) = Town::with_hoa(|server| Server { rates: Rates::new(0, 3, ticks), ..server });
    let lan = device("Lan");
    let ask = |device: &Device| {
        let request = Request { hellos: vec![Hello::at(space, RollingHash::NONE)], ..Request::default() };
        call(town.address, "POST", "/v1/sync", Some(&device.token), &request.encode())
    };
    for _ in 0..3 {
        ask(&hoa).ok();
    }
    let refused = ask(&hoa);
    assert_eq!((refused.status, code_of(&refused)), (429, code::TOO_MANY_REQUESTS.into()));
    assert!(refused.head.contains("retry-after: 20\r\n"), "{}", refused.head);
    assert_eq!(ask(&lan).status, 401, "another device is heard");
    seconds.store(20, Ordering::SeqCst);
    ask(&hoa).ok();
    assert_eq!(ask(&hoa).status, 429);
}

#[test]
fn behind_a_proxy_each_caller_counts_for_itself_and_nobody_else_is_believed() {
    let stands_still = || Ticks::from_fn(|| Duration::ZERO);
    let ask =
        |town: &Town, forwarded: &str| with_headers(town.address, "GET", "/j/x", &[("x-forwarded-for", forwarded)]);
    let proxied = Town::new(|server| Server {
        rates: Rates::new(1, 0, stands_still()),
        proxies: "127.0.0.0/8".parse().unwrap(),
        ..server
    });
    assert_eq!(ask(&proxied, "203.0.113.9").status, 200);
    assert_eq!(ask(&proxied, "203.0.113.10").status, 200);
    assert_eq!(ask(&proxied, "198.51.100.7, 203.0.113.9").status, 429, "what the caller made up is not looked at");
    let open = Town::new(|server| Server { rates: Rates::new(1, 0, stands_still()), ..server });
    assert_eq!(ask(&open, "203.0.113.9").status, 200);
    assert_eq!(ask(&open, "203.0.113.10").status, 429);
    for _ in 0..5 {
        open.healthy().ok();
    }
}

#[test]
fn slow_and_idle_connections_are_cut_and_an_honest_device_is_served_meanwhile() {
    let header = Duration::from_millis(300);
    let connections = Connections { header, ..Connections::default() };
    let (town, ..) = Town::with_hoa(|server| Server { connections, ..server });
    let mut slow: Vec<_> = (0..200).map(|_| TcpStream::connect(town.address).unwrap()).collect();
    for line in &mut slow {
        line.write_all(b"POST /v1/sync HTTP/1.1\r\nhost: ").unwrap();
    }
    let begun = Instant::now();
    town.healthy().ok();
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    // One more byte now and then does not keep it open.
    wait_until("a slow head is cut", || slow[0].write_all(b"x").is_err());
    assert!(slow.iter_mut().all(is_closed));
}

#[test]
fn one_address_gets_so_many_connections_and_room_comes_free() {
    let connections = Connections { per_address: 3, ..Connections::default() };
    let town = Town::new(|server| Server { connections, ..server });
    let mut held: Vec<_> = (0..3).map(|_| TcpStream::connect(town.address).unwrap()).collect();
    // The fourth is accepted by the system and cut by the relay.
    let mut fourth = TcpStream::connect(town.address).unwrap();
    assert!(is_closed(&mut fourth));
    held.pop();
    wait_until("a connection that ended makes room", || {
        try_call(town.address, "GET", "/healthz", None, &[]).is_ok_and(|answer| answer.status == 200)
    });
}

#[test]
fn a_certificate_that_was_renewed_is_shown_to_whoever_connects_next() {
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = (folder.path().join("chain.pem"), folder.path().join("key.pem"));
    let (first, second) = (Certificate::for_relay(), Certificate::for_relay());
    first.write(&certificate, &key);
    let tls = Arc::new(Tls::open(&certificate, &key).unwrap());
    let shared = Arc::clone(&tls);
    let town = Town::new(|server| Server { tls: Some(shared), ..server });
    let (shown, answer) = shown_by(town.address, "GET /healthz HTTP/1.1\r\nhost: relay\r\nconnection: close\r\n\r\n");
    assert_eq!(shown, first.der);
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");

    std::fs::write(&certificate, &second.pem).unwrap();
    assert!(tls.reload().is_err(), "the key is still the old one");
    assert_eq!(shown_by(town.address, "").0, first.der);
    second.write(&certificate, &key);
    tls.reload().unwrap();
    assert_eq!(shown_by(town.address, "").0, second.der);
    std::fs::write(&key, "-----BEGIN nothing").unwrap();
    let error = tls.reload().unwrap_err().to_string();
    assert!(error.starts_with(key.to_str().unwrap()), "{error}");
    assert_eq!(shown_by(town.address, "").0, second.der, "what cannot be used changes nothing");

    let third = Certificate::for_relay();
    town.runtime.spawn(async move { tls.follow(Duration::from_millis(10)).await });
    wait_until("the files are followed", || {
        third.write(&certificate, &key);
        shown_by(town.address, "").0 == third.der
    });
}

#[test]
fn whoever_speaks_no_tls_where_tls_is_spoken_gets_nothing_and_stops_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = (folder.path().join("chain.pem"), folder.path().join("key.pem"));
    Certificate::for_relay().write(&certificate, &key);
    let tls = Arc::new(Tls::open(&certificate, &key).unwrap());
    let town = Town::new(|server| Server { tls: Some(tls), ..server });
    let mut plain = TcpStream::connect(town.address).unwrap();
    plain.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP"), "{answer:?}");
    let (_, answer) = shown_by(town.address, "GET /healthz HTTP/1.1\r\nhost: relay\r\nconnection: close\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
}

#[test]
fn a_revoked_devices_stream_ends_and_its_next_request_says_why() {
    let (town, hoa, _) = Town::with_hoa(|server| server);
    let mut stream = TcpStream::connect(town.address).unwrap();
    let token = data_encoding::BASE64URL_NOPAD.encode(&hoa.token);
    write!(stream, "GET /v1/wake HTTP/1.1\r\nhost: relay\r\nauthorization: Bearer {token}\r\n\r\n").unwrap();
    wait_until("Hoà listens", || town.relay.hub.listening() == 1);
    let now = tungnha_relay::system_clock()();
    // As another process would: only the storage knows.
    assert!(town.runtime.block_on(town.relay.storage.revoke(hoa.key.id(), now)).unwrap());
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut told = String::new();
    let mut one = [0; 512];
    while !told.ends_with("\r\n0\r\n\r\n") {
        let count = stream.read(&mut one).unwrap();
        assert!(count > 0, "{told}");
        told.push_str(std::str::from_utf8(&one[..count]).unwrap());
    }
    let answer = call(town.address, "GET", "/v1/wake", Some(&hoa.token), &[]);
    assert_eq!((answer.status, code_of(&answer)), (403, code::DEVICE_REVOKED.into()));
}

#[test]
fn the_figures_tell_what_went_on_and_of_nobody() {
    let metrics = Metrics::new();
    let counted = metrics.clone();
    let (town, hoa, space) = Town::with_hoa(|server| Server { metrics: counted, ..server });
    let listener = town.runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let operators = listener.local_addr().unwrap();
    let routes = operators_router(town.relay.clone(), metrics);
    town.runtime.spawn(async move { axum::serve(listener, routes).await });
    let mut forged = hoa.visit(space, "forged").into_bytes();
    *forged.last_mut().unwrap() ^= 1;
    let pushes = [hoa.visit(space, "visit").bytes().to_vec(), forged];
    let pushes = pushes.into_iter().map(|bytes| Push { space_index: 0, bytes }).collect();
    let request = Request { hellos: vec![Hello::at(space, RollingHash::NONE)], pushes, offers: vec![] }.encode();
    call(town.address, "POST", "/v1/sync", Some(&hoa.token), &request).ok();
    call(town.address, "POST", "/v1/sync", None, &request);
    call(town.address, "GET", "/j/x", None, &[]).ok();

    let figures = String::from_utf8(call(operators, "GET", "/metrics", None, &[]).ok().to_vec()).unwrap();
    let sent = request.len();
    for line in [
        "tungnha_relay_requests_total{call=\"sync\"} 2",
        "tungnha_relay_requests_total{call=\"page\"} 1",
        "tungnha_relay_request_duration_seconds_count{call=\"sync\"} 2",
        "tungnha_relay_errors_total{code=\"unauthorized\"} 1",
        "tungnha_relay_exchanges_total 1",
        "tungnha_relay_chunks_total{direction=\"in\"} 1",
        "tungnha_relay_chunks_total{direction=\"out\"} 1",
        &format!("tungnha_relay_exchange_bytes_total{{direction=\"in\"}} {sent}"),
        "tungnha_relay_chunks_refused_total{reason=\"bad_signature\"} 1",
        "tungnha_relay_listeners 0",
        "tungnha_relay_storage_up 1",
        &format!("tungnha_relay_build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION")),
    ] {
        assert!(figures.lines().any(|given| given == line), "{line}\n{figures}");
    }
    assert!(figures.contains("tungnha_relay_storage_bytes ") && figures.contains("tungnha_relay_connections "));
    for secret in [hoa.key.id().to_string(), space.to_string(), "127.0.0.1".to_owned()] {
        assert!(!figures.contains(&secret), "{secret}");
    }
    assert_eq!(call(town.address, "GET", "/metrics", None, &[]).status, 404, "devices do not see them");
    assert_eq!(call(operators, "GET", "/v1/wake", None, &[]).status, 404, "and devices are not served there");
    call(operators, "GET", "/readyz", None, &[]).ok();
}

#[test]
fn a_relay_that_is_to_stop_says_so_first_then_ends_streams_and_finishes_what_has_begun() {
    let drain = Duration::from_secs(8);
    let (mut town, hoa, space) = Town::with_hoa(|server| Server { drain, ..server });
    let token = data_encoding::BASE64URL_NOPAD.encode(&hoa.token);
    let mut stream = TcpStream::connect(town.address).unwrap();
    write!(stream, "GET /v1/wake HTTP/1.1\r\nhost: relay\r\nauthorization: Bearer {token}\r\n\r\n").unwrap();
    wait_until("Hoà listens", || town.relay.hub.listening() == 1);
    let body = Request { hellos: vec![Hello::at(space, RollingHash::NONE)], ..Request::default() }.encode();
    let mut begun = TcpStream::connect(town.address).unwrap();
    let length = body.len();
    write!(
        begun,
        "POST /v1/sync HTTP/1.1\r\nhost: relay\r\nauthorization: Bearer {token}\r\ncontent-length: {length}\r\n\r\n"
    )
    .unwrap();
    begun.write_all(&body[..1]).unwrap();

    town.stop();
    wait_until("readyz says no", || {
        try_call(town.address, "GET", "/readyz", None, &[]).is_ok_and(|answer| answer.status == 503)
    });
    assert_eq!(town.relay.hub.listening(), 1, "who listens is let go only after that");
    town.healthy().ok();
    let mut told = String::new();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.read_to_string(&mut told).unwrap();
    assert!(told.ends_with("\r\n0\r\n\r\n"), "{told}");
    begun.write_all(&body[1..]).unwrap();
    begun.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut answer = Vec::new();
    begun.read_to_end(&mut answer).unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200 OK"), "{answer:?}");
    town.runtime.block_on(town.served.take().unwrap()).unwrap();
    assert!(TcpStream::connect(town.address).is_err(), "nobody listens there any more");
}
