/** Which screen belongs to which address. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { flush } from "./offline/outbox";
import { path } from "./router";
import { Lost } from "./screens/lost";
import { NotThere } from "./screens/not-there";
import { screenAt } from "./loading";
import { loadSettings } from "./state/settings";

/** The app: the screen that the address names, and a word where it names none. */
export function App(): JSX.Element {
  useEffect(() => {
    void loadSettings();
    const retry = () => void flush();
    addEventListener("online", retry);
    return () => removeEventListener("online", retry);
  }, []);
  const found = screenAt(path.value);
  if (found === "unknown") return <Lost key={path.value} />;
  if (found === "failed") return <NotThere key={path.value} />;
  const { Screen, blanks } = found;
  return <Screen key={path.value} blanks={blanks} />;
}
