import { beforeEach, expect, test, vi } from "vitest";

const place = { pathname: "/", search: "" };
const heard: Record<string, () => void> = {};
const moved = (_: unknown, __: string, to: string) => {
  const [pathname = "", search = ""] = to.split(/(?=\?)/);
  Object.assign(place, { pathname, search });
};
vi.stubGlobal("location", place);
vi.stubGlobal("addEventListener", (name: string, act: () => void) => (heard[name] = act));
vi.stubGlobal("history", { pushState: moved, replaceState: moved });
vi.stubGlobal("scrollTo", () => undefined);
const { bringFirst, go, match, path, query } = await import("../src/router");

beforeEach(() => bringFirst(() => null));

test("an address fits its pattern, and fills its blanks", () => {
  expect(match("/exercise/:id", "/exercise/glute_bridge")).toEqual({ id: "glute_bridge" });
  expect(match("/exercise/:id", "/exercise/a%20b")).toEqual({ id: "a b" });
  expect(match("/today", "/today")).toEqual({});
});

test.each(["/exercise", "/exercise/a/b", "/plan", "/exercise/%E0%A4%A"])("%s does not fit another pattern", (path) => {
  expect(match("/exercise/:id", path)).toBeNull();
});

test("what is there is shown at once", () => {
  go("/more/ask?q=shoes");
  expect([path.value, query.value.get("q"), place.pathname]).toEqual(["/more/ask", "shoes", "/more/ask"]);
});

test("until a screen has come the one before it stays, address and all; what was asked for last is shown", async () => {
  go("/today");
  const come: Record<string, () => void> = {};
  bringFirst((to) => (to === "/today" ? null : new Promise((resolve) => (come[to] = resolve))));
  go("/plan");
  go("/hip");
  expect([path.value, place.pathname]).toEqual(["/today", "/today"]);
  come["/hip"]?.();
  await Promise.resolve();
  expect([path.value, place.pathname]).toEqual(["/hip", "/hip"]);
  come["/plan"]?.();
  await Promise.resolve();
  expect(path.value).toBe("/hip");
});

test("the way back shows the screen of its address", () => {
  go("/today");
  moved(null, "", "/plan");
  heard.popstate?.();
  expect(path.value).toBe("/plan");
});
