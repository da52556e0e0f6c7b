/**
 * The text of an environment variable that a person named on the command line, to hand over a secret without writing
 * it there. Undefined when it is unset or empty.
 */
export function namedVariable(name: string): string | undefined {
  return process.env[name] || undefined;
}
