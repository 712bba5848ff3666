//! A team that writes and reads at one or several relay processes, and a ledger of what it was told.
//!
//! Writers go on for as many seconds as `TUNGNHA_TEST_SECONDS` says (10 unless said otherwise), and
//! until everything that a story lets happen has happened.
#![allow(dead_code, clippy::unwrap_used)]

use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use tungnha_protocol::{ChunkId, RollingHash, SpaceId, frames::Hello, wire::Body};
use tungnha_test_postgres::wait_until;

use crate::{common::*, http_client::call, running::*};

/// Hoà's team on one database, with several relay processes.
pub struct Town {
    pub database: String,
    pub relays: Vec<Running>,
    pub hoa: Device,
    pub space: SpaceId,
    pub folder: tempfile::TempDir,
}

impl Town {
    pub fn on(database: String, relays: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let relays = (0..relays).map(|_| Running::start(&database, &folder.path().join("log")));
        let relays: Vec<_> = relays.collect();
        let (hoa, space, pass) = (device("Hoà"), space("Vân Hồ"), make_pass(&database));
        call(relays[0].address, "POST", "/v1/spaces", None, &hoa.opens(space, &pass).to_bytes()).ok();
        Self { database, relays, hoa, space, folder }
    }

    pub fn joins(&self, name: &str) -> Device {
        let (new, invite, at) = (device(name), invite(name), self.relays[0].address);
        let offer = offer(&invite, self.space, 1, 1).to_bytes();
        call(at, "POST", "/v1/invites", Some(&self.hoa.token), &offer).ok();
        call(at, "POST", "/v1/join", None, &new.joins(&invite).to_bytes()).ok();
        new
    }

    /// Kills a relay, and starts it again at its address.
    pub fn restart(&mut self, relay: usize) {
        let log = self.folder.path().join("log");
        let running = &mut self.relays[relay];
        running.kill();
        *running = Running::start_at(&running.address.to_string(), &self.database, &log);
    }
}

/// What writers were told, and when they shall stop.
#[derive(Default)]
pub struct Ledger {
    acknowledged: Mutex<BTreeMap<u64, ChunkId>>,
    count: AtomicU64,
    enough: AtomicBool,
}

impl Ledger {
    /// Pushes one visit after the other, each until it is acknowledged.
    pub fn write(&self, at: SocketAddr, volunteer: &Device, space: SpaceId) {
        for number in 0.. {
            let visit = volunteer.visit(space, &format!("{} {number} {}", volunteer.key.id(), "x".repeat(2500)));
            let mut acks = Vec::new();
            wait_until("a visit is acknowledged", || {
                match sync_at(at, volunteer, end_of(space), std::slice::from_ref(&visit)) {
                    Ok(answer) => {
                        acks = answer.acks;
                        true
                    }
                    Err(_) => false,
                }
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
    pub fn follow(&self, at: SocketAddr, reader: &Device, space: SpaceId) -> Vec<ChunkId> {
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
    pub fn wait_for(&self, visits: u64) {
        let enough = self.count.load(Ordering::Relaxed) + visits;
        wait_until("the writers get on", || self.count.load(Ordering::Relaxed) >= enough);
    }

    /// Everything that was acknowledged is there, under its number, and once.
    pub fn check(&self, log: &[ChunkId]) {
        let acknowledged = self.acknowledged.lock().unwrap();
        for (seq, id) in acknowledged.iter() {
            assert_eq!(log.get(*seq as usize - 1), Some(id), "number {seq}");
        }
        let once: BTreeSet<_> = log.iter().collect();
        assert_eq!(once.len(), log.len(), "a chunk is there twice");
        assert_eq!(acknowledged.len(), log.len(), "each writer went on until its visit was acknowledged");
    }
}

/// Lets everybody end when this is dropped: also when a story has failed.
struct Enough<'a>(&'a Ledger);

impl Drop for Enough<'_> {
    fn drop(&mut self) {
        self.0.enough.store(true, Ordering::Relaxed);
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
pub fn eight_write_and_two_follow(mut town: Town, mut meanwhile: impl FnMut(&Ledger, &mut Town)) {
    let volunteers: Vec<_> = (0..8).map(|number| town.joins(&format!("volunteer {number}"))).collect();
    let (ledger, start) = (Ledger::default(), Instant::now());
    let (space, hoa) = (town.space, town.hoa.clone());
    let at: Vec<_> = town.relays.iter().map(|relay| relay.address).collect();
    thread::scope(|scope| {
        let ledger = &ledger;
        let writers = volunteers.iter().zip(at.iter().cycle());
        let writers: Vec<_> = writers.map(|(who, at)| scope.spawn(move || ledger.write(*at, who, space))).collect();
        let readers = at.iter().cycle().take(2);
        let readers: Vec<_> = readers.map(|at| scope.spawn(|| ledger.follow(*at, &hoa, space))).collect();
        let enough = Enough(ledger);
        meanwhile(ledger, &mut town);
        while start.elapsed() < seconds() && writers.iter().all(|writer| !writer.is_finished()) {
            meanwhile(ledger, &mut town);
        }
        drop(enough);
        writers.into_iter().for_each(|writer| writer.join().unwrap());
        readers.into_iter().for_each(|reader| _ = reader.join().unwrap());
    });
    for at in at {
        ledger.check(&ledger.follow(at, &hoa, space));
    }
    let (visits, seconds) = (ledger.count.load(Ordering::Relaxed), start.elapsed().as_secs());
    eprintln!("{visits} visits were acknowledged in {seconds} s");
}
