/** Units, language and looks, as Python keeps them; the page follows at once. */
import { signal } from "@preact/signals";
import { ask } from "../api/client";
import type { Settings } from "../api/types";
import { answerOf } from "../offline/answers";
import { type Language, number, say, speak } from "../texts";

const KM_M = 1000;
const MILE_M = 1609.344;
const LOOKS = "looks";
const TENTHS = 10;
const EDGE = 1e-9;

export const settings = signal<Settings>({
  units: "km",
  week_start: "monday",
  language: "en",
  text_size: "normal",
  contrast: "normal",
  motion: "system",
  theme: "system",
  sound: true,
  paper: "a4",
  consent_at: null,
  seen: [],
});

/** In which language and units Python speaks: what it said in others is asked for anew. */
export const voice = signal(voiceOf(settings.value));

function voiceOf({ language, units }: Settings): string {
  return `${language} ${units}`;
}

/** Take over what Python keeps; without it the page stays as it is. */
export async function loadSettings(): Promise<void> {
  const kept = await answerOf<Settings>("/settings").catch(() => null);
  if (!kept) return;
  follow(kept.answer);
  voice.value = voiceOf(kept.answer);
}

let turn = 0;

/** Change some of them, here and in Python; an answer that a newer change has overtaken is left aside. */
export async function changeSettings(changes: Partial<Settings>): Promise<void> {
  turn += 1;
  const mine = turn;
  const before = settings.value;
  follow({ ...before, ...changes });
  try {
    const kept = await ask<Settings>("/settings", { method: "PATCH", body: changes });
    if (mine === turn) follow(kept);
    voice.value = voiceOf(kept);
  } catch (error) {
    const back = Object.keys(changes).map((name) => [name, before[name as keyof Settings]]);
    follow({ ...settings.value, ...Object.fromEntries(back) });
    throw error;
  }
}

/** Look as at the last visit, until Python is asked. */
export function lookAsBefore(): void {
  try {
    const looks = JSON.parse(localStorage.getItem(LOOKS) ?? "null") as Partial<Settings> | null;
    if (looks) show({ ...settings.value, ...looks });
  } catch {
    // nothing was kept, or the browser keeps nothing
  }
}

function follow(now: Settings): void {
  settings.value = now;
  show(now);
  const { theme, text_size, contrast, motion, language } = now;
  try {
    localStorage.setItem(LOOKS, JSON.stringify({ theme, text_size, contrast, motion, language }));
  } catch {
    // a browser that keeps nothing looks plain until Python answers
  }
}

function show(now: Settings): void {
  const root = document.documentElement.dataset;
  root.theme = now.theme;
  root.text = now.text_size;
  root.contrast = now.contrast === "high" ? "more" : "normal";
  root.motion = now.motion === "reduced" ? "less" : "system";
  speak(now.language as Language);
}

/** Return a distance in the runner's units: "5.5 km". */
export function distance(metres: number | null): string {
  if (metres === null) return say("unit.unknown");
  return inWords(number(metres / unitM()));
}

/** Return a distance that must not be passed: rounded down, whatever the units. */
export function atMost(metres: number): string {
  return inWords(number(Math.floor((metres / unitM()) * TENTHS + EDGE) / TENTHS));
}

function unitM(): number {
  return settings.value.units === "mi" ? MILE_M : KM_M;
}

function inWords(value: string): string {
  return say(settings.value.units === "mi" ? "unit.mi" : "unit.km", { value });
}

/** Return how long at most, in hours and minutes ("1 h 05 min"), rounded down. */
export function duration(seconds: number | null): string {
  if (seconds === null) return say("unit.unknown");
  const minutes = Math.floor(seconds / 60 + EDGE);
  if (minutes < 60) return say("unit.min", { minutes });
  return say("unit.h_min", { hours: Math.floor(minutes / 60), minutes: String(minutes % 60).padStart(2, "0") });
}
