//! W3, the rush hour: hamlets of eight devices on the last day of [`tungnha_tests::workload`], all eight at once
//! and many hamlets at the same time, against one relay as its operator runs it: once on a file, and once on
//! PostgreSQL, whose processes are then counted with the relay's.
//!
//! An exchange is one `POST /v1/sync` with its answer. Each device sends its twenty visits, a chunk as long as
//! one that the workload made; whoever was too early for what the others sent asks once more when all are
//! through, and that is an exchange, too. Every answer is looked through (see [`hamlet`]): a wrong one ends the
//! bench. Who asks runs on the same processors as the relay, in one thread, over connections that
//! stay open, as those of a proxy in front of a relay do.

mod hamlet;
mod line;
mod process;
mod server;

use std::net::SocketAddr;
use std::time::Instant;

use data_encoding::BASE64;
use futures_util::future::join_all;
use serde_json::json;
use tungnha_protocol::bundle::Reader;
use tungnha_protocol::{Chunk, Pass};
use tungnha_tests::Relay;
use tungnha_tests::workload::{self, VISITS, VOLUNTEERS, Volunteer, ok};

use self::hamlet::{Device, Hamlet};
use self::line::Line;
use self::server::Server;
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

/// What is expected of a relay on one kind of memory.
struct Expected {
    /// What the names of its figures begin with.
    name: &'static str,
    /// Exchanges in a second.
    exchanges: f64,
    /// Exchanges in a second of server processor.
    of_processor: Option<f64>,
}

const ON_A_FILE: Expected = Expected { name: "W3", exchanges: 1000.0, of_processor: Some(1000.0) };
const ON_POSTGRES: Expected = Expected { name: "W3 on PostgreSQL", exchanges: 600.0, of_processor: None };

/// What the measured part has cost.
struct Measured {
    /// Milliseconds of each exchange.
    took: Vec<f64>,
    seconds: f64,
    /// Seconds of processor, of the server and of who asked.
    served: f64,
    asked: f64,
}

pub fn figures() -> Vec<Figure> {
    let lengths = chunk_lengths();
    let one_thread = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut figures = one_thread.block_on(rush_hour(&Server::with_file(), &lengths, &ON_A_FILE));
    figures.extend(one_thread.block_on(rush_hour(&Server::with_postgres(), &lengths, &ON_POSTGRES)));
    figures
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

async fn rush_hour(server: &Server, lengths: &[usize], expected: &Expected) -> Vec<Figure> {
    let (relay, passes) = (server.relay.address(), (0..AT_ONCE).map(|_| server.pass(SPACES / AT_ONCE)));
    let mut turns = join_all(passes.map(|pass| Turn::gather(relay, pass, lengths))).await;
    let empty = server.stored();
    evenings(&mut turns, 1).await;
    let measured = measure(server, &mut turns).await;
    let at_the_end = server.memory();
    let kept = (server.stored() - empty) as f64;
    let visits = (AT_ONCE * IN_TURN * VOLUNTEERS * VISITS * (1 + EVENINGS)) as f64;
    join_all(turns.iter_mut().map(Turn::fill_up)).await;
    let mut figures = measured.figures(expected);
    let name = |what| format!("{}: {what}", expected.name);
    figures.extend([
        Figure::told(name("the relay's memory at the end"), at_the_end, "MB"),
        Figure::new(name("the relay's memory, 10,000 spaces"), server.memory(), "MB", 80.0),
        Figure::new(name("stored for a visit"), kept / visits, "bytes", 250.0),
    ]);
    figures
}

async fn measure(server: &Server, turns: &mut [Turn]) -> Measured {
    let me = [std::process::id()];
    let (served, asked, start) = (server.processor(), process::processor(&me), Instant::now());
    let took = evenings(turns, EVENINGS).await;
    Measured {
        took,
        seconds: start.elapsed().as_secs_f64(),
        served: server.processor() - served,
        asked: process::processor(&me) - asked,
    }
}

/// So many evenings of all hamlets. How long each exchange took, in milliseconds.
async fn evenings(turns: &mut [Turn], evenings: usize) -> Vec<f64> {
    join_all(turns.iter_mut().map(|turn| turn.evenings(evenings))).await.concat()
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
    fn figures(self, expected: &Expected) -> Vec<Figure> {
        let exchanges = self.took.len() as f64;
        let devices = (AT_ONCE * IN_TURN * VOLUNTEERS * EVENINGS) as f64;
        let (a_second, of_processor) = (exchanges / self.seconds, exchanges / self.served);
        let name = |what| format!("{}: {what}", expected.name);
        vec![
            Figure::at_least(name("exchanges, durable"), a_second, "/s", expected.exchanges),
            Figure {
                budget: expected.of_processor,
                ..Figure::at_least(name("exchanges of server processor"), of_processor, "/s", 0.0)
            },
            Figure::new(name("exchanges of a device"), exchanges / devices, "", 2.0),
            Figure::told(name("128 devices at once (median)"), percentile(self.took.clone(), 0.5), "ms"),
            Figure::told(name("128 devices at once (p99)"), percentile(self.took, 0.99), "ms"),
            Figure::told(name("processors, the server's"), self.served / self.seconds, ""),
            Figure::told(name("processors, of who asks"), self.asked / self.seconds, ""),
        ]
    }
}
