import path from "node:path";
import { z } from "zod";
import { mailOf, mailVariables, refuseMail } from "@/lib/config/mail";
import { isLoopbackHost, trustedProxiesSchema } from "@/lib/config/network";
import { oidcOf, oidcVariables, refuseOidc } from "@/lib/config/oidc";

/** Everything the product can be told from outside, checked. Paths are absolute. */
export type Env = Readonly<z.output<typeof envSchema>>;

/** One variable that cannot be used, and what is wrong with it. Values are never repeated: they may hold secrets. */
export type EnvProblem = { readonly variable: string; readonly problem: string };

/** Thrown once with every bad variable, so that a person mends them in one go. */
export class ConfigurationError extends Error {
  readonly problems: readonly EnvProblem[];

  constructor(problems: readonly EnvProblem[]) {
    const lines = problems.map(({ variable, problem }) => `  ${variable}: ${problem}`);
    super(["Signalbox cannot start with these settings:", ...lines].join("\n"));
    this.name = "ConfigurationError";
    this.problems = problems;
  }
}

/**
 * Checks raw environment variables and fills in defaults. Pure but for the working directory, which relative paths
 * start from. Empty text counts as unset.
 * @throws ConfigurationError listing every bad variable.
 */
export function parseEnv(raw: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(
    Object.entries(raw).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = envSchema.safeParse(given);
  if (!parsed.success) {
    throw new ConfigurationError(
      parsed.error.issues.map((issue) => ({
        variable: issue.path.join(".") || "settings",
        problem: issue.message,
      })),
    );
  }
  return Object.freeze(parsed.data);
}

let current: Env | undefined;

/** The settings of this process, parsed at first use and frozen. @throws ConfigurationError */
export function env(): Env {
  current ??= parseEnv(process.env);
  return current;
}

/**
 * The text of an environment variable that a person named on the command line, to hand over a secret without writing
 * it there. Undefined when it is unset or empty.
 */
export function namedVariable(name: string): string | undefined {
  return process.env[name] || undefined;
}

/**
 * Tells next-auth the address that people open: it asks the environment alone, and builds from it where an identity
 * provider sends people back to.
 */
export function tellNextAuth(): void {
  process.env["NEXTAUTH_URL"] = env().publicUrl;
}

const port = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, "must be a port number from 1 to 65535")
    .transform(Number)
    .refine((value) => value >= 1 && value <= 65_535, "must be a port number from 1 to 65535")
    .default(fallback);

const postgresUrl = z
  .string()
  .refine(
    (value) => /^postgres(ql)?:$/.test(protocolOf(value) ?? ""),
    "must be a URL like postgresql://user:password@host:5432/database",
  );

const absolutePath = z.string().transform((value) => path.resolve(value));

/** Absolute paths, separated by commas: what a relative one means depends on where a process was started. */
const pathList = z
  .string()
  .default("")
  .transform((value) => value.split(",").flatMap((one) => one.trim() || []))
  .refine(
    (paths) => paths.every((one) => path.isAbsolute(one)),
    "must be absolute paths, separated by commas",
  );

const rawSchema = z.object({
  NODE_ENV: z
    .enum(["development", "production", "test"], "must be development, production or test")
    .default("production"),
  HOST: z.string().default("127.0.0.1"),
  PORT: port(3000),
  INGEST_PORT: port(3001),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_OWNER_URL: postgresUrl.optional(),
  SIGNALBOX_DATA_DIR: absolutePath.default(() => path.resolve(".signalbox")),
  SIGNALBOX_PUBLIC_URL: z
    .string()
    .refine(
      (value) => /^https?:$/.test(protocolOf(value) ?? "") && new URL(value).pathname === "/",
      "must be an http or https address without a path, like https://signalbox.example.org",
    )
    .transform((value) => new URL(value).origin)
    .optional(),
  SIGNALBOX_KEYS_FILE: absolutePath.optional(),
  SIGNALBOX_TRUSTED_PROXIES: trustedProxiesSchema,
  SIGNALBOX_BACKUP_DIR: absolutePath.optional(),
  SIGNALBOX_AUDIT_WITNESS_FILE: absolutePath.optional(),
  SIGNALBOX_FILE_ROOTS: pathList,
  SIGNALBOX_HEARTBEAT_URL: z
    .string()
    .refine((value) => /^https?:$/.test(protocolOf(value) ?? ""), "must be an http or https address")
    .optional(),
  TLS_CERT: absolutePath.optional(),
  TLS_KEY: absolutePath.optional(),
  TLS_CLIENT_CA: absolutePath.optional(),
  ...oidcVariables,
  ...mailVariables,
  LOG_LEVEL: z
    .enum(
      ["fatal", "error", "warn", "info", "debug", "trace", "silent"],
      "must be one of fatal, error, warn, info, debug, trace, silent",
    )
    .default("info"),
});

const envSchema = rawSchema
  .superRefine((raw, context) => {
    const refuse = (variable: string, message: string) =>
      context.addIssue({ code: "custom", path: [variable], message });
    if ((raw.TLS_CERT === undefined) !== (raw.TLS_KEY === undefined)) {
      refuse(
        raw.TLS_CERT === undefined ? "TLS_CERT" : "TLS_KEY",
        "is missing: TLS_CERT and TLS_KEY are set together",
      );
    }
    if (raw.TLS_CLIENT_CA !== undefined && raw.TLS_CERT === undefined) {
      refuse("TLS_CLIENT_CA", "asks senders for certificates, which needs TLS_CERT and TLS_KEY");
    }
    const isProtected = raw.TLS_CERT !== undefined || raw.SIGNALBOX_TRUSTED_PROXIES.length > 0;
    if (!isLoopbackHost(raw.HOST) && !isProtected) {
      refuse(
        "HOST",
        "is reachable from other machines, which needs TLS_CERT and TLS_KEY, or SIGNALBOX_TRUSTED_PROXIES naming the proxy that ends TLS",
      );
    }
    for (const { variable, problem } of [...refuseOidc(raw), ...refuseMail(raw)]) refuse(variable, problem);
    if (raw.PORT === raw.INGEST_PORT) refuse("INGEST_PORT", "must differ from PORT");
    if (raw.DATABASE_OWNER_URL !== undefined && raw.DATABASE_URL === undefined) {
      refuse("DATABASE_URL", "is missing although DATABASE_OWNER_URL is set");
    }
  })
  .transform((raw) => ({
    mode: raw.NODE_ENV,
    host: raw.HOST,
    port: raw.PORT,
    ingestPort: raw.INGEST_PORT,
    databaseUrl: raw.DATABASE_URL,
    databaseOwnerUrl: raw.DATABASE_OWNER_URL ?? raw.DATABASE_URL,
    dataDir: raw.SIGNALBOX_DATA_DIR,
    publicUrl: raw.SIGNALBOX_PUBLIC_URL ?? `http://localhost:${raw.PORT}`,
    keysFile: raw.SIGNALBOX_KEYS_FILE ?? path.join(raw.SIGNALBOX_DATA_DIR, "keys.json"),
    signingKeysFile: path.join(
      raw.SIGNALBOX_KEYS_FILE === undefined ? raw.SIGNALBOX_DATA_DIR : path.dirname(raw.SIGNALBOX_KEYS_FILE),
      "signing-keys.json",
    ),
    trustedProxies: raw.SIGNALBOX_TRUSTED_PROXIES,
    backupDir: raw.SIGNALBOX_BACKUP_DIR,
    auditWitnessFile:
      raw.SIGNALBOX_AUDIT_WITNESS_FILE ?? path.join(raw.SIGNALBOX_DATA_DIR, "audit-witness.ndjson"),
    tls: raw.TLS_CERT && raw.TLS_KEY ? { certFile: raw.TLS_CERT, keyFile: raw.TLS_KEY } : undefined,
    clientCaFile: raw.TLS_CLIENT_CA,
    fileRoots: raw.SIGNALBOX_FILE_ROOTS,
    heartbeatUrl: raw.SIGNALBOX_HEARTBEAT_URL,
    oidc: oidcOf(raw),
    mail: mailOf(raw),
    logLevel: raw.LOG_LEVEL,
  }));

function protocolOf(value: string): string | undefined {
  return URL.canParse(value) ? new URL(value).protocol : undefined;
}
