/** S16: the training, week by week; what changed before it hurt; how long the next run may be. */
import type { JSX } from "preact";
import type { Load, Metric } from "../api/types";
import { reachable } from "../offline/answers";
import { useAsked } from "../parts/asked";
import { Chart } from "../parts/chart";
import { type Door, Doors } from "../parts/doors";
import { NoRuns } from "../parts/no-runs";
import { Shell } from "../parts/shell";
import { Stale, When } from "../parts/states";
import { Why } from "../parts/why";
import { atMost, distance } from "../state/settings";
import { day, say } from "../texts";

const KM_M = 1000;
const DOORS: Door[] = [
  { to: "/training/runs", name: "runs.title", icon: "run" },
  { to: "/training/charts/spikes", name: "charts.more", icon: "training" },
  { to: "/training/form", name: "form.title", icon: "run" },
  { to: "/training/quality", name: "quality.title", icon: "check" },
  { to: "/training/import", name: "import.title", icon: "file" },
];

/** Show the load. */
export function Training(): JSX.Element {
  const [asked, again] = useAsked<Load>("/load");
  return (
    <Shell title={say("training.title")} wide="two">
      <When asked={asked} again={again}>
        {(load, at) =>
          load.weeks.length === 0 ? (
            <NoRuns />
          ) : (
            <>
              {!reachable.value && <Stale at={at} />}
              <Next load={load} />
              <Chart name="weeks" />
              <Changes load={load} />
              <Doors doors={DOORS} label={say("training.more")} />
              <section class="stack tight">
                <h2>{say("training.figures")}</h2>
                <p>{say("training.figures_why")}</p>
                <div class="folds">
                  {load.metrics.map((metric) => (
                    <MetricCard key={metric.id} metric={metric} />
                  ))}
                </div>
              </section>
            </>
          )
        }
      </When>
    </Shell>
  );
}

function Next({ load }: { load: Load }): JSX.Element {
  return (
    <section class="card">
      <h2>{say("training.next_run")}</h2>
      {load.ceiling_km === null ? (
        <p>{say(load.may_run ? "training.no_history" : "training.not_now")}</p>
      ) : (
        <>
          <p class="figure">{atMost(load.ceiling_km * KM_M)}</p>
          <p>{say("training.ceiling_why")}</p>
          {load.ceiling_doubt && <p>{load.ceiling_doubt.says}</p>}
        </>
      )}
      <div class="whys-even">
        {load.ceiling_km !== null && <Why of="load/ceiling">{say("training.ceiling")}</Why>}
        {load.longest_30d_km !== null && (
          <Why of="load/longest">{say("training.longest", { longest: distance(load.longest_30d_km * KM_M) })}</Why>
        )}
        <Why of="load/week">{say("training.week")}</Why>
      </div>
    </section>
  );
}

function Changes({ load }: { load: Load }): JSX.Element | null {
  if (load.onset === null) return null;
  return (
    <section class="card">
      <h2>{say("training.changed")}</h2>
      <p class="quiet">{say("training.changed_why", { day: day(load.onset) })}</p>
      {load.changes.length === 0 ? (
        <p>{load.verdict}</p>
      ) : (
        <ul>
          {load.changes.map((change) => (
            <li key={change.kind + change.on}>
              <OfRun run={change.kind === "spike" ? load.spikes.find((each) => each.date === change.on)?.run : undefined}>
                {change.says}
              </OfRun>
              <p class="quiet small">{change.standing_says}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Words of a RUN lead to it. */
function OfRun({ run, children }: { run: string | undefined; children: string }): JSX.Element {
  return run ? <a href={`/training/run/${run}`}>{children}</a> : <>{children}</>;
}

function MetricCard({ metric }: { metric: Metric }): JSX.Element {
  const now = [metric.now, metric.known, metric.how_sure].filter(Boolean).join(" ");
  return (
    <details class="card">
      <summary>{metric.name}</summary>
      <div class="stack tight">
        {now && <p class="lead">{now}</p>}
        <p>{metric.says}</p>
        <p class="quiet">{metric.standing_says}</p>
        <p class="small">{say("training.formula", { formula: metric.formula })}</p>
        <div class="row whys">
          <Why of={`load/${metric.id}`}>{say("why.figure_of")}</Why>
        </div>
      </div>
    </details>
  );
}
