/** Python's verdicts for every possible check-in of the next days. The app looks one up and decides nothing. */
import { effect, signal } from "@preact/signals";
import type { Referral, Today } from "../api/types";
import { answerOf, keptOf, reachable } from "./answers";
import { type Ahead, gravest, lookUp } from "./cells";
import { type Letter, ofTheHip, waiting } from "./outbox";

const PATH = "/today/ahead";

/** Fetch the table, so that it is there when the network is not. */
export function keepAhead(): Promise<unknown> {
  return answerOf<Ahead>(PATH).catch(() => undefined);
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

/** Whom to see, by what Python said before of the check-ins that still wait here; null where it said nothing of the kind. */
export const referredAhead = signal<Referral | null>(null);

/** Look up what waits whenever something does or no longer does. Return what ends this. */
export function watchReferrals(): () => void {
  let turn = 0;
  return effect(() => {
    const told = ofTheHip(waiting.value).filter((letter) => letter.path === "/checkin" && !letter.refused);
    turn += 1;
    const mine = turn;
    void (told.length > 0 ? referralOf(told) : Promise.resolve(null)).then((found) => {
      if (mine === turn) referredAhead.value = found;
    });
  });
}

async function referralOf(checkins: readonly Letter[]): Promise<Referral | null> {
  const kept = await keptOf<Ahead>(PATH);
  const said = checkins.map((letter) => {
    const { states } = letter.body as { states: Record<string, string> };
    return kept && lookUp(kept.answer, states, localDay(new Date(letter.at)))?.referral;
  });
  return gravest(said);
}

/** Return the day of a moment (now) on this phone. */
function localDay(at = new Date()): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
