import { type DemoSource, readDemoSources } from "@/lib/db/demo";

/** How the demo's sources speak, one of each. */
const demoKinds = ["mirth", "push", "hl7-mllp", "atna-syslog", "dicomweb", "dimse", "mpps"] as const;
type DemoKind = (typeof demoKinds)[number];

/** The demo's sources by how they speak. */
export type SourceOfKind = Readonly<Record<DemoKind, DemoSource>>;

/** Undefined once one of them is gone. */
export async function findDemoSources(): Promise<SourceOfKind | undefined> {
  const sources = await readDemoSources();
  const of = (kind: DemoKind) => sources.find((source) => source.kind === kind);
  const [mirth, push, mllp, atna, dicomweb, dimse, mpps] = demoKinds.map(of);
  if (!mirth || !push || !mllp || !atna || !dicomweb || !dimse || !mpps) return undefined;
  return { mirth, push, "hl7-mllp": mllp, "atna-syslog": atna, dicomweb, dimse, mpps };
}
