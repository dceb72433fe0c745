/** S11: after a run. What the run did to the hip decides the next one. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Problem } from "../api/client";
import type { Question, Today } from "../api/types";
import { send } from "../offline/outbox";
import { failed, useAsked } from "../parts/asked";
import { Ask } from "../parts/question";
import { Shell } from "../parts/shell";
import { When, Wrong } from "../parts/states";
import { tell } from "../parts/toast";
import { go } from "../router";
import { askedOf, toldOfRun } from "../state/after-run";
import { distance } from "../state/settings";
import { undo } from "../state/undo";
import { say } from "../texts";

interface Cards {
  after_run: Question[];
  ran: { on: string; km: number | null } | null;
}

const KM_M = 1000;

/** Ask how the last run was. */
export function AfterRun(): JSX.Element {
  const [asked, again] = useAsked<Cards>("/checkin");
  return (
    <Shell title={say("afterrun.title")}>
      <p>{say("afterrun.lead")}</p>
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
  const keep = async () => {
    try {
      const answer = await send<{ event: number; today: Today }>("/after-run", { states: told });
      if (answer) tell(say("afterrun.kept"), () => void undo(answer.event));
      else tell(say("checkin.kept_here"));
      go("/today");
    } catch (error) {
      const seen = failed(error);
      if (seen.state === "wrong") setWrong(seen.problem);
    }
  };
  return (
    <form class="stack" onSubmit={(event) => event.preventDefault()}>
      {ran?.km != null && <p class="quiet">{say("afterrun.ran", { distance: distance(ran.km * KM_M) })}</p>}
      {questions.map((question, place) => (
        <section key={question.id} class="card">
          <p class="quiet small">{say("check.place", { place: place + 1, count: questions.length })}</p>
          <Ask
            question={question}
            value={states[question.id] ?? null}
            onAnswer={(state) => setStates({ ...states, [question.id]: state })}
          />
        </section>
      ))}
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
