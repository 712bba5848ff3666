//! A copy of the whole memory while it is in use, its check, and its way back.
//!
//! A copy is one read transaction (`VACUUM INTO`): consistent, compact, and in nobody's way. It appears
//! under its name only when it is on disk and was read again from the first entry to the last. A relay that
//! was set back is found out by every device that stands further on in a log, and refilled by them; so a
//! backup matters for who may come in, and for what no device has any more.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use tempfile::NamedTempFile;
use tungnha_protocol::{ChunkId, Incarnation, LogHash, RollingHash};

use super::{MIGRATIONS, lock::Lock};
use crate::storage::{Seconds, StorageError as Error};

/// What is in a memory of which everything fits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Verified {
    /// Spaces.
    pub spaces: u64,
    /// Entries of their logs.
    pub entries: u64,
    /// Devices that are known.
    pub devices: u64,
    /// Bytes of chunks.
    pub bytes: u64,
}

/// Copies the memory in `file` into a file that is not there yet, and checks the copy.
pub fn back_up(file: &Path, to: &Path) -> Result<Verified, Error> {
    if to.exists() {
        return Err(failed(format!("{} is there already, and is not overwritten", to.display())));
    }
    let copy = NamedTempFile::new_in(folder(to)).map_err(failed)?;
    // Not read-only: whoever reads a memory in use notes in the index of its write-ahead log how far.
    let source = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    known_version(&source)?;
    source.execute("VACUUM INTO ?1", [copy.path().to_str().ok_or_else(|| failed("the file's name is no text"))?])?;
    copy.as_file().sync_all().map_err(failed)?;
    let verified = verify(copy.path())?;
    copy.persist_noclobber(to).map_err(failed)?;
    sync_folder(to)?;
    Ok(verified)
}

/// Puts a backup in the place of the memory in `file`, which no relay may be using. What was there before
/// is kept beside it; its name is returned.
pub fn restore(file: &Path, from: &Path, now: Seconds) -> Result<(Verified, Option<PathBuf>), Error> {
    let _lock = Lock::take(file)?;
    verify(from)?;
    let mut copy = NamedTempFile::new_in(folder(file)).map_err(failed)?;
    let mut source = File::open(from).map_err(failed)?;
    std::io::copy(&mut source, &mut copy).map_err(failed)?;
    copy.as_file().sync_all().map_err(failed)?;
    // What has arrived here is what counts, not what was read a moment ago.
    let verified = verify(copy.path())?;
    let before = put_aside(file, now)?;
    copy.persist(file).map_err(failed)?;
    sync_folder(file)?;
    Ok((verified, before))
}

/// Gives what is there a second name, and takes its write-ahead log away, which must never be read with
/// another file. From here until the new file has the old name, the old one is without what its log has.
fn put_aside(file: &Path, now: Seconds) -> Result<Option<PathBuf>, Error> {
    if !file.exists() {
        return Ok(None);
    }
    empty_log(file);
    let aside = beside(file, &format!(".before-restore-{now}"));
    std::fs::hard_link(file, &aside).map_err(failed)?;
    for part in ["-wal", "-shm"] {
        let log = beside(file, part);
        if log.exists() {
            std::fs::rename(log, beside(&aside, part)).map_err(failed)?;
        }
    }
    Ok(Some(aside))
}

/// Brings what is in the write-ahead log into the file. One that is too damaged for that is put aside as it
/// is, log and all.
fn empty_log(file: &Path) {
    let emptied = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)
        .and_then(|old| old.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())));
    if let Err(error) = emptied {
        tracing::warn!(%error, "the old database is damaged; it is kept as it is");
    }
}

/// Reads a memory from the first entry to the last: the file's own structure, every chunk's id, every
/// number and rolling hash, and what is counted. It may be in use meanwhile.
pub fn verify(file: &Path) -> Result<Verified, Error> {
    let mut connection = open_to_read(file)?;
    let moment = connection.transaction()?;
    let version = known_version(&moment)?;
    let intact: String = moment.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if intact != "ok" {
        return Err(failed(format!("the database is damaged: {intact}")));
    }
    let devices = moment.query_row("SELECT count(*) FROM devices", [], |row| row.get(0))?;
    let mut verified = Verified { devices, ..Verified::default() };
    let counted = if version >= 2 { "bytes" } else { "NULL" };
    let mut spaces = moment.prepare(&format!("SELECT space, incarnation, head, hash, {counted} FROM spaces"))?;
    let mut rows = spaces.query([])?;
    while let Some(row) = rows.next()? {
        let start = RollingHash::start(&Incarnation(row.get(1)?));
        let head = RollingHash { seq: row.get(2)?, hash: LogHash(row.get(3)?) };
        let (end, bytes) = read_log(&moment, row.get(0)?, start)?;
        if end != head || row.get::<_, Option<u64>>(4)?.is_some_and(|counted| counted != bytes) {
            return Err(failed("a space does not end where its log does"));
        }
        verified.spaces += 1;
        verified.entries += end.seq;
        verified.bytes += bytes;
    }
    Ok(verified)
}

/// Where a log ends, and how many bytes its chunks have.
fn read_log(connection: &Connection, space: [u8; 16], start: RollingHash) -> Result<(RollingHash, u64), Error> {
    let mut entries =
        connection.prepare_cached("SELECT seq, id, hash, bytes FROM log WHERE space = ?1 ORDER BY seq")?;
    let mut rows = entries.query(params![space])?;
    let (mut place, mut total) = (start, 0);
    while let Some(row) = rows.next()? {
        let (id, bytes) = (ChunkId(row.get(1)?), row.get::<_, Option<Vec<u8>>>(3)?);
        place = place.then(&id);
        let written = RollingHash { seq: row.get(0)?, hash: LogHash(row.get(2)?) };
        let is_its_own = bytes.as_ref().is_none_or(|bytes| blake3::hash(bytes).as_bytes() == &id.0);
        if written != place || !is_its_own {
            return Err(failed(format!("a log is damaged at its entry {}", place.seq)));
        }
        total += bytes.map_or(0, |bytes| bytes.len() as u64);
    }
    Ok((place, total))
}

fn open_to_read(file: &Path) -> Result<Connection, Error> {
    // SQLite takes an empty file for an empty database, and says something strange of what is none.
    let mut begins = [0; 16];
    let read = File::open(file).and_then(|mut file| file.read_exact(&mut begins));
    read.map_err(|error| failed(format!("{}: {error}", file.display())))?;
    if &begins != b"SQLite format 3\0" {
        return Err(failed(format!("{} is no backup of a relay", file.display())));
    }
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.execute_batch("PRAGMA query_only = ON")?;
    Ok(connection)
}

/// The version of the tables, if it is one that this program knows.
fn known_version(connection: &Connection) -> Result<usize, Error> {
    let version = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let is_ours =
        connection.query_row("SELECT 1 FROM sqlite_schema WHERE name = 'log'", [], |_| Ok(())).optional()?.is_some();
    match version {
        1.. if is_ours && version <= MIGRATIONS.len() => Ok(version),
        _ => Err(failed("this is no database of tungnha-relay, or of a newer version")),
    }
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn folder(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A name is on disk when its folder is.
fn sync_folder(file: &Path) -> Result<(), Error> {
    let folder = File::open(folder(file)).map_err(failed)?;
    folder.sync_all().map_err(failed)
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Failed(error.to_string())
}
