/** A question to Python that a screen stands on: waiting, there, old (offline), or wrong. */
import { useCallback, useEffect, useState } from "preact/hooks";
import { Problem, Unreachable } from "../api/client";
import { answerOf } from "../offline/answers";
import { caughtUp } from "../offline/outbox";
import { voice } from "../state/settings";
import { language } from "../texts";

export type Asked<Answer> =
  | { state: "waiting" }
  | { state: "there"; answer: Answer; at: string }
  | { state: "offline" }
  | { state: "wrong"; problem: Problem };

/** Ask Python at PATH (null: not yet), again whenever PATH changes or `again` is called. */
export function useAsked<Answer>(path: string | null): [Asked<Answer>, () => void] {
  const [asked, setAsked] = useState<Asked<Answer>>({ state: "waiting" });
  const [times, setTimes] = useState(0);
  const spoken = `${language.value} ${voice.value}`;
  const caught = caughtUp.value;
  useEffect(() => {
    if (path === null) return;
    let wanted = true;
    answerOf<Answer>(path).then(
      (kept) => wanted && setAsked({ state: "there", ...kept }),
      (error: unknown) => wanted && setAsked(failed(error)),
    );
    return () => {
      wanted = false;
    };
  }, [path, times, spoken, caught]); // Python says it anew in another language or unit, and when it has heard more
  return [asked, useCallback(() => setTimes((before) => before + 1), [])];
}

/** Return MAIN, held back until OTHERS have been answered too (or cannot be), so that nothing pushes it aside later. */
export function withOthers<Answer>(main: Asked<Answer>, ...others: Asked<unknown>[]): Asked<Answer> {
  return others.some((each) => each.state === "waiting") ? { state: "waiting" } : main;
}

/** Return what was answered, or null where nothing was. */
export function answered<Answer>(asked: Asked<Answer>): Answer | null {
  return asked.state === "there" ? asked.answer : null;
}

/** Return what to show of an error: no network, or the words of Python. */
export function failed(error: unknown): { state: "offline" } | { state: "wrong"; problem: Problem } {
  if (error instanceof Unreachable) return { state: "offline" };
  if (error instanceof Problem) return { state: "wrong", problem: error };
  return { state: "wrong", problem: new Problem(0, "stumbled", String(error), "", "") };
}
