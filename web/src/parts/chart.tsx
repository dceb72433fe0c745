/** A chart as Python drew it, and its rows as a table. */
import type { JSX } from "preact";
import { useAsked } from "./asked";
import { AsTable, Picture } from "./picture";
import { say } from "../texts";

interface Drawn {
  svg: string;
  columns: string[];
  rows: (string | number | null)[][];
  says?: string;
}

/** Show the chart NAME; where there is none, nothing stands in its place. */
export function Chart({ name, title }: { name: string; title: string }): JSX.Element | null {
  const [asked] = useAsked<Drawn>(`/charts/${name}`);
  if (asked.state !== "there") return null;
  const { svg, columns, rows, says } = asked.answer;
  return (
    <figure class="card chart">
      <figcaption class="stack tight">
        <h2>{title}</h2>
        {says && <p>{says}</p>}
      </figcaption>
      <Picture svg={svg} />
      <AsTable title={say("chart.as_table")} data={{ columns, rows }} />
    </figure>
  );
}
