/** The weekly questions: one to four answers, a score in words, and the weeks as a line. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Problem } from "../api/client";
import type { Weekly as WeeklyOf, Weeks } from "../api/outlook";
import { reachable } from "../offline/answers";
import { send } from "../offline/outbox";
import { failed, useAsked } from "../parts/asked";
import { Back } from "../parts/back";
import { Choice } from "../parts/choices";
import { AsTable, Picture } from "../parts/picture";
import { Rests } from "../parts/rests";
import { Shell } from "../parts/shell";
import { Sources } from "../parts/sources";
import { Stale, When, Wrong } from "../parts/states";
import { tell } from "../parts/toast";
import { undo } from "../state/undo";
import { type Answers, toAsk, toTell } from "../state/weekly";
import { chartWidth } from "../state/width";
import { say } from "../texts";

/** Ask the weekly questions, and say what the weeks tell together. */
export function Weekly(): JSX.Element {
  const [width] = useState(() => chartWidth(innerWidth));
  const [asked, again] = useAsked<WeeklyOf>(`/weekly?width=${width}`);
  const [open, setOpen] = useState(false);
  const [kept, setKept] = useState(false);
  return (
    <Shell title={say("weekly.title")}>
      <When asked={asked} again={again}>
        {(weekly, at) => {
          if (weekly.held) return <Rests />;
          const asks = !kept && (weekly.due || open || weekly.weeks === null);
          return (
            <>
              {!reachable.value && <Stale at={at} />}
              {kept && !reachable.value && <p class="notice">{say("checkin.kept_here")}</p>}
              {asks && (
                <Form
                  weekly={weekly}
                  onKept={() => {
                    setKept(true);
                    setOpen(false);
                    again();
                  }}
                  onUndone={() => {
                    setKept(false);
                    again();
                  }}
                />
              )}
              {weekly.weeks && <Result weeks={weekly.weeks} chart={weekly.chart} />}
              {!asks && weekly.weeks && (
                <button
                  type="button"
                  class="button"
                  onClick={() => {
                    setKept(false);
                    setOpen(true);
                  }}
                >
                  {say("weekly.again")}
                </button>
              )}
            </>
          );
        }}
      </When>
      <Back to="/plan" />
    </Shell>
  );
}

interface FormProps {
  weekly: WeeklyOf;
  onKept: () => void;
  onUndone: () => void;
}

function Form({ weekly, onKept, onUndone }: FormProps): JSX.Element {
  const [answers, setAnswers] = useState<Answers>({});
  const [wrong, setWrong] = useState<Problem | null>(null);
  const told = toTell(weekly, answers);
  const keep = async () => {
    if (!told) return;
    try {
      const answer = await send<{ event: number }>("/weekly", told);
      if (answer) tell(say("weekly.kept"), () => void undo(answer.event).then(onUndone));
      else tell(say("checkin.kept_here"));
      onKept();
    } catch (error) {
      const seen = failed(error);
      if (seen.state === "wrong") setWrong(seen.problem);
    }
  };
  return (
    <form class="stack" onSubmit={(event) => event.preventDefault()}>
      <p>{say("weekly.lead")}</p>
      {toAsk(weekly, answers).map(({ id, question, answers: words }) => (
        <Choice
          key={id}
          legend={question}
          value={answers[id] === undefined ? null : String(answers[id])}
          options={words.map((label, value) => ({ value: String(value), label }))}
          onChoose={(value) => setAnswers({ ...answers, [id]: Number(value) })}
        />
      ))}
      {wrong && <Wrong problem={wrong} />}
      <button type="button" class="button main-act wide" disabled={told === null} onClick={() => void keep()}>
        {say("act.keep")}
      </button>
    </form>
  );
}

function Result({ weeks, chart }: { weeks: Weeks; chart: WeeklyOf["chart"] }): JSX.Element {
  return (
    <section class="card" aria-live="polite">
      <h2>{say("weekly.result")}</h2>
      {weeks.says.map((line, place) => (
        <p key={line} class={place === 0 ? "lead" : ""}>
          {line}
        </p>
      ))}
      {chart && (
        <figure class="chart" aria-label={chart.title}>
          <Picture svg={chart.svg} />
          <AsTable title={say("chart.as_table")} says={chart.says} data={{ columns: chart.heads, rows: chart.rows }} />
        </figure>
      )}
      <p class="small quiet">{say("weekly.what")}</p>
      <Sources ids={weeks.sources} />
    </section>
  );
}
