import { createHash } from "node:crypto";
import { commonPasswordDigests } from "./common-password-digests";

let known: ReadonlySet<number> | undefined;

/** Whether a password is one of the most used, in whatever case: the first that anybody tries (OWASP ASVS 5.0, 6.2.4). */
export function isCommonPassword(password: string): boolean {
  known ??= readDigests();
  return known.has(createHash("sha256").update(password.toLowerCase()).digest().readUInt32BE(0));
}

function readDigests(): ReadonlySet<number> {
  const bytes = Buffer.from(commonPasswordDigests, "base64");
  return new Set(Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readUInt32BE(4 * index)));
}
