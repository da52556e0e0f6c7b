import { env } from "@/lib/config/env";
import { startEngine } from "@/lib/demo/engine/start-engine";
import { openDemoAccounts } from "@/lib/services/demo/open-accounts";
import { removeDemo } from "@/lib/services/demo/remove-demo";
import { startDemo } from "@/lib/services/demo/start-demo";
import { type CliCommand, cliActor } from "../command-spec";
import { numberOption, textOption } from "../options";
import { tableLines } from "../print";

export const demoCommands: readonly CliCommand[] = [
  {
    words: "demo start",
    summary: "Add the demo hospital; the running product makes its history and its traffic.",
    options: {
      seed: { kind: "text", value: "<number>", about: "the same seed gives the same hospital" },
      zone: { kind: "text", value: "<zone>", about: "where it keeps its hours, like Europe/Berlin" },
    },
    run: async (input) => {
      const started = await startDemo(cliActor, {
        seed: numberOption(input, "seed"),
        zone: textOption(input, "zone"),
      });
      return {
        json: started,
        lines: ["The demo hospital is there. Its history follows while Signalbox runs."],
      };
    },
  },
  {
    words: "demo accounts",
    summary: "Print an account for each role of the demo hospital, with password and current one-time code.",
    run: async () => {
      const { accounts } = await openDemoAccounts(cliActor, {});
      return {
        json: accounts,
        lines: [
          ...tableLines(accounts),
          "",
          `Sign in at ${env().publicUrl}. A code stands for half a minute.`,
        ],
      };
    },
  },
  {
    words: "demo remove",
    summary: "Remove the demo hospital and everything that came from it.",
    options: {
      yes: {
        kind: "flag",
        refusal: "This cannot be undone: add --yes to go on.",
        about: "it cannot be undone",
      },
    },
    run: async () => {
      await removeDemo(cliActor, {});
      return { json: { removed: true }, lines: ["The demo hospital is gone."] };
    },
  },
  {
    words: "demo engine",
    summary: "Run a simulated Mirth engine on 127.0.0.1 to try a connection with, until Ctrl-C.",
    options: {
      port: { kind: "text", value: "<number>", about: "any free one by default" },
      messages: { kind: "text", value: "<number>", about: "messages it already holds; 2000 by default" },
      "per-minute": { kind: "text", value: "<number>", about: "messages that keep arriving; 60 by default" },
      seed: { kind: "text", value: "<number>", about: "the same seed gives the same messages" },
    },
    run: async (input) => {
      const engine = await startEngine({
        port: numberOption(input, "port") ?? 0,
        messages: numberOption(input, "messages") ?? 2_000,
        perMinute: numberOption(input, "per-minute") ?? 60,
        seed: numberOption(input, "seed") ?? 1,
        now: () => new Date(),
      });
      const { username, password } = engine.credentials;
      return {
        json: { url: engine.url, username, password },
        lines: [`Address ${engine.url}, user name ${username}, password ${password}. Ctrl-C ends it.`],
        afterwards: async () => {
          await new Promise<void>((resolve) => {
            process.once("SIGINT", () => resolve()).once("SIGTERM", () => resolve());
          });
          await engine.stop();
        },
      };
    },
  },
];
