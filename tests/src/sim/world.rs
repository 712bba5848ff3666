//! Everybody and everything in one run, the queue of what is to happen, and virtual time.

use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use automerge::ActorId;
use tungnha_core::domain::SpaceId;
use tungnha_protocol::ids::DocId;
use tungnha_protocol::keys::{DeviceKey, SpaceKey};

use super::breakage::Mischief;
use super::device::{Device, Identity, Mirror};
use super::files::{HandedOver, Stick};
use super::ledger::Ledger;
use super::memory::Tables;
use super::plan::Plan;
use super::relay::Relay;
use super::session::Session;
use super::sqlite::OnDisk;
use super::store::{Store, StoreKind};
use super::talk::{Answer, Sent};
use super::watch::Watched;
use super::{Broken, Settings, Story};
use crate::Chance;

/// A second of virtual time, in milliseconds.
pub const SECOND: u64 = 1_000;

/// One run.
pub struct World {
    pub(super) settings: Settings,
    pub(super) plan: Plan,
    pub(super) chance: Chance,
    pub(super) now: u64,
    queue: BTreeMap<(u64, u64), Event>,
    queued: u64,
    pub(super) spaces: Vec<SpaceId>,
    /// Household documents of each space that everybody knows of.
    pub(super) households: BTreeMap<SpaceId, Vec<DocId>>,
    pub(super) devices: Vec<Device>,
    pub(super) relays: Vec<Relay>,
    /// Who also meets without a relay, so that everybody can be reached.
    pub(super) carriers: Vec<(usize, usize)>,
    pub(super) ledger: Ledger,
    /// Files that were made, to be opened now or much later.
    pub(super) sticks: Vec<Stick>,
    /// Requests that were sent, to be sent again.
    pub(super) old_requests: Vec<Sent>,
    pub(super) sessions: u64,
    /// Faults happen.
    pub(super) stormy: bool,
    trace: blake3::Hasher,
    pub(super) story: Story,
}

/// What is to happen at some moment.
pub enum Event {
    /// A device does something.
    Deed(usize),
    /// Something befalls somebody.
    Disaster,
    /// A relay comes back from a backup.
    SetBack(usize),
    /// A request gets to a relay.
    Request(Sent),
    /// An answer gets to a device.
    Answer(Answer),
    /// A device has waited long enough: its session and the turn of it.
    GiveUp { device: usize, session: u64, turn: u32 },
}

impl World {
    /// The world of a seed.
    pub fn new(seed: u64, settings: Settings) -> Self {
        let mut chance = Chance::seeded(seed);
        let plan = Plan::draw(&mut chance, settings.store == StoreKind::Sqlite);
        let spaces: Vec<SpaceId> = (0..plan.spaces).map(|_| SpaceId(uuid::Uuid::from_bytes(chance.bytes()))).collect();
        let keys: Vec<_> = spaces.iter().map(|space| (*space, keyring(&mut chance))).collect();
        let households = spaces.iter().map(|space| (*space, (0..3).map(|_| DocId(chance.bytes())).collect())).collect();
        let all_relays = plan.relays + plan.stations.len();
        let mut members = Vec::new();
        for number in 0..plan.devices {
            // The first device has every space, the others one at least.
            let sure = chance.below(spaces.len());
            let mut mine = keys.clone();
            let mut at = 0;
            mine.retain(|_| {
                at += 1;
                number == 0 || at - 1 == sure || chance.below(3) > 0
            });
            members.push(Rc::new(Identity {
                name: format!("device {number}"),
                key: DeviceKey::from_bytes(&chance.bytes()),
                tokens: (0..all_relays).map(|_| chance.bytes()).collect(),
                keys: mine.into_iter().collect(),
            }));
        }
        let members = Rc::new(members);
        let relays = (0..all_relays).map(|number| {
            let host = number.checked_sub(plan.relays).and_then(|station| plan.stations.get(station)).copied();
            Relay::new(number, host, settings, chance.bytes(), members.clone(), spaces.clone())
        });
        let relays = relays.collect();
        let mut world = Self {
            settings,
            now: 0,
            queue: BTreeMap::new(),
            queued: 0,
            spaces,
            households,
            devices: Vec::new(),
            relays,
            carriers: Vec::new(),
            ledger: Ledger::default(),
            sticks: Vec::new(),
            old_requests: Vec::new(),
            sessions: 0,
            stormy: true,
            trace: blake3::Hasher::new(),
            story: Story::default(),
            chance,
            plan,
        };
        for (number, identity) in members.iter().enumerate() {
            world.add_device(identity.clone(), number);
        }
        world.carriers = world.bridges();
        world
    }

    fn add_device(&mut self, identity: Rc<Identity>, number: usize) {
        let store = self.new_store(&identity);
        let relays = self.plan.knows[number].clone();
        let off = if self.chance.below(4) == 0 { self.years_off() } else { 0 };
        self.devices.push(Device {
            identity,
            relays,
            store,
            mirror: Mirror::default(),
            copies: Vec::new(),
            handed_over: HandedOver::new(),
            actor: ActorId::from(self.chance.bytes::<16>()),
            clock_off: off,
            newcomer: self.chance.below(3) == 0,
            later: self.chance.below(4) == 0,
            crash_in: Default::default(),
            session: None,
            mischief: Mischief::new(self.settings.breakage),
        });
    }

    /// A store in which nothing is yet.
    pub(super) fn new_store(&self, identity: &Identity) -> Store {
        let keys: Vec<_> = identity.keys.clone().into_iter().collect();
        match self.settings.store {
            StoreKind::Memory => Store::Memory(Tables::default()),
            StoreKind::Sqlite => Store::Sqlite(Box::new(OnDisk::new(&keys, self.relays.len()))),
        }
    }

    /// Somebody's clock after a flat battery.
    pub(super) fn years_off(&mut self) -> i64 {
        (self.chance.below(30) as i64 - 15) * 365 * 86_400_000
    }

    /// For each space, who has to carry so that everybody is reached: one of each circle of devices
    /// that share relays, with one of the first circle.
    fn bridges(&self) -> Vec<(usize, usize)> {
        let mut bridges = Vec::new();
        for space in &self.spaces {
            let members: Vec<usize> =
                (0..self.devices.len()).filter(|d| self.devices[*d].identity.keys.contains_key(space)).collect();
            let mut circle: BTreeMap<usize, usize> = members.iter().map(|device| (*device, *device)).collect();
            for one in &members {
                for other in &members {
                    let both = self.devices[*one].relays.iter().filter(|r| self.devices[*other].relays.contains(r));
                    let meet = both.into_iter().any(|relay| self.relays[*relay].serves(*space));
                    if meet && circle[one] != circle[other] {
                        let (from, to) = (circle[other], circle[one]);
                        circle.values_mut().filter(|of| **of == from).for_each(|of| *of = to);
                    }
                }
            }
            let mut reached = std::collections::BTreeSet::new();
            for device in &members {
                if reached.insert(circle[device]) && *device != members[0] {
                    bridges.push((members[0], *device));
                }
            }
        }
        bridges
    }

    /// Lives through the storm and the calm after it.
    pub fn live(&mut self) -> Result<(), Broken> {
        for device in 0..self.devices.len() {
            let late = if self.devices[device].newcomer { 30 + self.chance.below(90) } else { 0 };
            let at = (late + self.chance.below(20)) as u64 * SECOND;
            self.at(at, Event::Deed(device));
        }
        for _ in 0..self.plan.disasters {
            let at = (5 + self.chance.below(10 * self.plan.deeds)) as u64 * SECOND;
            self.at(at, Event::Disaster);
        }
        let mut done: BTreeMap<usize, usize> = BTreeMap::new();
        while let Some(((at, _), event)) = self.queue.pop_first() {
            self.now = at;
            self.story.steps += 1;
            match event {
                Event::Deed(device) => {
                    self.deed(device)?;
                    let done = done.entry(device).or_default();
                    *done += 1;
                    if *done < self.plan.deeds {
                        let pause = (1 + self.chance.below(19)) as u64 * SECOND;
                        self.at(pause, Event::Deed(device));
                    }
                }
                Event::Disaster => self.disaster()?,
                Event::SetBack(relay) => self.set_relay_back(relay),
                Event::Request(sent) => self.request_arrives(sent)?,
                Event::Answer(answer) => self.answer_arrives(answer)?,
                Event::GiveUp { device, session, turn } => self.give_up(device, session, turn),
            }
        }
        self.stormy = false;
        self.clear_up()
    }

    /// Something happens so many milliseconds from now.
    pub(super) fn at(&mut self, delay: u64, event: Event) {
        self.queued += 1;
        self.queue.insert((self.now + delay, self.queued), event);
    }

    /// One of a hundred chances, while there are faults.
    pub(super) fn fault(&mut self, of_hundred: usize) -> bool {
        self.stormy && self.chance.below(100) < of_hundred
    }

    /// Something happened.
    #[expect(clippy::print_stdout, reason = "the story is told when somebody asks for it")]
    pub(super) fn tell(&mut self, what: fmt::Arguments<'_>) {
        let line = format!("{:>5} {:>8} ms  {what}", self.story.steps, self.now);
        self.trace.update(line.as_bytes());
        if self.settings.tell {
            println!("{line}");
        }
    }

    /// What came of it.
    pub fn story(&self) -> Story {
        Story {
            trace: *self.trace.finalize().as_bytes(),
            devices: self.devices.len(),
            changes: self.ledger.written().len(),
            lost: self.ledger.written().iter().filter(|written| written.lost).count(),
            ..self.story
        }
    }

    /// How many events there were.
    pub fn step(&self) -> u64 {
        self.story.steps
    }

    /// Runs the engine on a device's store. None if the device crashed.
    pub(super) fn on_device<T>(
        &mut self,
        number: usize,
        work: impl FnOnce(&mut Watched<'_>, Option<&mut Session>) -> tungnha_core::error::Result<T>,
    ) -> Result<Option<Result<T, tungnha_core::error::Error>>, Broken> {
        let mut broken = None;
        let device = &mut self.devices[number];
        let mut watched = Watched {
            store: &mut device.store,
            identity: &device.identity,
            mirror: &mut device.mirror,
            crash_in: &device.crash_in,
            mischief: &mut device.mischief,
            ledger: &mut self.ledger,
            chance: &mut self.chance,
            broken: &mut broken,
        };
        let result = work(&mut watched, device.session.as_mut());
        if let Some(broken) = broken {
            return Err(broken);
        }
        match result {
            Err(error) if error.code() == "crash" => {
                self.crashed(number);
                Ok(None)
            }
            other => Ok(Some(other)),
        }
    }

    /// A device's process is gone, and starts again.
    pub(super) fn crashed(&mut self, device: usize) {
        self.story.crashes += 1;
        self.tell(format_args!("device {device} crashes"));
        self.devices[device].start_again(&mut self.chance);
    }
}

fn keyring(chance: &mut Chance) -> Vec<SpaceKey> {
    (0..1 + chance.below(2)).map(|_| SpaceKey::from_bytes(chance.bytes())).collect()
}
