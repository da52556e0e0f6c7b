import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

const credentialsSchema = z.object({ superuser: z.string(), owner: z.string(), app: z.string() }).readonly();

/** Passwords of the three database roles of one installation. */
export type Credentials = z.infer<typeof credentialsSchema>;

/** Reads the passwords from an owner-only file, making both on first use. Safe when two processes start at once. */
export async function readOrCreateCredentials(file: string): Promise<Credentials> {
  const fresh = JSON.stringify({ superuser: newPassword(), owner: newPassword(), app: newPassword() });
  await writeFile(file, fresh, { flag: "wx", mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  return credentialsSchema.parse(await readJsonOnceWritten(file));
}

/** The other starter may have created the file but not filled it yet. */
async function readJsonOnceWritten(file: string): Promise<unknown> {
  for (let wait = 0; wait < 20; wait += 1) {
    const text = await readFile(file, "utf8");
    if (text.endsWith("}")) return JSON.parse(text);
    await sleep(50);
  }
  return JSON.parse(await readFile(file, "utf8"));
}

function newPassword(): string {
  return randomBytes(24).toString("base64url");
}
