/** Check your answers: what stands, and a way to change each. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask } from "../api/client";
import type { Question } from "../api/types";
import { useAsked } from "../parts/asked";
import { Ask } from "../parts/question";
import { Sheet } from "../parts/sheet";
import { Shell } from "../parts/shell";
import { Empty, When } from "../parts/states";
import { tell } from "../parts/toast";
import { day, say } from "../texts";

interface Told {
  finding: string;
  question: string;
  state: string;
  answer: string;
  on: string;
  origin: string;
  topic: string;
  calm: boolean;
}

/** List all that was told. */
export function Answers(): JSX.Element {
  const [asked, again] = useAsked<{ answers: Told[] }>("/answers");
  const [changing, setChanging] = useState<Question | null>(null);
  const change = async (finding: string) => setChanging(await ask<Question>(`/findings/${finding}`));
  const keep = async (state: string) => {
    if (!changing) return;
    await ask("/answers", { method: "POST", body: { states: { [changing.id]: state } } });
    setChanging(null);
    tell(say("answers.changed"));
    again();
  };
  return (
    <Shell title={say("answers.title")} wide>
      <When asked={asked} again={again}>
        {({ answers }) =>
          answers.length === 0 ? (
            <Empty title={say("answers.none_title")} why={say("answers.none_why")}>
              <a class="button main-act" href="/hip/check">
                {say("hip.check")}
              </a>
            </Empty>
          ) : (
            <>
              <a class="button main-act" href="/hip/result">
                {say("hip.result")}
              </a>
              {byTopic(answers).map(([topic, told]) => (
                <Topic key={topic} topic={topic} told={told} onChange={(finding) => void change(finding)} />
              ))}
            </>
          )
        }
      </When>
      <Sheet title={changing?.question ?? ""} open={changing !== null} onClose={() => setChanging(null)}>
        {changing && <Ask question={changing} hideLegend value={null} onAnswer={(state) => void keep(state)} />}
      </Sheet>
    </Shell>
  );
}

/** Topics in the order in which they were first told of, those with something to look at first. */
function byTopic(answers: Told[]): [string, Told[]][] {
  const found = new Map<string, Told[]>();
  for (const told of answers) found.set(told.topic, [...(found.get(told.topic) ?? []), told]);
  const calm = (told: Told[]) => Number(told.every((each) => each.calm));
  return [...found].sort(([, one], [, other]) => calm(one) - calm(other));
}

interface TopicProps {
  topic: string;
  told: Told[];
  onChange: (finding: string) => void;
}

/** What was told of one TOPIC; the calm answers folded. */
function Topic({ topic, told, onChange }: TopicProps): JSX.Element {
  const calm = told.filter((each) => each.calm);
  const others = told.filter((each) => !each.calm);
  return (
    <section class="card topic">
      <h2>{topic}</h2>
      {others.length > 0 && <Lines told={others} onChange={onChange} />}
      {calm.length > 0 && (
        <details>
          <summary>{say("answers.calm", { count: calm.length })}</summary>
          <Lines told={calm} onChange={onChange} />
        </details>
      )}
    </section>
  );
}

function Lines({ told, onChange }: { told: Told[]; onChange: (finding: string) => void }): JSX.Element {
  return (
    <ul class="answers">
      {told.map((each) => (
        <li key={each.finding} class="linked">
          <span class="stack tight">
            <span class="small">{each.question}</span>
            <span>
              <strong>{each.answer}</strong> <span class="quiet small">{day(each.on, "short")}</span>
            </span>
          </span>
          <button
            type="button"
            class="button plain"
            aria-label={say("answers.change_of", { question: each.question })}
            onClick={() => onChange(each.finding)}
          >
            {say("act.change")}
          </button>
        </li>
      ))}
    </ul>
  );
}
