/** What the measuring process asks of its sender and its sink. */
export type AtnaOrder =
  /** Listens over TLS, and reports when so many messages were framed since the last such order. */
  | { readonly kind: "listen"; readonly cert: string; readonly key: string }
  | { readonly kind: "await"; readonly messages: number }
  | { readonly kind: "connect"; readonly port: number; readonly connections: number; readonly ca: string }
  /** Sends so many over the open connections; the report comes once all were handed over. */
  | { readonly kind: "flood"; readonly messages: number };

export type AtnaReport =
  | { readonly kind: "listening"; readonly port: number }
  | { readonly kind: "framed" }
  | { readonly kind: "connected" }
  | { readonly kind: "sent" }
  | { readonly kind: "failed"; readonly message: string };
