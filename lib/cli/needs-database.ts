/** Commands that only print or simulate: they run where no database is set up yet. */
const withoutDatabase = ["db roles", "demo engine"];

/** Whether the arguments of the command line ask for something that needs the database; help never does. */
export function needsDatabase(args: readonly string[]): boolean {
  const words = args.filter((arg) => arg !== "--json");
  if (words.length === 0 || words.includes("--help")) return false;
  return !withoutDatabase.some((command) => `${words.join(" ")} `.startsWith(`${command} `));
}
