import { createServer } from "node:net";
import { StartError } from "@/scripts/prepare/start-error";

/** One address the product listens on, and the variable that moves it. */
export type Listener = { readonly variable: string; readonly host: string; readonly port: number };

/** @throws StartError naming every port that is taken, and the variable to change. */
export async function refuseTakenPorts(listeners: readonly Listener[]): Promise<void> {
  const problems = await Promise.all(listeners.map(problemWith));
  const sentences = problems.filter((problem) => problem !== undefined);
  if (sentences.length > 0) throw new StartError(sentences.join("\n"));
}

async function problemWith({ variable, host, port }: Listener): Promise<string | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      resolve(explain({ variable, host, port, code: error.code })),
    );
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

function explain(listener: Listener & { readonly code: string | undefined }): string {
  const { variable, host, port, code } = listener;
  if (code === "EADDRINUSE") {
    return `Port ${port} on ${host} is taken by another program. Stop that one, or choose a free port: ${variable}=${port + 100} npm start`;
  }
  if (code === "EACCES")
    return `Port ${port} may not be opened by this user. Choose one above 1023 with ${variable}.`;
  return `Nothing can listen on ${host} port ${port} (${code ?? "unknown error"}). Check HOST and ${variable}.`;
}
