//! Activities that belong to no household.

use serde::Deserialize;
use ts_rs::TS;

use super::household::nine_digits;
use super::{Api, Nothing, id};
use crate::doc::Scalar;
use crate::doc::space::{self as keys, Thing};
use crate::domain::activity::{Activity, ActivityKind};
use crate::domain::text;
use crate::domain::visit::{ServiceCount, day_number};
use crate::domain::{ActivityId, PlaceId};
use crate::error::{Error, Result};
use crate::projection::space;
use crate::projection::views::ActivityView;

/// Arguments of `activity_save`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ActivitySave {
    /// The activity to write anew; left out, a new one.
    #[serde(default)]
    #[ts(optional)]
    pub activity: Option<String>,
    /// The day it counts for; today when left out.
    #[serde(default)]
    #[ts(optional)]
    pub day: Option<String>,
    /// What it was.
    pub kind: ActivityKind,
    /// What it was called.
    pub title: String,
    /// Where, if at a known place.
    #[serde(default)]
    #[ts(optional)]
    pub place: Option<String>,
    /// How many people came.
    #[serde(default)]
    #[ts(optional, as = "Option<u32>")]
    pub attendees: u32,
    /// Services given.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<ServiceCount>>")]
    pub services: Vec<ServiceCount>,
    /// A note.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub note: String,
    /// The person has said that nine digits in a text are no ID card.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub nine_digits_ok: bool,
}

/// Arguments of `activity_set_removed`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ActivitySetRemoved {
    /// The activity.
    pub activity: String,
    /// Taken back, or not.
    pub removed: bool,
}

/// The activities, newest first.
pub(super) fn list(api: &Api, _: Nothing) -> Result<Vec<ActivityView>> {
    let notebook = api.notebook();
    let open = notebook.space()?;
    space::activities(notebook.db(), open.id)
}

/// Adds an activity or writes it anew.
pub(super) fn save(api: &Api, args: ActivitySave) -> Result<ActivityView> {
    let nine = nine_digits(args.nine_digits_ok);
    let (me, today, clock) = {
        let notebook = api.notebook();
        (notebook.me()?, notebook.clock().today(), notebook.clock().tick())
    };
    let day = match &args.day {
        Some(day) => day.parse().map_err(|_| Error::invalid("bad_date", "day"))?,
        None => today,
    };
    if day > today {
        return Err(Error::invalid("bad_date", "day"));
    }
    let known = args.activity.as_deref().map(|a| stored(api, a)).transpose()?;
    let activity = Activity {
        day_number: day_number(day),
        clock,
        author: known.as_ref().map_or(me, |(_, a)| a.author),
        kind: args.kind,
        title: text::line("title", &args.title, nine)?,
        place: args.place.as_deref().map(|p| id::<PlaceId>("place", p)).transpose()?,
        attendees: args.attendees,
        services: args.services.iter().filter(|s| s.count > 0).map(|s| (s.service.clone(), s.count)).collect(),
        note: text::note("note", &args.note, nine)?,
        removed: false,
    };
    put(api, known.map_or_else(ActivityId::fresh, |(id, _)| id), &activity)
}

/// Takes an activity back, or restores it.
pub(super) fn set_removed(api: &Api, args: ActivitySetRemoved) -> Result<ActivityView> {
    let (id, known) = stored(api, &args.activity)?;
    let clock = api.notebook().clock().tick();
    put(api, id, &Activity { removed: args.removed, clock, ..known })
}

fn put(api: &Api, id: ActivityId, activity: &Activity) -> Result<ActivityView> {
    let key = keys::value(Thing::Activity, id);
    api.write(|batch| batch.edit_space(|edit| edit.set(&key, &Scalar::Bytes(activity.encode()))))?;
    let id = id.to_string();
    list(api, Nothing {})?.into_iter().find(|a| a.id == id).ok_or_else(|| Error::not_found("activity"))
}

fn stored(api: &Api, activity: &str) -> Result<(ActivityId, Activity)> {
    let id: ActivityId = id("activity", activity)?;
    let notebook = api.notebook();
    let found = space::activity(notebook.db(), notebook.space()?.id, id)?;
    Ok((id, found.ok_or_else(|| Error::not_found("activity"))?))
}
