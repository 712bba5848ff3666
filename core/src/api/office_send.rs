//! What the office hands down to the hamlets: the same entries under the same keys in their documents, so that sending
//! twice changes nothing and everybody counts the same things.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::office::Desk;
use super::{Api, Kind, id, notebooks};
use crate::doc::space::{self as keys, Thing};
use crate::doc::{Edit, Scalar};
use crate::domain::{CampaignId, NoticeId, SpaceId};
use crate::error::{Error, Result};
use crate::notebook::Notebook;
use crate::projection::office::{self, Listed};
use crate::store::{documents, spaces};

/// What can be handed down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WhatKind {
    /// The skills' items, and the services.
    Checklist,
    /// What reports count, from which period on.
    Rules,
    /// How the place works: its words, the shapes of its teams, and its rules on consent and obstacles.
    Locality,
    /// A campaign.
    Campaign,
    /// A notice.
    Notice,
}

/// Arguments of `office_bring` and `office_send`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfficeSend {
    /// What.
    pub what: WhatKind,
    /// Which campaign or notice.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<String>,
    /// To which notebooks; to all that are here when left out.
    #[serde(default)]
    #[ts(optional)]
    pub notebooks: Option<Vec<String>>,
}

/// Which notebooks have what the office has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OfficeBrought {
    /// The listed notebooks, by name.
    pub items: Vec<Brought>,
}

/// Whether a notebook has what the office has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Brought {
    /// The notebook.
    pub notebook: String,
    /// What it is called.
    pub name: String,
    /// Whether it has it.
    pub state: BroughtState,
}

/// Whether a notebook has what the office has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BroughtState {
    /// As the office has it.
    Same,
    /// In another form.
    Other,
    /// Not at all; or the notebook has not come to this device yet.
    Lacking,
}

/// What is handed down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Checklist,
    Rules,
    Locality,
    Campaign(CampaignId),
    Notice(NoticeId),
}

impl What {
    fn of(args: &OfficeSend) -> Result<Self> {
        let named = || args.id.as_deref().ok_or_else(|| Error::invalid("required", "id"));
        Ok(match args.what {
            WhatKind::Checklist => Self::Checklist,
            WhatKind::Rules => Self::Rules,
            WhatKind::Locality => Self::Locality,
            WhatKind::Campaign => Self::Campaign(id("campaign", named()?)?),
            WhatKind::Notice => Self::Notice(id("notice", named()?)?),
        })
    }

    /// Whether a key of the office's document belongs to it. Whose quota it is, and where it holds, the office says in
    /// its own teams and places, which the hamlets do not have.
    fn has(&self, key: &str) -> bool {
        let Some((thing, of, field)) = keys::parse(key) else {
            return *self == Self::Locality && matches!(key, keys::CONSENT_FIRST | keys::OBSTACLE_DAYS);
        };
        match self {
            Self::Checklist => matches!(thing, Thing::Skill | Thing::Item | Thing::Service),
            Self::Rules => thing == Thing::Rules,
            Self::Locality => matches!(thing, Thing::Level | Thing::Role | Thing::Locality),
            Self::Campaign(campaign) => {
                thing == Thing::Campaign
                    && *of == campaign.to_string()
                    && field.is_none_or(|field| !field.starts_with("place:") && !field.starts_with("quota:"))
            }
            Self::Notice(notice) => thing == Thing::Notice && *of == notice.to_string(),
        }
    }
}

/// What a notebook's own document says of it.
pub(super) fn entries(db: &Connection, space: SpaceId, what: &What) -> Result<Vec<(String, Scalar)>> {
    let all = documents::load(db, space, space.bytes())?.entries()?;
    Ok(all.into_iter().filter(|entry| what.has(&entry.key)).map(|entry| (entry.key, entry.value)).collect())
}

/// Which notebooks have it.
pub(super) fn bring(api: &Api, args: OfficeSend) -> Result<OfficeBrought> {
    let what = What::of(&args)?;
    brought(&api.notebook(), &what)
}

fn brought(notebook: &Notebook, what: &What) -> Result<OfficeBrought> {
    let (db, open) = (notebook.db(), notebook.space()?.id);
    let own = entries(db, open, what)?;
    let item = |one: Listed| {
        let theirs: BTreeMap<String, Scalar> = entries(db, one.space, what)?.into_iter().collect();
        let state = if own.iter().all(|(key, value)| theirs.get(key) == Some(value)) {
            BroughtState::Same
        } else if own.iter().any(|(key, _)| theirs.contains_key(key)) {
            BroughtState::Other
        } else {
            BroughtState::Lacking
        };
        Ok(Brought { notebook: one.space.to_string(), name: one.name, state })
    };
    let items = office::listed(db, open)?.into_iter().map(item).collect::<Result<_>>()?;
    Ok(OfficeBrought { items })
}

/// Writes it into them. Each notebook is a transaction of its own: one that fails keeps none of it, those before it
/// have it.
pub(super) fn send(api: &Api, args: OfficeSend) -> Result<OfficeBrought> {
    let what = What::of(&args)?;
    let mut notebook = api.notebook();
    let desk = Desk::at(&notebook)?;
    let own = entries(notebook.db(), desk.office, &what)?;
    match what {
        What::Campaign(_) if own.is_empty() => return Err(Error::not_found("campaign")),
        What::Notice(_) if own.is_empty() => return Err(Error::not_found("notice")),
        _ => {}
    }
    let here = office::hamlets(notebook.db(), desk.office)?;
    let to = match &args.notebooks {
        None => here,
        Some(named) => {
            let named: Vec<SpaceId> = named.iter().map(|one| id("notebook", one)).collect::<Result<_>>()?;
            if named.iter().any(|one| !here.contains(one)) {
                return Err(Error::not_found("notebook"));
            }
            named
        }
    };
    for hamlet in to {
        desk.write(&mut notebook, hamlet, |edit| own.iter().for_each(|(key, value)| edit.set(key, value)))?;
    }
    let answer = brought(&notebook, &what)?;
    drop(notebook);
    api.tell(&[Kind::Space, Kind::Sync]);
    api.note(super::by_itself::Note::Saved);
    Ok(answer)
}

impl Desk {
    /// Writes into a hamlet's document under the officer's name, who is one of its officers from the first time on.
    fn write(&self, notebook: &mut Notebook, hamlet: SpaceId, edit: impl FnOnce(&mut Edit<'_, '_>)) -> Result<()> {
        let known = notebooks::member_as(notebook, hamlet, self.person)?;
        let me = spaces::known_as(notebook.db(), hamlet, self.person)?;
        notebook.write_in(hamlet, &me.to_string(), |batch| {
            if known.is_none() {
                notebooks::write_officer(batch, me, &self.name)?;
            }
            batch.edit_space(edit)
        })?;
        Ok(())
    }
}
