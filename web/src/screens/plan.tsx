/** S12: the plan. The week, the exercises, the stage and its rules, what to avoid, when to have it looked at. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask, Problem } from "../api/client";
import type { Exercise, Plan as PlanOf, PlanDay, Referral } from "../api/types";
import { reachable } from "../offline/answers";
import { failed, useAsked } from "../parts/asked";
import { ReferralCard } from "../parts/care";
import { Icon } from "../parts/icons";
import { Shell } from "../parts/shell";
import { Empty, Stale, When, Wrong } from "../parts/states";
import { tell } from "../parts/toast";
import { PlanNumbers } from "../parts/why-plan";
import { undo } from "../state/undo";
import { day, say } from "../texts";

/** Show the plan that was agreed on, or the referral that stands before it. */
export function Plan(): JSX.Element {
  const [asked, again] = useAsked<{ plan: PlanOf | Referral | null }>("/plan");
  const [wrong, setWrong] = useState<Problem | null>(null);
  const make = async () => {
    try {
      const made = await ask<{ event: number }>("/plan", { method: "POST", body: {} });
      tell(say("plan.made"), () => void undo(made.event).then(again));
      again();
    } catch (error) {
      const seen = failed(error);
      setWrong(seen.state === "wrong" ? seen.problem : new Problem(0, "", say("state.offline_title"), "", ""));
    }
  };
  return (
    <Shell title={say("plan.title")}>
      {wrong && <Wrong problem={wrong} />}
      <When asked={asked} again={again}>
        {({ plan }, at) => (
          <>
            {!reachable.value && <Stale at={at} />}
            {plan === null && (
              <Empty title={say("plan.none_title")} why={say("plan.none_why")}>
                <button type="button" class="button main-act" onClick={() => void make()}>
                  {say("plan.make")}
                </button>
              </Empty>
            )}
            {plan?.kind === "referral" && <ReferralCard referral={plan} />}
            {plan?.kind === "plan" && (
              <>
                <Proposals onSettled={again} />
                <Whole plan={plan} onRemake={() => void make()} />
              </>
            )}
          </>
        )}
      </When>
    </Shell>
  );
}

interface Change {
  id: string;
  item: string;
  reason: string;
  locked: string | null;
}

/** What Python proposes for the plan; the runner decides. */
function Proposals({ onSettled }: { onSettled: () => void }): JSX.Element | null {
  const [asked, again] = useAsked<{ proposed: Change[] }>("/plan/changes");
  if (asked.state !== "there" || asked.answer.proposed.length === 0) return null;
  const settle = async (change: Change, word: "accept" | "decline") => {
    try {
      const { event } = await ask<{ event: number }>(`/plan/changes/${encodeURIComponent(change.id)}/${word}`, {
        method: "POST",
        body: {},
      });
      tell(say(word === "accept" ? "plan.accepted" : "plan.declined"), () => void undo(event).then(onSettled));
      onSettled();
    } catch (error) {
      const seen = failed(error);
      tell(seen.state === "wrong" ? seen.problem.what : say("state.offline_title"));
    }
    again();
  };
  return (
    <section class="card">
      <h2>{say("plan.proposed")}</h2>
      <ul class="lines">
        {asked.answer.proposed.map((change) => (
          <li key={change.id} class="stack tight">
            <p>{change.reason}</p>
            <span class="row">
              {change.locked === null && (
                <button type="button" class="button main-act" onClick={() => void settle(change, "accept")}>
                  {say("plan.accept")}
                </button>
              )}
              <button type="button" class="button" onClick={() => void settle(change, "decline")}>
                {say("plan.decline")}
              </button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Whole({ plan, onRemake }: { plan: PlanOf; onRemake: () => void }): JSX.Element {
  return (
    <>
      <p class="lead">{plan.headline}</p>
      <PlanNumbers plan={plan} />
      <Week days={plan.week} />
      <Exercises exercises={plan.exercises} />
      {plan.stage && (
        <section class="card">
          <h2>{say("plan.stage", { number: plan.stage.number, count: plan.stage.count })}</h2>
          <progress
            max={plan.stage.count}
            value={plan.stage.number}
            aria-label={say("plan.stage", { number: plan.stage.number, count: plan.stage.count })}
          />
          <p>{plan.stage.says}</p>
          <p>
            <strong>{say("plan.next_stage")}</strong> {plan.stage.leave}
          </p>
          {plan.weeks && <p class="quiet">{plan.weeks.says}</p>}
        </section>
      )}
      <List title={say("plan.running")} lines={plan.run.says} />
      <List title={say("plan.avoid")} lines={plan.avoid} />
      <List title={say("plan.know")} lines={plan.education} />
      <List title={say("plan.refer_when")} lines={plan.refer_when} open />
      <List title={say("plan.how_sure")} lines={plan.how_sure} />
      <div class="row no-print">
        <button type="button" class="button" onClick={onRemake}>
          {say("plan.remake")}
        </button>
        <button type="button" class="button" onClick={() => print()}>
          {say("act.print")}
        </button>
      </div>
    </>
  );
}

function Week({ days }: { days: PlanDay[] }): JSX.Element {
  return (
    <section class="card">
      <h2>{say("plan.week")}</h2>
      <ol class="week">
        {days.map((each) => (
          <li key={each.on}>
            <span class="week-day">{day(each.on, "weekday")}</span>
            <span class="week-marks" aria-hidden="true">
              <b class={each.run ? "mark-run" : "mark-none"}>{each.run ? say("plan.mark_run") : "·"}</b>
              <b class={each.strength ? "mark-strength" : "mark-none"}>{each.strength ? say("plan.mark_strength") : "·"}</b>
            </span>
            <span>{each.says}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Exercises({ exercises }: { exercises: Exercise[] }): JSX.Element | null {
  if (exercises.length === 0) return null;
  return (
    <section class="card">
      <h2>{say("plan.exercises")}</h2>
      <div>
        {exercises.map((exercise) => (
          <a key={exercise.id} class="linked" href={`/exercise/${exercise.id}`}>
            <span class="stack tight">
              <strong>{exercise.name}</strong>
              <span class="quiet small">{exercise.dose}</span>
            </span>
            <Icon name="next" />
          </a>
        ))}
      </div>
      <a class="button main-act wide" href="/session">
        <Icon name="play" />
        {say("plan.begin_session")}
      </a>
    </section>
  );
}

function List({ title, lines, open = false }: { title: string; lines: string[]; open?: boolean }) {
  if (lines.length === 0) return null;
  return (
    <details class="card" open={open}>
      <summary>{title}</summary>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  );
}
