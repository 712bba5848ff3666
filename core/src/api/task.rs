//! Tasks: one person, one thing to do, a day until which, and who answers for it.

use jiff::civil::Date;
use serde::Deserialize;
use ts_rs::TS;

use super::household::nine_digits;
use super::{Api, id};
use crate::doc::space::{self as space_keys, Thing};
use crate::doc::task::TaskField;
use crate::doc::{Edit, Scalar, household as keys};
use crate::domain::text;
use crate::domain::{HouseholdId, MemberId, Role};
use crate::error::{Error, Result};
use crate::notebook::{Batch, Notebook};
use crate::projection::views::TaskView;
use crate::projection::{merged, space, task as query};

/// Arguments of `task_list`.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
#[ts(optional_fields)]
pub struct TaskList {
    /// Only of this member; of the whole team when left out.
    pub who: Option<String>,
}

/// Arguments of commands about one task.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TaskId {
    /// The task.
    pub task: String,
}

/// Arguments of `task_assign`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TaskAssign {
    /// The households where it is to be done; none when it belongs to no household.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub households: Vec<String>,
    /// What is to be done. At households it may be left out: then it is to visit them.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub what: String,
    /// The member who is to do it.
    pub who: String,
    /// The last day on which it is in time (`2026-11-25`).
    #[serde(default)]
    #[ts(optional)]
    pub due: Option<String>,
    /// How often it is to be done, where it belongs to no household; once when left out.
    #[serde(default)]
    #[ts(optional)]
    pub goal: Option<u32>,
    /// The person has said that nine digits in a text are no ID card.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub nine_digits_ok: bool,
}

/// Arguments of `task_progress`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TaskProgress {
    /// The task.
    pub task: String,
    /// The household at which it was done; none when the task belongs to no household.
    #[serde(default)]
    #[ts(optional)]
    pub household: Option<String>,
    /// How often it is done; at a household 0 or 1. What a visit has done stays done.
    pub done: u32,
}

/// Arguments of `task_set_removed`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TaskSetRemoved {
    /// The task.
    pub task: String,
    /// Taken back, or not.
    pub removed: bool,
}

/// Households that one task may have.
const HOUSEHOLDS_AT_MOST: usize = 500;
/// Nobody is asked to do one thing more often.
const GOAL_AT_MOST: u32 = 9_999;

/// The tasks of the team, or of one member.
pub(super) fn list(api: &Api, args: TaskList) -> Result<Vec<TaskView>> {
    let notebook = api.notebook();
    let of = match args.who.as_deref() {
        Some(who) => query::Of::Member(id("member", who)?),
        None => query::Of::Team,
    };
    query::list(notebook.db(), &notebook.asker()?, of)
}

/// The tasks of the signed-in member that are not done.
pub(super) fn open_of_mine(api: &Api) -> Result<Vec<TaskView>> {
    let notebook = api.notebook();
    let asker = notebook.asker()?;
    let mut tasks = query::list(notebook.db(), &asker, query::Of::Member(asker.me))?;
    tasks.retain(|task| task.done < task.goal);
    Ok(tasks)
}

/// One task.
pub(super) fn get(api: &Api, args: TaskId) -> Result<TaskView> {
    one(api, id("task", &args.task)?)
}

/// Gives somebody something to do, at one or many households at once.
pub(super) fn assign(api: &Api, args: TaskAssign) -> Result<TaskView> {
    let task = crate::domain::TaskId::fresh();
    let (stands_in, fields) = check(&api.notebook(), &args)?;
    api.write(|batch| stands_in.iter().try_for_each(|at| set(batch, task, *at, &fields)))?;
    one(api, task)
}

/// Says how far a task is.
pub(super) fn progress(api: &Api, args: TaskProgress) -> Result<TaskView> {
    let task = id("task", &args.task)?;
    let stands_at: Vec<Option<HouseholdId>> = match args.household.as_deref() {
        Some(household) => {
            let at = standing_at(&api.notebook(), task, id("household", household)?)?;
            at.into_iter().map(Some).collect()
        }
        None if stands_in(api, task)?.contains(&None) => vec![None],
        None => return Err(Error::not_found("task")),
    };
    let most = if args.household.is_some() { 1 } else { GOAL_AT_MOST };
    let done = [(TaskField::Done, Scalar::Int(args.done.min(most).into()))];
    api.write(|batch| stands_at.iter().try_for_each(|at| set(batch, task, *at, &done)))?;
    one(api, task)
}

/// In which documents of a household, which may be merged from several, a task stands; `not_found` when in none.
pub(super) fn standing_at(
    notebook: &Notebook,
    task: crate::domain::TaskId,
    household: HouseholdId,
) -> Result<Vec<HouseholdId>> {
    let space = notebook.space()?.id;
    let parts = merged::parts(notebook.db(), space, household)?;
    let stands_in = query::stands_in(notebook.db(), space, task)?;
    let found: Vec<_> = parts.into_iter().filter(|part| stands_in.contains(&Some(*part))).collect();
    if found.is_empty() { Err(Error::not_found("task")) } else { Ok(found) }
}

/// Takes a task back, or restores it.
pub(super) fn set_removed(api: &Api, args: TaskSetRemoved) -> Result<TaskView> {
    let task = id("task", &args.task)?;
    let stands_in = stands_in(api, task)?;
    let removed = [(TaskField::Removed, Scalar::Bool(args.removed))];
    api.write(|batch| stands_in.iter().try_for_each(|at| set(batch, task, *at, &removed)))?;
    one(api, task)
}

/// Writes fields of a task in the document of a household, or in the space's.
pub(super) fn set(
    batch: &mut Batch<'_>,
    task: crate::domain::TaskId,
    at: Option<HouseholdId>,
    fields: &[(TaskField, Scalar)],
) -> Result<()> {
    let write = |edit: &mut Edit<'_, '_>, key: &dyn Fn(TaskField) -> String| {
        fields.iter().for_each(|(field, value)| edit.set(&key(*field), value));
    };
    match at {
        Some(household) => batch.edit_household(household, |edit| write(edit, &|field| keys::task(task, field))),
        None => batch.edit_space(|edit| write(edit, &|field| space_keys::field(Thing::Task, task, field.as_str()))),
    }
    .map(drop)
}

/// Where a new task is to stand, and what it says.
type Given = (Vec<Option<HouseholdId>>, Vec<(TaskField, Scalar)>);

fn check(notebook: &Notebook, args: &TaskAssign) -> Result<Given> {
    let asker = notebook.asker()?;
    let who: MemberId = id("member", &args.who)?;
    let members = space::members(notebook.db(), asker.space, Some(asker.me))?;
    let role_of = |wanted: MemberId| members.iter().find(|m| m.id == wanted.to_string()).map(|m| m.role);
    let asked = members.iter().find(|m| m.id == who.to_string()).ok_or_else(|| Error::not_found("member"))?;
    if !asked.is_here(asker.today) {
        return Err(Error::invalid("member_left", "who"));
    }
    if who != asker.me && !role_of(asker.me).is_some_and(Role::assigns_to_others) {
        return Err(Error::new("not_allowed", "only a leader, a deputy or an officer gives tasks to others"));
    }
    if args.households.len() > HOUSEHOLDS_AT_MOST {
        return Err(Error::invalid("too_many", "households").with("max", HOUSEHOLDS_AT_MOST));
    }
    let households: Vec<HouseholdId> =
        args.households.iter().map(|household| id("household", household)).collect::<Result<_>>()?;
    for household in &households {
        merged::shown(notebook.db(), asker.space, *household)?;
    }
    let (nine, today) = (nine_digits(args.nine_digits_ok), asker.today);
    let what = if households.is_empty() { text::required } else { text::line }("what", &args.what, nine)?;
    let due: Option<Date> =
        args.due.as_deref().map(|day| day.parse().map_err(|_| Error::invalid("bad_date", "due"))).transpose()?;
    if due.is_some_and(|due| due < today) {
        return Err(Error::invalid("bad_date", "due"));
    }
    let goal = args.goal.unwrap_or(1);
    if !(1..=GOAL_AT_MOST).contains(&goal) {
        return Err(Error::invalid("bad_number", "goal"));
    }
    let text = |text: String| Scalar::Text(text);
    let mut fields = vec![
        (TaskField::What, text(what)),
        (TaskField::Who, text(who.to_string())),
        (TaskField::FromWho, text(asker.me.to_string())),
        (TaskField::From, text(today.to_string())),
    ];
    fields.extend(due.map(|due| (TaskField::Due, text(due.to_string()))));
    if households.is_empty() {
        fields.push((TaskField::Goal, Scalar::Int(goal.into())));
        return Ok((vec![None], fields));
    }
    Ok((households.into_iter().map(Some).collect(), fields))
}

fn stands_in(api: &Api, task: crate::domain::TaskId) -> Result<Vec<Option<HouseholdId>>> {
    let notebook = api.notebook();
    let found = query::stands_in(notebook.db(), notebook.space()?.id, task)?;
    if found.is_empty() { Err(Error::not_found("task")) } else { Ok(found) }
}

fn one(api: &Api, task: crate::domain::TaskId) -> Result<TaskView> {
    let notebook = api.notebook();
    let found = query::list(notebook.db(), &notebook.asker()?, query::Of::Task(task))?;
    found.into_iter().next().ok_or_else(|| Error::not_found("task"))
}
