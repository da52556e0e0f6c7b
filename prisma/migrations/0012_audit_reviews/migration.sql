-- Reviews by people: what stood out in a week of the audit trail, and every three months who and what has access. No
-- foreign keys to people: a review outlives them.

CREATE TABLE signal.audit_review (
  id        uuid           PRIMARY KEY,
  kind      text           NOT NULL CHECK (kind IN ('activity', 'access')),
  -- Half-open.
  from_at   timestamptz(3) NOT NULL,
  to_at     timestamptz(3) NOT NULL,
  -- Whose calendar and working hours it goes by.
  zone      text           NOT NULL,
  -- What was looked at, in figures.
  covered   jsonb          NOT NULL,
  opened_by uuid           NOT NULL,
  opened_at timestamptz(3) NOT NULL,
  signed_by uuid,
  signed_at timestamptz(3),
  CHECK (from_at < to_at),
  CHECK ((signed_by IS NULL) = (signed_at IS NULL)),
  UNIQUE (kind, from_at)
);

CREATE TABLE signal.audit_review_line (
  review_id uuid    NOT NULL REFERENCES signal.audit_review (id),
  position  integer NOT NULL,
  -- Why it stands here.
  rules     text[]  NOT NULL,
  -- Whose act or access it is; nobody's for tokens and clients.
  person_id uuid,
  subject   jsonb   NOT NULL,
  judgement text    CHECK (judgement IN ('fine', 'follow-up', 'confirmed', 'removed')),
  note      text    CHECK (note <> '' OR judgement <> 'follow-up'),
  -- Nobody judges what they did or may do themselves, whatever the program above does.
  judged_by uuid    CHECK (judged_by <> person_id),
  judged_at timestamptz(3),
  PRIMARY KEY (review_id, position),
  CHECK (num_nulls(judgement, note, judged_by, judged_at) IN (0, 4))
);

-- A signature is given once, when every line is judged; what is signed stays as it is.
CREATE FUNCTION signal.audit_review_signed() RETURNS trigger LANGUAGE plpgsql SET search_path = signal, pg_temp AS $$
BEGIN
  IF OLD.signed_at IS NOT NULL THEN
    RAISE EXCEPTION 'a signature is given once';
  END IF;
  IF EXISTS (SELECT FROM signal.audit_review_line l WHERE l.review_id = NEW.id AND l.judgement IS NULL) THEN
    RAISE EXCEPTION 'every line is judged before a review is signed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER audit_review_signed BEFORE UPDATE ON signal.audit_review
  FOR EACH ROW EXECUTE FUNCTION signal.audit_review_signed();

CREATE FUNCTION signal.audit_review_line_open() RETURNS trigger LANGUAGE plpgsql SET search_path = signal, pg_temp AS $$
BEGIN
  -- Locked, so that a line is judged before the signature or not at all.
  PERFORM FROM signal.audit_review r WHERE r.id = NEW.review_id AND r.signed_at IS NULL FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'what is signed stays as it is';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER audit_review_line_open BEFORE UPDATE ON signal.audit_review_line
  FOR EACH ROW EXECUTE FUNCTION signal.audit_review_line_open();
