-- Passkeys and security keys (WebAuthn), and the challenges that they answer.

CREATE TABLE "passkey" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "credential_id" BYTEA NOT NULL,
    "public_key" BYTEA NOT NULL,
    "name" TEXT NOT NULL,
    "sign_count" BIGINT NOT NULL,
    "transports" TEXT[],
    "is_backed_up" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "passkey_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "passkey_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "passkey_credential_id_key" ON "passkey"("credential_id");
CREATE INDEX "passkey_user_id_idx" ON "passkey"("user_id");

-- Answered once, by the session that it was given to: deleting the row is the answer.
CREATE TABLE "passkey_challenge" (
    "challenge" BYTEA NOT NULL,
    "session_hash" BYTEA NOT NULL,
    "purpose" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "passkey_challenge_pkey" PRIMARY KEY ("challenge"),
    CONSTRAINT "passkey_challenge_session_hash_fkey" FOREIGN KEY ("session_hash") REFERENCES "session"("token_hash") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "passkey_challenge_purpose_check" CHECK ("purpose" IN ('register', 'prove'))
);
CREATE INDEX "passkey_challenge_session_hash_idx" ON "passkey_challenge"("session_hash");
