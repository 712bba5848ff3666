//! Where a household's door is. It is measured when somebody asks for it, and stays within the team: no export and no
//! figure that leaves has it.

use jiff::civil::Date;
use serde::Deserialize;
use ts_rs::TS;

use super::household::{HouseholdId, detail_of};
use super::{Api, id};
use crate::doc::household as keys;
use crate::domain::Position;
use crate::domain::position::ACCURACY_AT_MOST;
use crate::error::{Error, Result};
use crate::projection::views::HouseholdDetail;

/// Arguments of `position_set`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PositionSet {
    /// The household.
    pub household: String,
    /// Degrees north of the equator.
    pub latitude: f64,
    /// Degrees east of Greenwich.
    pub longitude: f64,
    /// How far off it may be, in metres.
    pub accuracy: f64,
    /// The day on which it was measured; today when left out.
    #[serde(default)]
    #[ts(optional)]
    pub day: Option<String>,
}

/// Writes down where a household's door is.
pub(super) fn set(api: &Api, args: PositionSet) -> Result<HouseholdDetail> {
    let household = id("household", &args.household)?;
    let today = api.notebook().clock().today();
    let day: Date = match &args.day {
        Some(day) => day.parse().map_err(|_| Error::invalid("bad_date", "day"))?,
        None => today,
    };
    if day > today {
        return Err(Error::invalid("bad_date", "day"));
    }
    let position = Position::new(args.latitude, args.longitude, args.accuracy, day);
    let position = position.ok_or_else(|| Error::invalid("bad_position", "position"))?;
    if position.accuracy_m > ACCURACY_AT_MOST {
        return Err(Error::invalid("position_imprecise", "position").with("n", position.accuracy_m));
    }
    api.write(|batch| batch.edit_whole(household, |edit| edit.text(keys::POSITION, &position.encode())))?;
    detail_of(&api.notebook(), household)
}

/// Takes it off again. It stays in the household's history until that is erased.
pub(super) fn remove(api: &Api, args: HouseholdId) -> Result<HouseholdDetail> {
    let household = id("household", &args.household)?;
    api.write(|batch| batch.edit_whole(household, |edit| edit.text(keys::POSITION, "")))?;
    detail_of(&api.notebook(), household)
}
