/** What a check-in tells: scores as chosen; of the things in the list, what was ticked, and the calm answer of the rest. */
import type { Question } from "../api/types";

export const PAINKILLER = "painkiller";
export const HOURS = "painkiller_hours_ago";

/** Return the state that says "not so" to a question: no, or none. */
export function calm(card: Question): string | undefined {
  return card.states.find((state) => state === "no" || state === "none");
}

/** Return the scores that the address brings along ("?rest_pain_score=1"): answers of the tap that led here. */
export function begun(cards: readonly Question[], told: URLSearchParams): Record<string, string> {
  const scores = cards.filter((card) => card.kind === "score" && card.states.includes(told.get(card.id) ?? ""));
  return Object.fromEntries(scores.map((card) => [card.id, told.get(card.id) as string]));
}

/** Return the answers to tell. A thing that was ticked, and of which nothing more was chosen, is not known: never "no". */
export function toldOf(
  cards: readonly Question[],
  states: Record<string, string>,
  ticked: ReadonlySet<string>,
): Record<string, string> {
  const told: Record<string, string> = {};
  for (const card of cards) {
    const chosen = states[card.id];
    if (card.kind === "score") {
      if (chosen !== undefined) told[card.id] = chosen;
    } else if (card.id === HOURS) {
      if (ticked.has(PAINKILLER)) told[card.id] = chosen ?? "unknown";
    } else if (!ticked.has(card.id)) {
      told[card.id] = calm(card) ?? "unknown";
    } else {
      told[card.id] = card.kind === "yes_no" ? "yes" : (chosen ?? "unknown");
    }
  }
  return told;
}
