//! Devices that take changes in, as an exchange brings them.

use std::collections::BTreeSet;

use tempfile::TempDir;
use tungnha_core::clock::Clock;
use tungnha_core::doc::Change;
use tungnha_core::doc::flat::parse_change;
use tungnha_core::domain::SpaceId;
use tungnha_core::notebook::Notebook;
use tungnha_core::store::{changes, documents, spaces};
use uuid::Uuid;

/// Changes, each with its document and after those that it builds on.
pub type Changes = Vec<(Uuid, Change)>;

/// A device with nothing on it, and its folder.
pub fn empty(clock_ms: i64) -> (Notebook, TempDir) {
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    (Notebook::open(folder.path(), Clock::from_fn(move || clock_ms)).unwrap(), folder)
}

/// A notebook comes to a device.
pub fn begin(notebook: &mut Notebook, space: SpaceId) {
    notebook.write_aside(|db| spaces::insert(db, space, false, &[])).unwrap();
}

/// Takes changes in, a few to each exchange, some of them twice.
pub fn take(notebook: &mut Notebook, space: SpaceId, all: &[(Uuid, Change)]) {
    for together in all.chunks(7) {
        let kept = notebook.write_in(space, "", |batch| {
            let docs: BTreeSet<Uuid> = together.iter().map(|(doc, _)| *doc).collect();
            for doc in docs {
                let mut content = documents::load(batch.db(), space, doc.as_bytes())?;
                for (_, change) in together.iter().filter(|(of, _)| *of == doc) {
                    if !content.has(&change.hash) {
                        changes::insert_own(batch.db(), space, doc.as_bytes(), change)?;
                    }
                    content.apply(vec![parse_change(&change.bytes)?])?;
                }
                batch.keep(doc.as_bytes(), &content)?;
            }
            Ok(())
        });
        kept.unwrap();
    }
}
