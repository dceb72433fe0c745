/** How the app speaks with Python on this machine: JSON in and out, errors in words, nothing else on the network. */

import { signal } from "@preact/signals";
import { dropThose } from "../offline/database";
import { tellTabs } from "../offline/tabs";
import { language } from "../texts";

export const ROOT = "/api/v1";

/** What Python could not do, in its words (problem+json). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    /** Stable name of the problem. */
    readonly id: string,
    readonly what: string,
    readonly why: string,
    readonly next: string,
    /** What is there now, where the problem is a conflict. */
    readonly conflict: Record<string, unknown> | null = null,
  ) {
    super(what);
  }
}

/** The server did not answer: no network, or hipwise is not running. */
export class Unreachable extends Error {}

export interface Sending {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
  /** The same key for the same wish: sent twice, it is done once. */
  key?: string;
  signal?: AbortSignal;
  /** Whose journal is meant, where it is not the one that is looked at. */
  whose?: Runner;
}

export type Runner = "me" | "sample";

/** Return what the server answers at PATH below the root. */
export async function ask<Answer>(path: string, sending: Sending = {}): Promise<Answer> {
  const response = await reach(path, sending);
  const text = await response.text();
  const data: unknown = text ? JSON.parse(text) : null;
  if (!response.ok) throw problem(response.status, data);
  return data as Answer;
}

/** Return the file that the server gives at PATH, with the name that it has there. */
export async function fetched(path: string): Promise<{ name: string; blob: Blob }> {
  const response = await reach(path, {});
  if (!response.ok) throw problem(response.status, JSON.parse(await response.text()));
  const named = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "");
  const kind = /json/.test(response.headers.get("content-type") ?? "") ? ".json" : "";
  return { name: named?.[1] ?? path.replace(/^\/|\?.*$/g, "").replaceAll("/", "-") + kind, blob: await response.blob() };
}

/** Whose journal: one's own, or the sample runner's. */
export const runner = signal<Runner>(sessionStorage.getItem("runner") === "sample" ? "sample" : "me");

/** Look at another journal from now on. */
export function lookAt(whose: Runner): void {
  runner.value = whose;
  sessionStorage.setItem("runner", whose);
}

/** Return PATH with the runner whose journal is meant. */
export function withRunner(path: string, whose: Runner = runner.value): string {
  if (whose === "me") return path;
  return `${path}${path.includes("?") ? "&" : "?"}runner=${whose}`;
}

/** Return a new key for one wish of the runner. */
export function wish(): string {
  return crypto.randomUUID();
}

/** What speaks of runs, exercises or alarms: said before something new was told it is old, and a phone without a network shows it no more. */
const OLD_ONCE_TOLD = /^\/(today|plan|referral|assessment|load|race|why|ask)\b/;
/** What is not kept until Python can be reached, and may yet be an alarm: Python may have heard it, though its answer was lost. */
const TELLS = /^\/(answers|words)\b/;
let writes = 0;

/** How often something new was told: an answer that was asked for before the newest of it is old when it comes. */
export const toldSoFar = (): number => writes;

/** Count what was told in another tab. */
export function toldElsewhere(): void {
  writes += 1;
}

/** Forget what was said before the newest was told at PATH. How urgent it is stands where that was a wish for the plan alone. */
export async function newlyTold(path: string, whose: Runner = runner.value): Promise<void> {
  writes += 1;
  const stands = /^\/plan\b/.test(path) ? "/assessment" : " ";
  const fit = (key: string) =>
    OLD_ONCE_TOLD.test(key) && !key.startsWith(stands) && /[?&]runner=sample$/.test(key) === (whose === "sample");
  await dropThose("answers", fit).catch(() => undefined);
}

async function reach(path: string, { method = "GET", body, key, signal, whose }: Sending): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": language.value };
  if (body !== undefined && !(body instanceof Blob)) headers["Content-Type"] = "application/json";
  if (method !== "GET") headers["Idempotency-Key"] = key ?? wish();
  const request: RequestInit = { method, headers, credentials: "same-origin" };
  if (body !== undefined) request.body = body instanceof Blob ? body : JSON.stringify(body);
  if (signal) request.signal = signal;
  try {
    const response = await fetch(ROOT + withRunner(path, whose), request);
    if (method !== "GET" && response.ok) {
      await newlyTold(path, whose);
      tellTabs("told");
    }
    if (response.status === 502 || response.status === 503 || response.status === 504) throw new Unreachable(path);
    return response;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    if (TELLS.test(path) && method !== "GET") await newlyTold(path, whose);
    throw error instanceof Unreachable ? error : new Unreachable(path);
  }
}

function problem(status: number, data: unknown): Problem {
  const said = (data ?? {}) as Record<string, string | undefined> & { conflict?: Record<string, unknown> };
  return new Problem(
    status,
    said.id ?? "",
    said.title ?? "",
    said.detail ?? "",
    said.next ?? "",
    said.conflict ?? null,
  );
}
