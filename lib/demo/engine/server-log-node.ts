import type { EngineState } from "./engine-state";
import { calendar, element, leaf, type WireNode } from "./node";

/** The last lines of the server log: here, one for every dispatched alert. Newest first. */
export function serverLogNode(state: EngineState, query: URLSearchParams): WireNode {
  const lastLogId = Number(query.get("lastLogId") ?? 0);
  const fetchSize = Math.min(100, Number(query.get("fetchSize") ?? 100));
  const lines = state.events
    .list()
    .filter((event) => event.name === "Alert Dispatched" && event.id > lastLogId)
    .slice(-fetchSize)
    .reverse();
  return element(
    "list",
    lines.map((event) =>
      element("com.mirth.connect.plugins.serverlog.ServerLogItem", [
        leaf("serverId", state.serverId),
        leaf("id", event.id),
        leaf("level", "ERROR"),
        calendar("date", event.atMs),
        leaf("threadName", "Destination Filter/Transformer Thread"),
        leaf("category", "com.mirth.connect.donkey.server.channel.DestinationConnector"),
        leaf("lineNumber", "847"),
        leaf("message", "Error processing message"),
      ]),
    ),
  );
}
