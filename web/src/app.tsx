/** Which screen belongs to which address. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { flush } from "./offline/outbox";
import { referredAhead } from "./offline/table";
import { ReferralCard } from "./parts/care";
import { Shell } from "./parts/shell";
import { Unsent } from "./parts/unsent";
import { path } from "./router";
import { Lost } from "./screens/lost";
import { NotThere } from "./screens/not-there";
import { screenAt } from "./loading";
import { loadSettings } from "./state/settings";
import { say } from "./texts";

/** What offers a run or an exercise: none of it while a check-in that Python has not heard yet asks for somebody to be seen. */
const OFFERS = /^\/(today|session|plan(\/.*)?|exercise\/.*|more\/share)$/;

/** The app: the screen that the address names, and a word where it names none. */
export function App(): JSX.Element {
  useEffect(() => {
    void loadSettings();
    const retry = () => void flush();
    addEventListener("online", retry);
    return () => removeEventListener("online", retry);
  }, []);
  const referral = referredAhead.value;
  if (referral && OFFERS.test(path.value))
    return (
      <Shell title={say("referral.title")}>
        <Unsent />
        <ReferralCard referral={referral} />
      </Shell>
    );
  const found = screenAt(path.value);
  if (found === "unknown") return <Lost key={path.value} />;
  if (found === "failed") return <NotThere key={path.value} />;
  const { Screen, blanks } = found;
  return <Screen key={path.value} blanks={blanks} />;
}
