/** web answers people who wait; worker reads, stores and counts, and the command line does what an operator asked for. */
export type ProcessKind = "web" | "worker" | "cli";

let kind: ProcessKind = "web";

/** Says what this process is, once, before its database is opened; the web process says nothing. */
export function setProcessKind(own: ProcessKind): void {
  kind = own;
}

export function processKind(): ProcessKind {
  return kind;
}
