/** S15: how it went: this week against its own plan, pain day by day, pain beside the load, and what was done. */
import type { JSX } from "preact";
import type { Weekly } from "../api/outlook";
import type { Plan, Referral, Run } from "../api/types";
import { answered, useAsked, withOthers } from "../parts/asked";
import { Plotted, useChart } from "../parts/chart";
import { Ring } from "../parts/ring";
import { Shell } from "../parts/shell";
import { Empty, When } from "../parts/states";
import { WeeklyOffer } from "../parts/weekly-offer";
import { today } from "../state/calendar";
import { type Event, type Week, weekOf } from "../state/progress";
import { settings } from "../state/settings";
import { day, say } from "../texts";

interface Done extends Event {
  event: number;
  label: string;
  undone_at: string | null;
}

const MOST = 12;
const TRAINING = new Set(["import", "log"]);

/** Show this week, the course of the pain and what was done of late. */
export function Progress(): JSX.Element {
  return (
    <Shell title={say("progress.title")} wide="two">
      <Course />
    </Shell>
  );
}

/** Everything is asked for at once and shown at once, so that nothing pushes another part aside. */
function Course(): JSX.Element {
  const [asked, again] = useAsked<{ events: Done[] }>("/history?most=200");
  const [weekly] = useAsked<Weekly>("/weekly");
  const [planned, askPlan] = useAsked<{ plan: Plan | Referral | null }>("/plan");
  const [ran] = useAsked<{ runs: Run[] }>("/runs?last=60");
  const [pain, time] = [useChart("pain"), useChart("time")];
  return (
    <When asked={withOthers(asked, weekly, planned, ran, pain[0], time[0])} again={again}>
      {({ events }) => {
        const stands = events.filter((each) => each.undone_at === null);
        const told = stands.some((each) => each.kind === "checkin");
        if (stands.length === 0) return <Nothing />;
        return (
          <>
            <section class="card">
              <h2>{say("progress.this_week")}</h2>
              <When asked={planned} again={askPlan}>
                {({ plan }) => ran.state === "there" && <Rings week={counted(plan, ran.answer.runs, stands)} />}
              </When>
              <p class="quiet small">{say("progress.why")}</p>
            </section>
            <WeeklyOffer asked={weekly} />
            {told && <Plotted of={pain} />}
            {(told || stands.some((each) => TRAINING.has(each.kind))) && <Plotted of={time} />}
            <nav class="row" aria-label={say("charts.more")}>
              <a class="button" href="/training/charts/until">
                {say("charts.until")}
              </a>
              {answered(weekly)?.due === false && (
                <a class="button" href="/plan/weekly">
                  {say("weekly.title")}
                </a>
              )}
            </nav>
            <Latest events={stands.slice(0, MOST)} />
          </>
        );
      }}
    </When>
  );
}

function Nothing(): JSX.Element {
  return (
    <Empty title={say("progress.none_title")} why={say("progress.none_why")}>
      <a class="button main-act" href="/today/check-in">
        {say("checkin.title")}
      </a>
      <a class="button" href="/training/import">
        {say("import.title")}
      </a>
    </Empty>
  );
}

function Latest({ events }: { events: Done[] }): JSX.Element {
  return (
    <details class="card">
      <summary>{say("progress.done")}</summary>
      <ul class="lines">
        {events.map((each) => (
          <li key={each.event}>
            <strong>{each.label}</strong>
            <p class="quiet small">{day(each.at.slice(0, 10))}</p>
          </li>
        ))}
      </ul>
    </details>
  );
}

function counted(plan: Plan | Referral | null, runs: Run[], events: Event[]): Week {
  return weekOf(today(), settings.value.week_start, plan?.kind === "plan" ? plan.days : [], runs, events);
}

function Rings({ week }: { week: Week }): JSX.Element {
  return (
    <div class="rings">
      <Ring name={say("progress.ring_sessions")} {...week.sessions} />
      {week.minutes.planned === null ? (
        <Ring name={say("progress.ring_runs")} {...week.runs} />
      ) : (
        <Ring name={say("progress.ring_minutes")} {...week.minutes} />
      )}
      <Ring name={say("progress.ring_checkins")} {...week.checkins} />
    </div>
  );
}
