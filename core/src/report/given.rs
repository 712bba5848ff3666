//! Services that were given, at doors and at activities alike, and accounts that people have come to have.

use std::collections::HashMap;

use uuid::Uuid;

use super::hit::{Hit, What};
use super::material::Material;
use super::visits::{self, Window};
use crate::domain::ItemId;
use crate::error::Result;

/// Lượt: each time that one of these services was given.
pub fn occurrences(material: &Material<'_>, window: Window, services: &[String]) -> Result<Vec<Hit>> {
    let wanted = |hit: &&Hit| matches!(&hit.what, What::Service(service) if services.contains(service));
    let mut hits: Vec<Hit> = material.given(window)?.iter().filter(wanted).cloned().collect();
    for held in material.activities()?.iter().filter(|held| window.has(held.day) && material.ground.has(held.stand)) {
        let given = held.services.iter().filter(|(service, count)| services.contains(service) && **count > 0);
        hits.extend(given.map(|(service, count)| Hit {
            count: *count,
            what: What::Service(service.clone()),
            ..held.hit()
        }));
    }
    Ok(hits)
}

/// Every service that was given at a visit within the scope.
pub fn at_visits(material: &Material<'_>, window: Window) -> Result<Vec<Hit>> {
    let join = "CROSS JOIN services_given j ON j.household = v.household AND j.visit = v.id";
    let mut hits = Vec::new();
    visits::each(material.db, material.space, window, ("v.household, v.id, j.service, j.count", join), |row| {
        let household = Uuid::from_bytes(row.get(0)?);
        let count: u64 = row.get::<_, i64>(3)?.try_into().unwrap_or_default();
        let home = material.ground.household(household).filter(|home| count > 0 && material.ground.has(home.stand));
        if let Some(home) = home {
            let (household, visit) = (Some(household), Some(Uuid::from_bytes(row.get(1)?)));
            hits.push(Hit { count, household, visit, what: What::Service(row.get(2)?), ..Hit::at(home.stand) });
        }
        Ok(())
    })?;
    Ok(hits)
}

/// Each person with each of these items, on the day on which it was first ticked.
pub fn first_ticks(material: &Material<'_>, window: Window, items: &[ItemId]) -> Result<Vec<Hit>> {
    let join = "CROSS JOIN items_done j ON j.household = v.household AND j.visit = v.id";
    let from = window.first.map(|day| day.to_string()).unwrap_or_default();
    let mut first: HashMap<(Uuid, Uuid), Option<Hit>> = HashMap::new();
    let columns = ("v.household, v.id, j.resident, j.item, v.day", join);
    visits::each(material.db, material.space, Window { first: None, ..window }, columns, |row| {
        let id = |n| row.get(n).map(Uuid::from_bytes);
        let (household, visit, resident, item) = (id(0)?, id(1)?, id(2)?, id(3)?);
        let Some(home) = material.ground.household(household) else { return Ok(()) };
        if items.contains(&ItemId(item)) {
            let in_window = row.get_ref(4)?.as_str()? >= from.as_str() && material.ground.has(home.stand);
            first.entry((material.person(resident), item)).or_insert_with(|| {
                let (household, resident, visit) = (Some(household), Some(resident), Some(visit));
                let what = What::Item(item);
                in_window.then(|| Hit { household, resident, visit, what, ..Hit::at(home.stand) })
            });
        }
        Ok(())
    })?;
    Ok(first.into_values().flatten().collect())
}
