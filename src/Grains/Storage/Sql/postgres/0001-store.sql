-- What the whole store has: the guard of rows that are never changed, its instance's keys, and which history this is.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;

-- Random keys made once for this store, the same on every silo.
CREATE TABLE instance_secret (
    name  text COLLATE "C" NOT NULL PRIMARY KEY,
    value bytea NOT NULL
);

-- The histories this store has lived through, the last one is running: transaction numbers and cursors of an earlier one mean nothing in it. A database
-- that is opened with another fingerprint than the last row's was restored from somewhere: a new epoch begins (Unix milliseconds, so that two restores
-- of one backup differ).
CREATE TABLE store_epoch (
    epoch       bigint NOT NULL PRIMARY KEY,
    fingerprint text   NOT NULL
);
