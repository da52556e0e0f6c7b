-- What sources say about patients and exams. Names and birth dates lie here in clear, because they are searched and
-- compared; numbers are found by keyed references. No foreign keys: facts outlive the source that told them.
CREATE SCHEMA clinical;

-- One object as one source knows it now. HIS and PACS each have a row of their own for the same exam.
CREATE TABLE clinical.fact (
  id            bigint         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source_id     integer        NOT NULL,
  kind          text           NOT NULL CHECK (kind IN ('patient', 'order', 'worklist', 'procedureStep', 'study', 'report')),
  object_ref    bytea          NOT NULL,
  accession_ref bytea,
  study_ref     bytea,
  order_refs    bytea[]        NOT NULL DEFAULT '{}',
  patient_refs  bytea[]        NOT NULL DEFAULT '{}',
  seq           bigint         NOT NULL DEFAULT -1,
  at            timestamptz(3),
  body          jsonb          NOT NULL DEFAULT '{}',
  -- The newest observation that said the same as the newest kept one.
  confirmed_seq     bigint,
  confirmed_control text,
  confirmed_at      timestamptz(3),
  first_seen_at timestamptz(3) NOT NULL,
  changed_at    timestamptz(3) NOT NULL,
  CHECK (num_nulls(confirmed_seq, confirmed_control, confirmed_at) IN (0, 3))
);
COMMENT ON COLUMN clinical.fact.object_ref IS 'Keyed reference of the source''s own name of the object.';
COMMENT ON COLUMN clinical.fact.patient_refs IS 'Keyed references of identifiers with their assigning authority, as deliveries carry them.';
CREATE UNIQUE INDEX fact_object ON clinical.fact (source_id, kind, object_ref);
CREATE INDEX fact_accession ON clinical.fact (accession_ref) WHERE accession_ref IS NOT NULL;
CREATE INDEX fact_study ON clinical.fact (study_ref) WHERE study_ref IS NOT NULL;
CREATE INDEX fact_order ON clinical.fact USING gin (order_refs) WITH (fastupdate = off);
CREATE INDEX fact_patient ON clinical.fact USING gin (patient_refs) WITH (fastupdate = off);
CREATE INDEX fact_age ON clinical.fact (changed_at);

-- Every observation that said something new. Only ever added to, until retention or an erasure takes the whole object.
CREATE TABLE clinical.fact_version (
  fact_id    bigint         NOT NULL,
  seq        bigint         NOT NULL,
  control_id text           NOT NULL DEFAULT '',
  digest     bigint         NOT NULL,
  at         timestamptz(3) NOT NULL,
  body       jsonb          NOT NULL,
  seen_at    timestamptz(3) NOT NULL,
  PRIMARY KEY (fact_id, seq, control_id)
);

-- An exam: all facts of one accession number and issuer, and where it stands. Its id says nothing about anybody.
CREATE TABLE clinical.exam (
  id            uuid           PRIMARY KEY,
  accession_ref bytea          NOT NULL UNIQUE,
  state         text           NOT NULL CHECK (state IN ('waiting', 'done', 'cancelled')),
  leg           text,
  since         timestamptz(3),
  due_at        timestamptz(3),
  department    text,
  modality      text,
  procedure     text,
  started_at    timestamptz(3) NOT NULL,
  closed_at     timestamptz(3),
  changed_at    timestamptz(3) NOT NULL,
  CHECK ((state = 'waiting') = (leg IS NOT NULL)),
  CHECK ((state = 'waiting') = (closed_at IS NULL))
);
CREATE INDEX exam_due ON clinical.exam (due_at, id) WHERE state = 'waiting' AND due_at IS NOT NULL;
CREATE INDEX exam_age ON clinical.exam (changed_at);

-- Issuers by which numbers were ever told, so that one can be looked for without naming its issuer.
CREATE TABLE clinical.issuer (
  what text NOT NULL CHECK (what IN ('accession', 'patient')),
  name text NOT NULL,
  PRIMARY KEY (what, name)
);

-- Values are shown of a message or of an exam, by one path with one limit.
ALTER TABLE signal.disclosure_grant
  ALTER COLUMN leg_id DROP NOT NULL,
  ALTER COLUMN received_at DROP NOT NULL,
  ALTER COLUMN delivery_id DROP NOT NULL,
  ADD COLUMN exam_id uuid,
  ADD CONSTRAINT disclosure_grant_of_one CHECK (
    num_nulls(leg_id, received_at, delivery_id) = CASE WHEN exam_id IS NULL THEN 0 ELSE 3 END);
