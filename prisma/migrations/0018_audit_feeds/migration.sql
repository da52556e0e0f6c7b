-- Audit feeds of PACS, archives and registries: an event may name several patients, or one under several authorities, comes
-- from one of many systems behind a feed, and was received from an address that we saw ourselves.

ALTER TABLE signal.external_audit_event
  ADD COLUMN further_patient_refs bytea[],
  ADD COLUMN audit_source text,
  ADD COLUMN observed_address text;

-- Who saw this patient, also where the event names others first.
CREATE INDEX external_audit_further_patients ON signal.external_audit_event USING gin (further_patient_refs)
  WHERE further_patient_refs IS NOT NULL;

-- As before, but that a hold of a patient keeps every event that names her.
CREATE OR REPLACE FUNCTION signal.held_condition(parent text) RETURNS text
LANGUAGE sql STABLE SET search_path = signal, pg_temp AS $$
  SELECT CASE WHEN NOT EXISTS (SELECT FROM signal.legal_hold WHERE lifted_at IS NULL) THEN 'false'
    ELSE format(
      'EXISTS (SELECT FROM signal.legal_hold h WHERE h.lifted_at IS NULL AND (%s r.%I < h.to_at AND r.%2$I >= h.from_at - interval %L))',
      CASE parent
        WHEN 'delivery' THEN 'h.patient_ref = r.patient_ref OR'
        WHEN 'external_audit_event' THEN
          'h.patient_ref = r.patient_ref OR h.patient_ref = ANY (r.further_patient_refs) OR lower(h.person) IN (lower(r.actor_id), lower(r.actor_name)) OR'
        ELSE ''
      END,
      signal.time_column(parent),
      CASE parent WHEN 'rollup_minute' THEN '1 minute' WHEN 'rollup_hour' THEN '1 hour' ELSE '0' END)
  END
$$;
