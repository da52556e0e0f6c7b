-- The audit trail proves itself: every line is sealed into a chain of signed Merkle blocks, whose heads are witnessed
-- outside the database. No foreign keys: what was deleted must stay visible as a gap.

-- Lines that wait to be sealed. Written by the statement that writes the line.
CREATE TABLE signal.audit_unsealed (
  leaf_id bigint PRIMARY KEY
);

-- Hash, link and signature are explained in lib/core/audit/block.ts.
CREATE TABLE signal.audit_block (
  number     bigint         PRIMARY KEY,
  leaf_count integer        NOT NULL,
  first_id   bigint         NOT NULL,
  last_id    bigint         NOT NULL,
  root       bytea          NOT NULL,
  previous   bytea          NOT NULL,
  sealed_at  timestamptz(3) NOT NULL,
  key_id     text           NOT NULL,
  hash       bytea          NOT NULL,
  signature  bytea          NOT NULL
);
CREATE INDEX audit_block_sealed_at ON signal.audit_block (sealed_at);

-- Which line is in which block, and where. A line that is committed late goes into a later block.
CREATE TABLE signal.audit_block_leaf (
  leaf_id  bigint  PRIMARY KEY,
  block    bigint  NOT NULL,
  position integer NOT NULL
);
CREATE UNIQUE INDEX audit_block_leaf_place ON signal.audit_block_leaf (block, position);

-- Heads that were written down outside. The witness file decides; this says what should stand in it.
CREATE TABLE signal.audit_witness (
  id     bigint         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at     timestamptz(3) NOT NULL,
  number bigint         NOT NULL,
  hash   bytea          NOT NULL
);

-- Searches by person and by what was touched.
CREATE INDEX audit_leaf_actor ON signal.audit_leaf (actor_id, at DESC, id DESC);
CREATE INDEX audit_leaf_entity ON signal.audit_leaf (entity_type, entity_id, at DESC, id DESC);

-- What was written before is sealed too.
INSERT INTO signal.audit_unsealed (leaf_id) SELECT id FROM signal.audit_leaf;
