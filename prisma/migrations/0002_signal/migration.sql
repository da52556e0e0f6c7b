-- Facts, rollups, queues and audit. Hand-written: Prisma does not know this schema.
-- leg_id leads every key of facts and rollups, there are no triggers and no cross-leg foreign keys on them,
-- so that the same tables can be distributed by leg_id. All instants are UTC.

CREATE SCHEMA signal;

-- ── Facts ────────────────────────────────────────────────────────────────────────────────────────────────

-- One row is one delivery: one message on one leg. received_at is the engine's first received time and part of
-- the identity; id is a stable 64-bit hash of (source, engine message id, leg).
CREATE TABLE signal.delivery (
  leg_id             integer        NOT NULL,
  received_at        timestamptz(3) NOT NULL,
  id                 bigint         NOT NULL,
  message_key        bigint         NOT NULL,
  engine_message_id  text           NOT NULL,
  control_id         text,
  message_type       text,
  state              text           NOT NULL,
  outcome            text           NOT NULL CHECK (outcome IN ('ok', 'failed', 'filtered', 'pending', 'unknown')),
  first_outcome      text           CHECK (first_outcome IN ('ok', 'failed')),
  first_outcome_seq  bigint,
  first_inferred     boolean        NOT NULL DEFAULT false,
  ack_code           text,
  reason             text,
  attempts           integer        NOT NULL DEFAULT 0,
  started_at         timestamptz(3),
  sent_at            timestamptz(3),
  acked_at           timestamptz(3),
  latency_ms         integer        CHECK (latency_ms >= 0),
  wait_ms            integer        CHECK (wait_ms >= 0),
  partner_ms         integer        CHECK (partner_ms >= 0),
  clock_suspect      boolean        NOT NULL DEFAULT false,
  size_bytes         integer,
  accession          text,
  order_number       text,
  patient_ref        bytea,
  error_text         text,
  replay_of          text,
  interface_revision integer,
  observed_seq       bigint         NOT NULL,
  body_digest        bigint         NOT NULL,
  observations       integer        NOT NULL DEFAULT 1,
  ingested_at        timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (leg_id, received_at, id)
) PARTITION BY RANGE (received_at);

COMMENT ON COLUMN signal.delivery.observations IS 'How many observations were applied to this row; 1 = inserted by this statement.';
COMMENT ON COLUMN signal.delivery.first_outcome IS 'Outcome of the first attempt that finished; never changed by later attempts.';
COMMENT ON COLUMN signal.delivery.clock_suspect IS 'Times of this delivery run backwards; its latency is not counted.';

CREATE INDEX delivery_received_brin ON signal.delivery USING brin (received_at);
CREATE INDEX delivery_failed ON signal.delivery (received_at DESC, id DESC) WHERE outcome = 'failed';
CREATE INDEX delivery_leg_failed ON signal.delivery (leg_id, received_at DESC, id DESC) WHERE outcome = 'failed';
CREATE INDEX delivery_control_id ON signal.delivery (control_id) WHERE control_id IS NOT NULL;
CREATE INDEX delivery_accession ON signal.delivery (accession) WHERE accession IS NOT NULL;
CREATE INDEX delivery_order_number ON signal.delivery (order_number) WHERE order_number IS NOT NULL;
CREATE INDEX delivery_patient ON signal.delivery (patient_ref) WHERE patient_ref IS NOT NULL;

-- Gauges and counters polled from engines, per leg and per source.
CREATE TABLE signal.leg_sample (
  leg_id integer          NOT NULL,
  metric text             NOT NULL,
  at     timestamptz(3)   NOT NULL,
  value  double precision,
  PRIMARY KEY (leg_id, metric, at)
) PARTITION BY RANGE (at);

CREATE TABLE signal.source_sample (
  source_id integer          NOT NULL,
  metric    text             NOT NULL,
  at        timestamptz(3)   NOT NULL,
  value     double precision,
  PRIMARY KEY (source_id, metric, at)
) PARTITION BY RANGE (at);

-- The newest value of each gauge, so that a list of legs needs one index read each.
CREATE TABLE signal.leg_now (
  leg_id integer          NOT NULL,
  metric text             NOT NULL,
  at     timestamptz(3)   NOT NULL,
  value  double precision,
  PRIMARY KEY (leg_id, metric)
);

-- Hourly extremes of a gauge outlive its samples. min, max and last are idempotent under repeated samples.
CREATE TABLE signal.leg_gauge_hour (
  leg_id       integer          NOT NULL,
  metric       text             NOT NULL,
  bucket_start timestamptz(0)   NOT NULL,
  min_value    double precision NOT NULL,
  max_value    double precision NOT NULL,
  last_value   double precision NOT NULL,
  last_at      timestamptz(3)   NOT NULL,
  PRIMARY KEY (leg_id, metric, bucket_start)
);

-- What changed at the source: redeployed, restarted, counter fell, paused. Drawn as markers on charts.
CREATE TABLE signal.change (
  source_id    integer        NOT NULL,
  interface_id integer        NOT NULL DEFAULT 0,
  at           timestamptz(3) NOT NULL,
  kind         text           NOT NULL,
  detail       text           NOT NULL DEFAULT '',
  PRIMARY KEY (source_id, interface_id, at, kind, detail)
);

-- Minutes about which nothing can be said: the source was silent to us, or its counters fell.
CREATE TABLE signal.unknown_interval (
  source_id  integer        NOT NULL,
  leg_id     integer        NOT NULL DEFAULT 0,
  from_at    timestamptz(3) NOT NULL,
  to_at      timestamptz(3),
  cause      text           NOT NULL,
  PRIMARY KEY (source_id, leg_id, from_at, cause)
);

-- ── Rollups ──────────────────────────────────────────────────────────────────────────────────────────────

-- hist_buckets/hist_counts hold three sparse histograms in one pair: bucket + 0 latency, + 1024 wait, + 2048 partner.
CREATE TABLE signal.rollup_minute (
  leg_id       integer        NOT NULL,
  bucket_start timestamptz(0) NOT NULL,
  ok           integer        NOT NULL DEFAULT 0,
  failed       integer        NOT NULL DEFAULT 0,
  filtered     integer        NOT NULL DEFAULT 0,
  pending      integer        NOT NULL DEFAULT 0,
  unknown      integer        NOT NULL DEFAULT 0,
  first_ok     integer        NOT NULL DEFAULT 0,
  first_failed integer        NOT NULL DEFAULT 0,
  replays      integer        NOT NULL DEFAULT 0,
  suspects     integer        NOT NULL DEFAULT 0,
  hist_buckets smallint[]     NOT NULL DEFAULT '{}',
  hist_counts  integer[]      NOT NULL DEFAULT '{}',
  PRIMARY KEY (leg_id, bucket_start)
) PARTITION BY RANGE (bucket_start);

-- An hour by itself, and cumulative from the start of its UTC day to the end of the hour (cum_*).
-- hist and cum_hist are varint-coded sparse histograms.
CREATE TABLE signal.rollup_hour (
  leg_id           integer        NOT NULL,
  bucket_start     timestamptz(0) NOT NULL,
  ok               bigint         NOT NULL DEFAULT 0,
  failed           bigint         NOT NULL DEFAULT 0,
  filtered         bigint         NOT NULL DEFAULT 0,
  pending          bigint         NOT NULL DEFAULT 0,
  unknown          bigint         NOT NULL DEFAULT 0,
  first_ok         bigint         NOT NULL DEFAULT 0,
  first_failed     bigint         NOT NULL DEFAULT 0,
  replays          bigint         NOT NULL DEFAULT 0,
  suspects         bigint         NOT NULL DEFAULT 0,
  hist             bytea          NOT NULL DEFAULT '',
  cum_ok           bigint         NOT NULL DEFAULT 0,
  cum_failed       bigint         NOT NULL DEFAULT 0,
  cum_filtered     bigint         NOT NULL DEFAULT 0,
  cum_pending      bigint         NOT NULL DEFAULT 0,
  cum_unknown      bigint         NOT NULL DEFAULT 0,
  cum_first_ok     bigint         NOT NULL DEFAULT 0,
  cum_first_failed bigint         NOT NULL DEFAULT 0,
  cum_replays      bigint         NOT NULL DEFAULT 0,
  cum_suspects     bigint         NOT NULL DEFAULT 0,
  cum_hist         bytea          NOT NULL DEFAULT '',
  PRIMARY KEY (leg_id, bucket_start)
) PARTITION BY RANGE (bucket_start);

-- A UTC day by itself, and cumulative from the first day of the leg to the end of the day (cum_*).
CREATE TABLE signal.rollup_day (
  LIKE signal.rollup_hour INCLUDING DEFAULTS,
  PRIMARY KEY (leg_id, bucket_start)
);

-- Serialises recomputation per leg: whoever recomputes a leg holds its row.
CREATE TABLE signal.rollup_lock (
  leg_id integer PRIMARY KEY
);

-- Keys whose rollup must be recomputed. tier is 'minute' (recompute from facts) or 'hour' (recompute hour, day and
-- cumulative rows). version rises with every mark; a worker deletes a key only at the version it has seen, so a
-- mark made while it worked is never lost.
CREATE TABLE signal.dirty (
  tier         text           NOT NULL CHECK (tier IN ('minute', 'hour')),
  leg_id       integer        NOT NULL,
  bucket_start timestamptz(0) NOT NULL,
  version      bigint         NOT NULL DEFAULT 1,
  marked_at    timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tier, leg_id, bucket_start)
);

-- ── Queues, cursors, leases ──────────────────────────────────────────────────────────────────────────────

CREATE TABLE signal.dead_letter (
  id           bigint         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source_id    integer        NOT NULL,
  reason       text           NOT NULL,
  detail       text           NOT NULL DEFAULT '',
  digest       bytea          NOT NULL,
  content_kind text           NOT NULL,
  key_id       text           NOT NULL,
  payload      bytea          NOT NULL,
  state        text           NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'resolved', 'discarded')),
  attempts     integer        NOT NULL DEFAULT 0,
  first_seen   timestamptz(3) NOT NULL DEFAULT now(),
  last_seen    timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (source_id, reason, digest)
);
CREATE INDEX dead_letter_open ON signal.dead_letter (last_seen DESC, id DESC) WHERE state = 'open';

-- One cursor per stream of a source, and what its health page shows.
CREATE TABLE signal.stream (
  source_id        integer        NOT NULL,
  stream           text           NOT NULL,
  cursor           jsonb          NOT NULL DEFAULT 'null',
  last_attempt_at  timestamptz(3),
  last_success_at  timestamptz(3),
  failures         integer        NOT NULL DEFAULT 0,
  circuit          text           NOT NULL DEFAULT 'closed' CHECK (circuit IN ('closed', 'open', 'half-open')),
  error_code       text,
  backlog          bigint,
  complete_back_to timestamptz(3),
  PRIMARY KEY (source_id, stream)
);

-- Recurring work is leased: token fences a holder that lost its lease.
CREATE TABLE signal.lease (
  name       text           PRIMARY KEY,
  holder     text           NOT NULL,
  token      bigint         NOT NULL DEFAULT 1,
  expires_at timestamptz(3) NOT NULL
);

CREATE TABLE signal.rate_limit (
  key    varchar(255) PRIMARY KEY,
  points integer      NOT NULL DEFAULT 0,
  expire bigint
);

-- ── Audit ────────────────────────────────────────────────────────────────────────────────────────────────

-- Our own audit. The app role may INSERT and SELECT only.
CREATE TABLE signal.audit_leaf (
  id          bigint         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at          timestamptz(3) NOT NULL,
  actor_kind  text           NOT NULL,
  actor_id    text           NOT NULL,
  action      char(1)        NOT NULL CHECK (action IN ('C', 'R', 'U', 'D', 'E')),
  permission  text           NOT NULL,
  entity_type text           NOT NULL,
  entity_id   text           NOT NULL DEFAULT '',
  outcome     text           NOT NULL CHECK (outcome IN ('success', 'denied', 'failure')),
  detail      jsonb          NOT NULL DEFAULT '{}',
  request_id  text           NOT NULL DEFAULT '',
  digest      bytea          NOT NULL
);
CREATE INDEX audit_leaf_at ON signal.audit_leaf (at DESC, id DESC);

-- Audit events of the engines. attributes may hold patient data and are encrypted by the application.
CREATE TABLE signal.external_audit_event (
  source_id       integer        NOT NULL,
  at              timestamptz(3) NOT NULL,
  id              bigint         NOT NULL,
  engine_event_id text           NOT NULL,
  name            text           NOT NULL,
  action          char(1)        NOT NULL CHECK (action IN ('C', 'R', 'U', 'D', 'E')),
  outcome         text           NOT NULL CHECK (outcome IN ('success', 'failure', 'authorised', 'unknown')),
  actor_id        text,
  actor_name      text,
  claimed_address text,
  object_type     text,
  object_id       text,
  object_name     text,
  patient_ref     bytea,
  own_polling     boolean        NOT NULL DEFAULT false,
  key_id          text,
  attributes      bytea,
  observed_at     timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (source_id, at, id)
) PARTITION BY RANGE (at);
CREATE INDEX external_audit_actor ON signal.external_audit_event (actor_name, at DESC);
CREATE INDEX external_audit_at ON signal.external_audit_event (at DESC, id DESC);

-- ── Partitions ───────────────────────────────────────────────────────────────────────────────────────────

-- Owner's rights: the app role may call these two, it may not create or drop tables itself. Parents are a closed list:
-- delivery, rollup_minute, leg_sample, source_sample in days; rollup_hour, external_audit_event in months.
CREATE FUNCTION signal.ensure_partitions(parent text, from_day date, to_day date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = signal, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  made integer := 0;
  grain text;
  lower_day date;
  upper_day date;
  part text;
BEGIN
  grain := CASE
    WHEN parent IN ('delivery', 'rollup_minute', 'leg_sample', 'source_sample') THEN 'day'
    WHEN parent IN ('rollup_hour', 'external_audit_event') THEN 'month'
  END;
  IF grain IS NULL THEN
    RAISE EXCEPTION 'not a partitioned table of facts';
  END IF;
  IF to_day - from_day > 4000 THEN
    RAISE EXCEPTION 'too many days of partitions at a time';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('signal.partitions'));
  lower_day := date_trunc(grain, from_day::timestamp)::date;
  WHILE lower_day <= to_day LOOP
    upper_day := (lower_day + ('1 ' || grain)::interval)::date;
    part := parent || '_' || to_char(lower_day, CASE grain WHEN 'day' THEN 'YYYYMMDD' ELSE 'YYYYMM' END);
    IF to_regclass('signal.' || part) IS NULL THEN
      EXECUTE format('CREATE TABLE signal.%I PARTITION OF signal.%I FOR VALUES FROM (%L) TO (%L)',
                     part, parent, lower_day::text || ' 00:00:00+00', upper_day::text || ' 00:00:00+00');
      made := made + 1;
    END IF;
    lower_day := upper_day;
  END LOOP;
  RETURN made;
END $$;

-- Drops the partitions of one parent that end on or before the given day. Parents are a closed list.
CREATE FUNCTION signal.drop_partitions_before(parent text, before_day date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = signal, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  dropped integer := 0;
  part record;
BEGIN
  IF parent NOT IN ('delivery', 'rollup_minute', 'leg_sample', 'source_sample', 'rollup_hour', 'external_audit_event') THEN
    RAISE EXCEPTION 'not a partitioned table of facts';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('signal.partitions'));
  FOR part IN
    SELECT c.relname, (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \(''(\d{4}-\d{2}-\d{2})'))[1]::date AS upper_day
    FROM pg_inherits i
    JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = ('signal.' || parent)::regclass
  LOOP
    IF part.upper_day <= before_day THEN
      EXECUTE format('DROP TABLE signal.%I', part.relname);
      dropped := dropped + 1;
    END IF;
  END LOOP;
  RETURN dropped;
END $$;

REVOKE ALL ON FUNCTION signal.ensure_partitions(text, date, date), signal.drop_partitions_before(text, date) FROM PUBLIC;
