//! A member's own training. Everybody ticks for themselves only, so no command names a member.

use serde::Deserialize;
use ts_rs::TS;

use super::invite::qr_svg;
use super::{Api, Nothing};
use crate::doc::space::{self as keys, Thing};
use crate::domain::training::{COURSES, course};
use crate::error::{Error, Result};
use crate::projection::space;
use crate::projection::views::CourseView;

/// Arguments of `training_set`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TrainingSet {
    /// The course.
    pub course: String,
    /// Done today, or not done after all.
    pub done: bool,
}

/// The courses, and which of them the signed-in member has done.
pub(super) fn list(api: &Api, _: Nothing) -> Result<Vec<CourseView>> {
    let notebook = api.notebook();
    let done = space::training(notebook.db(), notebook.space()?.id, notebook.me()?)?;
    COURSES
        .iter()
        .map(|course| {
            Ok(CourseView {
                key: course.key.to_owned(),
                skill: course.skill,
                address: course.address.map(str::to_owned),
                qr_svg: course.address.map(qr_svg).transpose()?,
                done_on: done.get(course.key).cloned(),
            })
        })
        .collect()
}

/// Says that the signed-in member has done a course today, or takes that back.
pub(super) fn set(api: &Api, args: TrainingSet) -> Result<Vec<CourseView>> {
    let course = course(&args.course).ok_or_else(|| Error::not_found("course"))?;
    let (me, today) = {
        let notebook = api.notebook();
        (notebook.me()?, notebook.clock().today())
    };
    let day = if args.done { today.to_string() } else { String::new() };
    api.write(|batch| batch.edit_space(|edit| edit.text(&keys::field(Thing::Training, me, course.key), &day)))?;
    list(api, Nothing {})
}
