//! A hamlet's eight devices as a relay sees them: registered over its real calls, with evenings of work sealed
//! ahead, and a reader's eye for every answer.

use std::collections::HashSet;
use std::time::Instant;

use futures_util::future::join_all;
use tungnha_protocol::chunk::{SealInput, seal};
use tungnha_protocol::frames::{Hello, Push, Request, Response, SpaceAnswer};
use tungnha_protocol::wire::auth_hash;
use tungnha_protocol::wire::{
    Body, CreateInvite, CreateSpace, InviteCreated, Join, Joined, Registration, SpaceCreated,
};
use tungnha_protocol::{
    Chunk, ChunkId, DeviceKey, Envelope, Invite, Kind, Lane, Pass, RollingHash, SpaceId, SpaceKey, random_bytes,
};

use super::line::Line;

const WEEK: u64 = 7 * 24 * 60 * 60;

/// A team of devices with one space at the relay.
pub struct Hamlet {
    devices: Vec<Device>,
    /// What is sealed and not sent, the evening that comes next at the end: a chunk for each device.
    evenings: Vec<Vec<Chunk>>,
}

/// A device, and how far it has read the log.
pub struct Device {
    key: DeviceKey,
    token: [u8; 32],
    space: SpaceId,
    place: RollingHash,
}

impl Hamlet {
    /// Opens a space with the pass and lets a device in for each of the lengths: those of the chunks that each
    /// evening brings.
    pub async fn gather(line: &mut Line, pass: &Pass, lengths: &[usize], evenings: usize) -> Self {
        let (mut lead, key) = (Device::opens(line, pass).await, SpaceKey::random());
        let invite = lead.invites(line, pass, &key, lengths.len()).await;
        let mut devices = vec![lead];
        for _ in 1..lengths.len() {
            devices.push(Device::joins(line, &invite, devices[0].space).await);
        }
        for device in &mut devices {
            device.greets(line).await;
        }
        let evening = || devices.iter().zip(lengths).map(|(device, length)| device.seals(&key, *length)).collect();
        let evenings = (0..evenings).map(|_| evening()).collect();
        Self { devices, evenings }
    }

    /// All devices at once send what they have of this evening; whoever was too early for what others sent asks
    /// once more. How long each exchange took, in milliseconds.
    pub async fn meets(&mut self, lines: &mut [Line]) -> Vec<f64> {
        let evening = self.evenings.pop().expect("an evening is left");
        let ids: HashSet<ChunkId> = evening.iter().map(Chunk::id).collect();
        let end = self.devices[0].place.seq + ids.len() as u64;
        let sent = self.devices.iter_mut().zip(lines.iter_mut()).zip(evening);
        let mut took = join_all(sent.map(|((device, line), chunk)| device.exchanges(line, Some(chunk), &ids))).await;
        let behind = self.devices.iter_mut().zip(lines).filter(|(device, _)| device.place.seq < end);
        took.extend(join_all(behind.map(|(device, line)| device.exchanges(line, None, &ids))).await);
        self.agrees_on(end);
        took
    }

    /// Everybody has read as many entries as there are. Each was one of the evening's, under the number that
    /// it has for all others: so nobody lacks one.
    fn agrees_on(&self, end: u64) {
        let place = self.devices[0].place;
        assert_eq!(place.seq, end, "an evening is in the log, all of it and nothing else");
        assert!(self.devices.iter().all(|device| device.place == place), "all devices have read the same log");
    }
}

impl Device {
    /// A device that opens a space of its own with a pass.
    pub async fn opens(line: &mut Line, pass: &Pass) -> Self {
        let device = Self::new(SpaceId(random_bytes()));
        let (pass, auth) = (pass.id(), pass.auth());
        let call = CreateSpace { pass, auth, space: device.space, registration: device.registers(&pass.0) };
        let made = line.post("/v1/spaces", None, &call.to_bytes()).await.unwrap();
        SpaceCreated::from_bytes(made).unwrap();
        device
    }

    fn new(space: SpaceId) -> Self {
        Self { key: DeviceKey::random(), token: random_bytes(), space, place: RollingHash::NONE }
    }

    fn registers(&self, ticket: &[u8; 8]) -> Registration {
        Registration::sign(&self.key, ticket, &self.token)
    }

    async fn invites(&mut self, line: &mut Line, pass: &Pass, key: &SpaceKey, uses: usize) -> Invite {
        let invite = Invite::new(pass.relay().clone(), random_bytes());
        let envelope =
            Envelope { space: self.space, name: "Tổ CNSCĐ bản Pa Cốp".into(), keyring: vec![key.clone()] };
        let call = CreateInvite {
            space: self.space,
            invite: invite.id(),
            auth_hash: auth_hash(&invite.auth()),
            envelope: invite.seal(&envelope, random_bytes()),
            uses: uses as u32,
            expires_in_s: WEEK,
        };
        let kept = line.post("/v1/invites", Some(&self.token), &call.to_bytes()).await.unwrap();
        InviteCreated::from_bytes(kept).unwrap();
        invite
    }

    async fn joins(line: &mut Line, invite: &Invite, space: SpaceId) -> Self {
        let device = Self::new(space);
        let (id, auth) = (invite.id(), invite.auth());
        let call = Join { invite: id, auth, registration: device.registers(&id.0) };
        let joined = line.post("/v1/join", None, &call.to_bytes()).await.unwrap();
        assert_eq!(invite.open(&Joined::from_bytes(joined).unwrap().envelope).unwrap().space, space);
        device
    }

    /// Asks which log this is.
    pub async fn greets(&mut self, line: &mut Line) {
        let answer = self.asks(line, None).await;
        let welcome = answer.welcome.expect("a device without a cursor is welcomed");
        self.place = RollingHash::start(&welcome.incarnation);
    }

    /// An evening's chunk of this length. A relay cannot tell what is inside.
    fn seals(&self, key: &SpaceKey, length: usize) -> Chunk {
        let plaintext = vec![7; length - tungnha_protocol::chunk::OVERHEAD];
        seal(SealInput {
            kind: Kind::Data,
            lane: Lane::Records,
            space: self.space,
            key,
            device: &self.key,
            nonce: random_bytes(),
            plaintext: &plaintext,
        })
        .unwrap()
    }

    /// One exchange, looked through; how long it took, in milliseconds.
    async fn exchanges(&mut self, line: &mut Line, chunk: Option<Chunk>, evening: &HashSet<ChunkId>) -> f64 {
        let (start, brought) = (Instant::now(), chunk.as_ref().map(Chunk::id));
        let answer = self.asks(line, chunk).await;
        let took = start.elapsed().as_secs_f64() * 1000.0;
        self.takes(&answer, brought, evening);
        took
    }

    async fn asks(&self, line: &mut Line, chunk: Option<Chunk>) -> SpaceAnswer {
        let pushes = chunk.map(|chunk| Push { space_index: 0, bytes: chunk.into_bytes() }).into_iter().collect();
        let request = Request { hellos: vec![Hello::at(self.space, self.place)], pushes, offers: Vec::new() };
        let answer = line.post("/v1/sync", Some(&self.token), &request.encode()).await.unwrap();
        Response::decode(answer, 1).unwrap().spaces.remove(0)
    }

    /// What was brought is acknowledged and among what comes; all that comes is of this evening, under the next
    /// numbers; and nothing is left.
    fn takes(&mut self, answer: &SpaceAnswer, brought: Option<ChunkId>, evening: &HashSet<ChunkId>) {
        assert_eq!(answer.acks.iter().map(|ack| ack.id).collect::<Vec<_>>(), Vec::from_iter(brought));
        assert!(answer.refused.is_empty() && answer.rewind.is_none() && answer.more.is_none(), "{answer:?}");
        let pulled: Vec<ChunkId> = answer.pulls.iter().map(|pull| pull.id()).collect();
        assert!(brought.is_none_or(|id| pulled.contains(&id)), "what was brought is in the log");
        for (pull, id) in answer.pulls.iter().zip(pulled) {
            assert!(evening.contains(&id), "bytes that nobody sealed");
            self.place = self.place.then(&id);
            assert_eq!(pull.seq, self.place.seq, "a gap in the log");
        }
    }
}
