-- The inserted row is the publication: it is never changed, replaced or removed.

CREATE TABLE league_revision (
    month        integer NOT NULL,
    tier         text COLLATE "C" NOT NULL,
    revision     integer NOT NULL,
    content_hash text COLLATE "C" NOT NULL,
    body         text   NOT NULL,
    proposed_by  text   NOT NULL,
    approved_by  text   NOT NULL,
    reason       text,
    cutoff_at    bigint NOT NULL,
    at           bigint NOT NULL,
    PRIMARY KEY (month, tier, revision)
);

CREATE TRIGGER league_revision_append_only BEFORE UPDATE OR DELETE ON league_revision
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER league_revision_no_truncate BEFORE TRUNCATE ON league_revision
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE league_revision ENABLE ALWAYS TRIGGER league_revision_append_only;
ALTER TABLE league_revision ENABLE ALWAYS TRIGGER league_revision_no_truncate;
