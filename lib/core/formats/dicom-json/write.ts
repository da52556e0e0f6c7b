import type { Dataset, DicomElement } from "@/lib/core/formats/dicom/dataset";

/**
 * A data set as the JSON model, as far as `readDataset` needs it: names stay in one text, since how their groups are told
 * apart, PN itself says.
 */
export function modelOf(dataset: Dataset): Record<string, unknown> {
  return Object.fromEntries([...dataset].map(([tag, element]) => [tag, elementModel(element)]));
}

function elementModel({ vr, texts, items }: DicomElement): object {
  return { vr, Value: vr === "SQ" ? items.map(modelOf) : texts };
}
