//! Who lives in the households that stand.

use std::collections::HashSet;

use jiff::civil::Date;
use uuid::Uuid;

use super::ground::Household;
use super::hit::Hit;
use super::material::Material;
use crate::error::Result;

/// Somebody who is written in a household that stands.
#[derive(Debug, Clone, Copy)]
pub struct Resident {
    /// The household.
    pub household: Uuid,
    /// Where it stands.
    pub home: Household,
    /// Their id in it.
    pub id: Uuid,
    /// The one id of this person.
    pub person: Uuid,
    /// No longer of the household.
    pub gone: bool,
    /// Known to be under 18 on the last day.
    pub minor: bool,
}

/// Everybody, by household and id.
pub fn read(material: &Material<'_>) -> Result<Vec<Resident>> {
    let mut query = material.db.prepare_cached(
        "SELECT r.household, r.id, r.gone, r.birth FROM households h CROSS JOIN residents r ON r.household = h.id
         WHERE h.space = ?1 ORDER BY h.id, r.id",
    )?;
    let mut rows = query.query([material.space.bytes()])?;
    let (mut residents, eighteen) = (Vec::new(), eighteen_before(material.days.last));
    while let Some(row) = rows.next()? {
        let household = Uuid::from_bytes(row.get(0)?);
        let Some(home) = material.ground.household(household) else { continue };
        let id = Uuid::from_bytes(row.get(1)?);
        let minor = is_minor(row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?, &eighteen);
        residents.push(Resident { household, home, id, person: material.person(id), gone: row.get(2)?, minor });
    }
    Ok(residents)
}

/// The day on which somebody must have been born to be 18 on a day, as text.
fn eighteen_before(day: Date) -> String {
    let day = day.to_string();
    let year = day.get(..4).and_then(|year| year.parse::<u16>().ok()).unwrap_or_default();
    format!("{:04}{}", year.saturating_sub(18), day.get(4..).unwrap_or_default())
}

/// Whether a birth (`1984`, `1984-05` or `1984-05-20`) is later than that. As far as it is known: who becomes 18 in
/// this year is an adult where only the year is known, and so is everybody of whom nothing is.
fn is_minor(birth: &str, eighteen: &str) -> bool {
    let is_date = birth.len() >= 4 && birth.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    is_date && eighteen.get(..birth.len()).is_some_and(|limit| birth > limit)
}

impl Resident {
    /// Of a household that lives here, and in it.
    pub fn lives(&self) -> bool {
        self.home.lives && !self.gone
    }

    /// The record of them.
    pub fn hit(&self) -> Hit {
        Hit { household: Some(self.household), resident: Some(self.id), ..Hit::at(self.home.stand) }
    }
}

/// Everybody within the scope who lives there, each person once: where their first entry is that is not gone.
pub fn living<'a>(material: &'a Material<'_>) -> Result<impl Iterator<Item = &'a Resident>> {
    let mut known = HashSet::new();
    let people = material.residents()?.iter().filter(|r| r.lives()).filter(move |r| known.insert(r.person));
    Ok(people.filter(|r| material.ground.has(r.home.stand)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_is_a_minor_until_the_day_on_which_they_are_eighteen() {
        let eighteen = eighteen_before(Date::constant(2026, 11, 20));
        for birth in ["2009", "2008-12", "2008-11-21", "2026-11-20"] {
            assert!(is_minor(birth, &eighteen), "{birth}");
        }
        for birth in ["", "2008", "2008-11", "2008-11-20", "1950-05-01", "x"] {
            assert!(!is_minor(birth, &eighteen), "{birth}");
        }
    }
}
