import { database } from "./client";

type Asked = {
  readonly challenge: Buffer;
  /** Key of the session that may answer. */
  readonly sessionHash: Buffer;
  readonly purpose: "register" | "prove";
  readonly now: Date;
};

/** Keeps a challenge until it is answered or out of date; those out of date go. */
export async function insertChallenge({
  expiresAt,
  ...asked
}: Asked & { readonly expiresAt: Date }): Promise<void> {
  const { prisma } = database();
  await prisma.passkeyChallenge.deleteMany({ where: { expiresAt: { lte: asked.now } } });
  await prisma.passkeyChallenge.create({
    data: {
      challenge: new Uint8Array(asked.challenge),
      sessionHash: new Uint8Array(asked.sessionHash),
      purpose: asked.purpose,
      expiresAt,
    },
  });
}

/** Uses a challenge up. False when this session was not asked it for this purpose, took too long, or has answered. */
export async function consumeChallenge({ challenge, sessionHash, purpose, now }: Asked): Promise<boolean> {
  const { count } = await database().prisma.passkeyChallenge.deleteMany({
    where: {
      challenge: new Uint8Array(challenge),
      sessionHash: new Uint8Array(sessionHash),
      purpose,
      expiresAt: { gt: now },
    },
  });
  return count > 0;
}
