/** `serve` is durable; `test` gives up crash safety for speed and must never hold data that matters. */
export type Purpose = "serve" | "test";

/** All that the server programs see of our environment: no secret of ours, and log lines in one language. */
export const serverEnvironment = { LC_ALL: "C", TZ: "UTC", NODE_ENV: "production" } as const;

const MEBIBYTE = 1024 ** 2;
const GIBIBYTE = 1024 ** 3;

/**
 * Command-line settings of the embedded server for a machine of this size (bytes). They travel on the command line and
 * not in postgresql.conf, so that a newer release changes them without touching the data folder.
 */
export function serverSettings(machine: {
  readonly purpose: Purpose;
  readonly port: number;
  readonly memoryBytes: number;
  readonly freeDiskBytes: number;
}): readonly string[] {
  const settings = { ...common(machine.port), ...(machine.purpose === "test" ? fast : durable(machine)) };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

function common(port: number): Record<string, string> {
  return {
    port: String(port),
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    password_encryption: "scram-sha-256",
    timezone: "UTC",
    log_timezone: "UTC",
    jit: "off",
    // Statements and DETAIL lines quote the data of failing rows, which may be a patient's.
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    max_connections: "200",
  };
}

const fast = {
  shared_buffers: "256MB",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_wal_size: "1GB",
};

function durable(machine: {
  readonly memoryBytes: number;
  readonly freeDiskBytes: number;
}): Record<string, string> {
  const buffers = Math.min(machine.memoryBytes / 4, 8 * GIBIBYTE);
  const wal = Math.min(Math.max(machine.freeDiskBytes / 10, GIBIBYTE), 16 * GIBIBYTE);
  return {
    shared_buffers: megabytes(Math.max(buffers, 32 * MEBIBYTE)),
    effective_cache_size: megabytes(Math.max(machine.memoryBytes / 2, 64 * MEBIBYTE)),
    max_wal_size: megabytes(wal),
    checkpoint_timeout: "15min",
    // This build of the server has no lz4.
    wal_compression: "pglz",
    synchronous_commit: "on",
    fsync: "on",
  };
}

function megabytes(bytes: number): string {
  return `${Math.floor(bytes / MEBIBYTE)}MB`;
}
