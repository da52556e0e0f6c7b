import { X509Certificate } from "node:crypto";
import { sendMllp } from "@/lib/connectors/mllp/send";
import { AppError } from "@/lib/core/errors";
import type { DemoSource } from "@/lib/db/demo";
import { noteDemoEndpoint } from "@/lib/db/demo-systems";
import { readDemoSecret } from "@/lib/services/demo/read-demo-secret";
import type { SourceOfKind } from "../demo-sources";
import type { Engine } from "../engine/start-engine";
import { auditMessages } from "../exams/audit-messages";
import { type StepMessage, stepsTold } from "../exams/exam-datasets";
import type { Hospital } from "../hospital/hospital";
import { connectModality } from "../senders/modality";
import { sendSyslog } from "../senders/syslog";
import { keepTelling } from "./keep-telling";
import { tapMessages } from "./tap-messages";

type Feeding = {
  readonly hospital: Hospital;
  readonly sources: SourceOfKind;
  readonly engine: Engine;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  readonly onProblem: (error: unknown) => void;
};

/** Sends to every port of the demo's sources what its systems send there, until the signal aborts. */
export async function runFeeds(feeding: Feeding): Promise<void> {
  await Promise.all([feedTap(feeding), feedAudit(feeding), feedSteps(feeding)]);
}

async function feedTap(feeding: Feeding): Promise<void> {
  const { hospital, sources, engine, signal } = feeding;
  const port = await securePort(sources["hl7-mllp"]);
  await keepTelling({
    ...feeding,
    since: hospital.startedAt,
    happened: (span) => tapMessages(engine, hospital, span),
    tell: async ({ text }) => {
      const target = {
        host: "127.0.0.1",
        port: port.number,
        timeoutMs: 10_000,
        tls: { accepts: port.accepts },
      };
      const result = await sendMllp({ target, message: text, signal });
      if (result.kind !== "answered" || result.code !== "AA") throw notTaken();
      await port.isUsed();
    },
  });
}

async function feedAudit(feeding: Feeding): Promise<void> {
  const { hospital, sources, signal } = feeding;
  const port = await securePort(sources["atna-syslog"]);
  await keepTelling({
    ...feeding,
    since: hospital.startedAt,
    happened: (span) => auditMessages(hospital, span),
    tell: async ({ text }) => {
      await sendSyslog({ port: port.number, messages: [text], accepts: port.accepts, signal });
      await port.isUsed();
    },
  });
}

async function feedSteps(feeding: Feeding): Promise<void> {
  const { hospital, sources } = feeding;
  const { port } = sources.mpps;
  await keepTelling({
    ...feeding,
    since: hospital.startedAt,
    happened: (span) => stepsTold(hospital, span),
    tell: (step) => tellStep(step, port),
  });
}

async function tellStep({ station, act, instanceUid, dataset }: StepMessage, port: number): Promise<void> {
  const modality = await connectModality({ port, calledAe: "SIGNALBOX", callingAe: station });
  try {
    if ((await modality[act](instanceUid, dataset)) !== 0) throw notTaken();
    await modality.release();
  } finally {
    modality.socket.destroy();
  }
}

function notTaken(): AppError {
  return new AppError("source_refused", "A message of the demo was not taken.");
}

type SecurePort = {
  readonly number: number;
  readonly accepts: (certificate: { readonly fingerprint256: string }) => boolean;
  /** Lets the estate know, once, that something listens there. */
  readonly isUsed: () => Promise<void>;
};

/** A port that shows the certificate of its source, which nobody signed. */
async function securePort(source: DemoSource): Promise<SecurePort> {
  const certificate = await readDemoSecret(source.id, "certificate");
  const own = certificate && new X509Certificate(certificate).fingerprint256;
  let isNoted = false;
  return {
    number: source.port,
    accepts: ({ fingerprint256 }) => fingerprint256 === own,
    isUsed: async () => {
      if (isNoted) return;
      isNoted = true;
      await noteDemoEndpoint(source.id, `127.0.0.1:${source.port}`);
    },
  };
}
