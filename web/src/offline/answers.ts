/** Python's last answers: shown at once, and all there is while Python cannot be reached. */
import { signal } from "@preact/signals";
import { ask, toldSoFar, Unreachable, withRunner } from "../api/client";
import { get, put } from "./database";

/** Whether Python answered when it was last asked. */
export const reachable = signal(true);

export interface Kept<Answer> {
  answer: Answer;
  /** When Python said so (ISO). */
  at: string;
}

/** Return Python's answer at PATH; where it cannot be reached, its last one. */
export async function answerOf<Answer>(path: string): Promise<Kept<Answer>> {
  const told = toldSoFar();
  try {
    const kept = { answer: await ask<Answer>(path), at: new Date().toISOString() };
    reachable.value = true;
    const isOld = toldSoFar() !== told; // what was told meanwhile may not be in it
    if (!isOld) await put("answers", kept, withRunner(path)).catch(() => undefined); // without room it is still shown
    return kept;
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    reachable.value = false;
    const kept = await keptOf<Answer>(path);
    if (kept) return kept;
    throw error;
  }
}

/** Return Python's last answer at PATH, if one is kept; nobody is asked. */
export function keptOf<Answer>(path: string): Promise<Kept<Answer> | undefined> {
  return get<Kept<Answer>>("answers", withRunner(path)).catch(() => undefined);
}
