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
    work              text COLLATE "C",
    work_unit         text COLLATE "C",
    work_not_by       text COLLATE "C",
    asked             text COLLATE "C",
    asked_by          text COLLATE "C",
    extension_for     text COLLATE "C",
    extension_by      text COLLATE "C",
    exclusion_for     text COLLATE "C",
    exclusion_by      text COLLATE "C",
    card_unit         text COLLATE "C",
    UNIQUE (external_no, source)
) WITH (fillfactor = 80);

CREATE INDEX ticket_index_newest ON ticket_index (registered_at DESC, ticket_id);
CREATE INDEX ticket_index_unit ON ticket_index (unit, status, registered_at DESC, ticket_id);
CREATE INDEX ticket_index_status ON ticket_index (status, registered_at DESC, ticket_id);
CREATE INDEX ticket_index_topic ON ticket_index (topic, registered_at DESC, ticket_id) WHERE topic IS NOT NULL;
CREATE INDEX ticket_index_alarm ON ticket_index (next_alarm_at, shard, ticket_id) WHERE next_alarm_at IS NOT NULL;
CREATE INDEX ticket_index_due ON ticket_index (open_due_at, ticket_id) WHERE open_due_at IS NOT NULL;
CREATE INDEX ticket_index_caller ON ticket_index (caller_key, registered_at) WHERE caller_key IS NOT NULL;

-- Who has to do what now (待办): each queue in the order in which it is worked: the earliest due first, what has no due at the end.
CREATE INDEX ticket_index_work ON ticket_index (work_unit, work, (coalesce(open_due_at, 9223372036854775807)), ticket_id) WHERE work IS NOT NULL;
CREATE INDEX ticket_index_asked ON ticket_index (asked, (coalesce(open_due_at, 9223372036854775807)), ticket_id) WHERE asked IS NOT NULL;
CREATE INDEX ticket_index_extension ON ticket_index ((coalesce(open_due_at, 9223372036854775807)), ticket_id) WHERE extension_for IS NOT NULL;
CREATE INDEX ticket_index_exclusion ON ticket_index ((coalesce(open_due_at, 9223372036854775807)), ticket_id) WHERE exclusion_by IS NOT NULL;
CREATE INDEX ticket_index_card_unit ON ticket_index (card_unit, (coalesce(open_due_at, 9223372036854775807)), ticket_id) WHERE card_unit IS NOT NULL;
CREATE INDEX ticket_index_card ON ticket_index ((coalesce(open_due_at, 9223372036854775807)), ticket_id) WHERE card_unit IS NOT NULL;

-- What each unit owed for a ticket, lead (support 0) or supporting (1), with the final due, what was kept of it, and why it is outside the rates (ending).
-- Rows come and change, none is taken away. Odd is a row whose month is not that of its instant, as only somebody's edit can make one: a month edited
-- alone would take its ticket out of sight.
CREATE TABLE ticket_obligation (
    ticket_id  text COLLATE "C" NOT NULL,
    unit       text COLLATE "C" NOT NULL,
    support    integer NOT NULL,
    month      integer,
    due_at     bigint,
    replied_at bigint,
    on_time    integer NOT NULL,
    completed  integer NOT NULL,
    ending     integer NOT NULL,
    excluded   integer NOT NULL,
    owed       integer NOT NULL,
    odd integer GENERATED ALWAYS AS (CASE WHEN
        (month IS NULL) <> (due_at IS NULL) OR (due_at >= 694195200000 AND month <> shanghai_month(due_at))
        THEN 1 ELSE 0 END) STORED,
    PRIMARY KEY (ticket_id, unit, support)
) WITH (fillfactor = 80);

-- Reply and completion are read from this alone, in the order in which they are grouped: no sorting, one counter a group.
CREATE INDEX ticket_obligation_month ON ticket_obligation (month, unit, ending, excluded, on_time, completed, due_at, replied_at)
    WHERE month IS NOT NULL;
CREATE INDEX ticket_obligation_odd ON ticket_obligation (ticket_id) WHERE odd = 1;
CREATE INDEX ticket_obligation_owed ON ticket_obligation (unit, (coalesce(due_at, 9223372036854775807)), ticket_id) WHERE owed = 1 AND support = 1;

-- What citizens said of a unit's reply: the answer that counts and the first one, or why there is none.
CREATE TABLE ticket_answer (
    ticket_id    text COLLATE "C" NOT NULL,
    unit         text COLLATE "C" NOT NULL,
    month        integer NOT NULL,
    at           bigint NOT NULL,
    answer       integer NOT NULL,
    first_answer integer NOT NULL,
    excluded     integer NOT NULL,
    blameless    integer NOT NULL,
    odd integer GENERATED ALWAYS AS (CASE WHEN at >= 694195200000 AND month <> shanghai_month(at) THEN 1 ELSE 0 END) STORED,
    PRIMARY KEY (ticket_id, unit)
) WITH (fillfactor = 80);

CREATE INDEX ticket_answer_month ON ticket_answer (month, unit, answer, first_answer, excluded, blameless);
CREATE INDEX ticket_answer_odd ON ticket_answer (ticket_id) WHERE odd = 1;

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
