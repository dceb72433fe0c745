/** Python's verdicts for every possible check-in of the next days. The app looks one up and decides nothing. */
import { effect, signal } from "@preact/signals";
import type { Referral, Today } from "../api/types";
import { answerOf, keptOf, reachable } from "./answers";
import { type Ahead, gravest, lookUp } from "./cells";
import { type Letter, ofTheHip, waiting } from "./outbox";

const PATH = "/today/ahead";
const CHECKIN = "/checkin";

/** What the screens of runs and exercises stand on: forgotten whenever something is told, so that it is asked for again. */
const BESIDE = ["/plan", "/referral"];

/** Fetch the table and what is shown beside it, so that they are there when the network is not. */
export async function keepAhead(): Promise<void> {
  await answerOf<Ahead>(PATH).catch(() => undefined);
  for (const path of BESIDE) if (!(await keptOf(path))) await answerOf(path).catch(() => undefined);
}

/** Return Python's verdict for STATES told today, or null: then only Python itself can say. */
export async function verdictAhead(states: Record<string, string>, on = localDay()): Promise<Today | null> {
  const kept = await answerOf<Ahead>(PATH).catch(() => null);
  if (!kept || waiting.value.filter((letter) => !letter.refused).length > 1) return null;
  return lookUp(kept.answer, states, on);
}

/** Whether a verdict that Python gave for the day ON may still be shown: nothing was said since, and the day is not over. */
export function stillHolds(on: string): boolean {
  return ofTheHip(waiting.value).length === 0 && (reachable.value || on === localDay());
}

/**
 * Why no run and no exercise may be offered now: whom to see, by what Python said before of what still waits here;
 * "unknown" where it said nothing of that; "reading" until that is looked up. Null: nothing holds them back.
 */
export const heldBack = signal<Referral | "unknown" | "reading" | null>("reading");

/** Look up what waits whenever something does or no longer does, refused or not. Return what ends this. */
export function watchWaiting(): () => void {
  let turn = 0;
  return effect(() => {
    const told = ofTheHip(waiting.value);
    turn += 1;
    const mine = turn;
    heldBack.value = told.length > 0 ? "reading" : null;
    if (told.length > 0)
      void saidOf(told).then((found) => {
        if (mine === turn) heldBack.value = found;
      });
  });
}

/** Each letter by itself, and beside all that were told before it: one may make an alarm of another. */
async function saidOf(letters: readonly Letter[]): Promise<Referral | "unknown" | null> {
  const kept = await keptOf<Ahead>(PATH);
  let together: Record<string, string> = {};
  const said = letters.flatMap((letter) => {
    if (!kept || letter.path !== CHECKIN) return [null];
    const { states } = letter.body as { states: Record<string, string> };
    together = { ...together, ...states };
    const at = new Date(letter.at);
    return [states, together].map((each) => lookUp(kept.answer, each, localDay(at), at));
  });
  return gravest(said.map((verdict) => verdict?.referral)) ?? (said.includes(null) ? "unknown" : null);
}

/** Return the day of a moment (now) on this phone. */
function localDay(at = new Date()): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
