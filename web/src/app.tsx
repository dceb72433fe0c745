/** Which screen belongs to which address. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Referral } from "./api/types";
import { flush } from "./offline/outbox";
import { heldBack } from "./offline/table";
import { ReferralCard } from "./parts/care";
import { Shell } from "./parts/shell";
import { Waiting } from "./parts/states";
import { Unsent } from "./parts/unsent";
import { path } from "./router";
import { Lost } from "./screens/lost";
import { NotThere } from "./screens/not-there";
import { screenAt } from "./loading";
import { loadSettings } from "./state/settings";
import { say } from "./texts";

/** What offers a run or an exercise: none of it while what was told, and Python has not heard yet, may ask for somebody to be seen. */
const OFFERS = /^\/(session|plan(\/.*)?|exercise\/.*|training|more\/(share|ask))$/;
/** What says itself that it has not heard all; but not in place of whom to see. */
const SPEAKS = /^\/(today|hip\/(result|referral))$/;

/** The app: the screen that the address names, and a word where it names none. */
export function App(): JSX.Element {
  useEffect(() => {
    void loadSettings();
    const retry = () => void flush();
    addEventListener("online", retry);
    return () => removeEventListener("online", retry);
  }, []);
  const held = heldBack.value;
  if (held && (OFFERS.test(path.value) || (held !== "unknown" && SPEAKS.test(path.value)))) return <Held held={held} />;
  const found = screenAt(path.value);
  if (found === "unknown") return <Lost key={path.value} />;
  if (found === "failed") return <NotThere key={path.value} />;
  const { Screen, blanks } = found;
  return <Screen key={path.value} blanks={blanks} />;
}

/** In place of what is held back: whom to see, or that only Python can say. */
function Held({ held }: { held: Referral | "unknown" | "reading" }): JSX.Element {
  if (held === "reading")
    return (
      <Shell title={say("state.waiting")}>
        <Waiting />
      </Shell>
    );
  return (
    <Shell title={say(held === "unknown" ? "checkin.ask_again_title" : "referral.title")}>
      <Unsent />
      {held === "unknown" ? <p>{say("checkin.ask_again_why")}</p> : <ReferralCard referral={held} />}
    </Shell>
  );
}
