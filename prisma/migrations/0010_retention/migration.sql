-- Retention that knows of legal holds: what somebody has put on hold stays, and everything that is deleted is counted.

-- What must not be deleted, and who said so. Kept when it is lifted: it tells for how long something was held.
CREATE TABLE signal.legal_hold (
  id          uuid           PRIMARY KEY DEFAULT gen_random_uuid(),
  kind        text           NOT NULL CHECK (kind IN ('patient', 'person', 'period')),
  patient_ref bytea,
  person      text,
  from_at     timestamptz(3),
  to_at       timestamptz(3),
  reason      text           NOT NULL CHECK (reason <> ''),
  placed_by   uuid           NOT NULL,
  placed_at   timestamptz(3) NOT NULL,
  lifted_by   uuid,
  lifted_at   timestamptz(3),
  lift_reason text,
  CONSTRAINT legal_hold_of_its_kind CHECK (
    (kind = 'patient') = (patient_ref IS NOT NULL)
    AND (kind = 'person') = (person IS NOT NULL)
    AND (kind = 'period') = (from_at IS NOT NULL AND to_at IS NOT NULL)
    AND (from_at IS NULL) = (to_at IS NULL)),
  CONSTRAINT legal_hold_period CHECK (from_at < to_at),
  CONSTRAINT legal_hold_lifted CHECK (
    (lifted_at IS NULL) = (lifted_by IS NULL) AND (lifted_at IS NULL) = (lift_reason IS NULL)),
  -- Two people, whatever the program above does.
  CONSTRAINT legal_hold_second_person CHECK (lifted_by <> placed_by)
);
COMMENT ON COLUMN signal.legal_hold.patient_ref IS 'The keyed reference that facts carry; the identifier itself is not kept.';
COMMENT ON COLUMN signal.legal_hold.person IS 'A user as the engines name them in their audit events.';

-- The column by which a table of facts is split. Refuses every other table.
CREATE FUNCTION signal.time_column(parent text) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN CASE
    WHEN parent = 'delivery' THEN 'received_at'
    WHEN parent IN ('rollup_minute', 'rollup_hour') THEN 'bucket_start'
    WHEN parent IN ('leg_sample', 'source_sample', 'external_audit_event') THEN 'at'
  END;
END $$;

-- SQL over a row `r` of a partitioned table: whether a hold keeps it. A bucket is kept when any of it lies in the period.
CREATE FUNCTION signal.held_condition(parent text) RETURNS text
LANGUAGE sql STABLE SET search_path = signal, pg_temp AS $$
  SELECT CASE WHEN NOT EXISTS (SELECT FROM signal.legal_hold WHERE lifted_at IS NULL) THEN 'false'
    ELSE format(
      'EXISTS (SELECT FROM signal.legal_hold h WHERE h.lifted_at IS NULL AND (%s r.%I < h.to_at AND r.%2$I >= h.from_at - interval %L))',
      CASE parent
        WHEN 'delivery' THEN 'h.patient_ref = r.patient_ref OR'
        WHEN 'external_audit_event' THEN
          'h.patient_ref = r.patient_ref OR lower(h.person) IN (lower(r.actor_id), lower(r.actor_name)) OR'
        ELSE ''
      END,
      signal.time_column(parent),
      CASE parent WHEN 'rollup_minute' THEN '1 minute' WHEN 'rollup_hour' THEN '1 hour' ELSE '0' END)
  END
$$;

-- The partitions of one parent, oldest first, with the day after their last.
CREATE FUNCTION signal.partitions_of(parent text) RETURNS TABLE (part text, upper_day date)
LANGUAGE plpgsql STABLE SET search_path = signal, pg_temp SET timezone = 'UTC' AS $$
BEGIN
  IF signal.time_column(parent) IS NULL THEN
    RAISE EXCEPTION 'not a partitioned table of facts';
  END IF;
  RETURN QUERY
    SELECT c.relname::text,
      (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \(''(\d{4}-\d{2}-\d{2})'))[1]::date AS upper_day
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = ('signal.' || parent)::regclass
    ORDER BY 2;
END $$;

-- Deletes what lies in partitions that end on or before the given day. A partition with a row on hold stays, with those
-- rows alone; the others are dropped. Everything is counted before the first is dropped: dropping locks the parent.
-- Placing a hold takes the same lock, so that a hold is seen or comes after.
CREATE FUNCTION signal.delete_expired(parent text, before_day date)
RETURNS TABLE (deleted bigint, held bigint, oldest timestamptz, newest timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = signal, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  part record;
  found record;
  condition text;
  at_column text;
  clear text[] := '{}';
  mixed text[] := '{}';
  name text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('signal.partitions'));
  condition := signal.held_condition(parent);
  at_column := signal.time_column(parent);
  deleted := 0;
  held := 0;
  FOR part IN SELECT p.part, p.upper_day FROM signal.partitions_of(parent) p WHERE p.upper_day <= before_day LOOP
    EXECUTE format(
      'SELECT count(*) FILTER (WHERE NOT c.is_held) AS rows, count(*) FILTER (WHERE c.is_held) AS kept,
         min(c.at) FILTER (WHERE NOT c.is_held) AS oldest, max(c.at) FILTER (WHERE NOT c.is_held) AS newest
       FROM (SELECT r.%I AS at, coalesce(%s, false) AS is_held FROM signal.%I r) c', at_column, condition, part.part)
      INTO found;
    deleted := deleted + found.rows;
    held := held + found.kept;
    oldest := least(oldest, found.oldest);
    newest := greatest(newest, found.newest);
    IF found.kept = 0 THEN
      clear := clear || part.part;
    ELSIF found.rows > 0 THEN
      mixed := mixed || part.part;
    END IF;
  END LOOP;
  FOREACH name IN ARRAY mixed LOOP
    EXECUTE format('DELETE FROM signal.%I r WHERE NOT coalesce(%s, false)', name, condition);
  END LOOP;
  FOREACH name IN ARRAY clear LOOP
    EXECUTE format('DROP TABLE signal.%I', name);
  END LOOP;
  RETURN NEXT;
END $$;

-- The oldest row of one parent: looked for in one partition after the other, from the oldest on.
CREATE FUNCTION signal.oldest_kept(parent text) RETURNS timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = signal, pg_temp AS $$
DECLARE
  part record;
  oldest timestamptz;
BEGIN
  FOR part IN SELECT p.part FROM signal.partitions_of(parent) p LOOP
    EXECUTE format('SELECT min(%I) FROM signal.%I', signal.time_column(parent), part.part) INTO oldest;
    EXIT WHEN oldest IS NOT NULL;
  END LOOP;
  RETURN oldest;
END $$;

-- Drops whole partitions whatever is in them: for the demo, whose data is made up. Refused once real data is on hold.
CREATE OR REPLACE FUNCTION signal.drop_partitions_before(parent text, before_day date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = signal, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  dropped integer := 0;
  part record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('signal.partitions'));
  IF EXISTS (SELECT FROM signal.legal_hold WHERE lifted_at IS NULL)
     AND EXISTS (SELECT FROM public.source WHERE NOT is_demo) THEN
    RAISE EXCEPTION 'data is on hold';
  END IF;
  FOR part IN SELECT p.part FROM signal.partitions_of(parent) p WHERE p.upper_day <= before_day LOOP
    EXECUTE format('DROP TABLE signal.%I', part.part);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END $$;

REVOKE ALL ON FUNCTION signal.held_condition(text), signal.time_column(text), signal.partitions_of(text),
  signal.delete_expired(text, date), signal.oldest_kept(text) FROM PUBLIC;
