//! What the commands about a machine's people take and return. What holds a PIN cannot be printed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::domain::Role;

/// Who uses this machine.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Profiles {
    /// The people with a PIN, in the order in which they came; nobody on a machine without PINs.
    pub people: Vec<ProfileView>,
    /// Who is at the screen.
    pub signed_in: Option<String>,
    /// Somebody has to enter a PIN first.
    pub locked: bool,
    /// The notebook is open behind the lock, and syncs.
    pub open: bool,
    /// Whoever is signed in may reset others' PINs.
    pub leads: bool,
    /// After so many minutes without a touch the screen locks; null for never.
    pub lock_after_min: Option<u32>,
    /// The team's name.
    pub team: String,
    /// The device's secret lies in the system's keystore, and not just in another file.
    pub in_keystore: bool,
}

/// Somebody who uses this machine.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ProfileView {
    /// The member's id.
    pub id: String,
    /// Their name.
    pub name: String,
    /// What they are in the team.
    pub role: Role,
    /// Their records that no relay has yet; null while the notebook is not open, or busy.
    pub waiting: Option<u32>,
    /// How long they have to wait before the next attempt, in seconds.
    pub wait_s: u32,
    /// How many wrong PINs are left before a wait.
    pub tries_left: u32,
    /// Has a recovery code.
    pub has_recovery: bool,
    /// Their PIN was set by a leader, and they choose another when they come in.
    pub temporary: bool,
    /// Has left every team on this machine, and comes in no more as long as somebody else can.
    pub left: bool,
}

/// Arguments of `profile_unlock`.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProfileUnlock {
    /// Who.
    pub profile: String,
    /// Their PIN.
    pub pin: String,
    /// The PIN they choose in place of one that a leader has set.
    #[ts(optional)]
    pub new_pin: Option<String>,
}

/// Arguments of `profile_recover`.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProfileRecover {
    /// Who.
    pub profile: String,
    /// Their recovery code.
    pub code: String,
    /// The PIN they choose.
    pub new_pin: String,
}

/// Arguments of commands with one's own PIN.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OwnPin {
    /// The PIN.
    pub pin: String,
}

/// Arguments of `profile_add`.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProfileAdd {
    /// Which member of the team.
    pub member: String,
    /// Their PIN.
    pub pin: String,
}

/// Arguments of `profile_remove`.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProfileRemove {
    /// Who.
    pub profile: String,
}

/// Arguments of `profile_pin_change`.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PinChange {
    /// The PIN so far.
    pub pin: String,
    /// The new one.
    pub new_pin: String,
}

/// Arguments of `profile_pin_reset`.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PinReset {
    /// Whose.
    pub profile: String,
    /// The temporary PIN.
    pub new_pin: String,
}

/// Arguments of `profile_lock_after`.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LockAfter {
    /// Minutes, up to a day; null for never.
    pub minutes: Option<u32>,
}

/// That the machine has its first PIN.
#[derive(Serialize, TS)]
pub struct PinWasSet {
    /// Who uses this machine.
    pub profiles: Profiles,
    /// The recovery code, to be written down: it is shown this once.
    pub recovery_code: String,
}

/// A recovery code, shown once.
#[derive(Serialize, TS)]
pub struct RecoveryShown {
    /// Eight groups of six digits.
    pub code: String,
}
