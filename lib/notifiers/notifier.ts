import type { ChannelKind } from "@/lib/core/notice/kinds";
import type { Attempt, NoticeProblem } from "@/lib/core/notice/problem";
import type { ChannelAddress, OutgoingNotice } from "@/lib/core/notice/schema";
import type { Email } from "./email/send-email";

/** One telling of a notice. */
export type Telling = {
  /** The same at every attempt, so that a receiver can know the second as the first. */
  readonly id: string;
  readonly notice: OutgoingNotice;
  /** Where the notice leads to, as a whole address. */
  readonly link: string;
  /** Where the person who is told can acknowledge, once; undefined where there is nothing to, or nobody in person. */
  readonly acknowledgeLink: string | undefined;
  readonly now: Date;
};

/** How something was posted: any status is an answer. */
export type Posted =
  | { readonly kind: "answered"; readonly status: number }
  | { readonly kind: "failed"; readonly problem: NoticeProblem };

/** What a notifier may reach the world with. */
export type NotifierIo = {
  readonly post: (message: {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  }) => Promise<Posted>;
  readonly mail: (email: Omit<Email, "from">) => Promise<Attempt>;
};

type AddressOf<Kind extends ChannelKind> = Extract<ChannelAddress, { readonly kind: Kind }>;

/** Tells through one kind of channel; never throws for what the receiver does. */
export type Notifier<Kind extends ChannelKind> = (
  telling: Telling,
  address: AddressOf<Kind>,
  io: NotifierIo,
) => Promise<Attempt>;

/** What an answer means: only what may pass by itself is tried again. */
export function judgePosted(posted: Posted): Attempt {
  if (posted.kind === "failed") {
    const { problem } = posted;
    return { kind: problem === "address_refused" ? "never" : "later", problem };
  }
  const { status } = posted;
  if (status >= 200 && status < 300) return { kind: "sent" };
  if (status === 408 || status === 425 || status === 429) return { kind: "later", problem: "busy" };
  if (status >= 500) return { kind: "later", problem: "server_error" };
  if (status >= 300 && status < 400) return { kind: "never", problem: "redirected" };
  return { kind: "never", problem: status === 404 || status === 410 ? "gone" : "rejected" };
}

/** Posts a value as JSON. */
export async function postJson(
  io: NotifierIo,
  message: {
    readonly url: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body: string;
  },
): Promise<Attempt> {
  const headers = { "Content-Type": "application/json", "User-Agent": "Signalbox", ...message.headers };
  return judgePosted(await io.post({ ...message, headers }));
}
