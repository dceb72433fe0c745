/**
 * Which screen belongs to which address, and where its code is. What is met first, and what must never be waited for
 * (whom to see, when the hip cannot wait), is part of the first load; every other screen comes when it is asked for.
 */
import type { ComponentType } from "preact";
import { ask, Unreachable } from "./api/client";
import { match } from "./router";
import { ReferralPage } from "./screens/referral";
import { Start } from "./screens/start";
import { Today } from "./screens/today";

export type Screen = ComponentType<{ blanks: Record<string, string> }>;

const there = new Map<string, Screen>([
  ["/", Start],
  ["/start", Start],
  ["/today", Today],
  ["/hip/referral", ReferralPage],
]);

/** Each way in has its own piece of code. */
const elsewhere: Record<string, () => Promise<Screen>> = {
  "/who": async () => (await import("./screens/who")).Who,
  "/hip": async () => (await import("./screens/hip")).Hip,
  "/hip/check": async () => (await import("./screens/emergency")).Emergency,
  "/hip/where": async () => (await import("./screens/where")).Where,
  "/hip/question": async () => (await import("./screens/interview")).Interview,
  "/hip/answers": async () => (await import("./screens/answers")).Answers,
  "/hip/result": async () => (await import("./screens/result")).Result,
  "/hip/words": async () => (await import("./screens/words")).Words,
  "/today/check-in": async () => (await import("./screens/check-in")).CheckIn,
  "/today/after-run": async () => (await import("./screens/after-run")).AfterRun,
  "/plan": async () => (await import("./screens/plan")).Plan,
  "/plan/history": async () => (await import("./screens/history")).History,
  "/plan/race": async () => (await import("./screens/race")).Race,
  "/plan/weekly": async () => (await import("./screens/weekly")).Weekly,
  "/plan/wishes": async () => (await import("./screens/wishes")).Wishes,
  "/exercise/:id": async () => (await import("./screens/exercise")).Exercise,
  "/session": async () => (await import("./screens/session")).Session,
  "/training": async () => (await import("./screens/training")).Training,
  "/training/import": async () => (await import("./screens/import")).Import,
  "/training/import/:job": async () => (await import("./screens/import")).ImportReport,
  "/training/charts/:name": async () => (await import("./screens/charts")).Charts,
  "/training/runs": async () => (await import("./screens/run")).Runs,
  "/training/run/:id": async () => (await import("./screens/run")).Run,
  "/training/form": async () => (await import("./screens/form")).Form,
  "/training/quality": async () => (await import("./screens/quality")).QualityPage,
  "/more": async () => (await import("./screens/more")).More,
  "/more/progress": async () => (await import("./screens/progress")).Progress,
  "/more/ask": async () => (await import("./screens/ask")).AskPage,
  "/more/share": async () => (await import("./screens/share")).Share,
  "/more/pairing": async () => (await import("./screens/pairing")).PairingPage,
  "/more/settings": async () => (await import("./screens/settings")).Settings,
};

/** Which of PATTERNS the PATH fits, and what fills its blanks. */
function fits(patterns: Iterable<string>, path: string): { pattern: string; blanks: Record<string, string> } | null {
  for (const pattern of patterns) {
    const blanks = match(pattern, path);
    if (blanks) return { pattern, blanks };
  }
  return null;
}

/**
 * Bring the screen of an ADDRESS; null where it is there, or where no screen has that address.
 * Where it does not come from a hipwise that answers, the page has an older one's names of files: it is loaded anew, once.
 */
export function bringScreen(address: string): Promise<void> | null {
  const path = address.split("?")[0] ?? "/";
  if (fits(there.keys(), path)) return null;
  const far = fits(Object.keys(elsewhere), path);
  return far && bring(far.pattern, address);
}

async function bring(pattern: string, address: string): Promise<void> {
  try {
    there.set(pattern, await (elsewhere[pattern] as () => Promise<Screen>)());
    sessionStorage.removeItem(ANEW);
  } catch {
    await comeAnew(address);
  }
}

const ANEW = "loaded-anew";

/** Load the page anew at ADDRESS where that can help: hipwise answers, and it was not just done; BIDDEN: the runner asks for it. */
export async function comeAnew(address: string, { bidden = false } = {}): Promise<void> {
  if (!bidden && sessionStorage.getItem(ANEW) === address) return;
  if (!(await answers())) return;
  sessionStorage.setItem(ANEW, address);
  location.assign(address);
  await new Promise(() => undefined); // the page goes; until then the screen before it stays
}

async function answers(): Promise<boolean> {
  try {
    await ask("/settings");
    return true;
  } catch (error) {
    return !(error instanceof Unreachable);
  }
}

/** Return the screen of PATH, or why there is none: no such address, or its code did not come. */
export function screenAt(path: string): { Screen: Screen; blanks: Record<string, string> } | "unknown" | "failed" {
  const near = fits(there.keys(), path);
  if (near) return { Screen: there.get(near.pattern) as Screen, blanks: near.blanks };
  return fits(Object.keys(elsewhere), path) ? "failed" : "unknown";
}
