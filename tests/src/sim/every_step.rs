//! One small story again and again, with a crash at each step of one exchange in turn.

use super::world::World;
use super::{Broken, Failure, Settings};

/// A story of few devices and one relay.
const SEED: u64 = 3;
/// The device in whose exchange things happen, and the relay that it talks to.
const WHO: usize = 1;

enum Crash {
    Device(u32),
    Relay(u32),
}

/// Lives the story with a crash of a device at each of its steps, and of a relay at each of its steps.
/// How many steps there were of both.
pub fn crash_at_every_step(settings: Settings) -> Result<(u32, u32), Failure> {
    let failed = |broken| Failure { seed: SEED, step: 0, broken };
    let steps = |crash: fn(u32) -> Crash| {
        let mut step = 0;
        while lived_with(settings, crash(step))? {
            step += 1;
        }
        Ok(step)
    };
    Ok((steps(Crash::Device).map_err(failed)?, steps(Crash::Relay).map_err(failed)?))
}

/// Whether there was such a step.
fn lived_with(settings: Settings, crash: Crash) -> Result<bool, Broken> {
    let mut world = World::new(SEED, settings);
    world.stormy = false;
    let relay = world.devices[WHO].relays[0];
    for _ in 0..2 {
        for device in 0..world.devices.len() {
            for space in world.devices[device].spaces() {
                (0..3).try_for_each(|_| world.write(device, space))?;
            }
            if device != WHO {
                world.meet(device, relay)?;
            }
        }
    }
    let before = world.story().crashes;
    match crash {
        Crash::Device(steps) => world.devices[WHO].crash_in.set(Some(steps)),
        Crash::Relay(steps) => world.relays[relay].shelf.crash_in(steps),
    }
    world.meet(WHO, relay)?;
    let crashed = world.story().crashes > before;
    world.clear_up()?;
    Ok(crashed)
}
