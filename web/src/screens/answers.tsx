/** Check your answers: what stands, and a way to change each. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask } from "../api/client";
import type { Question } from "../api/types";
import { useAsked } from "../parts/asked";
import { Icon } from "../parts/icons";
import { Ask } from "../parts/question";
import { Sheet } from "../parts/sheet";
import { Shell } from "../parts/shell";
import { Empty, When } from "../parts/states";
import { tell } from "../parts/toast";
import { day, number, say } from "../texts";

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
  const [changing, setChanging] = useState<{ question: Question; state: string } | null>(null);
  const change = async ({ finding, state }: Told) =>
    setChanging({ question: await ask<Question>(`/findings/${finding}`), state });
  const keep = async (state: string) => {
    if (!changing) return;
    await ask("/answers", { method: "POST", body: { states: { [changing.question.id]: state } } });
    setChanging(null);
    tell(say("answers.changed"));
    again();
  };
  return (
    <Shell title={say("answers.title")} wide="own">
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
              <p>{say("answers.lead")}</p>
              <div class="row">
                <a class="button main-act" href="/hip/result">
                  {say("hip.result")}
                </a>
              </div>
              <Topics topics={byTopic(answers)} onChange={(told) => void change(told)} />
            </>
          )
        }
      </When>
      <Sheet title={changing?.question.question ?? ""} open={changing !== null} onClose={() => setChanging(null)}>
        {changing && <Ask {...changing} value={changing.state} hideLegend onAnswer={(state) => void keep(state)} />}
      </Sheet>
    </Shell>
  );
}

/** Topics in the order in which they were first told of, those with something to look at first. */
function byTopic(answers: Told[]): [string, Told[]][] {
  const found = new Map<string, Told[]>();
  for (const told of answers) found.set(told.topic, [...(found.get(told.topic) ?? []), told]);
  return [...found].sort(([, one], [, other]) => Number(one.every(isCalm)) - Number(other.every(isCalm)));
}

function isCalm(told: Told): boolean {
  return told.calm;
}

interface TopicsProps {
  topics: [string, Told[]][];
  onChange: (told: Told) => void;
}

/** What stands out, topic by topic with the calm answers folded; then, in one card, the topics that are calm as a whole. */
function Topics({ topics, onChange }: TopicsProps): JSX.Element {
  const calm = topics.filter(([, told]) => told.every(isCalm));
  return (
    <div class="topics">
      {topics.slice(0, topics.length - calm.length).map(([topic, told]) => (
        <section key={topic} class="card topic">
          <h2>{topic}</h2>
          <Lines told={told.filter((each) => !each.calm)} onChange={onChange} />
          <Folded title={say("answers.calm", { count: told.filter(isCalm).length })} told={told.filter(isCalm)} onChange={onChange} />
        </section>
      ))}
      {calm.length > 0 && (
        <section class="card topic">
          <h2>{say("answers.all_calm")}</h2>
          {calm.map(([topic, told]) => (
            <Folded key={topic} title={topic} count={told.length} told={told} onChange={onChange} />
          ))}
        </section>
      )}
    </div>
  );
}

interface FoldedProps {
  title: string;
  count?: number;
  told: Told[];
  onChange: (told: Told) => void;
}

function Folded({ title, count, told, onChange }: FoldedProps): JSX.Element | null {
  if (told.length === 0) return null;
  return (
    <details class="calm">
      <summary>
        <span>{title}</span>
        {count !== undefined && <span class="quiet small">{number(count)}</span>}
      </summary>
      <Lines told={told} onChange={onChange} />
    </details>
  );
}

function Lines({ told, onChange }: { told: Told[]; onChange: (told: Told) => void }): JSX.Element {
  return (
    <ul class="answers">
      {told.map((each) => (
        <li key={each.finding}>
          <button type="button" class="answer" onClick={() => onChange(each)}>
            <span class="quiet small">{each.question}</span>
            <span>
              <strong>{each.answer}</strong> <span class="quiet small">{day(each.on, "short")}</span>
            </span>
            <span class="said-only">{say("act.change")}</span>
            <Icon name="next" />
          </button>
        </li>
      ))}
    </ul>
  );
}
