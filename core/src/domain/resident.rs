//! A resident of a household.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{HouseholdId, ResidentId};

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
    /// Đã chuyển sang hộ khác: written in another household of this notebook now.
    MovedHousehold,
    /// Đã mất.
    Deceased,
}

impl ResidentStatus {
    const ALL: [Self; 5] = [Self::Living, Self::WorkingAway, Self::MovedAway, Self::MovedHousehold, Self::Deceased];

    /// The value in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Living => "living",
            Self::WorkingAway => "working_away",
            Self::MovedAway => "moved_away",
            Self::MovedHousehold => "moved_household",
            Self::Deceased => "deceased",
        }
    }

    /// Reads a document's value; what a later version wrote counts as living here.
    pub fn from_stored(text: &str) -> Self {
        Self::ALL.into_iter().find(|status| status.as_str() == text).unwrap_or_default()
    }

    /// No longer of the household: not counted, not visited.
    pub fn is_gone(self) -> bool {
        matches!(self, Self::MovedAway | Self::MovedHousehold | Self::Deceased)
    }
}

/// From which household a resident came, and how they stood there: what it takes to bring them back.
/// Stored as one text, so that two moves made at once are seen as one crossing: `household|resident|status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MovedFrom {
    /// The household that they left.
    pub household: HouseholdId,
    /// Their id in it.
    pub resident: ResidentId,
    /// What they were there before.
    pub status: ResidentStatus,
}

impl MovedFrom {
    /// The stored form.
    pub fn encode(&self) -> String {
        format!("{}|{}|{}", self.household, self.resident, self.status.as_str())
    }

    /// Reads the stored form; nothing when it is none, or was taken back.
    pub fn decode(text: &str) -> Option<Self> {
        let mut parts = text.split('|');
        Some(Self {
            household: parts.next()?.parse().ok()?,
            resident: parts.next()?.parse().ok()?,
            status: ResidentStatus::from_stored(parts.next()?),
        })
    }
}
