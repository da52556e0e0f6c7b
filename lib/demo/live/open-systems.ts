import { once } from "node:events";
import { createServer } from "node:net";
import type { DemoSource } from "@/lib/db/demo";
import { openDemoSource } from "@/lib/db/demo-hospital";
import { findDemoSources, type SourceOfKind } from "../demo-sources";
import type { Engine } from "../engine/start-engine";
import { entriesMade, keptAt, studiesArchived } from "../exams/exam-datasets";
import type { Hospital } from "../hospital/hospital";
import { listenOnLoopback, openOrElsewhere } from "../loopback";
import { serveStudies } from "../pacs/serve-studies";
import { serveWorklist } from "../pacs/serve-worklist";
import { startLiveEngine } from "./live-engine";

/** The systems of the demo that are asked, running, and its sources as they then are. */
export type OpenSystems = {
  readonly engine: Engine;
  readonly sources: SourceOfKind;
  readonly stop: () => Promise<void>;
};

type Opening = {
  readonly hospital: Hospital;
  readonly sources: SourceOfKind;
  readonly now: () => Date;
  readonly isFirstRun: boolean;
};

/**
 * Opens engine, PACS and worklist where their sources are configured to read them; where that port is taken, elsewhere, and
 * says so there. At first the ports that the other sources listen on are seen to as well; later they are as people left them.
 */
export async function openSystems(opening: Opening): Promise<OpenSystems> {
  const { hospital, sources, now, isFirstRun } = opening;
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => void (await Promise.all(stops.map((end) => end())));
  const datasets = (made: typeof entriesMade) => () =>
    keptAt(made, { hospital, now: now() }).map(({ dataset }) => dataset);
  try {
    const engine = await openOrElsewhere(sources.mirth.port, (port) =>
      startLiveEngine({ hospital, now, port, isFirstRun }),
    );
    stops.push(engine.stop);
    await openDemoSource(sources.mirth.id, { url: engine.url });
    const pacs = await openOrElsewhere(sources.dicomweb.port, (port) =>
      serveStudies({ port, studies: datasets(studiesArchived) }),
    );
    stops.push(pacs.stop);
    await openDemoSource(sources.dicomweb.id, { url: pacs.url });
    const worklist = await openOrElsewhere(sources.dimse.port, (port) =>
      serveWorklist({ port, entries: datasets(entriesMade) }),
    );
    stops.push(worklist.stop);
    await openDemoSource(sources.dimse.id, { port: worklist.port });
    const ports = [sources["hl7-mllp"], sources["atna-syslog"], sources.mpps];
    const isUnopened = ({ pausedAt }: DemoSource) => pausedAt !== null && pausedAt <= hospital.startedAt;
    for (const source of ports) if (isFirstRun || isUnopened(source)) await openPort(source);
    return { engine, sources: (await findDemoSources()) ?? sources, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Lets a source listen, on another port where the one of its settings is taken. */
async function openPort(source: DemoSource): Promise<void> {
  const port = await openOrElsewhere(source.port, async (wanted) => {
    const server = createServer();
    const free = await listenOnLoopback(server, wanted);
    server.close();
    await once(server, "close");
    return free;
  });
  await openDemoSource(source.id, { port });
}
