//! Somebody's tablet: its keys, its store, the conversation that it is in.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use automerge::ActorId;
use tungnha_core::domain::SpaceId;
use tungnha_core::sync::fold::Hash;
use tungnha_protocol::ids::{ChunkId, DocId};
use tungnha_protocol::keys::{DeviceKey, SpaceKey};

use super::breakage::Mischief;
use super::files::HandedOver;
use super::ledger::Digest;
use super::session::Session;
use super::store::Store;
use crate::Chance;

/// What makes a device this device; a clone has the same.
pub struct Identity {
    /// Its name in the story.
    pub name: String,
    /// What it signs with.
    pub key: DeviceKey,
    /// Its token at each relay.
    pub tokens: Vec<[u8; 32]>,
    /// Its notebooks and their keyrings.
    pub keys: BTreeMap<SpaceId, Vec<SpaceKey>>,
}

impl Identity {
    /// A space's keyring, oldest first.
    pub fn keys(&self, space: SpaceId) -> &[SpaceKey] {
        self.keys.get(&space).map(Vec::as_slice).unwrap_or_default()
    }
}

/// A device.
pub struct Device {
    /// Who it is.
    pub identity: Rc<Identity>,
    /// The relays that it knows, by number from 0.
    pub relays: Vec<usize>,
    /// What it keeps.
    pub store: Store,
    /// What it shows.
    pub mirror: Mirror,
    /// Copies of both from earlier.
    pub copies: Vec<(Store, Mirror)>,
    /// What it has handed over in whole files.
    pub handed_over: HandedOver,
    /// Random, for this process only.
    pub actor: ActorId,
    /// How wrong its clock is, in milliseconds.
    pub clock_off: i64,
    /// Is new in the team: it meets somebody before it writes.
    pub newcomer: bool,
    /// Has the app of a later version.
    pub later: bool,
    /// Steps until it crashes.
    pub crash_in: Cell<Option<u32>>,
    /// The conversation that it is in.
    pub session: Option<Session>,
    /// What goes wrong on purpose.
    pub mischief: Mischief,
}

impl Device {
    /// The process ends and starts again.
    pub fn start_again(&mut self, chance: &mut Chance) {
        self.crash_in.set(None);
        self.session = None;
        self.actor = ActorId::from(chance.bytes::<16>());
        self.store.start_again();
    }

    /// Its notebooks.
    pub fn spaces(&self) -> Vec<SpaceId> {
        self.identity.keys.keys().copied().collect()
    }
}

/// What a device holds and shows, followed from outside.
#[derive(Clone, Default)]
pub struct Mirror(BTreeMap<SpaceId, Mirrored>);

/// What it holds and shows of one space.
#[derive(Clone, Default)]
pub struct Mirrored {
    chunks: Digest,
    /// The changes that a checkpoint brought and no chunk yet.
    pub unfilled: BTreeSet<(DocId, Hash)>,
    /// What each document shows.
    pub docs: BTreeMap<DocId, Digest>,
}

impl Mirror {
    /// Of one space.
    pub fn of(&self, space: SpaceId) -> Mirrored {
        self.0.get(&space).cloned().unwrap_or_default()
    }

    /// It is like this now.
    pub fn set(&mut self, space: SpaceId, mirrored: Mirrored) {
        self.0.insert(space, mirrored);
    }
}

impl Mirrored {
    /// A chunk more.
    pub fn add_chunk(&mut self, id: &ChunkId) {
        self.chunks.iter_mut().zip(id.0).for_each(|(all, one)| *all ^= one);
    }

    /// A hash of all chunks and of the changes that no chunk holds yet, or none that is here.
    pub fn holds(&self, mut waiting: Vec<(DocId, Hash)>) -> Digest {
        waiting.extend(&self.unfilled);
        waiting.sort_unstable();
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.chunks);
        for (doc, hash) in waiting {
            hasher.update(&doc.0).update(&hash);
        }
        *hasher.finalize().as_bytes()
    }

    /// A hash of all that is shown.
    pub fn shows(&self) -> Digest {
        let mut hasher = blake3::Hasher::new();
        for (doc, shown) in &self.docs {
            hasher.update(&doc.0).update(shown);
        }
        *hasher.finalize().as_bytes()
    }
}
