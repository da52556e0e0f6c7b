import { makeSelfSigned } from "@/lib/crypto/self-signed";
import type { insertDemoSource } from "@/lib/db/demo";

type NewSource = Parameters<typeof insertDemoSource>[1];

/** CX.4 of every identifier that the demo makes up. */
const authority = "DEMOHOSP";

/** Everything is on this machine, and ports let in nobody else. */
const onLoopback = { host: "127.0.0.1", allowedPeers: "127.0.0.1" } as const;
const dicomPlace = { timeZone: "UTC", assigningAuthority: authority, accessionIssuer: authority } as const;

/** The stub engine accepts these and nothing else. */
const demoEngineLogin = { username: "admin", password: "admin-of-the-demo" } as const;

/**
 * The sources of the demo besides the one that pushes, with their secrets. Their ports follow each other from `firstPort`; the
 * worker takes others where they are taken, and changes them here.
 */
export function demoSources(of: {
  readonly firstPort: number;
  readonly now: Date;
}): readonly (Omit<NewSource, "pausedAt"> & { readonly secrets: Readonly<Record<string, string>> })[] {
  const { firstPort, now } = of;
  const at = (offset: number) => `http://127.0.0.1:${firstPort + offset}`;
  return [
    {
      kind: "mirth",
      name: "Demo hospital – interface engine",
      config: {
        url: at(0),
        username: demoEngineLogin.username,
        tls: "verify",
        // The past before the demo began is loaded at once; only what came since is read through the protocol.
        backfillDays: 1,
        errorTextsPerMinute: 60,
        timeoutSeconds: 30,
      },
      secrets: { password: demoEngineLogin.password },
    },
    {
      kind: "hl7-mllp",
      name: "Demo hospital – copies of HL7",
      config: {
        ...onLoopback,
        port: firstPort + 1,
        mode: "tap",
        copies: "messages",
        interfaceName: "Copies of HL7 – beside the engine",
        tls: "on",
        facts: "read",
        assigningAuthority: authority,
        timeZone: "UTC",
      },
      // Soon to expire, so that the estate has something to say.
      secrets: certificateOf("hl7-copies.demo", { now, days: 23 }),
    },
    {
      kind: "atna-syslog",
      name: "Demo hospital – audit trails of EHR and PACS",
      config: { ...onLoopback, port: firstPort + 2, transport: "tls", assigningAuthority: authority },
      secrets: certificateOf("audit-trails.demo", { now, days: 700 }),
    },
    {
      kind: "dicomweb",
      name: "Demo hospital – PACS",
      config: { ...dicomPlace, url: `${at(3)}/dicom-web`, daysBack: 2, everySeconds: 30, timeoutSeconds: 30 },
      secrets: {},
    },
    {
      kind: "dimse",
      name: "Demo hospital – worklist of the RIS",
      config: {
        ...dicomPlace,
        host: "127.0.0.1",
        port: firstPort + 4,
        calledAe: "DEMORIS",
        callingAe: "SIGNALBOX",
        studies: "no",
        worklist: "yes",
        daysBack: 2,
        everySeconds: 30,
        timeoutSeconds: 30,
      },
      secrets: {},
    },
    {
      kind: "mpps",
      name: "Demo hospital – steps of the modalities",
      config: { ...onLoopback, ...dicomPlace, port: firstPort + 5, aeTitle: "SIGNALBOX", tls: "off" },
      secrets: {},
    },
  ];
}

/** How many ports the sources take. */
export const demoPorts = 6;

const dayMs = 86_400_000;

function certificateOf(name: string, { now, days }: { readonly now: Date; readonly days: number }) {
  const from = new Date(now.getTime() - 30 * dayMs);
  const { cert, key } = makeSelfSigned({ name, from, until: new Date(now.getTime() + days * dayMs) });
  return { certificate: cert, key };
}
