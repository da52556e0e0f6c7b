import type { PollIo, ProbeReport, ProbeWarning } from "../connector";
import { getJson, openServer } from "../http/client";
import { notUnderstood, refusedProbe } from "../http/trouble";
import { clockWarnings, plainHttpWarning } from "../http/warnings";
import { calls } from "./calls";
import type { OrthancConfig } from "./config";
import { readClockSkew } from "./stream-system";
import { changesSchema, statisticsSchema, systemSchema } from "./wire";

/** Tries a server step by step and says in plain words what was found, or what is wrong and what to do. Reads only. */
export async function probe(config: OrthancConfig, io: PollIo): Promise<ProbeReport> {
  try {
    return await probeServer(config, io);
  } catch (error) {
    return refusedProbe(error, { config, words, io });
  }
}

const words = {
  product: "Orthanc",
  rights: "to read system, statistics, changes, studies and jobs",
  wrongPath: "Enter the address of the REST API itself, without the path of a viewer.",
};

async function probeServer(config: OrthancConfig, io: PollIo): Promise<ProbeReport> {
  const server = openServer(config, io);
  const system = systemSchema.safeParse((await getJson(server, calls.system())).json);
  if (!system.success) throw notUnderstood({ name: "system" });
  const statistics = statisticsSchema.safeParse((await getJson(server, calls.statistics())).json);
  const changes = changesSchema.safeParse((await getJson(server, calls.lastChange())).json);
  await getJson(server, calls.jobs());
  if (!statistics.success || !changes.success) throw notUnderstood({ name: "statistics" });
  const clockSkewMs = await readClockSkew(server);
  const { Version, DicomAet } = system.data;
  const title = DicomAet === undefined ? "" : `, AE title ${DicomAet},`;
  const studies = statistics.data.CountStudies;
  return {
    ok: true,
    diagnosis: `Connected to Orthanc ${Version}${title} with ${studies} ${studies === 1 ? "study" : "studies"}.`,
    version: Version,
    product: "Orthanc",
    ...(clockSkewMs === undefined ? {} : { clockSkewMs }),
    warnings: [
      ...versionWarnings(Version),
      ...plainHttpWarning(config),
      ...anyoneWarnings(config, io),
      ...issuerWarnings(config),
      ...clockWarnings(clockSkewMs),
    ],
  };
}

function versionWarnings(version: string): readonly ProbeWarning[] {
  const [, major = "", minor = ""] = /^(\d{1,3})\.(\d{1,3})/.exec(version) ?? [];
  const isOld = major === "0" || (major === "1" && Number(minor) < 12);
  if (!isOld) return [];
  return [
    {
      severity: "warning",
      text: "Orthanc before 1.12.0 lets any account of its API overwrite files of the server (CVE-2023-33466). Upgrade, and until then let only known machines reach the port.",
    },
  ];
}

function anyoneWarnings(config: OrthancConfig, io: PollIo): readonly ProbeWarning[] {
  if (config.username !== undefined || io.secret("token")) return [];
  return [
    {
      severity: "critical",
      text: "This server answers without a password: whoever reaches the port can read and delete studies. Set AuthenticationEnabled and RegisteredUsers in Orthanc's configuration.",
    },
  ];
}

function issuerWarnings({ assigningAuthority }: OrthancConfig): readonly ProbeWarning[] {
  if (assigningAuthority !== undefined) return [];
  return [
    {
      severity: "notice",
      text: "Orthanc does not list the issuer of patient IDs by default. Enter the assigning authority below, or patients of this archive are never matched with others.",
    },
  ];
}
