/** S7 and S8: files come in while the runner does something else; every file is told of. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ask, Problem, ROOT, withRunner } from "../api/client";
import type { FileLine, ImportReport as Report, Job } from "../api/types";
import { failed, useAsked } from "../parts/asked";
import { Shell } from "../parts/shell";
import { Empty, When, Wrong } from "../parts/states";
import { go } from "../router";
import { undo } from "../state/undo";
import { number, say, type TextId } from "../texts";
import { Lost } from "./lost";

const BRANDS: { id: string; name: TextId; how: TextId }[] = [
  { id: "strava", name: "import.strava", how: "import.strava_how" },
  { id: "garmin", name: "import.garmin", how: "import.garmin_how" },
  { id: "apple", name: "import.apple", how: "import.apple_how" },
  { id: "other", name: "import.other", how: "import.other_how" },
];
const NOT_FOUND = 404;
const PERCENT = 100;
const S_PER_MIN = 60;

/** Files that were chosen while Python could not be reached, and those of them that it has already. */
interface Held {
  files: File[];
  uploads: string[];
}

/** Take files, send them to Python one by one, and begin the import. */
export function Import(): JSX.Element {
  const [sent, setSent] = useState<{ done: number; count: number } | null>(null);
  const [wrong, setWrong] = useState<Problem | null>(null);
  const [over, setOver] = useState(false);
  const [held, setHeld] = useState<Held | null>(null);
  const chosen = useRef<HTMLInputElement>(null);

  const bring = async (files: File[], uploads: string[] = []) => {
    if (files.length === 0) return;
    setWrong(null);
    setHeld(null);
    setSent({ done: uploads.length, count: files.length });
    try {
      for (const file of files.slice(uploads.length)) {
        const kept = await ask<{ upload: string }>(`/uploads?name=${encodeURIComponent(file.name)}`, {
          method: "PUT",
          body: file,
        });
        uploads.push(kept.upload);
        setSent({ done: uploads.length, count: files.length });
      }
      const job = await ask<Job>("/imports", { method: "POST", body: { uploads } });
      go(`/training/import/${job.id}`);
    } catch (error) {
      const seen = failed(error);
      if (seen.state === "wrong") setWrong(seen.problem);
      else setHeld({ files, uploads });
      setSent(null);
    }
  };
  useEffect(() => {
    if (!held) return;
    const again = () => void bring(held.files, held.uploads);
    addEventListener("online", again);
    return () => removeEventListener("online", again);
  }, [held]);

  return (
    <Shell title={say("import.title")}>
      <p>{say("import.lead")}</p>
      <section
        class={over ? "card drop over" : "card drop"}
        onDragOver={(event) => (event.preventDefault(), setOver(true))}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void bring([...(event.dataTransfer?.files ?? [])]);
        }}
      >
        <p>{say("import.drop")}</p>
        <input
          ref={chosen}
          class="said-only"
          type="file"
          multiple
          tabIndex={-1}
          aria-label={say("import.choose")}
          accept=".fit,.gpx,.tcx,.gz,.zip,.xml,.csv"
          onChange={(event) => void bring([...(event.currentTarget.files ?? [])])}
        />
        <button
          type="button"
          class="button main-act"
          disabled={sent !== null}
          onClick={() => chosen.current?.click()}
        >
          {say("import.choose")}
        </button>
        {sent && (
          <label class="stack tight small">
            {say("import.sending", { done: sent.done, count: sent.count })}
            <progress max={sent.count} value={sent.done} />
          </label>
        )}
      </section>
      {wrong && <Wrong problem={wrong} />}
      {held && (
        <section class="notice" role="alert">
          <h2>{say("state.offline_title")}</h2>
          <p>{say("import.held", { count: held.files.length })}</p>
          <button type="button" class="button" onClick={() => void bring(held.files, held.uploads)}>
            {say("act.try_again")}
          </button>
        </section>
      )}
      <section class="stack tight">
        <h2>{say("import.how_title")}</h2>
        <div class="folds">
          {BRANDS.map((brand) => (
            <details key={brand.id} class="card">
              <summary>{say(brand.name)}</summary>
              <p>{say(brand.how)}</p>
            </details>
          ))}
        </div>
      </section>
    </Shell>
  );
}

type Missed = ReturnType<typeof failed> | null;

/** Follow a job until it ends; it goes on by itself when the page is left, and when the network is. */
function useJob(id: string): [Job | null, Missed, () => void] {
  const [job, setJob] = useState<Job | null>(null);
  const [missed, setMissed] = useState<Missed>(null);
  const [times, setTimes] = useState(0);
  useEffect(() => {
    const events = new EventSource(ROOT + withRunner(`/jobs/${id}/events`));
    events.addEventListener("job", (event) => {
      const now = JSON.parse((event as MessageEvent<string>).data) as Job;
      setJob(now);
      setMissed(null);
      if (now.state !== "waiting" && now.state !== "running") events.close();
    });
    events.addEventListener("error", () => {
      ask<Job>(`/jobs/${id}`).catch((error: unknown) => setMissed(failed(error))); // a stream does not say what is wrong
    });
    return () => events.close();
  }, [id, times]);
  return [job, missed, () => setTimes(times + 1)];
}

/** Live progress, then what became of every file. */
export function ImportReport({ blanks }: { blanks: Record<string, string> }): JSX.Element {
  const id = blanks.job ?? "";
  const [job, missed, follow] = useJob(id);
  const ended = job !== null && job.state !== "waiting" && job.state !== "running";
  const [asked, again] = useAsked<{ job: Job; report: Report }>(ended ? `/imports/${id}` : null);
  if (missed?.state === "wrong" && missed.problem.status === NOT_FOUND) return <Lost />;
  return (
    <Shell title={say(ended ? "report.title" : "report.running")}>
      {!ended && !missed && <Running job={job} />}
      {!ended && missed?.state === "wrong" && <Wrong problem={missed.problem} again={follow} />}
      {!ended && missed?.state === "offline" && (
        <Empty title={say("state.offline_title")} why={say("report.goes_on")}>
          <button type="button" class="button" onClick={follow}>
            {say("act.try_again")}
          </button>
        </Empty>
      )}
      {ended && (
        <When asked={asked} again={again}>
          {({ job: last, report }) => (
            <>
              {last.error && <p class="notice wrong">{[last.error.what, last.error.why, last.error.next].filter(Boolean).join(" ")}</p>}
              <Tiles report={report} />
              <Lines title={say("report.failed")} lines={report.failed} open />
              <Lines title={say("report.skipped")} lines={report.skipped} />
              <Lines title={say("report.merged")} lines={report.merged} />
              <div class="row even">
                <a class="button main-act" href="/training">
                  {say("report.see_training")}
                </a>
                <a class="button" href="/training/quality">
                  {say("quality.title")}
                </a>
                <TakeBack job={last} />
              </div>
            </>
          )}
        </When>
      )}
    </Shell>
  );
}

interface Event {
  event: number;
  kind: string;
  at: string;
  undone_at: string | null;
}

/** Undo the import, as long as nothing was told or brought in after it. */
function TakeBack({ job }: { job: Job }): JSX.Element | null {
  const [asked] = useAsked<{ events: Event[] }>("/history");
  if (asked.state !== "there") return null;
  const newest = asked.answer.events.find((event) => event.undone_at === null);
  if (newest?.kind !== "import" || newest.at < job.at) return null;
  return (
    <button type="button" class="button plain" onClick={() => void undo(newest.event).then(() => go("/training"))}>
      {say("report.undo")}
    </button>
  );
}

/** How long it still takes, in words. */
function left(seconds: number): string {
  const minutes = Math.round(seconds / S_PER_MIN);
  return minutes === 0 ? say("report.left_soon") : say("report.left", { count: minutes });
}

function Running({ job }: { job: Job | null }): JSX.Element {
  const percent = job?.total ? Math.floor((PERCENT * job.done) / job.total) : null;
  return (
    <section class="card" aria-live="polite">
      <p class="figure">{job ? number(job.done) : "…"}</p>
      <p>{percent === null ? say("report.counting") : say("report.of", { total: job?.total ?? 0, percent })}</p>
      {typeof job?.left_s === "number" && <p>{left(job.left_s)}</p>}
      <progress {...(job?.total ? { max: job.total, value: job.done } : {})} aria-label={say("report.running")} />
      <p class="quiet small">{say("report.leave")}</p>
    </section>
  );
}

function Tiles({ report }: { report: Report }): JSX.Element {
  const clean = report.merged.length + report.skipped.length + report.failed.length === 0;
  if (clean && report.read.length > 0) return <p class="lead">{say("report.clean", { count: report.read.length })}</p>;
  const tiles: [TextId, number][] = [
    ["report.tile_read", report.read.length],
    ["report.tile_merged", report.merged.length],
    ["report.tile_skipped", report.skipped.length],
    ["report.tile_failed", report.failed.length],
  ];
  return (
    <dl class="tiles">
      {tiles.filter(([name, count]) => count > 0 || name === "report.tile_read").map(([name, count]) => (
        <div key={name} class="card">
          <dt>{say(name)}</dt>
          <dd class="figure">{number(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

const MOST = 200;

function Lines({ title, lines, open = false }: { title: string; lines: FileLine[]; open?: boolean }) {
  if (lines.length === 0) return null;
  return (
    <details class="card" open={open}>
      <summary>{`${title} (${number(lines.length)})`}</summary>
      <ul class="lines">
        {lines.slice(0, MOST).map((line) => (
          <li key={line.file}>
            <strong>{line.file.split("/").at(-1)}</strong>
            <p class="quiet">{line.why}</p>
          </li>
        ))}
      </ul>
      {lines.length > MOST && <p class="quiet small">{say("report.more", { count: lines.length - MOST })}</p>}
    </details>
  );
}
