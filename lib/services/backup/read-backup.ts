import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { type BackupRecord, decodeRecord } from "@/lib/core/backup/format";
import { AppError } from "@/lib/core/errors";
import { ByteReader, openStream } from "@/lib/crypto/seal-stream";

/** The records of a backup file, decrypted and unpacked as they are read. @throws AppError bad_request when damaged */
export async function* readBackup(file: string): AsyncGenerator<BackupRecord> {
  const packed = createReadStream(file);
  const unpacked = createGunzip();
  const feeding = feed(openStream(packed), unpacked);
  const reader = new ByteReader(unpacked);
  try {
    while (!(await reader.atEnd())) {
      const head = await reader.take(5);
      const body = await reader.take(head.readUInt32BE(1));
      yield decodeRecord(head.toString("latin1", 0, 1), body);
    }
    await feeding;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("bad_request", "The backup file cannot be read.", { cause });
  } finally {
    packed.destroy();
    unpacked.destroy();
    await feeding.catch(() => undefined);
  }
}

/** Pours the decrypted bytes into the unpacker; what goes wrong there surfaces where the records are read. */
async function feed(source: AsyncIterable<Buffer>, unpacked: ReturnType<typeof createGunzip>): Promise<void> {
  try {
    for await (const bytes of source) {
      if (!unpacked.write(bytes))
        await new Promise((resolve) => unpacked.once("drain", resolve).once("close", resolve));
    }
    unpacked.end();
  } catch (error) {
    unpacked.destroy(error instanceof Error ? error : undefined);
    throw error;
  }
}
