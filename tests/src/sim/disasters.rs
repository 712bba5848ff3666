//! What befalls devices and relays beside bad lines and crashes: an older copy put in place, a relay
//! emptied, a tablet copied, a clock turned.

use std::collections::BTreeSet;

use super::Broken;
use super::breakage::Breakage;
use super::device::{Device, Mirror};
use super::world::{Event, SECOND, World};

impl World {
    /// Something befalls somebody.
    pub(super) fn disaster(&mut self) -> Result<(), Broken> {
        self.story.disasters += 1;
        let device = self.chance.below(self.devices.len());
        let relay = self.chance.below(self.relays.len());
        if let Some(spared) = self.unfilled_device().filter(|_| self.chance.below(3) == 0) {
            self.fire(spared);
            return Ok(());
        }
        match self.chance.below(12) {
            0 | 1 => self.set_device_back(device),
            2 => self.clone_device(device),
            10 | 11 => self.empty_device(device),
            3 => {
                self.tell(format_args!("relay {relay} is emptied"));
                let seed = self.chance.bytes();
                self.relays[relay].empty(seed);
                self.count_survivors();
            }
            4..8 => {
                let copy = self.relays[relay].back_up();
                let logs = self.relays[relay].logs.clone();
                self.tell(format_args!("relay {relay} is backed up"));
                self.relays[relay].copies.push((copy, logs));
                let later = (10 + self.chance.below(60)) as u64 * SECOND;
                self.at(later, Event::SetBack(relay));
            }
            _ => {
                self.devices[device].clock_off = self.years_off();
                self.tell(format_args!("the clock of device {device} is turned"));
            }
        }
        Ok(())
    }

    /// A relay comes back from its backup.
    pub(super) fn set_relay_back(&mut self, relay: usize) {
        let of = &mut self.relays[relay];
        let Some((shelf, logs)) = of.copies.pop() else { return };
        of.set_back(shelf, logs);
        self.tell(format_args!("relay {relay} is set back"));
        self.count_survivors();
    }

    fn set_device_back(&mut self, number: usize) {
        let device = &mut self.devices[number];
        let Some((store, mirror)) = device.copies.pop() else { return };
        (device.store, device.mirror) = (store, mirror);
        device.start_again(&mut self.chance);
        self.tell(format_args!("device {number} is set back"));
        if self.settings.breakage != Some(Breakage::OwnWriteDropped) {
            self.count_survivors();
        }
    }

    /// A device that has begun from a checkpoint and not fetched all that is older.
    fn unfilled_device(&self) -> Option<usize> {
        self.devices
            .iter()
            .position(|device| device.spaces().into_iter().any(|space| !device.store.view(space).unfilled.is_empty()))
    }

    /// Everything is destroyed but this one tablet: what it has by a checkpoint has to come back from it.
    fn fire(&mut self, spared: usize) {
        self.tell(format_args!("a fire spares device {spared} alone"));
        for relay in 0..self.relays.len() {
            let seed = self.chance.bytes();
            self.relays[relay].empty(seed);
        }
        for device in (0..self.devices.len()).filter(|device| *device != spared) {
            self.empty_device(device);
        }
    }

    /// A tablet is lost, and another one takes its place.
    pub(super) fn empty_device(&mut self, number: usize) {
        let store = self.new_store(&self.devices[number].identity.clone());
        let device = &mut self.devices[number];
        (device.store, device.mirror, device.newcomer) = (store, Mirror::default(), true);
        device.start_again(&mut self.chance);
        self.tell(format_args!("device {number} is emptied"));
        self.count_survivors();
    }

    fn clone_device(&mut self, number: usize) {
        let device = &mut self.devices[number];
        let clone = Device {
            identity: device.identity.clone(),
            relays: device.relays.clone(),
            store: device.store.copy(),
            mirror: device.mirror.clone(),
            copies: Vec::new(),
            handed_over: device.handed_over.clone(),
            actor: device.actor.clone(),
            clock_off: device.clock_off,
            newcomer: device.newcomer,
            later: device.later,
            crash_in: Default::default(),
            session: None,
            mischief: device.mischief.clone(),
        };
        self.devices.push(clone);
        // Both go on in a process of their own: a copy is made while the app is closed.
        let new = self.devices.len() - 1;
        self.devices[new].start_again(&mut self.chance);
        self.devices[number].start_again(&mut self.chance);
        self.tell(format_args!("device {new} is a clone of device {number}"));
        self.at(SECOND, Event::Deed(new));
    }

    /// Something was destroyed: what of all that was written is still anywhere?
    fn count_survivors(&mut self) {
        let mut survivors = BTreeSet::new();
        for device in &self.devices {
            for space in device.identity.keys.keys() {
                let view = device.store.view(*space);
                survivors.extend(view.changes);
                // Also of what waits in quarantine.
                view.chunks.keys().for_each(|id| survivors.extend(self.ledger.changes_in(id)));
            }
        }
        for seen in self.relays.iter().flat_map(|relay| relay.logs.values()) {
            seen.chunks.iter().for_each(|id| survivors.extend(self.ledger.changes_in(id)));
        }
        self.ledger.note_survivors(&survivors);
    }
}
