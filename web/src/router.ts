/** Which screen is shown: the address is the state. */
import { computed, signal } from "@preact/signals";

const address = signal(location.pathname + location.search);

export const path = computed(() => address.value.split("?")[0] ?? "/");
export const query = computed(() => new URLSearchParams(address.value.split("?")[1] ?? ""));

addEventListener("popstate", () => {
  address.value = location.pathname + location.search;
});

/** Show another screen; REPLACE leaves no way back to this one. */
export function go(to: string, { replace = false } = {}): void {
  if (to === location.pathname + location.search) return;
  history[replace ? "replaceState" : "pushState"](null, "", to);
  address.value = to;
  scrollTo(0, 0);
}

/** Let links within the app change the screen without loading the page anew. */
export function followLinks(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const link = (event.target as Element).closest?.("a");
  if (!link || link.origin !== location.origin || link.target || link.hasAttribute("download")) return;
  if (link.pathname.startsWith("/api/")) return;
  event.preventDefault();
  go(link.pathname + link.search);
}

/** Return what fills the blanks of PATTERN ("/exercise/:id") in PATH, or null where it does not fit. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/");
  const found = path.split("/");
  if (wanted.length !== found.length) return null;
  const blanks: Record<string, string> = {};
  for (const [place, part] of wanted.entries()) {
    const given = found[place] ?? "";
    if (part.startsWith(":")) blanks[part.slice(1)] = decodeURIComponent(given);
    else if (part !== given) return null;
  }
  return blanks;
}
