import http from "node:http";

/** How long one page took: to the first byte of its HTML, to the last, and how much it was. */
export type TimedPage = { readonly ttfbMs: number; readonly completeMs: number; readonly bytes: number };

type Ask = {
  readonly port: number;
  readonly path: string;
  readonly cookie: string;
  readonly agent: http.Agent;
};

/** Opens a page as a browser does. @throws Error when the answer is no page: what was measured would mean nothing */
export function timedGet({ port, path, cookie, agent }: Ask): Promise<TimedPage> {
  const headers = { Cookie: cookie, Accept: "text/html", "Sec-Fetch-Mode": "navigate" };
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const request = http.get({ host: "127.0.0.1", port, path, agent, headers }, (response) => {
      let ttfbMs: number | undefined;
      let bytes = 0;
      let tail = "";
      response.on("data", (chunk: Buffer) => {
        ttfbMs ??= performance.now() - begun;
        bytes += chunk.length;
        tail = (tail + chunk.toString("latin1")).slice(-64);
      });
      response.once("error", reject);
      response.once("end", () => {
        const isWhole = response.statusCode === 200 && tail.includes("</html>");
        if (!isWhole) return reject(new Error(`${path} was answered with ${response.statusCode}`));
        resolve({ ttfbMs: ttfbMs ?? 0, completeMs: performance.now() - begun, bytes });
      });
    });
    request.once("error", reject);
  });
}
