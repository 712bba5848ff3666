//! A relay, or a station in a room: the relay's own exchange over its own storage, with a crash at any
//! step, and what its logs were when somebody last looked.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tungnha_core::domain::SpaceId;
use tungnha_protocol::chunk::Chunk;
use tungnha_protocol::frames::{Pull, PullBody};
use tungnha_protocol::ids::{ChunkId, Nonce, SpaceId as WireSpace};
use tungnha_protocol::log::RollingHash;
use tungnha_protocol::meet::{JoinRoom, Meet, MeetingKey, Prove};
use tungnha_protocol::wire::{
    Body, CheckpointPage, CreateInvite, CreateSpace, GetCheckpoint, Join, Registration, auth_hash, code,
};
use tungnha_protocol::{Invite, Pass};
use tungnha_relay::exchange::{self, Asked};
use tungnha_relay::storage::{LogPage, NewPass, ReadFrom, Seconds, Storage, StorageError};
use tungnha_relay::{ApiError, Clock, Room, Station, auth, checkpoints};

use super::Settings;
use super::breakage::Breakage;
use super::device::Identity;
use super::session::Call;
use super::shelf::{Kept, Shelf, on, wait};
use super::store::StoreKind;
use super::world::SECOND;

/// The time on every relay at the beginning. Only meetings expire in a simulation.
const NOW: Seconds = 1_795_000_000;

/// A relay or a station.
pub struct Relay {
    /// Its number, from 0.
    pub number: usize,
    /// The device in whose room it stands, if it is a station.
    pub host: Option<usize>,
    /// What it keeps.
    pub shelf: Shelf,
    /// Its logs when somebody last looked.
    pub logs: Logs,
    /// Copies of both from earlier.
    pub copies: Vec<(Shelf, Logs)>,
    /// The first page of each checkpoint that was looked at last.
    pub looked_at: BTreeMap<SpaceId, ChunkId>,
    kind: StoreKind,
    seed: [u8; 32],
    members: Rc<Vec<Rc<Identity>>>,
    spaces: Vec<SpaceId>,
    /// The station while it is open, and its certificate.
    station: Option<([u8; 32], Station<Shelf>)>,
    openings: u64,
    clock: Arc<AtomicU64>,
}

/// A relay's logs.
pub type Logs = BTreeMap<SpaceId, Seen>;

/// A log as it was when somebody last looked.
#[derive(Clone, Default)]
pub struct Seen {
    /// Its end; nothing before it was looked at.
    pub end: Option<RollingHash>,
    /// Its chunks in order.
    pub chunks: Rc<Vec<ChunkId>>,
    /// The same.
    pub ids: BTreeSet<ChunkId>,
    /// What was acknowledged.
    pub acked: BTreeSet<ChunkId>,
}

/// Why a relay gave no answer.
pub enum NoAnswer {
    /// It crashed.
    Crashed,
    /// It refused the request as a whole, with this code.
    Refused(String),
}

impl From<ApiError> for NoAnswer {
    fn from(error: ApiError) -> Self {
        match error.code() {
            code::INTERNAL => Self::Crashed,
            refusal => Self::Refused(refusal.to_owned()),
        }
    }
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Crashed => f.write_str("it crashed"),
            Self::Refused(why) => write!(f, "it refuses: {why}"),
        }
    }
}

impl Relay {
    /// A relay on which all these are members of all spaces, or a station of the spaces of its host.
    pub fn new(
        number: usize,
        host: Option<usize>,
        settings: Settings,
        seed: [u8; 32],
        members: Rc<Vec<Rc<Identity>>>,
        spaces: Vec<SpaceId>,
    ) -> Self {
        let (kind, shelf) = (settings.store, Shelf::new(settings.store, seed, settings.breakage));
        let of_host = |space: &SpaceId| host.is_none_or(|host: usize| members[host].keys.contains_key(space));
        let spaces = spaces.into_iter().filter(of_host).collect();
        let (station, openings, clock) = (None, 0, Arc::new(AtomicU64::new(NOW)));
        let (logs, copies, looked_at) = (Logs::new(), Vec::new(), BTreeMap::new());
        let mut relay = Self {
            number,
            host,
            shelf,
            logs,
            copies,
            looked_at,
            kind,
            seed,
            members,
            spaces,
            station,
            openings,
            clock,
        };
        relay.let_in();
        relay
    }

    /// Everything on it is gone, and everybody is let in again.
    pub fn empty(&mut self, seed: [u8; 32]) {
        self.shelf = Shelf::new(self.kind, seed, self.shelf.breakage);
        (self.seed, self.logs, self.station) = (seed, Logs::new(), None);
        self.let_in();
    }

    fn let_in(&mut self) {
        if let Some(host) = self.host {
            // Whoever else comes has to prove first.
            let (host, spaces) = (&self.members[host], self.spaces.iter().map(|space| WireSpace(*space.bytes())));
            let registration = Registration::sign(&host.key, b"own room", &host.tokens[self.number]);
            return wait(self.shelf.admit(spaces.collect(), registration, NOW)).unwrap();
        }
        for space in &self.spaces {
            let wire = WireSpace(*space.bytes());
            let of_space: Vec<_> = self.members.iter().filter(|member| member.keys.contains_key(space)).collect();
            let Some((first, others)) = of_space.split_first() else { continue };
            let url = || "relay.example.vn".parse().unwrap();
            let (pass, invite) = (Pass::new(url(), wire.0), Invite::new(url(), wire.0));
            let expires_at = NOW * 2;
            let registration = |member: &Identity, ticket: &[u8; 8]| {
                Registration::sign(&member.key, ticket, &member.tokens[self.number])
            };
            wait(async {
                let (uses, auth_hash_of_pass) = (1, auth_hash(&pass.auth()));
                let new = NewPass { pass: pass.id(), auth_hash: auth_hash_of_pass, uses, expires_at };
                self.shelf.add_pass(new, NOW).await?;
                let registration_of_first = registration(first, &pass.id().0);
                let call = CreateSpace {
                    pass: pass.id(),
                    auth: pass.auth(),
                    space: wire,
                    registration: registration_of_first,
                };
                self.shelf.create_space(call, NOW).await?;
                let (uses, expires_in_s) = (1_000, 1_000);
                let call = CreateInvite {
                    space: wire,
                    invite: invite.id(),
                    auth_hash: auth_hash(&invite.auth()),
                    envelope: Vec::new(),
                    uses,
                    expires_in_s,
                };
                self.shelf.create_invite(first.key.id(), call, NOW).await?;
                for member in others {
                    let registration = registration(member, &invite.id().0);
                    let call = Join { invite: invite.id(), auth: invite.auth(), registration };
                    self.shelf.join(call, NOW).await?;
                }
                Ok::<_, StorageError>(())
            })
            .unwrap();
        }
    }

    /// Answers a request at this moment, as the handlers do; a station that begins a meeting does so under
    /// this nonce.
    pub fn answer(
        &mut self,
        now: u64,
        call: Call,
        token: &[u8; 32],
        body: &[u8],
        nonce: [u8; 32],
    ) -> Result<Vec<u8>, NoAnswer> {
        self.clock.store(NOW + now / SECOND, Ordering::Relaxed);
        self.open();
        let before = (self.shelf.breakage == Some(Breakage::NumberReused)).then(|| self.shelf.copy().kept);
        let answered = match (&self.station, call) {
            (Some((_, station)), Call::Greet | Call::Prove | Call::Join) => {
                wait(self.meet(station, call, body, Nonce(nonce)))
            }
            _ => wait(self.handle(call, token, body)),
        };
        if let (Err(NoAnswer::Crashed), Some(before)) = (&answered, before) {
            self.shelf.kept = before;
        }
        answered
    }

    async fn handle(&self, call: Call, token: &[u8; 32], body: &[u8]) -> Result<Vec<u8>, NoAnswer> {
        let caller = auth::registered(&self.shelf, token).await?;
        match call {
            Call::Exchange | Call::Fill | Call::Photo => {
                let asked = Asked::decode(body).map_err(ApiError::from)?;
                let answered = exchange::answer(&self.shelf, &caller, NOW, asked.check()).await;
                Ok(answered.map_err(ApiError::from)?.response.encode())
            }
            Call::Greet | Call::Prove | Call::Join => Err(NoAnswer::Refused(code::NOT_FOUND.to_owned())),
            Call::Begin => Ok(checkpoints::get(&self.shelf, &caller, body).await?),
            Call::Leave => Ok(checkpoints::put(&self.shelf, &caller, body).await?),
        }
    }

    /// What a station does before it knows who comes.
    async fn meet(&self, station: &Station<Shelf>, call: Call, body: &[u8], nonce: Nonce) -> Result<Vec<u8>, NoAnswer> {
        match call {
            Call::Greet => Ok(station.begin(&Meet::from_bytes(body).map_err(ApiError::from)?, nonce).to_bytes()),
            Call::Prove => Ok(station.prove(&Prove::from_bytes(body).map_err(ApiError::from)?)?.to_bytes()),
            _ => {
                let call = JoinRoom::from_bytes(body).map_err(ApiError::from)?;
                let registration = call.registration.clone();
                let joined = station.join(call).await;
                if joined.is_err() && self.shelf.breakage == Some(Breakage::StrangerLetIn) {
                    let spaces = self.spaces.iter().map(|space| WireSpace(*space.bytes())).collect();
                    self.shelf.admit(spaces, registration, NOW).await.map_err(ApiError::from)?;
                    return Ok(Vec::new());
                }
                Ok(joined?.to_bytes())
            }
        }
    }

    /// Opens the station, if it is one and not open: under another certificate each time.
    fn open(&mut self) {
        let Some(host) = self.host.filter(|_| self.station.is_none()) else { return };
        let (host, clock) = (self.members[host].clone(), self.clock.clone());
        self.openings += 1;
        let certificate = *blake3::keyed_hash(&self.seed, &self.openings.to_be_bytes()).as_bytes();
        let keys = host
            .keys
            .iter()
            .flat_map(|(space, ring)| ring.iter().map(|key| (WireSpace(*space.bytes()), MeetingKey::of(key))));
        let (device, name) = (host.key.id(), host.name.clone());
        let room = Room { certificate, keys: keys.collect(), device, name, hear: Box::new(drop) };
        let clock: Clock = Arc::new(move || clock.load(Ordering::Relaxed));
        let relay = tungnha_relay::Relay { clock, ..tungnha_relay::Relay::new(self.shelf.clone()) };
        self.station = Some((certificate, Station::new(relay, room)));
    }

    /// What a station shows to whoever connects.
    pub fn certificate(&mut self) -> [u8; 32] {
        self.open();
        self.station.as_ref().map(|(certificate, _)| *certificate).unwrap_or_default()
    }

    /// The process ends and starts again.
    pub fn start_again(&mut self) {
        self.station = None;
        self.shelf.start_again();
    }

    /// A copy of all that it keeps, made while it does not run.
    pub fn back_up(&mut self) -> Shelf {
        self.station = None;
        self.shelf.copy()
    }

    /// What it keeps is another one from now on.
    pub fn set_back(&mut self, mut shelf: Shelf, logs: Logs) {
        self.station = None;
        (self.shelf, self.logs) = (shelf.copy(), logs);
    }

    /// Whether it keeps this space for anybody.
    pub fn serves(&self, space: SpaceId) -> bool {
        self.spaces.contains(&space)
    }

    /// Somebody who is a member of a space here from the beginning.
    fn insider(&self, space: SpaceId) -> Option<&Rc<Identity>> {
        let host = self.host.map(|host| &self.members[host]);
        host.or_else(|| self.members.iter().find(|member| member.keys.contains_key(&space)))
    }

    /// The pages of the checkpoint that it gives out.
    pub fn checkpoint(&self, space: SpaceId) -> Vec<CheckpointPage> {
        let member = self.insider(space);
        let page = |page| {
            let call = GetCheckpoint { space: WireSpace(*space.bytes()), page, seq: None };
            wait(async { on!(self.shelf, kept => kept.get_checkpoint(member?.key.id(), call)).ok()? })
        };
        (0..).map_while(page).collect()
    }

    /// A log from a place on, with all bytes; nothing if that place is not in it.
    pub fn read(&self, space: SpaceId, from: Option<RollingHash>) -> Option<(Option<RollingHash>, Vec<Pull>)> {
        let member = self.insider(space)?;
        let place = from.unwrap_or(RollingHash::NONE);
        let question = ReadFrom {
            space: WireSpace(*space.bytes()),
            place,
            max_bytes: usize::MAX,
            held: HashSet::new(),
            whole: true,
            later: false,
        };
        let pages = wait(async { on!(self.shelf, kept => kept.read(member.key.id(), vec![question], usize::MAX)) });
        let pages = pages.unwrap();
        match pages.into_iter().next()? {
            LogPage::Entries { welcome, pulls, .. } => {
                Some((welcome.map(|welcome| RollingHash::start(&welcome.incarnation)), pulls))
            }
            _ => None,
        }
    }

    /// The bug of numbering a repeated chunk anew: the chunk moves to the end of its log.
    pub fn renumber(&mut self, space: SpaceId, moved: &ChunkId) {
        let logs: Vec<_> = self.spaces.iter().map(|of| (*of, self.read(*of, None).unwrap_or_default().1)).collect();
        let (seen, copies) = (std::mem::take(&mut self.logs), std::mem::take(&mut self.copies));
        self.empty(self.seed);
        (self.logs, self.copies) = (seen, copies);
        for (of, mut pulls) in logs {
            pulls.sort_by_key(|pull| of == space && pull.id() == *moved);
            let chunks = pulls.into_iter().filter_map(|pull| match pull.body {
                PullBody::Bytes(bytes) => Chunk::parse(bytes).ok(),
                _ => None,
            });
            let by = self.insider(of).unwrap();
            let chunks = chunks.collect();
            wait(async { on!(self.shelf, kept => kept.append(by.key.id(), chunks, NOW)) }).unwrap();
        }
    }
}
