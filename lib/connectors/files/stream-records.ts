import { csvCells } from "@/lib/core/formats/records/csv-cells";
import { splitRecords } from "@/lib/core/formats/records/split";
import type { Page, PollIo, Stream } from "../connector";
import { delimiters, type FilesConfig } from "./config";
import { allowedFolder, listFiles, type OpenFile, openFile } from "./folder";
import { type FileNow, placeOf, withPlace } from "./progress";
import { cursorSchema, type FilesCursor, type Place, type RecordsPage } from "./wire";

/** What is new in the files of the folder, whole records only. */
export const recordsStream: Stream<FilesConfig> = {
  name: "records",
  everyMs: 10_000,
  async *poll(config, io, rawCursor) {
    const folder = await allowedFolder(config.folder, io.fileRoots ?? []);
    const known = cursorSchema.safeParse(rawCursor);
    let cursor: FilesCursor = known.success ? known.data : { files: {} };
    const { files: before } = cursor;
    const present = await listFiles(folder, {
      pattern: config.pattern,
      isKnown: (key) => Object.hasOwn(before, key),
    });
    const endAt = performance.now() + POLL_MS;
    for (const [index, file] of present.entries()) {
      const pages = readFile({ folder, file, config, io, cursor, present });
      for await (const page of pages) {
        cursor = page.cursor;
        const isLate = performance.now() > endAt;
        // More to read makes the next poll come at once.
        yield { ...page, backlog: isLate ? 1 + present.length - index : 0 };
        if (isLate) return;
      }
    }
    // That the folder was looked at is noted, also when there was nothing new.
    yield { wire: pageOf([], io), cursor, backlog: 0 };
  },
};

const POLL_MS = 10_000;
const RECORDS_A_PAGE = 500;
const BYTES_A_PAGE = 4 * 1024 * 1024;
const MAX_RECORD_BYTES = 256 * 1024;
const HEAD_BYTES = 256;

type Reading = {
  readonly folder: string;
  readonly file: FileNow;
  readonly config: FilesConfig;
  readonly io: PollIo;
  readonly cursor: FilesCursor;
  readonly present: readonly FileNow[];
};

type FilePage = Page & { readonly cursor: FilesCursor };

async function* readFile(reading: Reading): AsyncIterable<FilePage> {
  const { folder, file, config, io, present } = reading;
  let { cursor } = reading;
  const known = cursor.files[file.key];
  // As long as before and read to its end: nothing to open it for. One written anew in place at exactly this length is rare.
  if (known !== undefined && known.offset === file.size) return;
  const opened = await openFile(folder, file.name);
  try {
    const isSameHead = known !== undefined && (await opened.headOf(known.headBytes)) === known.head;
    const start = placeOf(file, known, isSameHead);
    let offset = start.offset;
    let columns: readonly string[] | undefined = start.columns;
    for (;;) {
      const bytes = await opened.read(offset, BYTES_A_PAGE);
      const { records, taken } = splitRecords(bytes, {
        encoding: config.encoding,
        hasQuotes: config.format === "csv",
        maxBytes: MAX_RECORD_BYTES,
        maxRecords: RECORDS_A_PAGE,
      });
      const isHead = offset === 0 && config.format === "csv" && taken > 0;
      if (isHead) columns = columnsOf(records[0] ?? "", config);
      offset += taken;
      const place = await placeAt(opened, { name: file.name, offset, columns });
      cursor = withPlace(cursor, { key: file.key, place, present });
      yield { wire: pageOf(isHead ? records.slice(1) : records, io, columns), cursor };
      if (taken === 0 || offset >= file.size) return;
    }
  } finally {
    await opened.close();
  }
}

async function placeAt(
  opened: OpenFile,
  at: { readonly name: string; readonly offset: number; readonly columns: readonly string[] | undefined },
): Promise<Place> {
  const headBytes = Math.min(HEAD_BYTES, at.offset);
  const head = (await opened.headOf(headBytes)) ?? "";
  const { name, offset, columns } = at;
  return { name, offset, headBytes, head, ...(columns && { columns: [...columns] }) };
}

function columnsOf(record: string, config: FilesConfig): readonly string[] {
  return csvCells(record, delimiters[config.delimiter]).map((name) => name.trim().slice(0, 128));
}

function pageOf(records: readonly string[], io: PollIo, columns?: readonly string[]): RecordsPage {
  return {
    kind: "records",
    readAtMs: io.now().getTime(),
    retainFromMs: io.retainFrom.getTime(),
    ...(columns && { columns: [...columns] }),
    records: [...records],
  };
}
