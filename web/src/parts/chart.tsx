/** A chart as Python drew it, and its rows as a table. */
import type { JSX } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Drawn } from "../api/types";
import { useAsked } from "./asked";
import { AsTable, Picture } from "./picture";
import { RoomOfCards } from "./shell";
import { Empty, Waiting, When } from "./states";
import { chartWidth } from "../state/width";
import { say } from "../texts";

export type ChartName = "weeks" | "spikes" | "before" | "time" | "pain" | "until" | "cadence";

/** Ask for the chart NAME, as wide as a card is here. */
export function useChart(name: ChartName): ReturnType<typeof useAsked<Drawn>> {
  const room = useContext(RoomOfCards);
  const [width, setWidth] = useState(() => chartWidth(innerWidth, room));
  useEffect(() => {
    const fit = () => setWidth(chartWidth(innerWidth, room));
    addEventListener("resize", fit);
    return () => removeEventListener("resize", fit);
  }, [room]);
  return useAsked<Drawn>(`/charts/${name}?width=${width}`);
}

/** Show the chart NAME. */
export function Chart({ name }: { name: ChartName }): JSX.Element {
  return <Plotted of={useChart(name)} />;
}

/** Show a chart that was asked for. */
export function Plotted({ of: [asked, again] }: { of: ReturnType<typeof useChart> }): JSX.Element {
  if (asked.state === "waiting")
    return (
      <figure class="card chart">
        <Waiting />
      </figure>
    );
  return (
    <When asked={asked} again={again}>
      {({ title, svg, heads, rows, says }) =>
        rows.length === 0 ? (
          <Empty title={title} why={says} />
        ) : (
          <figure class="card chart" aria-label={title}>
            <Picture svg={svg} />
            <AsTable title={say("chart.as_table")} says={says} data={{ columns: heads, rows }} />
          </figure>
        )
      }
    </When>
  );
}
