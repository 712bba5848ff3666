//! Small stories again and again, with a crash at each step of one thing that somebody does in turn.

use super::files::New;
use super::world::World;
use super::{Broken, Failure, Settings};

/// A story of few devices and one relay.
const SEED: u64 = 3;
/// The device to which things happen, and the one that gets its file.
const WHO: usize = 1;
const OTHER: usize = 0;

/// What is going on when the crash comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scene {
    /// A device has something to send and something to fetch.
    Exchange,
    /// A device makes a file for another one, which opens it.
    File,
    /// A device leaves a checkpoint.
    Leave,
    /// A new tablet begins from one, and fetches what is older.
    Begin,
}

/// How many steps there were of each scene.
#[derive(Debug, Clone, Copy)]
pub struct Steps {
    /// What was going on.
    pub scene: Scene,
    /// Steps of the device; of the one that opens the file, too.
    pub device: u32,
    /// Steps of the relay.
    pub relay: u32,
}

#[derive(Clone, Copy)]
enum Crash {
    Device(usize, u32),
    Relay(u32),
}

/// Lives each scene with a crash at each step of a device, and of the relay.
pub fn crash_at_every_step(settings: Settings) -> Result<Vec<Steps>, Failure> {
    let failed = |broken| Failure { seed: SEED, step: 0, broken };
    let count = |scene, crash: fn(u32) -> Crash| {
        let mut step = 0;
        while lived_with(settings, scene, crash(step))? {
            step += 1;
        }
        Ok::<u32, Broken>(step)
    };
    let scenes = [Scene::Exchange, Scene::File, Scene::Leave, Scene::Begin];
    let steps = scenes.map(|scene| {
        let (who, relay) = (count(scene, |step| Crash::Device(WHO, step))?, count(scene, Crash::Relay)?);
        let other = if scene == Scene::File { count(scene, |step| Crash::Device(OTHER, step))? } else { 0 };
        Ok::<Steps, Broken>(Steps { scene, device: who + other, relay })
    });
    steps.into_iter().collect::<Result<_, _>>().map_err(failed)
}

/// Whether there was such a step.
fn lived_with(settings: Settings, scene: Scene, crash: Crash) -> Result<bool, Broken> {
    let mut world = World::new(SEED, settings);
    world.stormy = false;
    let relay = world.devices[WHO].relays[0];
    for _ in 0..2 {
        for device in 0..world.devices.len() {
            for space in world.devices[device].spaces() {
                (0..3).try_for_each(|_| world.write(device, space))?;
            }
            if device != WHO || scene != Scene::Exchange {
                world.meet(device, relay)?;
            }
        }
    }
    if scene == Scene::Begin {
        world.sit_down(WHO, relay, true, true);
        world.converse(WHO)?;
        world.empty_device(WHO);
    }
    let before = world.story().crashes;
    match crash {
        Crash::Device(device, steps) => world.devices[device].crash_in.set(Some(steps)),
        Crash::Relay(steps) => world.relays[relay].shelf.crash_in(steps),
    }
    match scene {
        Scene::File => {
            for space in world.devices[WHO].spaces() {
                if let Some(stick) = world.make_file(WHO, space, New::For(OTHER))? {
                    world.open_file(OTHER, &stick)?;
                }
            }
        }
        Scene::Exchange | Scene::Leave | Scene::Begin => {
            world.sit_down(WHO, relay, true, scene == Scene::Leave);
            world.converse(WHO)?;
        }
    }
    let crashed = world.story().crashes > before;
    world.clear_up()?;
    Ok(crashed)
}
