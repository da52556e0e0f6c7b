import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { attributes, isKeyword } from "@/lib/core/formats/dicom/vocabulary";
import type { Wanted } from "@/lib/core/formats/dicom/write-dataset";
import { closeServer } from "../engine/start-engine";
import { listenOnLoopback } from "../loopback";

/** The root of the services, to which /studies is added. */
const root = "/dicom-web";
const mostAtOnce = 500;

export type StudyServer = { readonly url: string; readonly stop: () => Promise<void> };

/**
 * A PACS as far as it can be searched for studies (QIDO-RS, PS3.18, 10.6), on 127.0.0.1. It matches single values and ranges
 * of dates, and gives all that it knows of a study, whatever is asked for.
 */
export async function serveStudies(ask: {
  readonly port: number;
  /** Every study that it has, oldest first. */
  readonly studies: () => readonly Wanted[];
}): Promise<StudyServer> {
  const server = createServer((request, response) => answer(request, response, ask.studies));
  const port = await listenOnLoopback(server, ask.port);
  return { url: `http://127.0.0.1:${port}${root}`, stop: () => closeServer(server) };
}

function answer(request: IncomingMessage, response: ServerResponse, studies: () => readonly Wanted[]): void {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://pacs.invalid");
  request.resume();
  if (request.method !== "GET" || pathname !== `${root}/studies`) return void response.writeHead(404).end();
  const offset = numberOf(searchParams.get("offset"), 0);
  const limit = Math.min(numberOf(searchParams.get("limit"), mostAtOnce), mostAtOnce);
  const found = studies()
    .filter((study) => isMatch(study, searchParams))
    .slice(offset, offset + limit);
  if (found.length === 0) return void response.writeHead(204).end();
  const body = JSON.stringify(found.map(dicomJson));
  response.writeHead(200, { "content-type": "application/dicom+json" }).end(body);
}

function isMatch(study: Wanted, query: URLSearchParams): boolean {
  return [...query].every(([name, wanted]) => {
    if (!isKeyword(name)) return true;
    const value = study[name];
    if (typeof value !== "string") return false;
    const [from = "", to = from] = wanted.split("-");
    return wanted.includes("-") && attributes[name][1] === "DA"
      ? value >= from && (to === "" || value <= to)
      : value === wanted;
  });
}

function numberOf(text: string | null, otherwise: number): number {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : otherwise;
}

/** A data set by the DICOM JSON model (PS3.18, F.2): an empty attribute has no value, names are in groups, counts are numbers. */
export function dicomJson(dataset: Wanted): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(dataset).flatMap(([keyword, value]) => {
      if (!isKeyword(keyword)) return [];
      const [tag, vr] = attributes[keyword];
      return [[tag, value === "" ? { vr } : { vr, Value: valuesOf(vr, value) }]];
    }),
  );
}

function valuesOf(vr: string, value: string | readonly Wanted[]): readonly unknown[] {
  if (typeof value !== "string") return value.map(dicomJson);
  if (vr === "PN") return [{ Alphabetic: value }];
  return vr === "IS" ? value.split("\\").map(Number) : value.split("\\");
}
