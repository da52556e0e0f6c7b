-- Seeing patient data: who was shown the values of which message and why, who broke the glass, and finding both again by
-- the keyed reference of a patient. No foreign keys: these rows outlive the person and the message they tell of.

CREATE TABLE signal.disclosure_grant (
  id          uuid           PRIMARY KEY,
  user_id     uuid           NOT NULL,
  leg_id      integer        NOT NULL,
  received_at timestamptz(3) NOT NULL,
  delivery_id bigint         NOT NULL,
  reason      text           NOT NULL,
  reason_text text           NOT NULL CHECK (length(reason_text) >= 10),
  granted_at  timestamptz(3) NOT NULL,
  expires_at  timestamptz(3) NOT NULL,
  CHECK (expires_at > granted_at AND expires_at <= granted_at + interval '10 minutes')
);
CREATE INDEX disclosure_grant_person ON signal.disclosure_grant (user_id, granted_at DESC);

CREATE TABLE signal.break_glass (
  id             uuid           PRIMARY KEY,
  user_id        uuid           NOT NULL,
  reason         text           NOT NULL,
  reason_text    text           NOT NULL CHECK (length(reason_text) >= 10),
  started_at     timestamptz(3) NOT NULL,
  expires_at     timestamptz(3) NOT NULL,
  review_due     timestamptz(3) NOT NULL,
  ended_at       timestamptz(3),
  judgement      text           CHECK (judgement IN ('justified', 'not-justified')),
  judgement_text text,
  reviewed_by    uuid           CHECK (reviewed_by <> user_id),
  reviewed_at    timestamptz(3),
  CHECK (expires_at > started_at AND expires_at <= started_at + interval '30 minutes'),
  CHECK (num_nulls(judgement, judgement_text, reviewed_by, reviewed_at) IN (0, 4))
);
CREATE INDEX break_glass_person ON signal.break_glass (user_id, expires_at DESC);
CREATE INDEX break_glass_to_review ON signal.break_glass (review_due) WHERE judgement IS NULL;

-- An end and a judgement are given once.
CREATE FUNCTION signal.break_glass_once() RETURNS trigger LANGUAGE plpgsql SET search_path = signal, pg_temp AS $$
BEGIN
  IF (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at)
     OR (OLD.judgement IS NOT NULL AND (NEW.judgement, NEW.judgement_text, NEW.reviewed_by, NEW.reviewed_at)
         IS DISTINCT FROM (OLD.judgement, OLD.judgement_text, OLD.reviewed_by, OLD.reviewed_at)) THEN
    RAISE EXCEPTION 'an end and a judgement are given once';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER break_glass_once BEFORE UPDATE ON signal.break_glass
  FOR EACH ROW EXECUTE FUNCTION signal.break_glass_once();

-- Lines of our own trail that concern patients name them by keyed references, as a list of hex texts.
CREATE INDEX audit_leaf_patient ON signal.audit_leaf USING gin ((detail -> 'patientRefs') jsonb_path_ops)
  WHERE detail ? 'patientRefs';
CREATE INDEX external_audit_patient ON signal.external_audit_event (patient_ref, at DESC)
  WHERE patient_ref IS NOT NULL;
