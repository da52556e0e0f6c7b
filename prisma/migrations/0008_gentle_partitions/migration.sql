-- A partition is made beside its parent and then attached: that lets others go on reading and writing the parent, while
-- CREATE TABLE … PARTITION OF would wait for all of them and make the rest wait for itself.
CREATE OR REPLACE FUNCTION signal.ensure_partitions(parent text, from_day date, to_day date) RETURNS integer
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
      -- Rollup rows are rewritten while their hour is open: free space on the page keeps those updates off the index.
      -- Indexes and the primary key are not copied: attaching makes them, and ties them to the parent's.
      EXECUTE format('CREATE TABLE signal.%I (LIKE signal.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE) WITH (%s)',
                     part, parent,
                     CASE parent WHEN 'rollup_minute' THEN 'fillfactor = 70'
                                 WHEN 'rollup_hour' THEN 'fillfactor = 70, toast_tuple_target = 8160'
                                 ELSE 'fillfactor = 100' END);
      EXECUTE format('ALTER TABLE signal.%I ATTACH PARTITION signal.%I FOR VALUES FROM (%L) TO (%L)',
                     parent, part, lower_day::text || ' 00:00:00+00', upper_day::text || ' 00:00:00+00');
      made := made + 1;
    END IF;
    lower_day := upper_day;
  END LOOP;
  RETURN made;
END $$;
