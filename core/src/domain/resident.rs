//! A resident of a household.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// As the household list has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Nữ.
    Female,
    /// Nam.
    Male,
}

impl Sex {
    /// The value in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }

    /// Reads a document's value.
    pub fn from_stored(text: &str) -> Option<Self> {
        match text {
            "female" => Some(Self::Female),
            "male" => Some(Self::Male),
            _ => None,
        }
    }
}

/// Whether a resident lives in the household.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ResidentStatus {
    /// Lives here.
    #[default]
    Living,
    /// Đi làm ăn xa: of the household, and seldom at home.
    WorkingAway,
    /// Đã chuyển đi.
    MovedAway,
    /// Đã mất.
    Deceased,
}

impl ResidentStatus {
    const ALL: [Self; 4] = [Self::Living, Self::WorkingAway, Self::MovedAway, Self::Deceased];

    /// The value in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Living => "living",
            Self::WorkingAway => "working_away",
            Self::MovedAway => "moved_away",
            Self::Deceased => "deceased",
        }
    }

    /// Reads a document's value; what a later version wrote counts as living here.
    pub fn from_stored(text: &str) -> Self {
        Self::ALL.into_iter().find(|status| status.as_str() == text).unwrap_or_default()
    }

    /// No longer of the household: not counted, not visited.
    pub fn is_gone(self) -> bool {
        matches!(self, Self::MovedAway | Self::Deceased)
    }
}
