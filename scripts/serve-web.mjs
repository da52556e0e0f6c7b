/**
 * The web process: Next behind our own listener, which `next start` cannot do without: it serves TLS, and it lets
 * forwarded headers through only from trusted proxies. Settings come from the environment, checked by the supervisor.
 */
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import next from "next";
import { tsImport } from "tsx/esm/api";

// Only these files are read as TypeScript: a loader for the whole process would slow down every module of Next.
const { env } = await tsImport("../lib/config/env.ts", import.meta.url);
const { securityHeaders } = await tsImport("../lib/config/security-headers.ts", import.meta.url);
const { requestTimes, sizeRefusal } = await tsImport("../lib/config/http-limits.ts", import.meta.url);
const { settleForwarded } = await tsImport("../lib/config/forwarded.ts", import.meta.url);

const DRAIN_LIMIT_MS = 5000;
const { host, port, tls, trustedProxies } = env();
const headersOfAll = new Map(Object.entries(securityHeaders(env())));

const app = next({ dev: false, hostname: host, port, quiet: true });
await app.prepare();
const handle = app.getRequestHandler();
const server = tls
  ? https.createServer(
      {
        ...requestTimes,
        minVersion: "TLSv1.2",
        cert: readFileSync(tls.certFile),
        key: readFileSync(tls.keyFile),
      },
      answer,
    )
  : http.createServer(requestTimes, answer);
server.listen({ host, port });
server.on("error", (error) => {
  console.error(`The web server cannot listen on port ${port}: ${error.code}`);
  process.exit(1);
});
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);

async function answer(request, response) {
  const settled = settleForwarded({
    peer: request.socket.remoteAddress ?? "",
    isTls: tls !== undefined,
    headers: request.headers,
    trustedProxies,
  });
  for (const name of ["forwarded", "x-real-ip", "x-forwarded-port"]) delete request.headers[name];
  Object.assign(request.headers, settled);
  response.setHeaders(headersOfAll);
  const refusal = sizeRefusal({ path: pathOf(request.url), headers: request.headers });
  if (refusal !== undefined) {
    response.writeHead(refusal, { Connection: "close" }).end();
    return;
  }
  await handle(request, response);
}

/** What stands before the question mark. */
function pathOf(url = "/") {
  return url.split("?", 1)[0];
}

/** Lets running requests finish, for a while. */
function stop() {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), DRAIN_LIMIT_MS).unref();
}
