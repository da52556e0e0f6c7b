/** What the benchmark and its client process say to each other. */
export type LoadOrder =
  | {
      readonly kind: "prepare";
      readonly rows: number;
      readonly batchSize: number;
      readonly seed: number;
      readonly sourceId: number;
      readonly token: string;
    }
  /** COPY of all rows on one connection. */
  | { readonly kind: "copy" }
  /** All rows as batches over keep-alive connections to a port of this machine. */
  | { readonly kind: "push"; readonly port: number; readonly connections: number; readonly batches?: number };

export type LoadReport =
  | { readonly kind: "prepared"; readonly bytesPerRow: number }
  | { readonly kind: "copied"; readonly seconds: number }
  /** Milliseconds from sending a batch to its acknowledgement, for each batch. */
  | { readonly kind: "pushed"; readonly seconds: number; readonly ackMs: readonly number[] }
  | { readonly kind: "failed"; readonly message: string };
