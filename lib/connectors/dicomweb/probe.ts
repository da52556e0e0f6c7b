import { searchedDays } from "@/lib/core/formats/dicom/searched-days";
import { readDicomJson } from "@/lib/core/formats/dicom-json/read";
import type { PollIo, ProbeReport } from "../connector";
import { openServer } from "../http/client";
import { notUnderstood, refusedProbe } from "../http/trouble";
import { plainHttpWarning } from "../http/warnings";
import type { DicomwebConfig } from "./config";
import { searchStudies } from "./search";

/** Searches one study of the window and says in plain words what was found, or what is wrong and what to do. */
export async function probe(config: DicomwebConfig, io: PollIo): Promise<ProbeReport> {
  try {
    const days = searchedDays({
      now: io.now(),
      zone: config.timeZone,
      daysBack: config.daysBack,
      daysAhead: 1,
    });
    const { body, tookMs } = await openServer(config, io).get(
      searchStudies({ ...days, offset: 0, limit: 1 }),
    );
    const found = readDicomJson(body?.trim() || "[]");
    if (found === undefined) throw notUnderstood({ name: "studies" });
    const what = found.length === 0 ? "no study of these days" : "studies of these days";
    return {
      ok: true,
      diagnosis: `The archive answers searches for studies (in ${tookMs} ms) and has ${what}.`,
      warnings: [...plainHttpWarning(config)],
    };
  } catch (error) {
    return refusedProbe(error, { config, words, io });
  }
}

const words = {
  product: "The archive",
  rights: "to search studies (QIDO-RS)",
  wrongPath:
    "Enter the root of the DICOMweb services, to which /studies is added: for Orthanc it ends in /dicom-web, for dcm4chee in /aets/NAME/rs.",
};
