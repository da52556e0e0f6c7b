import { sendHttp } from "@/lib/connectors/http/send";
import type { SendTrouble } from "@/lib/connectors/send-trouble";
import type { NoticeProblem } from "@/lib/core/notice/problem";

const POST_LIMIT_MS = 15_000;

/**
 * Posts a notice on a connection of its own, to exactly the address that was entered and judged: no redirects, no address
 * that nothing is sent to. Never throws.
 */
export async function postOut(
  message: {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  },
  signal: AbortSignal,
): Promise<
  | { readonly kind: "answered"; readonly status: number }
  | { readonly kind: "failed"; readonly problem: NoticeProblem }
> {
  const posted = await sendHttp({
    message: { ...message, method: "POST", timeoutMs: POST_LIMIT_MS },
    signal,
  });
  return posted.kind === "answered"
    ? { kind: "answered", status: posted.status }
    : { kind: "failed", problem: problems[posted.cause] };
}

const problems: Readonly<Record<SendTrouble, NoticeProblem>> = {
  refused: "unreachable",
  no_such_host: "no_such_host",
  address_refused: "address_refused",
  tls: "tls",
  timeout: "timeout",
  closed: "unreachable",
  stopped: "timeout",
  unreachable: "unreachable",
};
