//! Who uses this machine, and what opens its database when they have PINs.
//!
//! A tablet in the commune office is used by several people, and is lost more easily than a phone. So
//! the database's key lies nowhere readable once somebody has a PIN: each person's entry holds it,
//! wrapped under what Argon2id makes of their PIN *and* a secret of the device that is kept apart from
//! the data folder, in the system's keystore where there is one. A PIN of four digits alone would be
//! guessed in an hour by whoever has the file; a folder that was copied without the secret gives
//! nothing to guess against.
//!
//! The picker has to show names before anybody has entered a PIN, and names are personal data: the
//! whole file ([`book`]) is sealed under the device's secret, PIN entries within.
//!
//! Whoever has any PIN of the machine has the one database in their hands: PINs keep what each writes
//! under the right name and out of the others' sight in this app, not from a skilled colleague.
//! `docs/security.md` says so to people.

pub mod book;
pub mod pin;
pub mod recovery;
mod seal;
pub mod secret;
pub mod waits;

use zeroize::Zeroizing;

/// Thirty-two secret bytes, forgotten when dropped.
pub type Key = Zeroizing<[u8; 32]>;

/// A fresh key.
pub fn fresh_key() -> Key {
    Zeroizing::new(tungnha_protocol::random_bytes())
}
