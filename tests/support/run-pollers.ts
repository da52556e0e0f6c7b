import { runSources } from "@/lib/ingest/run-sources";

/** A program that polls every source of DATABASE_URL until it is killed. */
await runSources({ signal: new AbortController().signal, now: () => new Date() });
