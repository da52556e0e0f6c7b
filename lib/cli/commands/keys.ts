import { listKeys } from "@/lib/services/keys/list-keys";
import { rotateKeys } from "@/lib/services/keys/rotate-keys";
import { type CliCommand, cliActor } from "../command-spec";

export const keyCommands: readonly CliCommand[] = [
  {
    words: "keys list",
    summary: "List the encryption keys by id, and how many rows each still opens.",
    run: async () => {
      const keys = await listKeys(cliActor, {});
      return {
        json: keys,
        lines: keys.map(({ id, isCurrent, rows }) => `${id}${isCurrent ? ", seals now" : ""}: ${rows} rows`),
      };
    },
  },
  {
    words: "keys rotate",
    summary:
      "Make a new encryption key and seal secrets and dead letters with it; the product goes on meanwhile.",
    run: async () => {
      const rotated = await rotateKeys(cliActor);
      return {
        json: rotated,
        lines: [
          `Key ${rotated.keyId} seals from now on; ${rotated.rows} rows were sealed anew.`,
          "Keep a copy of the keys file apart from the backups: the next backup needs the new key.",
        ],
      };
    },
  },
];
