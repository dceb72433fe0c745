/** S12: the plan. The calendar, the exercises, the stage and its rules, what to avoid, when to have it looked at. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask, Problem } from "../api/client";
import type { Change, Locks as Parts, Made, Weekly } from "../api/outlook";
import type { Exercise, Plan as PlanOf, PlanShown, StageLine } from "../api/types";
import { reachable } from "../offline/answers";
import { answered, failed, useAsked, withOthers } from "../parts/asked";
import { Calendar } from "../parts/calendar";
import { ReferralCard } from "../parts/care";
import { Icon } from "../parts/icons";
import { heldBy, Locks } from "../parts/locks";
import { tellMade } from "../parts/made";
import { ProposedLine, Proposals } from "../parts/proposals";
import { Shell } from "../parts/shell";
import { Stages } from "../parts/stages";
import { Empty, Stale, When, Wrong } from "../parts/states";
import { PlanNumbers } from "../parts/why-plan";
import { touched } from "../state/calendar";
import { say, type TextId } from "../texts";

/** Show the plan that was agreed on, or the referral that stands before it. */
export function Plan(): JSX.Element {
  const [asked, askPlan] = useAsked<PlanShown>("/plan");
  const [proposed, askProposed] = useAsked<{ proposed: Change[] }>("/plan/changes");
  const [locked, askLocked] = useAsked<Parts>("/plan/locks");
  const [weekly] = useAsked<Weekly>("/weekly");
  const [wrong, setWrong] = useState<Problem | null>(null);
  const [asks, setAsks] = useState(false);
  const again = () => {
    askPlan();
    askProposed();
    askLocked();
  };
  const make = async () => {
    try {
      const made = await ask<Made>("/plan", { method: "POST", body: {} });
      setWrong(null);
      setAsks(tellMade(made, again));
      again();
    } catch (error) {
      const seen = failed(error);
      setWrong(seen.state === "wrong" ? seen.problem : new Problem(0, "", say("state.offline_title"), "", ""));
    }
  };
  return (
    <Shell title={say("plan.title")} wide="own">
      {wrong && <Wrong problem={wrong} />}
      <When asked={withOthers(asked, proposed, locked, weekly)} again={again}>
        {({ plan, stages = [] }, at) => (
          <>
            {!reachable.value && <Stale at={at} />}
            {plan === null && asks && (
              <Empty title={say("care.missing_title")} why={say("plan.asks")}>
                <a class="button main-act" href="/hip/question?for=today">
                  {say("care.answer_missing")}
                </a>
              </Empty>
            )}
            {plan === null && !asks && (
              <Empty title={say("plan.none_title")} why={say("plan.none_why")}>
                <button type="button" class="button main-act" onClick={() => void make()}>
                  {say("plan.make")}
                </button>
                <a class="button" href="/plan/wishes">
                  {say("wishes.title")}
                </a>
              </Empty>
            )}
            {plan?.kind === "referral" && <ReferralCard referral={plan} />}
            {plan?.kind === "plan" && (
              <Whole
                plan={plan}
                stages={stages}
                changes={answered(proposed)?.proposed ?? []}
                parts={answered(locked)?.parts ?? []}
                due={answered(weekly)?.due ?? false}
                again={again}
                onRemake={() => void make()}
              />
            )}
          </>
        )}
      </When>
    </Shell>
  );
}

const WEEKLY = "/plan/weekly";
const DOORS: { to: string; name: TextId }[] = [
  { to: "/plan/wishes", name: "wishes.title" },
  { to: "/plan/race", name: "race.title" },
  { to: WEEKLY, name: "weekly.title" },
  { to: "/plan/history", name: "history.title" },
];

interface WholeProps {
  plan: PlanOf;
  stages: StageLine[];
  changes: Change[];
  parts: Parts["parts"];
  /** Whether the questions of the week wait for an answer. */
  due: boolean;
  again: () => void;
  onRemake: () => void;
}

function Whole({ plan, stages, changes, parts, due, again, onRemake }: WholeProps): JSX.Element {
  const lockOf = (item: string) => {
    const lock = parts.find((part) => part.item === item)?.lock;
    return lock ? heldBy(lock) : null;
  };
  return (
    <>
      <p class="lead">{plan.headline}</p>
      {plan.missing.length > 0 && (
        <a class="button main-act" href="/hip/check">
          {say("care.answer_missing")}
        </a>
      )}
      <ProposedLine changes={changes} />
      <Calendar
        days={plan.days.length > 0 ? plan.days : plan.week}
        proposed={touched(changes)}
        lock={lockOf("week")}
        onMoved={again}
      />
      <Proposals changes={changes} onSettled={again} />
      <PlanNumbers plan={plan} />
      <div class="plan-parts">
        <div class="stack">
          <Exercises exercises={plan.exercises} lockOf={lockOf} />
          <Stages plan={plan} stages={stages} lock={lockOf("stage")} />
        </div>
        <div class="stack">
          <List title={say("plan.refer_when")} lines={plan.refer_when} open />
          <div class="folds">
            <List title={say("plan.running")} lines={plan.run.says} lock={lockOf("run")} />
            <List title={say("plan.avoid")} lines={plan.avoid} />
            <List title={say("plan.know")} lines={plan.education} />
            <List title={say("plan.how_sure")} lines={plan.how_sure} />
            <Locks parts={parts} onChanged={again} />
          </div>
          <nav class="doors no-print" aria-label={say("plan.more")}>
            {DOORS.map((door) => (
              <a key={door.to} class="button" href={door.to}>
                {say(door.name)}
                {due && door.to === WEEKLY && <span class="tag">{say("weekly.is_due")}</span>}
              </a>
            ))}
          </nav>
        </div>
      </div>
      <div class="row even no-print">
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

interface ExercisesProps {
  exercises: Exercise[];
  lockOf: (item: string) => string | null;
}

function Exercises({ exercises, lockOf }: ExercisesProps): JSX.Element | null {
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
              <Lock says={lockOf(`exercise:${exercise.id}`)} />
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

function Lock({ says }: { says: string | null }): JSX.Element | null {
  if (!says) return null;
  return (
    <span class="locked small">
      <Icon name="lock" />
      {says}
    </span>
  );
}

interface ListProps {
  title: string;
  lines: string[];
  open?: boolean;
  lock?: string | null;
}

function List({ title, lines, open = false, lock = null }: ListProps): JSX.Element | null {
  if (lines.length === 0) return null;
  return (
    <details class="card" open={open}>
      <summary>{title}</summary>
      <Lock says={lock} />
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  );
}
