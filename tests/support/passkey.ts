import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import type { NewPasskey, PasskeyProof } from "@/lib/core/account/schema";

/** How an answer deviates from what an honest authenticator in an honest browser would send. */
type Deviation = {
  readonly origin?: string;
  readonly rpId?: string;
  readonly signCount?: number;
  readonly isUserVerified?: boolean;
  /** Another key signs than the one that was registered. */
  readonly isForged?: boolean;
};

type Cbor = Parameters<typeof isoCBOR.encode>[0];
type Options = { readonly challenge: string };

/** A passkey in software (WebAuthn Level 3, ES256), at home at one site; tests make it lie. */
export type SoftwarePasskey = {
  readonly id: string;
  readonly create: (options: Options, lie?: Deviation) => NewPasskey["answer"];
  readonly sign: (options: Options, lie?: Deviation) => PasskeyProof;
};

export function aPasskey(home: { readonly origin: string; readonly rpId: string }): SoftwarePasskey {
  const keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const credentialId = randomBytes(32);
  const id = credentialId.toString("base64url");
  let signCount = 0;
  return {
    id,
    create: ({ challenge }, lie = {}) => {
      const clientData = clientDataOf({
        type: "webauthn.create",
        challenge,
        origin: lie.origin ?? home.origin,
      });
      const head = authenticatorData({ ...home, signCount, ...lie, hasKey: true });
      const length = Buffer.from([credentialId.length >> 8, credentialId.length & 0xff]);
      const authData = Buffer.concat([head, Buffer.alloc(16), length, credentialId, coseKey(keys.publicKey)]);
      const attestation = new Map<string, Cbor>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", new Uint8Array(authData)],
      ]);
      const attestationObject = Buffer.from(isoCBOR.encode(attestation)).toString("base64url");
      const response = {
        clientDataJSON: clientData.toString("base64url"),
        attestationObject,
        transports: ["usb"],
      };
      return { id, rawId: id, type: "public-key", response };
    },
    sign: ({ challenge }, lie = {}) => {
      signCount += 1;
      const clientData = clientDataOf({ type: "webauthn.get", challenge, origin: lie.origin ?? home.origin });
      const authData = authenticatorData({ ...home, signCount, ...lie, hasKey: false });
      const signed = Buffer.concat([authData, createHash("sha256").update(clientData).digest()]);
      const signer = lie.isForged ? generateKeyPairSync("ec", { namedCurve: "P-256" }) : keys;
      const response = {
        clientDataJSON: clientData.toString("base64url"),
        authenticatorData: authData.toString("base64url"),
        signature: sign("sha256", signed, signer.privateKey).toString("base64url"),
      };
      return { id, rawId: id, type: "public-key", response };
    },
  };
}

function clientDataOf(data: { readonly type: string; readonly challenge: string; readonly origin: string }) {
  return Buffer.from(JSON.stringify({ ...data, crossOrigin: false }));
}

/** Hash of the site, flags (user present, verified, attested key), counter (WebAuthn Level 3, 6.1). */
function authenticatorData(of: {
  readonly rpId: string;
  readonly signCount: number;
  readonly isUserVerified?: boolean;
  readonly hasKey: boolean;
}): Buffer {
  const flags = 0x01 | (of.isUserVerified === false ? 0 : 0x04) | (of.hasKey ? 0x40 : 0);
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(of.signCount);
  return Buffer.concat([createHash("sha256").update(of.rpId).digest(), Buffer.from([flags]), counter]);
}

/** A P-256 key as COSE says it: key type EC2, ES256, curve, x, y (RFC 9053, 7.1.1). */
function coseKey(key: ReturnType<typeof generateKeyPairSync>["publicKey"]): Buffer {
  const { x = "", y = "" } = key.export({ format: "jwk" });
  const coordinate = (text: string) => new Uint8Array(Buffer.from(text, "base64url"));
  const cose = new Map<number, Cbor>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, coordinate(x)],
    [-3, coordinate(y)],
  ]);
  return Buffer.from(isoCBOR.encode(cose));
}
