//! The restore drill of docs/operations.md, while devices go on pushing: whatever was acknowledged, before
//! the backup or after it, is at the relay again in the end, because the devices bring it.
//!
//! The tablets here speak the protocol as the app's engine does, without its documents.
#![allow(clippy::unwrap_used)]

mod common;
mod http_client;
mod in_folder;
mod running;

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    net::SocketAddr,
    path::Path,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use common::*;
use http_client::{call, try_call};
use in_folder::{make_pass, ok, start, start_at};
use tungnha_protocol::{
    Chunk, ChunkId, Fingerprint, RollingHash, SpaceId,
    frames::{Hello, Offer, PullBody, Push, Request, Response, SpaceAnswer},
    wire::Body,
};

/// Longer than any step takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);
/// How many visits a tablet writes before it waits for one of them to arrive.
const AHEAD: usize = 5;

/// A volunteer's tablet: what it holds, and what it believes of the relay.
struct Tablet {
    device: Device,
    space: SpaceId,
    held: BTreeMap<ChunkId, Chunk>,
    own: BTreeSet<ChunkId>,
    place: RollingHash,
    arrived: BTreeMap<ChunkId, u64>,
    wanted: BTreeSet<Fingerprint>,
    /// Everything that was ever acknowledged to it, which nobody may lose.
    promised: BTreeSet<ChunkId>,
    rewinds: usize,
}

impl Tablet {
    fn new(device: Device, space: SpaceId) -> Self {
        Self {
            device,
            space,
            held: BTreeMap::new(),
            own: BTreeSet::new(),
            place: RollingHash::NONE,
            arrived: BTreeMap::new(),
            wanted: BTreeSet::new(),
            promised: BTreeSet::new(),
            rewinds: 0,
        }
    }

    fn writes(&mut self) {
        let visit = self.device.visit(self.space, &format!("{} {}", self.device.key.id(), self.own.len()));
        self.own.insert(visit.id());
        self.held.insert(visit.id(), visit);
    }

    fn waiting(&self) -> usize {
        self.own.iter().filter(|id| !self.arrived.contains_key(id)).count()
    }

    /// One exchange; whether there is nothing more to say on either side.
    fn exchanges(&mut self, relay: SocketAddr) -> io::Result<bool> {
        let met = self.place != RollingHash::NONE;
        let hello = Hello { whole: (!met).then_some(true), ..Hello::at(self.space, self.place) };
        let (mut pushes, mut offered) = (Vec::new(), Vec::new());
        for (id, chunk) in self.held.iter().filter(|(id, _)| !self.arrived.contains_key(id)) {
            let is_wanted = self.wanted.contains(&id.fingerprint());
            match (met && self.own.contains(id)) || is_wanted {
                true if pushes.len() < 100 => pushes.push(Push { space_index: 0, bytes: chunk.bytes().to_vec() }),
                _ => offered.push(id.fingerprint()),
            }
        }
        let offers = if offered.is_empty() { vec![] } else { vec![Offer { space_index: 0, chunks: offered }] };
        let request = Request { hellos: vec![hello], pushes, offers }.encode();
        let answer = try_call(relay, "POST", "/v1/sync", Some(&self.device.token), &request)?;
        assert_eq!(answer.status, 200, "{}", answer.head);
        Ok(self.hears(Response::decode(&answer.body, 1).unwrap().spaces.remove(0)))
    }

    fn hears(&mut self, answer: SpaceAnswer) -> bool {
        assert_eq!(answer.refused, []);
        for ack in &answer.acks {
            self.arrived.insert(ack.id, ack.seq);
            self.promised.insert(ack.id);
        }
        if answer.rewind.is_some() {
            self.rewinds += 1;
            (self.place, self.arrived) = (RollingHash::NONE, BTreeMap::new());
            return false;
        }
        self.wanted = answer.wants.into_iter().collect();
        let mut place = answer.welcome.map_or(self.place, |welcome| RollingHash::start(&welcome.incarnation));
        for pull in answer.pulls {
            let id = pull.id();
            place = place.then(&id);
            assert_eq!(pull.seq, place.seq, "a number was skipped");
            if let PullBody::Bytes(bytes) = pull.body {
                self.held.entry(id).or_insert_with(|| Chunk::parse(bytes).unwrap());
            }
            assert!(self.held.contains_key(&id), "an entry without bytes that is not here");
            self.arrived.retain(|other, seq| *seq != place.seq || *other == id);
            self.arrived.insert(id, place.seq);
        }
        self.place = place;
        if answer.more.is_none() {
            self.arrived.retain(|_, seq| *seq <= place.seq);
        }
        answer.more.is_none() && self.wanted.is_empty() && self.held.len() == self.arrived.len()
    }
}

/// Lives through the day until it is over; then everything is brought to an end.
fn works(tablet: &mut Tablet, relay: SocketAddr, promised: &AtomicUsize, is_over: &AtomicBool) {
    while !is_over.load(Ordering::SeqCst) {
        if tablet.waiting() < AHEAD {
            tablet.writes();
        }
        // The relay may be stopped just now, or the answer lost: it is said again.
        let _ = tablet.exchanges(relay);
        promised.store(tablet.promised.len(), Ordering::SeqCst);
    }
}

/// Waits until each tablet was promised so many more.
fn until_each_has(promised: &[AtomicUsize], more: usize) {
    let goals: Vec<_> = promised.iter().map(|count| count.load(Ordering::SeqCst) + more).collect();
    let begun = Instant::now();
    while !promised.iter().zip(&goals).all(|(count, goal)| count.load(Ordering::SeqCst) >= *goal) {
        assert!(begun.elapsed() < PATIENCE, "{promised:?} {goals:?}");
        std::thread::yield_now();
    }
}

fn a_team(relay: SocketAddr, folder: &Path, names: &[&str]) -> Vec<Tablet> {
    let (hoa, space) = (device(names[0]), space("Vân Hồ"));
    call(relay, "POST", "/v1/spaces", None, &hoa.opens(space, &make_pass(folder)).to_bytes()).ok();
    let invite = invite("the team's");
    call(relay, "POST", "/v1/invites", Some(&hoa.token), &offer(&invite, space, 9, 1).to_bytes()).ok();
    for name in &names[1..] {
        call(relay, "POST", "/v1/join", None, &device(name).joins(&invite).to_bytes()).ok();
    }
    names.iter().map(|name| Tablet::new(device(name), space)).collect()
}

/// Everybody exchanges once; whether that was the end for all of them.
fn a_round_of(tablets: &mut [Tablet], relay: SocketAddr) -> bool {
    let ends: Vec<_> = tablets.iter_mut().map(|tablet| tablet.exchanges(relay).unwrap()).collect();
    ends.into_iter().all(|is_end| is_end)
}

#[test]
fn a_relay_is_restored_while_four_tablets_go_on_and_nothing_that_was_promised_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut running = start(folder);
    let address = running.address;
    let mut tablets = a_team(address, folder, &["Hoà", "Lan", "Minh", "Páo"]);
    let promised: Vec<_> = tablets.iter().map(|_| AtomicUsize::new(0)).collect();
    let is_over = AtomicBool::new(false);
    std::thread::scope(|day| {
        for (tablet, promised) in tablets.iter_mut().zip(&promised) {
            let is_over = &is_over;
            day.spawn(move || works(tablet, address, promised, is_over));
        }
        until_each_has(&promised, 20);
        // 1. A backup, while everybody works.
        let copy = folder.join("relay-backup.db");
        let copy = copy.to_str().unwrap();
        ok(folder, &["backup", "--to", copy]);
        until_each_has(&promised, 20);
        // 2. The disk fails: stop, put the backup in its place, start.
        running.stop();
        ok(folder, &["restore", "--from", copy]);
        running = start_at(folder, &address.to_string());
        // 3. Nobody does anything on the tablets.
        until_each_has(&promised, 20);
        is_over.store(true, Ordering::SeqCst);
    });
    // In the evening everybody has a network once more.
    let begun = Instant::now();
    while !a_round_of(&mut tablets, address) {
        assert!(begun.elapsed() < PATIENCE, "the tablets do not come to an end");
    }
    assert!(tablets.iter().all(|tablet| tablet.rewinds > 0), "every tablet has noticed");
    let at_the_relay: BTreeSet<_> = tablets[0].arrived.keys().copied().collect();
    for tablet in &tablets {
        assert!(tablet.promised.is_subset(&at_the_relay), "what was acknowledged is there");
        assert!(tablet.held.keys().eq(at_the_relay.iter()), "and everybody has everything");
        assert!(tablet.promised.len() >= 60);
    }
    let said = ok(folder, &["verify"]);
    assert!(said.contains(&format!("1 spaces, {} entries", at_the_relay.len())), "{said}");
}
