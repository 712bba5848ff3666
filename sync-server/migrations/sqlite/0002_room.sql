-- How much is kept and was brought, counted where it is written, so that a limit costs no reading.

-- The bytes of the chunks in the space's log.
ALTER TABLE spaces ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
UPDATE spaces SET bytes = (SELECT coalesce(sum(length(log.bytes)), 0) FROM log WHERE log.space = spaces.space);

-- What a device has brought on one day, which is a number of days since 1970.
ALTER TABLE devices ADD COLUMN day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE devices ADD COLUMN day_bytes INTEGER NOT NULL DEFAULT 0;

-- Asked every few seconds: whose streams have to end.
CREATE INDEX devices_revoked ON devices (revoked_at) WHERE revoked_at IS NOT NULL;
