-- The estate: every system that takes part in the exchange, what is known of it, what is planned, and what its TLS says.

CREATE TABLE "system" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "product" TEXT,
    "version" TEXT,
    "site" TEXT,
    "department" TEXT,
    "contact" TEXT,
    "ae_title" TEXT,
    "endpoint" TEXT,
    "note" TEXT,
    "source_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_by" TEXT NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "system_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "system" ADD CONSTRAINT "system_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What the last handshake with a system's endpoint showed; the dates stay from the last one that worked.
CREATE TABLE "system_certificate" (
    "system_id" UUID NOT NULL,
    "tried_at" TIMESTAMPTZ(3) NOT NULL,
    "problem" TEXT,
    "read_at" TIMESTAMPTZ(3),
    "subject" TEXT,
    "issuer" TEXT,
    "valid_from" TIMESTAMPTZ(3),
    "valid_to" TIMESTAMPTZ(3),
    "protocol" TEXT,

    CONSTRAINT "system_certificate_pkey" PRIMARY KEY ("system_id")
);
ALTER TABLE "system_certificate" ADD CONSTRAINT "system_certificate_system_id_fkey" FOREIGN KEY ("system_id") REFERENCES "system"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "system_maintenance" (
    "id" UUID NOT NULL,
    "system_id" UUID NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3) NOT NULL,
    "what" TEXT NOT NULL,
    "planned_by" TEXT NOT NULL,
    "cancelled_at" TIMESTAMPTZ(3),

    CONSTRAINT "system_maintenance_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "system_maintenance" ADD CONSTRAINT "system_maintenance_system_id_fkey" FOREIGN KEY ("system_id") REFERENCES "system"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "system_maintenance" ADD CONSTRAINT "system_maintenance_order_check" CHECK ("from_at" < "until_at");
CREATE INDEX "system_maintenance_system_id_until_at_idx" ON "system_maintenance"("system_id", "until_at");

-- DICOM conformance statements, all versions that were kept.
CREATE TABLE "conformance_statement" (
    "id" UUID NOT NULL,
    "system_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "dated" DATE NOT NULL,
    "content" BYTEA NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "added_by" TEXT NOT NULL,

    CONSTRAINT "conformance_statement_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "conformance_statement" ADD CONSTRAINT "conformance_statement_system_id_fkey" FOREIGN KEY ("system_id") REFERENCES "system"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "conformance_statement_system_id_idx" ON "conformance_statement"("system_id");
