/** S13: the session. One exercise a screen, sets counted, holds and rests timed, sides called. */
import type { JSX } from "preact";
import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import type { Exercise, Plan, Referral } from "../api/types";
import { reachable } from "../offline/answers";
import { send } from "../offline/outbox";
import { useAsked } from "../parts/asked";
import { ReferralCard } from "../parts/care";
import { Score } from "../parts/choices";
import { Figure } from "../parts/figure";
import { Icon } from "../parts/icons";
import { Shell } from "../parts/shell";
import { Empty, Stale, When } from "../parts/states";
import { tell } from "../parts/toast";
import { go } from "../router";
import { begin, type Course, next, pass, type Step } from "../state/session";
import { keepAwake, signalEnd } from "../state/device";
import { settings } from "../state/settings";
import { day, say } from "../texts";

/** Guide through the exercises of the plan; where a referral stands there is none. */
export function Session(): JSX.Element {
  const [asked, again] = useAsked<{ plan: Plan | Referral | null }>("/plan");
  return (
    <Shell title={say("session.title")} bare>
      <When asked={asked} again={again}>
        {({ plan }, at) => {
          if (plan?.kind === "referral") return <ReferralCard referral={plan} />;
          if (!plan || plan.exercises.length === 0)
            return (
              <Empty title={say("session.none_title")} why={say("session.none_why")}>
                <a class="button" href="/plan">
                  {say("tab.plan")}
                </a>
              </Empty>
            );
          return (
            <>
              {!reachable.value && <Stale at={at} />}
              <Player exercises={plan.exercises} />
            </>
          );
        }}
      </When>
    </Shell>
  );
}

type Act = { kind: "pass"; seconds: number } | { kind: "next" };

const SECOND_MS = 1000;

function Player({ exercises }: { exercises: Exercise[] }): JSX.Element {
  const [course, act] = useReducer((now: Course, what: Act) => (what.kind === "pass" ? pass(now, what.seconds) : next(now)), null, () =>
    begin(exercises),
  );
  const [paused, setPaused] = useState(false);
  const [said, setSaid] = useState<Record<string, string>>({});
  const step = course.steps[course.at];
  const timed = step?.seconds != null && !paused;

  useEffect(() => keepAwake(), []);
  useEffect(() => {
    if (!timed) return;
    let told = Date.now();
    const look = () => {
      const seconds = Math.floor((Date.now() - told) / SECOND_MS);
      if (seconds < 1) return;
      told += seconds * SECOND_MS;
      act({ kind: "pass", seconds });
    };
    const clock = setInterval(look, SECOND_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(clock);
      document.removeEventListener("visibilitychange", look);
    };
  }, [timed, course.at]);
  const before = useRef(course.at);
  useEffect(() => {
    if (before.current !== course.at && settings.value.sound) signalEnd(step?.says ?? "");
    before.current = course.at;
  }, [course.at, step]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.code !== "Space" || (event.target as Element).closest("button, a, input, summary")) return;
      event.preventDefault();
      act({ kind: "next" });
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);

  if (!step) return <Done exercises={exercises} said={said} />;
  const exercise = exercises[step.exercise] as Exercise;
  return (
    <>
      <div class="stack tight session-head">
        <p class="quiet small">{say("session.place", { place: step.exercise + 1, count: exercises.length })}</p>
        <h2>{exercise.name}</h2>
      </div>
      <Figure id={exercise.id} name={exercise.name} />
      <StepView step={step} left={course.left} dose={exercise.dose} />
      <div class="row even">
        <button type="button" class="button main-act" onClick={() => act({ kind: "next" })}>
          {say("session.next")}
        </button>
        {step.seconds !== null && (
          <button type="button" class="button" aria-pressed={paused} onClick={() => setPaused(!paused)}>
            <Icon name={paused ? "play" : "pause"} />
            {say(paused ? "session.go_on" : "session.pause")}
          </button>
        )}
      </div>
      <fieldset>
        <legend class="small quiet">{say("session.how_is_it")}</legend>
        <div class="felt">
          {(["too_easy", "too_hard", "hurts"] as const).map((word) => (
            <button
              key={word}
              type="button"
              class="button"
              aria-pressed={said[exercise.id] === word}
              onClick={() => setSaid({ ...said, [exercise.id]: word })}
            >
              {say(`session.${word}`)}
            </button>
          ))}
        </div>
      </fieldset>
      {said[exercise.id] === "hurts" && <p class="notice">{exercise.stop_when}</p>}
      <details>
        <summary>{say("exercise.how")}</summary>
        <ol>
          {exercise.steps.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      </details>
      <div class="row">
        <a class="button plain" href="/plan">
          {say("session.leave")}
        </a>
      </div>
    </>
  );
}

function StepView({ step, left, dose }: { step: Step; left: number | null; dose: string }): JSX.Element {
  return (
    <section class="card session-step" aria-live="polite">
      <p class="lead">{step.says}</p>
      {left !== null && (
        <p class="figure" role="timer" aria-live="off">
          {left}
        </p>
      )}
      {step.seconds !== null && left !== null && (
        <progress max={step.seconds} value={step.seconds - left} aria-label={step.says} />
      )}
      <p class="small quiet">{dose}</p>
    </section>
  );
}

function Done({ exercises, said }: { exercises: Exercise[]; said: Record<string, string> }): JSX.Element {
  const [pain, setPain] = useState<number | null>(null);
  const keep = async () => {
    const done = exercises.map((exercise) => ({ exercise: exercise.id, felt: said[exercise.id] ?? "right" }));
    const answer = await send("/sessions", { done, pain });
    tell(say(answer ? "session.kept" : "checkin.kept_here"));
    go("/today");
  };
  return (
    <section class="card">
      <h2>{say("session.done")}</h2>
      <p>{day(new Date().toISOString().slice(0, 10))}</p>
      <Score legend={say("session.pain")} value={pain} onChoose={setPain} />
      <button type="button" class="button main-act wide" disabled={pain === null} onClick={() => void keep()}>
        {say("act.keep")}
      </button>
    </section>
  );
}
