import { AppError } from "@/lib/core/errors";
import type { PollIo, ProbeReport, ProbeWarning } from "../connector";
import { services, withAssociation } from "./association";
import type { DimseConfig } from "./config";
import { type SearchKind, search } from "./searches";
import { diagnosisOf } from "./trouble";

/** Echoes, makes each search that is switched on once, and says in plain words what was found or what is wrong. */
export async function probe(config: DimseConfig, io: PollIo): Promise<ProbeReport> {
  try {
    await withAssociation({ config, io, services: [services.verification] }, ({ echo }) => echo());
    const found: string[] = [];
    for (const kind of searchKinds) {
      if (config[kind] === "yes")
        found.push(foundText(kind, (await search(kind, config, io)).matches.length));
    }
    return {
      ok: true,
      diagnosis: [`${config.calledAe} at ${config.host}:${config.port} answers.`, ...found].join(" "),
      warnings: config.tls === "off" ? [inClear] : [],
    };
  } catch (error) {
    const known = io.signal.aborted ? timedOut : error;
    if (!(known instanceof AppError)) throw error;
    return { ok: false, diagnosis: diagnosisOf(known, config), warnings: [] };
  }
}

const searchKinds: readonly SearchKind[] = ["studies", "worklist"];

const timedOut = new AppError("source_unreachable", "The test took too long.", { info: { kind: "timeout" } });

const inClear: ProbeWarning = {
  severity: "notice",
  text: "The association is not encrypted: names and dates of birth cross the network in clear. That is usual within a hospital's own network and should stay there.",
};

function foundText(kind: SearchKind, count: number): string {
  const [one, many] = kind === "studies" ? ["study", "studies"] : ["scheduled entry", "scheduled entries"];
  return `It has ${count} ${count === 1 ? one : many} of these days.`;
}
