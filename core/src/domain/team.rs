//! A team: who goes from door to door in a hamlet, or looks after the hamlets of a commune.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{SpaceId, TeamId};

/// What kind of team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TeamKind {
    /// Tổ của thôn, bản.
    #[default]
    Hamlet,
    /// Tổ của xã, phường.
    Commune,
}

impl TeamKind {
    /// All kinds, the commune's first.
    pub const ALL: [Self; 2] = [Self::Commune, Self::Hamlet];

    /// The value in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hamlet => "hamlet",
            Self::Commune => "commune",
        }
    }

    /// Reads a document's value; what a later version wrote counts as a hamlet's team.
    pub fn from_stored(text: &str) -> Self {
        if text == "commune" { Self::Commune } else { Self::Hamlet }
    }
}

/// From so many members on, collaborators go in groups of their own: so it is done in Vân Hồ, Sơn La.
pub const GROUPS_FROM: u32 = 10;

/// The team with which a notebook begins. It is there without any key, is called what the notebook is called, and
/// has all places and members that no other team has.
pub fn founding(space: SpaceId) -> TeamId {
    TeamId::derived(&space.0, "team")
}
