-- The entries that wait for records, photos above all, by the byte in which a chunk names its lane: so a
-- device that wants them later is told their names without a page of them being read.
CREATE INDEX log_of_blobs ON log (space, seq) WHERE substr(bytes, 3, 1) <> x'00';
