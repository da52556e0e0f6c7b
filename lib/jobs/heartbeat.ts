import { env } from "@/lib/config/env";
import { isWatching } from "@/lib/services/notices/is-watching";
import { postOut } from "@/lib/services/notices/post-out";
import { logFor } from "@/lib/telemetry/log";
import type { Job } from "./job";

const log = logFor("heartbeat");

/**
 * Says to the outside, every minute, that everything which watches is at work. It stays away when something is not, and
 * when nothing runs at all: whoever waits for it then calls for help.
 */
export const heartbeat: Job = {
  name: "heartbeat",
  everyMs: 60_000,
  run: async ({ signal, now }) => {
    const { heartbeatUrl: url } = env();
    if (url === undefined) return;
    if (!(await isWatching(now()))) {
      log.warn("No heartbeat goes out: not everything that watches is at work.");
      return;
    }
    const posted = await postOut({ url, headers: { "User-Agent": "Signalbox" }, body: "" }, signal);
    const isTaken = posted.kind === "answered" && posted.status < 300;
    if (!isTaken) log.warn("The heartbeat was not taken.");
  },
};
