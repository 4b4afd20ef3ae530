-- What was published or approved: monthly tables (2026-10), lists of quarters (2026-Q3) and years (2026). An inserted row is never changed, replaced
-- or removed. The row hash covers all
-- the other columns. The basis is on what a table rests beside its figures: where the history stood, the roll of units, the earlier months' revisions.

CREATE TABLE revision (
    kind         text COLLATE "C" NOT NULL,
    period       text COLLATE "C" NOT NULL,
    tier         text COLLATE "C" NOT NULL,
    number       integer NOT NULL,
    content_hash text COLLATE "C" NOT NULL,
    body         text   NOT NULL,
    proposed_by  text   NOT NULL,
    approved_by  text   NOT NULL,
    reason       text,
    basis        text,
    cutoff_at    bigint NOT NULL,
    at           bigint NOT NULL,
    row_hash     text COLLATE "C" NOT NULL,
    PRIMARY KEY (kind, tier, period, number)
);

CREATE TRIGGER revision_append_only BEFORE UPDATE OR DELETE ON revision
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER revision_no_truncate BEFORE TRUNCATE ON revision
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE revision ENABLE ALWAYS TRIGGER revision_append_only;
ALTER TABLE revision ENABLE ALWAYS TRIGGER revision_no_truncate;
