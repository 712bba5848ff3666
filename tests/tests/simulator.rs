//! Thousands of teams live through everything that can go wrong, each by its seed. A seed that fails is
//! printed; `./dev soak --seeds 1 --from SEED --tell` tells its story.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Mutex;

use tungnha_tests::sim::{Breakage, Scene, Settings, Steps, StoreKind, Story, crash_at_every_step, run, soak};

/// Lives all these seeds, and says together what came of them.
fn live(seeds: std::ops::Range<u64>, store: StoreKind) -> Vec<Story> {
    let (stories, failures) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    soak(seeds, Settings::on(store), |_, came| match came {
        Ok(story) => stories.lock().unwrap().push(story),
        Err(failure) => failures.lock().unwrap().push(failure.to_string()),
    });
    let failures = failures.into_inner().unwrap();
    assert!(failures.is_empty(), "{} seeds failed:\n{}", failures.len(), failures.join("\n"));
    stories.into_inner().unwrap()
}

/// That a storm was a storm.
#[allow(clippy::print_stdout, reason = "shown when somebody looks")]
fn print(stories: &[Story]) {
    let sum = |what: fn(&Story) -> u64| stories.iter().map(what).sum::<u64>();
    println!(
        "{} seeds: {} devices, {} changes, {} requests, {} crashes, {} disasters, {} rewinds, {} files, {} pages of checkpoints, {} visits, \
         {} merges of households, {} taken back, {} photos",
        stories.len(),
        sum(|story| story.devices as u64),
        sum(|story| story.changes as u64),
        sum(|story| story.requests),
        sum(|story| story.crashes),
        sum(|story| story.disasters),
        sum(|story| story.rewinds),
        sum(|story| story.files),
        sum(|story| story.pages),
        sum(|story| story.visits),
        sum(|story| story.merges),
        sum(|story| story.partings),
        sum(|story| story.photos),
    );
}

#[test]
fn two_thousand_teams_keep_every_promise() {
    let stories = live(0..2_000, StoreKind::Memory);
    print(&stories);
    assert_eq!(stories.len(), 2_000);
    let sum = |what: fn(&Story) -> u64| stories.iter().map(what).sum::<u64>();
    assert!(sum(|story| story.crashes) > 2_000 && sum(|story| story.disasters) > 2_000, "the weather was too good");
    assert!(sum(|story| story.rewinds) > 1_000, "relays were too well kept");
    assert!(sum(|story| story.files) > 2_000 && sum(|story| story.visits) > 1_000, "nobody met without a relay");
    assert!(sum(|story| story.merges) > 4_000 && sum(|story| story.partings) > 1_000, "nobody merged households");
    assert!(sum(|story| story.photos) > 2_000, "nobody took photos");
    assert!(sum(|story| story.pages) > 500, "nobody began from a checkpoint");
    let (written, lost) = (sum(|story| story.changes as u64), sum(|story| story.lost as u64));
    assert!(lost * 20 < written, "{lost} of {written} changes are said to be lost by nobody's fault");
}

#[test]
fn a_hundred_teams_keep_every_promise_on_real_databases() {
    print(&live(0..100, StoreKind::Sqlite));
}

#[test]
fn a_seed_is_one_story() {
    for store in [StoreKind::Memory, StoreKind::Sqlite] {
        let told = |seed| run(seed, Settings::on(store)).unwrap();
        assert_eq!(told(7), told(7));
        assert_ne!(told(7).trace, told(8).trace);
    }
}

#[test]
#[allow(clippy::print_stdout, reason = "shown when somebody looks")]
fn a_crash_at_any_step_costs_nothing() {
    for store in [StoreKind::Memory, StoreKind::Sqlite] {
        let lived = crash_at_every_step(Settings::on(store)).unwrap_or_else(|failure| panic!("{failure}"));
        for Steps { scene, device, relay } in lived {
            println!("{store:?}, {scene:?}: {device} steps of devices, {relay} of a relay");
            let of_relay = if scene == Scene::File { 0 } else { 5 };
            assert!(device > 30 && relay >= of_relay, "{scene:?}: {device} and {relay} steps");
        }
    }
}

/// The first seed that finds each bug, and the promise that it is found by.
#[test]
#[allow(clippy::print_stdout, reason = "this is the table of what was found")]
fn bugs_made_on_purpose_are_found() {
    const SEEDS: u64 = 400;
    let mut unfound = Vec::new();
    for breakage in Breakage::ALL {
        let failure = (0..SEEDS).find_map(|seed| run(seed, Settings::with(*breakage)).err());
        match failure {
            Some(found) => {
                println!(
                    "{:8} {:55} seed {:3}  {}",
                    format!("{:?}", breakage.breaks()),
                    breakage.says(),
                    found.seed,
                    found.broken.what
                );
                if found.broken.promise != breakage.breaks() {
                    unfound.push(format!("{breakage:?} was taken for {found}"));
                }
            }
            None => unfound.push(format!("{breakage:?} was not found")),
        }
    }
    assert!(unfound.is_empty(), "{}", unfound.join("\n"));
}
