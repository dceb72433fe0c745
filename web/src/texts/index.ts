/** Every sentence of the app, by id and language; the words of findings, plans and verdicts come from Python. */
import { signal } from "@preact/signals";
import english from "./en.json";
import { pseudo } from "./pseudo";
import type ofRun from "./run.json";

type Forms = { one: string; many: string };
type Catalogue = Record<string, string | Forms>;
export type TextId = keyof typeof english | keyof typeof ofRun;
export type Language = "en" | "x-pseudo" | "x-pseudo-rtl";

/** Languages that can be chosen, each by its own name; the pseudo ones are for tests. */
export const languages: Record<string, string> = { en: "English" };

const direction: Record<Language, "ltr" | "rtl"> = { en: "ltr", "x-pseudo": "ltr", "x-pseudo-rtl": "rtl" };

export const language = signal<Language>("en");

const KEPT = "language";
const before = globalThis.localStorage?.getItem(KEPT);
if (before && before in direction && before !== language.value) speak(before as Language);

/** Speak another language from now on. */
export function speak(chosen: Language): void {
  globalThis.localStorage?.setItem(KEPT, chosen); // the next start begins in it, before Python has been asked
  language.value = chosen;
  document.documentElement.lang = chosen;
  document.documentElement.dir = direction[chosen];
}

/** Learn the sentences of a screen that comes later with its own: the first load is without them. */
export function teach(more: Catalogue): void {
  Object.assign(english, more);
}

/** Return the sentence ID, filled with VALUES; `count` chooses between one and many. */
export function say(id: TextId, values: Record<string, string | number> = {}): string {
  const entry = (english as Catalogue)[id];
  if (entry === undefined) throw new Error(`no text ${id}`);
  const form = typeof entry === "string" ? entry : entry[values.count === 1 ? "one" : "many"];
  const shown = language.value === "en" ? form : pseudo(form);
  return shown.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`text ${id} needs ${name}`);
    return typeof value === "number" ? number(value) : value;
  });
}

/** Return a number as readers of the language write it. */
export function number(value: number, digits = 1): string {
  return kept(`${locale()} ${digits}`, () => new Intl.NumberFormat(locale(), { maximumFractionDigits: digits })).format(
    value,
  );
}

const writers = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

/** Return the writer of numbers or days of that NAME: making one takes a phone longer than a hundred uses of it. */
function kept<Writer extends Intl.NumberFormat | Intl.DateTimeFormat>(name: string, make: () => Writer): Writer {
  const found = (writers.get(name) as Writer | undefined) ?? make();
  writers.set(name, found);
  return found;
}

/** Make the first writers after the first picture, one at a time: together they take a phone as long as a whole screen. */
export function readyToWrite(): void {
  requestAnimationFrame(() => {
    setTimeout(() => number(0));
    setTimeout(() => day("2000-01-01", "weekday"));
  });
}

const DAY: Record<"long" | "short" | "dated" | "weekday", Intl.DateTimeFormatOptions> = {
  long: { weekday: "long", day: "numeric", month: "long" },
  short: { day: "numeric", month: "short" },
  dated: { weekday: "short", day: "numeric", month: "short" },
  weekday: { weekday: "short" },
};

/** Return a day (ISO date) in words: "Monday 3 May", "3 May", "Mon 3 May" or "Mon". */
export function day(date: string, length: keyof typeof DAY = "long"): string {
  const parts = { ...DAY[length], timeZone: "UTC" };
  const writer = kept(`${locale()} ${length}`, () => new Intl.DateTimeFormat(locale(), parts));
  return writer.format(new Date(`${date}T00:00:00Z`));
}

/** Return a sentence of Python's with its days (ISO) as readers write them: "Not done: Mon 3 May." */
export function dated(says: string): string {
  return says.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (on) => day(on, "dated"));
}

/** Return a month (ISO: "2026-11") in words: "November 2026". */
export function month(of: string): string {
  const parts = { month: "long", year: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(locale(), parts).format(new Date(`${of}-01T00:00:00Z`));
}

/** Return a moment (ISO) in words, where the runner is: "Mon 3 May, 07:15". */
export function moment(at: string): string {
  const parts = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat(locale(), parts).format(new Date(at));
}

function locale(): string {
  return language.value.startsWith("x-") ? "en" : `${language.value}-GB`;
}
