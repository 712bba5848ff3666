//! The keys of a space's document.
//!
//! `name` `practice` `consent_first` · `place/<id>/{name,kind,word,code,parent,from,to,born}` with `place/<id>/was:<n>`,
//! former names · `place-change/<id>` with `place-change/<id>/goes:<household>` ·
//! `team/<id>/{name,kind,smallest,largest,removed}` with `team/<id>/place:<place>` · `group/<id>/{name,team,removed}` ·
//! `member/<id>/{name,role,title,team,group,joined,left}` ·
//! `skill/<key>` · `item/<id>/{skill,text,order,retired}` · `service/<key>` ·
//! `import/<id>` with `import/<id>/withdrawn` · `activity/<id>` with
//! `activity/<id>/{count:<member>:<service>,came:<household>:<resident>,helped:<member>}` ·
//! `task/<id>/{what,who,from_who,from,due,goal,done,removed}` · `training/<member>/<course>` ·
//! `obstacle_days` · `obstacle/<id>` with `obstacle/<id>/{reply,state}:<said>` (`<id>` may be a visit's) ·
//! `campaign/<id>/{name,from,to,measure,removed,place:<place>,quota:<team or member>}` ·
//! `target/<place or team>/<first period>:<indicator>` · `notice/<id>` ·
//! `report/<period>~<team>/<event>` with its parts (`<event>:figures:0` …), see [`ReportPart`] ·
//! `notebook/<space>/{name,keys,way,until,removed}` · `level/<key>` `role/<key>` `locality/{place,groups,hamlet,commune}/<field>` ·
//! `device/<id>/{name,member}` · `rules/<first period>` · `same-household/<id>/<id>` and `same-resident/<id>/<id>`, the smaller id first, with what was said of
//! the two (see [`crate::domain::Verdict`]).

use uuid::Uuid;

use crate::domain::{
    ActivityId, HouseholdId, MemberId, PlaceChangeId, PlaceId, ReportEventId, ResidentId, SameKind, TeamId, same,
};

/// The team's name.
pub const NAME: &str = "name";
/// Whether nobody is assessed before they were asked for consent; so it is where nothing is written.
pub const CONSENT_FIRST: &str = "consent_first";
/// Days without an answer after which an obstacle stands out.
pub const OBSTACLE_DAYS: &str = "obstacle_days";

/// The key of a field of a thing of the space.
pub fn field(kind: Thing, id: impl std::fmt::Display, field: &str) -> String {
    format!("{}/{id}/{field}", kind.as_str())
}

/// The key of a thing that is one value.
pub fn value(kind: Thing, id: impl std::fmt::Display) -> String {
    format!("{}/{id}", kind.as_str())
}

/// The things that a space's document holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// A place.
    Place,
    /// A rename, a merger or a split of places.
    PlaceChange,
    /// A team.
    Team,
    /// A group of collaborators.
    Group,
    /// A member.
    Member,
    /// A skill's name.
    Skill,
    /// A checklist item.
    Item,
    /// A service that is counted.
    Service,
    /// An import.
    Import,
    /// An activity.
    Activity,
    /// Something to do that belongs to no household.
    Task,
    /// What a member has learned: a day for each course, or an empty text once it is taken back.
    Training,
    /// A device of the team, as it has named itself.
    Device,
    /// What stands in the way.
    Obstacle,
    /// A campaign.
    Campaign,
    /// What a place or a team is to reach.
    Target,
    /// What the office tells its teams.
    Notice,
    /// What happened with a report.
    Report,
    /// The place's own word for a level.
    Level,
    /// The place's own word for a role.
    Role,
    /// How the locality works: what it is called, its words, the shapes of its teams.
    Locality,
    /// How the place reports, from a period on: see [`crate::domain::rules`].
    Rules,
    /// Another notebook that this one lists, with what lets its devices in.
    Notebook,
    /// Whether two households are one.
    SameHousehold,
    /// Whether two residents are one.
    SameResident,
}

impl Thing {
    const ALL: [Self; 25] = [
        Self::Place,
        Self::PlaceChange,
        Self::Team,
        Self::Group,
        Self::Member,
        Self::Skill,
        Self::Item,
        Self::Service,
        Self::Import,
        Self::Activity,
        Self::Task,
        Self::Training,
        Self::Device,
        Self::Obstacle,
        Self::Campaign,
        Self::Target,
        Self::Notice,
        Self::Report,
        Self::Level,
        Self::Role,
        Self::Locality,
        Self::Rules,
        Self::Notebook,
        Self::SameHousehold,
        Self::SameResident,
    ];

    /// The first part of the key.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::PlaceChange => "place-change",
            Self::Team => "team",
            Self::Group => "group",
            Self::Member => "member",
            Self::Skill => "skill",
            Self::Item => "item",
            Self::Service => "service",
            Self::Import => "import",
            Self::Activity => "activity",
            Self::Task => "task",
            Self::Training => "training",
            Self::Device => "device",
            Self::Obstacle => "obstacle",
            Self::Campaign => "campaign",
            Self::Target => "target",
            Self::Notice => "notice",
            Self::Report => "report",
            Self::Level => "level",
            Self::Role => "role",
            Self::Locality => "locality",
            Self::Rules => "rules",
            Self::Notebook => "notebook",
            Self::SameHousehold => "same-household",
            Self::SameResident => "same-resident",
        }
    }
}

impl From<SameKind> for Thing {
    fn from(kind: SameKind) -> Self {
        match kind {
            SameKind::Household => Self::SameHousehold,
            SameKind::Resident => Self::SameResident,
        }
    }
}

/// The key of what was said of these two.
pub fn same(kind: SameKind, (a, b): (Uuid, Uuid)) -> String {
    field(kind.into(), HouseholdId(a), &HouseholdId(b).to_string())
}

/// Of what sort and which two a key is; nothing when it is another key, or its ids are out of order.
pub fn parse_same(key: &str) -> Option<(SameKind, (Uuid, Uuid))> {
    let (thing, a, b) = parse(key)?;
    let kind = [SameKind::Household, SameKind::Resident].into_iter().find(|kind| Thing::from(*kind) == thing)?;
    let id = |text: &str| text.parse::<HouseholdId>().ok().map(|id| id.0);
    let (a, b) = (id(a)?, id(b?)?);
    (same::pair(a, b) == Some((a, b))).then_some((kind, (a, b)))
}

/// A key taken apart: which thing, its id, and its field when it has fields.
pub fn parse(key: &str) -> Option<(Thing, &str, Option<&str>)> {
    let mut parts = key.split('/');
    let kind = parts.next()?;
    let thing = Thing::ALL.into_iter().find(|t| t.as_str() == kind)?;
    let (id, field, rest) = (parts.next()?, parts.next(), parts.next());
    rest.is_none().then_some((thing, id, field))
}

/// The key that says that a team covers a place.
pub fn team_place(team: TeamId, place: PlaceId) -> String {
    field(Thing::Team, team, &format!("place:{place}"))
}

/// The place that a field of a team says it covers.
pub fn covered(field: &str) -> Option<PlaceId> {
    field.strip_prefix("place:")?.parse().ok()
}

/// The key that says where a household goes in a split.
pub fn goes(change: PlaceChangeId, household: HouseholdId) -> String {
    field(Thing::PlaceChange, change, &format!("goes:{household}"))
}

/// The household of which a field of a change says where it goes.
pub fn going(field: &str) -> Option<HouseholdId> {
    field.strip_prefix("goes:")?.parse().ok()
}

/// The key of a place's nth former name.
pub fn was(place: PlaceId, n: usize) -> String {
    field(Thing::Place, place, &format!("was:{n}"))
}

/// What is kept of an activity beside its value, each under a key of its own: several people count at one booth,
/// and none overwrites another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActivityPart<'a> {
    /// How much a member has counted of a service; of people who came when the service is empty.
    Count(MemberId, &'a str),
    /// Somebody of a household came.
    Came(HouseholdId, ResidentId),
    /// A member helped.
    Helped(MemberId),
}

impl<'a> ActivityPart<'a> {
    /// The key of this part.
    pub fn key(&self, activity: ActivityId) -> String {
        let part = match self {
            Self::Count(member, service) => format!("count:{member}:{service}"),
            Self::Came(household, resident) => format!("came:{household}:{resident}"),
            Self::Helped(member) => format!("helped:{member}"),
        };
        field(Thing::Activity, activity, &part)
    }

    /// Reads the last part of a key.
    pub fn parse(field: &'a str) -> Option<Self> {
        let mut parts = field.splitn(3, ':');
        match (parts.next()?, parts.next()?, parts.next()) {
            ("count", member, Some(service)) => Some(Self::Count(member.parse().ok()?, service)),
            ("came", household, Some(resident)) => Some(Self::Came(household.parse().ok()?, resident.parse().ok()?)),
            ("helped", member, None) => Some(Self::Helped(member.parse().ok()?)),
            _ => None,
        }
    }
}

/// What stands under a report's keys: its events, and beside a lock the parts of what it froze.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReportPart {
    /// The event itself.
    Event(ReportEventId),
    /// A part of the frozen figures.
    Figures(ReportEventId, u32),
    /// A part of the fingerprints of what went in.
    Prints(ReportEventId, u32),
}

impl ReportPart {
    /// The last part of the key.
    pub fn field(self) -> String {
        match self {
            Self::Event(event) => event.to_string(),
            Self::Figures(event, n) => format!("{event}:figures:{n}"),
            Self::Prints(event, n) => format!("{event}:prints:{n}"),
        }
    }

    /// Reads the last part of a key.
    pub fn parse(field: &str) -> Option<Self> {
        let mut parts = field.splitn(3, ':');
        let event = parts.next()?.parse().ok()?;
        match (parts.next(), parts.next()) {
            (None, None) => Some(Self::Event(event)),
            (Some("figures"), Some(n)) => Some(Self::Figures(event, n.parse().ok()?)),
            (Some("prints"), Some(n)) => Some(Self::Prints(event, n.parse().ok()?)),
            _ => None,
        }
    }
}
