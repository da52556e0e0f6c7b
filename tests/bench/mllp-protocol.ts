/** What the measuring process asks of its sender and its sink. */
export type MllpOrder =
  | { readonly kind: "listen" }
  /** Waits until the port answers. */
  | { readonly kind: "open"; readonly port: number; readonly connections: number }
  | {
      readonly kind: "flood";
      readonly port: number;
      readonly connections: number;
      readonly window: number;
      readonly messages: number;
    }
  | {
      readonly kind: "pace";
      readonly port: number;
      readonly connections: number;
      readonly perSecond: number;
      readonly seconds: number;
    };

export type MllpReport =
  | { readonly kind: "listening"; readonly port: number }
  | { readonly kind: "opened" }
  | { readonly kind: "flooded"; readonly seconds: number }
  | { readonly kind: "paced"; readonly ackMs: readonly number[] }
  | { readonly kind: "failed"; readonly message: string };
