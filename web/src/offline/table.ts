/** Python's verdicts for every possible check-in of the next days. The app looks one up and decides nothing. */
import type { Today } from "../api/types";
import { answerOf, reachable } from "./answers";
import { type Ahead, lookUp } from "./cells";
import { ofTheHip, waiting } from "./outbox";

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

/** Return the day of today on this phone. */
function localDay(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
