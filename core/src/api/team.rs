//! The notebook on this device: starting it, joining it, who is in it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use tungnha_protocol::keys::SpaceKey;

use super::{Api, Kind, Nothing, device, id, notebooks, teams};
use crate::doc::space::{self as keys, Thing};
use crate::doc::{Edit, Scalar};
use crate::domain::skill::{DEFAULT_CHECKLIST, DEFAULT_SERVICES, default_item};
use crate::domain::team::founding;
use crate::domain::text::{self, NineDigits};
use crate::domain::{MemberId, PlaceId, PlaceKind, Role, SpaceId};
use crate::error::{Error, Result};
use crate::notebook::Notebook;
use crate::projection::views::MemberView;
use crate::projection::{office, places, space, sync};
use crate::search::fold::fold_name;
use crate::store::spaces;

/// What this device holds.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Status {
    /// The notebook that is open, if there is one.
    pub space: Option<SpaceStatus>,
    /// How many notebooks this device has.
    pub notebooks: u32,
    /// The signed-in member.
    pub me: Option<MemberView>,
    /// Records that no relay has yet.
    pub waiting: u32,
    /// Today, as this device believes.
    pub today: String,
    /// The app's version.
    pub version: String,
}

/// The notebook that is open.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SpaceStatus {
    /// Its id.
    pub id: String,
    /// The team's name.
    pub name: String,
    /// A sample to practise with.
    pub practice: bool,
    /// Has at least one relay.
    pub connected: bool,
    /// How many households it has.
    pub households: u32,
    /// It lists other notebooks: an office's.
    pub office: bool,
}

/// Arguments of `team_start`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TeamStart {
    /// The team's name, e.g. "Tổ CNSCĐ bản Pa Cốp".
    pub team_name: String,
    /// The hamlet's name, e.g. "Bản Pa Cốp". A list may bring more places.
    pub place_name: String,
    /// The full name of who starts it; becomes its leader.
    pub member_name: String,
}

/// Arguments of `practice_start`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PracticeStart {
    /// Who practises; a made-up name when left out.
    #[ts(optional)]
    pub member_name: Option<String>,
}

/// Arguments of `team_join`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TeamJoin {
    /// The invite: a link, or the relay's or station's address and the typed code with a space between.
    pub invite: String,
    /// The full name of who joins. A member of that name is taken, otherwise added.
    pub member_name: String,
}

/// Arguments of `member_add`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MemberAdd {
    /// Full name.
    pub name: String,
    /// What they are in the team.
    pub role: Role,
    /// Their team; the founding one when left out.
    #[serde(default)]
    #[ts(optional)]
    pub team: Option<String>,
}

/// Arguments of `member_sign_in`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MemberSignIn {
    /// Who.
    pub member: String,
}

/// What this device holds.
pub(super) fn status(api: &Api, _: Nothing) -> Result<Status> {
    status_of(&mut api.notebook())
}

pub(super) fn status_of(notebook: &mut Notebook) -> Result<Status> {
    let today = notebook.clock().today().to_string();
    let version = env!("CARGO_PKG_VERSION").to_owned();
    let Some(open) = spaces::open(notebook.db())? else {
        return Ok(Status { space: None, notebooks: 0, me: None, waiting: 0, today, version });
    };
    let households = notebook.counts_now()?.all;
    let db = notebook.db();
    Ok(Status {
        space: Some(SpaceStatus {
            id: open.id.to_string(),
            name: space::name(db, open.id)?,
            practice: open.practice,
            connected: sync::connected(db, open.id)?,
            households,
            office: office::is_office(db, open.id)?,
        }),
        notebooks: spaces::count(db)?,
        me: space::members(db, open.id, Some(open.me))?.into_iter().find(|m| m.me),
        waiting: sync::waiting(db, open.id)?,
        today,
        version,
    })
}

/// The names of a notebook's beginning.
struct Founding<'a> {
    team_name: &'a str,
    place_name: &'a str,
    member_name: &'a str,
    practice: bool,
}

/// Starts a team on this device.
pub(super) fn start(api: &Api, args: TeamStart) -> Result<Status> {
    let ask = NineDigits::Ask;
    let founding = Founding {
        team_name: &text::required("team_name", &args.team_name, ask)?,
        place_name: &text::required("place_name", &args.place_name, ask)?,
        member_name: &text::required("member_name", &args.member_name, ask)?,
        practice: false,
    };
    let mut notebook = api.notebook();
    found(&mut notebook, &founding)?;
    let status = status_of(&mut notebook)?;
    drop(notebook);
    api.tell(&[Kind::Status, Kind::Space]);
    Ok(status)
}

fn found(notebook: &mut Notebook, founding: &Founding<'_>) -> Result<()> {
    not_practising(notebook)?;
    if founding.practice && spaces::open(notebook.db())?.is_some() {
        return Err(Error::new("notebook_open", "this device already holds a team's notebook"));
    }
    let (space, me) = (SpaceId::fresh(), notebooks::same_person(notebook, founding.member_name)?);
    let me = me.unwrap_or_else(MemberId::fresh);
    notebook.write_in(space, &me.to_string(), |batch| {
        spaces::insert(batch.db(), space, founding.practice, &[SpaceKey::random()])?;
        spaces::open_as(batch.db(), space, me)?;
        let (device, called) = (batch.device().id(), device::first_name(batch, founding.member_name)?);
        batch.edit_space(|edit| {
            if !founding.practice {
                device::write(edit, device, &called, me);
            }
            edit.text(keys::NAME, founding.team_name);
            write_member(edit, me, founding.member_name, Role::Leader);
            write_place(edit, derived_place(space, founding.place_name), founding.place_name, PlaceKind::Hamlet);
            write_checklist(edit);
        })
    })?;
    Ok(())
}

/// Beside a practice notebook there is none: nothing that is meant can end up in it.
pub(super) fn not_practising(notebook: &Notebook) -> Result<()> {
    match spaces::open(notebook.db())? {
        Some(open) if open.practice => Err(Error::new("practice_open", "the practice notebook is open; end it first")),
        _ => Ok(()),
    }
}

/// The place that everybody derives from its name: lists name places only.
pub(super) fn derived_place(space: SpaceId, name: &str) -> PlaceId {
    PlaceId::derived(&space.0, &fold_name(name))
}

/// The places that a list may mean by a name: whatever is called so now, else what was called so when it came into the
/// notebook, else what was ever called so. A list that still has a hamlet's old name brings no second hamlet.
pub(super) struct KnownPlaces {
    space: SpaceId,
    now: BTreeMap<String, PlaceId>,
    ids: BTreeSet<PlaceId>,
    ever: BTreeMap<String, PlaceId>,
}

impl KnownPlaces {
    pub(super) fn of(db: &Connection, space: SpaceId, today: Date) -> Result<Self> {
        let mut known = Self { space, now: BTreeMap::new(), ids: BTreeSet::new(), ever: BTreeMap::new() };
        for place in places::list(db, space, today)? {
            let place_id: PlaceId = id("place", &place.id)?;
            known.ids.insert(place_id);
            if place.standing {
                known.now.entry(fold_name(&place.name)).or_insert(place_id);
            }
            for former in place.formerly {
                known.ever.entry(fold_name(&former.name)).or_insert(place_id);
            }
        }
        Ok(known)
    }

    fn found(&self, name: &str) -> Option<PlaceId> {
        let (folded, derived) = (fold_name(name), derived_place(self.space, name));
        let known = self.ids.contains(&derived).then_some(derived);
        self.now.get(&folded).copied().or(known).or_else(|| self.ever.get(&folded).copied())
    }

    /// Whether there is such a place.
    pub(super) fn has(&self, name: &str) -> bool {
        self.found(name).is_some()
    }

    /// Its id, or the one that a new place of this name gets.
    pub(super) fn id(&self, name: &str) -> PlaceId {
        self.found(name).unwrap_or_else(|| derived_place(self.space, name))
    }
}

pub(super) fn write_place(edit: &mut Edit<'_, '_>, id: PlaceId, name: &str, kind: PlaceKind) {
    edit.text(&keys::field(Thing::Place, id, "name"), name);
    edit.text(&keys::field(Thing::Place, id, "kind"), kind.as_str());
}

pub(super) fn write_member(edit: &mut Edit<'_, '_>, id: MemberId, name: &str, role: Role) {
    edit.text(&keys::field(Thing::Member, id, "name"), name);
    edit.text(&keys::field(Thing::Member, id, "role"), role.as_str());
}

fn write_checklist(edit: &mut Edit<'_, '_>) {
    for (skill, name, items) in DEFAULT_CHECKLIST {
        edit.text(&keys::value(Thing::Skill, skill.as_str()), name);
        for (order, text) in items.iter().enumerate() {
            let id = default_item(&format!("{}/{order}", skill.as_str()));
            edit.text(&keys::field(Thing::Item, id, "skill"), skill.as_str());
            edit.text(&keys::field(Thing::Item, id, "text"), text);
            edit.set(&keys::field(Thing::Item, id, "order"), &Scalar::Int(order as i64));
        }
    }
    for (key, name) in DEFAULT_SERVICES {
        edit.text(&keys::value(Thing::Service, key), name);
    }
}

/// Opens a sample hamlet to practise with.
pub(super) fn practice_start(api: &Api, args: PracticeStart) -> Result<Status> {
    let member_name = args.member_name.unwrap_or_else(|| super::sample::MEMBER.to_owned());
    let founding = Founding {
        team_name: super::sample::TEAM,
        place_name: super::sample::PLACE,
        member_name: &text::required("member_name", &member_name, NineDigits::Ask)?,
        practice: true,
    };
    found(&mut api.notebook(), &founding)?;
    super::sample::fill(api)?;
    let status = status_of(&mut api.notebook())?;
    api.tell(&[Kind::Status, Kind::Space, Kind::Household]);
    Ok(status)
}

/// Throws the sample hamlet away; a real notebook is never thrown away by this.
pub(super) fn practice_end(api: &Api, _: Nothing) -> Result<Status> {
    let mut notebook = api.notebook();
    let open = notebook.space()?;
    if !open.practice {
        return Err(Error::new("not_practice", "the open notebook is a real one"));
    }
    notebook.forget(open.id)?;
    let status = status_of(&mut notebook)?;
    drop(notebook);
    api.tell(&[Kind::Status, Kind::Space, Kind::Household, Kind::Draft, Kind::Sync]);
    Ok(status)
}

/// Joins a team with an invite.
pub(super) fn join(api: &Api, args: TeamJoin) -> Result<Status> {
    let name = text::required("member_name", &args.member_name, NineDigits::Ask)?;
    let before = spaces::open(api.notebook().db())?;
    let read = super::exchange::join(api, &args.invite, &name, |joined| open_joined(api, joined, &name));
    let status = status_of(&mut api.notebook())?;
    // What is still to come comes later: the notebook can be used already.
    let open = status.space.as_ref().map(|open| open.id.clone());
    match read {
        Ok(joined) if open == Some(joined.to_string()) => Ok(status),
        Err(_) if open != before.map(|before| before.id.to_string()) => Ok(status),
        Ok(_) => Err(Error::new("relay_empty", "the relay does not have the notebook")),
        Err(error) => Err(error),
    }
}

/// Opens a notebook that is being joined, as soon as its own document says who is in the team.
fn open_joined(api: &Api, joined: SpaceId, name: &str) -> Result<()> {
    let mut notebook = api.notebook();
    let is_open = spaces::open(notebook.db())?.is_some_and(|open| open.id == joined);
    if is_open || space::name(notebook.db(), joined)?.is_empty() {
        return Ok(());
    }
    let person = notebooks::same_person(&notebook, name)?;
    let known = space::members(notebook.db(), joined, None)?;
    let known = known.into_iter().find(|m| fold_name(&m.name) == fold_name(name));
    let member = match &known {
        Some(member) => id("member", &member.id)?,
        None => person.unwrap_or_else(MemberId::fresh),
    };
    notebook.write_in(joined, &member.to_string(), |batch| {
        spaces::open_as(batch.db(), joined, member)?;
        if let Some(person) = person.filter(|person| *person != member) {
            spaces::note_known_as(batch.db(), joined, person, member)?;
        }
        let (device, called) = (batch.device().id(), device::first_name(batch, name)?);
        batch.edit_space(|edit| {
            if known.is_none() {
                write_member(edit, member, name, Role::Member);
            }
            device::write(edit, device, &called, member);
        })?;
        Ok(())
    })?;
    drop(notebook);
    // Whoever syncs by itself hears of the relay by this, and sends it the new member.
    api.tell(&[Kind::Status, Kind::Space, Kind::Household, Kind::Sync]);
    Ok(())
}

/// Adds a member.
pub(super) fn member_add(api: &Api, args: MemberAdd) -> Result<MemberView> {
    let name = text::required("name", &args.name, NineDigits::Ask)?;
    let member = MemberId::fresh();
    let team = {
        let notebook = api.notebook();
        let team = args.team.as_deref().map(|team| teams::known_team(&notebook, team)).transpose()?;
        match args.role {
            Role::Member | Role::Collaborator => {}
            Role::CommuneOfficer => teams::in_charge(&notebook, None)?,
            _ => teams::in_charge(&notebook, Some(team.unwrap_or(founding(notebook.space()?.id))))?,
        }
        team
    };
    api.write(|batch| {
        batch.edit_space(|edit| {
            write_member(edit, member, &name, args.role);
            if let Some(team) = team {
                edit.text(&keys::field(Thing::Member, member, "team"), &team.to_string());
            }
        })
    })?;
    teams::one(api, member)
}

/// Names who is using this device from now on.
pub(super) fn member_sign_in(api: &Api, args: MemberSignIn) -> Result<Status> {
    let member: MemberId = id("member", &args.member)?;
    let mut notebook = api.notebook();
    let open = notebook.space()?;
    let members = space::members(notebook.db(), open.id, None)?;
    let found = members.iter().find(|m| m.id == args.member).ok_or_else(|| Error::not_found("member"))?;
    if !found.is_here(notebook.clock().today()) {
        return Err(Error::new("member_left", "who has left the team records nothing new"));
    }
    notebook.write_aside(|db| spaces::sign_in(db, open.id, member))?;
    let status = status_of(&mut notebook)?;
    drop(notebook);
    api.tell(&[Kind::Status, Kind::Draft, Kind::Household]);
    Ok(status)
}
