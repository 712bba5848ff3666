//! A relay's memory that is gone when the process ends: for simulations and tests, never for a team.
//!
//! It promises what the trait asks for, durability apart, and each of its futures is ready at once, so
//! that a simulator can run a relay step by step on one thread.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tungnha_protocol::{
    Chunk, ChunkId, DeviceId, Fingerprint, Incarnation, InviteId, PassId, RollingHash, SpaceId,
    frames::{Pull, PullBody, Welcome},
    random_bytes,
    wire::{CheckpointPage, CreateInvite, CreateSpace, GetCheckpoint, Join, PutCheckpoint, Registration, auth_hash},
};

use super::{
    Appended, Brought, Budget, Denial, Device, KnownDevice, LogPage, NewPass, Quota, ReadFrom, Seconds, Storage,
    StorageError as Error, Upkeep, takes,
};

/// A relay's memory in this process. Clones share it; [`Memory::copy`] does not.
#[derive(Clone)]
pub struct Memory(Arc<Mutex<State>>);

#[derive(Clone)]
struct State {
    seed: [u8; 32],
    spaces: BTreeMap<SpaceId, Space>,
    devices: BTreeMap<DeviceId, Registered>,
    invites: BTreeMap<InviteId, Invite>,
    passes: BTreeMap<PassId, Pass>,
    quota: Quota,
}

#[derive(Clone)]
struct Space {
    incarnation: Incarnation,
    /// The bytes of the log's chunks.
    bytes: u64,
    log: Vec<Entry>,
    seqs: BTreeMap<ChunkId, u64>,
    members: BTreeSet<DeviceId>,
    /// The newest whole checkpoint, and what devices are bringing of newer ones, by page.
    checkpoint: BTreeMap<u32, CheckpointPage>,
    coming: BTreeMap<DeviceId, BTreeMap<u32, CheckpointPage>>,
}

#[derive(Clone)]
struct Entry {
    chunk: Arc<Chunk>,
    /// The place after this entry.
    place: RollingHash,
    /// Who brought it, which need not be who sealed it.
    by: DeviceId,
}

#[derive(Clone)]
struct Registered {
    token_hash: [u8; 32],
    created_at: Seconds,
    last_seen: Seconds,
    revoked_at: Option<Seconds>,
    brought: Brought,
}

#[derive(Clone)]
struct Invite {
    call: CreateInvite,
    expires_at: Seconds,
    used_by: BTreeSet<DeviceId>,
}

#[derive(Clone)]
struct Pass {
    pass: NewPass,
    used_for: BTreeSet<SpaceId>,
}

impl Memory {
    /// An empty memory whose logs have random names.
    pub fn new() -> Self {
        Self::seeded(random_bytes())
    }

    /// An empty memory in which a log's incarnation follows from the seed and the space.
    pub fn seeded(seed: [u8; 32]) -> Self {
        Self(Arc::new(Mutex::new(State {
            seed,
            spaces: BTreeMap::new(),
            devices: BTreeMap::new(),
            invites: BTreeMap::new(),
            passes: BTreeMap::new(),
            quota: Quota::default(),
        })))
    }

    /// The same memory, which from now on keeps only so much.
    #[must_use]
    pub fn with(self, quota: Quota) -> Self {
        self.state().quota = quota;
        self
    }

    /// A memory of its own with what this one holds now, as a backup would be.
    #[must_use]
    pub fn copy(&self) -> Self {
        Self(Arc::new(Mutex::new(self.state().clone())))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self::new()
    }
}

impl Storage for Memory {
    async fn device_by_token(&self, token_hash: [u8; 32]) -> Result<Option<Device>, Error> {
        let state = self.state();
        let found = state.devices.iter().find(|(_, device)| device.token_hash == token_hash);
        Ok(found.map(|(id, device)| Device {
            id: *id,
            revoked: device.revoked_at.is_some(),
            last_seen: device.last_seen,
        }))
    }

    async fn append(&self, device: DeviceId, chunks: Vec<Chunk>, now: Seconds) -> Result<Vec<Appended>, Error> {
        let mut state = self.state();
        let (quota, mut brought) = (state.quota, state.brought(&device, now));
        let kept = chunks.into_iter().map(|chunk| match state.space_of(chunk.header().space, &device) {
            Some(space) => space.keep(chunk, device, &quota, &mut brought),
            None => Appended::NotMember,
        });
        let kept = kept.collect();
        state.note_brought(&device, brought, now);
        Ok(kept)
    }

    async fn read(&self, device: DeviceId, questions: Vec<ReadFrom>, page: usize) -> Result<Vec<LogPage>, Error> {
        let (mut state, mut budget) = (self.state(), Budget::new(page));
        let pages = questions.iter().map(|question| match state.space_of(question.space, &device) {
            Some(space) => space.page(&device, question, &mut budget),
            None => LogPage::NotMember,
        });
        Ok(pages.collect())
    }

    async fn spaces_of(&self, device: DeviceId) -> Result<Vec<SpaceId>, Error> {
        let state = self.state();
        let of_device = state.spaces.iter().filter(|(_, space)| space.members.contains(&device));
        Ok(of_device.map(|(id, _)| *id).collect())
    }

    async fn create_space(&self, call: CreateSpace, now: Seconds) -> Result<Incarnation, Error> {
        let (mut state, device) = (self.state(), call.registration.device);
        let pass = state.passes.get(&call.pass).filter(|known| known.pass.auth_hash == auth_hash(&call.auth));
        let pass = pass.ok_or(Denial::PassUnknown)?;
        if let Some(space) = state.spaces.get(&call.space) {
            let incarnation = space.incarnation;
            if !space.members.contains(&device) {
                return Err(Denial::SpaceExists.into());
            }
            state.register(&call.registration, now)?;
            return Ok(incarnation);
        }
        let (uses, used) = (pass.pass.uses, pass.used_for.len());
        allow_one_more(now, pass.pass.expires_at, uses, used, [Denial::PassExpired, Denial::PassUsedUp])?;
        state.register(&call.registration, now)?;
        let incarnation = state.incarnation_of(&call.space);
        state.spaces.entry(call.space).or_insert_with(|| Space::new(incarnation)).members.insert(device);
        if let Some(pass) = state.passes.get_mut(&call.pass) {
            pass.used_for.insert(call.space);
        }
        Ok(incarnation)
    }

    async fn create_invite(&self, by: DeviceId, call: CreateInvite, now: Seconds) -> Result<Seconds, Error> {
        let mut state = self.state();
        state.space_of(call.space, &by).ok_or(Denial::NotMember)?;
        let mut brought = state.brought(&by, now);
        if !brought.takes(call.envelope.len(), &state.quota) {
            return Err(Denial::Full.into());
        }
        if !state.invites.contains_key(&call.invite) {
            state.note_brought(&by, brought, now);
        }
        let (space, auth_hash) = (call.space, call.auth_hash);
        let expires_at = now.saturating_add(call.expires_in_s);
        let new = Invite { call, expires_at, used_by: BTreeSet::new() };
        let kept = state.invites.entry(new.call.invite).or_insert(new);
        match kept.call.space == space && kept.call.auth_hash == auth_hash {
            true => Ok(kept.expires_at),
            false => Err(Denial::InviteTaken.into()),
        }
    }

    async fn join(&self, call: Join, now: Seconds) -> Result<Vec<u8>, Error> {
        let (mut state, device) = (self.state(), call.registration.device);
        let invite = state.invites.get(&call.invite).filter(|known| known.call.auth_hash == auth_hash(&call.auth));
        let invite = invite.ok_or(Denial::InviteUnknown)?;
        let (space, envelope) = (invite.call.space, invite.call.envelope.clone());
        if invite.used_by.contains(&device) {
            state.register(&call.registration, now)?;
            return Ok(envelope);
        }
        let (uses, used) = (invite.call.uses, invite.used_by.len());
        allow_one_more(now, invite.expires_at, uses, used, [Denial::InviteExpired, Denial::InviteUsedUp])?;
        state.register(&call.registration, now)?;
        if let Some(invite) = state.invites.get_mut(&call.invite) {
            invite.used_by.insert(device);
        }
        if let Some(space) = state.spaces.get_mut(&space) {
            space.members.insert(device);
        }
        Ok(envelope)
    }

    async fn admit(&self, spaces: Vec<SpaceId>, registration: Registration, now: Seconds) -> Result<(), Error> {
        let mut state = self.state();
        state.register(&registration, now)?;
        for space in spaces {
            let incarnation = state.incarnation_of(&space);
            let space = state.spaces.entry(space).or_insert_with(|| Space::new(incarnation));
            space.members.insert(registration.device);
        }
        Ok(())
    }

    async fn put_checkpoint(&self, by: DeviceId, call: PutCheckpoint) -> Result<(), Error> {
        let mut state = self.state();
        let quota = state.quota;
        let space = state.space_of(call.space, &by).ok_or(Denial::NotMember)?;
        let page = call.page;
        let entry = (page.seq as usize).checked_sub(1).and_then(|n| space.log.get(n));
        if entry.is_none_or(|entry| entry.place.hash != page.hash) {
            return Err(Denial::OtherLog.into());
        }
        if space.checkpoint.values().any(|kept| kept.seq >= page.seq) {
            return Ok(());
        }
        let (seq, pages) = (page.seq, page.pages);
        let coming = space.coming.entry(by).or_default();
        coming.retain(|_, other| (other.seq, other.pages) == (seq, pages));
        let mut kept = space.checkpoint_bytes();
        if !takes(&mut kept, page.chunk.len(), quota.space_bytes) {
            return Err(Denial::Full.into());
        }
        let coming = space.coming.entry(by).or_default();
        coming.entry(page.page).or_insert(page);
        if coming.len() == pages as usize {
            space.checkpoint = std::mem::take(coming);
            space.coming.retain(|_, pages| pages.values().any(|page| page.seq > seq));
        }
        Ok(())
    }

    async fn get_checkpoint(&self, device: DeviceId, call: GetCheckpoint) -> Result<Option<CheckpointPage>, Error> {
        let mut state = self.state();
        let space = state.space_of(call.space, &device).ok_or(Denial::NotMember)?;
        let page = space.checkpoint.get(&call.page);
        Ok(page.filter(|page| call.seq.is_none_or(|seq| seq == page.seq)).cloned())
    }

    async fn add_pass(&self, pass: NewPass, _: Seconds) -> Result<(), Error> {
        self.state().passes.entry(pass.pass).or_insert(Pass { pass, used_for: BTreeSet::new() });
        Ok(())
    }

    async fn check(&self) -> Result<(), Error> {
        Ok(())
    }
}

impl Upkeep for Memory {
    async fn devices(&self, space: Option<SpaceId>) -> Result<Vec<KnownDevice>, Error> {
        let state = self.state();
        let in_space = |id: &DeviceId, space| state.spaces.get(&space).is_some_and(|space| space.members.contains(id));
        let chosen = state.devices.iter().filter(|(id, _)| space.is_none_or(|space| in_space(id, space)));
        let mut known: Vec<_> = chosen.map(|(id, device)| device.seen(*id, &state.spaces)).collect();
        known.sort_by_key(|device| (std::cmp::Reverse(device.last_seen), device.id));
        Ok(known)
    }

    async fn revoke(&self, device: DeviceId, now: Seconds) -> Result<bool, Error> {
        let mut state = self.state();
        let known = state.devices.get_mut(&device);
        Ok(known.map(|device| _ = device.revoked_at.get_or_insert(now)).is_some())
    }

    async fn revoked_since(&self, since: Seconds) -> Result<Vec<DeviceId>, Error> {
        let state = self.state();
        let revoked = state.devices.iter().filter(|(_, device)| device.revoked_at.is_some_and(|at| at >= since));
        Ok(revoked.map(|(id, _)| *id).collect())
    }

    async fn size(&self) -> Result<u64, Error> {
        Ok(self.state().spaces.values().map(|space| space.bytes + space.checkpoint_bytes()).sum())
    }
}

impl Registered {
    fn seen(&self, id: DeviceId, spaces: &BTreeMap<SpaceId, Space>) -> KnownDevice {
        let spaces = spaces.values().filter(|space| space.members.contains(&id)).count() as u32;
        KnownDevice { id, created_at: self.created_at, last_seen: self.last_seen, revoked_at: self.revoked_at, spaces }
    }
}

impl State {
    /// The space, for a member.
    fn space_of(&mut self, space: SpaceId, device: &DeviceId) -> Option<&mut Space> {
        self.spaces.get_mut(&space).filter(|space| space.members.contains(device))
    }

    fn incarnation_of(&self, space: &SpaceId) -> Incarnation {
        let mut hasher = blake3::Hasher::new_keyed(&self.seed);
        hasher.update(&space.0);
        let mut bytes = [0; Incarnation::LEN];
        hasher.finalize_xof().fill(&mut bytes);
        Incarnation(bytes)
    }

    /// Makes a device known; a new token in place of an old one is its own wish.
    fn register(&mut self, call: &Registration, now: Seconds) -> Result<(), Denial> {
        if self.devices.get(&call.device).is_some_and(|device| device.revoked_at.is_some()) {
            return Err(Denial::DeviceRevoked);
        }
        let mut others = self.devices.iter().filter(|(id, _)| **id != call.device);
        if others.any(|(_, other)| other.token_hash == call.token_hash) {
            return Err(Denial::TokenTaken);
        }
        let device = self.devices.entry(call.device);
        let new = Registered {
            token_hash: call.token_hash,
            created_at: now,
            last_seen: now,
            revoked_at: None,
            brought: Brought::default(),
        };
        device.or_insert(new).token_hash = call.token_hash;
        Ok(())
    }

    /// What a device has brought today.
    fn brought(&self, device: &DeviceId, now: Seconds) -> Brought {
        let brought = self.devices.get(device).map(|device| device.brought);
        brought.unwrap_or_default().on_the_day_of(now)
    }

    fn note_brought(&mut self, device: &DeviceId, brought: Brought, now: Seconds) {
        if let Some(device) = self.devices.get_mut(device) {
            device.last_seen = device.last_seen.max(now);
            device.brought = brought;
        }
    }
}

impl Space {
    fn new(incarnation: Incarnation) -> Self {
        Self {
            incarnation,
            bytes: 0,
            log: Vec::new(),
            seqs: BTreeMap::new(),
            members: BTreeSet::new(),
            checkpoint: BTreeMap::new(),
            coming: BTreeMap::new(),
        }
    }

    /// The bytes of all pages that are kept or coming.
    fn checkpoint_bytes(&self) -> u64 {
        let coming = self.coming.values().flat_map(BTreeMap::values);
        self.checkpoint.values().chain(coming).map(|page| page.chunk.len() as u64).sum()
    }

    fn start(&self) -> RollingHash {
        RollingHash::start(&self.incarnation)
    }

    fn head(&self) -> RollingHash {
        self.log.last().map_or_else(|| self.start(), |entry| entry.place)
    }

    /// Keeps a chunk under the next number, unless it is there already or there is no room.
    fn keep(&mut self, chunk: Chunk, by: DeviceId, quota: &Quota, brought: &mut Brought) -> Appended {
        let place = self.head().then(&chunk.id());
        if let Some(seq) = self.seqs.get(&chunk.id()) {
            return Appended::Known(*seq);
        }
        let (size, mut bytes) = (chunk.bytes().len(), self.bytes);
        if !takes(&mut bytes, size, quota.space_bytes) || !brought.takes(size, quota) {
            return Appended::Full;
        }
        self.bytes = bytes;
        self.seqs.insert(chunk.id(), place.seq);
        self.log.push(Entry { chunk: Arc::new(chunk), place, by });
        Appended::Kept(place.seq)
    }

    /// The place after so many entries.
    fn place_at(&self, seq: u64) -> Option<RollingHash> {
        match usize::try_from(seq).ok()?.checked_sub(1) {
            None => Some(self.start()),
            Some(last) => self.log.get(last).map(|entry| entry.place),
        }
    }

    fn page(&self, device: &DeviceId, question: &ReadFrom, budget: &mut Budget) -> LogPage {
        let is_new = question.place == RollingHash::NONE;
        if !is_new && self.place_at(question.place.seq) != Some(question.place) {
            return LogPage::OtherLog(self.incarnation);
        }
        let (head, mut left) = (self.head(), question.max_bytes);
        let next = self.log.iter().skip(question.place.seq as usize);
        let mut pulls = Vec::new();
        for entry in next {
            let id = entry.chunk.id();
            let bare = (!question.whole && entry.by == *device) || question.held.contains(&id.fingerprint());
            let later = !bare && question.later && entry.chunk.header().lane.waits();
            if !budget.take(if bare || later { 0 } else { entry.chunk.bytes().len() }, &mut left) {
                break;
            }
            let body = match (bare, later) {
                (true, _) => PullBody::Id(id),
                (_, true) => PullBody::Later(id),
                _ => PullBody::Bytes(entry.chunk.bytes().to_vec()),
            };
            pulls.push(Pull { seq: entry.place.seq, body });
        }
        let reached = pulls.last().map_or(question.place.seq, |pull| pull.seq);
        LogPage::Entries {
            welcome: is_new.then_some(Welcome { incarnation: self.incarnation, head }),
            pulls,
            more: (reached < head.seq).then_some(head.seq),
            wants: self.wants(question),
        }
    }

    /// What was offered and is not in the log, in the order of the ids.
    fn wants(&self, question: &ReadFrom) -> Vec<Fingerprint> {
        let mut wants: Vec<_> = question.held.iter().filter(|offered| !self.has(offered)).copied().collect();
        wants.sort_unstable();
        wants
    }

    fn has(&self, fingerprint: &Fingerprint) -> bool {
        let mut from = [0; ChunkId::LEN];
        from[..Fingerprint::LEN].copy_from_slice(&fingerprint.0);
        self.seqs.range(ChunkId(from)..).next().is_some_and(|(id, _)| id.fingerprint() == *fingerprint)
    }
}

fn allow_one_more(
    now: Seconds,
    end: Seconds,
    uses: u32,
    used: usize,
    [late, used_up]: [Denial; 2],
) -> Result<(), Denial> {
    if now >= end {
        Err(late)
    } else if used >= uses as usize {
        Err(used_up)
    } else {
        Ok(())
    }
}
