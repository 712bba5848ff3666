-- Everything a device holds. Ids are sixteen bytes, moments milliseconds since 1970,
-- dates ISO texts. What comes after "Projections" can be rebuilt from the documents.

CREATE TABLE settings (
  name  TEXT NOT NULL PRIMARY KEY,
  value BLOB NOT NULL
) STRICT;

-- The notebooks of this device, and who is signed in to each.
CREATE TABLE spaces (
  space    BLOB NOT NULL PRIMARY KEY,
  practice INTEGER NOT NULL DEFAULT 0,
  me       BLOB,
  -- Counts up with each opening: the largest is the one that is open.
  opened   INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Which member somebody who uses this device is in a notebook that knows them by another id than the one in which
-- they were first.
CREATE TABLE known_as (
  space  BLOB NOT NULL REFERENCES spaces ON DELETE CASCADE,
  person BLOB NOT NULL,
  member BLOB NOT NULL,
  PRIMARY KEY (space, person)
) STRICT, WITHOUT ROWID;

-- The newest key (largest n) seals; all of them open.
CREATE TABLE space_keys (
  n      INTEGER PRIMARY KEY,
  space  BLOB NOT NULL REFERENCES spaces ON DELETE CASCADE,
  key_id BLOB NOT NULL,
  key    BLOB NOT NULL,
  UNIQUE (space, key_id)
) STRICT;

CREATE TABLE documents (
  doc   BLOB NOT NULL PRIMARY KEY,
  space BLOB NOT NULL REFERENCES spaces ON DELETE CASCADE,
  -- The hashes of the changes on which nothing builds yet, in order.
  heads BLOB NOT NULL,
  saved BLOB NOT NULL
) STRICT;
CREATE INDEX documents_of_space ON documents (space);

-- Sealed chunks, own and foreign, kept so that this device can carry them on.
CREATE TABLE chunks (
  n     INTEGER PRIMARY KEY,
  id    BLOB NOT NULL UNIQUE,
  space BLOB NOT NULL REFERENCES spaces ON DELETE CASCADE,
  own   INTEGER NOT NULL,
  -- Who sealed it, and when it came here.
  device BLOB NOT NULL,
  at_ms INTEGER NOT NULL,
  -- A photo, which waits until all records have gone.
  photo INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX chunks_of_space ON chunks (space, device, at_ms);

-- Every change, and the chunk it travels in. Its bytes stay until it is sealed. With neither, it came in
-- a checkpoint, and the chunk it travels in is not here yet.
-- Two documents that begin alike in one second have one change each, of one hash.
CREATE TABLE changes (
  n      INTEGER PRIMARY KEY,
  hash   BLOB NOT NULL,
  space  BLOB NOT NULL REFERENCES spaces ON DELETE CASCADE,
  doc    BLOB NOT NULL,
  author BLOB,
  at_ms  INTEGER NOT NULL,
  -- The hashes of the changes that it builds on.
  deps   BLOB NOT NULL,
  chunk  INTEGER REFERENCES chunks,
  bytes  BLOB,
  -- It came in a checkpoint and this device seals it anew: who wrote it nobody knows.
  adopted INTEGER NOT NULL DEFAULT 0,
  UNIQUE (hash, doc)
) STRICT;
CREATE INDEX changes_of_doc ON changes (doc);
CREATE INDEX changes_of_chunk ON changes (chunk);
CREATE INDEX changes_unsealed ON changes (space) WHERE chunk IS NULL AND bytes IS NOT NULL;
CREATE INDEX changes_unfilled ON changes (space, doc) WHERE chunk IS NULL AND bytes IS NULL;

-- Photos by the hash of their JPEG, and the chunk each travels in; its bytes stay until it is sealed.
-- Only one that a visit shows which was saved is: a draft's stays here.
CREATE TABLE photos (
  n     INTEGER PRIMARY KEY,
  hash  BLOB NOT NULL,
  space BLOB NOT NULL REFERENCES spaces ON DELETE CASCADE,
  -- A visit that was saved here has shown it.
  saved INTEGER NOT NULL,
  chunk INTEGER REFERENCES chunks,
  bytes BLOB,
  UNIQUE (space, hash)
) STRICT;
CREATE INDEX photos_of_chunk ON photos (chunk);
CREATE INDEX photos_unsealed ON photos (space) WHERE chunk IS NULL;

-- Whom this device exchanges with. A relay has an address; a station is another device that served a
-- room, or this one ("own"), and is known again by its key.
CREATE TABLE relays (
  n     INTEGER PRIMARY KEY,
  kind  TEXT NOT NULL DEFAULT 'relay' CHECK (kind IN ('relay', 'station', 'own')),
  url   TEXT NOT NULL UNIQUE,
  name  TEXT NOT NULL DEFAULT '',
  token BLOB NOT NULL
) STRICT;

-- How far this device has read each relay's log of a space.
CREATE TABLE cursors (
  relay        INTEGER NOT NULL REFERENCES relays ON DELETE CASCADE,
  space        BLOB NOT NULL REFERENCES spaces ON DELETE CASCADE,
  seq          INTEGER NOT NULL DEFAULT 0,
  hash         BLOB NOT NULL,
  last_sync_ms INTEGER,
  error        TEXT,
  -- Where in the log the newest checkpoint stands that this device has left there.
  left_seq     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (relay, space)
) STRICT;

-- The pages of a checkpoint that is being fetched.
CREATE TABLE checkpoint_pages (
  relay INTEGER NOT NULL REFERENCES relays ON DELETE CASCADE,
  space BLOB NOT NULL REFERENCES spaces ON DELETE CASCADE,
  page  INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  seq   INTEGER NOT NULL,
  hash  BLOB NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (relay, space, page)
) STRICT;

-- The older entries of a log that a device which began from a checkpoint still fetches: how far it has
-- got, and where they end.
CREATE TABLE fills (
  relay    INTEGER NOT NULL REFERENCES relays ON DELETE CASCADE,
  space    BLOB NOT NULL REFERENCES spaces ON DELETE CASCADE,
  seq      INTEGER NOT NULL,
  hash     BLOB NOT NULL,
  end_seq  INTEGER NOT NULL,
  end_hash BLOB NOT NULL,
  PRIMARY KEY (relay, space)
) STRICT, WITHOUT ROWID;

-- Photos that a relay has told by name only: under which number each stands, the log's hash before it, and
-- its chunk's id.
CREATE TABLE photos_to_come (
  relay INTEGER NOT NULL REFERENCES relays ON DELETE CASCADE,
  space BLOB NOT NULL REFERENCES spaces ON DELETE CASCADE,
  seq   INTEGER NOT NULL,
  hash  BLOB NOT NULL,
  id    BLOB NOT NULL,
  PRIMARY KEY (relay, space, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX photos_to_come_by_id ON photos_to_come (id);

-- Which chunk a relay keeps, under which number, since when.
CREATE TABLE arrivals (
  relay INTEGER NOT NULL REFERENCES relays ON DELETE CASCADE,
  chunk INTEGER NOT NULL REFERENCES chunks ON DELETE CASCADE,
  seq   INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (chunk, relay)
) STRICT, WITHOUT ROWID;

-- The same for relays alone: what only another device of the team has is still on its way.
CREATE VIEW relay_arrivals AS
SELECT a.* FROM arrivals a JOIN relays r ON r.n = a.relay WHERE r.kind = 'relay';

-- Which chunk a relay has refused, and why.
CREATE TABLE refusals (
  relay INTEGER NOT NULL REFERENCES relays ON DELETE CASCADE,
  chunk INTEGER NOT NULL REFERENCES chunks ON DELETE CASCADE,
  code  TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (chunk, relay)
) STRICT, WITHOUT ROWID;

-- Who was handed files, and which chunk went into one of them. That a chunk has arrived it never says.
CREATE TABLE receivers (
  n          INTEGER PRIMARY KEY,
  space      BLOB NOT NULL REFERENCES spaces ON DELETE CASCADE,
  name       TEXT NOT NULL,
  name_key   TEXT NOT NULL,
  last_at_ms INTEGER NOT NULL,
  UNIQUE (space, name_key)
) STRICT;

CREATE TABLE handed_over (
  receiver INTEGER NOT NULL REFERENCES receivers ON DELETE CASCADE,
  chunk    INTEGER NOT NULL REFERENCES chunks ON DELETE CASCADE,
  PRIMARY KEY (chunk, receiver)
) STRICT, WITHOUT ROWID;

-- What could not be opened or applied yet: kept, retried, shown.
CREATE TABLE quarantine (
  n      INTEGER PRIMARY KEY,
  id     BLOB NOT NULL UNIQUE,
  space  BLOB NOT NULL,
  bytes  BLOB NOT NULL,
  reason TEXT NOT NULL,
  at_ms  INTEGER NOT NULL
) STRICT;

CREATE TABLE drafts (
  visit        BLOB NOT NULL PRIMARY KEY,
  space        BLOB NOT NULL REFERENCES spaces ON DELETE CASCADE,
  household    BLOB NOT NULL,
  member       BLOB NOT NULL,
  correction   INTEGER NOT NULL,
  opened_at_ms INTEGER NOT NULL,
  saved_at_ms  INTEGER NOT NULL,
  form         TEXT NOT NULL,
  face         TEXT NOT NULL
) STRICT;
CREATE INDEX drafts_of_member ON drafts (space, member);

-- Projections: a pure function of one document each ---------------------------------

CREATE TABLE households (
  id              BLOB NOT NULL PRIMARY KEY,
  space           BLOB NOT NULL,
  place           BLOB NOT NULL,
  code            TEXT NOT NULL,
  door            TEXT NOT NULL,
  phone           TEXT NOT NULL,
  note            TEXT NOT NULL,
  people_count    INTEGER,
  business        INTEGER NOT NULL,
  elderly         INTEGER NOT NULL,
  status          TEXT NOT NULL,
  removed         INTEGER NOT NULL,
  edited          INTEGER NOT NULL,
  head            TEXT NOT NULL,
  head_birth      TEXT NOT NULL,
  name_key        BLOB NOT NULL,
  residents       INTEGER NOT NULL,
  best            BLOB NOT NULL,
  at_target       INTEGER NOT NULL,
  visits          INTEGER NOT NULL,
  last_day        TEXT,
  last_outcome    TEXT,
  follow_up       TEXT,
  lane            TEXT NOT NULL,
  lane_key        BLOB NOT NULL,
  conflicts       INTEGER NOT NULL,
  unreadable      INTEGER NOT NULL,
  -- The head's name without marks.
  plain           TEXT NOT NULL,
  -- The household that this one is shown in, when they are one: that one has the rows of both.
  merged_into     BLOB,
  -- Where the door is, as the document has it; empty where nobody has measured it.
  position        TEXT NOT NULL,
  -- Its own team, where that is another than its place's.
  team            BLOB
) STRICT;
CREATE UNIQUE INDEX households_of_space ON households (space, id);
CREATE INDEX households_alike ON households (space, plain);
CREATE INDEX households_of_phone ON households (space, phone) WHERE phone <> '';
CREATE INDEX households_merged ON households (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE residents (
  id        BLOB NOT NULL,
  household BLOB NOT NULL,
  name      TEXT NOT NULL,
  relation  TEXT NOT NULL,
  birth     TEXT NOT NULL,
  sex       TEXT,
  phone     TEXT NOT NULL,
  consent       TEXT NOT NULL,
  consent_at_ms INTEGER,
  head      INTEGER NOT NULL,
  best      INTEGER NOT NULL,
  levels    BLOB NOT NULL,
  removed   INTEGER NOT NULL,
  position  INTEGER NOT NULL,
  status    TEXT NOT NULL,
  -- Removed, moved away or to another household, or deceased.
  gone      INTEGER NOT NULL,
  -- The name without marks.
  plain     TEXT NOT NULL,
  -- Who they were in the household from which they came.
  moved_from BLOB,
  PRIMARY KEY (household, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX residents_by_id ON residents (id);
CREATE INDEX residents_alike ON residents (plain);
CREATE INDEX residents_moved ON residents (moved_from) WHERE moved_from IS NOT NULL;
CREATE INDEX residents_of_phone ON residents (phone) WHERE phone <> '';

-- `value` is the stored form of the visit, so that nothing is written twice.
CREATE TABLE visits (
  id        BLOB NOT NULL,
  household BLOB NOT NULL,
  space     BLOB NOT NULL,
  day       TEXT NOT NULL,
  clock     INTEGER NOT NULL,
  author    BLOB NOT NULL,
  outcome   TEXT NOT NULL,
  removed   INTEGER NOT NULL,
  change    BLOB NOT NULL,
  value     BLOB NOT NULL,
  PRIMARY KEY (household, id)
) STRICT, WITHOUT ROWID;
-- Whose household it is, without reading the visits themselves.
CREATE INDEX visits_of_author ON visits (space, author, household) WHERE removed = 0;
-- The hybrid clock goes on from the newest.
CREATE INDEX visits_by_clock ON visits (clock);
-- What counts in a report, oldest first, without reading the visits themselves.
CREATE INDEX visits_by_day ON visits (space, day, clock, id, outcome) WHERE removed = 0;

-- Where a household was before it moved: in which place until which day.
CREATE TABLE household_places (
  household BLOB NOT NULL,
  until     TEXT NOT NULL,
  place     BLOB NOT NULL,
  PRIMARY KEY (household, until)
) STRICT, WITHOUT ROWID;

-- Who has promised to come back, and when.
CREATE TABLE appointments (
  household BLOB NOT NULL,
  member    BLOB NOT NULL,
  day       TEXT NOT NULL,
  PRIMARY KEY (household, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX appointments_of_member ON appointments (member, day);

CREATE TABLE visit_people (
  household BLOB NOT NULL,
  visit     BLOB NOT NULL,
  resident  BLOB NOT NULL,
  PRIMARY KEY (household, visit, resident)
) STRICT, WITHOUT ROWID;

-- Members who came along. Whoever wrote the visit is none of them.
CREATE TABLE visit_companions (
  household BLOB NOT NULL,
  visit     BLOB NOT NULL,
  member    BLOB NOT NULL,
  PRIMARY KEY (household, visit, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_companions_of_member ON visit_companions (member);

-- skill and level as their codes 0 to 4.
CREATE TABLE assessments (
  household BLOB NOT NULL,
  visit     BLOB NOT NULL,
  resident  BLOB NOT NULL,
  skill     INTEGER NOT NULL,
  level     INTEGER NOT NULL,
  PRIMARY KEY (household, visit, resident, skill)
) STRICT, WITHOUT ROWID;

CREATE TABLE items_done (
  household BLOB NOT NULL,
  visit     BLOB NOT NULL,
  resident  BLOB NOT NULL,
  item      BLOB NOT NULL,
  PRIMARY KEY (household, visit, resident, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE services_given (
  household BLOB NOT NULL,
  visit     BLOB NOT NULL,
  service   TEXT NOT NULL,
  count     INTEGER NOT NULL,
  PRIMARY KEY (household, visit, service)
) STRICT, WITHOUT ROWID;

-- The photos of visits that were not taken back.
CREATE TABLE visit_photos (
  household BLOB NOT NULL,
  visit     BLOB NOT NULL,
  photo     BLOB NOT NULL,
  PRIMARY KEY (household, visit, photo)
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_photos_by_photo ON visit_photos (photo);

-- Which imports brought a household.
CREATE TABLE household_imports (
  household BLOB NOT NULL,
  import    BLOB NOT NULL,
  PRIMARY KEY (household, import)
) STRICT, WITHOUT ROWID;

-- Values of one key that were written without knowledge of each other; place 0 is in force.
CREATE TABLE conflicts (
  doc    BLOB NOT NULL,
  space  BLOB NOT NULL,
  key    TEXT NOT NULL,
  place  INTEGER NOT NULL,
  about  TEXT NOT NULL,
  field  TEXT NOT NULL,
  value  TEXT NOT NULL,
  change BLOB NOT NULL,
  author TEXT NOT NULL,
  at_ms  INTEGER NOT NULL,
  PRIMARY KEY (doc, key, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX conflicts_of_space ON conflicts (space);

-- How the locality works: words of its own, the shapes of its teams.
CREATE TABLE locality (
  space BLOB NOT NULL,
  kind  TEXT NOT NULL,
  id    TEXT NOT NULL,
  field TEXT NOT NULL,
  word  TEXT NOT NULL,
  PRIMARY KEY (space, kind, id, field)
) STRICT, WITHOUT ROWID;

-- What happened with reports, each event that could be read whole; the team is empty for the whole notebook.
CREATE TABLE report_events (
  space  BLOB NOT NULL,
  period TEXT NOT NULL,
  team   BLOB NOT NULL,
  event  BLOB NOT NULL,
  clock  INTEGER NOT NULL,
  value  BLOB NOT NULL,
  PRIMARY KEY (space, period, team, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_events_by_clock ON report_events (clock);

-- What a lock froze, packed: its figures, and the fingerprints of the documents that went in.
CREATE TABLE report_parts (
  space  BLOB NOT NULL,
  event  BLOB NOT NULL,
  prints INTEGER NOT NULL,
  part   INTEGER NOT NULL,
  value  BLOB NOT NULL,
  PRIMARY KEY (space, event, prints, part)
) STRICT;

-- The notebooks that this one lists, with what lets its devices in: the keyring, and an invite at a relay.
CREATE TABLE notebooks (
  space     BLOB NOT NULL,
  id        BLOB NOT NULL,
  name      TEXT NOT NULL,
  -- 32 bytes each, oldest first.
  keys      BLOB NOT NULL,
  way       TEXT NOT NULL,
  -- In milliseconds since 1970, by the relay's clock; 0 where there is no way.
  way_until INTEGER NOT NULL,
  removed   INTEGER NOT NULL,
  PRIMARY KEY (space, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE space_names (
  space BLOB NOT NULL PRIMARY KEY,
  name  TEXT NOT NULL
) STRICT;

-- The team's devices, as each has named itself, and who used it first.
CREATE TABLE devices (
  space  BLOB NOT NULL,
  id     BLOB NOT NULL,
  name   TEXT NOT NULL,
  member TEXT NOT NULL,
  PRIMARY KEY (space, id)
) STRICT, WITHOUT ROWID;

-- Whether nobody is assessed before they were asked for consent: yes, where there is no row.
CREATE TABLE space_rules (
  space         BLOB NOT NULL PRIMARY KEY,
  consent_first INTEGER NOT NULL
) STRICT;

-- How the place reports, from a period on. What a later version wrote is here, too, and not read.
CREATE TABLE report_rules (
  space  BLOB NOT NULL,
  period TEXT NOT NULL,
  value  BLOB NOT NULL,
  PRIMARY KEY (space, period)
) STRICT, WITHOUT ROWID;

-- Places as they are written; which of them stands on a day, and under which name, say the tables below.
CREATE TABLE places (
  space BLOB NOT NULL,
  id    BLOB NOT NULL,
  -- The newest name.
  name  TEXT NOT NULL,
  kind  TEXT NOT NULL,
  -- What such a place is called there: thôn, bản, tiểu khu, khu phố, khóm, ấp.
  word  TEXT NOT NULL,
  official_code TEXT NOT NULL,
  parent BLOB,
  valid_from TEXT NOT NULL,
  valid_to   TEXT NOT NULL,
  -- The day since which it is there, where it came into being by a change; 9999-12-31 while none of those holds.
  born_day   TEXT NOT NULL,
  name_key BLOB NOT NULL,
  PRIMARY KEY (space, id)
) STRICT, WITHOUT ROWID;

-- The names of a place one after the other: each from its day until before the next one's.
CREATE TABLE place_names (
  space BLOB NOT NULL,
  place BLOB NOT NULL,
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  name  TEXT NOT NULL,
  name_key BLOB NOT NULL,
  PRIMARY KEY (space, place, since)
) STRICT, WITHOUT ROWID;

-- Former names that somebody has noted down.
CREATE TABLE place_was (
  space BLOB NOT NULL,
  place BLOB NOT NULL,
  n     TEXT NOT NULL,
  name  TEXT NOT NULL,
  PRIMARY KEY (space, place, n)
) STRICT, WITHOUT ROWID;

-- Where what is written under a place stands, from a day until before another, and which team looks after it:
-- empty where several do and none is named.
CREATE TABLE place_steps (
  space BLOB NOT NULL,
  place BLOB NOT NULL,
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  now   BLOB NOT NULL,
  team  BLOB NOT NULL,
  PRIMARY KEY (space, place, since)
) STRICT, WITHOUT ROWID;

-- The same for a household that goes another way than the place under which it is written.
CREATE TABLE household_steps (
  space BLOB NOT NULL,
  household BLOB NOT NULL,
  place BLOB NOT NULL,
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  now   BLOB NOT NULL,
  team  BLOB NOT NULL,
  PRIMARY KEY (household, place, since)
) STRICT, WITHOUT ROWID;
CREATE INDEX household_steps_of_space ON household_steps (space);

-- Renames, mergers and splits; since which day they hold, nothing while they do not.
CREATE TABLE place_changes (
  space BLOB NOT NULL,
  id    BLOB NOT NULL,
  kind  TEXT NOT NULL,
  state TEXT NOT NULL,
  since TEXT,
  value BLOB NOT NULL,
  PRIMARY KEY (space, id)
) STRICT, WITHOUT ROWID;

-- Where households go in a split.
CREATE TABLE place_goes (
  space     BLOB NOT NULL,
  change    BLOB NOT NULL,
  household BLOB NOT NULL,
  place     BLOB NOT NULL,
  PRIMARY KEY (space, change, household)
) STRICT, WITHOUT ROWID;

-- What changes say of a place and others contradict.
CREATE TABLE place_ignored (
  space  BLOB NOT NULL,
  change BLOB NOT NULL,
  place  BLOB NOT NULL,
  PRIMARY KEY (space, change, place)
) STRICT, WITHOUT ROWID;

-- The teams. The founding one is always there, under the notebook's name where it has none of its own.
CREATE TABLE teams (
  space    BLOB NOT NULL,
  id       BLOB NOT NULL,
  name     TEXT NOT NULL,
  kind     TEXT NOT NULL,
  smallest INTEGER,
  largest  INTEGER,
  removed  INTEGER NOT NULL,
  founding INTEGER NOT NULL,
  name_key BLOB NOT NULL,
  PRIMARY KEY (space, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX teams_founding ON teams (space) WHERE founding = 1;

-- The places that a team says it covers.
CREATE TABLE team_places (
  space BLOB NOT NULL,
  team  BLOB NOT NULL,
  place BLOB NOT NULL,
  PRIMARY KEY (space, team, place)
) STRICT, WITHOUT ROWID;

-- Groups of collaborators. (GROUPS is a word of SQL.)
CREATE TABLE member_groups (
  space   BLOB NOT NULL,
  id      BLOB NOT NULL,
  name    TEXT NOT NULL,
  team    BLOB,
  removed INTEGER NOT NULL,
  name_key BLOB NOT NULL,
  PRIMARY KEY (space, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE members (
  space BLOB NOT NULL,
  id    BLOB NOT NULL,
  name  TEXT NOT NULL,
  role  TEXT NOT NULL,
  -- What they are called there: Bí thư Đoàn xã, Trưởng bản.
  title TEXT NOT NULL,
  -- Never empty: who has no team, or one that is removed, is of the founding one.
  team  BLOB NOT NULL,
  member_group BLOB,
  joined  TEXT NOT NULL,
  left_on TEXT NOT NULL,
  name_key BLOB NOT NULL,
  PRIMARY KEY (space, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE skills (
  space BLOB NOT NULL,
  skill INTEGER NOT NULL,
  name  TEXT NOT NULL,
  PRIMARY KEY (space, skill)
) STRICT, WITHOUT ROWID;

CREATE TABLE items (
  space    BLOB NOT NULL,
  id       BLOB NOT NULL,
  skill    INTEGER NOT NULL,
  position INTEGER NOT NULL,
  text     TEXT NOT NULL,
  retired  INTEGER NOT NULL,
  PRIMARY KEY (space, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE services (
  space BLOB NOT NULL,
  key   TEXT NOT NULL,
  name  TEXT NOT NULL,
  PRIMARY KEY (space, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE imports (
  space      BLOB NOT NULL,
  id         BLOB NOT NULL,
  file       TEXT NOT NULL,
  at_ms      INTEGER NOT NULL,
  author     TEXT NOT NULL,
  households INTEGER NOT NULL,
  withdrawn  INTEGER NOT NULL,
  PRIMARY KEY (space, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE activities (
  space   BLOB NOT NULL,
  id      BLOB NOT NULL,
  day     TEXT NOT NULL,
  removed INTEGER NOT NULL,
  change  BLOB NOT NULL,
  value   BLOB NOT NULL,
  PRIMARY KEY (space, id)
) STRICT, WITHOUT ROWID;

-- What was counted at an activity: by whom, and which service; people who came where the service is empty.
CREATE TABLE activity_counts (
  space    BLOB NOT NULL,
  activity BLOB NOT NULL,
  member   BLOB NOT NULL,
  service  TEXT NOT NULL,
  count    INTEGER NOT NULL,
  PRIMARY KEY (space, activity, member, service)
) STRICT, WITHOUT ROWID;

-- Who of the households came to an activity.
CREATE TABLE activity_people (
  space     BLOB NOT NULL,
  activity  BLOB NOT NULL,
  household BLOB NOT NULL,
  resident  BLOB NOT NULL,
  PRIMARY KEY (space, activity, household, resident)
) STRICT, WITHOUT ROWID;

CREATE TABLE activity_helpers (
  space    BLOB NOT NULL,
  activity BLOB NOT NULL,
  member   BLOB NOT NULL,
  PRIMARY KEY (space, activity, member)
) STRICT, WITHOUT ROWID;

-- What is to be done, a row for each document in which it stands: a household's, or the space's own.
CREATE TABLE tasks (
  doc      BLOB NOT NULL,
  id       BLOB NOT NULL,
  space    BLOB NOT NULL,
  what     TEXT NOT NULL,
  who      BLOB,
  from_who BLOB,
  from_day TEXT,
  due      TEXT,
  goal     INTEGER NOT NULL,
  done     INTEGER NOT NULL,
  removed  INTEGER NOT NULL,
  PRIMARY KEY (doc, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tasks_of_space ON tasks (space, id);

-- What a visit says that stands in the way; only of visits that were not taken back.
CREATE TABLE visit_obstacles (
  household BLOB NOT NULL,
  visit     BLOB NOT NULL,
  text      TEXT NOT NULL,
  PRIMARY KEY (household, visit)
) STRICT, WITHOUT ROWID;

-- What stands in the way and was raised on its own.
CREATE TABLE obstacles (
  space   BLOB NOT NULL,
  id      BLOB NOT NULL,
  day     TEXT NOT NULL,
  author  BLOB NOT NULL,
  place   BLOB,
  text    TEXT NOT NULL,
  removed INTEGER NOT NULL,
  change  BLOB NOT NULL,
  value   BLOB NOT NULL,
  PRIMARY KEY (space, id)
) STRICT, WITHOUT ROWID;

-- What was said of an obstacle, of a visit's too: answers, closings and reopenings.
CREATE TABLE obstacle_words (
  space    BLOB NOT NULL,
  obstacle BLOB NOT NULL,
  id       BLOB NOT NULL,
  kind     TEXT NOT NULL,
  at_ms    INTEGER NOT NULL,
  clock    INTEGER NOT NULL,
  author   BLOB NOT NULL,
  text     TEXT NOT NULL,
  change   BLOB NOT NULL,
  PRIMARY KEY (space, obstacle, id)
) STRICT, WITHOUT ROWID;

-- Days without an answer after which an obstacle stands out, where the place has set them.
CREATE TABLE obstacle_rules (
  space BLOB NOT NULL PRIMARY KEY,
  days  INTEGER NOT NULL
) STRICT;

CREATE TABLE campaigns (
  space    BLOB NOT NULL,
  id       BLOB NOT NULL,
  name     TEXT NOT NULL,
  from_day TEXT NOT NULL,
  to_day   TEXT NOT NULL,
  measure  TEXT NOT NULL,
  removed  INTEGER NOT NULL,
  PRIMARY KEY (space, id)
) STRICT, WITHOUT ROWID;

-- Where a campaign is; everywhere when it has none.
CREATE TABLE campaign_places (
  space    BLOB NOT NULL,
  campaign BLOB NOT NULL,
  place    BLOB NOT NULL,
  PRIMARY KEY (space, campaign, place)
) STRICT, WITHOUT ROWID;

-- How much a team or a member is to do in a campaign.
CREATE TABLE campaign_quotas (
  space    BLOB NOT NULL,
  campaign BLOB NOT NULL,
  of       BLOB NOT NULL,
  quota    INTEGER NOT NULL,
  PRIMARY KEY (space, campaign, of)
) STRICT, WITHOUT ROWID;

-- What a place or a team is to reach of an indicator, from a period (`2026-11`) on.
CREATE TABLE targets (
  space       BLOB NOT NULL,
  scope       BLOB NOT NULL,
  indicator   TEXT NOT NULL,
  from_period TEXT NOT NULL,
  number      INTEGER NOT NULL,
  PRIMARY KEY (space, scope, indicator, from_period)
) STRICT, WITHOUT ROWID;

-- What the office tells its teams.
CREATE TABLE notices (
  space     BLOB NOT NULL,
  id        BLOB NOT NULL,
  from_day  TEXT NOT NULL,
  until_day TEXT,
  author    BLOB NOT NULL,
  text      TEXT NOT NULL,
  removed   INTEGER NOT NULL,
  change    BLOB NOT NULL,
  PRIMARY KEY (space, id)
) STRICT, WITHOUT ROWID;

-- A household is hidden while every list that brought it is taken back, unless somebody
-- has visited or edited it since. What spans documents is joined, never projected.
CREATE VIEW standing AS
SELECT h.*,
       h.removed = 1 OR h.merged_into IS NOT NULL OR (
         h.visits = 0 AND h.edited = 0
         AND EXISTS (SELECT 1 FROM imports i WHERE i.space = h.space AND i.withdrawn = 1)
         AND EXISTS (SELECT 1 FROM household_imports b WHERE b.household = h.id)
         AND NOT EXISTS (
           SELECT 1 FROM household_imports b
           LEFT JOIN imports i ON i.space = h.space AND i.id = b.import
           WHERE b.household = h.id AND coalesce(i.withdrawn, 0) = 0)
       ) AS hidden
FROM households h;

-- Which courses a member has done, and on which day.
CREATE TABLE training (
  space  BLOB NOT NULL,
  member BLOB NOT NULL,
  course TEXT NOT NULL,
  day    TEXT NOT NULL,
  PRIMARY KEY (space, member, course)
) STRICT, WITHOUT ROWID;
-- What was said of two households or two residents; a is smaller than b.
CREATE TABLE verdicts (
  space   BLOB NOT NULL,
  kind    TEXT NOT NULL CHECK (kind IN ('household', 'resident')),
  a       BLOB NOT NULL,
  b       BLOB NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'undone')),
  PRIMARY KEY (space, kind, a, b)
) STRICT, WITHOUT ROWID;

-- All that is one with something else, under the smallest id of its set.
CREATE TABLE same_as (
  space     BLOB NOT NULL,
  kind      TEXT NOT NULL,
  id        BLOB NOT NULL,
  canonical BLOB NOT NULL,
  PRIMARY KEY (space, kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX same_as_sets ON same_as (space, kind, canonical);

-- Of a household in which something was merged: in which document each resident and each visit is
-- written, and as whom the resident is shown.
CREATE TABLE homes (
  household BLOB NOT NULL,
  id        BLOB NOT NULL,
  doc       BLOB NOT NULL,
  person    BLOB,
  PRIMARY KEY (household, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX homes_by_id ON homes (id);
