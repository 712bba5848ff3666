//! Everybody who means harm, at once, from another process than the relay's; and a device that works on.
#![allow(clippy::unwrap_used)]

mod common;
mod http_client;
mod in_folder;
mod running;

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use common::*;
use http_client::{call, try_call, with_headers};
use in_folder::{make_pass, start_with};
use rustix::process::{Resource, getrlimit, setrlimit};
use tokio::net::{TcpSocket, TcpStream};
use tungnha_protocol::{
    RollingHash, SpaceId,
    frames::{Hello, MAX_REQUEST, Push, Request, Response},
    wire::Body,
};

/// Long enough for any machine, and short enough to see that something hangs.
const PATIENCE: Duration = Duration::from_secs(60);
/// An honest exchange takes milliseconds; this is what it may take in the crowd, on a busy machine.
const SERVED_WITHIN: Duration = Duration::from_secs(10);
const TURNED_AWAY: &str = "tungnha_relay_connections_turned_away_total{reason=\"address\"}";
const CROWD: usize = 10_000;
/// From so many addresses, so that each has fewer than one address may have.
const ADDRESSES: usize = 50;

/// Opens connections that begin a request and never end it, from so many addresses that begin there.
fn connect(
    relay: SocketAddr,
    runtime: &tokio::runtime::Runtime,
    many: usize,
    network: u8,
    addresses: usize,
) -> Vec<TcpStream> {
    runtime.block_on(async {
        let mut crowd = Vec::with_capacity(many);
        for n in 0..many {
            let socket = TcpSocket::new_v4().unwrap();
            let from = Ipv4Addr::new(127, 0, network, (n % addresses + 1) as u8);
            socket.bind((from, 0).into()).unwrap();
            let Ok(stream) = socket.connect(relay).await else { continue };
            // Whoever found no room notices here, or later.
            let _ = stream.try_write(b"POST /v1/sync HTTP/1.1\r\nhost: ");
            crowd.push(stream);
        }
        crowd
    })
}

/// What a request of this device comes to, however it is answered.
fn harms(relay: SocketAddr, by: &Device, space: SpaceId, theirs: &[u8]) {
    let hellos = vec![Hello::at(space, RollingHash::NONE)];
    let mut forged = theirs.to_vec();
    *forged.last_mut().unwrap() ^= 1;
    let pushes = [theirs.to_vec(), forged, vec![1; 70_000]].map(|bytes| Push { space_index: 0, bytes });
    let foreign = Request { hellos, pushes: pushes.to_vec(), offers: vec![] }.encode();
    // Some are refused before they have come whole; the answer may be lost with the connection.
    for (token, body) in [
        (Some(&by.token), foreign.as_slice()),
        (Some(&[9; 32]), &foreign),
        (None, &foreign),
        (Some(&by.token), &vec![0xff; MAX_REQUEST + 1]),
        (Some(&by.token), &foreign[..foreign.len() / 2]),
    ] {
        if let Ok(answer) = try_call(relay, "POST", "/v1/sync", token, body) {
            assert!(answer.status >= 400 || !answer.body.is_empty());
        }
    }
}

/// One visit more; how long it took to be acknowledged.
fn works(relay: SocketAddr, hoa: &Device, space: SpaceId, n: u64) -> Duration {
    let push = Push { space_index: 0, bytes: hoa.visit(space, &format!("visit {n}")).into_bytes() };
    let hellos = vec![Hello::at(space, RollingHash::NONE)];
    let request = Request { hellos, pushes: vec![push], offers: vec![] }.encode();
    let begun = Instant::now();
    let answer = call(relay, "POST", "/v1/sync", Some(&hoa.token), &request);
    let answer = Response::decode(answer.ok(), 1).unwrap().spaces.remove(0);
    assert_eq!((answer.acks[0].seq, answer.refused.len()), (n, 0));
    begun.elapsed()
}

fn figure(metrics: SocketAddr, name: &str) -> i64 {
    let figures = with_headers(metrics, "GET", "/metrics", &[]);
    let figures = String::from_utf8(figures.ok().to_vec()).unwrap();
    let line = figures.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.map_or(0, |value| value.parse().unwrap())
}

/// How many were turned away, once it is so many: those who came last may still wait to be looked at.
fn turned_away(metrics: SocketAddr, at_least: i64) -> i64 {
    let begun = Instant::now();
    loop {
        let away = figure(metrics, TURNED_AWAY);
        if away >= at_least {
            return away;
        }
        assert!(begun.elapsed() < PATIENCE, "of 1,500 from one address 1,000 are let in: {away} were turned away");
    }
}

fn a_free_address() -> String {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

fn many_files() {
    let limit = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, rustix::process::Rlimit { current: limit.maximum, ..limit }).unwrap();
    let allowed = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    assert!(allowed > CROWD as u64 + 3_000, "this test needs {CROWD} open files and some; the system allows {allowed}");
}

#[test]
fn ten_thousand_connections_and_four_who_mean_harm_do_not_stop_an_honest_device() {
    many_files();
    let folder = tempfile::tempdir().unwrap();
    let metrics = a_free_address();
    // The crowd is not cut while this goes on, however slow the machine is.
    let relay = start_with(folder.path(), &["--metrics", &metrics, "--header-seconds", "600"]);
    let (address, metrics) = (relay.address, metrics.parse().unwrap());
    let (hoa, stranger, space, other) = (device("Hoà"), device("stranger"), space("Vân Hồ"), space("Mộc Châu"));
    let pass = make_pass(folder.path());
    call(address, "POST", "/v1/spaces", None, &hoa.opens(space, &pass).to_bytes()).ok();
    call(address, "POST", "/v1/spaces", None, &stranger.opens(other, &pass).to_bytes()).ok();
    let overheard = hoa.visit(space, "visit 1").into_bytes();
    works(address, &hoa, space, 1);

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let crowd = connect(address, &runtime, CROWD, 1, ADDRESSES);
    let greedy = connect(address, &runtime, 1_500, 2, 1);
    let away = turned_away(metrics, 500);
    let open = figure(metrics, "tungnha_relay_connections");
    assert!(open >= CROWD as i64 && open <= CROWD as i64 + 1_001, "{open} connections");
    let is_over = AtomicBool::new(false);
    let slowest = std::thread::scope(|harm| {
        for _ in 0..4 {
            harm.spawn(|| {
                while !is_over.load(Ordering::SeqCst) {
                    harms(address, &stranger, space, &overheard);
                }
            });
        }
        let slowest = (2..32).map(|n| works(address, &hoa, space, n)).max().unwrap();
        is_over.store(true, Ordering::SeqCst);
        slowest
    });
    assert!(slowest < SERVED_WITHIN, "{slowest:?}");
    println!("{open} connections open, {away} turned away, slowest of 30 exchanges {slowest:?}");
    drop((crowd, greedy));
}
