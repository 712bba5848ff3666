//! Obstacles: raised, answered, settled, and settled not after all.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::household::nine_digits;
use super::{Api, Done, id};
use crate::doc::Scalar;
use crate::doc::space::{self as keys, Thing};
use crate::domain::obstacle::{Raised, Said, SaidKind};
use crate::domain::visit::day_number;
use crate::domain::{ObstacleId as Id, PlaceId, Role, SaidId, text, value};
use crate::error::{Error, Result};
use crate::notebook::Notebook;
use crate::projection::obstacle::{self as query, ObstacleView};
use crate::projection::{places, space};

/// Arguments of `obstacle_list`.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
#[ts(optional_fields)]
pub struct ObstacleList {
    /// Only of this household.
    pub household: Option<String>,
    /// Only of this place.
    pub place: Option<String>,
}

/// The obstacles, and what the signed-in member may do about them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Obstacles {
    /// What is open first, of that what stands out first, the oldest first.
    pub obstacles: Vec<ObstacleView>,
    /// How many are open.
    pub open: u32,
    /// How many of those stand out.
    pub stand_out: u32,
    /// Days without an answer after which one stands out.
    pub answer_within: u32,
    /// A leader, a deputy or an officer: they may settle what others have raised, and change the days.
    pub leads: bool,
}

/// Arguments of commands about one obstacle.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ObstacleId {
    /// The obstacle.
    pub obstacle: String,
}

/// Arguments of `obstacle_raise`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ObstacleRaise {
    /// The obstacle to write anew; left out, a new one. One of a visit is written anew in the visit.
    #[serde(default)]
    #[ts(optional)]
    pub obstacle: Option<String>,
    /// What stands in the way.
    pub text: String,
    /// Where, if at a known place.
    #[serde(default)]
    #[ts(optional)]
    pub place: Option<String>,
    /// The person has said that nine digits in a text are no ID card.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub nine_digits_ok: bool,
}

/// Arguments of `obstacle_reply`, `obstacle_close` and `obstacle_reopen`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ObstacleSay {
    /// The obstacle.
    pub obstacle: String,
    /// What is said. An answer needs it; to close or reopen it may be left out.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub text: String,
    /// The person has said that nine digits in a text are no ID card.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub nine_digits_ok: bool,
}

/// Arguments of `obstacle_reply_edit`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ObstacleReplyEdit {
    /// The obstacle.
    pub obstacle: String,
    /// The answer.
    pub reply: String,
    /// What it is to say; empty takes it back.
    pub text: String,
    /// The person has said that nine digits in a text are no ID card.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub nine_digits_ok: bool,
}

/// Arguments of `obstacle_set_removed`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ObstacleSetRemoved {
    /// The obstacle, raised on its own.
    pub obstacle: String,
    /// Taken back, or not.
    pub removed: bool,
}

/// Arguments of `obstacle_rule_set`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ObstacleRuleSet {
    /// Days without an answer after which an obstacle stands out: 1 to 365.
    pub days: u32,
}

/// The obstacles of the notebook, of a place or of a household.
pub(super) fn list(api: &Api, args: ObstacleList) -> Result<Obstacles> {
    let notebook = api.notebook();
    let asker = notebook.asker()?;
    let mut obstacles = query::list(notebook.db(), &asker)?;
    obstacles.retain(|o| {
        let is = |wanted: &Option<String>, found: &Option<String>| wanted.is_none() || wanted == found;
        is(&args.household, &o.household) && is(&args.place, &o.place)
    });
    let open = obstacles.iter().filter(|o| !o.closed && !o.removed);
    Ok(Obstacles {
        open: open.clone().count() as u32,
        stand_out: open.filter(|o| o.stands_out).count() as u32,
        answer_within: u32::try_from(query::answer_within(notebook.db(), asker.space)?).unwrap_or_default(),
        leads: leads(&notebook)?,
        obstacles,
    })
}

/// One obstacle.
pub(super) fn get(api: &Api, args: ObstacleId) -> Result<ObstacleView> {
    one(api, &args.obstacle)
}

/// Raises an obstacle on its own, or writes such a one anew.
pub(super) fn raise(api: &Api, args: ObstacleRaise) -> Result<ObstacleView> {
    let (me, today, clock) = {
        let notebook = api.notebook();
        (notebook.me()?, notebook.clock().today(), notebook.clock().tick())
    };
    let known = args.obstacle.as_deref().map(|obstacle| stored(api, obstacle)).transpose()?;
    if let Some((_, known)) = &known {
        may_change(api, &known.author.to_string())?;
    }
    let raised = Raised {
        day_number: known.as_ref().map_or(day_number(today), |(_, known)| known.day_number),
        clock,
        author: known.as_ref().map_or(me, |(_, known)| known.author),
        text: text::note_required("text", &args.text, nine_digits(args.nine_digits_ok))?,
        place: args.place.as_deref().map(|place| place_of(api, place)).transpose()?,
        removed: false,
    };
    put(api, known.map_or_else(Id::fresh, |(id, _)| id), &raised)
}

/// Takes an obstacle back that was raised on its own, or restores it.
pub(super) fn set_removed(api: &Api, args: ObstacleSetRemoved) -> Result<ObstacleView> {
    let (id, known) = stored(api, &args.obstacle)?;
    may_change(api, &known.author.to_string())?;
    let clock = api.notebook().clock().tick();
    put(api, id, &Raised { removed: args.removed, clock, ..known })
}

/// Answers an obstacle.
pub(super) fn reply(api: &Api, args: ObstacleSay) -> Result<ObstacleView> {
    let answer = text::note_required("text", &args.text, nine_digits(args.nine_digits_ok))?;
    say(api, &args.obstacle, SaidKind::Reply, answer)
}

/// Writes one's own answer anew, or takes it back.
pub(super) fn edit_reply(api: &Api, args: ObstacleReplyEdit) -> Result<ObstacleView> {
    let obstacle = one(api, &args.obstacle)?;
    let obstacle_id: Id = id("obstacle", &obstacle.id)?;
    let reply: SaidId = id("reply", &args.reply)?;
    let text = text::note("text", &args.text, nine_digits(args.nine_digits_ok))?;
    let said = {
        let notebook = api.notebook();
        let said = query::reply(notebook.db(), notebook.space()?.id, obstacle_id, reply)?;
        let said = said.ok_or_else(|| Error::not_found("reply"))?;
        if said.author != notebook.me()? {
            return Err(Error::new("not_allowed", "an answer is changed by who gave it"));
        }
        Said { text, ..said }
    };
    write_word(api, obstacle_id, reply, &said)?;
    one(api, &obstacle.id)
}

/// Settles an obstacle.
pub(super) fn close(api: &Api, args: ObstacleSay) -> Result<ObstacleView> {
    change_state(api, &args, SaidKind::Closed)
}

/// Says that an obstacle is not settled after all.
pub(super) fn reopen(api: &Api, args: ObstacleSay) -> Result<ObstacleView> {
    change_state(api, &args, SaidKind::Reopened)
}

/// Sets after how many days without an answer an obstacle stands out.
pub(super) fn set_rule(api: &Api, args: ObstacleRuleSet) -> Result<Done> {
    if !leads(&api.notebook())? {
        return Err(Error::new("not_allowed", "only a leader, a deputy or an officer changes this rule"));
    }
    if !(1..=365).contains(&args.days) {
        return Err(Error::invalid("bad_number", "days"));
    }
    api.write(|batch| batch.edit_space(|edit| edit.set(keys::OBSTACLE_DAYS, &Scalar::Int(args.days.into()))))?;
    Ok(Done {})
}

/// Whether the signed-in member is a leader, a deputy or an officer.
pub(super) fn leads(notebook: &Notebook) -> Result<bool> {
    let (space, me) = (notebook.space()?.id, notebook.me()?);
    let members = space::members(notebook.db(), space, Some(me))?;
    Ok(members.iter().any(|member| member.me && Role::assigns_to_others(member.role)))
}

/// A place that is known here.
pub(super) fn place_of(api: &Api, place: &str) -> Result<PlaceId> {
    let notebook = api.notebook();
    let known = places::standing(notebook.db(), notebook.space()?.id, notebook.clock().today())?;
    if known.iter().any(|known| known.id == place) { id("place", place) } else { Err(Error::not_found("place")) }
}

fn change_state(api: &Api, args: &ObstacleSay, kind: SaidKind) -> Result<ObstacleView> {
    let known = one(api, &args.obstacle)?;
    may_change(api, &known.author)?;
    if known.closed == (kind == SaidKind::Closed) {
        return Ok(known);
    }
    let note = text::note("text", &args.text, nine_digits(args.nine_digits_ok))?;
    say(api, &args.obstacle, kind, note)
}

fn say(api: &Api, obstacle: &str, kind: SaidKind, text: String) -> Result<ObstacleView> {
    one(api, obstacle)?;
    let obstacle_id: Id = id("obstacle", obstacle)?;
    let said = {
        let notebook = api.notebook();
        let (space, clock) = (notebook.space()?.id, notebook.clock());
        // Later than all that is known here, also when this device's clock is behind: what was said last holds.
        let after = query::newest_clock(notebook.db(), space, obstacle_id)?.saturating_add(1);
        Said { at_ms: clock.now_ms(), clock: clock.tick().max(after), author: notebook.me()?, kind, text }
    };
    write_word(api, obstacle_id, SaidId::fresh(), &said)?;
    one(api, obstacle)
}

fn write_word(api: &Api, obstacle: Id, word: SaidId, said: &Said) -> Result<()> {
    let key = keys::field(Thing::Obstacle, obstacle, &query::word_field(said.kind, word));
    api.write(|batch| batch.edit_space(|edit| edit.set(&key, &Scalar::Bytes(value::encode(said)))))?;
    Ok(())
}

/// Who raised it changes it, and whoever leads.
fn may_change(api: &Api, author: &str) -> Result<()> {
    let notebook = api.notebook();
    if notebook.me()?.to_string() == author || leads(&notebook)? {
        return Ok(());
    }
    Err(Error::new("not_allowed", "only who raised it, a leader, a deputy or an officer changes an obstacle"))
}

fn put(api: &Api, id: Id, raised: &Raised) -> Result<ObstacleView> {
    let key = keys::value(Thing::Obstacle, id);
    api.write(|batch| batch.edit_space(|edit| edit.set(&key, &Scalar::Bytes(value::encode(raised)))))?;
    one(api, &id.to_string())
}

fn one(api: &Api, obstacle: &str) -> Result<ObstacleView> {
    let all = list(api, ObstacleList::default())?.obstacles;
    all.into_iter().find(|found| found.id == obstacle).ok_or_else(|| Error::not_found("obstacle"))
}

fn stored(api: &Api, obstacle: &str) -> Result<(Id, Raised)> {
    let id = id("obstacle", obstacle)?;
    let notebook = api.notebook();
    let found = query::stored(notebook.db(), notebook.space()?.id, id)?;
    Ok((id, found.ok_or_else(|| Error::not_found("obstacle"))?))
}
