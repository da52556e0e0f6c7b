import type { RowPick } from "./pages";
import type { Message, Row } from "./wire";

/** Rows of a message that a page is about; see RowPick. */
export function pickedRows(message: Message, picks: readonly RowPick[] | undefined): readonly Row[] {
  if (picks === undefined) return message.rows;
  const mine = picks.filter(
    ({ from, to, replacedSinceMs = 0 }) =>
      message.messageId >= from &&
      message.messageId <= to &&
      message.rows.some((row) => row.receivedAtMs >= replacedSinceMs),
  );
  return message.rows.filter((row) =>
    mine.some(({ legs }) => legs === undefined || legs.includes(row.metaDataId)),
  );
}
