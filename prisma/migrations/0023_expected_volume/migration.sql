-- What usually comes in on an interface, learnt anew each night from its minutes, and how long its owner lets it be quiet.
-- No foreign keys, as for all facts: what is left of an interface that has gone is never read.

CREATE TABLE signal.expected_volume (
  interface_id  integer          PRIMARY KEY,
  learnt_at     timestamptz(3)   NOT NULL,
  -- The zone in which its week goes round; an hour of the week is counted from Sunday's midnight there.
  zone          text             NOT NULL,
  weeks         integer          NOT NULL CHECK (weeks >= 0),
  quiet_limit   double precision NOT NULL CHECK (quiet_limit > 0),
  is_scheduled  boolean          NOT NULL,
  -- One element for each of the 168 hours; NULL where nothing is known.
  busy_minutes  double precision[] NOT NULL CHECK (cardinality(busy_minutes) = 168),
  longest_quiet double precision[] NOT NULL CHECK (cardinality(longest_quiet) = 168),
  volume_low    double precision[] NOT NULL CHECK (cardinality(volume_low) = 168),
  volume_median double precision[] NOT NULL CHECK (cardinality(volume_median) = 168),
  volume_high   double precision[] NOT NULL CHECK (cardinality(volume_high) = 168)
);

-- Said by a person: an interface without four weeks of history is judged by it alone.
CREATE TABLE signal.silence_limit (
  interface_id integer        PRIMARY KEY,
  minutes      integer        NOT NULL CHECK (minutes BETWEEN 1 AND 44640),
  changed_at   timestamptz(3) NOT NULL,
  changed_by   text           NOT NULL CHECK (changed_by <> '')
);
