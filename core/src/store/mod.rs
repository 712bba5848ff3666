//! The device's one file: SQLite, encrypted by SQLCipher, in WAL mode with
//! `synchronous = FULL`, so that a commit that was answered survives a power cut.
//!
//! Each file of this module has one table or a few that belong together: its row type
//! and what is read from and written to it. Whoever writes holds a transaction.

pub mod changes;
pub mod checkpoints;
pub mod chunks;
pub mod documents;
pub mod drafts;
pub mod files;
pub mod folder;
pub mod migrations;
pub mod photos;
pub mod relays;
pub mod spaces;
pub mod stations;

pub use folder::Folder;

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// Decrypted pages that are kept in memory, in KiB. Three times as many save a third of a commune's report and nothing
/// of a search, and a device has other uses for its memory.
const CACHE_KIB: i64 = 8 * 1024;

/// SQLCipher sets itself up with the first database of a process, and two threads that both come first get in each
/// other's way: one of them is told that its key is none.
static OPENING: Mutex<()> = Mutex::new(());

/// The open database of one data folder.
pub struct Store {
    connection: Connection,
}

impl Store {
    /// Opens the database under its key and brings its tables up to date.
    pub fn open(file: &Path, key: &[u8; 32]) -> Result<Self> {
        let mut connection = open(file, key)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        // Pages in the cache are not decrypted again.
        connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
        connection.set_prepared_statement_cache_capacity(128);
        migrations::run(&mut connection)?;
        Ok(Self { connection })
    }

    /// Encrypts the whole database under another key, in one go: whoever has kept the old key, or finds it on
    /// a disk that forgets slowly, opens only copies from before.
    pub fn rekey(&mut self, key: &[u8; 32]) -> Result<()> {
        self.connection.pragma_update(None, "wal_checkpoint", "TRUNCATE")?;
        give_key(&self.connection, "rekey", key)?;
        self.connection.pragma_update(None, "wal_checkpoint", "TRUNCATE")?;
        Ok(())
    }

    /// For reading.
    pub fn read(&self) -> &Connection {
        &self.connection
    }

    /// Begins the one transaction of a write. Dropping it without a commit leaves no trace.
    pub fn write(&mut self) -> Result<Transaction<'_>> {
        Ok(self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }
}

/// Whether this key opens a database. Changes nothing.
pub fn opens(file: &Path, key: &[u8; 32]) -> Result<bool> {
    match open(file, key) {
        Ok(_) => Ok(true),
        Err(error) if error.code() == "database_key_wrong" => Ok(false),
        Err(error) => Err(error),
    }
}

fn open(file: &Path, key: &[u8; 32]) -> Result<Connection> {
    let _one_at_a_time = OPENING.lock().unwrap_or_else(PoisonError::into_inner);
    let connection = Connection::open(file)?;
    unlock(&connection, key)?;
    Ok(connection)
}

fn give_key(connection: &Connection, pragma: &str, key: &[u8; 32]) -> Result<()> {
    let hex = Zeroizing::new(data_encoding::HEXLOWER.encode(key));
    let pragma = Zeroizing::new(format!("PRAGMA {pragma} = \"x'{}'\"", hex.as_str()));
    Ok(connection.execute_batch(&pragma)?)
}

fn unlock(connection: &Connection, key: &[u8; 32]) -> Result<()> {
    give_key(connection, "key", key)?;
    let version: Option<String> = connection.query_row("PRAGMA cipher_version", [], |row| row.get(0)).optional()?;
    if version.is_none() {
        return Err(Error::new("internal", "this build of SQLite cannot encrypt"));
    }
    // The first read is where a wrong key shows.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(())
}

/// When somebody else was seen to sign with this device's key: the moment in milliseconds, big-endian.
pub const DOUBLE: &str = "double";

/// A stored setting.
pub fn setting(db: &Connection, name: &str) -> Result<Option<Vec<u8>>> {
    Ok(db.query_row("SELECT value FROM settings WHERE name = ?1", [name], |row| row.get(0)).optional()?)
}

/// Stores a setting.
pub fn set_setting(db: &Connection, name: &str, value: &[u8]) -> Result<()> {
    db.execute(
        "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        params![name, value],
    )?;
    Ok(())
}

/// Forgets a setting.
pub fn delete_setting(db: &Connection, name: &str) -> Result<()> {
    db.execute("DELETE FROM settings WHERE name = ?1", [name])?;
    Ok(())
}
