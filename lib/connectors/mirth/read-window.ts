import { calls } from "./calls";
import { type MessageCursor, withChannel } from "./message-cursor";
import { failureKey } from "./normalise-messages";
import { type MessagesPage, ownPage, type RowPick } from "./pages";
import { parsedBody } from "./parsed-body";
import { pickedRows } from "./picked-rows";
import { failuresOf } from "./read-failures";
import { messageElements, messageOf } from "./read-messages";
import { type IdRange, joined, type Recheck } from "./rechecks";
import { explainBudget, type Sweep, troubleOf, withExplained } from "./sweep";
import { failureSchema, type Message, messageSchema } from "./wire";
import { parseXml } from "./xml";

export type WindowRead = {
  readonly page: MessagesPage;
  readonly messages: readonly Message[];
  readonly tookMs: number;
  /** The cursor with a raised observation number, the budget spent, and failures left unexplained to come back to. */
  readonly cursor: MessageCursor;
};

/** Reads a window of messages without content, and the error texts of as many failed ones as the budget allows. */
export async function readWindow(
  sweep: Sweep,
  ask: {
    readonly cursor: MessageCursor;
    readonly channelId: string;
    readonly window: IdRange;
    readonly picks?: readonly RowPick[];
  },
): Promise<WindowRead> {
  const { channelId, window, picks } = ask;
  const { io, engine } = sweep;
  const answer = await engine.get(calls.messages({ channelId, ...window }));
  const observedSeq = Math.max(answer.askedAtMs, ask.cursor.observedSeq + 1);
  const bare: MessagesPage = {
    kind: "messages",
    channelId,
    observedSeq,
    retainFromMs: io.retainFrom.getTime(),
    mapping: { ...io.columnMapping[channelId] },
    ...(picks === undefined ? {} : { picks: [...picks] }),
    body: answer.body ?? "<list/>",
  };
  const messages = readableMessages(bare);
  const failed = failedRows(messages, picks);
  const explained = await readFailureTexts(sweep, { ...ask, failed });
  const page = ownPage<MessagesPage>({ ...bare, ...(explained && { failures: explained.body }) });
  const spent = withExplained(sweep, { ...ask.cursor, observedSeq }, explained?.count ?? 0);
  const cursor = withUnexplained(spent, {
    channelId,
    nowMs: answer.askedAtMs,
    rows: explained === undefined ? [] : failed.filter(({ key }) => !explained.keys.has(key)),
  });
  return { page, messages, tookMs: answer.tookMs, cursor };
}

/** Messages of the page that can be understood; the others become rejects when the page is normalised. */
function readableMessages(page: MessagesPage): readonly Message[] {
  try {
    return messageElements(parsedBody(page)).flatMap((element) => {
      const parsed = messageSchema.safeParse(messageOf(element));
      return parsed.success ? [parsed.data] : [];
    });
  } catch (error) {
    if (troubleOf(error) !== "not_xml") throw error;
    return [];
  }
}

type FailedRow = { readonly messageId: number; readonly leg: number; readonly key: string };

function failedRows(
  messages: readonly Message[],
  picks: readonly RowPick[] | undefined,
): readonly FailedRow[] {
  return messages.flatMap((message) =>
    pickedRows(message, picks)
      .filter(({ status }) => status === "ERROR")
      .map(({ metaDataId: leg }) => ({
        messageId: message.messageId,
        leg,
        key: failureKey(message.messageId, leg),
      })),
  );
}

type Explained = { readonly body: string; readonly keys: ReadonlySet<string>; readonly count: number };

/** Undefined where nothing is to be explained, or where it cannot be: reasons are an extra, outcomes are not. */
async function readFailureTexts(
  sweep: Sweep,
  ask: { readonly cursor: MessageCursor; readonly channelId: string; readonly failed: readonly FailedRow[] },
): Promise<Explained | undefined> {
  const ids = [...new Set(ask.failed.map(({ messageId }) => messageId))].sort((a, b) => b - a);
  const isWanted = ids.length > 0 && sweep.config.errorTextsPerMinute > 0;
  if (!isWanted) return undefined;
  const newest = ids.slice(0, explainBudget(sweep, ask.cursor));
  const [to] = newest;
  const from = newest.at(-1);
  // All of them are left for later.
  if (to === undefined || from === undefined) return { body: "<list/>", keys: new Set(), count: 0 };
  const { channelId } = ask;
  try {
    const call = calls.failures({ channelId, from, to, limit: newest.length });
    const { body = "<list/>" } = await sweep.engine.get(call, { maxBytes: MAX_FAILURES_BYTES });
    const keys = failuresOf(parseXml(body)).flatMap((raw) => {
      const parsed = failureSchema.safeParse(raw);
      return parsed.success ? [failureKey(parsed.data.messageId, parsed.data.metaDataId)] : [];
    });
    return { body, keys: new Set(keys), count: newest.length };
  } catch (error) {
    const kind = troubleOf(error);
    if (kind === undefined) throw error;
    sweep.io.log("Error texts could not be read.", { kind });
    return undefined;
  }
}

const MAX_FAILURES_BYTES = 16 * 1024 * 1024;

/** At most this many failures a channel wait for their text; older ones keep the reason `other`. */
const MAX_UNEXPLAINED = 200;

function withUnexplained(
  cursor: MessageCursor,
  left: { readonly channelId: string; readonly nowMs: number; readonly rows: readonly FailedRow[] },
): MessageCursor {
  const progress = cursor.channels[left.channelId];
  if (left.rows.length === 0 || progress === undefined) return cursor;
  const waiting = left.rows.map(
    ({ messageId, leg }): Recheck => ({
      from: messageId,
      to: messageId,
      why: "unexplained",
      legs: [leg],
      dueMs: left.nowMs + 60_000,
    }),
  );
  const others = progress.rechecks.filter(({ why }) => why !== "unexplained");
  const known = progress.rechecks.filter(({ why }) => why === "unexplained");
  const newest = [...known, ...waiting].sort((a, b) => b.from - a.from).slice(0, MAX_UNEXPLAINED);
  const rechecks = joined([...others, ...newest]);
  return withChannel(cursor, { channelId: left.channelId, progress: { ...progress, rechecks } });
}
