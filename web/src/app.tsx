/** Which screen belongs to which address. */
import type { ComponentType, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { flush } from "./offline/outbox";
import { match, path } from "./router";
import { AfterRun } from "./screens/after-run";
import { Answers } from "./screens/answers";
import { AskPage } from "./screens/ask";
import { Charts } from "./screens/charts";
import { CheckIn } from "./screens/check-in";
import { Emergency } from "./screens/emergency";
import { Exercise } from "./screens/exercise";
import { Form } from "./screens/form";
import { Hip } from "./screens/hip";
import { History } from "./screens/history";
import { Import, ImportReport } from "./screens/import";
import { Interview } from "./screens/interview";
import { Lost } from "./screens/lost";
import { More } from "./screens/more";
import { PairingPage } from "./screens/pairing";
import { Plan } from "./screens/plan";
import { Progress } from "./screens/progress";
import { QualityPage } from "./screens/quality";
import { Race } from "./screens/race";
import { ReferralPage } from "./screens/referral";
import { Result } from "./screens/result";
import { Session } from "./screens/session";
import { Settings } from "./screens/settings";
import { Share } from "./screens/share";
import { Start } from "./screens/start";
import { Today } from "./screens/today";
import { Training } from "./screens/training";
import { Weekly } from "./screens/weekly";
import { Where } from "./screens/where";
import { Who } from "./screens/who";
import { Wishes } from "./screens/wishes";
import { Words } from "./screens/words";
import { loadSettings } from "./state/settings";

type Screen = ComponentType<{ blanks: Record<string, string> }>;

const screens: Record<string, Screen> = {
  "/": Start,
  "/start": Start,
  "/who": Who,
  "/hip": Hip,
  "/hip/check": Emergency,
  "/hip/where": Where,
  "/hip/question": Interview,
  "/hip/answers": Answers,
  "/hip/result": Result,
  "/hip/referral": ReferralPage,
  "/hip/words": Words,
  "/today": Today,
  "/today/check-in": CheckIn,
  "/today/after-run": AfterRun,
  "/plan": Plan,
  "/plan/history": History,
  "/plan/race": Race,
  "/plan/weekly": Weekly,
  "/plan/wishes": Wishes,
  "/exercise/:id": Exercise,
  "/session": Session,
  "/training": Training,
  "/training/import": Import,
  "/training/import/:job": ImportReport,
  "/training/charts/:name": Charts,
  "/training/form": Form,
  "/training/quality": QualityPage,
  "/more": More,
  "/more/progress": Progress,
  "/more/ask": AskPage,
  "/more/share": Share,
  "/more/pairing": PairingPage,
  "/more/settings": Settings,
};

/** The app: the screen that the address names, and a word where it names none. */
export function App(): JSX.Element {
  useEffect(() => {
    void loadSettings();
    const retry = () => void flush();
    addEventListener("online", retry);
    return () => removeEventListener("online", retry);
  }, []);
  for (const [pattern, Screen] of Object.entries(screens)) {
    const blanks = match(pattern, path.value);
    if (blanks) return <Screen key={path.value} blanks={blanks} />;
  }
  return <Lost key={path.value} />;
}
