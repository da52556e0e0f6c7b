-- Facts, rollups, queues and audit. Hand-written: Prisma does not know this schema.
-- leg_id leads every key of facts and rollups, there are no triggers and no cross-leg foreign keys on them,
-- so that the same tables can be distributed by leg_id. All instants are UTC.

CREATE SCHEMA signal;

-- ── Facts ────────────────────────────────────────────────────────────────────────────────────────────────

-- One row is one delivery: one message on one leg. received_at is the engine's first received time and part of
-- the identity; id is a stable 64-bit hash of (source, engine message id, leg).
CREATE TABLE signal.delivery (
  leg_id             integer        NOT NULL,
  received_at        timestamptz(3) NOT NULL,
  id                 bigint         NOT NULL,
  message_key        bigint         NOT NULL,
  engine_message_id  text           NOT NULL,
  control_id         text,
  message_type       text,
  state              text           NOT NULL,
  outcome            text           NOT NULL CHECK (outcome IN ('ok', 'failed', 'filtered', 'pending', 'unknown')),
  first_outcome      text           CHECK (first_outcome IN ('ok', 'failed')),
  first_outcome_seq  bigint,
  first_inferred     boolean        NOT NULL DEFAULT false,
  ack_code           text,
  reason             text,
  attempts           integer        NOT NULL DEFAULT 0,
  started_at         timestamptz(3),
  sent_at            timestamptz(3),
  acked_at           timestamptz(3),
  latency_ms         integer        CHECK (latency_ms >= 0),
  wait_ms            integer        CHECK (wait_ms >= 0),
  partner_ms         integer        CHECK (partner_ms >= 0),
  clock_suspect      boolean        NOT NULL DEFAULT false,
  size_bytes         integer,
  accession          text,
  order_number       text,
  patient_ref        bytea,
  error_text         text,
  replay_of          text,
  interface_revision integer,
  observed_seq       bigint         NOT NULL,
  body_digest        bigint         NOT NULL,
  observations       integer        NOT NULL DEFAULT 1,
  last_effect        smallint       NOT NULL DEFAULT 0,
  ingested_at        timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (leg_id, received_at, id)
) PARTITION BY RANGE (received_at);

COMMENT ON COLUMN signal.delivery.observations IS 'How many observations were applied to this row.';
COMMENT ON COLUMN signal.delivery.last_effect IS 'What the last write did: 0 inserted, 1 changed, 2 only raised observed_seq, 3 took an earlier first outcome from an observation whose body conflicts.';
COMMENT ON COLUMN signal.delivery.first_outcome IS 'Outcome of the first attempt that finished; never changed by later attempts.';
COMMENT ON COLUMN signal.delivery.clock_suspect IS 'Times of this delivery run backwards; its latency is not counted.';

CREATE INDEX delivery_received_brin ON signal.delivery USING brin (received_at);
CREATE INDEX delivery_failed ON signal.delivery (received_at DESC, id DESC) WHERE outcome = 'failed';
CREATE INDEX delivery_leg_failed ON signal.delivery (leg_id, received_at DESC, id DESC) WHERE outcome = 'failed';
CREATE INDEX delivery_control_id ON signal.delivery (control_id) WHERE control_id IS NOT NULL;
CREATE INDEX delivery_accession ON signal.delivery (accession) WHERE accession IS NOT NULL;
CREATE INDEX delivery_order_number ON signal.delivery (order_number) WHERE order_number IS NOT NULL;
CREATE INDEX delivery_patient ON signal.delivery (patient_ref) WHERE patient_ref IS NOT NULL;

-- Gauges and counters polled from engines, per leg and per source.
CREATE TABLE signal.leg_sample (
  leg_id integer          NOT NULL,
  metric text             NOT NULL,
  at     timestamptz(3)   NOT NULL,
  value  double precision,
  PRIMARY KEY (leg_id, metric, at)
) PARTITION BY RANGE (at);

CREATE TABLE signal.source_sample (
  source_id integer          NOT NULL,
  metric    text             NOT NULL,
  at        timestamptz(3)   NOT NULL,
  value     double precision,
  PRIMARY KEY (source_id, metric, at)
) PARTITION BY RANGE (at);

-- The newest value of each gauge, so that a list of legs needs one index read each.
CREATE TABLE signal.leg_now (
  leg_id integer          NOT NULL,
  metric text             NOT NULL,
  at     timestamptz(3)   NOT NULL,
  value  double precision,
  PRIMARY KEY (leg_id, metric)
);

-- Hourly extremes of a gauge outlive its samples. min, max and last are idempotent under repeated samples.
CREATE TABLE signal.leg_gauge_hour (
  leg_id       integer          NOT NULL,
  metric       text             NOT NULL,
  bucket_start timestamptz(0)   NOT NULL,
  min_value    double precision NOT NULL,
  max_value    double precision NOT NULL,
  last_value   double precision NOT NULL,
  last_at      timestamptz(3)   NOT NULL,
  PRIMARY KEY (leg_id, metric, bucket_start)
);

-- What changed at the source: redeployed, restarted, counter fell, paused. Drawn as markers on charts.
CREATE TABLE signal.change (
  source_id    integer        NOT NULL,
  interface_id integer        NOT NULL DEFAULT 0,
  at           timestamptz(3) NOT NULL,
  kind         text           NOT NULL,
  detail       text           NOT NULL DEFAULT '',
  PRIMARY KEY (source_id, interface_id, at, kind, detail)
);

-- Minutes about which nothing can be said: the source was silent to us, or its counters fell.
CREATE TABLE signal.unknown_interval (
  source_id  integer        NOT NULL,
  leg_id     integer        NOT NULL DEFAULT 0,
  from_at    timestamptz(3) NOT NULL,
  to_at      timestamptz(3),
  cause      text           NOT NULL,
  PRIMARY KEY (source_id, leg_id, from_at, cause)
);

-- ── Latency buckets ──────────────────────────────────────────────────────────────────────────────────────

-- Lower bounds of the latency buckets in milliseconds; bucket = width_bucket(latency, edges) - 1. Written out, so that
-- every release and every program counts with the same integers; a test compares them with lib/core/metric.
CREATE FUNCTION signal.latency_edges() RETURNS integer[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT ARRAY[
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
  31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 52, 54, 56, 58, 60, 62, 64, 66, 68,
  70, 72, 74, 76, 78, 80, 82, 84, 86, 88, 90, 92, 94, 96, 98, 100, 103, 106, 109, 112, 115, 118, 121, 124, 127, 130,
  133, 136, 139, 142, 145, 148, 151, 155, 159, 163, 167, 171, 175, 179, 183, 187, 191, 195, 199, 204, 209, 214, 219,
  224, 229, 234, 239, 244, 249, 255, 261, 267, 273, 279, 285, 291, 297, 304, 311, 318, 325, 332, 339, 346, 353, 361,
  369, 377, 385, 393, 401, 410, 419, 428, 437, 446, 456, 466, 476, 486, 496, 507, 518, 529, 540, 551, 563, 575, 587,
  599, 612, 625, 638, 651, 665, 679, 693, 708, 723, 738, 753, 769, 785, 801, 818, 835, 852, 870, 888, 906, 925, 944,
  964, 984, 1004, 1025, 1046, 1068, 1090, 1113, 1136, 1159, 1183, 1207, 1232, 1257, 1283, 1309, 1336, 1363, 1391,
  1420, 1449, 1479, 1509, 1540, 1572, 1604, 1637, 1671, 1705, 1740, 1776, 1812, 1849, 1887, 1926, 1965, 2005, 2046,
  2088, 2131, 2175, 2219, 2264, 2310, 2357, 2405, 2454, 2504, 2555, 2607, 2660, 2714, 2769, 2825, 2883, 2942, 3002,
  3063, 3125, 3189, 3254, 3320, 3388, 3457, 3527, 3599, 3672, 3747, 3823, 3901, 3980, 4061, 4144, 4228, 4314, 4402,
  4491, 4582, 4675, 4770, 4867, 4966, 5067, 5170, 5275, 5382, 5491, 5602, 5716, 5832, 5950, 6071, 6194, 6320, 6448,
  6579, 6712, 6848, 6987, 7129, 7274, 7421, 7571, 7724, 7881, 8041, 8204, 8370, 8540, 8713, 8890, 9070, 9254, 9441,
  9632, 9827, 10026, 10229, 10436, 10647, 10863, 11083, 11307, 11536, 11770, 12008, 12251, 12499, 12752, 13010, 13273,
  13542, 13816, 14096, 14381, 14672, 14969, 15272, 15581, 15896, 16218, 16546, 16881, 17223, 17571, 17926, 18289,
  18659, 19036, 19421, 19814, 20215, 20624, 21041, 21467, 21901, 22344, 22796, 23257, 23727, 24207, 24697, 25196,
  25706, 26226, 26756, 27297, 27849, 28412, 28986, 29572, 30170, 30780, 31402, 32037, 32685, 33346, 34020, 34708,
  35410, 36126, 36856, 37601, 38361, 39136, 39927, 40734, 41557, 42397, 43254, 44128, 45020, 45930, 46858, 47805,
  48771, 49757, 50763, 51789, 52836, 53904, 54993, 56104, 57238, 58395, 59575, 60779, 62007, 63260, 64538, 65842,
  67173, 68531, 69916, 71329, 72770, 74241, 75741, 77272, 78834, 80427, 82052, 83710, 85402, 87128, 88889, 90685,
  92518, 94388, 96295, 98241, 100226, 102251, 104317, 106425, 108576, 110770, 113008, 115291, 117621, 119998, 122423,
  124897, 127421, 129996, 132623, 135303, 138037, 140826, 143671, 146574, 149536, 152557, 155639, 158784, 161992,
  165265, 168604, 172011, 175486, 179032, 182649, 186339, 190104, 193945, 197864, 201862, 205941, 210102, 214347,
  218678, 223096, 227603, 232202, 236893, 241679, 246562, 251544, 256626, 261811, 267101, 272497, 278002, 283619,
  289349, 295195, 301159, 307244, 313451, 319784, 326245, 332836, 339560, 346420, 353419, 360559, 367844, 375276,
  382858, 390593, 398484, 406535, 414748, 423127, 431676, 440397, 449294, 458371, 467632, 477080, 486718, 496551,
  506583, 516818, 527259, 537911, 548778, 559865, 571176, 582715, 594488, 606498, 618751, 631252, 644005, 657016,
  670290, 683832, 697647, 711741, 726120, 740790, 755756, 771024, 786601, 802492, 818704, 835244, 852118, 869333,
  886896, 904814, 923094, 941743, 960769, 980179, 999981, 1020183, 1040793, 1061820, 1083271, 1105156, 1127483,
  1150261, 1173499, 1197207, 1221394, 1246069, 1271243, 1296925, 1323126, 1349856, 1377126, 1404947, 1433330, 1462287,
  1491829, 1521967, 1552714, 1584082, 1616084, 1648733, 1682041, 1716022, 1750690, 1786058, 1822140, 1858951, 1896506,
  1934820, 1973908, 2013785, 2054468, 2095973, 2138316, 2181515, 2225587, 2270549, 2316419, 2363216, 2410958, 2459665,
  2509356, 2560051, 2611770, 2664534, 2718363, 2773280, 2829306, 2886464, 2944777, 3004268, 3064961, 3126880, 3190050,
  3254496, 3320244, 3387320, 3455751, 3525565, 3596789, 3669452, 3743583, 3819211, 3896367, 3975082, 4055387, 4137315,
  4220898, 4306169, 4393163, 4481914, 4572458, 4664831, 4759071, 4855214, 4953300, 5053367, 5155456, 5259607, 5365862,
  5474264, 5584856, 5697682, 5812787, 5930218, 6050021, 6172244, 6296936, 6424147, 6553928, 6686331, 6821409, 6959216,
  7099807, 7243238, 7389567, 7538852, 7691153, 7846530, 8005046, 8166765, 8331751, 8500070, 8671789, 8846977, 9025704,
  9208042, 9394064, 9583844, 9777458, 9974983, 10176498, 10382084, 10591824, 10805801, 11024101, 11246811, 11474020,
  11705819, 11942301, 12183560, 12429693, 12680798, 12936976, 13198330, 13464963, 13736983, 14014498, 14297620,
  14586461, 14881137, 15181767, 15488470, 15801369, 16120589, 16446258, 16778506, 17117466, 17463274, 17816068,
  18175989, 18543181, 18917791, 19299969, 19689868, 20087644, 20493455, 20907465, 21329839, 21760745, 22200357,
  22648850, 23106403, 23573200, 24049427, 24535275, 25030938, 25536614, 26052506, 26578820, 27115766, 27663560,
  28222420, 28792570, 29374239, 29967658, 30573066, 31190704, 31820820, 32463665, 33119497, 33788578, 34471176,
  35167564, 35878020, 36602829, 37342281, 38096671, 38866301, 39651479, 40452519, 41269742, 42103475, 42954051,
  43821810, 44707100, 45610274, 46531694, 47471729, 48430754, 49409154, 50407319, 51425649, 52464552, 53524442,
  54605744, 55708891, 56834324, 57982493, 59153857, 60348885, 61568055, 62811855, 64080782, 65375344, 66696059,
  68043455, 69418071, 70820457, 72251174, 73710794, 75199901, 76719091, 78268972, 79850164, 81463299, 83109023,
  84787994, 86500883, 88248376, 90031172, 91849984, 93705540, 95598582, 97529867, 99500168, 101510273, 103560986,
  105653128, 107787535, 109965061, 112186578, 114452974, 116765156, 119124049, 121530596, 123985760, 126490523,
  129045888, 131652876, 134312531, 137025916, 139794117, 142618241, 145499418, 148438801, 151437565, 154496910,
  157618060, 160802264, 164050795, 167364953, 170746064, 174195480, 177714581, 181304775, 184967498, 188704216,
  192516423, 196405644, 200373435, 204421384, 208551109, 212764263, 217062531, 221447633, 225921323, 230485391,
  235141662, 239891999, 244738303, 249682512, 254726604, 259872597, 265122549, 270478561, 275942775, 281517377,
  287204597, 293006711, 298926039, 304964949, 311125858, 317411229, 323823578, 330365469, 337039519, 343848399,
  350794832, 357881597, 365111529, 372487520, 380012521, 387689542, 395521654, 403511991, 411663749, 419980189,
  428464638, 437120490, 445951207, 454960323, 464151441, 473528238, 483094466, 492853951, 502810597, 512968387,
  523331385, 533903737, 544689672, 555693504, 566919636, 578372558, 590056853, 601977194, 614138350, 626545186,
  639202665, 652115851, 665289909, 678730110, 692441830, 706430554, 720701879, 735261513, 750115281, 765269126,
  780729109, 796501415, 812592353, 829008361, 845756005, 862841985, 880273137, 898056433, 916198988, 934708059,
  953591051, 972855517, 992509164, 1012559855, 1033015610, 1053884613, 1075175212, 1096895924, 1119055438, 1141662619,
  1164726511, 1188256340, 1212261519, 1236751651, 1261736533, 1287226160, 1313230729, 1339760643, 1366826515,
  1394439172, 1422609661, 1451349251, 1480669438, 1510581952, 1541098760, 1572232069, 1603994334, 1636398260,
  1669456811, 1703183212, 1737590954, 1772693802, 1808505799, 1845041270, 1882314832, 1920341395, 1959136171,
  1998714680, 2039092755, 2080286549, 2122312540
]::integer[] $$;

-- ── Rollups ──────────────────────────────────────────────────────────────────────────────────────────────

-- hist_buckets/hist_counts hold three sparse histograms in one pair: bucket + 0 latency, + 1024 wait, + 2048 partner.
-- A bucket may stand there more than once: the counts of equal buckets add up.
CREATE TABLE signal.rollup_minute (
  leg_id       integer        NOT NULL,
  bucket_start timestamptz(0) NOT NULL,
  ok           integer        NOT NULL DEFAULT 0,
  failed       integer        NOT NULL DEFAULT 0,
  filtered     integer        NOT NULL DEFAULT 0,
  pending      integer        NOT NULL DEFAULT 0,
  unknown      integer        NOT NULL DEFAULT 0,
  first_ok     integer        NOT NULL DEFAULT 0,
  first_failed integer        NOT NULL DEFAULT 0,
  replays      integer        NOT NULL DEFAULT 0,
  suspects     integer        NOT NULL DEFAULT 0,
  hist_buckets smallint[]     NOT NULL DEFAULT '{}',
  hist_counts  integer[]      NOT NULL DEFAULT '{}',
  PRIMARY KEY (leg_id, bucket_start)
) PARTITION BY RANGE (bucket_start);

-- An hour by itself, and cumulative from the start of its UTC day to the end of the hour (cum_*).
-- hist and cum_hist are varint-coded sparse histograms. Two negative leg ids are groups: -1 all source legs, -2 all
-- destination legs.
CREATE TABLE signal.rollup_hour (
  leg_id           integer        NOT NULL,
  bucket_start     timestamptz(0) NOT NULL,
  ok               bigint         NOT NULL DEFAULT 0,
  failed           bigint         NOT NULL DEFAULT 0,
  filtered         bigint         NOT NULL DEFAULT 0,
  pending          bigint         NOT NULL DEFAULT 0,
  unknown          bigint         NOT NULL DEFAULT 0,
  first_ok         bigint         NOT NULL DEFAULT 0,
  first_failed     bigint         NOT NULL DEFAULT 0,
  replays          bigint         NOT NULL DEFAULT 0,
  suspects         bigint         NOT NULL DEFAULT 0,
  hist             bytea          NOT NULL DEFAULT '',
  cum_ok           bigint         NOT NULL DEFAULT 0,
  cum_failed       bigint         NOT NULL DEFAULT 0,
  cum_filtered     bigint         NOT NULL DEFAULT 0,
  cum_pending      bigint         NOT NULL DEFAULT 0,
  cum_unknown      bigint         NOT NULL DEFAULT 0,
  cum_first_ok     bigint         NOT NULL DEFAULT 0,
  cum_first_failed bigint         NOT NULL DEFAULT 0,
  cum_replays      bigint         NOT NULL DEFAULT 0,
  cum_suspects     bigint         NOT NULL DEFAULT 0,
  cum_hist         bytea          NOT NULL DEFAULT '',
  PRIMARY KEY (leg_id, bucket_start)
) PARTITION BY RANGE (bucket_start);

-- A UTC day by itself, and cumulative from the first day of the leg to the end of the day (cum_*).
CREATE TABLE signal.rollup_day (
  LIKE signal.rollup_hour INCLUDING DEFAULTS,
  PRIMARY KEY (leg_id, bucket_start)
) WITH (fillfactor = 70, toast_tuple_target = 8160);

-- Histograms stay in the row and uncompressed: a range is two rows a leg, and fetching them from a second table would
-- cost more than the rows. Varints hardly compress.
ALTER TABLE signal.rollup_hour ALTER COLUMN hist SET STORAGE EXTERNAL, ALTER COLUMN cum_hist SET STORAGE EXTERNAL;
ALTER TABLE signal.rollup_day ALTER COLUMN hist SET STORAGE EXTERNAL, ALTER COLUMN cum_hist SET STORAGE EXTERNAL;

-- Serialises recomputation per leg: whoever recomputes a leg holds its row.
CREATE TABLE signal.rollup_lock (
  leg_id integer PRIMARY KEY
);

-- Keys whose rollup must be recomputed. tier is 'minute' (from facts), 'hour' (hour, day and cumulative rows from minutes)
-- or 'group' (the same rows of a group, from the hours of its legs). version rises with every mark; a worker deletes a
-- key only at the version it has seen, so a mark made while it worked is never lost. It starts at the clock in
-- microseconds: a key that is deleted and marked anew never repeats a version that a slow worker may remember.
CREATE TABLE signal.dirty (
  tier         text           NOT NULL CHECK (tier IN ('minute', 'hour', 'group')),
  leg_id       integer        NOT NULL,
  bucket_start timestamptz(0) NOT NULL,
  version      bigint         NOT NULL DEFAULT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
  marked_at    timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tier, leg_id, bucket_start)
) WITH (fillfactor = 50);
CREATE INDEX dirty_newest ON signal.dirty (tier, bucket_start DESC);

-- ── Queues, cursors, leases ──────────────────────────────────────────────────────────────────────────────

CREATE TABLE signal.dead_letter (
  id           bigint         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source_id    integer        NOT NULL,
  reason       text           NOT NULL,
  detail       text           NOT NULL DEFAULT '',
  digest       bytea          NOT NULL,
  content_kind text           NOT NULL,
  key_id       text           NOT NULL,
  payload      bytea          NOT NULL,
  state        text           NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'resolved', 'discarded')),
  attempts     integer        NOT NULL DEFAULT 0,
  first_seen   timestamptz(3) NOT NULL DEFAULT now(),
  last_seen    timestamptz(3) NOT NULL DEFAULT now(),
  settled_at   timestamptz(3),
  result       text           NOT NULL DEFAULT '',
  UNIQUE (source_id, reason, digest)
);
COMMENT ON COLUMN signal.dead_letter.attempts IS 'How often it was tried to be stored: arrivals and retries.';
COMMENT ON COLUMN signal.dead_letter.settled_at IS 'When it was last retried or discarded; result says what came of it, in counts and reasons.';
CREATE INDEX dead_letter_open ON signal.dead_letter (last_seen DESC, id DESC) WHERE state = 'open';

-- One cursor per stream of a source, and what its health page shows.
CREATE TABLE signal.stream (
  source_id        integer        NOT NULL,
  stream           text           NOT NULL,
  cursor           jsonb          NOT NULL DEFAULT 'null',
  last_attempt_at  timestamptz(3),
  last_success_at  timestamptz(3),
  failures         integer        NOT NULL DEFAULT 0,
  circuit          text           NOT NULL DEFAULT 'closed' CHECK (circuit IN ('closed', 'open', 'half-open')),
  error_code       text,
  backlog          bigint,
  complete_back_to timestamptz(3),
  PRIMARY KEY (source_id, stream)
);

-- Recurring work is leased: token fences a holder that lost its lease.
CREATE TABLE signal.lease (
  name       text           PRIMARY KEY,
  holder     text           NOT NULL,
  token      bigint         NOT NULL DEFAULT 1,
  expires_at timestamptz(3) NOT NULL
);

CREATE TABLE signal.rate_limit (
  key    varchar(255) PRIMARY KEY,
  points integer      NOT NULL DEFAULT 0,
  expire bigint
);

-- ── Audit ────────────────────────────────────────────────────────────────────────────────────────────────

-- Our own audit. The app role may INSERT and SELECT only.
CREATE TABLE signal.audit_leaf (
  id          bigint         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at          timestamptz(3) NOT NULL,
  actor_kind  text           NOT NULL,
  actor_id    text           NOT NULL,
  action      char(1)        NOT NULL CHECK (action IN ('C', 'R', 'U', 'D', 'E')),
  permission  text           NOT NULL,
  entity_type text           NOT NULL,
  entity_id   text           NOT NULL DEFAULT '',
  outcome     text           NOT NULL CHECK (outcome IN ('success', 'denied', 'failure')),
  detail      jsonb          NOT NULL DEFAULT '{}',
  request_id  text           NOT NULL DEFAULT '',
  digest      bytea          NOT NULL
);
CREATE INDEX audit_leaf_at ON signal.audit_leaf (at DESC, id DESC);

-- Audit events of the engines. attributes may hold patient data and are encrypted by the application.
CREATE TABLE signal.external_audit_event (
  source_id       integer        NOT NULL,
  at              timestamptz(3) NOT NULL,
  id              bigint         NOT NULL,
  engine_event_id text           NOT NULL,
  name            text           NOT NULL,
  action          char(1)        NOT NULL CHECK (action IN ('C', 'R', 'U', 'D', 'E')),
  outcome         text           NOT NULL CHECK (outcome IN ('success', 'failure', 'authorised', 'unknown')),
  actor_id        text,
  actor_name      text,
  claimed_address text,
  object_type     text,
  object_id       text,
  object_name     text,
  patient_ref     bytea,
  own_polling     boolean        NOT NULL DEFAULT false,
  body_digest     bigint         NOT NULL,
  key_id          text,
  attributes      bytea,
  observed_at     timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (source_id, at, id)
) PARTITION BY RANGE (at);
CREATE INDEX external_audit_actor ON signal.external_audit_event (actor_name, at DESC);
CREATE INDEX external_audit_at ON signal.external_audit_event (at DESC, id DESC);
-- Our own polling is most of an engine's audit log and is left out of lists by default.
CREATE INDEX external_audit_people ON signal.external_audit_event (at DESC, id DESC) WHERE NOT own_polling;

-- ── Partitions ───────────────────────────────────────────────────────────────────────────────────────────

-- Owner's rights: the app role may call these two, it may not create or drop tables itself. Parents are a closed list:
-- delivery, rollup_minute, leg_sample, source_sample in days; rollup_hour, external_audit_event in months.
CREATE FUNCTION signal.ensure_partitions(parent text, from_day date, to_day date) RETURNS integer
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
      EXECUTE format('CREATE TABLE signal.%I PARTITION OF signal.%I FOR VALUES FROM (%L) TO (%L) WITH (%s)',
                     part, parent, lower_day::text || ' 00:00:00+00', upper_day::text || ' 00:00:00+00',
                     CASE parent WHEN 'rollup_minute' THEN 'fillfactor = 70'
                                 WHEN 'rollup_hour' THEN 'fillfactor = 70, toast_tuple_target = 8160'
                                 ELSE 'fillfactor = 100' END);
      made := made + 1;
    END IF;
    lower_day := upper_day;
  END LOOP;
  RETURN made;
END $$;

-- Drops the partitions of one parent that end on or before the given day. Parents are a closed list.
CREATE FUNCTION signal.drop_partitions_before(parent text, before_day date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = signal, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  dropped integer := 0;
  part record;
BEGIN
  IF parent NOT IN ('delivery', 'rollup_minute', 'leg_sample', 'source_sample', 'rollup_hour', 'external_audit_event') THEN
    RAISE EXCEPTION 'not a partitioned table of facts';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('signal.partitions'));
  FOR part IN
    SELECT c.relname, (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \(''(\d{4}-\d{2}-\d{2})'))[1]::date AS upper_day
    FROM pg_inherits i
    JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = ('signal.' || parent)::regclass
  LOOP
    IF part.upper_day <= before_day THEN
      EXECUTE format('DROP TABLE signal.%I', part.relname);
      dropped := dropped + 1;
    END IF;
  END LOOP;
  RETURN dropped;
END $$;

REVOKE ALL ON FUNCTION signal.ensure_partitions(text, date, date), signal.drop_partitions_before(text, date) FROM PUBLIC;
