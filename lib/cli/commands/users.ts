import { resetFactors } from "@/lib/services/users/reset-factors";
import { type CliCommand, cliActor } from "../command-spec";
import { onlyOperand } from "../options";

export const userCommands: readonly CliCommand[] = [
  {
    words: "user reset-factors",
    summary: "Take away somebody's second factors and end their sessions; the next sign-in sets up new ones.",
    operands: { usage: "<email>", least: 1, most: 1 },
    run: async (input) => {
      const reset = await resetFactors(cliActor, { email: onlyOperand(input) });
      return {
        json: reset,
        lines: ["The second factors are gone. The next sign-in asks for the password and sets up new ones."],
      };
    },
  },
];
