import { createAdministrator } from "@/lib/services/setup/create-administrator";
import { type CliCommand, cliActor } from "../command-spec";
import { requiredOption } from "../options";
import { passwordOptions, readPassword } from "../secrets";

export const setupCommands: readonly CliCommand[] = [
  {
    words: "setup",
    summary: "Make the first administrator without a browser.",
    options: {
      email: { kind: "text", value: "<address>", about: "e-mail address to sign in with", isRequired: true },
      name: { kind: "text", value: "<name>", about: "name to show", isRequired: true },
      ...passwordOptions,
    },
    run: async (input) => {
      const made = await createAdministrator(cliActor, {
        email: requiredOption(input, "email"),
        name: requiredOption(input, "name"),
        password: await readPassword(input),
      });
      return { json: made, lines: ["The first administrator can sign in."] };
    },
  },
];
