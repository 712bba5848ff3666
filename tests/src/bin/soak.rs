//! Lives many seeds of the simulator on all cores, and prints those that fail.
#![allow(clippy::print_stdout, reason = "this is what it is for")]

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use clap::{Parser, ValueEnum};
use tungnha_tests::sim::{Settings, StoreKind, soak};

/// How often it says how far it is.
const EVERY: u64 = 1_000;

#[derive(Parser)]
struct Arguments {
    /// How many seeds.
    #[arg(long, default_value_t = 10_000)]
    seeds: u64,
    /// The first of them.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// Where devices and relays keep what they have.
    #[arg(long, value_enum, default_value_t = Kept::Memory)]
    store: Kept,
    /// Print the whole story of each seed.
    #[arg(long)]
    tell: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kept {
    Memory,
    Sqlite,
}

fn main() -> ExitCode {
    let Arguments { seeds, from, store, tell } = Arguments::parse();
    let store = match store {
        Kept::Memory => StoreKind::Memory,
        Kept::Sqlite => StoreKind::Sqlite,
    };
    let (begun, lived, failed) = (Instant::now(), AtomicU64::new(0), AtomicU64::new(0));
    soak(from..from + seeds, Settings { tell, ..Settings::on(store) }, |seed, came| {
        match came {
            Ok(story) if tell => println!("seed {seed}: {story:?}"),
            Ok(_) => {}
            Err(failure) => {
                failed.fetch_add(1, Ordering::Relaxed);
                println!("{failure}");
            }
        }
        let lived = lived.fetch_add(1, Ordering::Relaxed) + 1;
        if lived.is_multiple_of(EVERY) {
            println!("{lived} seeds in {:.0?}", begun.elapsed());
        }
    });
    let failed = failed.into_inner();
    println!("{} seeds from {from} in {:.0?}: {failed} failed", lived.into_inner(), begun.elapsed());
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
