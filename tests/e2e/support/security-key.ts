import type { CDPSession, Page } from "@playwright/test";

/** A security key that the browser of a page believes to be plugged in (WebAuthn Level 3, 11). */
export type SecurityKey = {
  /** How many passkeys it keeps. */
  readonly count: () => Promise<number>;
  /** Whether its person verifies themselves when asked. */
  readonly setVerified: (isVerified: boolean) => Promise<void>;
};

/** Plugs one in. */
export async function plugInKey(page: Page): Promise<SecurityKey> {
  const devtools: CDPSession = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "usb",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    count: async () =>
      (await devtools.send("WebAuthn.getCredentials", { authenticatorId })).credentials.length,
    setVerified: async (isUserVerified) => {
      await devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
    },
  };
}
