import { serveMllp } from "@/lib/connectors/mllp/server";
import { acknowledge } from "@/lib/core/formats/hl7v2/acknowledge";
import type { MllpReport } from "./mllp-protocol";

/** Frames and acknowledges, and keeps nothing. */
process.on("message", async () => {
  let count = 0;
  const { port } = await serveMllp({
    host: "127.0.0.1",
    port: 0,
    receive: async ({ bytes }) => {
      count += 1;
      return acknowledge(bytes.toString(), { code: "AA", controlId: String(count), now: new Date() });
    },
  });
  const report: MllpReport = { kind: "listening", port };
  process.send?.(report);
});
process.on("disconnect", () => process.exit(0));
