/** What is asked after a run: where the pain began only if there was some, and no further out than the run was long. */
import type { Question } from "../api/types";

export const DURING = "run_pain_score";
export const BEGAN = "run_pain_from";

/** A lap that was pressed in the run, and how far into it that was. */
export interface Lap {
  number: number;
  km: number;
}

const NO_PAIN = "none";
const LAP = "lap:";

/** Where each answer begins, in km: what lies beyond the end of the run is not offered. */
const BEYOND_KM: Record<string, number> = { to_5_km: 2, to_10_km: 5, over_10_km: 10 };

/** Return the questions to ask now, of those that Python gives, after a run of KM (null: not known). */
export function askedOf(questions: Question[], states: Record<string, string>, km: number | null): Question[] {
  const hurt = Number(states[DURING]) > 0;
  return questions
    .filter((question) => question.id !== BEGAN || hurt)
    .map((question) => (question.id === BEGAN ? { ...question, states: within(question.states, km) } : question));
}

function within(states: string[], km: number | null): string[] {
  return states.filter((state) => state !== NO_PAIN && (km === null || (BEYOND_KM[state] ?? -1) < km));
}

/** Return what to tell: answers to what is asked, and nothing of what is asked no longer. */
export function toldOfRun(questions: Question[], states: Record<string, string>): Record<string, string> {
  const asked = new Map(questions.map((question) => [question.id, question]));
  return Object.fromEntries(
    Object.entries(states).filter(([id, state]) => {
      const question = asked.get(id);
      return question !== undefined && (id !== BEGAN || question.states.includes(state) || !isKnown(state));
    }),
  );
}

/** Return LAP as an answer to where the pain began. */
export function answerOfLap(lap: Lap): string {
  return `${LAP}${lap.number}`;
}

/** Return the number of the lap where the pain began, if it is asked and a lap is the answer. */
export function lapTold(questions: Question[], states: Record<string, string>): number | null {
  const told = states[BEGAN];
  const asked = questions.some((question) => question.id === BEGAN);
  return asked && told?.startsWith(LAP) ? Number(told.slice(LAP.length)) : null;
}

function isKnown(state: string): boolean {
  return state !== "unknown" && state !== "declined";
}
