-- Work that a person has taken up. For the length of the claim the record of the item is open to them, with the item as the
-- reason. No foreign keys: these rows outlive the person and the item.

CREATE TABLE signal.work_claim (
  id           uuid           PRIMARY KEY,
  kind         text           NOT NULL CHECK (kind <> ''),
  item_id      text           NOT NULL CHECK (item_id <> ''),
  -- Whose it is: what belongs to one interface, or else to a source as a whole.
  source_id    integer        NOT NULL,
  interface_id integer,
  user_id      uuid           NOT NULL,
  claimed_at   timestamptz(3) NOT NULL,
  renewed_at   timestamptz(3) NOT NULL,
  expires_at   timestamptz(3) NOT NULL,
  -- Given back, settled, or taken over by somebody else after it had expired.
  ended_at     timestamptz(3),
  CHECK (renewed_at >= claimed_at AND expires_at > renewed_at),
  CHECK (expires_at <= renewed_at + interval '30 minutes' AND expires_at <= claimed_at + interval '4 hours'),
  CHECK (ended_at >= claimed_at AND ended_at <= expires_at)
);
-- An item is claimed by one person at a time, whatever the program above does.
CREATE UNIQUE INDEX work_claim_item ON signal.work_claim (kind, item_id) WHERE ended_at IS NULL;
CREATE INDEX work_claim_person ON signal.work_claim (user_id, claimed_at DESC);

-- A claim that is over stays over.
CREATE FUNCTION signal.work_claim_once() RETURNS trigger LANGUAGE plpgsql SET search_path = signal, pg_temp AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL OR (NEW.renewed_at <> OLD.renewed_at AND NEW.renewed_at >= OLD.expires_at) THEN
    RAISE EXCEPTION 'a claim that is over stays over';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER work_claim_once BEFORE UPDATE ON signal.work_claim
  FOR EACH ROW EXECUTE FUNCTION signal.work_claim_once();
