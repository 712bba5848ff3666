//! Identifiers: a UUID each, written as 22 characters (base64url without padding).
//!
//! A new thing gets a fresh, time-ordered UUID (version 7). A thing that comes out of
//! a list gets a derived one (version 5), so that two tablets that import the same
//! list in the field hold one set of households and not two.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A text that should have been a 22-character id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id: it must be 22 characters of base64url")]
pub struct BadId;

fn parse(text: &str) -> Result<Uuid, BadId> {
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| BadId)?;
    Uuid::from_slice(&bytes).map_err(|_| BadId)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(pub Uuid);

        impl $name {
            /// A fresh id, ordered by the time it was made.
            pub fn fresh() -> Self {
                Self(Uuid::now_v7())
            }

            /// The id that everybody derives from the same `key` inside `space`.
            pub fn derived(space: &Uuid, key: &str) -> Self {
                let name = format!("{}\u{1f}{key}", stringify!($name));
                Self(Uuid::new_v5(space, name.as_bytes()))
            }

            /// The sixteen bytes, as stored.
            pub fn bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }

            /// Reads sixteen stored bytes.
            pub fn from_slice(bytes: &[u8]) -> Result<Self, BadId> {
                Uuid::from_slice(bytes).map(Self).map_err(|_| BadId)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&BASE64URL_NOPAD.encode(self.0.as_bytes()))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl std::str::FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                parse(text).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadId;
            fn try_from(text: String) -> Result<Self, BadId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.to_string()
            }
        }

        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.bytes(self.0.as_bytes())?.ok()
            }
        }

        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
                Self::from_slice(d.bytes()?).map_err(minicbor::decode::Error::custom)
            }
        }
    )+};
}

ids! {
    /// A team's shared notebook; also the id of its document.
    SpaceId
    /// A household; also the id of its document.
    HouseholdId
    /// A resident of a household.
    ResidentId
    /// One visit to one household.
    VisitId
    /// A place: a commune, a hamlet, a lane.
    PlaceId
    /// A member of a team.
    MemberId
    /// A checklist item.
    ItemId
    /// One import of one list.
    ImportId
    /// A class, a booth, a welfare day.
    ActivityId
    /// Something to do, at one household, at several, or at none.
    TaskId
    /// What stands in the way; of one that was raised in a visit, the visit's.
    ObstacleId
    /// One word that was said of an obstacle.
    SaidId
    /// A campaign.
    CampaignId
    /// What the office tells its teams.
    NoticeId
    /// A team of the notebook.
    TeamId
    /// A group of collaborators inside a team.
    GroupId
    /// A rename, a merger or a split of places.
    PlaceChangeId
    /// What somebody did with a report: submitted, returned, locked it.
    ReportEventId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_22_characters_and_reads_back() {
        let id = HouseholdId::fresh();
        let text = id.to_string();
        assert_eq!(text.len(), 22);
        assert_eq!(text.parse(), Ok(id));
        assert_eq!("not an id".parse::<HouseholdId>(), Err(BadId));
    }

    #[test]
    fn two_tablets_derive_the_same_household_from_the_same_list() {
        let space = Uuid::from_u128(7);
        assert_eq!(HouseholdId::derived(&space, "Pa Cốp/H0001"), HouseholdId::derived(&space, "Pa Cốp/H0001"));
        assert_ne!(HouseholdId::derived(&space, "Pa Cốp/H0001"), HouseholdId::derived(&space, "Pa Cốp/H0002"));
        assert_ne!(HouseholdId::derived(&space, "x").0, ResidentId::derived(&space, "x").0);
    }
}
