-- A key for each patient whom the audit trail names: with the key destroyed, no line can be brought back to the patient,
-- while every line, and with it the chain, stays as it was sealed.

CREATE TABLE signal.patient_key (
  id          uuid           PRIMARY KEY,
  patient_ref bytea          NOT NULL UNIQUE,
  key_id      text           NOT NULL,
  sealed      bytea          NOT NULL,
  created_at  timestamptz(3) NOT NULL
);
COMMENT ON COLUMN signal.patient_key.patient_ref IS 'The keyed reference of one identifier, as facts carry it; gone with the row.';
COMMENT ON COLUMN signal.patient_key.sealed IS 'The 256-bit key of the patient, sealed by the key that key_id names.';
