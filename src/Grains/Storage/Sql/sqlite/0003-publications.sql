-- The inserted row is the publication or the approval: it is never changed, replaced or removed.
-- The basis is on what a table rests beside its figures: where the history stood, the roll of units, the earlier months' revisions.

CREATE TABLE league_revision (
    month        INTEGER NOT NULL,
    tier         TEXT    NOT NULL,
    revision     INTEGER NOT NULL,
    content_hash TEXT    NOT NULL,
    body         TEXT    NOT NULL,
    proposed_by  TEXT    NOT NULL,
    approved_by  TEXT    NOT NULL,
    reason       TEXT,
    basis        TEXT,
    cutoff_at    INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (month, tier, revision)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER league_revision_no_update BEFORE UPDATE ON league_revision
BEGIN SELECT RAISE(ABORT, 'league_revision is append-only'); END;

CREATE TRIGGER league_revision_no_delete BEFORE DELETE ON league_revision
BEGIN SELECT RAISE(ABORT, 'league_revision is append-only'); END;

-- INSERT OR REPLACE deletes without firing delete triggers: refuse the key before it gets that far.
CREATE TRIGGER league_revision_no_replace BEFORE INSERT ON league_revision
WHEN EXISTS (SELECT 1 FROM league_revision WHERE month = NEW.month AND tier = NEW.tier AND revision = NEW.revision)
BEGIN SELECT RAISE(ABORT, 'league_revision is append-only'); END;

-- Approved lists of quarters (2026-Q3) and years (2026).
CREATE TABLE award_revision (
    period       TEXT    NOT NULL,
    tier         TEXT    NOT NULL,
    revision     INTEGER NOT NULL,
    content_hash TEXT    NOT NULL,
    body         TEXT    NOT NULL,
    proposed_by  TEXT    NOT NULL,
    approved_by  TEXT    NOT NULL,
    reason       TEXT,
    at           INTEGER NOT NULL,
    PRIMARY KEY (period, tier, revision)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER award_revision_no_update BEFORE UPDATE ON award_revision
BEGIN SELECT RAISE(ABORT, 'award_revision is append-only'); END;

CREATE TRIGGER award_revision_no_delete BEFORE DELETE ON award_revision
BEGIN SELECT RAISE(ABORT, 'award_revision is append-only'); END;

-- INSERT OR REPLACE deletes without firing delete triggers: refuse the key before it gets that far.
CREATE TRIGGER award_revision_no_replace BEFORE INSERT ON award_revision
WHEN EXISTS (SELECT 1 FROM award_revision WHERE period = NEW.period AND tier = NEW.tier AND revision = NEW.revision)
BEGIN SELECT RAISE(ABORT, 'award_revision is append-only'); END;
