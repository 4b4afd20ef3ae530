-- Random keys made once for this store, the same on every silo.
CREATE TABLE instance_secret (
    name  TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

-- The histories this store has lived through, the last one is running; its events begin at the position. A store whose last row has no fingerprint was
-- restored from a backup: a new epoch begins when it is opened (Unix milliseconds, so that two restores of one backup differ).
CREATE TABLE store_epoch (
    epoch       INTEGER NOT NULL PRIMARY KEY,
    position    INTEGER NOT NULL,
    fingerprint TEXT    NOT NULL
) STRICT;
