//! Several relay processes on one PostgreSQL database, while processes, database and machines die.
//!
//! The stories of writers go on for as many seconds as `TUNGNHA_TEST_SECONDS` says (10 unless said
//! otherwise), and until everything that may die has died once.
#![allow(clippy::unwrap_used)]

mod common;
mod http_client;
mod programs;

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpStream},
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use common::*;
use http_client::call;
use programs::*;
use tungnha_protocol::{ChunkId, RollingHash, SpaceId, frames::Hello, wire::Body};
use tungnha_test_postgres::{Server, url, wait_until};

/// Hoà's team on one database, with a relay process at each end of the town.
struct Town {
    database: String,
    relays: [Running; 2],
    hoa: Device,
    space: SpaceId,
    folder: tempfile::TempDir,
}

impl Town {
    fn on(database: String) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let relays = [0, 1].map(|_| Running::start(&database, &folder.path().join("log")));
        let (hoa, space, pass) = (device("Hoà"), space("Vân Hồ"), make_pass(&database));
        call(relays[0].address, "POST", "/v1/spaces", None, &hoa.opens(space, &pass).to_bytes()).ok();
        Self { database, relays, hoa, space, folder }
    }

    fn joins(&self, name: &str) -> Device {
        let (new, invite, at) = (device(name), invite(name), self.relays[1].address);
        let offer = offer(&invite, self.space, 1, 1).to_bytes();
        call(at, "POST", "/v1/invites", Some(&self.hoa.token), &offer).ok();
        call(at, "POST", "/v1/join", None, &new.joins(&invite).to_bytes()).ok();
        new
    }

    /// Kills a relay, and starts it again at its address.
    fn restart(&mut self, relay: usize) {
        let log = self.folder.path().join("log");
        let running = &mut self.relays[relay];
        running.kill();
        *running = Running::start_at(&running.address.to_string(), &self.database, &log);
    }
}

/// What writers were told, and when they shall stop.
#[derive(Default)]
struct Ledger {
    acknowledged: Mutex<BTreeMap<u64, ChunkId>>,
    count: AtomicU64,
    enough: AtomicBool,
}

impl Ledger {
    /// Pushes one visit after the other, each until it is acknowledged.
    fn write(&self, at: SocketAddr, volunteer: &Device, space: SpaceId) {
        for number in 0.. {
            let visit = volunteer.visit(space, &format!("{} {number} {}", volunteer.key.id(), "x".repeat(2500)));
            let mut acks = Vec::new();
            wait_until("a visit is acknowledged", || match sync_at(at, volunteer, end_of(space), &[visit.clone()]) {
                Ok(answer) => {
                    acks = answer.acks;
                    true
                }
                Err(_) => false,
            });
            assert_eq!(acks.len(), 1);
            let other = self.acknowledged.lock().unwrap().insert(acks[0].seq, acks[0].id);
            assert_eq!(other, None, "number {} was given twice", acks[0].seq);
            self.count.fetch_add(1, Ordering::Relaxed);
            if self.enough.load(Ordering::Relaxed) {
                return;
            }
        }
    }

    /// Follows the log as a device does, and finds every number once and in order.
    fn follow(&self, at: SocketAddr, reader: &Device, space: SpaceId) -> Vec<ChunkId> {
        let (mut ids, mut place) = (Vec::new(), RollingHash::NONE);
        loop {
            let last = self.enough.load(Ordering::Relaxed);
            let Ok(answer) = sync_at(at, reader, Hello::at(space, place), &[]) else { continue };
            assert_eq!(answer.rewind, None, "the log was another for a moment");
            if let Some(welcome) = answer.welcome {
                place = RollingHash::start(&welcome.incarnation);
            }
            for pull in &answer.pulls {
                place = place.then(&pull.id());
                assert_eq!(pull.seq, place.seq, "a number was skipped");
                ids.push(pull.id());
            }
            if last && answer.more.is_none() {
                return ids;
            }
        }
    }

    /// Waits until the writers have got on by so many visits.
    fn wait_for(&self, visits: u64) {
        let enough = self.count.load(Ordering::Relaxed) + visits;
        wait_until("the writers get on", || self.count.load(Ordering::Relaxed) >= enough);
    }

    /// Everything that was acknowledged is there, under its number, and once.
    fn check(&self, log: &[ChunkId]) {
        let acknowledged = self.acknowledged.lock().unwrap();
        for (seq, id) in acknowledged.iter() {
            assert_eq!(log.get(*seq as usize - 1), Some(id), "number {seq}");
        }
        let once: std::collections::BTreeSet<_> = log.iter().collect();
        assert_eq!(once.len(), log.len(), "a chunk is there twice");
        assert_eq!(acknowledged.len(), log.len(), "each writer went on until its visit was acknowledged");
    }
}

/// A question that no page answers: what a writer wants is its acknowledgement.
fn end_of(space: SpaceId) -> Hello {
    Hello { max_bytes: Some(1), ..Hello::at(space, RollingHash::NONE) }
}

fn seconds() -> Duration {
    let said = std::env::var("TUNGNHA_TEST_SECONDS").ok();
    Duration::from_secs(said.map_or(10, |seconds| seconds.parse().unwrap()))
}

/// Eight volunteers write and two devices follow while `meanwhile` happens, again and again.
fn eight_write_and_two_follow(mut town: Town, mut meanwhile: impl FnMut(&Ledger, &mut Town)) {
    let volunteers: Vec<_> = (0..8).map(|number| town.joins(&format!("volunteer {number}"))).collect();
    let (ledger, start) = (Ledger::default(), Instant::now());
    let (space, hoa, at) = (town.space, town.hoa.clone(), [0, 1].map(|relay: usize| town.relays[relay].address));
    thread::scope(|scope| {
        let ledger = &ledger;
        let writers = volunteers.iter().zip(at.iter().cycle());
        let writers: Vec<_> = writers.map(|(who, at)| scope.spawn(move || ledger.write(*at, who, space))).collect();
        let readers = at.map(|at| {
            scope.spawn({
                let hoa = &hoa;
                move || ledger.follow(at, hoa, space)
            })
        });
        meanwhile(ledger, &mut town);
        while start.elapsed() < seconds() && writers.iter().all(|writer| !writer.is_finished()) {
            meanwhile(ledger, &mut town);
        }
        ledger.enough.store(true, Ordering::Relaxed);
        writers.into_iter().for_each(|writer| writer.join().unwrap());
        readers.into_iter().for_each(|reader| _ = reader.join().unwrap());
    });
    for at in at {
        ledger.check(&ledger.follow(at, &hoa, space));
    }
    let (visits, seconds) = (ledger.count.load(Ordering::Relaxed), start.elapsed().as_secs());
    println!("{visits} visits were acknowledged in {seconds} s");
}

#[test]
fn eight_writers_at_two_relays_lose_nothing_while_a_relay_and_the_database_are_killed() {
    let server = Server::start(&[]);
    eight_write_and_two_follow(Town::on(server.fresh_database()), |ledger, town| {
        ledger.wait_for(40);
        town.restart(0);
        ledger.wait_for(40);
        server.crash();
        server.start_again();
        ledger.wait_for(40);
        town.restart(1);
    });
}

#[test]
fn what_was_acknowledged_is_there_when_the_primary_is_gone_for_good() {
    let primary = Server::start(&[]);
    let database = primary.fresh_database();
    let standby = primary.standby();
    let name = database.rsplit_once('/').unwrap().1;
    let mut dies = true;
    eight_write_and_two_follow(Town::on(url(&[&primary, &standby], name)), |ledger, _| {
        ledger.wait_for(40);
        if std::mem::take(&mut dies) {
            primary.crash();
            standby.promote();
        }
        ledger.wait_for(40);
    });
}

/// A device's wake stream over a real connection.
struct Ear(BufReader<TcpStream>);

impl Ear {
    fn listens(to: SocketAddr, device: &Device) -> Self {
        let mut stream = TcpStream::connect(to).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(50))).unwrap();
        let token = data_encoding::BASE64URL_NOPAD.encode(&device.token);
        write!(stream, "GET /v1/wake HTTP/1.1\r\nhost: {to}\r\nauthorization: Bearer {token}\r\n\r\n").unwrap();
        let mut ear = Self(BufReader::new(stream));
        ear.wait_for_line("content-type: text/event-stream");
        ear
    }

    /// Fails when there is silence for as long as between two of the stream's comments.
    fn wait_for_line(&mut self, wanted: &str) {
        let mut line = String::new();
        while line.trim() != wanted {
            line.clear();
            assert_ne!(self.0.read_line(&mut line).unwrap(), 0, "the stream has ended");
        }
    }

    fn hears_of(&mut self, space: SpaceId) {
        self.wait_for_line(&format!("data: {space}"));
    }
}

#[test]
fn who_listens_at_one_relay_hears_of_what_is_pushed_at_another() {
    let server = Server::start(&[]);
    let town = Town::on(server.fresh_database());
    let lan = town.joins("Lan");
    let (at_lan, at_hoa) = (town.relays[0].address, town.relays[1].address);
    let mut ear = Ear::listens(at_lan, &lan);
    let mut hoa_is_heard = |round: &str| {
        // One event may say only that something could have been missed; never three.
        let start = Instant::now();
        for number in 0..4 {
            let visit = town.hoa.visit(town.space, &format!("{round} {number}"));
            wait_until("the visit is acknowledged", || sync(at_hoa, &town.hoa, town.space, &[visit.clone()]).is_ok());
            ear.hears_of(town.space);
        }
        println!("{round}: four visits were heard of in {} ms", start.elapsed().as_millis());
    };
    hoa_is_heard("in good weather");
    server.crash();
    server.start_again();
    hoa_is_heard("after the database was killed");
}
