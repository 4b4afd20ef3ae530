-- Who has to do what now (待办), and what alarms fired when (预警台账): lists read both from indexes alone.

ALTER TABLE ticket_index
    ADD COLUMN work          text COLLATE "C",
    ADD COLUMN work_unit     text COLLATE "C",
    ADD COLUMN work_not_by   text COLLATE "C",
    ADD COLUMN extension_for text COLLATE "C",
    ADD COLUMN extension_by  text COLLATE "C",
    ADD COLUMN exclusion_by  text COLLATE "C",
    ADD COLUMN card_unit     text COLLATE "C";
ALTER TABLE ticket_support ADD COLUMN owed integer NOT NULL DEFAULT 0;

-- Tickets written before: what their records say. New ones are written by the ticket itself.
UPDATE ticket_index AS i SET
    work = CASE i.status
        WHEN 'triage' THEN CASE WHEN s.state -> 'diversion' IS NULL THEN 'triage' ELSE 'confirmDivert' END
        WHEN 'awaitingDispatch' THEN 'dispatch'
        WHEN 'returnRequested' THEN 'decideReturn'
        WHEN 'diverted' THEN CASE WHEN (s.state #>> '{diversion,finished}') = 'true' THEN NULL ELSE 'followDiversion' END
        WHEN 'awaitingAcceptance' THEN 'accept'
        WHEN 'awaitingContact' THEN 'contact'
        WHEN 'inProgress' THEN 'reply'
        WHEN 'awaitingRework' THEN 'rework'
        WHEN 'supervised' THEN 'supervised'
        WHEN 'suspended' THEN 'resume'
        WHEN 'awaitingReview' THEN 'review'
        WHEN 'awaitingCallback' THEN 'callback' END,
    work_unit = CASE
        WHEN i.status IN ('triage', 'awaitingDispatch', 'returnRequested', 'suspended', 'awaitingReview', 'awaitingCallback') THEN ''
        WHEN i.status = 'diverted' AND (s.state #>> '{diversion,finished}') IS DISTINCT FROM 'true' THEN ''
        WHEN i.status IN ('awaitingAcceptance', 'awaitingContact', 'inProgress', 'awaitingRework', 'supervised') THEN i.unit END,
    work_not_by = CASE
        WHEN i.status = 'triage' THEN s.state #>> '{diversion,proposedBy}'
        WHEN i.status IN ('awaitingReview', 'awaitingCallback') THEN s.state #>> '{submission,author}' END,
    extension_for = CASE WHEN i.status = 'inProgress' AND s.state -> 'extension' IS NOT NULL
        THEN CASE WHEN (s.state ->> 'extensionsApproved')::integer > 0 THEN 'deputyChief' ELSE 'officeDirector' END END,
    extension_by = s.state #>> '{extension,requestedBy}',
    exclusion_by = CASE WHEN s.state #> '{exclusion,approved}' IS NULL THEN s.state #>> '{exclusion,requestedBy}' END,
    card_unit = (SELECT coalesce(d.value ->> 'unit', '') FROM jsonb_array_elements(s.state -> 'deadlines') WITH ORDINALITY AS d (value, place)
        WHERE d.value -> 'metAt' IS NULL AND d.value -> 'stoppedAt' IS NULL AND d.value ->> 'fired' IN ('red', 'escalated')
        ORDER BY d.value ->> 'fired' COLLATE "C", d.place LIMIT 1)
FROM (SELECT ticket_id, payload::jsonb AS state FROM ticket_state) AS s WHERE s.ticket_id = i.ticket_id;

UPDATE ticket_support SET owed = 1 WHERE replied_at IS NULL AND EXISTS (SELECT 1 FROM ticket_index i WHERE i.ticket_id = ticket_support.ticket_id
    AND i.status IN ('awaitingAcceptance', 'returnRequested', 'awaitingContact', 'inProgress', 'suspended', 'awaitingReview'));

-- Each queue in the order in which it is worked: the earliest due first, what has no due at the end.
CREATE INDEX ticket_index_work ON ticket_index (work_unit, work, (coalesce(open_due_at, 9223372036854775807)), ticket_id) WHERE work IS NOT NULL;
CREATE INDEX ticket_index_extension ON ticket_index ((coalesce(open_due_at, 9223372036854775807)), ticket_id) WHERE extension_for IS NOT NULL;
CREATE INDEX ticket_index_exclusion ON ticket_index ((coalesce(open_due_at, 9223372036854775807)), ticket_id) WHERE exclusion_by IS NOT NULL;
CREATE INDEX ticket_index_card ON ticket_index ((coalesce(open_due_at, 9223372036854775807)), ticket_id) WHERE card_unit IS NOT NULL;
CREATE INDEX ticket_support_owed ON ticket_support (unit, (coalesce(reply_due_at, 9223372036854775807)), ticket_id) WHERE owed = 1;

-- The ledger, newest first: of one level, and of one unit and level. Others are merged from these.
CREATE INDEX ticket_event_alarm ON ticket_event ((body::jsonb ->> 'level'), at DESC, ticket_id, seq) WHERE type = 'alarmFired';
CREATE INDEX ticket_event_alarm_unit ON ticket_event ((body::jsonb ->> 'unit'), (body::jsonb ->> 'level'), at DESC, ticket_id, seq)
    WHERE type = 'alarmFired';
