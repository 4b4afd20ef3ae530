-- Who has to do what now (待办), and what alarms fired when (预警台账): lists read both from indexes alone.

ALTER TABLE ticket_index ADD COLUMN work TEXT;
ALTER TABLE ticket_index ADD COLUMN work_unit TEXT;
ALTER TABLE ticket_index ADD COLUMN work_not_by TEXT;
ALTER TABLE ticket_index ADD COLUMN extension_for TEXT;
ALTER TABLE ticket_index ADD COLUMN extension_by TEXT;
ALTER TABLE ticket_index ADD COLUMN exclusion_by TEXT;
ALTER TABLE ticket_index ADD COLUMN card_unit TEXT;
ALTER TABLE ticket_support ADD COLUMN owed INTEGER NOT NULL DEFAULT 0;

-- Tickets written before: what their records say. New ones are written by the ticket itself.
UPDATE ticket_index AS i SET
    work = CASE i.status
        WHEN 'triage' THEN CASE WHEN json_extract(s.payload, '$.diversion') IS NULL THEN 'triage' ELSE 'confirmDivert' END
        WHEN 'awaitingDispatch' THEN 'dispatch'
        WHEN 'returnRequested' THEN 'decideReturn'
        WHEN 'diverted' THEN CASE WHEN json_extract(s.payload, '$.diversion.finished') = 1 THEN NULL ELSE 'followDiversion' END
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
        WHEN i.status = 'diverted' AND json_extract(s.payload, '$.diversion.finished') IS NOT 1 THEN ''
        WHEN i.status IN ('awaitingAcceptance', 'awaitingContact', 'inProgress', 'awaitingRework', 'supervised') THEN i.unit END,
    work_not_by = CASE
        WHEN i.status = 'triage' THEN json_extract(s.payload, '$.diversion.proposedBy')
        WHEN i.status IN ('awaitingReview', 'awaitingCallback') THEN json_extract(s.payload, '$.submission.author') END,
    extension_for = CASE WHEN i.status = 'inProgress' AND json_extract(s.payload, '$.extension') IS NOT NULL
        THEN CASE WHEN json_extract(s.payload, '$.extensionsApproved') > 0 THEN 'deputyChief' ELSE 'officeDirector' END END,
    extension_by = json_extract(s.payload, '$.extension.requestedBy'),
    exclusion_by = CASE WHEN json_extract(s.payload, '$.exclusion.approved') IS NULL THEN json_extract(s.payload, '$.exclusion.requestedBy') END,
    card_unit = (SELECT coalesce(json_extract(d.value, '$.unit'), '') FROM json_each(s.payload, '$.deadlines') AS d
        WHERE json_extract(d.value, '$.metAt') IS NULL AND json_extract(d.value, '$.stoppedAt') IS NULL
            AND json_extract(d.value, '$.fired') IN ('red', 'escalated')
        ORDER BY json_extract(d.value, '$.fired'), d.key LIMIT 1)
FROM ticket_state AS s WHERE s.ticket_id = i.ticket_id;

UPDATE ticket_support SET owed = 1 WHERE replied_at IS NULL AND EXISTS (SELECT 1 FROM ticket_index i WHERE i.ticket_id = ticket_support.ticket_id
    AND i.status IN ('awaitingAcceptance', 'returnRequested', 'awaitingContact', 'inProgress', 'suspended', 'awaitingReview'));

-- Each queue in the order in which it is worked: the earliest due first, what has no due at the end.
CREATE INDEX ticket_index_work ON ticket_index (work_unit, work, coalesce(open_due_at, 9223372036854775807), ticket_id, work_not_by, unit)
    WHERE work IS NOT NULL;
CREATE INDEX ticket_index_extension ON ticket_index (coalesce(open_due_at, 9223372036854775807), ticket_id, extension_for, extension_by, unit)
    WHERE extension_for IS NOT NULL;
CREATE INDEX ticket_index_exclusion ON ticket_index (coalesce(open_due_at, 9223372036854775807), ticket_id, exclusion_by, unit)
    WHERE exclusion_by IS NOT NULL;
CREATE INDEX ticket_index_card ON ticket_index (coalesce(open_due_at, 9223372036854775807), ticket_id, card_unit, alarm_level, unit)
    WHERE card_unit IS NOT NULL;
CREATE INDEX ticket_support_owed ON ticket_support (unit, coalesce(reply_due_at, 9223372036854775807), ticket_id) WHERE owed = 1;

-- The ledger, newest first: of one level, and of one unit and level. Others are merged from these.
CREATE INDEX ticket_event_alarm ON ticket_event (json_extract(body, '$.level'), at DESC, ticket_id, seq) WHERE type = 'alarmFired';
CREATE INDEX ticket_event_alarm_unit ON ticket_event (json_extract(body, '$.unit'), json_extract(body, '$.level'), at DESC, ticket_id, seq)
    WHERE type = 'alarmFired';
