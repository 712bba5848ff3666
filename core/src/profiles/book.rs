//! The file `profiles` in the data folder: who uses this machine, each with the database's key behind
//! their PIN. It is sealed as a whole under the device's secret, so that it can hold names.
//!
//! ```text
//! "tungnhaP" | version(1) | folder id(16) | check of the secret(8) | nonce(24) | XChaCha20-Poly1305(CBOR)
//! ```
//!
//! It is written whole at every change, attempts included: it is a few hundred bytes.

use std::fs;

use minicbor::{Decode, Encode};
use tungnha_protocol::random_bytes;
use zeroize::Zeroizing;

use super::pin::{Cost, Lock, Pin};
use super::recovery::{RecoveryCode, RecoveryLock};
use super::secret::{self, Places};
use super::{Key, seal};
use crate::domain::{MemberId, Role};
use crate::error::{Error, Result};
use crate::store::Folder;
use crate::store::folder::write_whole;

const MAGIC: &[u8; 8] = b"tungnhaP";
const VERSION: u8 = 1;
const HEADER: usize = 8 + 1 + 16 + 8;

/// Somebody who uses this machine.
#[derive(Clone, Encode, Decode)]
#[cbor(map)]
pub struct Profile {
    /// Which member of the team.
    #[n(0)]
    pub member: MemberId,
    /// Their name, for the picker.
    #[n(1)]
    pub name: String,
    /// Their role as stored in documents, for the picker.
    #[n(2)]
    role: String,
    #[n(3)]
    lock: Lock,
    /// The PIN was set by a leader: its owner chooses another before anything else.
    #[n(4)]
    pub temporary: bool,
    /// Wrong PINs in a row.
    #[n(5)]
    pub failed: u32,
    #[n(6)]
    recovery: Option<RecoveryLock>,
    /// Has left every team on this machine, as the notebook said when it was open last.
    #[n(7)]
    #[cbor(default)]
    pub left: bool,
}

/// What the notebook says of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// What they are called.
    pub name: String,
    /// The most that they are in any team on this machine.
    pub role: Role,
    /// Has left every one of them.
    pub left: bool,
}

impl Profile {
    /// Their role, as the notebook said when it was open last.
    pub fn role(&self) -> Role {
        Role::from_stored(&self.role)
    }

    /// Whether a recovery code of theirs is about.
    pub fn has_recovery(&self) -> bool {
        self.recovery.is_some()
    }
}

#[derive(Default, Encode, Decode)]
#[cbor(map)]
struct Pages {
    #[n(0)]
    people: Vec<Profile>,
    #[n(1)]
    lock_after_min: Option<u32>,
    #[n(2)]
    team: String,
}

/// The open file.
pub struct Book {
    file: std::path::PathBuf,
    id: [u8; 16],
    secret: Key,
    /// Whether the device's secret lies in the system's keystore.
    pub in_keystore: bool,
    cost: Cost,
    pages: Pages,
}

/// How long the screen stays open untouched until somebody says otherwise, in minutes.
const LOCK_AFTER_MIN: u32 = 5;

impl Book {
    /// A new, empty one with a fresh device secret. Nothing is in the folder before [`Book::save`].
    pub fn new(folder: &Folder, places: &Places, cost: Cost) -> Result<Self> {
        let id = random_bytes();
        let secret = secret::make(places, &id)?;
        let pages = Pages { lock_after_min: Some(LOCK_AFTER_MIN), ..Pages::default() };
        let in_keystore = secret.in_keystore;
        Ok(Self { file: folder.profiles(), id, secret: secret.key, in_keystore, cost, pages })
    }

    /// Opens the folder's; none when nobody has a PIN. `keystore_secret_missing` without the device's secret.
    pub fn load(folder: &Folder, places: &Places, cost: Cost) -> Result<Option<Self>> {
        let bytes = match fs::read(folder.profiles()) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let damaged = || Error::new("profiles_damaged", "the file of profiles is not as it was written");
        let (header, sealed) = bytes.split_at_checked(HEADER).ok_or_else(damaged)?;
        let (magic, rest) = header.split_first_chunk::<8>().ok_or_else(damaged)?;
        let (&[version], rest) = rest.split_first_chunk().ok_or_else(damaged)?;
        let (&id, check) = rest.split_first_chunk::<16>().ok_or_else(damaged)?;
        let check = check.try_into().map_err(|_| damaged())?;
        if magic != MAGIC {
            return Err(damaged());
        }
        if version != VERSION {
            return Err(Error::new("app_too_old", format!("profiles of version {version}")));
        }
        let secret = secret::find(places, &id, check)?;
        let plain = seal::open(&file_key(&secret.key), header, sealed).ok_or_else(damaged)?;
        let pages = minicbor::decode(&plain).map_err(|_| damaged())?;
        let in_keystore = secret.in_keystore;
        Ok(Some(Self { file: folder.profiles(), id, secret: secret.key, in_keystore, cost, pages }))
    }

    /// Writes it, whole or not at all; when this returns it is on the disk.
    pub fn save(&self) -> Result<()> {
        let mut header = Vec::with_capacity(HEADER);
        header.extend(MAGIC);
        header.push(VERSION);
        header.extend(self.id);
        header.extend(secret::check(&self.secret));
        let failed = |_| Error::new("internal", "profiles cannot be encoded");
        let plain = Zeroizing::new(minicbor::to_vec(&self.pages).map_err(failed)?);
        let sealed = seal::seal(&file_key(&self.secret), &header, &plain)?;
        write_whole(&self.file, &[header, sealed].concat())
    }

    /// Takes the file away, and the device's secret with it.
    pub fn remove(self, places: &Places) -> Result<()> {
        fs::remove_file(&self.file)?;
        secret::forget(places, &self.id);
        Ok(())
    }

    /// Who uses this machine, in the order in which they came.
    pub fn people(&self) -> &[Profile] {
        &self.pages.people
    }

    /// Somebody who uses this machine.
    pub fn profile(&self, member: MemberId) -> Result<&Profile> {
        self.pages.people.iter().find(|one| one.member == member).ok_or_else(|| Error::not_found("profile"))
    }

    fn profile_mut(&mut self, member: MemberId) -> Result<&mut Profile> {
        self.pages.people.iter_mut().find(|one| one.member == member).ok_or_else(|| Error::not_found("profile"))
    }

    /// Adds somebody, with their PIN.
    pub fn add(&mut self, member: MemberId, name: &str, role: Role, pin: &Pin, key: &Key) -> Result<()> {
        if self.profile(member).is_ok() {
            return Err(Error::new("profile_exists", "they use this machine already"));
        }
        let lock = Lock::new(pin, &self.secret, self.cost, member.bytes(), key)?;
        let (name, role) = (name.to_owned(), role.as_str().to_owned());
        let profile = Profile { member, name, role, lock, temporary: false, failed: 0, recovery: None, left: false };
        self.pages.people.push(profile);
        Ok(())
    }

    /// Takes somebody off; what they wrote stays in the notebook.
    pub fn drop_profile(&mut self, member: MemberId) {
        self.pages.people.retain(|one| one.member != member);
    }

    /// Gives somebody a new PIN; the wrong ones before it are forgotten.
    pub fn set_pin(&mut self, member: MemberId, pin: &Pin, temporary: bool, key: &Key) -> Result<()> {
        let lock = Lock::new(pin, &self.secret, self.cost, member.bytes(), key)?;
        let profile = self.profile_mut(member)?;
        (profile.lock, profile.temporary, profile.failed) = (lock, temporary, 0);
        Ok(())
    }

    /// Counts an attempt and writes it down before it is made.
    pub fn count_attempt(&mut self, member: MemberId) -> Result<()> {
        let profile = self.profile_mut(member)?;
        profile.failed = profile.failed.saturating_add(1);
        self.save()
    }

    /// The PIN was right: the count begins anew.
    pub fn forgive(&mut self, member: MemberId) -> Result<()> {
        self.profile_mut(member)?.failed = 0;
        self.save()
    }

    /// The database's key, when it is this person's PIN.
    pub fn open(&self, member: MemberId, pin: &Pin) -> Result<Option<Key>> {
        self.profile(member)?.lock.open(pin, &self.secret, member.bytes())
    }

    /// A new recovery code for somebody; one before it opens nothing any more.
    pub fn new_recovery(&mut self, member: MemberId, key: &Key) -> Result<RecoveryCode> {
        let code = RecoveryCode::random();
        let lock = RecoveryLock::new(&code, &self.secret, member.bytes(), key)?;
        self.profile_mut(member)?.recovery = Some(lock);
        Ok(code)
    }

    /// The database's key, when it is this person's recovery code.
    pub fn recover(&self, member: MemberId, code: &RecoveryCode) -> Result<Option<Key>> {
        let lock = self.profile(member)?.recovery.as_ref();
        Ok(lock.and_then(|lock| lock.open(code, &self.secret, member.bytes())))
    }

    /// After so many minutes without a touch the screen locks; never when none.
    pub fn lock_after_min(&self) -> Option<u32> {
        self.pages.lock_after_min
    }

    /// Sets when the screen locks by itself.
    pub fn set_lock_after_min(&mut self, minutes: Option<u32>) {
        self.pages.lock_after_min = minutes;
    }

    /// The team's name, for the picker.
    pub fn team(&self) -> &str {
        &self.pages.team
    }

    /// Takes over what the notebook says of the team and its people. Whether anything is new.
    pub fn refresh(&mut self, team: &str, known: impl Fn(MemberId) -> Option<Known>) -> bool {
        let mut new = self.pages.team != team;
        team.clone_into(&mut self.pages.team);
        for profile in &mut self.pages.people {
            let Some(Known { name, role, left }) = known(profile.member) else { continue };
            if profile.name != name || profile.role() != role || profile.left != left {
                (profile.name, profile.role, profile.left) = (name, role.as_str().to_owned(), left);
                new = true;
            }
        }
        new
    }
}

fn file_key(secret: &Key) -> Key {
    Zeroizing::new(blake3::derive_key("tungnha 2026 profiles file", secret.as_ref()))
}
