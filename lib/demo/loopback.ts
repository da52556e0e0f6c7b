import type { Server } from "node:net";

/** Opens a server of the demo on this machine alone, on a port or any free one, and answers with the port. */
export function listenOnLoopback(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

/** What `start` opens on the port, or on any free one where that is taken. */
export function openOrElsewhere<Opened>(
  port: number,
  start: (port: number) => Promise<Opened>,
): Promise<Opened> {
  return start(port).catch(() => start(0));
}
