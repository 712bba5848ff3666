//! The commune's notebook: the notebooks of its hamlets, which every device of the office gets by its list.
//!
//! The list stands in the office's own document, each hamlet with its keyring and an invite at its relay. Whoever is in
//! the office's notebook can so open every hamlet's: that is what it is for, and why nobody else belongs into it. An
//! invite lives for three months at most, so office devices leave a new one while the old one still works.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use tungnha_protocol::keys::SpaceKey;
use tungnha_protocol::pass::Pass;

use super::exchange::{self, SyncReport};
use super::freshness::{self, TeamFreshness};
use super::invite::{self, Terms};
use super::office_send::{self, What};
use super::{Api, Kind, Nothing, id, notebooks, team, teams};
use crate::doc::Scalar;
use crate::doc::space::{self as keys, Thing};
use crate::domain::text::{self, NineDigits};
use crate::domain::{MemberId, PlaceKind, ReportState, SpaceId};
use crate::error::{Error, Result};
use crate::notebook::Notebook;
use crate::projection::across::{self, OfficeAlike};
use crate::projection::office::{self, Followed};
use crate::projection::{list, rules, space, sync};
use crate::report::{self, view::PeriodView};
use crate::search::fold::fold_name;
use crate::store::{relays, spaces};

/// The longest that a relay keeps an invite, and for how many devices of an office it is.
const WAY: Terms = Terms { uses: 500, days: 90 };
/// So many milliseconds before an invite expires, a new one is left.
const RENEWED_BEFORE_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// Notebooks that are made in one go.
const FOUNDED_AT_MOST: usize = 60;

/// The office's notebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Office {
    /// Whether the asker may change the list, and send.
    pub may: bool,
    /// The period that runs, by the office's rules.
    pub period: PeriodView,
    /// The notebooks that it lists, by name.
    pub notebooks: Vec<OfficeNotebook>,
}

/// A notebook on the office's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OfficeNotebook {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// It has come to this device.
    pub here: bool,
    /// How many households it has.
    pub households: u32,
    /// How far its report of the period is.
    pub state: ReportState,
    /// A report of it is late.
    pub late: bool,
    /// When the newest that any other device wrote in it came here.
    #[ts(type = "number | null")]
    pub heard_at_ms: Option<i64>,
    /// When anything of it that is here was last written, by the writer's clock.
    #[ts(type = "number | null")]
    pub wrote_at_ms: Option<i64>,
    /// Its teams and their devices.
    pub teams: Vec<TeamFreshness>,
    /// Whether the office's other devices get in by themselves.
    pub way: WayIn,
    /// Until when, by the relay's clock.
    #[ts(type = "number | null")]
    pub way_until_ms: Option<i64>,
}

/// Whether the office's other devices get into a notebook by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WayIn {
    /// It has no relay, or nobody has left an invite yet.
    None,
    /// Yes.
    Fresh,
    /// The invite has expired or soon will, and is renewed with the next exchange.
    Old,
}

/// Arguments of `office_found`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfficeFound {
    /// The hamlets, 60 at most. One that is listed already is not made again.
    pub names: Vec<String>,
    /// A relay pass, to connect those that have no relay yet.
    #[serde(default)]
    #[ts(optional)]
    pub pass: Option<String>,
}

/// Arguments of commands about one listed notebook.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfficeOne {
    /// Which.
    pub notebook: String,
}

/// The list of the notebook that is open.
pub(super) fn get(api: &Api, _: Nothing) -> Result<Office> {
    let notebook = api.notebook();
    let (db, open, today) = (notebook.db(), notebook.space()?.id, notebook.clock().today());
    let calendar = rules::calendar(db, open)?;
    let period = calendar.period_of(today);
    let ways: Vec<Followed> = office::followed(db, open)?;
    let now_ms = notebook.clock().now_ms();
    let notebooks = office::listed(db, open)?.into_iter().map(|one| {
        let teams = freshness::of(&notebook, one.space)?;
        let state = report::notebook_state(db, one.space, &calendar, period)?;
        let until = ways.iter().find(|way| way.space == one.space && !way.way.is_empty()).map(|way| way.way_until);
        Ok(OfficeNotebook {
            id: one.space.to_string(),
            name: one.name,
            here: one.here,
            households: list::how_many(db, one.space)?,
            state,
            late: today > calendar.days(period).due && state.is_owed(),
            heard_at_ms: teams.iter().filter_map(|team| team.heard_at_ms).max(),
            wrote_at_ms: teams.iter().filter_map(|team| team.wrote_at_ms).max(),
            teams,
            way: match until {
                None => WayIn::None,
                Some(until) if is_old(until, now_ms) => WayIn::Old,
                Some(_) => WayIn::Fresh,
            },
            way_until_ms: until,
        })
    });
    Ok(Office {
        may: teams::in_charge(&notebook, None).is_ok(),
        period: report::period_view(&calendar, period),
        notebooks: notebooks.collect::<Result<_>>()?,
    })
}

/// People who are written in two of the notebooks.
pub(super) fn alike(api: &Api, _: Nothing) -> Result<OfficeAlike> {
    const PAIRS_AT_MOST: usize = 500;
    let notebook = api.notebook();
    let here = office::here(notebook.db(), notebook.space()?.id)?;
    across::alike(notebook.db(), &here, PAIRS_AT_MOST)
}

fn is_old(until_ms: i64, now_ms: i64) -> bool {
    until_ms < now_ms.saturating_add(RENEWED_BEFORE_MS)
}

/// Makes notebooks for hamlets and lists them.
pub(super) fn found(api: &Api, args: OfficeFound) -> Result<Office> {
    if args.names.len() > FOUNDED_AT_MOST {
        return Err(Error::invalid("too_many", "names").with("max", FOUNDED_AT_MOST));
    }
    let named = |name: &String| text::required("names", name, NineDigits::Ask);
    let names: Vec<String> = args.names.iter().map(named).collect::<Result<_>>()?;
    let pass = args.pass.as_deref().map(exchange::read_pass).transpose()?;
    {
        let mut notebook = api.notebook();
        let desk = Desk::at(&notebook)?;
        let mut known: BTreeSet<String> =
            office::listed(notebook.db(), desk.office)?.iter().map(|one| fold_name(&one.name)).collect();
        for name in &names {
            if known.insert(fold_name(name)) {
                desk.found(&mut notebook, name)?;
            }
        }
    }
    if let Some(pass) = pass {
        connect(api, &pass)?;
    }
    told(api)
}

/// Lists a notebook that is on this device.
pub(super) fn add(api: &Api, args: OfficeOne) -> Result<Office> {
    let wanted: SpaceId = id("notebook", &args.notebook)?;
    {
        let mut notebook = api.notebook();
        let desk = Desk::at(&notebook)?;
        let own = notebooks::member_as(&notebook, wanted, desk.person)?;
        if wanted == desk.office || own.is_none() {
            return Err(Error::not_found("notebook"));
        }
        desk.list(&mut notebook, wanted)?;
    }
    told(api)
}

/// Takes a notebook off the list. The office's devices keep what they have of it.
pub(super) fn remove(api: &Api, args: OfficeOne) -> Result<Office> {
    let wanted: SpaceId = id("notebook", &args.notebook)?;
    {
        let notebook = api.notebook();
        let desk = Desk::at(&notebook)?;
        if !office::listed(notebook.db(), desk.office)?.iter().any(|one| one.space == wanted) {
            return Err(Error::not_found("notebook"));
        }
    }
    let removed = keys::field(Thing::Notebook, wanted, "removed");
    api.write(|batch| batch.edit_space(|edit| edit.flag(&removed, true)))?;
    get(api, Nothing {})
}

fn told(api: &Api) -> Result<Office> {
    // Else it is done after the next exchange.
    let online = api.network().online;
    if let Some(Err(error)) = online.then(|| follow(api)) {
        tracing::debug!(code = error.code(), "the ways into listed notebooks wait for the next exchange");
    }
    api.tell(&[Kind::Status, Kind::Space, Kind::Sync]);
    api.note(super::by_itself::Note::Saved);
    get(api, Nothing {})
}

/// Whoever is in charge of the office's notebook, at work.
pub(super) struct Desk {
    /// The office's notebook.
    pub(super) office: SpaceId,
    /// Who they are in it.
    me: MemberId,
    /// And on this device.
    pub(super) person: MemberId,
    pub(super) name: String,
}

impl Desk {
    /// Refuses who is not in charge.
    pub(super) fn at(notebook: &Notebook) -> Result<Self> {
        teams::in_charge(notebook, None)?;
        let open = exchange::not_practice(notebook)?;
        let person = spaces::person(notebook.db(), open.id, open.me)?;
        let me = notebooks::member_as(notebook, open.id, person)?.ok_or_else(|| Error::not_found("member"))?;
        Ok(Self { office: open.id, me: open.me, person, name: me.name })
    }

    /// Makes a hamlet's notebook, as the office's is set up, and lists it.
    fn found(&self, notebook: &mut Notebook, name: &str) -> Result<()> {
        let hamlet = SpaceId::fresh();
        let set_up = [What::Checklist, What::Rules, What::Locality]
            .into_iter()
            .map(|what| office_send::entries(notebook.db(), self.office, &what))
            .collect::<Result<Vec<_>>>()?
            .concat();
        notebook.write_in(hamlet, &self.person.to_string(), |batch| {
            spaces::insert(batch.db(), hamlet, false, &[SpaceKey::random()])?;
            spaces::sign_in(batch.db(), hamlet, self.person)?;
            notebooks::write_officer(batch, self.person, &self.name)?;
            batch.edit_space(|edit| {
                edit.text(keys::NAME, name);
                team::write_place(edit, team::derived_place(hamlet, name), name, PlaceKind::Hamlet);
                set_up.iter().for_each(|(key, value)| edit.set(key, value));
            })
        })?;
        self.list(notebook, hamlet)
    }

    /// Writes a notebook onto the list, with its keys.
    fn list(&self, notebook: &mut Notebook, wanted: SpaceId) -> Result<()> {
        let (name, ring) = (space::name(notebook.db(), wanted)?, spaces::keys(notebook.db(), wanted)?);
        notebook.write_in(self.office, &self.me.to_string(), |batch| {
            batch.edit_space(|edit| {
                let key = |field| keys::field(Thing::Notebook, wanted, field);
                edit.text(&key("name"), &name);
                edit.set(&key("keys"), &packed(&ring));
                edit.flag(&key("removed"), false);
            })
        })?;
        Ok(())
    }
}

fn packed(ring: &[SpaceKey]) -> Scalar {
    Scalar::Bytes(ring.iter().flat_map(|key| *key.as_bytes()).collect())
}

/// Connects the listed notebooks that have no relay yet, and sends them there.
fn connect(api: &Api, pass: &Pass) -> Result<()> {
    let without: Vec<SpaceId> = {
        let notebook = api.notebook();
        let db = notebook.db();
        let hamlets = office::hamlets(db, notebook.space()?.id)?.into_iter();
        hamlets
            .filter_map(|one| sync::connected(db, one).map(|is| (!is).then_some(one)).transpose())
            .collect::<Result<_>>()?
    };
    for hamlet in without {
        let relay = exchange::open_space(api, hamlet, pass)?;
        let way = exchange::one_way(relay, hamlet);
        exchange::sync_with(api, &way, exchange::Photos::None, &mut SyncReport::default(), &mut || Ok(()))?;
    }
    Ok(())
}

/// Does what the lists on this device ask for: takes up the keys of the notebooks on them, gets into their relays, and
/// keeps the ways in open for the others. Whether there is something new to exchange.
pub(super) fn follow(api: &Api) -> Result<bool> {
    let mut new = take_up(api)?;
    for (office, followed) in lists(api)? {
        for listed in &followed {
            // It is tried again with the next exchange, and holds up none of the others.
            match get_in(api, listed) {
                Ok(is_in) => new |= is_in,
                Err(error) => tracing::warn!(code = error.code(), "no way into a listed notebook's relay"),
            }
        }
        new |= keep_open(api, office, &followed)?;
    }
    Ok(new)
}

/// Takes up the keys of all notebooks that are listed on this device. Whether any is new. Needs no network.
pub(super) fn take_up(api: &Api) -> Result<bool> {
    let mut new = false;
    for (_, followed) in lists(api)? {
        for listed in &followed {
            new |= take_keys(api, listed)?;
        }
    }
    Ok(new)
}

/// The lists of the offices whose notebooks somebody has opened on this device.
fn lists(api: &Api) -> Result<Vec<(SpaceId, Vec<Followed>)>> {
    let notebook = api.notebook();
    let opened = spaces::opened(notebook.db())?.into_iter().filter(|one| !one.practice);
    opened.map(|one| Ok((one.id, office::followed(notebook.db(), one.id)?))).collect()
}

fn take_keys(api: &Api, listed: &Followed) -> Result<bool> {
    let mut notebook = api.notebook();
    let held = spaces::keys(notebook.db(), listed.space)?;
    if listed.keys.is_empty() || listed.keys.iter().all(|key| held.contains(key)) {
        return Ok(false);
    }
    let (_, touched) = notebook.write_in(listed.space, "", |batch| {
        if spaces::is_here(batch.db(), listed.space)? {
            spaces::add_keys(batch.db(), listed.space, &listed.keys)?;
        } else {
            spaces::insert(batch.db(), listed.space, false, &listed.keys)?;
        }
        exchange::try_again(batch)
    })?;
    drop(notebook);
    api.tell_touched(&touched, &[Kind::Status]);
    Ok(true)
}

/// Gets into the relay of a listed notebook, where this device is not known there. Whether it is now.
fn get_in(api: &Api, listed: &Followed) -> Result<bool> {
    if listed.way.is_empty() || sync::connected(api.notebook().db(), listed.space)? {
        return Ok(false);
    }
    exchange::enter_again(api, listed.space, &listed.way)?;
    Ok(true)
}

/// Leaves new invites where the old ones run out, beside the keys as they are now. Whether there was one.
fn keep_open(api: &Api, office: SpaceId, followed: &[Followed]) -> Result<bool> {
    let (now_ms, me) = {
        let notebook = api.notebook();
        let opened = spaces::opened(notebook.db())?.into_iter().find(|one| one.id == office);
        let Some(me) = opened.map(|one| one.me) else { return Ok(false) };
        (notebook.clock().now_ms(), me)
    };
    let mut renewed = false;
    for listed in followed {
        let (relay, ring, envelope) = {
            let notebook = api.notebook();
            let relay = relays::of_space(notebook.db(), listed.space)?.into_iter().next();
            let ring = spaces::keys(notebook.db(), listed.space)?;
            (relay, ring, invite::envelope(notebook.db(), listed.space)?)
        };
        let Some(relay) = relay.filter(|_| is_old(listed.way_until, now_ms)) else { continue };
        let (way, until) = invite::invite_to(&relay, &envelope, WAY)?;
        if is_old(until, now_ms) {
            // This device's clock is far ahead of the relay's: one that is right leaves the new one.
            break;
        }
        let (_, touched) = api.notebook().write_in(office, &me.to_string(), |batch| {
            batch.edit_space(|edit| {
                let key = |field| keys::field(Thing::Notebook, listed.space, field);
                edit.set(&key("keys"), &packed(&ring));
                edit.text(&key("way"), &way.link());
                edit.set(&key("until"), &Scalar::Int(until));
            })
        })?;
        api.tell_written(&touched, &[]);
        renewed = true;
    }
    Ok(renewed)
}
