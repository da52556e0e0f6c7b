import { Secret, TOTP } from "otpauth";

const periodMs = 30_000;

/** An authenticator app: gives codes that the product takes now, each at most once. */
export type Authenticator = { readonly nextCode: () => Promise<string> };

/** Takes in a secret as it stands on the page. */
export function anAuthenticator(secret: string): Authenticator {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  let usedStep = Number.NEGATIVE_INFINITY;
  return {
    nextCode: async () => {
      // The step before the present one and the one after it count too: room for three codes at any time.
      const step = Math.max(usedStep + 1, stepNow() - 1);
      usedStep = step;
      while (stepNow() < step - 1) await pause(500);
      return totp.generate({ timestamp: step * periodMs });
    },
  };
}

function stepNow(): number {
  return Math.floor(Date.now() / periodMs);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
