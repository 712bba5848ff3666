//! A campaign (ra quân): some days, some places, and how much is to be done by whom.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::PlaceId;

/// What a campaign counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CampaignMeasure {
    /// Households at which somebody was met, each once.
    #[default]
    HouseholdsMet,
    /// Visits, whatever their outcome.
    Visits,
    /// People who were met, each once.
    PeopleMet,
}

impl CampaignMeasure {
    /// The value in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HouseholdsMet => "households_met",
            Self::Visits => "visits",
            Self::PeopleMet => "people_met",
        }
    }

    /// Reads a document's value; what a later version wrote counts as households.
    pub fn from_stored(text: &str) -> Self {
        match text {
            "visits" => Self::Visits,
            "people_met" => Self::PeopleMet,
            _ => Self::HouseholdsMet,
        }
    }
}

/// What a campaign says of itself, quotas apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// Its name.
    pub name: String,
    /// Its first day.
    pub from: Option<Date>,
    /// Its last day.
    pub to: Option<Date>,
    /// What it counts.
    pub measure: CampaignMeasure,
    /// Where; everywhere when empty.
    pub places: Vec<PlaceId>,
    /// Taken back; can be restored.
    pub removed: bool,
}
