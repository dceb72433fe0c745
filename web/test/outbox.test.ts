import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

vi.stubGlobal("sessionStorage", { getItem: () => null, setItem: () => undefined });
const { send, flush, insist, keepSending, settle, waiting, openOutbox, caughtUp } = await import("../src/offline/outbox");
const { reachable } = await import("../src/offline/answers");
const { runner } = await import("../src/api/client");
const { forget } = await import("../src/offline/database");

type Seen = { path: string; key: string; body: Record<string, unknown> };
let seen: Seen[];
let online: boolean;
let refuse: string | null;
let refusal: Record<string, unknown>;
let status: number;

beforeEach(async () => {
  seen = [];
  online = true;
  refuse = null;
  status = 422;
  refusal = { title: "No", id: "no" };
  await forget();
  await openOutbox();
  vi.stubGlobal("fetch", async (path: string, request: RequestInit) => {
    if (!online) throw new TypeError("no network");
    const headers = request.headers as Record<string, string>;
    seen.push({ path, key: headers["Idempotency-Key"] ?? "", body: JSON.parse(String(request.body ?? "{}")) });
    const refused = refuse !== null && path.includes(refuse);
    return new Response(JSON.stringify(refused ? refusal : { ok: true }), { status: refused ? status : 200 });
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

test("what is asked again is known to have changed once a letter was sent", async () => {
  online = false;
  await send("/checkin", { states: { rest: "1" } });
  const before = caughtUp.value;
  online = true;
  await flush();
  expect(caughtUp.value).toBe(before + 1);
});

test("a check-in, what a run did and a session all wait, and each is sent once with its own moment", async () => {
  online = false;
  await send("/checkin", { states: { rest: "1" } });
  await send("/after-run", { states: { run_pain_score: "3", run_pain_from: "to_5_km" } });
  await send("/sessions", { done: [{ exercise: "clamshell", felt: "right" }], pain: 1 });
  online = true;
  await flush();
  await flush();
  expect(seen.map((letter) => letter.path)).toEqual(["/api/v1/checkin", "/api/v1/after-run", "/api/v1/sessions"]);
  expect(seen.every((letter) => typeof letter.body.made_at === "string")).toBe(true);
  expect(waiting.value).toEqual([]);
});

test("a letter goes to the journal that it was said to, whichever is looked at when it is sent", async () => {
  online = false;
  await send("/checkin", { states: { rest: "1" } });
  runner.value = "sample";
  await send("/checkin", { states: { rest: "2" } });
  online = true;
  await flush();
  runner.value = "me";
  expect(seen.map((letter) => letter.path)).toEqual(["/api/v1/checkin", "/api/v1/checkin?runner=sample"]);
});

test("what Python took before its answer was lost is not shown as refused", async () => {
  online = false;
  await send("/checkin", { states: { rest: "1" } });
  online = true;
  refuse = "/checkin";
  refusal = { title: "This key was used", id: "key_used", conflict: { answered: 200 } };
  await flush();
  expect(waiting.value).toEqual([]);
});

test("what Python had refused before its answer was lost stays to be seen", async () => {
  online = false;
  await send("/checkin", { states: { rest: "1" } });
  online = true;
  refuse = "/checkin";
  refusal = { title: "This key was used", id: "key_used", conflict: { answered: 422 } };
  await flush();
  expect(waiting.value.map((letter) => letter.problem)).toEqual(["key_used"]);
});

test("against a newer check-in the runner can insist, with a key of its own, or let it go", async () => {
  online = false;
  await send("/checkin", { states: { rest: "1" } });
  online = true;
  refuse = "/checkin";
  refusal = { title: "A newer one stands", id: "checkin_newer", conflict: { at: "2030-05-06T12:00:00Z", states: {} } };
  await flush();
  const [letter] = waiting.value;
  expect(letter?.conflict).toMatchObject({ at: "2030-05-06T12:00:00Z" });
  refuse = null;
  if (letter) await insist(letter);
  expect(seen[1]?.body).toMatchObject({ anyway: true, states: { rest: "1" } });
  expect(seen[1]?.key).not.toBe(seen[0]?.key);
  expect(waiting.value).toEqual([]);
  online = false;
  await send("/checkin", { states: { rest: "2" } });
  if (waiting.value[0]) await settle(waiting.value[0]);
  await openOutbox();
  expect(waiting.value).toEqual([]);
});

test("what waits is sent when the app is opened again, and once Python answers again", async () => {
  online = false;
  await send("/checkin", { states: { rest: "1" } });
  reachable.value = true; // as at a start
  const stop = keepSending();
  await vi.waitFor(() => expect(reachable.value).toBe(false));
  expect(waiting.value).toHaveLength(1);
  online = true;
  reachable.value = true;
  await vi.waitFor(() => expect(waiting.value).toEqual([]));
  expect(seen).toHaveLength(1);
  stop();
});

test("what was refused can be sent again as it is, with a key of its own, and then counts", async () => {
  online = false;
  await send("/after-run", { states: { run_pain_score: "8" }, lap: 3 });
  online = true;
  refuse = "/after-run";
  await flush();
  expect(waiting.value).toHaveLength(1);
  refuse = null;
  if (waiting.value[0]) await insist(waiting.value[0]);
  expect(seen[1]?.body).toMatchObject({ states: { run_pain_score: "8" } });
  expect(seen[1]?.body).not.toHaveProperty("anyway");
  expect(seen[1]?.key).not.toBe(seen[0]?.key);
  expect(waiting.value).toEqual([]);
});

test("a phone that must be paired again keeps what waits, and sends it then", async () => {
  online = false;
  await send("/checkin", { states: { limp: "yes" } });
  online = true;
  refuse = "/checkin";
  refusal = { title: "Not paired", id: "not_paired" };
  status = 401;
  await flush();
  expect(waiting.value.map((letter) => letter.refused)).toEqual([undefined]);
  refuse = null;
  await flush();
  expect(waiting.value).toEqual([]);
});

test("a verdict from before something was told, or of another day, is shown no more", async () => {
  const { answerOf } = await import("../src/offline/answers");
  const { stillHolds } = await import("../src/offline/table");
  const now = new Date();
  const today = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  await answerOf("/history");
  expect(stillHolds(today)).toBe(true);
  online = false;
  await send("/sessions", { done: [] });
  expect([stillHolds(today), stillHolds("2020-01-01")]).toEqual([true, false]);
  await send("/checkin", { states: { limp: "yes" } });
  expect(stillHolds(today)).toBe(false);
  online = true;
  refuse = "/checkin";
  await flush();
  expect(stillHolds(today)).toBe(false); // what was refused was told all the same
  refuse = null;
  if (waiting.value[0]) await insist(waiting.value[0]);
  expect(stillHolds(today)).toBe(true);
});

test("what Python said of the day, runs and alarms is forgotten on the phone once something new is told", async () => {
  const { answerOf } = await import("../src/offline/answers");
  const [offers, others] = [["/today", "/plan", "/referral", "/load", "/ask?q=run"], ["/plan?runner=sample", "/exercises/bridge"]];
  for (const path of [...offers, ...others]) await answerOf(path);
  await send("/checkin", { states: { limp: "yes" } });
  online = false;
  for (const path of offers) await expect(answerOf(path)).rejects.toThrow();
  for (const path of others) await expect(answerOf(path)).resolves.toBeDefined();
});

test("a wish for the plan leaves how urgent it is as it was said", async () => {
  const { answerOf } = await import("../src/offline/answers");
  await answerOf("/plan");
  await answerOf("/assessment?causes=3");
  await send("/plan", { days_a_week: 3 });
  online = false;
  await expect(answerOf("/plan")).rejects.toThrow();
  await expect(answerOf("/assessment?causes=3")).resolves.toBeDefined();
});

test("an answer that could not be sent may have been heard: what was said before it is not shown", async () => {
  const { answerOf } = await import("../src/offline/answers");
  const { ask } = await import("../src/api/client");
  await answerOf("/plan");
  online = false;
  await expect(ask("/settings", { method: "PATCH", body: {} })).rejects.toThrow();
  await expect(answerOf("/plan")).resolves.toBeDefined();
  await expect(ask("/answers", { method: "POST", body: { states: { fever: "yes" } } })).rejects.toThrow();
  await expect(answerOf("/plan")).rejects.toThrow();
});

/** A table of one question: 0 is calm, 8 leads to somebody; beside a fever 1 does too. */
async function keepTable() {
  const { answerOf } = await import("../src/offline/answers");
  const axes = [
    { finding: "rest", groups: [[""], ["0"], ["1"], ["8"]] },
    { finding: "fever", groups: [["", "no"], ["yes"]] },
  ];
  const days = [{ on: new Date().toLocaleDateString("sv"), cells: "AAAAAAAAAAABABAB" }];
  const table = { etag: "1", axes, days, verdicts: [{ verdict: "run", referral: null }, { referral: { level: "same_day" } }] };
  const before = globalThis.fetch;
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(table)));
  await answerOf("/today/ahead");
  vi.stubGlobal("fetch", before);
  online = false;
}

test.each([
  ["a calm check-in", [["/checkin", { rest: "0" }]], null],
  ["an alarming one", [["/checkin", { rest: "8" }]], "same_day"],
  ["an alarming one, and a calm one after it", [["/checkin", { rest: "8" }], ["/checkin", { rest: "0" }]], "same_day"],
  ["two that alarm together", [["/checkin", { rest: "1" }], ["/checkin", { fever: "yes" }]], "same_day"],
  ["an answer that the table does not know", [["/checkin", { rest: "9" }]], "unknown"],
  ["what a run did", [["/after-run", { run: "9" }]], "unknown"],
  ["what a run did, and an alarm", [["/after-run", { run: "9" }], ["/checkin", { rest: "8" }]], "same_day"],
  ["exercises that were done", [["/sessions", { done: "1" }]], null],
] as const)("while %s waits, runs and exercises are held back as the table says", async (_, letters, held) => {
  const { heldBack, watchWaiting } = await import("../src/offline/table");
  await keepTable();
  const end = watchWaiting();
  for (const [path, states] of letters) await send(path, { states });
  if (held) expect(heldBack.value).toBe("reading"); // until it is looked up nothing is offered
  await vi.waitFor(() => expect(heldBack.value).not.toBe("reading"));
  const found = heldBack.value;
  expect(found && typeof found === "object" ? found.level : found).toBe(held);
  online = true;
  refuse = "/";
  await flush();
  await vi.waitFor(() => expect(heldBack.value).not.toBe("reading"));
  expect(heldBack.value === null).toBe(held === null); // refused is not unsaid
  await Promise.all(waiting.value.map(settle));
  expect(heldBack.value).toBeNull();
  end();
});

test("without a table nobody knows what waits", async () => {
  const { heldBack, watchWaiting } = await import("../src/offline/table");
  online = false;
  const end = watchWaiting();
  await send("/checkin", { states: { rest: "0" } });
  await vi.waitFor(() => expect(heldBack.value).toBe("unknown"));
  end();
});

test("what another tab keeps waits here too", async () => {
  const { hearTabs } = await import("../src/offline/tabs");
  const end = hearTabs(() => void openOutbox());
  const other = new BroadcastChannel("hipwise");
  const { put } = await import("../src/offline/database");
  await put("outbox", { key: "other-tab", path: "/checkin", whose: "me", method: "POST", body: {}, at: "2026-01-01" });
  other.postMessage("waits");
  await vi.waitFor(() => expect(waiting.value.map((letter) => letter.key)).toEqual(["other-tab"]));
  other.close();
  end();
});

test("an answer that was asked for before something was told is not kept", async () => {
  const { answerOf } = await import("../src/offline/answers");
  const { ask } = await import("../src/api/client");
  const late = globalThis.fetch;
  let come: () => void = () => undefined;
  const told = new Promise<void>((resolve) => (come = resolve));
  vi.stubGlobal("fetch", async (path: string, request: RequestInit) => {
    if (request.method === "GET") await told;
    return late(path, request);
  });
  const old = answerOf("/today/ahead");
  await ask("/checkin", { method: "POST", body: { states: { limp: "yes" } } });
  come();
  await old;
  online = false;
  await expect(answerOf("/today/ahead")).rejects.toThrow();
});
