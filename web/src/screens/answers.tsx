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
    <Shell title={say("answers.title")}>
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
              <ul class="card answers">
                {answers.map((told) => (
                  <li key={told.finding} class="linked">
                    <span class="stack tight">
                      <span class="quiet small">{told.question}</span>
                      <strong>{told.answer}</strong>
                      <span class="quiet small">{day(told.on, "short")}</span>
                    </span>
                    <button
                      type="button"
                      class="button plain"
                      aria-label={say("answers.change_of", { question: told.question })}
                      onClick={() => void change(told.finding)}
                    >
                      {say("act.change")}
                    </button>
                  </li>
                ))}
              </ul>
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
