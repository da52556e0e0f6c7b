import http from "node:http";
import https from "node:https";
import { setTimeout as sleep } from "node:timers/promises";

/** Asks `/api/health` until it answers 200. `giveUp` is asked before every try; resolves with whether it was healthy. */
export async function waitUntilHealthy(web: {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  readonly giveUp: () => boolean;
}): Promise<boolean> {
  while (!web.giveUp()) {
    if ((await statusOfHealth(web)) === 200) return true;
    await sleep(150);
  }
  return false;
}

function statusOfHealth(web: {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
}): Promise<number> {
  // A server bound to every address is asked on the loopback one, where its certificate names another host.
  const hostname = web.host === "0.0.0.0" ? "127.0.0.1" : web.host === "::" ? "::1" : web.host;
  const options = { hostname, port: web.port, path: "/api/health", timeout: 5000, rejectUnauthorized: false };
  return new Promise((resolve) => {
    const request = (web.isTls ? https : http).get(options, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.once("timeout", () => request.destroy());
    request.once("error", () => resolve(0));
  });
}
