/** What the runner said while Python could not be reached: kept in order, sent later, never twice. */
import { effect, signal } from "@preact/signals";
import { ask, newlyTold, Problem, type Runner, runner, type Sending, Unreachable, wish } from "../api/client";
import { reachable } from "./answers";
import { all, drop, put } from "./database";
import { tellTabs } from "./tabs";

export interface Letter {
  key: string;
  path: string;
  /** Whose journal it is for, whichever is looked at when it is sent. */
  whose: Runner;
  method: NonNullable<Sending["method"]>;
  body: unknown;
  /** When the runner said it (ISO): order and the day it counts for. */
  at: string;
  /** Why Python did not take it, if it was asked and refused. */
  refused?: string;
  /** The stable name of why, and what stands there now. */
  problem?: string;
  conflict?: Record<string, unknown> | null;
}

/** Python has a newer check-in of that day; the runner chooses between the two. */
export const NEWER = "checkin_newer";
const TAKEN = "key_used";
const FAILED = 400;
/** Python does not know this phone (any more), or may not answer it now: nothing that was said is wrong. */
const LATER = new Set([401, 403, 421, 429]);

/** What still waits; refused letters stay here until the runner has seen them. */
export const waiting = signal<Letter[]>([]);

const HIP = new Set(["/checkin", "/after-run"]);

/** Return those of LETTERS that are of the runner who is looked at. */
export function own(letters: readonly Letter[]): Letter[] {
  return letters.filter((letter) => letter.whose === runner.value);
}

/** Return those that tell how the hip of that runner is; a verdict from before them is old. */
export function ofTheHip(letters: readonly Letter[]): Letter[] {
  return own(letters).filter((letter) => HIP.has(letter.path));
}

/** Rises with every letter that was sent later: Python's answers may be others now. */
export const caughtUp = signal(0);

/** Read what waits from the phone: at the start, and whenever another tab has changed it. */
export async function openOutbox(): Promise<void> {
  const kept = await all<Letter>("outbox").catch(() => []);
  waiting.value = inOrder(kept.map((letter) => ({ ...letter, whose: letter.whose ?? "me" }))); // an older app kept no name
}

/** Send at once, or keep it for later where Python cannot be reached: then there is no answer (undefined). */
export async function send<Answer>(path: string, body: unknown, method: Letter["method"] = "POST") {
  const letter: Letter = { key: wish(), path, whose: runner.value, method, body, at: new Date().toISOString() };
  if (waiting.value.some((each) => !each.refused)) await flush(); // what was said first is sent first
  try {
    if (waiting.value.some((each) => !each.refused)) throw new Unreachable(path);
    const answer = await ask<Answer>(path, { method, body, key: letter.key, whose: letter.whose });
    reachable.value = true;
    return answer;
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    reachable.value = false;
    const dated = { ...letter, body: { ...(body as object), made_at: letter.at } };
    await put("outbox", dated);
    waiting.value = inOrder([...waiting.value, dated]);
    tellTabs("waits");
    return undefined;
  }
}

/** Send what waits whenever Python can be reached: at the start, and once it answers again. Return what ends this. */
export function keepSending(): () => void {
  return effect(() => {
    if (reachable.value && waiting.value.some((letter) => !letter.refused)) void flush();
  });
}

let flushing: Promise<void> | undefined;

/** Send what waits, oldest first; stop at the first that cannot be sent. */
export function flush(): Promise<void> {
  flushing ??= sendAll().finally(() => {
    flushing = undefined;
  });
  return flushing;
}

async function sendAll(): Promise<void> {
  for (const letter of waiting.value) {
    if (letter.refused) continue;
    try {
      await ask(letter.path, { method: letter.method, body: letter.body, key: letter.key, whose: letter.whose });
      await settle(letter);
      caughtUp.value += 1;
      reachable.value = true;
    } catch (error) {
      if (error instanceof Problem && wasTaken(error)) {
        await newlyTold(letter.path, letter.whose);
        await settle(letter);
        caughtUp.value += 1;
      } else if (error instanceof Problem && LATER.has(error.status)) return;
      else if (error instanceof Problem) await keepRefused(letter, error);
      else {
        reachable.value = false;
        return;
      }
    }
  }
}

/** Whether Python took the letter when it was first sent, and only its answer was lost on the way. */
function wasTaken(problem: Problem): boolean {
  return problem.id === TAKEN && Number(problem.conflict?.answered ?? FAILED) < FAILED;
}

/** Send a refused letter again, also where a newer check-in stands: a wish of its own, with a key of its own. */
export async function insist(letter: Letter): Promise<void> {
  const { refused: _, problem, conflict: __, ...kept } = letter;
  const body = problem === NEWER ? { ...(letter.body as object), anyway: true } : letter.body;
  const again: Letter = { ...kept, key: wish(), body };
  await put("outbox", again);
  await settle(letter);
  waiting.value = inOrder([...waiting.value, again]);
  await flush();
}

/** Take a letter out: it was sent, or the runner lets it go. */
export async function settle(letter: Letter): Promise<void> {
  await drop("outbox", letter.key);
  waiting.value = waiting.value.filter((each) => each.key !== letter.key);
  tellTabs("waits");
}

async function keepRefused(letter: Letter, problem: Problem): Promise<void> {
  const refused: Letter = { ...letter, refused: problem.what, problem: problem.id, conflict: problem.conflict };
  await put("outbox", refused);
  waiting.value = waiting.value.map((each) => (each.key === letter.key ? refused : each));
  tellTabs("waits");
}

function inOrder(letters: Letter[]): Letter[] {
  return [...letters].sort((one, other) => one.at.localeCompare(other.at));
}
