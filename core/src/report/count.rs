//! From an indicator to its figure.

use std::collections::HashMap;

use super::coverage::Reached;
use super::ground::Spot;
use super::hit::Hit;
use super::material::Material;
use super::view::Figure;
use super::{activities, given, households, people, residents};
use crate::domain::Indicator;
use crate::domain::indicator::{AccountSource, Denominator, Measure};
use crate::error::Result;

/// The records that an indicator counts.
pub fn counted(material: &Material<'_>, indicator: &Indicator) -> Result<Vec<Hit>> {
    let cumulative = indicator.is_cumulative();
    let window = material.window_of(indicator);
    match &indicator.measure {
        Measure::People { evidence } => people::count(material, cumulative, evidence),
        Measure::Accounts { source: AccountSource::Items { items } } => given::first_ticks(material, window, items),
        Measure::Accounts { source: AccountSource::Services { services } } | Measure::Occurrences { services } => {
            given::occurrences(material, window, services)
        }
        Measure::Visits { outcomes } => households::visits(material, window, outcomes),
        Measure::Attendance => activities::attended(material, window),
        Measure::Activities => activities::held(material, window),
        Measure::HouseholdsAtTarget => households::at_target(material, material.levels()?),
        Measure::HouseholdsVisited { outcomes } => households::visited(material, material.window(cumulative), outcomes),
    }
}

/// The records that a rate is taken of. Who lives here is told as of the last day.
pub fn counted_of(material: &Material<'_>, per: Denominator, cumulative: bool) -> Result<Vec<Hit>> {
    let window = material.window(cumulative);
    match per {
        Denominator::Households => Ok(households::living(material)),
        Denominator::HouseholdsVisited => households::visited(material, window, &[]),
        Denominator::Residents => Ok(residents::living(material)?.map(|resident| resident.hit()).collect()),
        Denominator::Adults => {
            Ok(residents::living(material)?.filter(|resident| !resident.minor).map(|resident| resident.hit()).collect())
        }
        Denominator::PeopleMet => people::met(material, window),
    }
}

/// What records come to, in all and for each place and team.
struct Sum {
    all: u64,
    spots: HashMap<Spot, u64>,
}

impl Sum {
    fn of(hits: &[Hit]) -> Self {
        let mut sum = Self { all: 0, spots: HashMap::new() };
        for hit in hits {
            sum.all = sum.all.saturating_add(hit.count);
            for spot in hit.stand.spots() {
                let of = sum.spots.entry(spot).or_default();
                *of = of.saturating_add(hit.count);
            }
        }
        sum
    }

    fn at(&self, spot: Spot) -> u64 {
        self.spots.get(&spot).copied().unwrap_or_default()
    }

    /// The number, or blank where nothing was written; what counts was written somewhere.
    fn known(number: u64, written: bool) -> Option<u64> {
        (written || number > 0).then_some(number)
    }
}

/// The figure of an indicator. Where nothing was written in its span it is blank.
pub fn figure(material: &Material<'_>, reached: &Reached, indicator: &Indicator) -> Result<Figure> {
    let cumulative = indicator.is_cumulative();
    let value = Sum::of(&counted(material, indicator)?);
    let of = indicator.per.map(|per| counted_of(material, per, cumulative)).transpose()?.map(|hits| Sum::of(&hits));
    let of_at = |spot| of.as_ref().map(|of| of.at(spot));
    let rows = material.ground.rows(&reached.spots).into_iter().map(|row| {
        let number = Sum::known(value.at(row.at), reached.has_facts(row.at, cumulative));
        row.figure(number, of_at(row.at))
    });
    Ok(Figure {
        key: indicator.key.clone(),
        name: indicator.name.clone(),
        unit: indicator.unit.clone(),
        cumulative,
        rate: indicator.per.is_some(),
        value: Sum::known(value.all, reached.has_any(cumulative)),
        of: of.as_ref().map(|of| of.all),
        target: None,
        adjusted: None,
        adjusted_of: None,
        rows: rows.collect(),
    })
}
