//! Where a household is: a commune, a hamlet, a lane. Places have ids of their own;
//! the official code is only an attribute, because communes and hamlets merge.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What kind of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// Xã, phường, đặc khu.
    Commune,
    /// Thôn, bản, tiểu khu, khu phố, khóm, ấp.
    #[default]
    Hamlet,
}

impl PlaceKind {
    /// The value in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Commune => "commune",
            Self::Hamlet => "hamlet",
        }
    }

    /// Reads a document's value; what a later version wrote counts as a hamlet.
    pub fn from_stored(text: &str) -> Self {
        if text == "commune" { Self::Commune } else { Self::Hamlet }
    }
}
