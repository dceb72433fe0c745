/** What the runner said while Python could not be reached: kept in order, sent later, never twice. */
import { effect, signal, untracked } from "@preact/signals";
import { ask, Problem, type Sending, Unreachable, wish, withRunner } from "../api/client";
import { reachable } from "./answers";
import { all, drop, put } from "./database";

export interface Letter {
  key: string;
  path: string;
  method: NonNullable<Sending["method"]>;
  body: unknown;
  /** When the runner said it (ISO): order and the day it counts for. */
  at: string;
  /** Why Python did not take it, if it was asked and refused. */
  refused?: string;
}

/** What still waits; refused letters stay here until the runner has seen them. */
export const waiting = signal<Letter[]>([]);

/** Rises with every letter that was sent later: Python's answers may be others now. */
export const caughtUp = signal(0);

/** Read what waits from the phone, and send it whenever Python can be reached again; call it once at the start. */
export async function openOutbox(): Promise<void> {
  waiting.value = inOrder(await all<Letter>("outbox").catch(() => []));
  effect(() => {
    if (reachable.value) void untracked(flush);
  });
}

/** Send at once, or keep it for later where Python cannot be reached: then there is no answer (undefined). */
export async function send<Answer>(path: string, body: unknown, method: Letter["method"] = "POST") {
  const letter: Letter = { key: wish(), path: withRunner(path), method, body, at: new Date().toISOString() };
  if (waiting.value.some((each) => !each.refused)) await flush(); // what was said first is sent first
  try {
    if (waiting.value.some((each) => !each.refused)) throw new Unreachable(path);
    const answer = await ask<Answer>(path, { method, body, key: letter.key });
    reachable.value = true;
    return answer;
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    reachable.value = false;
    const dated = { ...letter, body: { ...(body as object), made_at: letter.at } };
    await put("outbox", dated);
    waiting.value = inOrder([...waiting.value, dated]);
    return undefined;
  }
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
      await ask(letter.path, { method: letter.method, body: letter.body, key: letter.key });
      await settle(letter);
      caughtUp.value += 1;
      reachable.value = true;
    } catch (error) {
      if (error instanceof Problem) await keepRefused(letter, error);
      else {
        reachable.value = false;
        return;
      }
    }
  }
}

/** Take a letter out: it was sent, or the runner lets it go. */
export async function settle(letter: Letter): Promise<void> {
  await drop("outbox", letter.key);
  waiting.value = waiting.value.filter((each) => each.key !== letter.key);
}

async function keepRefused(letter: Letter, problem: Problem): Promise<void> {
  const refused = { ...letter, refused: problem.what };
  await put("outbox", refused);
  waiting.value = waiting.value.map((each) => (each.key === letter.key ? refused : each));
}

function inOrder(letters: Letter[]): Letter[] {
  return [...letters].sort((one, other) => one.at.localeCompare(other.at));
}
