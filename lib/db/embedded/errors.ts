/** The embedded database cannot be used; the message tells the person at the terminal what stands in the way. */
export class EmbeddedDatabaseError extends Error {
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = "EmbeddedDatabaseError";
  }
}
