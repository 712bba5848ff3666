//! One transaction over documents: every edited document brings its change, its saved
//! bytes and its rows along.

use automerge::ActorId;
use rusqlite::Connection;
use tungnha_protocol::keys::DeviceKey;

use super::Touched;
use crate::doc::{Doc, Edit, Scalar};
use crate::domain::{HouseholdId, SpaceId};
use crate::error::{Error, Result};
use crate::projection::{self, merged};
use crate::store::changes;
use crate::store::documents::{self, DocId};

/// An open transaction on the documents of one space.
pub struct Batch<'a> {
    db: &'a Connection,
    space: SpaceId,
    device: &'a DeviceKey,
    actor: ActorId,
    by: &'a str,
    at_ms: i64,
    touched: Touched,
}

impl<'a> Batch<'a> {
    pub(super) fn new(
        db: &'a Connection,
        space: SpaceId,
        device: &'a DeviceKey,
        actor: ActorId,
        by: &'a str,
        at_ms: i64,
    ) -> Self {
        Self { db, space, device, actor, by, at_ms, touched: Touched::default() }
    }

    pub(super) fn touched(self) -> Touched {
        self.touched
    }

    /// The database inside the transaction, for what belongs to the same write.
    pub fn db(&self) -> &Connection {
        self.db
    }

    /// The space that is written to.
    pub fn space(&self) -> SpaceId {
        self.space
    }

    /// This device's signing key.
    pub fn device(&self) -> &DeviceKey {
        self.device
    }

    /// The moment of this write.
    pub fn at_ms(&self) -> i64 {
        self.at_ms
    }

    /// Edits the space's document.
    pub fn edit_space(&mut self, edit: impl FnOnce(&mut Edit<'_, '_>)) -> Result<bool> {
        let id = *self.space.bytes();
        let (actor, by, at_ms) = (self.actor.clone(), self.by, self.at_ms);
        self.edit(&id, &actor, by, at_ms, edit)
    }

    /// Edits a household's document that must be there.
    pub fn edit_household(&mut self, id: HouseholdId, edit: impl FnOnce(&mut Edit<'_, '_>)) -> Result<bool> {
        if !documents::exists(self.db, id.bytes())? {
            return Err(Error::not_found("household"));
        }
        self.put_household(id, edit)
    }

    /// Edits every document of the household that this one is shown in: they are one, and say one thing.
    pub fn edit_whole(&mut self, id: HouseholdId, edit: impl Fn(&mut Edit<'_, '_>)) -> Result<()> {
        for part in merged::parts(self.db, self.space, id)? {
            self.put_household(part, &edit)?;
        }
        Ok(())
    }

    /// Edits a household's document, making it if need be.
    pub fn put_household(&mut self, id: HouseholdId, edit: impl FnOnce(&mut Edit<'_, '_>)) -> Result<bool> {
        let (actor, by, at_ms) = (self.actor.clone(), self.by, self.at_ms);
        self.edit(id.bytes(), &actor, by, at_ms, edit)
    }

    /// Writes a new household as a list has it. Everything about this change follows from
    /// `by` (the import) and what is written, its actor and time too: two devices that
    /// import the same list make the same change, byte for byte, and nothing crosses.
    pub fn found_household(&mut self, id: HouseholdId, by: &str, writes: &[(String, Scalar)]) -> Result<bool> {
        let mut digest = blake3::Hasher::new_derive_key("tungnha 2026 list change");
        digest.update(self.space.bytes()).update(id.bytes()).update(by.as_bytes());
        for (key, value) in writes {
            digest.update(format!("\u{1e}{key}\u{1f}{value:?}").as_bytes());
        }
        let actor = ActorId::from(digest.finalize().as_bytes().get(..16).unwrap_or_default());
        self.edit(id.bytes(), &actor, by, 0, |edit| writes.iter().for_each(|(key, value)| edit.set(key, value)))
    }

    /// Adds to a household what a list knows and the household lacks, in the list's name.
    pub fn complete_household(
        &mut self,
        id: HouseholdId,
        by: &str,
        edit: impl FnOnce(&mut Edit<'_, '_>),
    ) -> Result<bool> {
        let (actor, at_ms) = (self.actor.clone(), self.at_ms);
        self.edit(id.bytes(), &actor, by, at_ms, edit)
    }

    fn edit(
        &mut self,
        id: &DocId,
        actor: &ActorId,
        by: &str,
        at_ms: i64,
        edit: impl FnOnce(&mut Edit<'_, '_>),
    ) -> Result<bool> {
        let mut doc = documents::load(self.db, self.space, id)?;
        let Some(change) = doc.write(actor, by, at_ms, edit)? else { return Ok(false) };
        changes::insert_own(self.db, self.space, id, &change)?;
        self.keep(id, &doc)?;
        Ok(true)
    }

    /// Keeps a document that has changed, and its rows.
    pub fn keep(&mut self, id: &DocId, doc: &Doc) -> Result<()> {
        documents::save(self.db, self.space, id, doc)?;
        self.touched.households.extend(projection::project(self.db, self.space, id, doc)?);
        self.touched.space |= id == self.space.bytes();
        Ok(())
    }
}
