import { readDueEndpoints } from "@/lib/services/estate/read-endpoints";
import type { Job } from "./job";

/** Reads the certificates that the systems of the estate show, each every six hours. */
export const readCertificates: Job = {
  name: "read-certificates",
  everyMs: 300_000,
  run: readDueEndpoints,
};
