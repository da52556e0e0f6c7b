import { expect, test } from "vitest";
import { storeBatch } from "@/lib/ingest/pipeline";
import { listLoneSightings } from "@/lib/services/messages/list-lone-sightings";
import { aPerson } from "@/tests/support/people";
import { aDelivery, addSource, batchOf, withStorage } from "@/tests/support/storage";

const db = withStorage();

test("what one source saw and no other is found, by control id, type and day", async () => {
  const [tap, engine] = [await addSource(db(), "tap"), await addSource(db(), "engine")];
  const now = new Date();
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  const seen = (controlId: string, minutes: number, messageType = "ADT^A08") =>
    aDelivery({ messageId: `${controlId} ${minutes}`, controlId, messageType, receivedAt: ago(minutes) });
  const ofTap = [
    seen("C1", 60),
    seen("C2", 61),
    seen("C3", 62),
    seen("C4", 63, "ACK"),
    seen("C5", 5),
    seen("C6", 64),
  ];
  await storeBatch({ sourceId: tap, batch: batchOf(...ofTap), now });
  const ofEngine = [seen("C1", 58), seen("C3", 60, "ADT^A40")];
  await storeBatch({ sourceId: engine, batch: batchOf(...ofEngine), now });
  const analyst = aPerson([{ role: "interface-analyst", department: undefined }]);
  const found = await listLoneSightings(analyst, { id: tap });
  expect({ checked: found.checked, shared: found.shared }).toEqual({ checked: 4, shared: 1 });
  expect(found.lone.map(({ controlId }) => controlId)).toEqual(["C2", "C3", "C6"]);
});
