/** S11: after a run. What the run did to the hip decides the next one. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Problem } from "../api/client";
import type { Question, Today } from "../api/types";
import { send } from "../offline/outbox";
import { failed, useAsked } from "../parts/asked";
import { Choice, type Option, Score } from "../parts/choices";
import { DECLINED, UNKNOWN } from "../parts/question";
import { Shell } from "../parts/shell";
import { When, Wrong } from "../parts/states";
import { tell } from "../parts/toast";
import { go } from "../router";
import { answerOfLap, askedOf, BEGAN, type Lap, lapTold, toldOfRun } from "../state/after-run";
import { distance } from "../state/settings";
import { undo } from "../state/undo";
import { say } from "../texts";

interface Cards {
  after_run: Question[];
  ran: { on: string; run: string; km: number | null; laps?: Lap[] } | null;
}

const KM_M = 1000;

/** Ask how the last run was. */
export function AfterRun(): JSX.Element {
  const [asked, again] = useAsked<Cards>("/checkin");
  return (
    <Shell title={say("afterrun.title")}>
      <When asked={asked} again={again}>
        {(cards) => <Form {...cards} />}
      </When>
    </Shell>
  );
}

function Form({ after_run, ran }: Cards): JSX.Element {
  const [states, setStates] = useState<Record<string, string>>({});
  const [wrong, setWrong] = useState<Problem | null>(null);
  const questions = askedOf(after_run, states, ran?.km ?? null);
  const told = toldOfRun(questions, states);
  const answer = (id: string) => (state: string) => setStates({ ...states, [id]: state });
  const keep = async () => {
    const lap = lapTold(questions, states);
    try {
      const kept = await send<{ event: number; today: Today }>("/after-run", {
        states: told,
        ...(lap !== null && ran ? { lap, run: ran.run } : {}),
      });
      if (kept) tell(say("afterrun.kept"), () => void undo(kept.event));
      else tell(say("checkin.kept_here"));
      go("/today");
    } catch (error) {
      const seen = failed(error);
      if (seen.state === "wrong") setWrong(seen.problem);
    }
  };
  return (
    <form class="stack" onSubmit={(event) => event.preventDefault()}>
      <p class="quiet">
        {ran?.km != null && (
          <a href={`/training/run/${ran.run}`}>{say("afterrun.ran", { distance: distance(ran.km * KM_M) })}</a>
        )}{" "}
        {say("afterrun.lead")}
      </p>
      <section class="card after-run">
        {questions.map((question) => (
          <Asked
            key={question.id}
            question={question}
            laps={question.id === BEGAN ? (ran?.laps ?? []) : []}
            value={states[question.id] ?? null}
            onAnswer={answer(question.id)}
          />
        ))}
      </section>
      <details class="card">
        <summary>{say("afterrun.unsure")}</summary>
        {questions.map((question) => (
          <div key={question.id} class="stack tight">
            <h3>{question.question}</h3>
            <p>{question.help}</p>
            <Choice
              legend={question.question}
              hideLegend
              value={states[question.id] ?? null}
              onChoose={answer(question.id)}
              options={[
                { value: UNKNOWN, label: say("answer.unknown"), less: true },
                { value: DECLINED, label: say("answer.declined"), less: true },
              ]}
            />
          </div>
        ))}
      </details>
      {wrong && <Wrong problem={wrong} />}
      <button
        type="button"
        class="button main-act wide"
        disabled={Object.keys(told).length === 0}
        onClick={() => void keep()}
      >
        {say("act.keep")}
      </button>
    </form>
  );
}

interface AskedProps {
  question: Question;
  /** Laps that were pressed: places to choose from, before the bands. */
  laps: Lap[];
  value: string | null;
  onAnswer: (state: string) => void;
}

function Asked({ question, laps, value, onAnswer }: AskedProps): JSX.Element {
  if (question.kind === "score")
    return <Score legend={question.question} value={scored(value)} onChoose={(score) => onAnswer(String(score))} />;
  const options: Option[] = [
    ...laps.map((lap) => ({
      value: answerOfLap(lap),
      label: say("afterrun.lap", { number: lap.number, distance: distance(lap.km * KM_M) }),
    })),
    ...question.states.map((state) => ({ value: state, label: question.labels[state] ?? state })),
  ];
  return <Choice legend={question.question} value={value} onChoose={onAnswer} options={options} />;
}

function scored(value: string | null): number | null {
  return value === null || Number.isNaN(Number(value)) ? null : Number(value);
}
