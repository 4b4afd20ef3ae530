-- The inserted row is the publication or the approval: it is never changed, replaced or removed.
-- The basis is on what a table rests beside its figures: where the history stood, the roll of units, the earlier months' revisions.

CREATE TABLE league_revision (
    month        integer NOT NULL,
    tier         text COLLATE "C" NOT NULL,
    revision     integer NOT NULL,
    content_hash text COLLATE "C" NOT NULL,
    body         text   NOT NULL,
    proposed_by  text   NOT NULL,
    approved_by  text   NOT NULL,
    reason       text,
    basis        text,
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

-- Approved lists of quarters (2026-Q3) and years (2026).
CREATE TABLE award_revision (
    period       text COLLATE "C" NOT NULL,
    tier         text COLLATE "C" NOT NULL,
    revision     integer NOT NULL,
    content_hash text COLLATE "C" NOT NULL,
    body         text   NOT NULL,
    proposed_by  text   NOT NULL,
    approved_by  text   NOT NULL,
    reason       text,
    at           bigint NOT NULL,
    PRIMARY KEY (period, tier, revision)
);

CREATE TRIGGER award_revision_append_only BEFORE UPDATE OR DELETE ON award_revision
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER award_revision_no_truncate BEFORE TRUNCATE ON award_revision
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE award_revision ENABLE ALWAYS TRIGGER award_revision_append_only;
ALTER TABLE award_revision ENABLE ALWAYS TRIGGER award_revision_no_truncate;
