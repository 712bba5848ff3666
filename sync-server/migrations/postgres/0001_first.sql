-- What a relay keeps, the same as in `migrations/sqlite`. Ids are raw bytes; times are seconds since 1970
-- by the relay's clock; numbers are bigint everywhere, so that both databases hold equal rows.
-- What belongs to a space has a key that begins with the space, so that tables can be spread by it.
-- Devices, invites and passes are looked up before any space is known, and stay small.
-- Nothing refers to a space by a foreign key: such a key could not span the nodes of a cluster, and
-- whoever appends holds the space's row locked anyway.

-- The row is rewritten with each append; the free room keeps it on its page.
CREATE TABLE spaces (
    space       bytea  NOT NULL PRIMARY KEY CHECK (octet_length(space) = 16),
    incarnation bytea  NOT NULL CHECK (octet_length(incarnation) = 16),
    head        bigint NOT NULL,
    hash        bytea  NOT NULL CHECK (octet_length(hash) = 16),
    created_at  bigint NOT NULL
) WITH (fillfactor = 70);

-- `bytes` is NULL once redacted: (seq, id, hash) stay, so that cursors stand.
-- `device` is who brought the chunk, which need not be who sealed it.
CREATE TABLE log (
    space       bytea  NOT NULL,
    seq         bigint NOT NULL CHECK (seq > 0),
    id          bytea  NOT NULL CHECK (octet_length(id) = 32),
    hash        bytea  NOT NULL CHECK (octet_length(hash) = 16),
    device      bytea  NOT NULL,
    received_at bigint NOT NULL,
    bytes       bytea,
    PRIMARY KEY (space, seq),
    UNIQUE (space, id)
);
-- Sealed bytes do not get smaller.
ALTER TABLE log ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- Pages of checkpoints, each covering the log up to `seq`. One whole checkpoint is kept, and what
-- devices are still bringing of newer ones.
CREATE TABLE checkpoints (
    space  bytea  NOT NULL,
    seq    bigint NOT NULL CHECK (seq > 0),
    device bytea  NOT NULL,
    page   bigint NOT NULL,
    pages  bigint NOT NULL,
    bytes  bytea  NOT NULL,
    PRIMARY KEY (space, seq, device, page)
);
ALTER TABLE checkpoints ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE devices (
    device     bytea  NOT NULL PRIMARY KEY CHECK (octet_length(device) = 32),
    token_hash bytea  NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    created_at bigint NOT NULL,
    last_seen  bigint NOT NULL,
    revoked_at bigint
) WITH (fillfactor = 70);

CREATE TABLE memberships (
    space  bytea  NOT NULL,
    device bytea  NOT NULL,
    since  bigint NOT NULL,
    PRIMARY KEY (space, device)
);
CREATE INDEX memberships_of_device ON memberships (device);

CREATE TABLE invites (
    invite     bytea  NOT NULL PRIMARY KEY CHECK (octet_length(invite) = 8),
    space      bytea  NOT NULL,
    auth_hash  bytea  NOT NULL CHECK (octet_length(auth_hash) = 32),
    envelope   bytea  NOT NULL,
    uses       bigint NOT NULL,
    created_by bytea  NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL
);

CREATE TABLE invite_uses (
    invite  bytea  NOT NULL REFERENCES invites (invite),
    device  bytea  NOT NULL,
    used_at bigint NOT NULL,
    PRIMARY KEY (invite, device)
);

CREATE TABLE passes (
    pass       bytea  NOT NULL PRIMARY KEY CHECK (octet_length(pass) = 8),
    auth_hash  bytea  NOT NULL CHECK (octet_length(auth_hash) = 32),
    uses       bigint NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL
);

CREATE TABLE pass_uses (
    pass    bytea  NOT NULL REFERENCES passes (pass),
    space   bytea  NOT NULL,
    device  bytea  NOT NULL,
    used_at bigint NOT NULL,
    PRIMARY KEY (pass, space)
);
