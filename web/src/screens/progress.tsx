/** S15: how it went: pain day by day, pain beside the load, and what was done. */
import type { JSX } from "preact";
import { Chart } from "../parts/chart";
import { useAsked } from "../parts/asked";
import { Shell } from "../parts/shell";
import { When } from "../parts/states";
import { WeeklyOffer } from "../parts/weekly-offer";
import { day, number, say } from "../texts";

interface Done {
  event: number;
  kind: string;
  label: string;
  at: string;
  undone_at: string | null;
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const MOST = 12;

/** Show the course of the pain and what was done of late. */
export function Progress(): JSX.Element {
  const [asked, again] = useAsked<{ events: Done[] }>("/history?most=200");
  return (
    <Shell title={say("progress.title")}>
      <WeeklyOffer />
      <Chart name="pain" />
      <Chart name="time" />
      <When asked={asked} again={again}>
        {({ events }) => <Kept events={events.filter((each) => each.undone_at === null)} />}
      </When>
    </Shell>
  );
}

function Kept({ events }: { events: Done[] }): JSX.Element {
  const since = Date.now() - WEEK_MS;
  const checkins = events.filter((each) => each.kind === "checkin" && Date.parse(each.at) > since);
  return (
    <>
      <section class="card">
        <h2>{say("progress.week")}</h2>
        <p class="figure">{number(checkins.length)}</p>
        <p>{say("progress.checkins", { count: checkins.length })}</p>
        <a href="/plan/weekly">{say("weekly.title")}</a>
      </section>
      <details class="card">
        <summary>{say("progress.done")}</summary>
        <ul class="lines">
          {events.slice(0, MOST).map((each) => (
            <li key={each.event}>
              <strong>{each.label}</strong>
              <p class="quiet small">{day(each.at.slice(0, 10))}</p>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
