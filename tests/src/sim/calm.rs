//! After the storm: no faults any more, everybody meets everybody whom they know, until nothing is new.

use super::world::World;
use super::{Broken, Promise};

/// How often old requests are sent once more at the end.
const REPEATED: usize = 10;

impl World {
    /// Everybody meets; then every promise is checked.
    pub(super) fn clear_up(&mut self) -> Result<(), Broken> {
        self.tell(format_args!("the weather clears"));
        for device in &mut self.devices {
            device.crash_in.set(None);
            device.session = None;
        }
        for relay in &mut self.relays {
            relay.start_again();
        }
        let rounds = 6 + 3 * (self.relays.len() + self.carriers.len());
        let mut left = rounds;
        while self.everybody_meets()? {
            left -= 1;
            if left == 0 {
                return Err(Promise::Quiet.broken(format!("after {rounds} rounds there is still something new")));
            }
        }
        self.repeat_old_requests()?;
        self.check_all()
    }

    /// One round. Whether there was anything new.
    fn everybody_meets(&mut self) -> Result<bool, Broken> {
        let mut news = false;
        for device in 0..self.devices.len() {
            for relay in self.devices[device].relays.clone() {
                self.story.steps += 1;
                news |= self.meet(device, relay)?;
            }
        }
        for (one, other) in self.carriers.clone() {
            for space in self.spaces.clone() {
                news |= self.carry(one, other, space)?;
                news |= self.carry(other, one, space)?;
            }
        }
        Ok(news)
    }

    /// Some requests of long ago come once more: all that they bring is there.
    fn repeat_old_requests(&mut self) -> Result<(), Broken> {
        let some = self.chance.some(&self.old_requests, REPEATED);
        for sent in some {
            self.story.steps += 1;
            let _ = self.relay_answers(&sent)?;
        }
        Ok(())
    }
}
