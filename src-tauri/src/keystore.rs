//! The system's keystore: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows. It is
//! opened by whoever signs in to the machine, and not copied with the home folder.

use keyring::Entry;
use tungnha_core::error::{Error, Result};
use tungnha_core::profiles::secret::SecretPlace;
use zeroize::Zeroizing;

/// Under which name the system shows our entries.
const SERVICE: &str = "tungnha";

/// The keystore of whoever has signed in to this machine.
pub struct SystemKeystore;

impl SecretPlace for SystemKeystore {
    fn is_keystore(&self) -> bool {
        true
    }

    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>> {
        match entry(name)?.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(not_there(&error)),
        }
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<()> {
        entry(name)?.set_secret(secret).map_err(|error| not_there(&error))
    }

    fn delete(&self, name: &str) -> Result<()> {
        match entry(name)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(not_there(&error)),
        }
    }
}

fn entry(name: &str) -> Result<Entry> {
    Entry::new(SERVICE, name).map_err(|error| not_there(&error))
}

fn not_there(error: &keyring::Error) -> Error {
    Error::new("no_keystore", error.to_string())
}
