import { Secret, TOTP } from "otpauth";

const periodMs = 30_000;
const sendingMs = 10_000;

/** An authenticator app: gives codes that the product takes now, each at most once. */
export type Authenticator = { readonly nextCode: () => Promise<string> };

/** Takes in a secret as it stands on the page. */
export function anAuthenticator(secret: string): Authenticator {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  let usedStep = Number.NEGATIVE_INFINITY;
  return {
    nextCode: async () => {
      // The step before the present one and the one after it count too. The oldest is taken that counts long enough for
      // the page to send it.
      const step = Math.max(usedStep + 1, stepAt(Date.now() + sendingMs) - 1);
      usedStep = step;
      while (stepAt(Date.now()) < step - 1) await pause(500);
      return totp.generate({ timestamp: step * periodMs });
    },
  };
}

function stepAt(ms: number): number {
  return Math.floor(ms / periodMs);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
