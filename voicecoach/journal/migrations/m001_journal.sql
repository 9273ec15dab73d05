-- The journal's first shape. Rows are only ever added; forgetting removes whole sessions.

CREATE TABLE session (
    number INTEGER PRIMARY KEY,   -- the order in which they were begun here
    id TEXT NOT NULL UNIQUE,      -- a UUID, the same in every export
    routine TEXT NOT NULL,
    language TEXT NOT NULL,
    recognizer TEXT NOT NULL,
    started TEXT NOT NULL,        -- ISO 8601 with the person's offset from UTC
    clock REAL NOT NULL,          -- the second of the sample clock at which it was started
    resumes TEXT UNIQUE REFERENCES session (id) ON DELETE SET NULL,
    plan TEXT NOT NULL            -- what was prescribed, as JSON
);

CREATE TABLE event (
    session INTEGER NOT NULL REFERENCES session (number) ON DELETE CASCADE,
    number INTEGER NOT NULL,      -- from 1 in each session
    at INTEGER NOT NULL,          -- wall time, in microseconds since 1970 in UTC
    kind TEXT NOT NULL,
    body TEXT NOT NULL,           -- the whole event, as published
    PRIMARY KEY (session, number)
) WITHOUT ROWID;

-- A session is mostly counting and speaking; history and report ask for the rest.
CREATE INDEX event_that_weighs ON event (session, number)
    WHERE kind NOT IN ('state', 'say', 'cue', 'count', 'rest', 'not_heard');

CREATE TABLE ending (
    session INTEGER PRIMARY KEY REFERENCES session (number) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    ended TEXT NOT NULL CHECK (ended IN ('done', 'stopped', 'interrupted'))
);

CREATE TABLE memory (
    number INTEGER PRIMARY KEY,   -- the order in which they were remembered here
    id TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL,
    value TEXT NOT NULL,          -- JSON
    at INTEGER NOT NULL
);

CREATE INDEX memory_key ON memory (key, at, number);

CREATE TRIGGER event_is_kept BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;

CREATE TRIGGER ending_is_kept BEFORE UPDATE ON ending
BEGIN SELECT RAISE(ABORT, 'endings are never changed'); END;

CREATE TRIGGER memory_is_kept BEFORE UPDATE ON memory
BEGIN SELECT RAISE(ABORT, 'what was remembered is never changed'); END;
