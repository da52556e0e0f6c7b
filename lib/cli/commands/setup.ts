import { createAdministrator } from "@/lib/services/setup/create-administrator";
import { type CliCommand, cliActor, requiredOption, UsageError } from "../command-spec";

export const setupCommands: readonly CliCommand[] = [
  {
    words: "setup",
    usage: "setup --email <address> --name <name> --password-stdin",
    summary: "Make the first administrator without a browser; the password is read from standard input.",
    run: async (input) => {
      // A password among the arguments would stand in the shell's history and the list of processes.
      if (input.options["password-stdin"] !== true) throw new UsageError("--password-stdin is missing.");
      const made = await createAdministrator(cliActor, {
        email: requiredOption(input, "email"),
        name: requiredOption(input, "name"),
        password: await passwordFromInput(),
      });
      return { json: made, lines: ["The first administrator can sign in."] };
    },
  },
];

async function passwordFromInput(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(Buffer.from(part));
  return Buffer.concat(parts)
    .toString("utf8")
    .replace(/\r?\n$/, "");
}
