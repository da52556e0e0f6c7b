import { once } from "node:events";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

/** A COPY into a table that is fed as bytes come. */
export type CopyIn = {
  /** Resolves when more can be taken. @throws what the server says of a row */
  write(bytes: Buffer): Promise<void>;
  /** Resolves with the number of rows. @throws what the server says of a row */
  finish(): Promise<number>;
};

/**
 * Begins a COPY … FROM STDIN. Whoever gives up before `finish` closes the connection, which ends the COPY and its
 * transaction.
 */
export function beginCopyIn(client: pg.Client, sql: string): CopyIn {
  const stream = client.query(copyFrom(sql));
  let failure: unknown;
  // The server may refuse a row while nobody waits for the stream.
  stream.on("error", (error) => {
    failure = error;
  });
  return {
    write: async (bytes) => {
      if (failure !== undefined) throw failure;
      if (!stream.write(bytes)) await once(stream, "drain");
    },
    finish: async () => {
      if (failure !== undefined) throw failure;
      stream.end();
      await once(stream, "finish");
      return stream.rowCount;
    },
  };
}
