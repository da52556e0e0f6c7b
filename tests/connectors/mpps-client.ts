import { once } from "node:events";
import type { Socket } from "node:net";
import { connectModality as connectTo, type Modality, unitsOf } from "@/lib/demo/senders/modality";

export { unitsOf };

/** A modality as tests need it, by the title it calls. */
export function connectModality(port: number, calledAe = "SIGNALBOX"): Promise<Modality> {
  return connectTo({ port, calledAe, callingAe: "MR01" });
}

/** Resolves when the other side has closed a connection. */
export async function closed(socket: Socket): Promise<void> {
  socket.on("error", () => undefined);
  socket.resume();
  if (!socket.destroyed) await once(socket, "close");
}
