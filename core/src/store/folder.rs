//! The data folder: one process at a time, and the key of its database.
//!
//! As long as nobody has a PIN the key lies in a file of its own. With the first PIN the database gets
//! another key, which lies wrapped in the file `profiles` (see [`crate::profiles`]), and the file goes.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// A locked data folder. The lock goes when the last of its handles is dropped or the process dies.
#[derive(Clone)]
pub struct Folder {
    path: PathBuf,
    _lock: Arc<File>,
}

impl Folder {
    /// Makes the folder if need be and takes its lock; `folder_in_use` when another
    /// process has it.
    pub fn open(path: &Path) -> Result<Self> {
        fs::create_dir_all(path)?;
        only_for_the_user(path, 0o700)?;
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(path.join("lock"))?;
        match fs4::FileExt::try_lock(&lock) {
            Ok(()) => Ok(Self { path: path.to_owned(), _lock: Arc::new(lock) }),
            Err(fs4::TryLockError::WouldBlock) => {
                Err(Error::new("folder_in_use", "another process has this data folder open"))
            }
            Err(fs4::TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Where the database is.
    pub fn database(&self) -> PathBuf {
        self.path.join("notebook.sqlite")
    }

    /// Where a station keeps what it serves: sealed chunks, as any relay.
    pub fn station(&self) -> PathBuf {
        self.path.join("station.sqlite")
    }

    /// Who uses this machine with a PIN, and the key behind each PIN.
    pub fn profiles(&self) -> PathBuf {
        self.path.join("profiles")
    }

    fn key_file(&self) -> PathBuf {
        self.path.join("notebook.key")
    }

    /// Ends what a crash has left half-done. While PINs come or go both the key file and the profiles are
    /// there, and which of them is right the database says.
    pub fn settle(&self) -> Result<()> {
        if !(self.profiles().exists() && self.key_file().exists()) {
            return Ok(());
        }
        if super::opens(&self.database(), &*self.key_in_file()?)? {
            Ok(fs::remove_file(self.profiles())?)
        } else {
            self.remove_key()
        }
    }

    /// Writes the key where it opens the database without any PIN.
    pub fn write_key(&self, key: &[u8; 32]) -> Result<()> {
        write_whole(&self.key_file(), key)
    }

    /// Takes the key file away.
    fn remove_key(&self) -> Result<()> {
        Ok(fs::remove_file(self.key_file())?)
    }

    fn key_in_file(&self) -> Result<Zeroizing<[u8; 32]>> {
        let mut key = Zeroizing::new([0u8; 32]);
        let cut = |_| Error::new("database_key_wrong", "the key file is cut short");
        File::open(self.key_file())?.read_exact(key.as_mut()).map_err(cut)?;
        Ok(key)
    }

    /// The database's key: from a file that only the user can read, made on first use. `needs_pin` when it
    /// lies behind PINs.
    ///
    /// A database without its key file is refused and never replaced: the key may still
    /// be found, what a new key would overwrite would not.
    pub fn key(&self) -> Result<Zeroizing<[u8; 32]>> {
        self.settle()?;
        if self.profiles().exists() {
            return Err(Error::new("needs_pin", "this notebook opens only with the PIN of one of its people"));
        }
        let file = self.key_file();
        if file.exists() {
            return self.key_in_file();
        }
        if self.database().exists() {
            return Err(Error::new("database_key_missing", "the database is there, but not its key file"));
        }
        let mut key = Zeroizing::new([0u8; 32]);
        getrandom::fill(key.as_mut()).map_err(|e| Error::new("internal", e.to_string()))?;
        write_whole(&file, key.as_ref())?;
        Ok(key)
    }
}

/// Writes a small file so that it is there whole or not at all.
pub(crate) fn write_whole(file: &Path, bytes: &[u8]) -> Result<()> {
    let unfinished = file.with_extension("new");
    let mut out = File::create(&unfinished)?;
    only_for_the_user(&unfinished, 0o600)?;
    out.write_all(bytes)?;
    out.sync_all()?;
    fs::rename(&unfinished, file)?;
    if let Some(parent) = file.parent() {
        File::open(parent)?.sync_all()?;
    }
    Ok(())
}

#[cfg(unix)]
pub(crate) fn only_for_the_user(path: &Path, mode: u32) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::set_permissions(path, fs::Permissions::from_mode(mode))?)
}

#[cfg(not(unix))]
pub(crate) fn only_for_the_user(_: &Path, _: u32) -> Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_processes_cannot_have_one_folder() {
        let dir = tempfile::tempdir().expect("a folder");
        let first = Folder::open(dir.path()).expect("first");
        assert_eq!(Folder::open(dir.path()).err().expect("refuses").code(), "folder_in_use");
        drop(first);
        Folder::open(dir.path()).expect("free again");
    }

    #[test]
    fn the_key_stays_and_a_lost_key_is_never_replaced() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Folder::open(dir.path()).expect("opens");
        let key = folder.key().expect("makes one");
        assert_eq!(folder.key().expect("reads it"), key);
        fs::write(folder.database(), b"x").expect("a database");
        fs::remove_file(dir.path().join("notebook.key")).expect("loses it");
        assert_eq!(folder.key().expect_err("refuses").code(), "database_key_missing");
    }
}
