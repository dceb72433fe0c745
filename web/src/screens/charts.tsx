/** S16: the load as pictures, each with its table. */
import type { JSX } from "preact";
import { Back } from "../parts/back";
import { Chart, type ChartName } from "../parts/chart";
import { Shell } from "../parts/shell";
import { say, type TextId } from "../texts";
import { Lost } from "./lost";

const CHARTS: { name: ChartName; tab: TextId }[] = [
  { name: "weeks", tab: "charts.weeks" },
  { name: "spikes", tab: "charts.spikes" },
  { name: "before", tab: "charts.before" },
  { name: "time", tab: "charts.time" },
  { name: "until", tab: "charts.until" },
];

/** Show the chart that the address names. */
export function Charts({ blanks }: { blanks: Record<string, string> }): JSX.Element {
  const shown = CHARTS.find((each) => each.name === blanks.name);
  if (!shown) return <Lost />;
  return (
    <Shell title={say("charts.title")} wide="across">
      <nav class="row even pills" aria-label={say("charts.title")}>
        {CHARTS.map((each) => (
          <a
            key={each.name}
            class="button"
            href={`/training/charts/${each.name}`}
            aria-current={each === shown ? "page" : undefined}
          >
            {say(each.tab)}
          </a>
        ))}
      </nav>
      <Chart key={shown.name} name={shown.name} />
      <Back to="/training" />
    </Shell>
  );
}
