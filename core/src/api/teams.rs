//! Tổ: the teams of the notebook, their members and groups of collaborators, and which team a household has.
//!
//! Who may change what follows from the role ([`Charge`]). Only what is written on this device is held to it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Api, Done, Nothing, id};
use crate::doc::space::{self as keys, Thing};
use crate::doc::{Scalar, household as household_keys};
use crate::domain::text::{self, NineDigits};
use crate::domain::{Charge, GroupId, HouseholdId, MemberId, PlaceId, Role, TeamId, TeamKind};
use crate::error::{Error, Result};
use crate::notebook::Notebook;
use crate::projection::teams::{self, TeamView};
use crate::projection::views::MemberView;
use crate::projection::{merged, places};

/// The teams of the notebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Teams {
    /// The teams by name, those that were taken off too.
    pub teams: Vec<TeamView>,
    /// Households of which nobody knows whose they are: several teams cover their place.
    pub unassigned: u32,
    /// Whether the signed-in member looks after all of them: may add teams and change places.
    pub may_all: bool,
}

/// Arguments of `member_list`.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
#[ts(optional_fields)]
pub struct MemberList {
    /// Also those who have left.
    pub all: Option<bool>,
}

/// Arguments of `team_save`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TeamSave {
    /// The team; a new one when left out.
    #[serde(default)]
    #[ts(optional)]
    pub team: Option<String>,
    /// Its name.
    pub name: String,
    /// What kind.
    pub kind: TeamKind,
    /// How many members it should have at least.
    #[serde(default)]
    #[ts(optional)]
    pub smallest: Option<u32>,
    /// How many members it should have at most.
    #[serde(default)]
    #[ts(optional)]
    pub largest: Option<u32>,
    /// The places that it covers. The founding team covers what no other does.
    pub places: Vec<String>,
}

/// Arguments of `team_set_removed`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TeamSetRemoved {
    /// The team.
    pub team: String,
    /// Taken off, or not.
    pub removed: bool,
}

/// Arguments of `group_save`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GroupSave {
    /// The group; a new one when left out.
    #[serde(default)]
    #[ts(optional)]
    pub group: Option<String>,
    /// Its team.
    pub team: String,
    /// Its name.
    pub name: String,
    /// Taken off, or not.
    #[serde(default)]
    #[ts(optional)]
    pub removed: Option<bool>,
}

/// Arguments of `member_edit`; what is left out stays.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct MemberEdit {
    /// Who.
    pub member: String,
    /// Full name.
    #[serde(default)]
    pub name: Option<String>,
    /// What they are in the team.
    #[serde(default)]
    pub role: Option<Role>,
    /// What they are called there; empty to clear.
    #[serde(default)]
    pub title: Option<String>,
    /// Their team.
    #[serde(default)]
    pub team: Option<String>,
    /// Their group of collaborators; empty to clear.
    #[serde(default)]
    pub group: Option<String>,
    /// The day on which they joined; empty to clear.
    #[serde(default)]
    pub joined: Option<String>,
}

/// Arguments of `member_leave`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MemberLeave {
    /// Who.
    pub member: String,
    /// From which day on; today when left out.
    #[serde(default)]
    #[ts(optional)]
    pub day: Option<String>,
}

/// Arguments of `member_return`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MemberReturn {
    /// Who.
    pub member: String,
}

/// Arguments of `household_team`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HouseholdTeam {
    /// The households.
    pub households: Vec<String>,
    /// Their team; the one of their place when left out.
    #[serde(default)]
    #[ts(optional)]
    pub team: Option<String>,
}

/// Households that get a team at once.
const HOUSEHOLDS_AT_MOST: usize = 2_000;
/// No team has more members.
const SIZE_AT_MOST: u32 = 9_999;

/// The members; those who have left only where they are asked for.
pub(super) fn member_list(api: &Api, args: MemberList) -> Result<Vec<MemberView>> {
    let notebook = api.notebook();
    let open = notebook.space()?;
    let mut members = teams::members(notebook.db(), open.id, Some(open.me))?;
    if !args.all.unwrap_or_default() {
        members.retain(|member| member.is_here(notebook.clock().today()));
    }
    Ok(members)
}

/// The teams.
pub(super) fn list(api: &Api, _: Nothing) -> Result<Teams> {
    let notebook = api.notebook();
    let (db, space, today) = (notebook.db(), notebook.space()?.id, notebook.clock().today());
    let charge = charge(&notebook)?;
    let mut teams = teams::list(db, space, today)?;
    for team in &mut teams {
        team.may_edit = charge.has(id("team", &team.id)?);
    }
    Ok(Teams { unassigned: teams::unassigned(db, space, today)?, teams, may_all: charge == Charge::All })
}

/// What the signed-in member is in charge of.
pub(super) fn charge(notebook: &Notebook) -> Result<Charge> {
    let (space, me, today) = (notebook.space()?.id, notebook.me()?, notebook.clock().today());
    let members = teams::members(notebook.db(), space, Some(me))?;
    let Some(me) = members.into_iter().find(|member| member.me && member.is_here(today)) else {
        return Ok(Charge::Nothing);
    };
    charge_of(notebook, &me)
}

fn charge_of(notebook: &Notebook, member: &MemberView) -> Result<Charge> {
    let team: TeamId = id("team", &member.team)?;
    Ok(Charge::of(member.role, team, teams::is_above(notebook.db(), notebook.space()?.id, team)?))
}

/// Refuses who is not in charge of a team, or of everything where none is named.
pub(super) fn in_charge(notebook: &Notebook, of: Option<TeamId>) -> Result<()> {
    let charge = charge(notebook)?;
    let may = of.map_or(charge == Charge::All, |team| charge.has(team));
    if may { Ok(()) } else { Err(Error::new("not_allowed", "only who leads this team, or an officer, may do this")) }
}

pub(super) fn known_team(notebook: &Notebook, text: &str) -> Result<TeamId> {
    let team: TeamId = id("team", text)?;
    let names = teams::names(notebook.db(), notebook.space()?.id)?;
    if names.contains_key(&team) { Ok(team) } else { Err(Error::not_found("team")) }
}

/// Adds a team or writes it anew.
pub(super) fn save(api: &Api, args: TeamSave) -> Result<Teams> {
    let name = text::required("name", &args.name, NineDigits::Ask)?;
    for (field, size) in [("smallest", args.smallest), ("largest", args.largest)] {
        if size.is_some_and(|size| !(1..=SIZE_AT_MOST).contains(&size)) {
            return Err(Error::invalid("bad_number", field));
        }
    }
    if args.smallest.zip(args.largest).is_some_and(|(smallest, largest)| smallest > largest) {
        return Err(Error::invalid("bad_number", "largest"));
    }
    let wanted: Vec<PlaceId> = args.places.iter().map(|place| id("place", place)).collect::<Result<_>>()?;
    let (team, before) = {
        let notebook = api.notebook();
        let team = args.team.as_deref().map(|team| known_team(&notebook, team)).transpose()?;
        in_charge(&notebook, team)?;
        let (db, space) = (notebook.db(), notebook.space()?.id);
        let titles = places::titles(db, space, notebook.clock().today())?;
        if wanted.iter().any(|place| !titles.contains_key(place)) {
            return Err(Error::not_found("place"));
        }
        let team = team.unwrap_or_else(TeamId::fresh);
        let before = teams::covers(db, space, team)?;
        // What a team covers is also taken from, or left to, others.
        if before.iter().ne(wanted.iter()) {
            let changed =
                wanted.iter().any(|place| !before.contains(place)) || before.iter().any(|p| !wanted.contains(p));
            if changed {
                in_charge(&notebook, None)?;
            }
        }
        (team, before)
    };
    api.write(|batch| {
        batch.edit_space(|edit| {
            edit.text(&keys::field(Thing::Team, team, "name"), &name);
            edit.text(&keys::field(Thing::Team, team, "kind"), args.kind.as_str());
            for (field, size) in [("smallest", args.smallest), ("largest", args.largest)] {
                edit.set(&keys::field(Thing::Team, team, field), &Scalar::Int(size.unwrap_or_default().into()));
            }
            for place in before.iter().filter(|place| !wanted.contains(place)) {
                edit.flag(&keys::team_place(team, *place), false);
            }
            for place in &wanted {
                edit.flag(&keys::team_place(team, *place), true);
            }
        })
    })?;
    list(api, Nothing {})
}

/// Takes a team off, or brings it back. Its members are of the founding team then, and its places of whoever covers them.
pub(super) fn set_removed(api: &Api, args: TeamSetRemoved) -> Result<Teams> {
    let team = {
        let notebook = api.notebook();
        in_charge(&notebook, None)?;
        known_team(&notebook, &args.team)?
    };
    api.write(|batch| batch.edit_space(|edit| edit.flag(&keys::field(Thing::Team, team, "removed"), args.removed)))?;
    list(api, Nothing {})
}

/// Adds a group of collaborators, or writes it anew.
pub(super) fn group_save(api: &Api, args: GroupSave) -> Result<Teams> {
    let name = text::required("name", &args.name, NineDigits::Ask)?;
    let team = {
        let notebook = api.notebook();
        let team = known_team(&notebook, &args.team)?;
        in_charge(&notebook, Some(team))?;
        team
    };
    let group = args.group.as_deref().map(|group| id("group", group)).transpose()?.unwrap_or_else(GroupId::fresh);
    api.write(|batch| {
        batch.edit_space(|edit| {
            edit.text(&keys::field(Thing::Group, group, "name"), &name);
            edit.text(&keys::field(Thing::Group, group, "team"), &team.to_string());
            if let Some(removed) = args.removed {
                edit.flag(&keys::field(Thing::Group, group, "removed"), removed);
            }
        })
    })?;
    list(api, Nothing {})
}

/// Edits a member.
pub(super) fn member_edit(api: &Api, args: MemberEdit) -> Result<MemberView> {
    let member: MemberId = id("member", &args.member)?;
    let writes = checked(&api.notebook(), member, &args)?;
    api.write(|batch| {
        batch.edit_space(|edit| {
            for (field, value) in &writes {
                edit.text(&keys::field(Thing::Member, member, field), value);
            }
        })
    })?;
    one(api, member)
}

type Writes = Vec<(&'static str, String)>;

fn checked(notebook: &Notebook, member: MemberId, args: &MemberEdit) -> Result<Writes> {
    let before = known(notebook, member)?;
    let mut writes = Writes::new();
    if let Some(name) = &args.name {
        writes.push(("name", text::required("name", name, NineDigits::Ask)?));
    }
    if let Some(title) = &args.title {
        writes.push(("title", text::line("title", title, NineDigits::Ask)?));
    }
    let own: TeamId = id("team", &before.team)?;
    let own_words = args.role.is_none() && args.team.is_none() && args.group.is_none() && args.joined.is_none();
    // How they are called is everybody's own to say.
    if !(before.me && own_words) {
        in_charge(notebook, Some(own))?;
    }
    if let Some(role) = args.role {
        if role == Role::CommuneOfficer && before.role != role {
            in_charge(notebook, None)?;
        }
        writes.push(("role", role.as_str().to_owned()));
    }
    if let Some(team) = &args.team {
        let team = known_team(notebook, team)?;
        in_charge(notebook, Some(team))?;
        writes.push(("team", team.to_string()));
    }
    if let Some(group) = &args.group {
        let group = if group.is_empty() { String::new() } else { id::<GroupId>("group", group)?.to_string() };
        writes.push(("group", group));
    }
    if let Some(joined) = &args.joined {
        writes.push(("joined", if joined.is_empty() { String::new() } else { day("joined", joined)?.to_string() }));
    }
    if args.role.is_some() || args.team.is_some() {
        let team = args.team.as_deref().unwrap_or(&before.team);
        someone_is_left(
            notebook,
            &MemberView { role: args.role.unwrap_or(before.role), team: team.to_owned(), ..before },
        )?;
    }
    Ok(writes)
}

/// Somebody must be left who looks after the whole notebook, or nobody could ever be put in charge again.
fn someone_is_left(notebook: &Notebook, changed: &MemberView) -> Result<()> {
    let today = notebook.clock().today();
    let mut members = teams::members(notebook.db(), notebook.space()?.id, None)?;
    let before = members.clone();
    if let Some(member) = members.iter_mut().find(|member| member.id == changed.id) {
        member.clone_from(changed);
    }
    let anybody = |members: &[MemberView]| {
        let here = members.iter().filter(|member| member.is_here(today));
        here.map(|member| charge_of(notebook, member)).any(|charge| charge == Ok(Charge::All))
    };
    if anybody(&members) || !anybody(&before) {
        return Ok(());
    }
    Err(Error::invalid("last_leader", "role"))
}

fn day(field: &'static str, text: &str) -> Result<Date> {
    text.parse().map_err(|_| Error::invalid("bad_date", field))
}

fn known(notebook: &Notebook, member: MemberId) -> Result<MemberView> {
    let open = notebook.space()?;
    let members = teams::members(notebook.db(), open.id, Some(open.me))?;
    members.into_iter().find(|one| one.id == member.to_string()).ok_or_else(|| Error::not_found("member"))
}

pub(super) fn one(api: &Api, member: MemberId) -> Result<MemberView> {
    known(&api.notebook(), member)
}

/// Writes down that a member has left. They stay in what was recorded, and are given nothing new.
pub(super) fn member_leave(api: &Api, args: MemberLeave) -> Result<MemberView> {
    let member: MemberId = id("member", &args.member)?;
    let left = {
        let notebook = api.notebook();
        let before = known(&notebook, member)?;
        in_charge(&notebook, Some(id("team", &before.team)?))?;
        if before.me {
            return Err(Error::new("not_yourself", "who is signed in cannot leave; somebody else writes it down"));
        }
        let left = args.day.as_deref().map_or(Ok(notebook.clock().today()), |text| day("day", text))?;
        someone_is_left(&notebook, &MemberView { left: Some(left.to_string()), ..before })?;
        left
    };
    api.write(|batch| {
        batch.edit_space(|edit| edit.text(&keys::field(Thing::Member, member, "left"), &left.to_string()))
    })?;
    one(api, member)
}

/// Writes down that a member is back.
pub(super) fn member_return(api: &Api, args: MemberReturn) -> Result<MemberView> {
    let member: MemberId = id("member", &args.member)?;
    {
        let notebook = api.notebook();
        let before = known(&notebook, member)?;
        in_charge(&notebook, Some(id("team", &before.team)?))?;
    }
    api.write(|batch| batch.edit_space(|edit| edit.text(&keys::field(Thing::Member, member, "left"), "")))?;
    one(api, member)
}

/// Gives households a team of their own, or back to that of their place.
pub(super) fn household_team(api: &Api, args: HouseholdTeam) -> Result<Done> {
    if args.households.len() > HOUSEHOLDS_AT_MOST {
        return Err(Error::invalid("too_many", "households").with("max", HOUSEHOLDS_AT_MOST));
    }
    let households: Vec<HouseholdId> = args.households.iter().map(|h| id("household", h)).collect::<Result<_>>()?;
    let team = {
        let notebook = api.notebook();
        let team = args.team.as_deref().map(|team| known_team(&notebook, team)).transpose()?;
        // A household may come from any team, so who leads only one of them may take it in, and not give it away.
        in_charge(&notebook, team)?;
        for household in &households {
            merged::shown(notebook.db(), notebook.space()?.id, *household)?;
        }
        team.map(|team| team.to_string()).unwrap_or_default()
    };
    api.write(|batch| {
        households.iter().try_for_each(|h| batch.edit_whole(*h, |edit| edit.text(household_keys::TEAM, &team)))
    })?;
    Ok(Done {})
}
