-- People: roles with the department they are held for, invitations, acts that wait for a second person, notices.

ALTER TABLE "user" ADD COLUMN "joined_at" TIMESTAMPTZ(3);
UPDATE "user" SET "joined_at" = "created_at";

CREATE TABLE "role_grant" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "department" TEXT,
    "granted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "granted_by" TEXT NOT NULL,

    CONSTRAINT "role_grant_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "role_grant_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
-- NULL is every department: such a grant exists once.
CREATE UNIQUE INDEX "role_grant_user_id_role_department_key" ON "role_grant"("user_id", "role", "department") NULLS NOT DISTINCT;

-- What people held so far they held everywhere.
INSERT INTO "role_grant" ("user_id", "role", "granted_at", "granted_by")
SELECT DISTINCT u."id", held."role", u."created_at", 'upgrade' FROM "user" u CROSS JOIN LATERAL unnest(u."roles") AS held("role");
ALTER TABLE "user" DROP COLUMN "roles";

CREATE TABLE "invitation" (
    "token_hash" BYTEA NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("token_hash"),
    CONSTRAINT "invitation_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "invitation_user_id_idx" ON "invitation"("user_id");

CREATE TABLE "approval" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "requester_id" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "escalated_at" TIMESTAMPTZ(3),
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "reason" TEXT,

    CONSTRAINT "approval_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "approval_requester_id_fkey" FOREIGN KEY ("requester_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "approval_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "approval_outcome_check" CHECK ("outcome" IN ('approved', 'declined', 'withdrawn', 'void', 'expired')),
    CONSTRAINT "approval_decided_check" CHECK (("outcome" IS NULL) = ("decided_at" IS NULL)),
    -- Two people, whatever the program above does.
    CONSTRAINT "approval_second_person_check" CHECK ("decided_by_id" <> "requester_id"),
    CONSTRAINT "approval_decider_check" CHECK ("outcome" IS NULL OR "outcome" NOT IN ('approved', 'declined', 'void') OR "decided_by_id" IS NOT NULL)
);
CREATE INDEX "approval_outcome_expires_at_idx" ON "approval"("outcome", "expires_at");

CREATE TABLE "notice" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "permission" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "notice_permission_at_idx" ON "notice"("permission", "at");

CREATE TABLE "notice_seen" (
    "notice_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notice_seen_pkey" PRIMARY KEY ("notice_id", "user_id"),
    CONSTRAINT "notice_seen_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "notice_seen_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
