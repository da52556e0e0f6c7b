import { AppError } from "@/lib/core/errors";
import type { PollIo, ProbeReport } from "../connector";
import type { FilesConfig } from "./config";
import { allowedFolder, type FolderTrouble, folderTroubles, listFiles } from "./folder";
import { normalise } from "./normalise";
import { recordsStream } from "./stream-records";

/** Looks into the folder, reads the first records, and says in plain words what was found or what is wrong. */
export async function probe(config: FilesConfig, io: PollIo): Promise<ProbeReport> {
  try {
    const folder = await allowedFolder(config.folder, io.fileRoots ?? []);
    const files = await listFiles(folder, { pattern: config.pattern, isKnown: () => false });
    const names = `${files.length} ${files.length === 1 ? "file fits" : "files fit"} ${config.pattern} in ${config.folder}.`;
    if (files.length === 0)
      return { ok: true, diagnosis: `${names} They are read as soon as there are some.`, warnings: [] };
    return { ...(await triedRecords(config, io, names)), warnings: [] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const kind = folderTroubles.find((known) => known === error.info["kind"]) ?? "not_read";
    return { ok: false, diagnosis: texts[kind](config.folder), warnings: [] };
  }
}

async function triedRecords(
  config: FilesConfig,
  io: PollIo,
  names: string,
): Promise<Pick<ProbeReport, "ok" | "diagnosis">> {
  // Also records from before the time that is kept: what is tried is the mapping.
  for await (const { wire } of recordsStream.poll(config, { ...io, retainFrom: new Date(0) }, null)) {
    const { items, rejects } = normalise(wire, config);
    if (items.length === 0 && rejects.length === 0) continue;
    const [first] = rejects;
    const found = `${items.length} of the first ${items.length + rejects.length} records are understood`;
    if (first === undefined) return { ok: true, diagnosis: `${names} ${found}.` };
    return {
      ok: items.length > 0,
      diagnosis: `${names} ${found}; of the others the first is ${first.detail}.`,
    };
  }
  const hint =
    config.format === "lines"
      ? "no line fits the pattern of a line"
      : "they hold no whole record after the first line";
  return { ok: config.format !== "lines", diagnosis: `${names} As yet ${hint}.` };
}

const texts: Readonly<Record<FolderTrouble, (folder: string) => string>> = {
  no_roots: () =>
    "No folder may be read yet. Whoever runs Signalbox names those that may in SIGNALBOX_FILE_ROOTS, and restarts it.",
  outside_roots: (folder) =>
    `${folder} is not below a folder that may be read. Whoever runs Signalbox names those in SIGNALBOX_FILE_ROOTS.`,
  not_found: (folder) => `There is no folder ${folder} where the worker runs. Is the share mounted there?`,
  no_right: (folder) => `The account that Signalbox runs under may not read ${folder}.`,
  no_folder: (folder) => `${folder} is no folder.`,
  not_read: (folder) => `${folder} cannot be read. If it is a share, the server behind it may be away.`,
};
