/** What stands around every screen: the mark, the tabs, the line about emergencies. */
import { type ComponentChildren, createContext, type JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { reachable } from "../offline/answers";
import { flush, waiting } from "../offline/outbox";
import { followLinks, path } from "../router";
import type { Room } from "../state/width";
import { say, type TextId } from "../texts";
import { Icon, type IconName, Mark } from "./icons";
import { Toast } from "./toast";

const TABS: { to: string; name: TextId; icon: IconName }[] = [
  { to: "/today", name: "tab.today", icon: "today" },
  { to: "/plan", name: "tab.plan", icon: "plan" },
  { to: "/hip", name: "tab.hip", icon: "hip" },
  { to: "/training", name: "tab.training", icon: "training" },
  { to: "/more", name: "tab.more", icon: "more" },
];

interface Props {
  title: string;
  /** Without tabs: the start, and wherever one thing has to be done first. */
  bare?: boolean;
  /** What a wide window is used for (styles/wide.css): two columns of cards, one card across, columns of the screen's own. */
  wide?: "two" | "across" | "own";
  children: ComponentChildren;
}

/** What room a card has where the window is wide: whatever is drawn for a width asks. */
export const RoomOfCards = createContext<Room>("column");

/** A screen with its title, which is told when the screen changes. */
export function Shell({ title, bare = false, wide, children }: Props): JSX.Element {
  const main = useRef<HTMLElement>(null);
  const here = path.value;
  useEffect(() => {
    document.title = `${title} · hipwise`;
    main.current?.focus({ preventScroll: true });
  }, [title, here]);
  return (
    <div class="shell" onClick={followLinks}>
      <a class="skip" href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
        {say("shell.skip")}
      </a>
      <header class="top">
        <a class="mark" href="/">
          <Mark />
          <span>hipwise</span>
        </a>
        <Connection />
      </header>
      <main id="main" class={wide ? `main ${wide}` : "main"} tabIndex={-1} ref={main}>
        <h1>{title}</h1>
        <RoomOfCards.Provider value={wide === "two" || wide === "across" ? wide : "column"}>{children}</RoomOfCards.Provider>
      </main>
      {!bare && (
        <nav class="tabs" aria-label={say("shell.tabs")}>
          {TABS.map((tab) => (
            <a key={tab.to} href={tab.to} aria-current={here.startsWith(tab.to) ? "page" : undefined}>
              <Icon name={tab.icon} />
              <span>{say(tab.name)}</span>
            </a>
          ))}
        </nav>
      )}
      <footer class="foot">
        <p>{say("shell.emergency")}</p>
      </footer>
      <Toast />
    </div>
  );
}

/** Whether Python can be reached, and what waits for it. */
function Connection(): JSX.Element {
  const unsent = waiting.value.length;
  const text = unsent ? say("shell.unsent", { count: unsent }) : say("shell.offline");
  return (
    <span role="status">
      {(!reachable.value || unsent > 0) && (
        <button type="button" class="offline" onClick={() => void flush()}>
          <Icon name="offline" />
          {text}
        </button>
      )}
    </span>
  );
}
