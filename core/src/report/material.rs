//! What a report is counted from, gathered once for all of its figures.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use rusqlite::Connection;
use uuid::Uuid;

use super::activities::{self, Held};
use super::given;
use super::ground::{Ground, Within};
use super::hit::Hit;
use super::levels::{self, Levels};
use super::residents::{self, Resident};
use super::visits::Window;
use crate::domain::indicator::Span;
use crate::domain::period::Days;
use crate::domain::{Indicator, ResidentId, SpaceId};
use crate::error::Result;
use crate::projection::same;

/// The records of a notebook as of a period's last day, seen from a scope.
pub struct Material<'a> {
    /// The database.
    pub db: &'a Connection,
    /// The notebook.
    pub space: SpaceId,
    /// The period's days.
    pub days: Days,
    /// Where everything stands on the last of them.
    pub ground: Ground,
    /// Who is one with somebody else.
    one_person: BTreeMap<ResidentId, ResidentId>,
    levels: OnceCell<Levels>,
    residents: OnceCell<Vec<Resident>>,
    activities: OnceCell<Vec<Held>>,
    /// What was given at visits: in the period, since New Year, and ever, up to the last day.
    given: [OnceCell<Vec<Hit>>; 3],
}

impl<'a> Material<'a> {
    /// Looks at a notebook as it stands on a period's last day.
    pub fn gather(db: &'a Connection, space: SpaceId, days: Days, within: Within) -> Result<Self> {
        Self::on(db, space, days, Ground::of(db, space, days.last, within)?)
    }

    /// The same on a ground that is known already.
    pub fn on(db: &'a Connection, space: SpaceId, days: Days, ground: Ground) -> Result<Self> {
        Ok(Self {
            db,
            space,
            days,
            ground,
            one_person: same::people(db, space)?,
            levels: OnceCell::new(),
            residents: OnceCell::new(),
            activities: OnceCell::new(),
            given: Default::default(),
        })
    }

    /// The days over which something is counted.
    pub fn window(&self, cumulative: bool) -> Window {
        Window { first: (!cumulative).then_some(self.days.first), last: self.days.last }
    }

    /// The days over which an indicator is counted.
    pub fn window_of(&self, indicator: &Indicator) -> Window {
        match indicator.span {
            Span::Year => Window { first: Some(self.days.last.first_of_year()), last: self.days.last },
            _ => self.window(indicator.is_cumulative()),
        }
    }

    /// The one id of a person who may have several.
    pub fn person(&self, resident: Uuid) -> Uuid {
        self.one_person.get(&ResidentId(resident)).map_or(resident, |one| one.0)
    }

    /// What everybody can do on the last day.
    pub fn levels(&self) -> Result<&Levels> {
        keep(&self.levels, || levels::as_of(self))
    }

    /// Everybody who is written in a household that stands, by household and id.
    pub fn residents(&self) -> Result<&[Resident]> {
        Ok(keep(&self.residents, || residents::read(self))?.as_slice())
    }

    /// The services that were given at visits within the scope, in a window that [`Material::window_of`] has told.
    pub fn given(&self, window: Window) -> Result<&[Hit]> {
        let [in_period, since_new_year, ever] = &self.given;
        let cell = match window.first {
            None => ever,
            Some(first) if first == self.days.first => in_period,
            Some(_) => since_new_year,
        };
        Ok(keep(cell, || given::at_visits(self, window))?.as_slice())
    }

    /// The activities up to the last day, oldest first.
    pub fn activities(&self) -> Result<&[Held]> {
        Ok(keep(&self.activities, || activities::read(self))?.as_slice())
    }
}

fn keep<T>(cell: &OnceCell<T>, make: impl FnOnce() -> Result<T>) -> Result<&T> {
    if let Some(made) = cell.get() {
        return Ok(made);
    }
    let made = make()?;
    Ok(cell.get_or_init(|| made))
}
