-- What the whole store has: its instance's keys, and the guard of rows that are never changed.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;

-- Random keys made once for this store, the same on every silo.
CREATE TABLE instance_secret (
    name  text COLLATE "C" NOT NULL PRIMARY KEY,
    value bytea NOT NULL
);
