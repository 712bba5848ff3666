//! A bad line between two hosts of their own on this machine: two network namespaces, and between
//! them a tunnel that is slow, late, lossy and dead for some seconds now and then. The kernel's own
//! TCP has to cope with it, as on a hillside. Making one needs root.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use tun_rs::{DeviceBuilder, SyncDevice};

use crate::Chance;

/// Packets that wait for the line, as in a router's queue; more are dropped.
const QUEUE: usize = 64;
const MTU: usize = 1400;

/// How bad it is.
#[derive(Debug, Clone, Copy)]
pub struct Quality {
    /// Bits in a second, each way.
    pub bits_per_second: u64,
    /// From one end to the other and back.
    pub round_trip: Duration,
    /// Of a hundred packets, how many get lost.
    pub lost_percent: usize,
    /// It works for so long …
    pub up: Duration,
    /// … and then is dead for so long, again and again.
    pub down: Duration,
}

/// What one direction has carried, in bytes of TCP payload.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Carried {
    /// All of it.
    pub bytes: u64,
    /// Of that, what TCP had sent on the same connection before.
    pub again: u64,
}

/// The line, and the namespaces at its ends. It is taken down when it is dropped.
pub struct Line {
    ends: [End; 2],
    carried: [Arc<Mutex<Carried>>; 2],
    over: Arc<AtomicBool>,
}

struct End {
    namespace: String,
    address: Ipv4Addr,
}

impl Line {
    /// Lays a line. `None` where this process may not, with the reason printed.
    #[allow(clippy::print_stdout, reason = "a test that was skipped has to say so")]
    pub fn lay(quality: Quality, seed: u64) -> Option<Self> {
        match Self::try_lay(quality, seed) {
            Ok(line) => Some(line),
            Err(why) => {
                println!("skipped: no network namespaces here ({why})");
                None
            }
        }
    }

    fn try_lay(quality: Quality, seed: u64) -> std::io::Result<Self> {
        let mark = std::process::id() % 100_000;
        let ends = [(1, "dev"), (2, "net")]
            .map(|(host, side)| End { namespace: format!("tn{side}{mark}"), address: Ipv4Addr::new(10, 77, 0, host) });
        let over = Arc::new(AtomicBool::new(false));
        let carried = [Arc::default(), Arc::default()];
        let line = Self { ends, carried, over };
        let [near, far] = &line.ends;
        let devices = [near, far].map(|end| -> std::io::Result<Arc<SyncDevice>> {
            let device = DeviceBuilder::new().name(&end.namespace).mtu(MTU as u16).build_sync()?;
            ip(&["netns", "add", &end.namespace])?;
            ip(&["link", "set", &end.namespace, "netns", &end.namespace])?;
            let inside = ["-n", &end.namespace];
            let address = format!("{}/24", end.address);
            ip(&[&inside[..], &["addr", "add", &address, "dev", &end.namespace]].concat())?;
            ip(&[&inside[..], &["link", "set", "lo", "up"]].concat())?;
            ip(&[&inside[..], &["link", "set", &end.namespace, "up"]].concat())?;
            Ok(Arc::new(device))
        });
        let [near, far] = devices;
        let (near, far) = (near?, far?);
        let start = Instant::now();
        for (way, (from, to)) in [(near.clone(), far.clone()), (far, near)].into_iter().enumerate() {
            let (sender, queue) = sync_channel(QUEUE);
            let over = line.over.clone();
            thread::spawn(move || take(&from, &sender, &over));
            let way = Way {
                quality,
                start,
                chance: Chance::seeded(seed + way as u64),
                carried: line.carried[way].clone(),
                seen: BTreeMap::new(),
                over: line.over.clone(),
            };
            thread::spawn(move || way.carry(&queue, &to));
        }
        Ok(line)
    }

    /// The namespace in which devices live.
    pub fn near(&self) -> &str {
        &self.ends[0].namespace
    }

    /// The namespace in which the relay lives, and its address.
    pub fn far(&self) -> (&str, Ipv4Addr) {
        (&self.ends[1].namespace, self.ends[1].address)
    }

    /// What went up (from the devices) and down since this was asked last.
    pub fn take_counts(&self) -> (Carried, Carried) {
        let take = |way: &Mutex<Carried>| std::mem::take(&mut *way.lock().unwrap());
        (take(&self.carried[0]), take(&self.carried[1]))
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        for end in &self.ends {
            let _ = ip(&["netns", "del", &end.namespace]);
        }
    }
}

fn ip(arguments: &[&str]) -> std::io::Result<()> {
    let done = Command::new("ip").args(arguments).output()?;
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    if done.status.success() { Ok(()) } else { Err(std::io::Error::other(said)) }
}

/// Takes what a namespace sends. A full queue drops it, as a router's would.
fn take(from: &SyncDevice, queue: &SyncSender<(Instant, Vec<u8>)>, over: &AtomicBool) {
    let mut buffer = vec![0; MTU + 100];
    while !over.load(Ordering::SeqCst)
        && let Ok(length) = from.recv(&mut buffer)
    {
        let _ = queue.try_send((Instant::now(), buffer[..length].to_vec()));
    }
}

/// One direction of the line.
struct Way {
    quality: Quality,
    start: Instant,
    chance: Chance,
    carried: Arc<Mutex<Carried>>,
    /// How far each connection has got: source, destination and their ports, and the next number.
    seen: BTreeMap<[u8; 12], u32>,
    over: Arc<AtomicBool>,
}

impl Way {
    fn carry(mut self, queue: &Receiver<(Instant, Vec<u8>)>, to: &SyncDevice) {
        let mut free_at = self.start;
        let mut late: std::collections::VecDeque<(Instant, Vec<u8>)> = Default::default();
        while !self.over.load(Ordering::SeqCst) {
            let now = Instant::now();
            while late.front().is_some_and(|(at, _)| *at <= now) {
                let Some((_, packet)) = late.pop_front() else { break };
                let _ = to.send(&packet);
            }
            let wait = late.front().map_or(Duration::from_millis(50), |(at, _)| at.saturating_duration_since(now));
            // Nothing is taken while the line is busy with the packet before: that is its rate.
            let busy = free_at.saturating_duration_since(now);
            if !busy.is_zero() {
                thread::sleep(busy.min(wait));
                continue;
            }
            match queue.recv_timeout(wait.min(Duration::from_millis(50))) {
                Ok((_, packet)) => {
                    let bits = 8 * packet.len() as u64;
                    free_at = Instant::now() + Duration::from_micros(bits * 1_000_000 / self.quality.bits_per_second);
                    self.count(&packet);
                    let lost = self.chance.below(100) < self.quality.lost_percent;
                    if !lost && !self.is_dead(free_at) {
                        late.push_back((free_at + self.quality.round_trip / 2, packet));
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn is_dead(&self, at: Instant) -> bool {
        let cycle = self.quality.up + self.quality.down;
        let into = at.duration_since(self.start).as_millis() % cycle.as_millis();
        into >= self.quality.up.as_millis()
    }

    /// Counts a TCP segment's payload, and how much of it had been sent before.
    fn count(&mut self, packet: &[u8]) {
        let Some((connection, sequence, payload)) = tcp(packet) else { return };
        let mut carried = self.carried.lock().unwrap();
        carried.bytes += u64::from(payload);
        let end = sequence.wrapping_add(payload);
        let next = self.seen.entry(connection).or_insert(sequence);
        let known = next.wrapping_sub(sequence);
        // More than half of the numbers ahead is behind.
        let again = if known < 1 << 31 { known.min(payload) } else { 0 };
        carried.again += u64::from(again);
        if end.wrapping_sub(*next) < 1 << 31 {
            *next = end;
        }
    }
}

/// The connection, sequence number and payload length of an IPv4 TCP packet.
fn tcp(packet: &[u8]) -> Option<([u8; 12], u32, u32)> {
    let header = usize::from(packet.first()? & 0x0f) * 4;
    if packet.first()? >> 4 != 4 || *packet.get(9)? != 6 {
        return None;
    }
    let segment = packet.get(header..)?;
    let total = usize::from(u16::from_be_bytes(*packet.get(2..4)?.first_chunk()?));
    let offset = usize::from(segment.get(12)? >> 4) * 4;
    let sequence = u32::from_be_bytes(*segment.get(4..8)?.first_chunk()?);
    let mut connection = [0; 12];
    connection[..8].copy_from_slice(packet.get(12..20)?);
    connection[8..].copy_from_slice(segment.get(..4)?);
    // A connection's opening takes a number and carries nothing.
    let opening = segment.get(13)? & 0x02 != 0;
    let payload = total.checked_sub(header + offset)? as u32;
    (!opening).then_some((connection, sequence, payload))
}
