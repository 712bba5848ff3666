//! The device's secret, and the places outside the data folder where it is kept.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use data_encoding::HEXLOWER;
use zeroize::Zeroizing;

use super::{Key, fresh_key};
use crate::error::{Error, Result};
use crate::store::folder::{only_for_the_user, write_whole};

/// A place outside the data folder that keeps secrets of this user. One machine may have several; a
/// secret is looked for in all of them.
pub trait SecretPlace: Send + Sync {
    /// Whether it is the system's keystore, and not just another file.
    fn is_keystore(&self) -> bool;
    /// The secret of this name; none when there is none, or the place cannot be reached now.
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>>;
    /// Keeps a secret.
    fn write(&self, name: &str, secret: &[u8]) -> Result<()>;
    /// Forgets a secret; nothing happens when there is none.
    fn delete(&self, name: &str) -> Result<()>;
}

/// The places, the best first.
pub type Places = Vec<Arc<dyn SecretPlace>>;

/// A folder of small files that only the user can read. It keeps a copied data folder closed, and nothing
/// more: whoever copies the whole home has it.
pub struct SecretFiles(pub PathBuf);

impl SecretPlace for SecretFiles {
    fn is_keystore(&self) -> bool {
        false
    }

    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>> {
        match fs::read(self.0.join(name)) {
            Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<()> {
        fs::create_dir_all(&self.0)?;
        only_for_the_user(&self.0, 0o700)?;
        write_whole(&self.0.join(name), secret)
    }

    fn delete(&self, name: &str) -> Result<()> {
        match fs::remove_file(self.0.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }
}

/// The device's secret for one data folder.
pub struct DeviceSecret {
    /// The secret bytes.
    pub key: Key,
    /// Whether the system's keystore has it.
    pub in_keystore: bool,
}

/// The name of a folder's secret wherever it is kept.
fn name(folder: &[u8; 16]) -> String {
    format!("secret-{}", HEXLOWER.encode(folder))
}

/// Eight bytes by which a secret is known without being told.
pub(super) fn check(secret: &Key) -> [u8; 8] {
    let hash = blake3::derive_key("tungnha 2026 device secret check", secret.as_ref());
    let mut check = [0; 8];
    check.copy_from_slice(&hash[..8]);
    check
}

/// Draws a secret and keeps it in the first place that gives it back.
pub(super) fn make(places: &Places, folder: &[u8; 16]) -> Result<DeviceSecret> {
    let (key, name) = (fresh_key(), name(folder));
    for place in places {
        match place.write(&name, key.as_ref()).and_then(|()| place.read(&name)) {
            Ok(Some(kept)) if kept.as_slice() == key.as_ref() => {
                return Ok(DeviceSecret { key, in_keystore: place.is_keystore() });
            }
            Ok(_) => tracing::warn!("a place for secrets does not keep what it is given"),
            Err(error) => tracing::info!(code = error.code(), "a place for secrets is not there"),
        }
    }
    Err(Error::new("no_place_for_secret", "neither the system's keystore nor a file keeps this device's secret"))
}

/// Finds the secret that has this check.
pub(super) fn find(places: &Places, folder: &[u8; 16], wanted: &[u8; 8]) -> Result<DeviceSecret> {
    for place in places {
        let found = match place.read(&name(folder)) {
            Ok(found) => found,
            Err(error) => {
                tracing::warn!(code = error.code(), "a place for secrets cannot be read");
                continue;
            }
        };
        let key = found.and_then(|bytes| <[u8; 32]>::try_from(bytes.as_slice()).ok()).map(Zeroizing::new);
        if let Some(key) = key.filter(|key| check(key) == *wanted) {
            return Ok(DeviceSecret { key, in_keystore: place.is_keystore() });
        }
    }
    Err(Error::new(
        "keystore_secret_missing",
        "this data folder opens only with a secret that the device's keystore keeps apart from it, and the secret is \
         not here: the folder was copied from another device or user, or the keystore is not reachable. No PIN opens \
         it without that secret",
    ))
}

/// Forgets a folder's secret everywhere.
pub(super) fn forget(places: &Places, folder: &[u8; 16]) {
    for place in places {
        if let Err(error) = place.delete(&name(folder)) {
            tracing::warn!(code = error.code(), "a secret that opens nothing any more stays where it is");
        }
    }
}
