import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Actor } from "@/lib/core/authz/actor";
import { type ResealedTable, resealedTables, resealSchema } from "@/lib/core/sealed/schema";
import { KEY_LOOK_AGAIN_MS, keyRing, rotateKeyRing } from "@/lib/crypto/key-ring";
import { noticeChannelPurpose } from "@/lib/crypto/notice-secret";
import { patientKeyPurpose } from "@/lib/crypto/patient-key";
import { open, seal } from "@/lib/crypto/seal";
import { sourceSecretPurpose } from "@/lib/crypto/source-secret";
import { totpPurpose } from "@/lib/crypto/totp";
import { lockKeys, lockRowsOfOtherKeys, replaceSealed } from "@/lib/db/sealed-rows";
import { DEAD_LETTER_PURPOSE } from "@/lib/ingest/keep-rejects";
import { command } from "@/lib/services/command";

const BATCH_ROWS = 500;

/**
 * Makes a new key, with which everything is sealed from now on, and seals anew what the earlier keys sealed, in small
 * transactions beside the running product. Earlier keys stay in the file: backups, attributes of external audit events
 * and references to patients need them. Answers with the new key's id and how many rows were sealed anew.
 * @throws AppError forbidden | internal when the keys file cannot be replaced
 */
export async function rotateKeys(actor: Actor): Promise<{ readonly keyId: string; readonly rows: number }> {
  const { keyId } = await addNewKey(actor, {});
  const first = await resealAll(actor);
  // Other processes may have sealed with the key before until they looked at the file again.
  await sleep(2 * KEY_LOOK_AGAIN_MS);
  return { keyId, rows: first + (await resealAll(actor)) };
}

/** Adds a key to the keys file and makes it the current one. Input: {}. @throws AppError forbidden | internal */
export const addNewKey = command({
  permission: "setting.write",
  stepUp: true,
  input: z.object({}),
  run: async ({ tx }) => {
    await lockKeys(tx);
    return { keyId: rotateKeyRing() };
  },
  audit: ({ result }) => ({ action: "C", entityType: "encryption-key", entityId: result.keyId }),
});

/** Seals the next rows of one table with the current key. Input: { table }. Answers with how many they were. */
export const resealRows = command({
  permission: "setting.write",
  stepUp: true,
  input: resealSchema,
  run: async ({ tx, input: { table } }) => {
    const keyId = keyRing().current;
    const rows = await lockRowsOfOtherKeys(tx, { table, keyId, limit: BATCH_ROWS });
    for (const { rowId, place, ...sealed } of rows) {
      const purpose = purposeOf(table, place);
      await replaceSealed(tx, { table, rowId, ...seal(open(sealed, purpose), purpose) });
    }
    return { keyId, rows: rows.length };
  },
  audit: ({ input, result }) => ({
    action: "U",
    entityType: "encryption-key",
    entityId: result.keyId,
    detail: { table: input.table, rows: result.rows },
  }),
});

async function resealAll(actor: Actor): Promise<number> {
  let all = 0;
  for (const table of resealedTables) {
    for (let rows = BATCH_ROWS; rows === BATCH_ROWS; all += rows) {
      ({ rows } = await resealRows(actor, { table }));
    }
  }
  return all;
}

function purposeOf(table: ResealedTable, place: readonly string[]): string {
  const [first = "", second = ""] = place;
  switch (table) {
    case "source_secret":
      return sourceSecretPurpose({ sourceId: Number(first), name: second });
    case "totp_factor":
      return totpPurpose(first);
    case "dead_letter":
      return DEAD_LETTER_PURPOSE;
    case "patient_key":
      return patientKeyPurpose(first);
    case "notice_channel":
      return noticeChannelPurpose(first);
  }
}
