/** S8, the rest: what the training data are worth, and gaps that only the runner can explain. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask, Problem } from "../api/client";
import type { Quality } from "../api/types";
import { failed, useAsked } from "../parts/asked";
import { Back } from "../parts/back";
import { Shell } from "../parts/shell";
import { Empty, When, Wrong } from "../parts/states";
import { tell } from "../parts/toast";
import { undo } from "../state/undo";
import { day, number, say, type TextId } from "../texts";

type Fault = Quality["faults"][number];

const MOST = 60;
const PERCENT = 100;
const GAP = "gap_";
const TOLD = new Set(["gap_rest", "gap_no_watch"]);

/** Show grades, gaps and faults. */
export function QualityPage(): JSX.Element {
  const [asked, again] = useAsked<Quality>("/quality");
  return (
    <Shell title={say("quality.title")}>
      <p>{say("quality.lead")}</p>
      <When asked={asked} again={again}>
        {(quality) =>
          quality.weeks.length === 0 ? (
            <Empty title={say("training.none_title")} why={say("training.none_why")} />
          ) : (
            <>
              <Grades weeks={quality.weeks} />
              <Gaps gaps={quality.faults.filter((each) => each.kind.startsWith(GAP) && !TOLD.has(each.kind))} onMarked={again} />
              <Faults faults={quality.faults.filter((each) => !each.kind.startsWith(GAP) || TOLD.has(each.kind))} />
            </>
          )
        }
      </When>
      <Back to="/training" />
    </Shell>
  );
}

function Grades({ weeks }: { weeks: Quality["weeks"] }): JSX.Element {
  const [first] = weeks;
  if (first && weeks.every((each) => each.grade === first.grade)) {
    const percent = Math.round(first.may_be_off_by * PERCENT);
    return <p class="lead">{say("quality.all_of_one", { count: weeks.length, grade: first.grade, percent })}</p>;
  }
  return (
    <dl class="tiles">
      {(["A", "B", "C", "D"] as const).map((grade) => {
        const found = weeks.filter((each) => each.grade === grade);
        if (found.length === 0) return null;
        return (
          <div key={grade} class="card">
            <dt>{say("quality.grade", { grade })}</dt>
            <dd class="figure">{number(found.length)}</dd>
            {found[0] && (
              <dd class="small quiet">{say("quality.off", { percent: Math.round(found[0].may_be_off_by * PERCENT) })}</dd>
            )}
          </div>
        );
      })}
    </dl>
  );
}

function Gaps({ gaps, onMarked }: { gaps: Fault[]; onMarked: () => void }): JSX.Element | null {
  const [wrong, setWrong] = useState<Problem | null>(null);
  if (gaps.length === 0) return null;
  const mark = async (gap: Fault, kind: "rest" | "no_watch") => {
    try {
      const { event } = await ask<{ event: number }>("/gaps", {
        method: "POST",
        body: { from: gap.from, to: gap.to, kind },
      });
      tell(say("quality.marked"), () => void undo(event).then(onMarked));
      onMarked();
    } catch (error) {
      const seen = failed(error);
      setWrong(seen.state === "wrong" ? seen.problem : new Problem(0, "", say("state.offline_title"), "", ""));
    }
  };
  return (
    <section class="card">
      <h2>{say("quality.gaps")}</h2>
      {wrong && <Wrong problem={wrong} />}
      <ul class="lines">
        {gaps.map((gap) => (
          <li key={gap.from} class="stack tight">
            <strong>{`${day(gap.from, "short")} – ${day(gap.to, "short")}`}</strong>
            <span class="row even">
              {(["rest", "no_watch"] as const).map((kind) => (
                <button key={kind} type="button" class="button" onClick={() => void mark(gap, kind)}>
                  {say(`quality.${kind}` as TextId)}
                </button>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Faults({ faults }: { faults: Fault[] }): JSX.Element | null {
  if (faults.length === 0) return null;
  return (
    <details class="card">
      <summary>{say("quality.faults", { count: faults.length })}</summary>
      <ul class="lines">
        {faults.slice(0, MOST).map((fault, place) => (
          <li key={place}>
            <strong>{fault.run ? <a href={`/training/run/${fault.run}`}>{day(fault.from)}</a> : day(fault.from)}</strong>
            <p class="quiet">{fault.says}</p>
          </li>
        ))}
      </ul>
    </details>
  );
}
