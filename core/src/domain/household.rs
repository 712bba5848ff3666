//! A household: who lives behind one door.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whether the household still lives here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HouseholdStatus {
    /// Lives here.
    #[default]
    Living,
    /// Đã chuyển đi.
    MovedAway,
}

impl HouseholdStatus {
    /// The value in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Living => "living",
            Self::MovedAway => "moved_away",
        }
    }

    /// Reads a document's value; what a later version wrote counts as living here.
    pub fn from_stored(text: &str) -> Self {
        if text == "moved_away" { Self::MovedAway } else { Self::Living }
    }
}
