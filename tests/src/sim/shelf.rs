//! A relay's storage in the simulator: in memory or in SQLite, with a crash at any step.

use std::cell::RefCell;
use std::future::Future;
use std::sync::{Arc, Mutex};

use tempfile::TempDir;
use tungnha_core::domain::SpaceId;
use tungnha_protocol::chunk::Chunk;
use tungnha_protocol::ids::{ChunkId, DeviceId, Incarnation, SpaceId as WireSpace};
use tungnha_protocol::wire::{
    CheckpointPage, CreateInvite, CreateSpace, GetCheckpoint, Join, PutCheckpoint, Registration,
};
use tungnha_relay::storage::memory::Memory;
use tungnha_relay::storage::sqlite::Sqlite;
use tungnha_relay::storage::{Appended, Device, LogPage, NewPass, ReadFrom, Seconds, Storage, StorageError};

use super::breakage::Breakage;
use super::sqlite::{copy_of, folder};
use super::store::StoreKind;

thread_local! {
    static RUNTIME: RefCell<tokio::runtime::Runtime> =
        RefCell::new(tokio::runtime::Builder::new_current_thread().build().unwrap());
}

/// What comes of it, at once: nobody else runs on this thread.
pub(super) fn wait<T>(future: impl Future<Output = T>) -> T {
    RUNTIME.with_borrow(|runtime| runtime.block_on(future))
}

/// A storage that crashes after so many steps.
#[derive(Clone)]
pub struct Shelf {
    pub(super) kept: Kept,
    notes: Arc<Mutex<Notes>>,
    pub(super) breakage: Option<Breakage>,
}

#[derive(Default)]
struct Notes {
    /// Steps until it crashes.
    crash_in: Option<u32>,
    /// What was committed since somebody last looked.
    committed: Vec<Committed>,
    appends: u32,
}

/// A chunk that a log holds under a number from now on.
#[derive(Clone, Copy)]
pub struct Committed {
    /// Whose log.
    pub space: SpaceId,
    /// The number.
    pub seq: u64,
    /// The chunk.
    pub id: ChunkId,
}

/// What a relay's storage is.
#[derive(Clone)]
pub(super) enum Kept {
    Memory(Memory),
    Sqlite(Sqlite, Arc<TempDir>),
}

impl Shelf {
    pub(super) fn new(kind: StoreKind, seed: [u8; 32], breakage: Option<Breakage>) -> Self {
        let kept = match kind {
            StoreKind::Memory => Kept::Memory(Memory::seeded(seed)),
            StoreKind::Sqlite => open(folder()),
        };
        Self { kept, notes: Arc::default(), breakage }
    }

    /// Another storage with the same content.
    pub fn copy(&mut self) -> Self {
        let kept = match &self.kept {
            Kept::Memory(memory) => Kept::Memory(memory.copy()),
            Kept::Sqlite(_, folder) => {
                let folder = folder.clone();
                // Closed first, so that the file is whole.
                self.kept = Kept::Memory(Memory::seeded([0; 32]));
                let copy = copy_of(folder.path());
                self.kept = Kept::Sqlite(Sqlite::open(&folder.path().join("relay.db")).unwrap(), folder);
                open(copy)
            }
        };
        Self { kept, notes: Arc::default(), breakage: self.breakage }
    }

    /// The process ends and starts again.
    pub fn start_again(&mut self) {
        self.notes.lock().unwrap().crash_in = None;
        if let Kept::Sqlite(_, folder) = &self.kept {
            let folder = folder.clone();
            self.kept = Kept::Memory(Memory::seeded([0; 32]));
            self.kept = Kept::Sqlite(Sqlite::open(&folder.path().join("relay.db")).unwrap(), folder);
        }
    }

    /// Crashes after so many steps.
    pub fn crash_in(&self, steps: u32) {
        self.notes.lock().unwrap().crash_in = Some(steps);
    }

    /// What was committed since this was last asked.
    pub fn committed(&self) -> Vec<Committed> {
        std::mem::take(&mut self.notes.lock().unwrap().committed)
    }

    fn step(&self) -> Result<(), StorageError> {
        let mut notes = self.notes.lock().unwrap();
        let crashes = notes.crash_in == Some(0);
        notes.crash_in = notes.crash_in.map(|steps| steps.saturating_sub(1));
        if crashes { Err(StorageError::Failed("crash".into())) } else { Ok(()) }
    }

    /// The bug of acknowledging what is not kept shows now.
    fn lies(&self) -> bool {
        let mut notes = self.notes.lock().unwrap();
        notes.appends += 1;
        self.breakage == Some(Breakage::AckBeforeCommit) && notes.appends.is_multiple_of(5)
    }
}

fn open(folder: TempDir) -> Kept {
    Kept::Sqlite(Sqlite::open(&folder.path().join("relay.db")).unwrap(), Arc::new(folder))
}

macro_rules! on {
    ($shelf:expr, $storage:ident => $call:expr) => {
        match &$shelf.kept {
            Kept::Memory($storage) => $call.await,
            Kept::Sqlite($storage, _) => $call.await,
        }
    };
}

pub(super) use on;

impl Storage for Shelf {
    async fn device_by_token(&self, token_hash: [u8; 32]) -> Result<Option<Device>, StorageError> {
        self.step()?;
        on!(self, kept => kept.device_by_token(token_hash))
    }

    async fn append(&self, device: DeviceId, chunks: Vec<Chunk>, now: Seconds) -> Result<Vec<Appended>, StorageError> {
        self.step()?;
        let names: Vec<_> = chunks.iter().map(|chunk| (chunk.header().space, chunk.id())).collect();
        let appended = match &self.kept {
            Kept::Memory(memory) if self.lies() => memory.copy().append(device, chunks, now).await?,
            _ => {
                let appended = on!(self, kept => kept.append(device, chunks, now))?;
                let committed = names.into_iter().zip(&appended).filter_map(|((space, id), outcome)| match outcome {
                    Appended::Kept(seq) | Appended::Known(seq) => {
                        Some(Committed { space: SpaceId(space.into()), seq: *seq, id })
                    }
                    Appended::NotMember | Appended::Full => None,
                });
                self.notes.lock().unwrap().committed.extend(committed);
                appended
            }
        };
        self.step()?;
        Ok(appended)
    }

    async fn read(
        &self,
        device: DeviceId,
        questions: Vec<ReadFrom>,
        page: usize,
    ) -> Result<Vec<LogPage>, StorageError> {
        self.step()?;
        let pages = on!(self, kept => kept.read(device, questions, page));
        self.step()?;
        pages
    }

    async fn spaces_of(&self, device: DeviceId) -> Result<Vec<WireSpace>, StorageError> {
        on!(self, kept => kept.spaces_of(device))
    }

    async fn admit(
        &self,
        spaces: Vec<WireSpace>,
        registration: Registration,
        now: Seconds,
    ) -> Result<(), StorageError> {
        self.step()?;
        on!(self, kept => kept.admit(spaces, registration, now))?;
        self.step()
    }

    async fn put_checkpoint(&self, device: DeviceId, call: PutCheckpoint) -> Result<(), StorageError> {
        self.step()?;
        on!(self, kept => kept.put_checkpoint(device, call))?;
        self.step()
    }

    async fn get_checkpoint(
        &self,
        device: DeviceId,
        call: GetCheckpoint,
    ) -> Result<Option<CheckpointPage>, StorageError> {
        self.step()?;
        let page = on!(self, kept => kept.get_checkpoint(device, call));
        self.step()?;
        page
    }

    async fn create_space(&self, call: CreateSpace, now: Seconds) -> Result<Incarnation, StorageError> {
        on!(self, kept => kept.create_space(call, now))
    }

    async fn create_invite(&self, by: DeviceId, call: CreateInvite, now: Seconds) -> Result<Seconds, StorageError> {
        on!(self, kept => kept.create_invite(by, call, now))
    }

    async fn join(&self, call: Join, now: Seconds) -> Result<Vec<u8>, StorageError> {
        on!(self, kept => kept.join(call, now))
    }

    async fn add_pass(&self, pass: NewPass, now: Seconds) -> Result<(), StorageError> {
        on!(self, kept => kept.add_pass(pass, now))
    }

    async fn check(&self) -> Result<(), StorageError> {
        on!(self, kept => kept.check())
    }
}
