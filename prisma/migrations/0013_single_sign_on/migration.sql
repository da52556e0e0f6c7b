-- Signing in by an identity provider, emergency accounts for the day it is away, deputies of approvers, wall boards.

-- Somebody at an identity provider, by issuer and subject alone (OpenID Connect Core, 5.7).
CREATE TABLE "sso_identity" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_sign_in_at" TIMESTAMPTZ(3),

    CONSTRAINT "sso_identity_pkey" PRIMARY KEY ("issuer", "subject"),
    CONSTRAINT "sso_identity_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "sso_identity_user_id_idx" ON "sso_identity"("user_id");

-- What a group of the provider stands for here.
CREATE TABLE "group_role" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "group_name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "department" TEXT,
    "mapped_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "mapped_by" TEXT NOT NULL,

    CONSTRAINT "group_role_pkey" PRIMARY KEY ("id")
);
-- NULL is every department: such a mapping exists once.
CREATE UNIQUE INDEX "group_role_group_name_role_department_key" ON "group_role"("group_name", "role", "department") NULLS NOT DISTINCT;

-- Local accounts that are kept for the day on which the provider is away.
CREATE TABLE "emergency_account" (
    "user_id" UUID NOT NULL,
    "marked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "marked_by" TEXT NOT NULL,

    CONSTRAINT "emergency_account_pkey" PRIMARY KEY ("user_id"),
    CONSTRAINT "emergency_account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Every use of one. No foreign key: it outlives the account.
CREATE TABLE signal.emergency_use (
  id          uuid           PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id     uuid           NOT NULL,
  at          timestamptz(3) NOT NULL,
  address     text,
  reviewed_by uuid           CHECK (reviewed_by <> user_id),
  reviewed_at timestamptz(3),
  review_text text           CHECK (review_text <> ''),
  CHECK (num_nulls(reviewed_by, reviewed_at, review_text) IN (0, 3))
);
CREATE INDEX emergency_use_to_review ON signal.emergency_use (at) WHERE reviewed_at IS NULL;

CREATE FUNCTION signal.emergency_use_once() RETURNS trigger LANGUAGE plpgsql SET search_path = signal, pg_temp AS $$
BEGIN
  IF OLD.reviewed_at IS NOT NULL THEN
    RAISE EXCEPTION 'a use is reviewed once';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER emergency_use_once BEFORE UPDATE ON signal.emergency_use
  FOR EACH ROW EXECUTE FUNCTION signal.emergency_use_once();

-- Who decides for an approver who is away.
CREATE TABLE "approval_deputy" (
    "id" UUID NOT NULL,
    "approver_id" UUID NOT NULL,
    "deputy_id" UUID NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "approval_deputy_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "approval_deputy_approver_id_fkey" FOREIGN KEY ("approver_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "approval_deputy_deputy_id_fkey" FOREIGN KEY ("deputy_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "approval_deputy_other_check" CHECK ("deputy_id" <> "approver_id"),
    CONSTRAINT "approval_deputy_time_check" CHECK ("until_at" > "from_at")
);
CREATE INDEX "approval_deputy_deputy_id_idx" ON "approval_deputy"("deputy_id");
CREATE INDEX "approval_deputy_approver_id_idx" ON "approval_deputy"("approver_id");

-- For whom a deputy decided: as little as the deputy may that be whoever asked.
ALTER TABLE "approval" ADD COLUMN "decided_for_id" UUID;
ALTER TABLE "approval" ADD CONSTRAINT "approval_decided_for_id_fkey" FOREIGN KEY ("decided_for_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "approval" ADD CONSTRAINT "approval_decided_for_check" CHECK ("decided_for_id" <> "requester_id" AND "decided_for_id" <> "decided_by_id");

-- A screen on a wall. The link opens it once; of link and token only the SHA-256 are kept.
CREATE TABLE "display" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "ranges" TEXT[] NOT NULL,
    "link_hash" BYTEA,
    "link_until" TIMESTAMPTZ(3) NOT NULL,
    "token_hash" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "last_address" TEXT,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "display_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "display_link_hash_key" ON "display"("link_hash");
CREATE UNIQUE INDEX "display_token_hash_key" ON "display"("token_hash");
