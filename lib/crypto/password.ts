import { hash, verify } from "@node-rs/argon2";

/** argon2id with 19 MiB, 2 passes, 1 lane: the OWASP Password Storage minimum. argon2id is the library's default. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The PHC string of a password, with a salt of its own. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/**
 * Whether the password is the one behind `stored`. Without a stored hash the same work is done against a decoy, so
 * that an unknown account takes as long as a wrong password.
 */
export async function verifyPassword(question: {
  readonly stored: string | undefined;
  readonly password: string;
}): Promise<boolean> {
  decoy ??= hashPassword("no account has this password");
  const isRight = await verify(question.stored ?? (await decoy), question.password);
  return isRight && question.stored !== undefined;
}

let decoy: Promise<string> | undefined;
