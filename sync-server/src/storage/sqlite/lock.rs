//! One relay a file: two that write one file would each believe that nobody else is told.
//!
//! It is a lock on a file beside the database, which the system takes away when the process ends, however
//! it ends. Commands that only look, copy, or write a row of their own run beside a relay.

use std::{
    fs::{File, TryLockError},
    path::Path,
};

use crate::storage::StorageError as Error;

/// Held for as long as this lives.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a database; fails when somebody holds it.
    pub fn take(database: &Path) -> Result<Self, Error> {
        let mut name = database.as_os_str().to_owned();
        name.push(".lock");
        let failed = |reason: String| Error::Failed(format!("{}: {reason}", name.display()));
        let opened = File::options().create(true).truncate(false).write(true).open(&name);
        let file = opened.map_err(|error| failed(error.to_string()))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(failed("a relay runs on this database: stop it first".into())),
            Err(TryLockError::Error(error)) => Err(failed(error.to_string())),
        }
    }
}
