/** One run, and the list that leads to it. Its curves come with a piece of code of their own, once they are asked for. */
import type { ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ask, type Problem } from "../api/client";
import type { OneRun, Run as Line, Streams } from "../api/types";
import { reachable } from "../offline/answers";
import { failed, useAsked } from "../parts/asked";
import { Back } from "../parts/back";
import { AsTable } from "../parts/picture";
import { NoRuns } from "../parts/no-runs";
import { Shell } from "../parts/shell";
import { Empty, Offline, Stale, Waiting, When, Wrong } from "../parts/states";
import { tell } from "../parts/toast";
import { Why } from "../parts/why";
import { go } from "../router";
import { distance, duration } from "../state/settings";
import { undo } from "../state/undo";
import { day, say, teach, type TextId } from "../texts";
import words from "../texts/run.json";

teach(words);

const KM_M = 1000;
const PAGE = 30;
const RUNNING = "running";

/** Return a day in words, with its year where it is another one than this. */
function dayOf(date: string, length: "long" | "dated"): string {
  const year = date.slice(0, 4);
  return year === String(new Date().getFullYear()) ? day(date, length) : `${day(date, length)} ${year}`;
}

/** Return the word for a SPORT; one that has none of ours keeps that of its file. */
function sportOf(sport: string): string {
  const id = `run.sport_${sport}`;
  return id in words ? say(id as TextId) : sport.replaceAll("_", " ");
}

interface Listed {
  runs: Line[];
  count: number;
}

/** Show the runs, newest first. */
export function Runs(): JSX.Element {
  const [asked, again] = useAsked<Listed>(`/runs?last=${PAGE}`);
  return (
    <Shell title={say("runs.title")}>
      <When asked={asked} again={again}>
        {(first, at) =>
          first.runs.length === 0 ? (
            <NoRuns />
          ) : (
            <>
              {!reachable.value && <Stale at={at} />}
              <List key={first.runs[0]?.id} first={first} />
            </>
          )
        }
      </When>
      <Back to="/training" />
    </Shell>
  );
}

function List({ first }: { first: Listed }): JSX.Element {
  const [older, setOlder] = useState<Line[]>([]);
  const [missed, setMissed] = useState<ReturnType<typeof failed> | null>(null);
  const runs = [...first.runs, ...older];
  const more = () =>
    ask<Listed>(`/runs?last=${PAGE}&before=${runs.at(-1)?.id}`).then(
      (next) => (setOlder([...older, ...next.runs]), setMissed(null)),
      (error: unknown) => setMissed(failed(error)),
    );
  return (
    <>
      <nav class="card" aria-label={say("runs.title")}>
        {runs.map((run) => (
          <a key={run.id} class="linked" href={`/training/run/${run.id}`}>
            <span class="stack tight">
              <strong>{dayOf(run.local_date, "dated")}</strong>
              {(run.name || run.sport !== RUNNING) && (
                <span class="quiet small">{[run.sport !== RUNNING && sportOf(run.sport), run.name].filter(Boolean).join(", ")}</span>
              )}
            </span>
            <span class="quiet">{[distance(run.distance_m), duration(run.timer_s)].join(" · ")}</span>
          </a>
        ))}
      </nav>
      {missed?.state === "offline" && <Offline again={() => void more()} />}
      {missed?.state === "wrong" && <Wrong problem={missed.problem} again={() => void more()} />}
      {runs.length < first.count && !missed && (
        <button type="button" class="button" onClick={() => void more()}>
          {say("run.older")}
        </button>
      )}
    </>
  );
}

/** Show the run that the address names. */
export function Run({ blanks }: { blanks: Record<string, string> }): JSX.Element {
  const id = encodeURIComponent(blanks.id ?? "");
  const [asked, again] = useAsked<OneRun>(`/runs/${id}/page`);
  const there = asked.state === "there" ? asked.answer : null;
  const title = there ? say("run.title", { sport: sportOf(there.run.sport), day: dayOf(there.run.local_date, "long") }) : say("runs.title");
  return (
    <Shell title={title} wide="across">
      <When asked={asked} again={again}>
        {(page, at) => (
          <>
            {!reachable.value && <Stale at={at} />}
            <Facts page={page} />
            {page.spike && (
              <section class="notice">
                <h2>{say("run.long")}</h2>
                <p>{page.spike.says}</p>
                <div class="row">
                  <Why of="load/session_spike">{say("run.long_why")}</Why>
                </div>
              </section>
            )}
            {page.pain && (
              <section class="card">
                <h2>{say("run.pain")}</h2>
                <p>{page.pain.told}</p>
              </section>
            )}
            <AlongTheRun page={page} />
            <Laps run={page.run} />
            <Data page={page} />
          </>
        )}
      </When>
      <Back to="/training/runs" />
    </Shell>
  );
}

function Facts({ page }: { page: OneRun }): JSX.Element {
  const { run } = page;
  const climb =
    run.ascent_m === null
      ? null
      : say("run.climbed", { up: Math.round(run.ascent_m), down: Math.round(page.descent_m ?? 0) });
  const facts: [string, string | null][] = [
    [say("run.length"), distance(run.distance_m)],
    [say("run.time"), page.time ?? say("unit.unknown")],
    [say("run.speed_mps"), page.pace],
    [say("run.heart_rate_bpm"), run.heart_rate_bpm && say("run.bpm", { value: Math.round(run.heart_rate_bpm) })],
    [say("run.climb"), page.descent_m === null ? run.ascent_m && say("run.metres", { value: Math.round(run.ascent_m) }) : climb],
  ].filter((each): each is [string, string] => Boolean(each[1]));
  return (
    <>
      {run.name && <p class="lead">{run.name}</p>}
      <dl class="tiles">
        {facts.map(([name, value]) => (
          <div key={name} class="card">
            <dt class="quiet small">{name}</dt>
            <dd class="lead">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** The curves and the splits, or a word where the run has none. */
function AlongTheRun({ page }: { page: OneRun }): JSX.Element {
  const { run } = page;
  const [asked, again] = useAsked<Streams>(run.records > 0 ? `/runs/${run.id}/streams` : null);
  if (run.records === 0) return <Empty title={say("run.no_curves")} why={say("run.no_curves_why")} />;
  return (
    <div>
    <section class="card" aria-label={say("run.curves")}>
      <h2>{say("run.curves")}</h2>
      <When asked={asked} again={again}>
        {(data) => (
          <>
            {data.streams.length > 0 && <Drawn data={data} page={page} />}
            {data.splits.rows.length > 0 ? (
              <AsTable title={say("run.as_table")} data={{ columns: data.splits.heads, rows: data.splits.rows }} />
            ) : (
              <p class="quiet">{say("run.splits_none")}</p>
            )}
          </>
        )}
      </When>
    </section>
    </div>
  );
}

type Shown = typeof import("../parts/streams");

function Drawn({ data, page }: { data: Streams; page: OneRun }): JSX.Element {
  const [Curves, setCurves] = useState<ComponentType<Parameters<Shown["Streams"]>[0]> | "failed" | null>(null);
  useEffect(() => {
    import("../parts/streams").then(
      (came) => setCurves(() => came.Streams),
      () => setCurves("failed"),
    );
  }, []);
  if (Curves === "failed") return <p class="notice">{say("run.curves_failed")}</p>;
  if (!Curves) return <Waiting />;
  const { pain, pain_lap: marked } = page;
  const { laps } = page.run;
  const spots = [
    ...[...laps]
      .sort((one, other) => Number(other.number === marked) - Number(one.number === marked))
      .map(({ number, km }) => ({
        name: say(number === marked ? "run.at_lap_pain" : "run.at_lap", { number }),
        from_m: km * KM_M,
      })),
    ...(pain && marked === null && pain.state !== "none" && pain.low_km !== null
      ? [{ name: say("run.at_pain"), from_m: pain.low_km * KM_M, to_m: pain.high_km === null ? null : pain.high_km * KM_M }]
      : []),
  ];
  return <Curves data={data} spots={spots} />;
}

function Laps({ run: { laps } }: { run: Line }): JSX.Element | null {
  if (laps.length === 0) return null;
  return (
    <section class="card">
      <h2>{say("run.laps")}</h2>
      <ul class="lines">
        {laps.map((lap) => (
          <li key={lap.number} class="row apart">
            <span>{say("run.at_lap", { number: lap.number })}</span>
            <strong>{distance(lap.km * KM_M)}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What its data lack, and where they come from. */
function Data({ page }: { page: OneRun }): JSX.Element {
  const { faults, run } = page;
  const [wrong, setWrong] = useState<Problem | null>(null);
  const part = () =>
    ask<{ event: number | null }>(`/runs/${run.id}/split`, { method: "POST" }).then(
      ({ event }) => {
        tell(say("run.parts_done"), () => void undo(event));
        go("/training/runs");
      },
      (error: unknown) => {
        const seen = failed(error);
        if (seen.state === "wrong") setWrong(seen.problem);
        else tell(say("state.offline_title"));
      },
    );
  return (
    <>
      {faults.length > 0 && (
        <details class="card">
          <summary>{say("run.faults", { count: faults.length })}</summary>
          <ul>
            {faults.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </details>
      )}
      <details class="card">
        <summary>{say("run.sources")}</summary>
        <ul class="broken">
          {run.sources.map((each, place) => (
            <li key={place}>{[each.file, each.maker, each.product].filter(Boolean).join(", ") || each.kind}</li>
          ))}
        </ul>
        {run.sources.length > 1 && (
          <div class="stack">
            <p>{say("run.sources_many", { count: run.sources.length })}</p>
            {wrong && <Wrong problem={wrong} />}
            <button type="button" class="button" onClick={() => void part()}>
              {say("run.parts")}
            </button>
          </div>
        )}
      </details>
    </>
  );
}
