import { aChannel } from "../engine/channel-spec";
import { messageText } from "../engine/message-text";
import type { Engine } from "../engine/start-engine";
import { channelSpecOf } from "../hospital/channel-specs";
import { engineInterfaces } from "../hospital/engine-interfaces";
import type { TellingSpan } from "../hospital/exams";
import type { Hospital } from "../hospital/hospital";
import { names } from "../hospital/incidents";
import { patientCount } from "../patients";
import { seededRandom } from "../random";

export type TapMessage = { readonly atMs: number; readonly text: string };

/** The interfaces whose senders send a copy of everything beside the engine. */
const copied: readonly string[] = [names.adt, names.imagingOrders, names.imagingReports];

/** What the tap gets in a span, oldest first: copies of what comes to the engine, and what goes past it. */
export function tapMessages(engine: Engine, hospital: Hospital, span: TellingSpan): readonly TapMessage[] {
  const copies = engineInterfaces
    .filter(({ externalId }) => copied.includes(externalId))
    .flatMap((feed) =>
      engine.messagesBetween({ channelId: feed.externalId, ...span }).map(({ receivedAtMs, facts }) => ({
        atMs: receivedAtMs,
        text: messageText(channelSpecOf(feed), facts),
      })),
    );
  return [...copies, ...pastEngine(hospital, span)].sort((a, b) => a.atMs - b.atMs);
}

const kiosk = aChannel({ id: "kiosk", name: "Kiosk", sender: "KIOSK", receiver: "EHR" });
/** The first one soon, so that whoever tries the demo finds one. */
const kioskFirstMs = 10_000;
const kioskEveryMs = 37 * 60_000;

/** The new kiosk in the entrance hall writes to the EHR by itself; nobody has told the engine's people. */
function pastEngine({ seed, startedAt }: Hospital, { afterMs, untilMs }: TellingSpan): readonly TapMessage[] {
  const firstMs = startedAt.getTime() + kioskFirstMs;
  const messages: TapMessage[] = [];
  const firstNumber = Math.max(0, Math.floor((afterMs - firstMs) / kioskEveryMs));
  for (let number = firstNumber; firstMs + number * kioskEveryMs <= untilMs; number += 1) {
    const atMs = firstMs + number * kioskEveryMs;
    if (atMs <= afterMs) continue;
    const patient = Math.floor(seededRandom(seed, "kiosk", number)() * patientCount);
    const controlId = `KSK${atMs.toString(36).toUpperCase()}`;
    const facts = {
      controlId,
      patient,
      messageType: "ADT^A08",
      accession: "",
      orderNumber: "",
      createdAtMs: atMs,
    };
    messages.push({ atMs, text: messageText(kiosk, facts) });
  }
  return messages;
}
