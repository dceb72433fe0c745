/** The way into a check-in from the day: the first question itself, so that its answer is the first tap. */
import type { JSX } from "preact";
import type { Question } from "../api/types";
import { say, type TextId } from "../texts";
import { WORST } from "./choices";
import type { IconName } from "./icons";

export interface CheckInCards {
  cards: Question[];
  /** What is asked of the last run. */
  after_run?: Question[];
  last: { on: string; states: Record<string, string> } | null;
  done: boolean;
}

/** What tells the questions apart at a glance; each stands in full below it. */
export const WHEN: Record<string, { title: TextId; icon: IconName }> = {
  rest_pain_score: { title: "checkin.now", icon: "seat" },
  walk_pain_score: { title: "checkin.walking", icon: "walk" },
  morning_pain_score: { title: "checkin.morning", icon: "rise" },
};

/** Offer the check-in of the day, and to tell of a run. CARDS: what Python asks; null where that is not known. */
export function CheckInCard({ cards }: { cards: CheckInCards | null }): JSX.Element {
  const first = cards?.cards.find((card) => card.kind === "score");
  return (
    <section class="card">
      <h2>{say(cards?.done ? "today.checked_in" : "today.check_in")}</h2>
      <p>{say(cards?.done ? "today.checked_in_why" : "today.check_in_why")}</p>
      {first && !cards?.done && <FirstScore of={first} />}
      <div class="row even">
        {(!first || cards?.done) && (
          <a class={cards?.done ? "button" : "button main-act"} href="/today/check-in">
            {say(cards?.done ? "today.check_in_again" : "today.check_in_start")}
          </a>
        )}
        <a class="button" href="/today/after-run">
          {say("today.after_run")}
        </a>
      </div>
    </section>
  );
}

/** The scores as links: each begins the check-in with that answer. */
function FirstScore({ of }: { of: Question }): JSX.Element {
  return (
    <div class="stack tight" role="group" aria-label={of.question}>
      <h3>{of.question}</h3>
      <div class="scores">
        {Array.from({ length: WORST + 1 }, (_, score) => (
          <a key={score} class="score" href={`/today/check-in?${of.id}=${score}`}>
            <span>{score}</span>
          </a>
        ))}
      </div>
      <div class="score-words" aria-hidden="true">
        <span>{say("score.none")}</span>
        <span>{say("score.worst")}</span>
      </div>
    </div>
  );
}
