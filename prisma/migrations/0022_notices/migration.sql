-- Notices out: what people and systems outside are told, to whom it goes, through which channel, and how it went; who is on
-- call, and who is told next when nobody answers. No foreign keys: incidents and people belong to others, and these rows
-- outlive them.

-- What is to be told, written in the transaction of what it tells of. It holds an interface, a reason, a count and a link.
CREATE TABLE signal.notice_outbox (
  id             bigint         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key            text           NOT NULL UNIQUE CHECK (key <> ''),
  kind           text           NOT NULL CHECK (kind <> ''),
  incident_id    text           NOT NULL,
  interface_name text           NOT NULL CHECK (length(interface_name) <= 200),
  reason         text           NOT NULL CHECK (length(reason) <= 200),
  count          integer        NOT NULL CHECK (count >= 0),
  -- A link within the product: it can lead nowhere else.
  path           text           NOT NULL CHECK (path ~ '^/([^/\\]|$)' AND length(path) <= 300),
  severity       text           NOT NULL CHECK (severity IN ('critical', 'warning', 'notice')),
  department     text,
  raised_at      timestamptz(3) NOT NULL,
  -- When it was settled who is told.
  routed_at      timestamptz(3)
);
CREATE INDEX notice_outbox_unrouted ON signal.notice_outbox (id) WHERE routed_at IS NULL;
CREATE INDEX notice_outbox_incident ON signal.notice_outbox (incident_id, id);

-- How a person or a team is told. The address may be a secret itself, so it is sealed with the secrets beside it.
CREATE TABLE signal.notice_channel (
  id         uuid           PRIMARY KEY,
  user_id    uuid,
  team_id    uuid,
  kind       text           NOT NULL CHECK (kind <> ''),
  name       text           NOT NULL CHECK (name <> ''),
  -- What may be shown of the address.
  hint       text           NOT NULL,
  key_id     text           NOT NULL,
  sealed     bytea          NOT NULL,
  created_at timestamptz(3) NOT NULL,
  created_by text           NOT NULL,
  removed_at timestamptz(3),
  CHECK ((user_id IS NULL) <> (team_id IS NULL))
);
CREATE INDEX notice_channel_person ON signal.notice_channel (user_id) WHERE removed_at IS NULL;
CREATE INDEX notice_channel_team ON signal.notice_channel (team_id) WHERE removed_at IS NULL;

-- One telling of one notice through one channel. Its id goes along, so that a receiver knows a second sending as the same.
CREATE TABLE signal.notice_delivery (
  id          uuid           PRIMARY KEY,
  notice_id   bigint         NOT NULL REFERENCES signal.notice_outbox (id) ON DELETE CASCADE,
  -- Without a channel it goes to the e-mail address of the person's account.
  channel_id  uuid,
  user_id     uuid,
  team_id     uuid,
  -- Of which step of an escalation it is; null where it follows none.
  cycle       integer,
  step        integer,
  state       text           NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed')),
  attempts    integer        NOT NULL DEFAULT 0,
  -- Not to be tried before: the next attempt, or the end of the lease of the one that runs.
  next_at     timestamptz(3) NOT NULL,
  lease       uuid,
  problem     text,
  created_at  timestamptz(3) NOT NULL,
  ended_at    timestamptz(3),
  CHECK (channel_id IS NOT NULL OR user_id IS NOT NULL),
  CHECK ((state = 'waiting') = (ended_at IS NULL))
);
CREATE UNIQUE INDEX notice_delivery_once ON signal.notice_delivery (notice_id, cycle, step, channel_id, user_id) NULLS NOT DISTINCT;
CREATE INDEX notice_delivery_due ON signal.notice_delivery (next_at) WHERE state = 'waiting';

CREATE TABLE signal.on_call_team (
  id         uuid           PRIMARY KEY,
  name       text           NOT NULL CHECK (name <> ''),
  department text,
  -- The zone in which its shifts are written down.
  zone       text           NOT NULL,
  changed_at timestamptz(3) NOT NULL,
  changed_by text           NOT NULL,
  removed_at timestamptz(3)
);
CREATE UNIQUE INDEX on_call_team_name ON signal.on_call_team (lower(name)) WHERE removed_at IS NULL;

-- Who is on call from when until when, half-open. An override stands above what was planned.
CREATE TABLE signal.on_call_shift (
  id          uuid           PRIMARY KEY,
  team_id     uuid           NOT NULL REFERENCES signal.on_call_team (id) ON DELETE CASCADE,
  user_id     uuid           NOT NULL,
  from_at     timestamptz(3) NOT NULL,
  until_at    timestamptz(3) NOT NULL,
  is_override boolean        NOT NULL DEFAULT false,
  created_at  timestamptz(3) NOT NULL,
  created_by  text           NOT NULL,
  CHECK (from_at < until_at)
);
CREATE INDEX on_call_shift_team ON signal.on_call_shift (team_id, until_at);

-- Whom to tell, step by step. The steps are JSON that only the program reads.
CREATE TABLE signal.escalation_policy (
  id         uuid           PRIMARY KEY,
  name       text           NOT NULL CHECK (name <> ''),
  -- The department whose incidents it is for; null for all that have no policy of their own.
  department text,
  plan       jsonb          NOT NULL,
  changed_at timestamptz(3) NOT NULL,
  changed_by text           NOT NULL,
  removed_at timestamptz(3)
);
CREATE UNIQUE INDEX escalation_policy_department ON signal.escalation_policy (department) NULLS NOT DISTINCT WHERE removed_at IS NULL;

-- One incident on its way through the steps, by the policy as it was when it began.
CREATE TABLE signal.escalation (
  incident_id   text           PRIMARY KEY,
  notice_id     bigint         NOT NULL REFERENCES signal.notice_outbox (id) ON DELETE CASCADE,
  plan          jsonb          NOT NULL,
  cycle         integer        NOT NULL DEFAULT 0,
  -- The step that is done next; one past the last when all are done.
  step          integer        NOT NULL DEFAULT 0,
  started_at    timestamptz(3) NOT NULL,
  next_at       timestamptz(3),
  ended_at      timestamptz(3),
  ended_because text CHECK (ended_because IN ('acknowledged', 'resolved', 'exhausted')),
  CHECK ((ended_at IS NULL) = (ended_because IS NULL))
);
CREATE INDEX escalation_due ON signal.escalation (next_at) WHERE ended_at IS NULL;

-- Every step that was taken. Its key is the promise: no step more than once in a cycle.
CREATE TABLE signal.escalation_step (
  incident_id text           NOT NULL,
  cycle       integer        NOT NULL,
  step        integer        NOT NULL,
  taken_at    timestamptz(3) NOT NULL,
  -- How many channels it reached; 0 where nobody was on call.
  told        integer        NOT NULL,
  is_last_resort boolean     NOT NULL,
  PRIMARY KEY (incident_id, cycle, step)
);

-- Links in notices with which one person acknowledges one incident, once. Of the secret only its hash is kept.
CREATE TABLE signal.notice_link (
  token_hash  bytea          PRIMARY KEY,
  incident_id text           NOT NULL,
  delivery_id uuid           NOT NULL REFERENCES signal.notice_delivery (id) ON DELETE CASCADE,
  user_id     uuid           NOT NULL,
  expires_at  timestamptz(3) NOT NULL,
  used_at     timestamptz(3)
);
CREATE INDEX notice_link_expiry ON signal.notice_link (expires_at);
