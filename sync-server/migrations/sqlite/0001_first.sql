-- What a relay keeps. It is never more than who may push where, and sealed bytes in order.
-- Ids are raw bytes; times are seconds since 1970 by the relay's clock.
-- What belongs to a space has a key that begins with the space, so that tables can be spread by it.
-- Devices, invites and passes are looked up before any space is known, and stay small.

CREATE TABLE spaces (
    space       BLOB    NOT NULL PRIMARY KEY CHECK (length(space) = 16),
    incarnation BLOB    NOT NULL CHECK (length(incarnation) = 16),
    head        INTEGER NOT NULL,
    hash        BLOB    NOT NULL CHECK (length(hash) = 16),
    created_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- `bytes` is NULL once redacted: (seq, id, hash) stay, so that cursors stand.
-- `device` is who brought the chunk, which need not be who sealed it.
CREATE TABLE log (
    space       BLOB    NOT NULL REFERENCES spaces (space),
    seq         INTEGER NOT NULL CHECK (seq > 0),
    id          BLOB    NOT NULL CHECK (length(id) = 32),
    hash        BLOB    NOT NULL CHECK (length(hash) = 16),
    device      BLOB    NOT NULL,
    received_at INTEGER NOT NULL,
    bytes       BLOB
) STRICT;
CREATE UNIQUE INDEX log_by_seq ON log (space, seq);
CREATE UNIQUE INDEX log_by_id ON log (space, id);

-- Pages of checkpoints, each covering the log up to `seq`. One whole checkpoint is kept, and what
-- devices are still bringing of newer ones.
CREATE TABLE checkpoints (
    space  BLOB    NOT NULL REFERENCES spaces (space),
    seq    INTEGER NOT NULL CHECK (seq > 0),
    device BLOB    NOT NULL,
    page   INTEGER NOT NULL,
    pages  INTEGER NOT NULL,
    bytes  BLOB    NOT NULL,
    PRIMARY KEY (space, seq, device, page)
) STRICT;

CREATE TABLE devices (
    device     BLOB    NOT NULL PRIMARY KEY CHECK (length(device) = 32),
    token_hash BLOB    NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    created_at INTEGER NOT NULL,
    last_seen  INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE memberships (
    space  BLOB    NOT NULL REFERENCES spaces (space),
    device BLOB    NOT NULL REFERENCES devices (device),
    since  INTEGER NOT NULL,
    PRIMARY KEY (space, device)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_of_device ON memberships (device);

CREATE TABLE invites (
    invite     BLOB    NOT NULL PRIMARY KEY CHECK (length(invite) = 8),
    space      BLOB    NOT NULL REFERENCES spaces (space),
    auth_hash  BLOB    NOT NULL CHECK (length(auth_hash) = 32),
    envelope   BLOB    NOT NULL,
    uses       INTEGER NOT NULL,
    created_by BLOB    NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE invite_uses (
    invite  BLOB    NOT NULL REFERENCES invites (invite),
    device  BLOB    NOT NULL,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (invite, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE passes (
    pass       BLOB    NOT NULL PRIMARY KEY CHECK (length(pass) = 8),
    auth_hash  BLOB    NOT NULL CHECK (length(auth_hash) = 32),
    uses       INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pass_uses (
    pass    BLOB    NOT NULL REFERENCES passes (pass),
    space   BLOB    NOT NULL,
    device  BLOB    NOT NULL,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (pass, space)
) STRICT, WITHOUT ROWID;
