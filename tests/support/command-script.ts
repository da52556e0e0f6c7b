/** What `npm run signalbox` runs, without npm around it. */
export const commandLineScript = ["scripts/run.mjs", "lib/cli/main.ts"] as const;
