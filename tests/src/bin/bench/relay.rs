//! W3, the rush hour: hamlets of eight devices on the last day of [`tungnha_tests::workload`], all eight at once
//! and many hamlets at the same time, against one relay as its operator runs it.
//!
//! An exchange is one `POST /v1/sync` with its answer. Each device sends its twenty visits, a chunk as long as
//! one that the workload made; whoever was too early for what the others sent asks once more when all are
//! through, and that is an exchange, too. Every answer is looked through (see [`hamlet`]): a wrong one ends the
//! bench. Who asks runs on the same processors as the relay, in one thread, over connections that
//! stay open, as those of a proxy in front of a relay do.

mod hamlet;
mod line;
mod process;

use std::net::SocketAddr;
use std::time::Instant;

use data_encoding::BASE64;
use futures_util::future::join_all;
use rusqlite::Connection;
use serde_json::json;
use tungnha_protocol::bundle::Reader;
use tungnha_protocol::{Chunk, Pass};
use tungnha_tests::Relay;
use tungnha_tests::workload::{self, VISITS, VOLUNTEERS, Volunteer, ok};

use self::hamlet::{Device, Hamlet};
use self::line::Line;
use crate::{Figure, percentile};

/// Hamlets that come at the same time, and how many come one after another in the place of each.
const AT_ONCE: usize = 16;
const IN_TURN: usize = 16;
/// Evenings of each hamlet that are measured. One before them is not, so that the relay is warm.
const EVENINGS: usize = 15;
/// Spaces that the memory is measured with.
const SPACES: usize = 10_000;

/// Hamlets that come in turn, over the same connections.
struct Turn {
    pass: Pass,
    lines: Vec<Line>,
    hamlets: Vec<Hamlet>,
}

/// What the measured part has cost.
struct Measured {
    /// Milliseconds of each exchange.
    took: Vec<f64>,
    seconds: f64,
    /// Seconds of processor, of the relay and of who asked.
    served: f64,
    asked: f64,
}

pub fn figures() -> Vec<Figure> {
    let lengths = chunk_lengths();
    let relay = Relay::in_service();
    let one_thread = tokio::runtime::Builder::new_current_thread().enable_all().build();
    one_thread.unwrap().block_on(rush_hour(&relay, &lengths))
}

/// How long the chunks of an evening are, by the notebook itself: each of a volunteer's twenty visits.
fn chunk_lengths() -> Vec<usize> {
    let relay = Relay::start();
    let mut team = workload::team(&relay.pass());
    let share = |team: &mut [Volunteer]| (0..2).for_each(|_| workload::every_one(team, |one| drop(one.sync())));
    share(&mut team);
    ok(&team[0].api, "file_export", json!({"receiver": "before"}));
    workload::every_one(&mut team, |volunteer| volunteer.work(0));
    share(&mut team);
    let file = ok(&team[0].api, "file_export", json!({"since": {"receiver": "before"}}));
    let file = BASE64.decode(file["content"].as_str().unwrap().as_bytes()).unwrap();
    let chunks = Reader::new().push(&file).unwrap();
    assert_eq!(chunks.len(), VOLUNTEERS, "an evening is one chunk of each device");
    chunks.into_iter().map(|chunk| Chunk::into_bytes(chunk).len()).collect()
}

async fn rush_hour(relay: &Relay, lengths: &[usize]) -> Vec<Figure> {
    let passes = (0..AT_ONCE).map(|_| Pass::parse(&relay.pass_to_open(SPACES / AT_ONCE, &relay.url())).unwrap());
    let mut turns = join_all(passes.map(|pass| Turn::gather(relay.address(), pass, lengths))).await;
    let empty = stored(relay);
    evenings(&mut turns, 1).await;
    let measured = measure(relay, &mut turns).await;
    let at_the_end = process::memory(relay.process());
    let kept = (stored(relay) - empty) as f64;
    let visits = (AT_ONCE * IN_TURN * VOLUNTEERS * VISITS * (1 + EVENINGS)) as f64;
    join_all(turns.iter_mut().map(Turn::fill_up)).await;
    let mut figures = measured.figures();
    figures.extend([
        Figure::told("W3 the relay's memory at the end", at_the_end, "MB"),
        Figure::new("W3 the relay's memory with 10,000 spaces", process::memory(relay.process()), "MB", 80.0),
        Figure::new("W3 stored for a visit", kept / visits, "bytes", 250.0),
    ]);
    figures
}

async fn measure(relay: &Relay, turns: &mut [Turn]) -> Measured {
    let (relay, me) = ([relay.process()], [std::process::id()]);
    let (served, asked, start) = (process::processor(&relay), process::processor(&me), Instant::now());
    let took = evenings(turns, EVENINGS).await;
    Measured {
        took,
        seconds: start.elapsed().as_secs_f64(),
        served: process::processor(&relay) - served,
        asked: process::processor(&me) - asked,
    }
}

/// So many evenings of all hamlets. How long each exchange took, in milliseconds.
async fn evenings(turns: &mut [Turn], evenings: usize) -> Vec<f64> {
    join_all(turns.iter_mut().map(|turn| turn.evenings(evenings))).await.concat()
}

/// Bytes that the relay's file has once its write-ahead log is all in it.
fn stored(relay: &Relay) -> u64 {
    let database = Connection::open(relay.database()).unwrap();
    let left: u32 = database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).unwrap();
    assert_eq!(left, 0, "nobody is in the way");
    std::fs::metadata(relay.database()).unwrap().len()
}

impl Turn {
    async fn gather(relay: SocketAddr, pass: Pass, lengths: &[usize]) -> Self {
        let mut lines: Vec<Line> = Vec::new();
        for _ in lengths {
            lines.push(Line::to(relay).await.unwrap());
        }
        let mut hamlets = Vec::new();
        for _ in 0..IN_TURN {
            hamlets.push(Hamlet::gather(&mut lines[0], &pass, lengths, 1 + EVENINGS).await);
        }
        Self { pass, lines, hamlets }
    }

    async fn evenings(&mut self, evenings: usize) -> Vec<f64> {
        let mut took = Vec::new();
        for _ in 0..evenings {
            for hamlet in &mut self.hamlets {
                took.extend(hamlet.meets(&mut self.lines).await);
            }
        }
        took
    }

    /// Opens what the pass has left, and asks for each.
    async fn fill_up(&mut self) {
        for _ in IN_TURN..SPACES / AT_ONCE {
            let mut device = Device::opens(&mut self.lines[0], &self.pass).await;
            device.greets(&mut self.lines[0]).await;
        }
    }
}

impl Measured {
    fn figures(self) -> Vec<Figure> {
        let exchanges = self.took.len() as f64;
        let devices = (AT_ONCE * IN_TURN * VOLUNTEERS * EVENINGS) as f64;
        vec![
            Figure::at_least("W3 rush hour: exchanges, durable", exchanges / self.seconds, "/s", 1000.0),
            Figure::at_least("W3 exchanges in a second of server processor", exchanges / self.served, "/s", 1000.0),
            Figure::new("W3 exchanges of a device", exchanges / devices, "", 2.0),
            Figure::told("W3 an exchange, 128 devices at once (median)", percentile(self.took.clone(), 0.5), "ms"),
            Figure::told("W3 an exchange, 128 devices at once (p99)", percentile(self.took, 0.99), "ms"),
            Figure::told("W3 processors that the relay had", self.served / self.seconds, ""),
            Figure::told("W3 processors that the asking had", self.asked / self.seconds, ""),
        ]
    }
}
