//! A flat document: reading its entries with what crossed, writing one change, and
//! taking in changes of others.

use automerge::legacy::{Key, OpType};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ChangeHash, ROOT, ReadDoc, ScalarValue};

use crate::error::{Error, Result};

/// The version of the key layout, written under `schema` once per document.
pub const SCHEMA: u64 = 1;

/// A value of one key.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// A text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// A packed value, such as a visit.
    Bytes(Vec<u8>),
    /// Cleared, or of a kind that this version does not use.
    Nothing,
}

impl Scalar {
    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The number, if it is one.
    pub fn int(&self) -> Option<i64> {
        if let Self::Int(n) = self { Some(*n) } else { None }
    }

    /// Whether it is a yes.
    pub fn is_true(&self) -> bool {
        *self == Self::Bool(true)
    }

    /// The packed bytes, if it has some.
    pub fn bytes(&self) -> Option<&[u8]> {
        if let Self::Bytes(bytes) = self { Some(bytes) } else { None }
    }

    fn read(value: &ScalarValue) -> Self {
        match value {
            ScalarValue::Str(text) => Self::Text(text.to_string()),
            ScalarValue::Int(n) => Self::Int(*n),
            ScalarValue::Uint(n) => i64::try_from(*n).map_or(Self::Nothing, Self::Int),
            ScalarValue::Boolean(b) => Self::Bool(*b),
            ScalarValue::Bytes(bytes) => Self::Bytes(bytes.clone()),
            _ => Self::Nothing,
        }
    }

    fn stored(&self) -> ScalarValue {
        match self {
            Self::Text(text) => ScalarValue::Str(text.as_str().into()),
            Self::Int(n) => ScalarValue::Int(*n),
            Self::Bool(b) => ScalarValue::Boolean(*b),
            Self::Bytes(bytes) => ScalarValue::Bytes(bytes.clone()),
            Self::Nothing => ScalarValue::Null,
        }
    }
}

impl From<&str> for Scalar {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// One of several values that were written to one key without knowledge of each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// The value.
    pub value: Scalar,
    /// The change that wrote it.
    pub change: ChangeHash,
    /// Who wrote it: the change's message, see [`Doc::write`].
    pub by: String,
    /// When, in milliseconds since 1970, by the writer's clock.
    pub at_ms: i64,
}

/// What stands under one key.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The value in force.
    pub value: Scalar,
    /// The change that wrote it.
    pub change: ChangeHash,
    /// All values that stand, the one in force first; empty unless they differ.
    pub crossed: Vec<Version>,
}

/// One value that was written at some time.
#[derive(Debug, Clone, PartialEq)]
pub struct Write {
    /// Under which key.
    pub key: String,
    /// The value, and who wrote it when.
    pub version: Version,
}

/// A change as it travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its hash, which names it.
    pub hash: ChangeHash,
    /// The changes that it builds on, in order.
    pub deps: Vec<[u8; 32]>,
    /// Its uncompressed bytes.
    pub bytes: Vec<u8>,
    /// Who wrote it.
    pub by: String,
    /// When, in milliseconds since 1970, by the writer's clock.
    pub at_ms: i64,
}

impl Change {
    /// A change that was parsed or written.
    pub fn of(change: &automerge::Change) -> Self {
        let mut deps: Vec<[u8; 32]> = change.deps().iter().map(|hash| hash.0).collect();
        deps.sort_unstable();
        Self {
            hash: change.hash(),
            deps,
            bytes: change.raw_bytes().to_vec(),
            by: change.message().unwrap_or_default().to_owned(),
            at_ms: change.timestamp().saturating_mul(1000),
        }
    }
}

/// A flat document in memory. It is loaded for one write or one read and thrown away;
/// a write that is not committed to the store leaves no trace.
pub struct Doc(Automerge);

/// Gathers the writes of one change. Writing what already stands writes nothing.
pub struct Edit<'a, 'b> {
    tx: &'a mut automerge::transaction::Transaction<'b>,
    failed: Option<automerge::AutomergeError>,
}

impl Edit<'_, '_> {
    /// Writes a value.
    pub fn set(&mut self, key: &str, value: &Scalar) {
        if self.failed.is_some() {
            return;
        }
        self.failed = self.put(key, &value.stored()).err();
    }

    /// What crossed is settled by writing, even if the value in force is the same. It is deleted first: Automerge
    /// would only delete the others then, and the choice would be lost beside one that was made at the same time.
    fn put(&mut self, key: &str, value: &ScalarValue) -> std::result::Result<(), automerge::AutomergeError> {
        let standing = self.tx.get_all(ROOT, key)?;
        match standing.as_slice() {
            [(found, _)] if found.as_scalar() == Some(value) => return Ok(()),
            [_, _, ..] => self.tx.delete(ROOT, key)?,
            _ => {}
        }
        self.tx.put(ROOT, key, value.clone())
    }

    /// Writes a text.
    pub fn text(&mut self, key: &str, value: &str) {
        self.set(key, &value.into());
    }

    /// Writes a yes or no.
    pub fn flag(&mut self, key: &str, value: bool) {
        self.set(key, &Scalar::Bool(value));
    }

    /// Writes a value only where nothing (or an empty text) stands.
    pub fn fill(&mut self, key: &str, value: &Scalar) {
        let empty = match self.tx.get(ROOT, key) {
            Ok(Some((found, _))) => found.as_str() == Some(""),
            Ok(None) => true,
            Err(_) => false,
        };
        if empty && *value != Scalar::Text(String::new()) {
            self.set(key, value);
        }
    }
}

impl Doc {
    /// An empty document.
    pub fn new() -> Self {
        Self(Automerge::new())
    }

    /// Reads a saved document, strictly.
    pub fn load(saved: &[u8]) -> Result<Self> {
        Ok(Self(Automerge::load(saved)?))
    }

    /// The bytes to keep.
    pub fn save(&self) -> Vec<u8> {
        self.0.save()
    }

    /// The hashes of the changes on which nothing builds yet, in order.
    pub fn heads(&self) -> Vec<[u8; 32]> {
        self.0.get_heads().into_iter().map(|hash| hash.0).collect()
    }

    /// All changes, each after those that it builds on.
    pub fn changes(&self) -> Vec<Change> {
        self.history().iter().map(Change::of).collect()
    }

    /// The same, as Automerge has them.
    pub fn history(&self) -> Vec<automerge::Change> {
        self.0.get_changes(&[])
    }

    /// Writes one change. `by` says who: a member's id, or `list:` and an import's id.
    /// Returns nothing when everything already stood as it should.
    ///
    /// `actor` is the process's random actor. Never a stored one: two copies of one
    /// tablet under one actor would wedge each other for ever.
    pub fn write(
        &mut self,
        actor: &ActorId,
        by: &str,
        at_ms: i64,
        edit: impl FnOnce(&mut Edit<'_, '_>),
    ) -> Result<Option<Change>> {
        let first = self.0.is_empty();
        self.0.set_actor(actor.clone());
        let mut tx = self.0.transaction();
        let mut gathered = Edit { tx: &mut tx, failed: None };
        if first {
            gathered.set("schema", &Scalar::Int(SCHEMA as i64));
        }
        edit(&mut gathered);
        if let Some(error) = gathered.failed {
            tx.rollback();
            return Err(error.into());
        }
        if tx.pending_ops() == 0 {
            tx.rollback();
            return Ok(None);
        }
        let options = CommitOptions::default().with_message(by).with_time(at_ms.div_euclid(1000));
        let (hash, _) = tx.commit_with(options);
        let change = hash.and_then(|hash| self.0.get_change_by_hash(&hash));
        change.map(|c| Some(Change::of(&c))).ok_or_else(|| Error::new("internal", "a change vanished after its commit"))
    }

    /// Takes in changes of others, in one batch. Returns those that were new and whether
    /// any of them still wait for others that are not there.
    pub fn apply(&mut self, changes: Vec<automerge::Change>) -> Result<bool> {
        self.0.apply_changes(changes)?;
        Ok(self.0.get_missing_deps(&[]).is_empty())
    }

    /// Whether this change is in.
    pub fn has(&self, hash: &ChangeHash) -> bool {
        self.0.get_change_meta_by_hash(hash).is_some()
    }

    /// Everything that stands, in key order, with what crossed.
    pub fn entries(&self) -> Result<Vec<Entry>> {
        self.0
            .map_range(ROOT, ..)
            .map(|item| {
                let key = item.key.to_string();
                let (value, change) = (scalar(&self.0.get(ROOT, key.as_str())?), self.change_of(&item.id())?);
                let crossed = if item.conflict { self.crossed(&key, change)? } else { Vec::new() };
                Ok(Entry { key, value, change, crossed })
            })
            .collect()
    }

    /// Everything that was ever written, in the order of the changes, each after those that it builds on.
    pub fn writes(&self) -> Vec<Write> {
        let history = self.history();
        let of_change = |change: &automerge::Change| {
            let Change { hash, by, at_ms, .. } = Change::of(change);
            let written = change.decode().operations.into_iter().filter_map(|op| match (op.key, op.action) {
                (Key::Map(key), OpType::Put(value)) => Some((key.to_string(), Scalar::read(&value))),
                _ => None,
            });
            written
                .map(|(key, value)| Write { key, version: Version { value, change: hash, by: by.clone(), at_ms } })
                .collect::<Vec<_>>()
        };
        history.iter().flat_map(of_change).collect()
    }

    /// Whether anything was written by a person, and not by a list.
    pub fn edited_by_hand(&self) -> bool {
        self.0.get_changes_meta(&[]).iter().any(|c| !c.message.as_deref().unwrap_or_default().starts_with("list:"))
    }

    fn crossed(&self, key: &str, in_force: ChangeHash) -> Result<Vec<Version>> {
        let mut versions: Vec<Version> = Vec::new();
        for (value, id) in self.0.get_all(ROOT, key)? {
            let value = value.as_scalar().map_or(Scalar::Nothing, Scalar::read);
            // Equal values written twice are no conflict.
            if versions.iter().any(|v| v.value == value) {
                continue;
            }
            let change = self.change_of(&id)?;
            let meta = self.0.get_change_meta_by_hash(&change);
            versions.push(Version {
                value,
                change,
                by: meta.as_ref().and_then(|m| m.message.as_deref()).unwrap_or_default().to_owned(),
                at_ms: meta.as_ref().map_or(0, |m| m.timestamp.saturating_mul(1000)),
            });
        }
        if versions.len() < 2 {
            return Ok(Vec::new());
        }
        versions.sort_by_key(|v| (v.change != in_force, v.change));
        Ok(versions)
    }

    fn change_of(&self, id: &automerge::ObjId) -> Result<ChangeHash> {
        self.0.hash_for_opid(id).ok_or_else(|| Error::damaged("a value without its change"))
    }
}

impl Default for Doc {
    fn default() -> Self {
        Self::new()
    }
}

fn scalar(found: &Option<(automerge::Value<'_>, automerge::ObjId)>) -> Scalar {
    found.as_ref().and_then(|(value, _)| value.as_scalar()).map_or(Scalar::Nothing, Scalar::read)
}

/// Reads one change as it came over a wire, strictly: the bytes must be one whole change
/// and their checksum must hold.
pub fn parse_change(bytes: &[u8]) -> Result<automerge::Change> {
    automerge::Change::try_from(bytes).map_err(|e| Error::damaged(format!("change: {e}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor() -> ActorId {
        ActorId::random()
    }

    fn phone(doc: &Doc) -> Entry {
        doc.entries().expect("reads").into_iter().find(|e| e.key == "phone").expect("has a phone")
    }

    #[test]
    fn writing_what_stands_writes_nothing() {
        let (mut doc, actor) = (Doc::new(), actor());
        assert!(doc.write(&actor, "dợ", 0, |e| e.text("phone", "0912345678")).expect("writes").is_some());
        assert!(doc.write(&actor, "dợ", 0, |e| e.text("phone", "0912345678")).expect("writes").is_none());
    }

    #[test]
    fn two_phones_written_apart_both_stand_with_their_authors() {
        let mut here = Doc::new();
        here.write(&actor(), "list:x", 0, |e| e.text("phone", "0900000000")).expect("writes");
        let mut there = Doc::load(&here.save()).expect("loads");
        here.write(&actor(), "dợ", 1_000, |e| e.text("phone", "0912345678")).expect("writes");
        let change =
            there.write(&actor(), "nam", 2_000, |e| e.text("phone", "0912345687")).expect("writes").expect("new");
        assert!(here.apply(vec![parse_change(&change.bytes).expect("parses")]).expect("applies"));

        let phone = phone(&here);
        let mut by: Vec<_> =
            phone.crossed.iter().map(|v| (v.by.as_str(), v.value.text().unwrap_or_default())).collect();
        by.sort_unstable();
        assert_eq!(by, [("dợ", "0912345678"), ("nam", "0912345687")]);
        assert_eq!(phone.crossed[0].value, phone.value, "the one in force comes first");
    }

    #[test]
    fn equal_values_written_apart_are_no_conflict() {
        let (mut here, mut there) = (Doc::new(), Doc::new());
        here.write(&actor(), "dợ", 0, |e| e.text("phone", "0912345678")).expect("writes");
        let change = there.write(&actor(), "nam", 0, |e| e.text("phone", "0912345678")).expect("writes").expect("new");
        here.apply(vec![parse_change(&change.bytes).expect("parses")]).expect("applies");
        assert!(phone(&here).crossed.is_empty());
    }

    #[test]
    fn choosing_one_of_two_settles_it() {
        let (mut here, mut there) = (Doc::new(), Doc::new());
        here.write(&actor(), "dợ", 0, |e| e.text("phone", "1")).expect("writes");
        let change = there.write(&actor(), "nam", 0, |e| e.text("phone", "2")).expect("writes").expect("new");
        here.apply(vec![parse_change(&change.bytes).expect("parses")]).expect("applies");
        let in_force = phone(&here).value;
        here.write(&actor(), "dợ", 0, |e| e.set("phone", &in_force)).expect("writes").expect("a change, though equal");
        assert!(phone(&here).crossed.is_empty());
    }

    #[test]
    fn a_choice_of_the_value_in_force_stands_beside_another_choice() {
        let (mut here, mut there) = (Doc::new(), Doc::new());
        let take = |doc: &mut Doc, change: &Change| {
            doc.apply(vec![parse_change(&change.bytes).expect("parses")]).expect("applies");
        };
        let write = |doc: &mut Doc, phone: &str| {
            doc.write(&actor(), "dợ", 0, |e| e.text("phone", phone)).expect("writes").expect("new")
        };
        let (one, other) = (write(&mut here, "1"), write(&mut there, "2"));
        take(&mut here, &other);
        take(&mut there, &one);
        let in_force = phone(&here).value.text().unwrap_or_default().to_owned();
        let chosen = write(&mut here, &in_force);
        write(&mut there, "3");
        take(&mut there, &chosen);
        assert_eq!(phone(&there).crossed.len(), 2, "one chose {in_force}, one wrote 3");
    }

    #[test]
    fn a_change_whose_predecessor_is_missing_says_so() {
        let (mut here, mut there, a) = (Doc::new(), Doc::new(), actor());
        here.write(&a, "dợ", 0, |e| e.text("phone", "1")).expect("writes");
        let second = here.write(&a, "dợ", 0, |e| e.text("phone", "2")).expect("writes").expect("new");
        assert!(!there.apply(vec![parse_change(&second.bytes).expect("parses")]).expect("applies"));
        assert!(!there.has(&second.hash));
    }

    #[test]
    fn a_flipped_bit_is_refused() {
        let mut doc = Doc::new();
        let mut change = doc.write(&actor(), "dợ", 0, |e| e.text("phone", "1")).expect("writes").expect("new").bytes;
        let last = change.len() - 1;
        change[last] ^= 1;
        assert!(parse_change(&change).is_err());
    }
}
