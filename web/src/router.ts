/** Which screen is shown: the address is the state. */
import { computed, signal } from "@preact/signals";

const address = signal(here());

export const path = computed(() => address.value.split("?")[0] ?? "/");
export const query = computed(() => new URLSearchParams(address.value.split("?")[1] ?? ""));

addEventListener("popstate", () => whenThere(here(), () => undefined));

/** Show another screen; REPLACE leaves no way back to this one. */
export function go(to: string, { replace = false } = {}): void {
  if (to === here()) return;
  whenThere(to, () => {
    history[replace ? "replaceState" : "pushState"](null, "", to);
    scrollTo(0, 0);
  });
}

function here(): string {
  return location.pathname + location.search;
}

let bring: (to: string) => Promise<void> | null = () => null;

/** Let HOW bring what an address shows before it is shown (null: it is there); until then the screen before it stays. */
export function bringFirst(how: typeof bring): void {
  bring = how;
}

let turn = 0;

/** Show the address TO once its screen is there, unless another was asked for meanwhile; MOVE goes with it. */
function whenThere(to: string, move: () => void): void {
  turn += 1;
  const mine = turn;
  const show = () => {
    if (mine !== turn) return;
    move();
    address.value = to;
  };
  const coming = bring(to);
  if (coming) void coming.then(show);
  else show();
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
    if (!part.startsWith(":")) {
      if (part !== given) return null;
      continue;
    }
    try {
      blanks[part.slice(1)] = decodeURIComponent(given);
    } catch {
      return null; // "%E0%A4" is no word: nothing stands at such an address
    }
  }
  return blanks;
}
