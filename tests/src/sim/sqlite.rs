//! A device's store in the app's own notebook, in a folder that is gone afterwards.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rusqlite::{Connection, params};
use tempfile::TempDir;
use tungnha_core::clock::Clock;
use tungnha_core::doc::{Change, Doc};
use tungnha_core::domain::{PhotoHash, SpaceId};
use tungnha_core::error::Result;
use tungnha_core::notebook::Notebook;
use tungnha_core::store::{changes, documents, photos, relays, spaces};
use tungnha_core::sync::rows::{Memory, Rows};
use tungnha_protocol::ids::{ChunkId, DocId};
use tungnha_protocol::keys::SpaceKey;
use tungnha_protocol::photo;

use super::store::View;

/// A notebook and its folder.
pub struct OnDisk {
    notebook: Option<Notebook>,
    folder: TempDir,
}

/// A folder in memory where there is one: what is tested is SQLite, not the disk.
pub fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// Another folder with the same files.
pub fn copy_of(folder: &Path) -> TempDir {
    let copy = self::folder();
    for file in std::fs::read_dir(folder).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
    }
    copy
}

impl OnDisk {
    /// A notebook of these spaces that knows so many relays, whose rows are 1, 2, …
    pub fn new(keys: &[(SpaceId, Vec<SpaceKey>)], relays: usize) -> Self {
        let mut new = Self { notebook: None, folder: folder() };
        new.start_again();
        let made = new.notebook().write_aside(|db| {
            keys.iter().try_for_each(|(space, keyring)| spaces::insert(db, *space, false, keyring))?;
            (0..relays).try_for_each(|relay| {
                let n = relays::insert(db, &format!("https://relay{relay}.example.vn"), &[relay as u8; 32])?;
                assert_eq!(n, relay as i64 + 1, "relays are numbered as the simulator numbers them");
                Ok(())
            })
        });
        made.unwrap();
        new
    }

    fn notebook(&mut self) -> &mut Notebook {
        self.notebook.as_mut().expect("the notebook is open")
    }

    fn db(&self) -> &Connection {
        self.notebook.as_ref().expect("the notebook is open").db()
    }

    pub(super) fn start_again(&mut self) {
        self.notebook = None;
        self.notebook = Some(Notebook::open(self.folder.path(), Clock::from_fn(|| 1_795_000_000_000)).unwrap());
    }

    pub(super) fn transact<T>(&mut self, space: SpaceId, work: impl FnOnce(&mut dyn Rows) -> Result<T>) -> Result<T> {
        Ok(self.notebook().transact(space, work)?.0)
    }

    pub(super) fn write(
        &mut self,
        space: SpaceId,
        doc: &DocId,
        edit: impl FnOnce(&mut Doc) -> Result<Option<Change>>,
    ) -> Result<Option<(Change, Doc)>> {
        let write = self.notebook().write_in(space, "", |batch| {
            let mut content = documents::load(batch.db(), space, &doc.0)?;
            let Some(change) = edit(&mut content)? else { return Ok(None) };
            changes::insert_own(batch.db(), space, &doc.0, &change)?;
            batch.keep(&doc.0, &content)?;
            Ok(Some((change, content)))
        });
        Ok(write?.0)
    }

    pub(super) fn take_photo(&mut self, space: SpaceId, jpeg: &[u8]) -> Result<()> {
        let hash = PhotoHash(photo::hash(jpeg));
        self.notebook().write_aside(|db| {
            photos::insert(db, space, hash, jpeg)?;
            photos::note_saved(db, space, &[hash], &[])
        })
    }

    pub(super) fn copy(&mut self) -> Self {
        self.notebook = None;
        let mut copy = Self { notebook: None, folder: copy_of(self.folder.path()) };
        copy.start_again();
        self.start_again();
        copy
    }

    pub(super) fn shown(&self, space: SpaceId) -> BTreeMap<DocId, (DocId, BTreeSet<DocId>)> {
        let (db, space) = (self.db(), space.bytes());
        let sql = "SELECT id, coalesce(merged_into, id) FROM households WHERE space = ?1";
        let all: Vec<(DocId, DocId)> = rows(db, sql, space, |row| Ok((DocId(row.get(0)?), DocId(row.get(1)?))));
        let sql = "SELECT household, id FROM visits WHERE space = ?1";
        let visits: Vec<(DocId, DocId)> = rows(db, sql, space, |row| Ok((DocId(row.get(0)?), DocId(row.get(1)?))));
        let of = |household: DocId| visits.iter().filter(|(of, _)| *of == household).map(|(_, visit)| *visit).collect();
        all.into_iter().map(|(household, shown)| (household, (shown, of(household)))).collect()
    }

    pub(super) fn view(&self, space: SpaceId) -> View {
        let (db, space) = (self.db(), space.bytes());
        View {
            chunks: rows(db, "SELECT id, bytes FROM chunks WHERE space = ?1", space, |row| {
                Ok((ChunkId(row.get(0)?), row.get(1)?))
            }),
            unsealed: rows(
                db,
                "SELECT doc, bytes FROM changes WHERE space = ?1 AND chunk IS NULL AND bytes IS NOT NULL ORDER BY n",
                space,
                |row| Ok((DocId(row.get(0)?), row.get(1)?)),
            ),
            unfilled: rows(
                db,
                "SELECT doc, hash FROM changes WHERE space = ?1 AND chunk IS NULL AND bytes IS NULL",
                space,
                |row| Ok((DocId(row.get(0)?), row.get(1)?)),
            ),
            changes: rows(db, "SELECT doc, hash FROM changes WHERE space = ?1", space, |row| {
                Ok((DocId(row.get(0)?), row.get(1)?))
            }),
            photos: rows(db, "SELECT hash FROM photos WHERE space = ?1", space, |row| row.get(0)),
            quarantine: rows(db, "SELECT id FROM quarantine WHERE space = ?1", space, |row| Ok(ChunkId(row.get(0)?))),
            docs: rows(db, "SELECT doc, saved FROM documents WHERE space = ?1", space, |row| {
                Ok((DocId(row.get(0)?), row.get(1)?))
            }),
        }
    }

    pub(super) fn arrivals(&self, relay: i64, space: SpaceId) -> Vec<(ChunkId, u64)> {
        let mut query = self
            .db()
            .prepare_cached(
                "SELECT c.id, a.seq FROM arrivals a JOIN chunks c ON c.n = a.chunk
                 WHERE a.relay = ?1 AND c.space = ?2 ORDER BY c.n",
            )
            .unwrap();
        let arrivals = query.query_map(params![relay, space.bytes()], |row| {
            Ok((ChunkId(row.get(0)?), row.get::<_, i64>(1)?.unsigned_abs()))
        });
        arrivals.unwrap().map(|row| row.unwrap()).collect()
    }

    pub(super) fn problems(&mut self) -> Vec<String> {
        self.notebook().verify().unwrap().problems
    }
}

fn rows<T, C: FromIterator<T>>(
    db: &Connection,
    sql: &str,
    space: &[u8; 16],
    read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> C {
    let mut query = db.prepare_cached(sql).unwrap();
    query.query_map([space], read).unwrap().map(|row| row.unwrap()).collect()
}
