//! A member of the team.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::TeamId;

/// What somebody is in the team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Tổ trưởng.
    Leader,
    /// Tổ phó.
    Deputy,
    /// Thành viên.
    #[default]
    Member,
    /// Cộng tác viên.
    Collaborator,
    /// Cán bộ xã.
    CommuneOfficer,
}

impl Role {
    /// The value in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Leader => "leader",
            Self::Deputy => "deputy",
            Self::Member => "member",
            Self::Collaborator => "collaborator",
            Self::CommuneOfficer => "commune_officer",
        }
    }

    /// Whether such a member may give tasks to others.
    pub fn assigns_to_others(self) -> bool {
        matches!(self, Self::Leader | Self::Deputy | Self::CommuneOfficer)
    }

    /// Whether such a member may change the rules of the notebook.
    pub fn sets_rules(self) -> bool {
        self.assigns_to_others()
    }

    /// Whether such a member leads their team.
    pub fn leads(self) -> bool {
        matches!(self, Self::Leader | Self::Deputy)
    }

    /// Reads a document's value; what a later version wrote counts as a member.
    pub fn from_stored(text: &str) -> Self {
        match text {
            "leader" => Self::Leader,
            "deputy" => Self::Deputy,
            "collaborator" => Self::Collaborator,
            "commune_officer" => Self::CommuneOfficer,
            _ => Self::Member,
        }
    }
}

/// What somebody may do with teams and places. An officer, and who leads the founding team or a commune's, looks after
/// all of the notebook; who leads another team, after that one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charge {
    /// Of the whole notebook.
    All,
    /// Of one team.
    Team(TeamId),
    /// Of nothing.
    Nothing,
}

impl Charge {
    /// The charge of a member with a role in a team. `above` says whether that team is the founding one or a commune's.
    pub fn of(role: Role, team: TeamId, above: bool) -> Self {
        match role {
            Role::CommuneOfficer => Self::All,
            role if role.leads() && above => Self::All,
            role if role.leads() => Self::Team(team),
            _ => Self::Nothing,
        }
    }

    /// Whether a team is in this charge.
    pub fn has(self, team: TeamId) -> bool {
        self == Self::All || self == Self::Team(team)
    }
}
