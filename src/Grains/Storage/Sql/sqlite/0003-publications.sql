-- What was published or approved: monthly tables (2026-10), lists of quarters (2026-Q3) and years (2026). An inserted row is never changed, replaced
-- or removed. The row hash covers all
-- the other columns. The basis is on what a table rests beside its figures: where the history stood, the roll of units, the earlier months' revisions.

CREATE TABLE revision (
    kind         TEXT    NOT NULL,
    period       TEXT    NOT NULL,
    tier         TEXT    NOT NULL,
    number       INTEGER NOT NULL,
    content_hash TEXT    NOT NULL,
    body         TEXT    NOT NULL,
    proposed_by  TEXT    NOT NULL,
    approved_by  TEXT    NOT NULL,
    reason       TEXT,
    basis        TEXT,
    cutoff_at    INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    row_hash     TEXT    NOT NULL,
    PRIMARY KEY (kind, tier, period, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER revision_no_update BEFORE UPDATE ON revision
BEGIN SELECT RAISE(ABORT, 'revision is append-only'); END;

CREATE TRIGGER revision_no_delete BEFORE DELETE ON revision
BEGIN SELECT RAISE(ABORT, 'revision is append-only'); END;

-- INSERT OR REPLACE deletes without firing delete triggers: refuse the key before it gets that far.
CREATE TRIGGER revision_no_replace BEFORE INSERT ON revision
WHEN EXISTS (SELECT 1 FROM revision WHERE kind = NEW.kind AND tier = NEW.tier AND period = NEW.period AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'revision is append-only'); END;
