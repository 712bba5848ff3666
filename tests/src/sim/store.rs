//! A device's store, of one of two kinds: in memory, or the app's own notebook on SQLite.

use std::collections::{BTreeMap, BTreeSet};

use tungnha_core::doc::{Change, Doc};
use tungnha_core::domain::SpaceId;
use tungnha_core::error::Result;
use tungnha_core::sync::fold::Hash;
use tungnha_core::sync::rows::Rows;
use tungnha_protocol::ids::{ChunkId, DocId};

use super::memory::Tables;
use super::sqlite::OnDisk;

/// Where devices and relays of a simulation keep what they have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreKind {
    /// In memory: fast.
    Memory,
    /// In real SQLite files.
    Sqlite,
}

/// What a device keeps.
pub enum Store {
    /// In memory.
    Memory(Tables),
    /// In the app's notebook.
    Sqlite(Box<OnDisk>),
}

/// All that a store keeps of a space, for those who check.
pub struct View {
    /// Every chunk.
    pub chunks: BTreeMap<ChunkId, Vec<u8>>,
    /// The bytes of every change that no chunk holds yet, with its document.
    pub unsealed: Vec<(DocId, Vec<u8>)>,
    /// Every change that a checkpoint brought and no chunk yet, with its document.
    pub unfilled: BTreeSet<(DocId, Hash)>,
    /// Every change that is accounted for, with its document.
    pub changes: BTreeSet<(DocId, Hash)>,
    /// Every photo, by its hash.
    pub photos: BTreeSet<Hash>,
    /// What waits.
    pub quarantine: BTreeSet<ChunkId>,
    /// Saved documents.
    pub docs: BTreeMap<DocId, Vec<u8>>,
}

impl Store {
    /// Runs `work` on the rows of one space: all that it wrote is kept, or nothing of it.
    pub fn transact<T>(&mut self, space: SpaceId, work: impl FnOnce(&mut dyn Rows) -> Result<T>) -> Result<T> {
        match self {
            Self::Memory(tables) => tables.transact(space, work),
            Self::Sqlite(notebook) => notebook.transact(space, work),
        }
    }

    /// One write: what `edit` makes of the document, if it makes anything.
    pub fn write(
        &mut self,
        space: SpaceId,
        doc: &DocId,
        edit: impl FnOnce(&mut Doc) -> Result<Option<Change>>,
    ) -> Result<Option<(Change, Doc)>> {
        match self {
            Self::Memory(tables) => {
                let mut content = tables.load(doc)?;
                let Some(change) = edit(&mut content)? else { return Ok(None) };
                tables.write(space, doc, &change, &content);
                Ok(Some((change, content)))
            }
            Self::Sqlite(notebook) => notebook.write(space, doc, edit),
        }
    }

    /// Keeps a photo that a visit shows; the visit is saved after it.
    pub fn take_photo(&mut self, space: SpaceId, jpeg: &[u8]) -> Result<()> {
        match self {
            Self::Memory(tables) => {
                tables.take_photo(space, jpeg);
                Ok(())
            }
            Self::Sqlite(notebook) => notebook.take_photo(space, jpeg),
        }
    }

    /// Another store with the same content.
    pub fn copy(&mut self) -> Self {
        match self {
            Self::Memory(tables) => Self::Memory(tables.clone()),
            Self::Sqlite(notebook) => Self::Sqlite(Box::new(notebook.copy())),
        }
    }

    /// The process ended, in whatever order, and starts again.
    pub fn start_again(&mut self) {
        match self {
            Self::Memory(_) => {}
            Self::Sqlite(notebook) => notebook.start_again(),
        }
    }

    /// All that is kept of a space.
    pub fn view(&self, space: SpaceId) -> View {
        match self {
            Self::Memory(tables) => tables.view(space),
            Self::Sqlite(notebook) => notebook.view(space),
        }
    }

    /// What a relay is believed to keep of a space, and under which numbers.
    pub fn arrivals(&self, relay: i64, space: SpaceId) -> Vec<(ChunkId, u64)> {
        match self {
            Self::Memory(tables) => tables.arrivals(relay, space),
            Self::Sqlite(notebook) => notebook.arrivals(relay, space),
        }
    }

    /// Which household each is shown in and, where it is shown, with which visits; nothing where only documents
    /// are kept.
    pub fn shown(&self, space: SpaceId) -> Option<BTreeMap<DocId, (DocId, BTreeSet<DocId>)>> {
        match self {
            Self::Memory(_) => None,
            Self::Sqlite(notebook) => Some(notebook.shown(space)),
        }
    }

    /// What the store's own check finds wrong.
    pub fn problems(&mut self) -> Vec<String> {
        match self {
            Self::Memory(_) => Vec::new(),
            Self::Sqlite(notebook) => notebook.problems(),
        }
    }
}
