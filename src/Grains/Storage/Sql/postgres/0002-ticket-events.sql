-- What one ticket command writes. Instants are Unix milliseconds UTC, months year * 100 + month, flags 0 or 1.
-- Ids and codes compare by code point (COLLATE "C"), as on SQLite and in C#.

-- Personal and free texts, apart from history so that erasing them leaves history's bytes alone. The hash is keyed and covers ticket, slot and text;
-- the event that brought the text has it too.
CREATE TABLE ticket_text (
    ticket_id text COLLATE "C" NOT NULL,
    slot      text COLLATE "C" NOT NULL,
    text      text NOT NULL,
    hash      text COLLATE "C" NOT NULL,
    PRIMARY KEY (ticket_id, slot)
);

-- The month of an instant in Asia/Shanghai, for instants after the last summer time there.
CREATE FUNCTION shanghai_month(at bigint) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    (extract(year FROM timestamp '1970-01-01' + interval '1 millisecond' * (at + 28800000)) * 100
        + extract(month FROM timestamp '1970-01-01' + interval '1 millisecond' * (at + 28800000)))::integer;

-- The ticket as its events make it, for lists, queues, the sweep and the scores; seq is the last event, and so the version that a command was decided on.
CREATE TABLE ticket_index (
    ticket_id         text COLLATE "C" NOT NULL PRIMARY KEY,
    seq               integer NOT NULL,
    source            text COLLATE "C" NOT NULL,
    external_no       text COLLATE "C" NOT NULL,
    nature            text COLLATE "C" NOT NULL,
    urgency           text COLLATE "C" NOT NULL,
    topic             text COLLATE "C",
    place             text COLLATE "C",
    status            text COLLATE "C" NOT NULL,
    unit              text COLLATE "C",
    caller_key        text COLLATE "C",
    received_at       bigint NOT NULL,
    registered_at     bigint NOT NULL,
    dispatched_at     bigint,
    closed_at         bigint,
    updated_at        bigint NOT NULL,
    live              integer NOT NULL,
    difficult         integer NOT NULL,
    desk              text COLLATE "C",
    open_due_at       bigint,
    next_alarm_at     bigint,
    alarm_level       integer NOT NULL,
    shard             integer NOT NULL,
    score_unit        text COLLATE "C",
    reply_month       integer,
    reply_due_at      bigint,
    replied_at        bigint,
    replied_on_time   integer NOT NULL,
    completed_on_time integer NOT NULL,
    reply_hold        integer NOT NULL,
    answer_month      integer,
    answer            integer,
    first_answer      integer,
    unreached_month   integer,
    answered_at       bigint,
    unreached_at      bigint,
    excluded          integer NOT NULL,
    blameless         integer NOT NULL,
    work              text COLLATE "C",
    work_unit         text COLLATE "C",
    work_not_by       text COLLATE "C",
    extension_for     text COLLATE "C",
    extension_by      text COLLATE "C",
    exclusion_by      text COLLATE "C",
    card_unit         text COLLATE "C",
    odd integer GENERATED ALWAYS AS (CASE WHEN
        (reply_month IS NULL) <> (reply_due_at IS NULL) OR (reply_due_at >= 694195200000 AND reply_month <> shanghai_month(reply_due_at))
        OR (answer_month IS NULL) <> (answered_at IS NULL) OR (answered_at >= 694195200000 AND answer_month <> shanghai_month(answered_at))
        OR (unreached_month IS NULL) <> (unreached_at IS NULL) OR (unreached_at >= 694195200000 AND unreached_month <> shanghai_month(unreached_at))
        THEN 1 ELSE 0 END) STORED,
    UNIQUE (external_no, source)
) WITH (fillfactor = 80);

CREATE INDEX ticket_index_newest ON ticket_index (registered_at DESC, ticket_id);
CREATE INDEX ticket_index_unit ON ticket_index (unit, status, registered_at DESC, ticket_id);
CREATE INDEX ticket_index_status ON ticket_index (status, registered_at DESC, ticket_id);
CREATE INDEX ticket_index_topic ON ticket_index (topic, registered_at DESC, ticket_id) WHERE topic IS NOT NULL;
CREATE INDEX ticket_index_alarm ON ticket_index (next_alarm_at, shard, ticket_id) WHERE next_alarm_at IS NOT NULL;
CREATE INDEX ticket_index_due ON ticket_index (open_due_at, ticket_id) WHERE open_due_at IS NOT NULL;
CREATE INDEX ticket_index_caller ON ticket_index (caller_key, registered_at) WHERE caller_key IS NOT NULL;

-- The three measures are read from these alone, in the order in which they are grouped: no sorting, one counter a group.
CREATE INDEX ticket_index_reply ON ticket_index
    (reply_month, score_unit, excluded, reply_hold, replied_on_time, completed_on_time, reply_due_at, replied_at)
    WHERE reply_month IS NOT NULL;
CREATE INDEX ticket_index_answer ON ticket_index
    (answer_month, score_unit, answer, first_answer, excluded, blameless) WHERE answer_month IS NOT NULL;
CREATE INDEX ticket_index_unreached ON ticket_index
    (unreached_month, score_unit, excluded) WHERE unreached_month IS NOT NULL;

-- Odd is a row whose months are not those of its instants, as only somebody's edit can make one: a month edited alone would take its ticket out of sight.
CREATE INDEX ticket_index_odd ON ticket_index (ticket_id) WHERE odd = 1;

-- Who has to do what now (待办): each queue in the order in which it is worked: the earliest due first, what has no due at the end.
CREATE INDEX ticket_index_work ON ticket_index (work_unit, work, (coalesce(open_due_at, 9223372036854775807)), ticket_id) WHERE work IS NOT NULL;
CREATE INDEX ticket_index_extension ON ticket_index ((coalesce(open_due_at, 9223372036854775807)), ticket_id) WHERE extension_for IS NOT NULL;
CREATE INDEX ticket_index_exclusion ON ticket_index ((coalesce(open_due_at, 9223372036854775807)), ticket_id) WHERE exclusion_by IS NOT NULL;
CREATE INDEX ticket_index_card ON ticket_index ((coalesce(open_due_at, 9223372036854775807)), ticket_id) WHERE card_unit IS NOT NULL;

CREATE TABLE ticket_support (
    ticket_id    text COLLATE "C" NOT NULL,
    unit         text COLLATE "C" NOT NULL,
    reply_month  integer,
    reply_due_at bigint,
    replied_at   bigint,
    on_time      integer NOT NULL,
    excluded     integer NOT NULL,
    owed         integer NOT NULL DEFAULT 0,
    odd integer GENERATED ALWAYS AS (CASE WHEN
        (reply_month IS NULL) <> (reply_due_at IS NULL) OR (reply_due_at >= 694195200000 AND reply_month <> shanghai_month(reply_due_at))
        THEN 1 ELSE 0 END) STORED,
    PRIMARY KEY (ticket_id, unit)
);

CREATE INDEX ticket_support_reply ON ticket_support (reply_month, unit, excluded, on_time, reply_due_at, replied_at)
    WHERE reply_month IS NOT NULL;
CREATE INDEX ticket_support_odd ON ticket_support (ticket_id) WHERE odd = 1;
CREATE INDEX ticket_support_owed ON ticket_support (unit, (coalesce(reply_due_at, 9223372036854775807)), ticket_id) WHERE owed = 1;

-- The feed reads in order of the writing transaction, below the oldest one still running: an identity column would let a
-- reader pass an event whose writer commits later. The epoch's default is the running one; beginning a new one alters it.
CREATE TABLE ticket_event (
    ticket_id text COLLATE "C" NOT NULL,
    seq       integer NOT NULL,
    type      text COLLATE "C" NOT NULL,
    at        bigint  NOT NULL,
    actor     text    NOT NULL,
    client    text    NOT NULL,
    body      text    NOT NULL,
    hash      text COLLATE "C" NOT NULL,
    xid       xid8    NOT NULL DEFAULT pg_current_xact_id(),
    epoch     bigint  NOT NULL DEFAULT 0,
    PRIMARY KEY (ticket_id, seq)
);

CREATE INDEX ticket_event_feed ON ticket_event (epoch, xid, ticket_id, seq);

-- ALWAYS: also in sessions that switch ordinary triggers off.
CREATE TRIGGER ticket_event_append_only BEFORE UPDATE OR DELETE ON ticket_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ticket_event_no_truncate BEFORE TRUNCATE ON ticket_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE ticket_event ENABLE ALWAYS TRIGGER ticket_event_append_only;
ALTER TABLE ticket_event ENABLE ALWAYS TRIGGER ticket_event_no_truncate;

-- Every ticket once, as the events know it, by the instant of its registration.
CREATE INDEX ticket_event_first ON ticket_event (at, ticket_id) WHERE seq = 1;

-- What alarms fired when (预警台账), newest first: of one level, and of one unit and level. Others are merged from these.
CREATE INDEX ticket_event_alarm ON ticket_event ((body::jsonb ->> 'level'), at DESC, ticket_id, seq) WHERE type = 'alarmFired';
CREATE INDEX ticket_event_alarm_unit ON ticket_event ((body::jsonb ->> 'unit'), (body::jsonb ->> 'level'), at DESC, ticket_id, seq)
    WHERE type = 'alarmFired';

-- Who asked for an exclusion: few among many events.
CREATE INDEX ticket_event_exclusion ON ticket_event (ticket_id, seq) WHERE type IN ('exclusionRequested', 'exclusionDecided');

-- What a client's key did: the answer is formed again from the ticket's events up to this one.
CREATE TABLE command_key (
    client    text COLLATE "C" NOT NULL,
    key       text COLLATE "C" NOT NULL,
    body_hash text COLLATE "C" NOT NULL,
    ticket_id text COLLATE "C" NOT NULL,
    seq       integer NOT NULL,
    at        bigint  NOT NULL,
    hash      text COLLATE "C" NOT NULL,
    PRIMARY KEY (client, key)
);

CREATE INDEX command_key_age ON command_key (at);

-- The feed's events so far, under one digest each minute: a number of events, up to this place, chained to the seal before. What is cut out of the
-- history afterwards, and were it a whole ticket, is missed here. The seal is keyed.
CREATE TABLE feed_seal (
    number    bigint  NOT NULL PRIMARY KEY,
    epoch     bigint  NOT NULL,
    position  bigint  NOT NULL,
    ticket_id text COLLATE "C" NOT NULL,
    seq       integer NOT NULL,
    events    integer NOT NULL,
    digest    text COLLATE "C" NOT NULL,
    seal      text COLLATE "C" NOT NULL,
    at        bigint  NOT NULL
);
