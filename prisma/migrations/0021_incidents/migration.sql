-- What is wrong, and the incidents that people work on. No foreign keys to interfaces and people: these rows outlive them,
-- and hold nothing of a patient.

-- Numbered for people. An incident has a place: the source, interface or leg at which the cause of all that it lists lies.
CREATE TABLE signal.incident (
  number          bigint         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  place           text           NOT NULL CHECK (place ~ '^(source|interface|leg)/[0-9]+$'),
  title           text           NOT NULL CHECK (title <> ''),
  severity        text           NOT NULL CHECK (severity IN ('critical', 'warning', 'notice')),
  state           text           NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'acknowledged', 'handed_over', 'resolved')),
  interface_id    integer        NOT NULL,
  interface_name  text           NOT NULL,
  department      text,
  owner_id        uuid,
  ticket          text,
  opened_at       timestamptz(3) NOT NULL,
  acknowledged_at timestamptz(3),
  resolved_at     timestamptz(3),
  cause           text,
  CHECK ((state = 'resolved') = (resolved_at IS NOT NULL))
);
-- One incident a place at a time, whatever runs twice.
CREATE UNIQUE INDEX incident_open_place ON signal.incident (place) WHERE resolved_at IS NULL;
CREATE INDEX incident_opened ON signal.incident (opened_at DESC, number DESC);

-- One stretch of one problem, from when it was first seen; the state of its alarm is carried from tick to tick.
CREATE TABLE signal.condition (
  id              bigint         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key             text           NOT NULL CHECK (key <> ''),
  kind            text           NOT NULL CHECK (kind <> ''),
  place           text           NOT NULL,
  interface_id    integer        NOT NULL,
  incident_number bigint         REFERENCES signal.incident (number),
  state           text           NOT NULL CHECK (state IN ('pending', 'firing', 'suppressed', 'no_data', 'ok')),
  suppressed_by   text           CHECK (suppressed_by IN ('maintenance', 'root_cause', 'low_traffic')),
  breach_since    timestamptz(3),
  calm_since      timestamptz(3),
  is_raised       boolean        NOT NULL,
  is_noticed      boolean        NOT NULL,
  -- How many messages it touched at most; 1 where it counts none.
  count           integer        NOT NULL CHECK (count >= 0),
  first_at        timestamptz(3) NOT NULL,
  last_at         timestamptz(3) NOT NULL,
  cleared_at      timestamptz(3)
);
CREATE UNIQUE INDEX condition_open_key ON signal.condition (key) WHERE cleared_at IS NULL;
CREATE INDEX condition_incident ON signal.condition (incident_number, id);

-- What happened to an incident, in order: written by the product, or by a person.
CREATE TABLE signal.incident_entry (
  id              bigint         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  incident_number bigint         NOT NULL REFERENCES signal.incident (number),
  at              timestamptz(3) NOT NULL,
  kind            text           NOT NULL CHECK (kind <> ''),
  actor_id        uuid,
  text            text           NOT NULL
);
CREATE INDEX incident_entry_incident ON signal.incident_entry (incident_number, at, id);
