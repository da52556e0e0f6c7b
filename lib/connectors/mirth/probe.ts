import { AppError } from "@/lib/core/errors";
import type { PollIo, ProbeReport, ProbeWarning } from "../connector";
import { readFingerprint } from "../http/certificate";
import { calls } from "./calls";
import { type EngineClient, openEngine } from "./client";
import type { MirthConfig } from "./config";
import { diagnosisOf } from "./diagnosis";
import { readClockSkew } from "./stream-system";
import { isBefore, OLDEST_READ, type Version, versionOf, versionWarnings } from "./versions";
import { mapEntries, parseXml } from "./xml";

/** Tries an engine step by step and says in plain words what was found, or what is wrong and what to do. Reads only. */
export async function probe(config: MirthConfig, io: PollIo): Promise<ProbeReport> {
  const engine = openEngine(config, io);
  try {
    const { body: text = "" } = await engine.get(calls.version());
    const version = versionOf(text);
    if (version === undefined) {
      return refusal("Something answers at this address, but not with the version of a Mirth-family engine.");
    }
    if (isBefore(version, OLDEST_READ)) {
      const diagnosis = "This engine is older than 3.8, the oldest release whose API can be read.";
      return { ...refusal(diagnosis), version: text.trim(), warnings: versionWarnings(version) };
    }
    return await probeSignedIn({ engine, config, version, text: text.trim() });
  } catch (error) {
    if (io.signal.aborted) return refusal(diagnosisOf(timedOut, { config }));
    if (!(error instanceof AppError)) throw error;
    return refusal(diagnosisOf(error, { config, ...(await shownCertificate(error, config, io)) }));
  }
}

const timedOut = new AppError("source_unreachable", "The test took too long.", { info: { kind: "timeout" } });

async function probeSignedIn(found: {
  readonly engine: EngineClient;
  readonly config: MirthConfig;
  readonly version: Version;
  readonly text: string;
}): Promise<ProbeReport> {
  const { engine, config, version, text } = found;
  await engine.get(calls.currentUser());
  const status = await readNumber(engine);
  if (status !== 0) {
    const diagnosis =
      "The engine accepts this account but is still starting, or is stopping. Its channels appear once it is up.";
    return { ...refusal(diagnosis), version: text };
  }
  const about = await readAbout(engine);
  const { body: names = "<map/>" } = await engine.get(calls.channelNames());
  const interfaces = mapEntries(parseXml(names)).length;
  const clockSkewMs = await readClockSkew(engine);
  const channels = `${interfaces} ${interfaces === 1 ? "channel" : "channels"}`;
  return {
    ok: true,
    diagnosis: `Connected to ${about.product} ${text} with ${channels}.`,
    version: text,
    product: about.product,
    interfaces,
    ...(clockSkewMs === undefined ? {} : { clockSkewMs }),
    warnings: [
      ...versionWarnings(version),
      ...transportWarnings(config),
      ...clockWarnings(clockSkewMs),
      ...databaseWarnings(about.database),
      everyoneIsAdministrator,
    ],
  };
}

function refusal(diagnosis: string): ProbeReport {
  return { ok: false, diagnosis, warnings: [] };
}

/** 0 = up, 1 = unavailable, 2 = engine starting, 3 = deploying for the first time. */
async function readNumber(engine: EngineClient): Promise<number> {
  const { body } = await engine.get(calls.status());
  return body === undefined ? Number.NaN : Number(parseXml(body).text);
}

async function readAbout(
  engine: EngineClient,
): Promise<{ readonly product: string; readonly database: string }> {
  const { body = "<map/>" } = await engine.get(calls.about());
  const database = mapEntries(parseXml(body)).find(([name]) => name === "database")?.[1].text ?? "";
  if (/bridgelink/i.test(body)) return { product: "BridgeLink", database };
  const isFork = /open ?integration ?engine/i.test(body);
  return { product: isFork ? "Open Integration Engine" : "Mirth Connect or a fork of it", database };
}

async function shownCertificate(
  error: AppError,
  config: MirthConfig,
  io: PollIo,
): Promise<{ readonly fingerprint?: string }> {
  const kind = error.info["kind"];
  if (kind !== "certificate" && kind !== "fingerprint") return {};
  const limit = { timeoutMs: config.timeoutSeconds * 1000, signal: io.signal };
  const fingerprint = await readFingerprint(config.url, limit);
  return fingerprint === undefined ? {} : { fingerprint };
}

const everyoneIsAdministrator: ProbeWarning = {
  severity: "notice",
  text: "In the open engine every account may do everything, also delete messages. Only reads are ever sent from here, but keep this password as you keep an administrator's.",
};

function transportWarnings(config: MirthConfig): readonly ProbeWarning[] {
  if (config.url.startsWith("https:")) return [];
  return [
    {
      severity: "warning",
      text: "The address is not https: password and messages cross the network in clear.",
    },
  ];
}

function clockWarnings(clockSkewMs: number | undefined): readonly ProbeWarning[] {
  if (clockSkewMs === undefined || Math.abs(clockSkewMs) < 2_000) return [];
  const seconds = Math.round(Math.abs(clockSkewMs) / 1000);
  const direction = clockSkewMs > 0 ? "ahead of" : "behind";
  return [
    {
      severity: seconds >= 60 ? "warning" : "notice",
      text: `The engine's clock is ${seconds} seconds ${direction} this server's. Latencies are taken from the engine's clock alone, but times of events will differ. Let both follow the same time server.`,
    },
  ];
}

function databaseWarnings(database: string): readonly ProbeWarning[] {
  if (database !== "derby") return [];
  return [
    { severity: "notice", text: "The engine uses its built-in Derby database, which is meant for trials." },
  ];
}
