-- A notice as it stands, with what lists ask for; and everything that happened to it, which is never changed.

CREATE TABLE notice (
    id            TEXT    NOT NULL PRIMARY KEY,
    version       INTEGER NOT NULL,
    month         INTEGER NOT NULL,
    tier          TEXT    NOT NULL,
    kind          TEXT    NOT NULL,
    unit          TEXT    NOT NULL,
    status        TEXT    NOT NULL,
    went_out      INTEGER NOT NULL,
    report_due_at INTEGER,
    body          TEXT    NOT NULL
) STRICT;

CREATE INDEX notice_newest ON notice (month DESC, id);
CREATE INDEX notice_unit ON notice (unit, month DESC, id);
CREATE INDEX notice_report ON notice (report_due_at, id) WHERE report_due_at IS NOT NULL;

CREATE TABLE notice_step (
    notice_id TEXT    NOT NULL,
    seq       INTEGER NOT NULL,
    kind      TEXT    NOT NULL,
    actor     TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    body      TEXT    NOT NULL,
    PRIMARY KEY (notice_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER notice_step_no_update BEFORE UPDATE ON notice_step
BEGIN SELECT RAISE(ABORT, 'notice_step is append-only'); END;

CREATE TRIGGER notice_step_no_delete BEFORE DELETE ON notice_step
BEGIN SELECT RAISE(ABORT, 'notice_step is append-only'); END;

-- INSERT OR REPLACE deletes without firing delete triggers: refuse the key before it gets that far.
CREATE TRIGGER notice_step_no_replace BEFORE INSERT ON notice_step
WHEN EXISTS (SELECT 1 FROM notice_step WHERE notice_id = NEW.notice_id AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'notice_step is append-only'); END;

-- The revisions from which notices were drafted: what is missing here is still to be looked at.
CREATE TABLE notice_pass (
    month    TEXT    NOT NULL,
    tier     TEXT    NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (month, tier, revision)
) STRICT, WITHOUT ROWID;
