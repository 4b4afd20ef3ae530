-- On what a publication rests beside its figures: where the history stood, the roll of units, the earlier months' revisions.
ALTER TABLE league_revision ADD COLUMN basis TEXT;

-- Who asked for an exclusion: few among many events.
CREATE INDEX ticket_event_exclusion ON ticket_event (ticket_id, seq) WHERE type IN ('exclusionRequested', 'exclusionDecided');
