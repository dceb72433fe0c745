import { beforeEach, expect, test, vi } from "vitest";

const kept = new Map<string, string>();
const assign = vi.fn();
vi.stubGlobal("location", { pathname: "/", search: "", assign });
vi.stubGlobal("addEventListener", () => undefined);
vi.stubGlobal("document", { documentElement: { dataset: {} } });
vi.stubGlobal("sessionStorage", {
  getItem: (name: string) => kept.get(name) ?? null,
  setItem: (name: string, value: string) => kept.set(name, value),
  removeItem: (name: string) => kept.delete(name),
});
vi.mock("../src/screens/plan", () => Promise.reject(new TypeError("Failed to fetch dynamically imported module")));
const { bringScreen, comeAnew, screenAt } = await import("../src/loading");

const given = () => vi.stubGlobal("fetch", () => Promise.resolve(new Response("{}")));
const soon = () => new Promise((resolve) => setTimeout(resolve, 20));

beforeEach(() => {
  kept.clear();
  assign.mockClear();
});

test.each(["/plans", "/hip/xyz", "/exercise/%E0%A4%A", "/plan/"])("nothing stands at %s, and nothing is brought", (path) => {
  expect(bringScreen(path)).toBeNull();
  expect(screenAt(path)).toBe("unknown");
});

test.each(["/", "/today", "/hip/referral", "/hip/referral?x=1"])("%s is never waited for", (path) => {
  expect(bringScreen(path)).toBeNull();
});

test("a screen comes when it is first asked for, and is there from then on", async () => {
  expect(screenAt("/exercise/clamshell")).toBe("failed");
  await bringScreen("/exercise/clamshell?from=plan");
  expect(bringScreen("/exercise/glute_bridge")).toBeNull();
  expect(screenAt("/exercise/glute_bridge")).toMatchObject({ blanks: { id: "glute_bridge" } });
});

test("where hipwise no longer has the file, the page is loaded anew at what was asked for: once", async () => {
  given();
  void bringScreen("/plan?a=b");
  await soon();
  expect(assign.mock.calls).toEqual([["/plan?a=b"]]);
  await bringScreen("/plan?a=b");
  expect(assign).toHaveBeenCalledTimes(1);
  expect(screenAt("/plan")).toBe("failed");
  void comeAnew("/plan?a=b", { bidden: true });
  await soon();
  expect(assign).toHaveBeenCalledTimes(2);
});

test("a later update can load it anew again", async () => {
  given();
  kept.set("loaded-anew", "/more");
  await bringScreen("/more");
  expect(kept.size).toBe(0);
});

test("without a network nothing is loaded anew: the page and what stands in it stay", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  await bringScreen("/plan");
  expect(assign).not.toHaveBeenCalled();
});
