/** One question, whatever kind it is of; "I don't know" and "I'd rather not say" are answers of their own. */
import type { JSX } from "preact";
import type { Question } from "../api/types";
import { say } from "../texts";
import { Choice, Score } from "./choices";

export const UNKNOWN = "unknown";
export const DECLINED = "declined";

interface Props {
  question: Question;
  value: string | null;
  onAnswer: (state: string) => void;
  hideLegend?: boolean;
}

/** Ask QUESTION, with its help. */
export function Ask({ question, value, onAnswer, hideLegend = false }: Props): JSX.Element {
  return (
    <div class="stack">
      {question.kind === "score" ? (
        <Score
          legend={question.question}
          value={value === null || Number.isNaN(Number(value)) ? null : Number(value)}
          onChoose={(score) => onAnswer(String(score))}
        />
      ) : (
        <Choice
          legend={question.question}
          hideLegend={hideLegend}
          value={value}
          onChoose={onAnswer}
          options={[
            ...inOrder(question).map((state) => ({ value: state, label: question.labels[state] ?? state })),
            { value: UNKNOWN, label: say("answer.unknown"), less: true },
            { value: DECLINED, label: say("answer.declined"), less: true },
          ]}
        />
      )}
      {question.kind === "score" && (
        <Choice
          legend={say("answer.or")}
          hideLegend
          value={value}
          onChoose={onAnswer}
          options={[{ value: UNKNOWN, label: say("answer.unknown"), less: true }]}
        />
      )}
      <details>
        <summary>{say("answer.help")}</summary>
        <p>{question.help}</p>
      </details>
    </div>
  );
}

/** Yes stands before no, as people say it. */
function inOrder(question: Question): string[] {
  return question.kind === "yes_no" ? [...question.states].reverse() : question.states;
}
