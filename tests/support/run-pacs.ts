import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { z } from "zod";
import type { Connector } from "@/lib/connectors/connector";
import { dicomweb } from "@/lib/connectors/dicomweb/index";
import { dimse } from "@/lib/connectors/dimse/index";
import { orthanc } from "@/lib/connectors/orthanc/index";
import { orthancSettings, studyDump, worklistDump } from "@/tests/support/pacs-files";

/**
 * A program that starts a real Orthanc and a real worklist server, sends a study, and reads all of it by the connectors.
 * Prints what it saw as one line of JSON. To be run in a network of its own: Orthanc 1.10 listens on every interface.
 */
const run = promisify(execFile);
const folder = await mkdtemp(path.join(tmpdir(), "signalbox-pacs-"));
const file = (name: string) => path.join(folder, name);
const stringsSchema = z.array(z.string());
const [HTTP_PORT, DICOM_PORT, WORKLIST_PORT] = [8042, 4242, 4243];
const url = `http://127.0.0.1:${HTTP_PORT}`;

await run("ip", ["link", "set", "lo", "up"]);
await mkdir(file("worklists/WORKLIST"), { recursive: true });
await writeFile(file("worklists/WORKLIST/lockfile"), "");
for (const [name, dump] of Object.entries({ study: studyDump, worklist: worklistDump })) {
  await writeFile(file(`${name}.dump`), dump(new Date()));
  await run("dump2dcm", [file(`${name}.dump`), file(`${name}.dcm`)]);
}
await run("cp", [file("worklist.dcm"), file("worklists/WORKLIST/entry.wl")]);
const settings = { folder, httpPort: HTTP_PORT, dicomPort: DICOM_PORT };
await writeFile(file("orthanc.json"), JSON.stringify(orthancSettings(settings)));
const servers = [
  // Another zone than the test's: what Orthanc says of time is to be read as UTC all the same.
  serve("Orthanc", [file("orthanc.json")], { TZ: "America/New_York" }),
  serve("wlmscpfs", ["-dfp", file("worklists"), String(WORKLIST_PORT)]),
];

function serve(program: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  return spawn(program, [...args], { env: { ...process.env, ...environment }, stdio: "ignore" });
}

const io = {
  signal: new AbortController().signal,
  fetch,
  now: () => new Date(),
  log: () => undefined,
  secret: (name: string) => (name === "password" ? "secret" : undefined),
  columnMapping: {},
  retainFrom: new Date(0),
};

/** All that one poll of every stream gives, and what a second one gives after it. */
async function pollTwice<Config>(connector: Connector<Config>, settingsOf: object) {
  const config = connector.config.parse(settingsOf);
  const rounds = [];
  const cursors = new Map<string, unknown>();
  for (let round = 0; round < 2; round += 1) {
    const batches = [];
    for (const stream of connector.streams ?? []) {
      for await (const page of stream.poll(config, io, cursors.get(stream.name) ?? null)) {
        cursors.set(stream.name, JSON.parse(JSON.stringify(page.cursor ?? null)));
        batches.push(connector.normalise(page.wire, config));
      }
    }
    rounds.push({
      items: batches.flatMap(({ items }) => items),
      rejects: batches.flatMap(({ rejects }) => rejects),
    });
  }
  return { rounds, probe: await connector.probe?.(config, io) };
}

/** Waits until something is there, at most half a minute. */
async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    if (await isTrue().catch(() => false)) return;
    await sleep(200);
  }
  throw new Error("It did not come true in time.");
}

async function ask(place: string, body?: object, method = "POST"): Promise<unknown> {
  const headers = { Authorization: `Basic ${btoa("reader:secret")}` };
  const response = await fetch(`${url}${place}`, {
    headers,
    ...(body === undefined ? {} : { method, body: JSON.stringify(body) }),
  });
  return response.json().catch(() => undefined);
}

async function isStable(): Promise<boolean> {
  const changes = JSON.stringify(await ask("/changes?since=0&limit=100"));
  return changes.includes("StableStudy");
}

try {
  const startedAt = Date.now();
  await until(async () => (await ask("/system")) !== undefined);
  await run("storescu", ["-aec", "PACS", "127.0.0.1", String(DICOM_PORT), file("study.dcm")]);
  await until(isStable);
  // A job that fails: nothing listens where it sends to.
  await ask("/modalities/none", { AET: "NONE", Host: "127.0.0.1", Port: 9 }, "PUT");
  const [study] = stringsSchema.parse(await ask("/studies"));
  await ask("/modalities/none/store", { Resources: [study], Synchronous: false });
  await until(async () => JSON.stringify(await ask("/jobs?expand")).includes("Failure"));
  const account = { url, username: "reader", assigningAuthority: "HIS", timeZone: "Europe/Berlin" };
  const archive = { host: "127.0.0.1", port: DICOM_PORT, calledAe: "PACS", worklist: "yes" };
  const worklist = { host: "127.0.0.1", port: WORKLIST_PORT, calledAe: "WORKLIST" };
  const seen = {
    startedAt,
    orthanc: await pollTwice(orthanc, account),
    dicomweb: await pollTwice(dicomweb, { ...account, url: `${url}/dicom-web`, daysBack: 1 }),
    dimse: await pollTwice(dimse, { ...archive, assigningAuthority: "HIS", timeZone: "Europe/Berlin" }),
    worklist: await pollTwice(dimse, {
      ...worklist,
      studies: "no",
      worklist: "yes",
      timeZone: "Europe/Berlin",
    }),
    wrongPort: await dimse.probe?.(
      dimse.config.parse({ ...archive, port: HTTP_PORT, timeoutSeconds: 5 }),
      io,
    ),
    noSearch: await dimse.probe?.(dimse.config.parse({ ...worklist, studies: "yes" }), io),
    wrongTitle: await dimse.probe?.(
      dimse.config.parse({ ...worklist, calledAe: "NOBODY", studies: "no", worklist: "yes" }),
      io,
    ),
  };
  process.stdout.write(`${JSON.stringify(seen)}\n`);
} finally {
  for (const server of servers) server.kill("SIGKILL");
  await rm(file("."), { recursive: true, force: true });
}
process.exit(0);
