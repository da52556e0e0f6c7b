import type { Stream } from "../connector";
import { services, withAssociation } from "./association";
import type { DimseConfig } from "./config";
import type { EchoPage } from "./pages";

/** Whether the archive can be reached, and how fast it answers: an association and a C-ECHO. */
export const echoStream: Stream<DimseConfig> = {
  name: "echo",
  everyMs: 30_000,
  async *poll(config, io, cursor) {
    const readAtMs = io.now().getTime();
    const startedAt = performance.now();
    const page = await withAssociation(
      { config, io, services: [services.verification] },
      async ({ echo }) => {
        const associatedAt = performance.now();
        await echo();
        return {
          kind: "echo",
          readAtMs,
          associationMs: Math.round(associatedAt - startedAt),
          echoMs: Math.round(performance.now() - associatedAt),
        } satisfies EchoPage;
      },
    );
    yield { wire: page, cursor };
  },
};
