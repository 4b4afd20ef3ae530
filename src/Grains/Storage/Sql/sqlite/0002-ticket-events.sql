-- What one ticket command writes. Instants are Unix milliseconds UTC, months year * 100 + month, flags 0 or 1.

-- Personal and free texts, apart from history so that erasing them leaves history's bytes alone. The hash is keyed and covers ticket, slot and text;
-- the event that brought the text has it too.
CREATE TABLE ticket_text (
    ticket_id TEXT NOT NULL,
    slot      TEXT NOT NULL,
    text      TEXT NOT NULL,
    hash      TEXT NOT NULL,
    PRIMARY KEY (ticket_id, slot)
) STRICT;

-- The ticket as its events make it, for lists, queues, the sweep and the scores; seq is the last event, and so the version that a command was decided on.
CREATE TABLE ticket_index (
    ticket_id         TEXT    NOT NULL PRIMARY KEY,
    seq               INTEGER NOT NULL,
    source            TEXT    NOT NULL,
    external_no       TEXT    NOT NULL,
    nature            TEXT    NOT NULL,
    urgency           TEXT    NOT NULL,
    topic             TEXT,
    place             TEXT,
    status            TEXT    NOT NULL,
    unit              TEXT,
    caller_key        TEXT,
    received_at       INTEGER NOT NULL,
    registered_at     INTEGER NOT NULL,
    dispatched_at     INTEGER,
    closed_at         INTEGER,
    updated_at        INTEGER NOT NULL,
    live              INTEGER NOT NULL,
    difficult         INTEGER NOT NULL,
    desk              TEXT,
    open_due_at       INTEGER,
    next_alarm_at     INTEGER,
    alarm_level       INTEGER NOT NULL,
    shard             INTEGER NOT NULL,
    work              TEXT,
    work_unit         TEXT,
    work_not_by       TEXT,
    asked             TEXT,
    asked_by          TEXT,
    extension_for     TEXT,
    extension_by      TEXT,
    exclusion_for     TEXT,
    exclusion_by      TEXT,
    card_unit         TEXT,
    UNIQUE (external_no, source)
) STRICT;

CREATE INDEX ticket_index_newest ON ticket_index (registered_at DESC, ticket_id);
CREATE INDEX ticket_index_unit ON ticket_index (unit, status, registered_at DESC, ticket_id);
CREATE INDEX ticket_index_status ON ticket_index (status, registered_at DESC, ticket_id);
CREATE INDEX ticket_index_topic ON ticket_index (topic, registered_at DESC, ticket_id) WHERE topic IS NOT NULL;
CREATE INDEX ticket_index_alarm ON ticket_index (next_alarm_at, shard, ticket_id) WHERE next_alarm_at IS NOT NULL;
CREATE INDEX ticket_index_due ON ticket_index (open_due_at, ticket_id) WHERE open_due_at IS NOT NULL;
CREATE INDEX ticket_index_caller ON ticket_index (caller_key, registered_at) WHERE caller_key IS NOT NULL;

-- Who has to do what now (待办): each queue in the order in which it is worked: the earliest due first, what has no due at the end.
CREATE INDEX ticket_index_work ON ticket_index (work_unit, work, coalesce(open_due_at, 9223372036854775807), ticket_id, work_not_by, unit)
    WHERE work IS NOT NULL;
CREATE INDEX ticket_index_asked ON ticket_index (asked, coalesce(open_due_at, 9223372036854775807), ticket_id, asked_by, unit)
    WHERE asked IS NOT NULL;
CREATE INDEX ticket_index_extension ON ticket_index (coalesce(open_due_at, 9223372036854775807), ticket_id, extension_for, extension_by, unit)
    WHERE extension_for IS NOT NULL;
CREATE INDEX ticket_index_exclusion ON ticket_index (coalesce(open_due_at, 9223372036854775807), ticket_id, exclusion_for, exclusion_by, unit)
    WHERE exclusion_by IS NOT NULL;
CREATE INDEX ticket_index_card_unit ON ticket_index (card_unit, coalesce(open_due_at, 9223372036854775807), ticket_id) WHERE card_unit IS NOT NULL;
CREATE INDEX ticket_index_card ON ticket_index (coalesce(open_due_at, 9223372036854775807), ticket_id, card_unit, alarm_level, unit)
    WHERE card_unit IS NOT NULL;

-- What each unit owed for a ticket, lead (support 0) or supporting (1), with the final due, what was kept of it, and why it is outside the rates (ending).
-- Rows come and change, none is taken away. Odd is a row whose month is not that of its instant, as only somebody's edit can make one: a month edited
-- alone would take its ticket out of sight.
CREATE TABLE ticket_obligation (
    ticket_id  TEXT    NOT NULL,
    unit       TEXT    NOT NULL,
    support    INTEGER NOT NULL,
    month      INTEGER,
    due_at     INTEGER,
    replied_at INTEGER,
    on_time    INTEGER NOT NULL,
    completed  INTEGER NOT NULL,
    ending     INTEGER NOT NULL,
    excluded   INTEGER NOT NULL,
    owed       INTEGER NOT NULL,
    odd INTEGER GENERATED ALWAYS AS (CASE WHEN
        (month IS NULL) <> (due_at IS NULL) OR (due_at >= 694195200000 AND month <> CAST(strftime('%Y%m', (due_at + 28800000) / 1000, 'unixepoch') AS INTEGER))
        THEN 1 ELSE 0 END) VIRTUAL,
    PRIMARY KEY (ticket_id, unit, support)
) STRICT, WITHOUT ROWID;

-- Reply and completion are read from this alone, in the order in which they are grouped: no sorting, one counter a group.
CREATE INDEX ticket_obligation_month ON ticket_obligation (month, unit, ending, excluded, on_time, completed, due_at, replied_at)
    WHERE month IS NOT NULL;
CREATE INDEX ticket_obligation_odd ON ticket_obligation (ticket_id) WHERE odd = 1;
CREATE INDEX ticket_obligation_owed ON ticket_obligation (unit, coalesce(due_at, 9223372036854775807), ticket_id) WHERE owed = 1 AND support = 1;

-- What citizens said of a unit's reply: the answer that counts and the first one, or why there is none.
CREATE TABLE ticket_answer (
    ticket_id    TEXT    NOT NULL,
    unit         TEXT    NOT NULL,
    month        INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    answer       INTEGER NOT NULL,
    first_answer INTEGER NOT NULL,
    excluded     INTEGER NOT NULL,
    blameless    INTEGER NOT NULL,
    odd INTEGER GENERATED ALWAYS AS (CASE WHEN at >= 694195200000 AND month <> CAST(strftime('%Y%m', (at + 28800000) / 1000, 'unixepoch') AS INTEGER) THEN 1 ELSE 0 END) VIRTUAL,
    PRIMARY KEY (ticket_id, unit)
) STRICT, WITHOUT ROWID;

CREATE INDEX ticket_answer_month ON ticket_answer (month, unit, answer, first_answer, excluded, blameless);
CREATE INDEX ticket_answer_odd ON ticket_answer (ticket_id) WHERE odd = 1;

-- Position is the feed's order. It is a column of its own: VACUUM may renumber a bare rowid.
CREATE TABLE ticket_event (
    position  INTEGER PRIMARY KEY,
    ticket_id TEXT    NOT NULL,
    seq       INTEGER NOT NULL,
    type      TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    actor     TEXT    NOT NULL,
    client    TEXT    NOT NULL,
    body      TEXT    NOT NULL,
    hash      TEXT    NOT NULL,
    UNIQUE (ticket_id, seq)
) STRICT;

CREATE TRIGGER ticket_event_no_update BEFORE UPDATE ON ticket_event
BEGIN SELECT RAISE(ABORT, 'ticket_event is append-only'); END;

CREATE TRIGGER ticket_event_no_delete BEFORE DELETE ON ticket_event
BEGIN SELECT RAISE(ABORT, 'ticket_event is append-only'); END;

-- INSERT OR REPLACE deletes without firing delete triggers: refuse the key before it gets that far.
CREATE TRIGGER ticket_event_no_replace BEFORE INSERT ON ticket_event
WHEN EXISTS (SELECT 1 FROM ticket_event WHERE ticket_id = NEW.ticket_id AND seq = NEW.seq)
  OR EXISTS (SELECT 1 FROM ticket_event WHERE position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'ticket_event is append-only'); END;

-- Every ticket once, as the events know it, by the instant of its registration.
CREATE INDEX ticket_event_first ON ticket_event (at, ticket_id) WHERE seq = 1;

-- What alarms fired when (预警台账), newest first: of one level, and of one unit and level. Others are merged from these.
CREATE INDEX ticket_event_alarm ON ticket_event (json_extract(body, '$.level'), at DESC, ticket_id, seq) WHERE type = 'alarmFired';
CREATE INDEX ticket_event_alarm_unit ON ticket_event (json_extract(body, '$.unit'), json_extract(body, '$.level'), at DESC, ticket_id, seq)
    WHERE type = 'alarmFired';

-- Who asked for an exclusion: few among many events.
CREATE INDEX ticket_event_exclusion ON ticket_event (ticket_id, seq) WHERE type IN ('exclusionRequested', 'exclusionDecided');

-- What a client's key did: the answer is formed again from the ticket's events up to this one.
CREATE TABLE command_key (
    client    TEXT    NOT NULL,
    key       TEXT    NOT NULL,
    body_hash TEXT    NOT NULL,
    ticket_id TEXT    NOT NULL,
    seq       INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    hash      TEXT    NOT NULL,
    PRIMARY KEY (client, key)
) STRICT;

CREATE INDEX command_key_age ON command_key (at);

-- The feed's events so far, under one digest each minute: a number of events, up to this place, chained to the seal before. What is cut out of the
-- history afterwards, and were it a whole ticket, is missed here. The seal is keyed.
CREATE TABLE feed_seal (
    number    INTEGER NOT NULL PRIMARY KEY,
    epoch     INTEGER NOT NULL,
    position  INTEGER NOT NULL,
    ticket_id TEXT    NOT NULL,
    seq       INTEGER NOT NULL,
    events    INTEGER NOT NULL,
    digest    TEXT    NOT NULL,
    seal      TEXT    NOT NULL,
    at        INTEGER NOT NULL
) STRICT;
