import { generateKeyPairSync, sign, X509Certificate } from "node:crypto";

export type SelfSigned = {
  /** PEM. */
  readonly key: string;
  readonly cert: string;
  /** SHA-256 as `AA:BB:…`. */
  readonly fingerprint: string;
};

/** Makes a key and a certificate (X.509 v3, Ed25519) of this name for 127.0.0.1 that nobody else signed. */
export function makeSelfSigned(of: {
  readonly name: string;
  readonly from: Date;
  /** Before 2050. */
  readonly until: Date;
}): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const algorithm = sequence(oid("2b6570"));
  const name = sequence(tag(0x31, sequence(oid("550403"), tag(0x0c, Buffer.from(of.name)))));
  const alternativeName = sequence(tag(0x87, Buffer.from([127, 0, 0, 1])));
  const extensions = tag(0xa3, sequence(sequence(oid("551d11"), tag(0x04, alternativeName))));
  const toSign = sequence(
    tag(0xa0, tag(0x02, Buffer.from([2]))),
    tag(0x02, Buffer.from([1])),
    algorithm,
    name,
    sequence(utcTime(of.from), utcTime(of.until)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    extensions,
  );
  const signature = tag(0x03, Buffer.concat([Buffer.from([0]), sign(null, toSign, privateKey)]));
  const certificate = new X509Certificate(sequence(toSign, algorithm, signature));
  const key = privateKey.export({ type: "pkcs8", format: "pem" });
  return { key: String(key), cert: certificate.toString(), fingerprint: certificate.fingerprint256 };
}

/** YYMMDDHHMMSSZ. */
function utcTime(at: Date): Buffer {
  return tag(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replace(/[-T:]/g, "")}Z`));
}

/** DER (X.690): tag, length, content. */
function tag(type: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([type, ...size]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tag(0x30, Buffer.concat(parts));
}

function oid(hex: string): Buffer {
  return tag(0x06, Buffer.from(hex, "hex"));
}
