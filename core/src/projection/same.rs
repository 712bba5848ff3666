//! What was said of households and residents that may be one, and the sets that follow from it.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::doc::flat::Entry;
use crate::doc::space as keys;
use crate::domain::{ResidentId, SameKind, SpaceId, Verdict, same};
use crate::error::Result;
use crate::store::documents::DocId;

/// Everything that is one with something else, under the smallest id of its set.
pub(super) type Sets = BTreeMap<(SameKind, Uuid), Uuid>;

const KINDS: [SameKind; 2] = [SameKind::Household, SameKind::Resident];

/// What a space's document says of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// What they are.
    pub kind: SameKind,
    /// Both, the smaller id first.
    pub pair: (Uuid, Uuid),
    /// What was said last.
    pub verdict: Verdict,
}

/// Everything that these entries say. Keys out of order and words of a later version say nothing.
pub fn said(entries: &[Entry]) -> Vec<Said> {
    let read = |entry: &Entry| {
        let (kind, pair) = keys::parse_same(&entry.key)?;
        let verdict = Verdict::from_stored(entry.value.text()?)?;
        Some(Said { kind, pair, verdict })
    };
    entries.iter().filter_map(read).collect()
}

fn sets(said: &[Said]) -> Sets {
    let of = |kind| {
        let same_kind = said.iter().filter(move |s| s.kind == kind && s.verdict == Verdict::Same);
        same::sets(same_kind.map(|s| s.pair)).into_iter().map(move |(id, smallest)| ((kind, id), smallest))
    };
    KINDS.into_iter().flat_map(of).collect()
}

/// Writes what was said, and the sets, in place of what stood there. Returns the documents whose rows
/// are another household's now, or are no longer.
pub fn project(db: &Connection, space: SpaceId, entries: &[Entry]) -> Result<BTreeSet<DocId>> {
    let (before, said) = (stored(db, space)?, said(entries));
    let now = sets(&said);
    for table in ["verdicts", "same_as"] {
        db.execute(&format!("DELETE FROM {table} WHERE space = ?1"), [space.bytes()])?;
    }
    let mut insert =
        db.prepare_cached("INSERT INTO verdicts (space, kind, a, b, verdict) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for Said { kind, pair: (a, b), verdict } in said {
        insert.execute(params![space.bytes(), kind.as_str(), a.as_bytes(), b.as_bytes(), verdict.as_str()])?;
    }
    let mut insert = db.prepare_cached("INSERT INTO same_as (space, kind, id, canonical) VALUES (?1, ?2, ?3, ?4)")?;
    for ((kind, id), smallest) in &now {
        insert.execute(params![space.bytes(), kind.as_str(), id.as_bytes(), smallest.as_bytes()])?;
    }
    let mut docs = BTreeSet::new();
    for (kind, id) in changed(&before, &now) {
        docs.extend(match kind {
            SameKind::Household => Some(*id.as_bytes()),
            SameKind::Resident => doc_of(db, ResidentId(id))?,
        });
    }
    docs.into_iter().filter_map(|doc| is_household(db, space, &doc).map(|is| is.then_some(doc)).transpose()).collect()
}

/// What is in another set than before, or in a set that has others in it now.
fn changed(before: &Sets, now: &Sets) -> BTreeSet<(SameKind, Uuid)> {
    let (old, new) = (members(before), members(now));
    let differ = |a: &BTreeMap<_, BTreeSet<Uuid>>, b: &BTreeMap<_, BTreeSet<Uuid>>| {
        let gone = a.iter().filter(|(set, ids)| b.get(*set) != Some(*ids));
        gone.flat_map(|((kind, _), ids)| ids.iter().map(|id| (*kind, *id))).collect::<BTreeSet<_>>()
    };
    &differ(&old, &new) | &differ(&new, &old)
}

fn members(sets: &Sets) -> BTreeMap<(SameKind, Uuid), BTreeSet<Uuid>> {
    let mut members: BTreeMap<_, BTreeSet<Uuid>> = BTreeMap::new();
    for ((kind, id), smallest) in sets {
        members.entry((*kind, *smallest)).or_default().insert(*id);
    }
    members
}

/// All sets as they stand.
pub(super) fn stored(db: &Connection, space: SpaceId) -> Result<Sets> {
    let mut sets = Sets::new();
    for kind in KINDS {
        let mut query = db.prepare_cached("SELECT id, canonical FROM same_as WHERE space = ?1 AND kind = ?2")?;
        let rows = query.query_map(params![space.bytes(), kind.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for row in rows {
            let (id, smallest) = row?;
            sets.insert((kind, Uuid::from_bytes(id)), Uuid::from_bytes(smallest));
        }
    }
    Ok(sets)
}

/// Everybody who is one with somebody else, under the smallest of their ids: who is merged counts once, also
/// across households that are two.
pub fn people(db: &Connection, space: SpaceId) -> Result<BTreeMap<ResidentId, ResidentId>> {
    let residents = stored(db, space)?.into_iter().filter(|((kind, _), _)| *kind == SameKind::Resident);
    Ok(residents.map(|((_, id), smallest)| (ResidentId(id), ResidentId(smallest))).collect())
}

/// Whether anything at all is merged in this space.
pub fn any(db: &Connection, space: SpaceId) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM same_as WHERE space = ?1")?.exists([space.bytes()])?)
}

/// The smallest id of the set that this one is in; itself when it is alone.
pub fn canonical(db: &Connection, space: SpaceId, kind: SameKind, id: Uuid) -> Result<Uuid> {
    let found: Option<[u8; 16]> = db
        .prepare_cached("SELECT canonical FROM same_as WHERE space = ?1 AND kind = ?2 AND id = ?3")?
        .query_row(params![space.bytes(), kind.as_str(), id.as_bytes()], |row| row.get(0))
        .optional()?;
    Ok(found.map_or(id, Uuid::from_bytes))
}

/// The whole set that this one is in, by id; only itself when it is alone.
pub fn set(db: &Connection, space: SpaceId, kind: SameKind, id: Uuid) -> Result<Vec<Uuid>> {
    let canonical = canonical(db, space, kind, id)?;
    let mut query =
        db.prepare_cached("SELECT id FROM same_as WHERE space = ?1 AND kind = ?2 AND canonical = ?3 ORDER BY id")?;
    let rows = query.query_map(params![space.bytes(), kind.as_str(), canonical.as_bytes()], |row| row.get(0))?;
    let set: Vec<Uuid> = rows.map(|id| id.map(Uuid::from_bytes)).collect::<rusqlite::Result<_>>()?;
    Ok(if set.is_empty() { vec![id] } else { set })
}

/// Everything that was said of these two sorts in this space.
pub fn verdicts(db: &Connection, space: SpaceId) -> Result<Vec<Said>> {
    let mut all = Vec::new();
    for kind in KINDS {
        let mut query = db.prepare_cached("SELECT a, b, verdict FROM verdicts WHERE space = ?1 AND kind = ?2")?;
        let rows = query.query_map(params![space.bytes(), kind.as_str()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?))
        })?;
        for row in rows {
            let (a, b, verdict) = row?;
            let pair = (Uuid::from_bytes(a), Uuid::from_bytes(b));
            all.extend(Verdict::from_stored(&verdict).map(|verdict| Said { kind, pair, verdict }));
        }
    }
    Ok(all)
}

/// The document in which a resident is written, as far as it is here.
pub fn doc_of(db: &Connection, resident: ResidentId) -> Result<Option<DocId>> {
    Ok(db
        .prepare_cached(
            "SELECT doc FROM homes WHERE id = ?1 UNION ALL SELECT household FROM residents WHERE id = ?1 LIMIT 1",
        )?
        .query_row([resident.bytes()], |row| row.get(0))
        .optional()?)
}

/// Whether this is the document of a household of this space. Ids in edges come from others.
pub fn is_household(db: &Connection, space: SpaceId, doc: &DocId) -> Result<bool> {
    Ok(db
        .prepare_cached("SELECT 1 FROM documents WHERE doc = ?1 AND space = ?2 AND doc <> space")?
        .exists(params![doc, space.bytes()])?)
}
