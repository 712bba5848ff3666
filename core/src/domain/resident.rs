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
