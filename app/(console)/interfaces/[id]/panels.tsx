import { ChangesPanel } from "./changes-panel";
import { CountedFigures } from "./counted-figures";
import { CountedPanel } from "./counted-panel";
import { CounterPanel } from "./counter-panel";
import { DelayPanel } from "./delay-panel";
import { InterfaceFigures } from "./interface-figures";
import { LatencyPanel } from "./latency-panel";
import { LegChoice } from "./leg-choice";
import { LegPanel } from "./leg-panel";
import { OutcomePanel } from "./outcome-panel";
import type { PanelInput } from "./page-links";
import { QueuePanel } from "./queue-panel";
import { ReasonPanel } from "./reason-panel";

/** What there is to see of an interface whose messages are read. */
export function MessagePanels(shared: PanelInput) {
  return (
    <>
      <InterfaceFigures {...shared} />
      <LegChoice {...shared} />
      <OutcomePanel {...shared} />
      <LatencyPanel {...shared} />
      <LegPanel {...shared} />
      <div className="grid gap-6 xl:grid-cols-2">
        <ReasonPanel {...shared} />
        <ChangesPanel {...shared} />
      </div>
      <DelayPanel {...shared} />
      <QueuePanel {...shared} />
      <CounterPanel {...shared} />
    </>
  );
}

/** What there is to see of an interface of which the engine gives its counters and not one message. */
export function CountedPanels(shared: PanelInput) {
  return (
    <>
      <CountedFigures {...shared} />
      <LegChoice {...shared} />
      <CountedPanel {...shared} />
      <CounterPanel {...shared} />
      <QueuePanel {...shared} />
      <ChangesPanel {...shared} />
    </>
  );
}
