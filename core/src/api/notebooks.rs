//! The notebooks of this device: which there are, opening another one, and who somebody is in each.
//!
//! One notebook is open at a time, and every command is about it; all of them sync. Somebody keeps their member's id
//! from the first notebook in all that they start or are let into later; where another one knows them already, by
//! another id, that is noted on the device once they have said so.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::team::{self, Status};
use super::{Api, Kind, Nothing, device, id};
use crate::domain::{MemberId, Role, SpaceId};
use crate::error::{Error, Result};
use crate::notebook::{Batch, Notebook};
use crate::profiles::book::Known;
use crate::projection::views::MemberView;
use crate::projection::{list, office, space, sync};
use crate::search::fold::fold_name;
use crate::store::{documents, drafts, relays, spaces};

/// A notebook of this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NotebookView {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// It is open.
    pub open: bool,
    /// A sample to practise with.
    pub practice: bool,
    /// Nothing of it is here yet.
    pub joining: bool,
    /// Who the asker is in it; nothing when they have to say so.
    pub me_name: Option<String>,
    /// It lists other notebooks.
    pub office: bool,
    /// The office's notebook that lists it.
    pub from_name: Option<String>,
    /// How many households it has.
    pub households: u32,
    /// Records that no relay has yet.
    pub waiting: u32,
    /// Unfinished forms on this device.
    pub drafts: u32,
    /// Has at least one relay.
    pub connected: bool,
    /// The last exchange that went through, with any relay.
    #[ts(type = "number | null")]
    pub last_sync_ms: Option<i64>,
    /// What went wrong since with one of its relays, as an error's code.
    pub error: Option<String>,
}

/// Arguments of `notebook_people`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NotebookId {
    /// Which.
    pub notebook: String,
}

/// Arguments of `notebook_open`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NotebookOpen {
    /// Which.
    pub notebook: String,
    /// Who of its members is at this device, where it is not known.
    #[serde(default)]
    #[ts(optional)]
    pub member: Option<String>,
}

/// The notebooks of this device: the open one, then by name.
pub(super) fn list(api: &Api, _: Nothing) -> Result<Vec<NotebookView>> {
    let notebook = api.notebook();
    let db = notebook.db();
    let open = notebook.space()?;
    let person = spaces::person(db, open.id, open.me)?;
    let mut views: Vec<NotebookView> = spaces::all(db)?
        .into_iter()
        .map(|(one, practice)| view(&notebook, one, practice, one == open.id, person))
        .collect::<Result<_>>()?;
    views.sort_by_cached_key(|one| (!one.open, crate::text::name::plain_sort_key(&one.name), one.id.clone()));
    Ok(views)
}

fn view(notebook: &Notebook, one: SpaceId, practice: bool, open: bool, person: MemberId) -> Result<NotebookView> {
    let db = notebook.db();
    let outcomes = relays::outcomes(db, one)?;
    let from = office::offices_of(db, one)?.first().map(|office| space::name(db, *office)).transpose()?;
    Ok(NotebookView {
        id: one.to_string(),
        name: office::name(db, one)?,
        open,
        practice,
        joining: !documents::exists(db, one.bytes())?,
        me_name: name_in(notebook, one, person)?,
        office: office::is_office(db, one)?,
        from_name: from,
        households: list::how_many(db, one)?,
        waiting: sync::waiting(db, one)?,
        drafts: drafts::count(db, one)?,
        connected: sync::connected(db, one)?,
        last_sync_ms: outcomes.iter().filter_map(|outcome| outcome.last_sync_ms).max(),
        error: outcomes.into_iter().find_map(|outcome| outcome.error),
    })
}

/// The members of a notebook, for somebody to say who of them they are.
pub(super) fn people(api: &Api, args: NotebookId) -> Result<Vec<MemberView>> {
    let notebook = api.notebook();
    let wanted = on_this_device(&notebook, &args.notebook)?;
    let today = notebook.clock().today();
    let mut members = space::members(notebook.db(), wanted, None)?;
    members.retain(|member| member.is_here(today));
    Ok(members)
}

/// Opens another notebook of this device.
pub(super) fn open(api: &Api, args: NotebookOpen) -> Result<Status> {
    let mut notebook = api.notebook();
    let (wanted, before) = (on_this_device(&notebook, &args.notebook)?, notebook.space()?);
    if !documents::exists(notebook.db(), wanted.bytes())? {
        return Err(Error::new("notebook_not_here", "nothing of this notebook has come to this device yet"));
    }
    let person = spaces::person(notebook.db(), before.id, before.me)?;
    if let Some(member) = args.member.as_deref() {
        let member: MemberId = id("member", member)?;
        if member_of(&notebook, wanted, member)?.is_none() {
            return Err(Error::not_found("member"));
        }
        notebook.write_aside(|db| {
            spaces::open_as(db, wanted, member)?;
            if member == person { Ok(()) } else { spaces::note_known_as(db, wanted, person, member) }
        })?;
    } else if let Some(member) = member_as(&notebook, wanted, person)? {
        notebook.write_aside(|db| spaces::open_as(db, wanted, id("member", &member.id)?))?;
    } else {
        enter_as_officer(&mut notebook, wanted, person)?;
    }
    let status = team::status_of(&mut notebook)?;
    drop(notebook);
    // Who comes in as an officer has written so.
    api.tell(&[Kind::Status, Kind::Space, Kind::Household, Kind::Draft, Kind::Sync]);
    api.note(super::by_itself::Note::Saved);
    Ok(status)
}

/// Whoever leads the office that lists a notebook is one of its officers from when they first open it.
fn enter_as_officer(notebook: &mut Notebook, wanted: SpaceId, person: MemberId) -> Result<()> {
    let Some(officer) = officer_of(notebook, wanted, person)? else {
        return Err(Error::new("who_are_you", "nobody knows yet who of its members is at this device"));
    };
    notebook.write_in(wanted, &person.to_string(), |batch| {
        spaces::open_as(batch.db(), wanted, person)?;
        write_officer(batch, person, &officer.name)
    })?;
    Ok(())
}

/// Writes somebody of the office, and the device they are at, into a hamlet's notebook.
pub(super) fn write_officer(batch: &mut Batch<'_>, person: MemberId, name: &str) -> Result<()> {
    let (this, called) = (batch.device().id(), device::first_name(batch, name)?);
    batch.edit_space(|edit| {
        team::write_member(edit, person, name, Role::CommuneOfficer);
        device::write(edit, this, &called, person);
    })?;
    Ok(())
}

/// What somebody is in an office that lists this notebook, if they answer for its hamlets there.
pub(super) fn officer_of(notebook: &Notebook, wanted: SpaceId, person: MemberId) -> Result<Option<MemberView>> {
    for office in office::offices_of(notebook.db(), wanted)? {
        let member = member_as(notebook, office, person)?;
        if let Some(member) = member.filter(|member| member.role.assigns_to_others()) {
            return Ok(Some(member));
        }
    }
    Ok(None)
}

fn on_this_device(notebook: &Notebook, text: &str) -> Result<SpaceId> {
    let wanted: SpaceId = id("notebook", text)?;
    if spaces::is_here(notebook.db(), wanted)? { Ok(wanted) } else { Err(Error::not_found("notebook")) }
}

/// A member of a notebook who has not left it.
fn member_of(notebook: &Notebook, space: SpaceId, member: MemberId) -> Result<Option<MemberView>> {
    Ok(written_of(notebook, space, member)?.filter(|one| one.is_here(notebook.clock().today())))
}

/// What a notebook says of a member, also of one who has left.
fn written_of(notebook: &Notebook, space: SpaceId, member: MemberId) -> Result<Option<MemberView>> {
    let (members, member) = (space::members(notebook.db(), space, None)?, member.to_string());
    Ok(members.into_iter().find(|one| one.id == member))
}

/// Who somebody is in a notebook, if they are in it.
pub(super) fn member_as(notebook: &Notebook, space: SpaceId, person: MemberId) -> Result<Option<MemberView>> {
    member_of(notebook, space, spaces::known_as(notebook.db(), space, person)?)
}

fn name_in(notebook: &Notebook, space: SpaceId, person: MemberId) -> Result<Option<String>> {
    let found = match member_as(notebook, space, person)? {
        None => officer_of(notebook, space, person)?,
        found => found,
    };
    Ok(found.map(|member| member.name))
}

/// Whoever is at this device, when they are called like this in the notebook that is open: they are to be the same
/// person in one that they start or join.
pub(super) fn same_person(notebook: &Notebook, name: &str) -> Result<Option<MemberId>> {
    let Some(open) = spaces::open(notebook.db())? else { return Ok(None) };
    let me = member_of(notebook, open.id, open.me)?.filter(|me| fold_name(&me.name) == fold_name(name));
    me.map(|_| spaces::person(notebook.db(), open.id, open.me)).transpose()
}

/// Where somebody who comes to this device sits down: in the open notebook if they are in it, else in that of theirs
/// which was opened last.
pub(super) fn seat(notebook: &Notebook, person: MemberId) -> Result<Option<(SpaceId, MemberId)>> {
    for opened in spaces::opened(notebook.db())? {
        if let Some(member) = member_as(notebook, opened.id, person)? {
            return Ok(Some((opened.id, id("member", &member.id)?)));
        }
    }
    Ok(None)
}

/// What the notebooks of this device say of somebody.
pub(super) fn standing(notebook: &Notebook, person: MemberId) -> Result<Option<Known>> {
    let today = notebook.clock().today();
    let mut standing: Option<Known> = None;
    for opened in spaces::opened(notebook.db())? {
        let me = spaces::known_as(notebook.db(), opened.id, person)?;
        let Some(member) = written_of(notebook, opened.id, me)? else { continue };
        let is_here = member.is_here(today);
        let known = standing.get_or_insert(Known { name: member.name, role: member.role, left: true });
        if is_here && (known.left || member.role == Role::Leader) {
            known.role = member.role;
        }
        known.left &= !is_here;
    }
    Ok(standing)
}

/// How many records of each person wait, in all notebooks of this device.
pub(super) fn waiting_by(db: &Connection) -> Result<BTreeMap<MemberId, u32>> {
    let mut waiting = BTreeMap::new();
    for space in spaces::real(db)? {
        for own in sync::waiting_by(db, space)? {
            if let Some(author) = own.author {
                *waiting.entry(spaces::person(db, space, author)?).or_default() += own.records;
            }
        }
    }
    Ok(waiting)
}
