-- Machines: tokens that are renewed without a gap, and API clients with short-lived access tokens (RFC 6749, 4.4).

ALTER TABLE "access_token"
  ADD COLUMN "previous_hash" BYTEA,
  ADD COLUMN "previous_until" TIMESTAMPTZ(3);
CREATE UNIQUE INDEX "access_token_previous_hash_key" ON "access_token"("previous_hash");

CREATE TABLE "api_client" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "source_id" INTEGER,
    "secret_hash" BYTEA NOT NULL,
    "previous_hash" BYTEA,
    "previous_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_client_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "api_client_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "client_access" (
    "token_hash" BYTEA NOT NULL,
    "client_id" UUID NOT NULL,
    "scopes" TEXT[],
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "client_access_pkey" PRIMARY KEY ("token_hash"),
    CONSTRAINT "client_access_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "api_client"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "client_access_client_id_idx" ON "client_access"("client_id");
CREATE INDEX "client_access_expires_at_idx" ON "client_access"("expires_at");
