import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { type BackupRecord, decodeRecord, decodeRecordHead, recordHeadBytes } from "@/lib/core/backup/format";
import { AppError } from "@/lib/core/errors";
import { readBytes } from "@/lib/crypto/byte-reader";
import { openStream } from "@/lib/crypto/seal-stream";

/** The records of a backup file, decrypted and unpacked as they are read. @throws AppError bad_request | not_found */
export async function* readBackup(file: string): AsyncGenerator<BackupRecord> {
  const packed = createReadStream(file);
  const opened = Readable.from(openStream(packed), { objectMode: false });
  const unpacked = createGunzip();
  // pipe() carries no errors: what goes wrong earlier ends the unpacker with the same error.
  opened.on("error", (error) => unpacked.destroy(error));
  opened.pipe(unpacked);
  const reader = readBytes(unpacked);
  try {
    while (!(await reader.atEnd())) {
      const { letter, length } = decodeRecordHead(await whole(reader.take(recordHeadBytes), recordHeadBytes));
      yield decodeRecord(letter, await whole(reader.take(length), length));
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw unreadable(cause);
  } finally {
    opened.destroy();
    packed.destroy();
    unpacked.destroy();
  }
}

async function whole(taking: Promise<Buffer>, count: number): Promise<Buffer> {
  const bytes = await taking;
  if (bytes.length < count) throw unreadable();
  return bytes;
}

function unreadable(cause?: unknown): AppError {
  const isMissing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
  return isMissing
    ? new AppError("not_found", "There is no such backup file.", { cause })
    : new AppError("bad_request", "The backup file cannot be read.", { cause });
}
