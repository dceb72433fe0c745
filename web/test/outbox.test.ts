import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

vi.stubGlobal("sessionStorage", { getItem: () => null, setItem: () => undefined });
const { send, flush, waiting, openOutbox, caughtUp } = await import("../src/offline/outbox");
const { reachable } = await import("../src/offline/answers");
const { forget } = await import("../src/offline/database");

type Seen = { path: string; key: string; body: Record<string, unknown> };
let seen: Seen[];
let online: boolean;
let refuse: string | null;

beforeEach(async () => {
  seen = [];
  online = true;
  refuse = null;
  await forget();
  await openOutbox();
  vi.stubGlobal("fetch", async (path: string, request: RequestInit) => {
    if (!online) throw new TypeError("no network");
    const headers = request.headers as Record<string, string>;
    seen.push({ path, key: headers["Idempotency-Key"] ?? "", body: JSON.parse(String(request.body)) });
    const refused = refuse !== null && path.includes(refuse);
    return new Response(JSON.stringify(refused ? { title: "No", id: "no" } : { ok: true }), { status: refused ? 422 : 200 });
  });
});

afterEach(() => vi.unstubAllGlobals);

test("with a network a letter is sent at once, and nothing waits", async () => {
  expect(await send("/checkin", { states: { rest: "1" } })).toEqual({ ok: true });
  expect(waiting.value).toEqual([]);
});

test("without one it waits on the phone, and is sent later once, with the moment it was said", async () => {
  online = false;
  expect(await send("/checkin", { states: { rest: "1" } })).toBeUndefined();
  expect(waiting.value).toHaveLength(1);
  online = true;
  await Promise.all([flush(), flush()]);
  await flush();
  expect(seen).toHaveLength(1);
  expect(seen[0]?.body).toMatchObject({ states: { rest: "1" }, made_at: expect.any(String) });
  expect(waiting.value).toEqual([]);
});

test("letters keep their order and each its own key", async () => {
  online = false;
  await send("/checkin", { states: { rest: "1" } });
  await send("/after-run", { states: { run: "2" } });
  online = true;
  await send("/checkin", { states: { rest: "3" } });
  expect(seen.map((letter) => letter.path.replace("/api/v1", ""))).toEqual(["/checkin", "/after-run", "/checkin"]);
  expect(new Set(seen.map((letter) => letter.key)).size).toBe(3);
});

test("what waits is there again after the app was closed", async () => {
  online = false;
  await send("/checkin", { states: { rest: "1" } });
  waiting.value = [];
  await openOutbox();
  expect(waiting.value).toHaveLength(1);
});

test("what Python refuses stays to be seen, and does not hold up the rest", async () => {
  online = false;
  await send("/bad", { states: {} });
  await send("/checkin", { states: { rest: "1" } });
  online = true;
  refuse = "/bad";
  await flush();
  expect(waiting.value.map((letter) => letter.refused)).toEqual(["No"]);
  expect(seen).toHaveLength(2);
});

test("what waited is sent as soon as the app opens with a network", async () => {
  online = false;
  await send("/checkin", { states: { rest: "1" } });
  const before = caughtUp.value;
  online = true;
  reachable.value = true;
  await openOutbox();
  await flush();
  expect(seen).toHaveLength(1);
  expect(waiting.value).toEqual([]);
  expect(caughtUp.value).toBe(before + 1);
});
