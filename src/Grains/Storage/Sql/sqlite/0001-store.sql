-- Random keys made once for this store, the same on every silo.
CREATE TABLE instance_secret (
    name  TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;
