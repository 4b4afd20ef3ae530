-- A notice as it stands, with what lists ask for; and everything that happened to it, which is never changed.

CREATE TABLE notice (
    id            text COLLATE "C" NOT NULL PRIMARY KEY,
    version       bigint  NOT NULL,
    month         integer NOT NULL,
    tier          text COLLATE "C" NOT NULL,
    kind          text COLLATE "C" NOT NULL,
    unit          text COLLATE "C" NOT NULL,
    status        text COLLATE "C" NOT NULL,
    went_out      integer NOT NULL,
    report_due_at bigint,
    body          text    NOT NULL
);

CREATE INDEX notice_newest ON notice (month DESC, id);
CREATE INDEX notice_unit ON notice (unit, month DESC, id);
CREATE INDEX notice_report ON notice (report_due_at, id) WHERE report_due_at IS NOT NULL;

CREATE TABLE notice_step (
    notice_id text COLLATE "C" NOT NULL,
    seq       bigint NOT NULL,
    kind      text COLLATE "C" NOT NULL,
    actor     text   NOT NULL,
    at        bigint NOT NULL,
    body      text   NOT NULL,
    PRIMARY KEY (notice_id, seq)
);

CREATE TRIGGER notice_step_append_only BEFORE UPDATE OR DELETE ON notice_step
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER notice_step_no_truncate BEFORE TRUNCATE ON notice_step
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE notice_step ENABLE ALWAYS TRIGGER notice_step_append_only;
ALTER TABLE notice_step ENABLE ALWAYS TRIGGER notice_step_no_truncate;

-- The revisions from which notices were drafted: what is missing here is still to be looked at.
CREATE TABLE notice_pass (
    month    text COLLATE "C" NOT NULL,
    tier     text COLLATE "C" NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (month, tier, revision)
);
