//! The simulator: teams of devices, relays, stations and carriers in one thread, in virtual time, by
//! one seed. What runs is the product: its protocol, seals, documents, engine, and the relay's
//! exchange; only the stores, the lines and the clocks are the simulator's. Everything that can go wrong
//! on the way goes wrong; then the weather clears, everybody meets, and every promise must hold.
//!
//! One seed is one story, for ever: a failing one is printed, and is replayed by
//! `./dev soak --seeds 1 --from SEED --tell`.

mod breakage;
mod calm;
mod checkpoints;
mod checks;
mod deeds;
mod device;
mod disasters;
mod every_step;
mod files;
mod ledger;
mod memory;
mod merged;
mod plan;
mod relay;
mod session;
mod shelf;
mod sqlite;
mod store;
mod stranger;
mod talk;
mod visit;
mod watch;
mod world;

pub use breakage::Breakage;
pub use every_step::{Scene, Steps, crash_at_every_step};
pub use store::StoreKind;

use std::fmt;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use tungnha_core::error::Error;

/// What a run is made with, beside its seed.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Where devices and relays keep what they have.
    pub store: StoreKind,
    /// A bug made on purpose.
    pub breakage: Option<Breakage>,
    /// Whether the story is printed.
    pub tell: bool,
}

impl Settings {
    /// The product as it is.
    pub fn on(store: StoreKind) -> Self {
        Self { store, breakage: None, tell: false }
    }

    /// With a bug made on purpose.
    pub fn with(breakage: Breakage) -> Self {
        Self { breakage: Some(breakage), ..Self::on(StoreKind::Memory) }
    }
}

/// What must hold at every moment, or at the end. I1 to I9 are those of ARCHITECTURE.md.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// Acknowledged is durable.
    I1,
    /// Up to its place in a log, a device has everything, or its content by a checkpoint until it is fetched.
    I2,
    /// A log has no gap, and a number keeps its chunk.
    I3,
    /// The same id, the same bytes.
    I4,
    /// Repeating a request changes nothing.
    I5,
    /// What was written gets to everybody.
    I6,
    /// Documents are what chunks and waiting changes make of them.
    I7,
    /// What is of a later version is kept, carried and not applied.
    I8,
    /// The same chunks, the same state.
    I9,
    /// What a device believes to be at a relay is there.
    Arrived,
    /// Somebody else who signs with a device's key is noticed.
    Double,
    /// Exchanges come to an end, and one round trip is enough when there is nothing new.
    Quiet,
    /// A checkpoint that a relay gives out has all that it says it covers.
    Checkpoint,
    /// A file comes in whole or not at all, and the next one for its receiver leaves out nothing.
    File,
    /// Who holds no key of the team learns nothing at its station.
    Stranger,
    /// Devices that have met hold the same.
    Alike,
    /// What was said last of two households holds everywhere, and what was said at once is shown as crossed;
    /// who is one is shown once, with all visits.
    Merged,
    /// A photo never goes before a record, and every device gets all that are still anywhere.
    Photos,
    /// Nobody runs into an error that is nobody's fault.
    Sound,
}

impl Promise {
    fn broken(self, what: impl Into<String>) -> Broken {
        Broken { promise: self, what: what.into() }
    }
}

/// A promise that was broken.
#[derive(Debug, Clone)]
pub struct Broken {
    /// Which.
    pub promise: Promise,
    /// How.
    pub what: String,
}

impl From<Error> for Broken {
    fn from(error: Error) -> Self {
        Promise::Sound.broken(error.to_string())
    }
}

/// A run in which a promise was broken.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The seed that brings it back.
    pub seed: u64,
    /// The event at which it showed.
    pub step: u64,
    /// What was broken.
    pub broken: Broken,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, step, broken } = self;
        write!(f, "seed {seed}, step {step}: {:?} is broken: {}", broken.promise, broken.what)
    }
}

/// A run in which everything held.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Story {
    /// A hash of all that happened: the same for the same seed.
    pub trace: [u8; 32],
    /// How many events there were.
    pub steps: u64,
    /// How many requests relays got.
    pub requests: u64,
    /// How many devices there were at the end.
    pub devices: usize,
    /// How many changes were written.
    pub changes: usize,
    /// How many of them no program could save.
    pub lost: usize,
    /// How many crashes there were, of devices and relays.
    pub crashes: u64,
    /// How many devices and relays were set back, emptied or cloned.
    pub disasters: u64,
    /// How often a relay sent a device back to the start of its log.
    pub rewinds: u64,
    /// How many files were opened.
    pub files: u64,
    /// How many pages of checkpoints came to new devices.
    pub pages: u64,
    /// How many visitors and stations have met.
    pub visits: u64,
    /// How often two households were said to be one.
    pub merges: u64,
    /// How often that was taken back, or was to be.
    pub partings: u64,
    /// How many photos visits were saved with.
    pub photos: u64,
}

/// Lives seeds on all cores, each seed on one thread, and hands over what came of each.
pub fn soak(seeds: Range<u64>, settings: Settings, came: impl Fn(u64, Result<Story, Failure>) + Sync) {
    let next = AtomicU64::new(seeds.start);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds.end {
                        break;
                    }
                    came(seed, run(seed, settings));
                }
            });
        }
    });
}

/// Lives one seed.
pub fn run(seed: u64, settings: Settings) -> Result<Story, Failure> {
    let mut world = world::World::new(seed, settings);
    let lived = world.live();
    lived.map(|()| world.story()).map_err(|broken| Failure { seed, step: world.step(), broken })
}
