//! Households: the list, one of them, and their own fields.

use serde::Deserialize;
use ts_rs::TS;

use super::{Api, Done, id};
use crate::doc::household::{self as keys, ResidentField};
use crate::doc::{Edit, Scalar};
use crate::domain::text::{self, NineDigits};
use crate::domain::{HouseholdStatus, PlaceId, ResidentId, ResidentStatus, Sex, SpaceId};
use crate::error::{Error, Result};
use crate::notebook::{ListQuery, Notebook};
use crate::projection::list::{Filter, Sort};
use crate::projection::views::{HouseholdDetail, HouseholdList};
use crate::projection::{detail, merged, places};
use crate::text::{birth, phone};

/// Arguments of `household_list`.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
#[ts(optional_fields)]
pub struct HouseholdQuery {
    /// What was typed into the search field.
    pub search: Option<String>,
    /// The chip; `all` when left out.
    pub filter: Option<Filter>,
    /// Only of this place.
    pub place: Option<String>,
    /// The order; while searching, the best match comes first whatever is asked.
    pub sort: Option<Sort>,
    /// Rows to skip.
    pub offset: Option<u32>,
    /// Rows to return, 100 when left out, 500 at most.
    pub limit: Option<u32>,
}

/// Arguments of commands about one household.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HouseholdId {
    /// The household.
    pub household: String,
}

/// Arguments of `household_add`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HouseholdAdd {
    /// Where; the only place of the notebook when left out.
    #[ts(optional)]
    pub place: Option<String>,
    /// The head.
    pub head: ResidentFields,
    /// The household's own fields.
    #[serde(default)]
    #[ts(optional, as = "Option<HouseholdFields>")]
    pub fields: HouseholdFields,
    /// The person has said that nine digits in a text are no ID card.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub nine_digits_ok: bool,
}

/// Arguments of `household_edit`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HouseholdEdit {
    /// The household.
    pub household: String,
    /// What to change.
    pub fields: HouseholdFields,
    /// The person has said that nine digits in a text are no ID card.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub nine_digits_ok: bool,
}

/// A household's own fields; what is left out stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
#[ts(optional_fields)]
pub struct HouseholdFields {
    /// The head: one of its residents.
    pub head: Option<String>,
    /// The place.
    pub place: Option<String>,
    /// The number in the household list.
    pub code: Option<String>,
    /// Address or how to find the door.
    pub door: Option<String>,
    /// Phone in any usual spelling; empty to clear.
    pub phone: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// A business household.
    pub business: Option<bool>,
    /// Has somebody elderly.
    pub elderly: Option<bool>,
    /// Whether it lives here.
    pub status: Option<HouseholdStatus>,
}

/// A resident's fields; what is left out stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
#[ts(optional_fields)]
pub struct ResidentFields {
    /// Full name.
    pub name: Option<String>,
    /// Relation to the head ("Vợ").
    pub relation: Option<String>,
    /// Birth: `1984`, `07/1984` or `24/07/1984`; empty to clear.
    pub birth: Option<String>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Phone in any usual spelling; empty to clear.
    pub phone: Option<String>,
    /// Whether they live here.
    pub status: Option<ResidentStatus>,
}

const PAGE: u32 = 100;
const PAGE_AT_MOST: u32 = 500;

/// A page of households.
pub(super) fn list(api: &Api, args: HouseholdQuery) -> Result<HouseholdList> {
    let place = args.place.as_deref().map(|place| id("place", place)).transpose()?;
    api.notebook().list(&ListQuery {
        search: args.search.unwrap_or_default(),
        filter: args.filter.unwrap_or_default(),
        place,
        sort: args.sort.unwrap_or_default(),
        offset: args.offset.unwrap_or_default() as usize,
        limit: args.limit.unwrap_or(PAGE).min(PAGE_AT_MOST) as usize,
    })
}

/// Everything about one household.
pub(super) fn get(api: &Api, args: HouseholdId) -> Result<HouseholdDetail> {
    detail_of(&api.notebook(), id("household", &args.household)?)
}

pub(super) fn detail_of(notebook: &Notebook, household: crate::domain::HouseholdId) -> Result<HouseholdDetail> {
    detail::get(notebook.db(), &notebook.asker()?, household)
}

/// Fields of a household that have passed every check.
#[derive(Default)]
struct CheckedHousehold {
    texts: Vec<(&'static str, String)>,
    flags: Vec<(&'static str, bool)>,
}

impl CheckedHousehold {
    fn write(&self, edit: &mut Edit<'_, '_>) {
        for (key, value) in &self.texts {
            edit.text(key, value);
        }
        for (key, value) in &self.flags {
            edit.flag(key, *value);
        }
    }
}

impl CheckedHousehold {
    /// The place that a household leaves by this edit, if it is in one and goes to another.
    fn leaves(&self, place: Option<PlaceId>) -> Option<PlaceId> {
        let to = self.texts.iter().find(|(key, _)| *key == keys::PLACE).map(|(_, value)| value);
        place.filter(|place| to.is_some_and(|to| *to != place.to_string()))
    }
}

fn check_household(fields: &HouseholdFields, nine: NineDigits) -> Result<CheckedHousehold> {
    let mut checked = CheckedHousehold::default();
    let texts = [("code", keys::CODE, &fields.code), ("door", keys::DOOR, &fields.door)];
    for (field, key, value) in texts {
        if let Some(value) = value {
            checked.texts.push((key, text::line(field, value, nine)?));
        }
    }
    if let Some(note) = &fields.note {
        checked.texts.push((keys::NOTE, text::note("note", note, nine)?));
    }
    if let Some(phone) = &fields.phone {
        checked.texts.push((keys::PHONE, check_phone(phone)?));
    }
    if let Some(head) = &fields.head {
        checked.texts.push((keys::HEAD, id::<ResidentId>("resident", head)?.to_string()));
    }
    if let Some(place) = &fields.place {
        checked.texts.push((keys::PLACE, id::<PlaceId>("place", place)?.to_string()));
    }
    if let Some(status) = fields.status {
        checked.texts.push((keys::STATUS, status.as_str().to_owned()));
    }
    for (key, value) in [(keys::BUSINESS, fields.business), (keys::ELDERLY, fields.elderly)] {
        checked.flags.extend(value.map(|value| (key, value)));
    }
    Ok(checked)
}

/// A phone in national form, or empty to clear it.
pub(super) fn check_phone(typed: &str) -> Result<String> {
    if typed.trim().is_empty() {
        return Ok(String::new());
    }
    phone::parse(typed).map(|p| p.as_str().to_owned()).map_err(|_| Error::invalid("bad_phone", "phone"))
}

/// Fields of a resident that have passed every check.
pub(super) struct CheckedResident(pub(super) Vec<(ResidentField, String)>);

impl CheckedResident {
    pub(super) fn write(&self, edit: &mut Edit<'_, '_>, id: ResidentId) {
        for (field, value) in &self.0 {
            edit.text(&keys::resident(id, *field), value);
        }
    }
}

pub(super) fn check_resident(
    fields: &ResidentFields,
    nine: NineDigits,
    today: jiff::civil::Date,
) -> Result<CheckedResident> {
    let mut checked = Vec::new();
    if let Some(name) = &fields.name {
        checked.push((ResidentField::Name, text::required("name", name, nine)?));
    }
    if let Some(relation) = &fields.relation {
        checked.push((ResidentField::Relation, text::line("relation", relation, nine)?));
    }
    if let Some(typed) = &fields.birth {
        let birth = match typed.trim() {
            "" => String::new(),
            typed => birth::parse(typed, today).map_err(|_| Error::invalid("bad_date", "birth"))?.to_string(),
        };
        checked.push((ResidentField::Birth, birth));
    }
    if let Some(sex) = fields.sex {
        checked.push((ResidentField::Sex, sex.as_str().to_owned()));
    }
    if let Some(status) = fields.status {
        checked.push((ResidentField::Status, status.as_str().to_owned()));
    }
    if let Some(phone) = &fields.phone {
        checked.push((ResidentField::Phone, check_phone(phone)?));
    }
    Ok(CheckedResident(checked))
}

pub(super) fn nine_digits(ok: bool) -> NineDigits {
    if ok { NineDigits::Confirmed } else { NineDigits::Ask }
}

/// The place that was named, or the only one of the notebook.
pub(super) fn place_or_only(notebook: &Notebook, space: SpaceId, named: Option<&str>) -> Result<PlaceId> {
    let places = places::standing(notebook.db(), space, notebook.clock().today())?;
    match (named, places.as_slice()) {
        (Some(named), places) if places.iter().any(|p| p.id == named) => id("place", named),
        (Some(_), _) => Err(Error::not_found("place")),
        (None, [only]) => id("place", &only.id),
        (None, _) => Err(Error::invalid("required", "place")),
    }
}

/// Adds a household that no list has.
pub(super) fn add(api: &Api, args: HouseholdAdd) -> Result<HouseholdDetail> {
    let nine = nine_digits(args.nine_digits_ok);
    let (household, head) = (crate::domain::HouseholdId::fresh(), ResidentId::fresh());
    if args.head.name.is_none() {
        return Err(Error::invalid("required", "name"));
    }
    let (place, person) = {
        let notebook = api.notebook();
        let space = notebook.space()?.id;
        (
            place_or_only(&notebook, space, args.place.as_deref())?,
            check_resident(&args.head, nine, notebook.clock().today())?,
        )
    };
    let own = check_household(&args.fields, nine)?;
    api.write(|batch| {
        batch.put_household(household, |edit| {
            edit.text(keys::PLACE, &place.to_string());
            edit.text(keys::HEAD, &head.to_string());
            person.write(edit, head);
            own.write(edit);
        })
    })?;
    detail_of(&api.notebook(), household)
}

/// Edits a household.
pub(super) fn edit(api: &Api, args: HouseholdEdit) -> Result<HouseholdDetail> {
    let household = id("household", &args.household)?;
    let own = check_household(&args.fields, nine_digits(args.nine_digits_ok))?;
    let place: Option<PlaceId> = args.fields.place.as_deref().map(|place| id("place", place)).transpose()?;
    let today = api.notebook().clock().today();
    api.write(|batch| {
        for part in merged::parts(batch.db(), batch.space(), household)? {
            let left = own.leaves(merged::written_place(batch.db(), part)?);
            batch.put_household(part, |edit| {
                own.write(edit);
                // Of two moves on one day the place counts in which the day began.
                left.iter().for_each(|place| edit.fill(&keys::place_until(today), &Scalar::Text(place.to_string())));
            })?;
        }
        place.map_or(Ok(()), |place| super::places::settle_here(batch, household, place))
    })?;
    detail_of(&api.notebook(), household)
}

/// Removes a household; it can be restored.
pub(super) fn remove(api: &Api, args: HouseholdId) -> Result<Done> {
    set_removed(api, &args, true)
}

/// Restores a removed household.
pub(super) fn restore(api: &Api, args: HouseholdId) -> Result<Done> {
    set_removed(api, &args, false)
}

fn set_removed(api: &Api, args: &HouseholdId, removed: bool) -> Result<Done> {
    let household = id("household", &args.household)?;
    api.write(|batch| batch.edit_whole(household, |edit| edit.flag(keys::REMOVED, removed)))?;
    Ok(Done {})
}
