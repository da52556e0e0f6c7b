-- Messages that are sent again. Which patient a message is of stays with the message: nothing here names one. No foreign keys
-- to people and sources: these rows outlive them, as the lines of the audit trail do that name them.

-- One run: what was chosen by one person, from one source.
CREATE TABLE signal.replay (
  id            uuid           PRIMARY KEY,
  source_id     integer        NOT NULL,
  state         text           NOT NULL CHECK (state IN ('drafted', 'waiting', 'ready', 'running', 'stopped', 'done', 'discarded')),
  -- Rises with every step: a step that was decided on another version is refused.
  version       integer        NOT NULL DEFAULT 0,
  requested_by  uuid           NOT NULL,
  requested_at  timestamptz(3) NOT NULL,
  reason        text           CHECK (length(reason) <= 500),
  ticket        text           CHECK (length(ticket) <= 100),
  per_minute    integer        NOT NULL DEFAULT 60 CHECK (per_minute BETWEEN 1 AND 600),
  -- So many in a row that fail, or of which nothing is known, stop it.
  stop_after    integer        NOT NULL DEFAULT 5 CHECK (stop_after BETWEEN 1 AND 100),
  approval_id   uuid,
  -- Since when it runs without a stop.
  running_since timestamptz(3),
  stop_cause    text           CHECK (stop_cause IN ('person', 'failures', 'unclear', 'switched_off')),
  ended_at      timestamptz(3),
  CHECK ((ended_at IS NOT NULL) = (state IN ('done', 'discarded'))),
  CHECK ((stop_cause IS NOT NULL) = (state = 'stopped')),
  CHECK (state IN ('drafted', 'discarded') OR reason IS NOT NULL)
);
CREATE INDEX replay_open ON signal.replay (state) WHERE ended_at IS NULL;
CREATE INDEX replay_newest ON signal.replay (requested_at DESC);

-- One message on one leg of a run: frozen when it was chosen.
CREATE TABLE signal.replay_item (
  replay_id         uuid           NOT NULL REFERENCES signal.replay (id) ON DELETE CASCADE,
  position          integer        NOT NULL,
  leg_id            integer        NOT NULL,
  received_at       timestamptz(3) NOT NULL,
  delivery_id       bigint         NOT NULL,
  engine_message_id text           NOT NULL,
  message_type      text,
  -- What was found when the engine was asked for its content; null while it was not asked.
  content           text           CHECK (content IN ('kept', 'gone', 'unreadable')),
  cancels_order     boolean,
  read_reason       text,
  -- Why a person takes it although something speaks against it.
  tick_reason       text           CHECK (length(tick_reason) <= 200),
  verdict           text           CHECK (verdict IN ('chosen', 'cautious', 'refused')),
  causes            text[]         NOT NULL DEFAULT '{}',
  state             text           NOT NULL DEFAULT 'planned'
    CHECK (state IN ('planned', 'sending', 'accepted', 'unclear', 'delivered', 'failed', 'left')),
  -- Belongs to a run that was submitted and is not over.
  is_open           boolean        NOT NULL DEFAULT false,
  sending_at        timestamptz(3),
  settled_at        timestamptz(3),
  -- What kept it from being sent, or its fate from being known.
  trouble           text,
  -- The message that the engine made of it.
  result_message_id text,
  result_received_at timestamptz(3),
  result_delivery_id bigint,
  PRIMARY KEY (replay_id, position),
  UNIQUE (replay_id, leg_id, received_at, delivery_id),
  CHECK ((sending_at IS NULL) = (state IN ('planned', 'left')))
);
-- A message is in one open run at a time, whatever the program above does.
CREATE UNIQUE INDEX replay_item_open ON signal.replay_item (leg_id, received_at, delivery_id) WHERE is_open;
CREATE INDEX replay_item_unsettled ON signal.replay_item (state) WHERE state IN ('sending', 'accepted', 'unclear');
CREATE INDEX replay_item_message ON signal.replay_item (leg_id, engine_message_id);

-- Repetitions of a message on a leg: there are few of them.
CREATE INDEX delivery_replay_of ON signal.delivery (leg_id, replay_of) WHERE replay_of IS NOT NULL;

-- At most once: from planned to sending is the only way to be sent, and no way leads back.
CREATE FUNCTION signal.replay_item_once() RETURNS trigger LANGUAGE plpgsql SET search_path = signal, pg_temp AS $$
BEGIN
  IF NEW.state <> OLD.state AND (
    NEW.state = 'planned'
    OR (NEW.state IN ('sending', 'left') AND OLD.state <> 'planned')
    OR (NEW.state = 'accepted' AND OLD.state <> 'sending')
    OR (NEW.state = 'unclear' AND OLD.state NOT IN ('sending', 'accepted'))
    OR OLD.state IN ('delivered', 'failed', 'left')
  ) THEN
    RAISE EXCEPTION 'a message of a replay is sent at most once';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER replay_item_once BEFORE UPDATE ON signal.replay_item
  FOR EACH ROW EXECUTE FUNCTION signal.replay_item_once();
