import { runPollers } from "@/lib/ingest/poller";

/** A program that polls every source of DATABASE_URL until it is killed. */
await runPollers({ signal: new AbortController().signal, now: () => new Date() });
