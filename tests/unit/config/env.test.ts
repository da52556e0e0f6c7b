import path from "node:path";
import { describe, expect, test } from "vitest";
import { ConfigurationError, parseEnv } from "@/lib/config/env";

function problemsOf(raw: Record<string, string>): readonly string[] {
  try {
    parseEnv(raw);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ variable }) => variable);
    throw error;
  }
}

describe("settings", () => {
  test("an empty environment gives the documented defaults", () => {
    expect(parseEnv({})).toEqual({
      mode: "production",
      host: "127.0.0.1",
      port: 3000,
      ingestPort: 3001,
      databaseUrl: undefined,
      databaseOwnerUrl: undefined,
      fileRoots: [],
      dataDir: path.resolve(".signalbox"),
      publicUrl: "http://localhost:3000",
      keysFile: path.resolve(".signalbox", "keys.json"),
      signingKeysFile: path.resolve(".signalbox", "signing-keys.json"),
      trustedProxies: [],
      backupDir: undefined,
      auditWitnessFile: path.resolve(".signalbox", "audit-witness.ndjson"),
      tls: undefined,
      oidc: undefined,
      logLevel: "info",
    });
  });

  test("the public address follows the port and the keys file follows the data folder", () => {
    const env = parseEnv({ PORT: "4100", SIGNALBOX_DATA_DIR: "/srv/box" });
    expect(env.publicUrl).toBe("http://localhost:4100");
    expect(env.keysFile).toBe(path.join(path.resolve("/srv/box"), "keys.json"));
  });

  test("an empty variable counts as unset", () => {
    expect(parseEnv({ PORT: "" }).port).toBe(3000);
  });

  test("the settings are frozen", () => {
    expect(Object.isFrozen(parseEnv({}))).toBe(true);
  });

  test("every bad variable is named at once", () => {
    expect(
      problemsOf({
        PORT: "70000",
        INGEST_PORT: "x",
        DATABASE_URL: "mysql://a",
        LOG_LEVEL: "loud",
        SIGNALBOX_PUBLIC_URL: "box",
      }),
    ).toEqual(["PORT", "INGEST_PORT", "DATABASE_URL", "SIGNALBOX_PUBLIC_URL", "LOG_LEVEL"]);
  });

  test("the refusal never repeats a value, which may hold a password", () => {
    expect(() => parseEnv({ DATABASE_URL: "mysql://box:hunter2@db/x" })).toThrow(/DATABASE_URL/);
    expect(() => parseEnv({ DATABASE_URL: "mysql://box:hunter2@db/x" })).not.toThrow(/hunter2/);
  });

  test("the owner's connection falls back to the application's", () => {
    expect(parseEnv({ DATABASE_URL: "postgresql://app@db/x" }).databaseOwnerUrl).toBe(
      "postgresql://app@db/x",
    );
    expect(problemsOf({ DATABASE_OWNER_URL: "postgresql://own@db/x" })).toEqual(["DATABASE_URL"]);
  });

  test("web and ingest cannot share a port", () => {
    expect(problemsOf({ PORT: "3001" })).toEqual(["INGEST_PORT"]);
  });

  test.each(["0.0.0.0", "10.0.0.7", "::", "box.example.org"])(
    "binding %s without TLS or a trusted proxy is refused",
    (HOST) => {
      expect(problemsOf({ HOST })).toEqual(["HOST"]);
      expect(problemsOf({ HOST, TLS_CERT: "/tls/cert.pem", TLS_KEY: "/tls/key.pem" })).toEqual([]);
      expect(problemsOf({ HOST, SIGNALBOX_TRUSTED_PROXIES: "10.0.0.1" })).toEqual([]);
    },
  );

  test.each(["127.0.0.1", "127.8.0.1", "::1", "localhost"])("binding %s needs neither", (HOST) => {
    expect(problemsOf({ HOST })).toEqual([]);
  });

  test("a certificate without its key is refused", () => {
    expect(problemsOf({ TLS_CERT: "/tls/cert.pem" })).toEqual(["TLS_KEY"]);
    expect(problemsOf({ TLS_KEY: "/tls/key.pem" })).toEqual(["TLS_CERT"]);
  });

  test("asking senders for certificates without having one is refused", () => {
    const mutual = { TLS_CLIENT_CA: "/tls/ca.pem" };
    expect(problemsOf(mutual)).toEqual(["TLS_CLIENT_CA"]);
    expect(problemsOf({ ...mutual, TLS_CERT: "/tls/cert.pem", TLS_KEY: "/tls/key.pem" })).toEqual([]);
  });

  test("a public address keeps its origin only and refuses a path", () => {
    expect(parseEnv({ SIGNALBOX_PUBLIC_URL: "https://box.example.org/" }).publicUrl).toBe(
      "https://box.example.org",
    );
    expect(problemsOf({ SIGNALBOX_PUBLIC_URL: "https://example.org/box" })).toEqual(["SIGNALBOX_PUBLIC_URL"]);
  });

  test("proxies are addresses or ranges, nothing else", () => {
    expect(parseEnv({ SIGNALBOX_TRUSTED_PROXIES: "10.0.0.1, 10.1.0.0/16,fd00::/8" }).trustedProxies).toEqual([
      "10.0.0.1",
      "10.1.0.0/16",
      "fd00::/8",
    ]);
    expect(problemsOf({ SIGNALBOX_TRUSTED_PROXIES: "10.0.0.1/33" })).toEqual(["SIGNALBOX_TRUSTED_PROXIES"]);
    expect(problemsOf({ SIGNALBOX_TRUSTED_PROXIES: "proxy.local" })).toEqual(["SIGNALBOX_TRUSTED_PROXIES"]);
  });
});
