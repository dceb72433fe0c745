/** Which of the weekly questions are asked: Python says after which answers the first one is enough. */
import type { Weekly, WeeklyQuestion } from "../api/outlook";

export type Answers = Record<string, number>;

/** Return the questions to show, given the ANSWERS so far. */
export function toAsk({ questions, alone }: Pick<Weekly, "questions" | "alone">, answers: Answers): WeeklyQuestion[] {
  const [first, ...others] = questions;
  if (!first) return [];
  const told = answers[first.id];
  return told === undefined || alone.includes(told) ? [first] : [first, ...others];
}

/** Return what to tell, or null while an answer is missing; answers that are no longer asked for are left out. */
export function toTell(asked: Pick<Weekly, "questions" | "alone">, answers: Answers): Answers | null {
  const shown = toAsk(asked, answers);
  if (shown.length === 0 || shown.some(({ id }) => answers[id] === undefined)) return null;
  return Object.fromEntries(shown.map(({ id }) => [id, answers[id] as number]));
}
