//! A resident's own consent to being recorded (Law 91/2025, in force since 1 January
//! 2026): asked, never assumed, and provable.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the resident answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConsentState {
    /// Chưa hỏi. Everybody who came in with a list.
    #[default]
    NotAsked,
    /// Đã đồng ý.
    Given,
    /// Không đồng ý.
    Refused,
    /// Đã rút lại.
    Withdrawn,
}

impl ConsentState {
    /// The value in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotAsked => "not_asked",
            Self::Given => "given",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether nothing more may be written about the person.
    pub fn forbids(self) -> bool {
        matches!(self, Self::Refused | Self::Withdrawn)
    }

    /// Reads a document's value; what cannot be read was not asked.
    pub fn from_stored(text: &str) -> Self {
        match text {
            "given" => Self::Given,
            "refused" => Self::Refused,
            "withdrawn" => Self::Withdrawn,
            _ => Self::NotAsked,
        }
    }
}

/// An answer with its proof. Stored as one text, so that crossing answers are seen
/// as one crossing and never mixed: `state|version|unix ms|member|how|parent`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// What was answered.
    pub state: ConsentState,
    /// Which version of the text was shown or read aloud.
    pub text_version: u32,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// The member who asked.
    pub member: String,
    /// How: `spoken` or `paper`.
    pub how: String,
    /// The parent or guardian who answered for a child; empty when the person answered.
    pub parent: String,
}

impl Consent {
    /// The stored form.
    pub fn encode(&self) -> String {
        let Self { state, text_version, at_ms, member, how, parent } = self;
        let own = format!("{}|{text_version}|{at_ms}|{member}|{how}", state.as_str());
        if parent.is_empty() { own } else { format!("{own}|{parent}") }
    }

    /// Reads the stored form; whatever is not one counts as not asked.
    pub fn decode(text: &str) -> Option<Self> {
        let mut parts = text.splitn(6, '|');
        Some(Self {
            state: ConsentState::from_stored(parts.next()?),
            text_version: parts.next()?.parse().ok()?,
            at_ms: parts.next()?.parse().ok()?,
            member: parts.next()?.to_owned(),
            how: parts.next()?.to_owned(),
            parent: parts.next().unwrap_or_default().to_owned(),
        })
    }
}
