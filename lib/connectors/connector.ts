import type { z } from "zod";
import type { ItemStatus } from "@/lib/core/message/item-status";
import type { FailureReason } from "@/lib/core/message/reason";
import type { NormalisedBatch, RejectReason } from "@/lib/core/message/schema";

/**
 * A connector is one folder: `wire.ts` (what the engine sends), `client.ts` (HTTP, sockets), `normalise.ts` (pure)
 * and `index.ts`. Scheduling, back-off, circuit breaking, dedupe, storing and dead-lettering live once in `lib/ingest`.
 * Capabilities are absent or complete, never half.
 */
export type Connector<Config> = {
  /** Stored in the database; never renamed. */
  readonly kind: string;
  readonly title: string;
  /** One sentence for the add-source form. */
  readonly description: string;
  /** Non-secret settings. Each field carries `.meta({ title, description })`: the admin form is drawn from it. */
  readonly config: z.ZodType<Config>;
  /** Names and labels of the secrets that the form asks for; stored encrypted, never in config. */
  readonly secrets: readonly SecretField[];
  /** Pure: turns one thing the engine sent into items and rejects. `wire` is what a stream or a listener yields. */
  normalise(wire: unknown, config: Config): NormalisedBatch;
  readonly streams?: readonly Stream<Config>[];
  /**
   * Opens the source's port, says so by `io.ready`, and takes what comes until `io.signal` aborts; resolves when all is
   * closed. @throws AppError source_unreachable when the port cannot be opened (`listenTrouble`)
   */
  readonly listen?: (config: Config, io: ListenIo) => Promise<void>;
  readonly probe?: (config: Config, io: PollIo) => Promise<ProbeReport>;
  readonly content?: (config: Config, io: PollIo, ref: ContentRef) => Promise<MessageContent | undefined>;
  /**
   * Lets the engine send one message again to one destination, keeping the original. Called at most once a message; never
   * throws, and assumes nothing that the engine did not say.
   */
  readonly replay?: Replay<Config>;
};

/** `isReady`: the settings and secrets for it are there; reading has others. */
export type Replay<Config> = {
  readonly isReady: (config: Config, secretNames: readonly string[]) => boolean;
  readonly send: (config: Config, io: PollIo, ref: ContentRef) => Promise<ReplayAnswer>;
};

/** accepted: taken over, what becomes of it is read later; refused: nothing was sent; unclear: nobody knows. */
export type ReplayAnswer =
  | { readonly kind: "accepted" }
  | { readonly kind: "refused"; readonly trouble: string }
  | { readonly kind: "unclear"; readonly trouble: string };

export type SecretField = {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly required: boolean;
};

/** JSON value persisted after each stored page; `null` at the very start. */
export type Cursor = unknown;

/** One thing to read regularly, with one cursor of its own. */
export type Stream<Config> = {
  readonly name: string;
  readonly everyMs: number;
  /**
   * Yields pages until there is nothing more to read now. The poller normalises and stores each page, then persists
   * its cursor, so a crash repeats at most one page (at-least-once; the store makes it exactly once).
   */
  poll(config: Config, io: PollIo, cursor: Cursor): AsyncIterable<Page>;
};

export type Page = {
  readonly wire: unknown;
  /** Persisted once this page is stored. */
  readonly cursor: Cursor;
  /** How many items the source still holds, where it can tell. */
  readonly backlog?: number;
  /** Per interface (engine's channel id): everything from this instant on has been read. */
  readonly completeBackTo?: Readonly<Record<string, Date>>;
};

/** The outside world as a connector sees it. */
export type PollIo = {
  readonly signal: AbortSignal;
  readonly fetch: typeof fetch;
  readonly now: () => Date;
  /** Static message and safe facts; patient data never. */
  readonly log: (message: string, facts?: Readonly<Record<string, string | number | boolean>>) => void;
  /** A secret by its field name, decrypted; undefined when none is stored. */
  readonly secret: (name: string) => string | undefined;
  /** Column mapping that a person confirmed, per channel id. */
  readonly columnMapping: Readonly<Record<string, ColumnMapping>>;
  /** How far back raw deliveries are kept; back-fill goes no further. */
  readonly retainFrom: Date;
  /** Folders below which files may be read; none unless whoever runs the product names some. */
  readonly fileRoots?: readonly string[];
};

/** The outside world as a listener sees it. */
export type ListenIo = Pick<PollIo, "signal" | "now" | "log" | "secret"> & {
  /** The address to listen on where the source's settings name none. */
  readonly host: string;
  /** Says that the port is open. */
  readonly ready: (open: { readonly port: number }) => void;
  /**
   * Normalises one thing that came in, and stores it; resolves after COMMIT, so that what is answered is kept. Many at once
   * are stored together. @throws when it could not be stored, or when too much is waiting already: then it is not ours
   */
  readonly submit: (wire: unknown) => Promise<Submitted>;
};

/** What became of one thing that was submitted: of its items and of what could not be understood, in their order. */
export type Submitted = {
  readonly items: readonly { readonly status: ItemStatus; readonly reason?: RejectReason }[];
  readonly rejected: readonly { readonly reason: RejectReason; readonly detail: string }[];
};

/** Which custom column of a channel holds what. Absent = the channel does not carry it. */
export type ColumnMapping = {
  readonly controlId?: string;
  readonly accession?: string;
  readonly orderNumber?: string;
  readonly mrn?: string;
  /** CX.4 of every MRN of this channel: an MRN means nothing without its issuer. */
  readonly mrnAuthority?: string;
};

export type ProbeReport = {
  readonly ok: boolean;
  /** Sentence for a person: what was found, or what is wrong and what to do. */
  readonly diagnosis: string;
  readonly version?: string;
  readonly product?: string;
  readonly interfaces?: number;
  /** The source's clock minus ours. */
  readonly clockSkewMs?: number;
  readonly warnings: readonly ProbeWarning[];
};

export type ProbeWarning = {
  readonly severity: "critical" | "warning" | "notice";
  readonly text: string;
};

/** Which message on which leg. */
export type ContentRef = {
  readonly interface: string;
  readonly leg: string;
  readonly messageId: string;
};

export const contentParts = [
  "raw",
  "processedRaw",
  "transformed",
  "encoded",
  "sent",
  "response",
  "responseTransformed",
  "processedResponse",
] as const;

export type MessageContent = {
  readonly parts: readonly {
    readonly part: (typeof contentParts)[number];
    readonly dataType: string;
    readonly text: string;
    readonly encrypted: boolean;
  }[];
  /** Set when the engine kept nothing: "not kept: storage mode METADATA". */
  readonly notKept?: string;
  readonly errors: readonly {
    readonly stage: string;
    readonly text: string;
    readonly reason: FailureReason;
  }[];
};
