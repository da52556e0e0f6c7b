import { AppError } from "@/lib/core/errors";
import { fhirTypes } from "@/lib/core/formats/fhir/schema";
import type { PollIo, ProbeReport, ProbeWarning } from "../connector";
import { notUnderstood, refusedProbe } from "../http/trouble";
import { clockWarnings, plainHttpWarning } from "../http/warnings";
import { openFhir, pathBelow } from "./client";
import { type FhirConfig, isChosen } from "./config";
import { readSearchset, searchPath } from "./search";
import { skewIn } from "./stream-server";
import { capabilitySchema } from "./wire";

/** Reads what the server can do, then searches each chosen type once, and says in plain words what was found. */
export async function probe(config: FhirConfig, io: PollIo): Promise<ProbeReport> {
  try {
    return await probeServer(config, io);
  } catch (error) {
    if (error instanceof AppError && error.info["kind"] === "token") {
      const { host } = new URL(config.tokenUrl);
      const diagnosis = `No access token can be had from ${host}: check the token address, the client, its secret and the scope, and that this server may ask there.`;
      return { ok: false, diagnosis, warnings: [] };
    }
    return refusedProbe(error, { config, words, io });
  }
}

const words = {
  product: "The FHIR server",
  rights: "to search the chosen types of resources",
  wrongPath: "Enter the base address of the FHIR API, to which /metadata is added; many end in /fhir or /r4.",
};

async function probeServer(config: FhirConfig, io: PollIo): Promise<ProbeReport> {
  const server = openFhir(config, io);
  const call = { name: "metadata", path: pathBelow(config, "/metadata") };
  const answer = await server.get(call);
  const statement = capabilitySchema.safeParse(answer.json);
  if (!statement.success) throw notUnderstood(call);
  const { software, fhirVersion, rest = [] } = statement.data;
  const chosen = fhirTypes.filter((type) => isChosen(type, config));
  const offered = new Set(rest.flatMap(({ resource = [] }) => resource.map(({ type }) => type)));
  // Metadata is often open to anybody: only a search shows what this account may do.
  for (const type of chosen.filter((one) => offered.size === 0 || offered.has(one))) {
    const path = searchPath(type, { config, fromMs: io.now().getTime(), count: 1 });
    readSearchset((await server.get({ name: type, path })).json, { type, config });
  }
  const clockSkewMs = skewIn(answer);
  const product = software?.name ?? "A FHIR server";
  const missing = offered.size === 0 ? [] : chosen.filter((type) => !offered.has(type));
  return {
    ok: true,
    diagnosis: `${product}${software?.version ? ` ${software.version}` : ""} answers (in ${answer.tookMs} ms) and lets itself be searched for ${chosen.filter((type) => !missing.includes(type)).join(", ") || "nothing that is chosen"}.`,
    product,
    ...(software?.version && { version: software.version }),
    ...(clockSkewMs !== undefined && { clockSkewMs }),
    warnings: [
      ...versionWarnings(fhirVersion),
      ...missing.map(
        (type): ProbeWarning => ({
          severity: "warning",
          text: `The server says nothing of ${type}: choose no to it, or ask its administrator.`,
        }),
      ),
      ...plainHttpWarning(config),
      ...issuerWarnings(config),
      ...clockWarnings(clockSkewMs),
    ],
  };
}

function versionWarnings(version: string | undefined): readonly ProbeWarning[] {
  if (version?.startsWith("4.0")) return [];
  const said =
    version === undefined ? "does not say which version of FHIR it speaks" : `speaks FHIR ${version}`;
  const text = `The server ${said}. What is read is R4 (4.0.1); of another version some fields may be missed or refused.`;
  return [{ severity: "warning", text }];
}

function issuerWarnings({ assigningAuthority }: FhirConfig): readonly ProbeWarning[] {
  if (assigningAuthority !== "") return [];
  const text =
    "Patient identifiers without a system are matched with nobody. Where the server has such, enter the assigning authority below.";
  return [{ severity: "notice", text }];
}
