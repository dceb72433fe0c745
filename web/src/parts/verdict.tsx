/** The verdict in words, icon, shape and colour. */
import type { JSX } from "preact";
import type { Today } from "../api/types";
import { atMost, duration } from "../state/settings";
import { say, type TextId } from "../texts";
import { Icon, type IconName } from "./icons";
import { Why } from "./why";

const LOOKS: Record<string, { look: string; icon: IconName; name: TextId }> = {
  run: { look: "run", icon: "run", name: "verdict.run" },
  run_less: { look: "less", icon: "less", name: "verdict.run_less" },
  not_today: { look: "rest", icon: "rest", name: "verdict.not_today" },
  see_someone: { look: "see", icon: "see", name: "verdict.see_someone" },
  ask: { look: "ask", icon: "ask", name: "verdict.ask" },
};

const CAREFUL = { look: "ask", icon: "ask" as IconName, name: "verdict.ask" as TextId };
const KM_M = 1000;
const MINUTE_S = 60;

type Shown = Pick<Today, "verdict" | "headline" | "reason" | "ceiling_says" | "session"> & Partial<Today>;

interface Props {
  today: Shown;
  onWhy?: () => void;
  /** Each of its numbers opens what stands behind it. */
  numbers?: boolean;
  /** Where what is missing can be told. */
  answerAt?: string | undefined;
}

/** Show a verdict; a word that this page does not know is shown as a question, never as a run. */
export function VerdictBand({ today, onWhy, numbers = false, answerAt }: Props): JSX.Element {
  const { look, icon, name } = LOOKS[today.verdict] ?? CAREFUL;
  const { session } = today;
  const runs = look === "run" || look === "less";
  const figures = runs || look === "rest" ? figuresOf(today) : [];
  return (
    <section class={`verdict ${look}`} aria-label={say("verdict.label")}>
      <Icon name={icon} />
      <p class="figure">{say(name)}</p>
      <p class="lead">{today.headline}</p>
      {figures.length > 0 && (
        <div class={session ? "ceilings by-time" : "ceilings"}>
          <p class="small">{say(today.walk_min == null ? "today.at_most" : "today.walk_for")}</p>
          <div class="row">
            {figures.map(({ of, words }) =>
              numbers ? (
                <Why key={of} of={`today/${of}`} keep>
                  {words}
                </Why>
              ) : (
                <strong key={of}>{words}</strong>
              ),
            )}
          </div>
        </div>
      )}
      {session && <p>{session.says}</p>}
      <p>{today.reason}</p>
      {today.notes?.filter((line) => !session || !line.endsWith(session.says)).map((line) => <p key={line}>{line}</p>)}
      {!session && runs && today.ceiling_says && <p class="small">{today.ceiling_says}</p>}
      {(onWhy || answerAt) && (
        <div class="row">
          {answerAt && (
            <a class={look === "ask" ? "button main-act" : "button"} href={answerAt}>
              {say("today.answer")}
            </a>
          )}
          {onWhy && (
            <button type="button" class="button" onClick={onWhy}>
              {say("why.open")}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

/** How long and how far at most, the one that bounds the run first. */
function figuresOf({ ceiling_km: km, ceiling_min: minutes, walk_min: walk, session }: Shown): { of: string; words: string }[] {
  const found: { of: string; words: string }[] = [];
  if (km != null) found.push({ of: "ceiling_km", words: atMost(km * KM_M) });
  if (minutes != null) found.push({ of: "ceiling_min", words: duration(minutes * MINUTE_S) });
  if (walk != null) found.push({ of: "walk_min", words: duration(walk * MINUTE_S) });
  return session ? found.reverse() : found;
}

/** In place of a verdict where only Python can say, and cannot be reached. */
export function AskAgain(): JSX.Element {
  return (
    <section class="card soft">
      <h2>{say("checkin.ask_again_title")}</h2>
      <p>{say("checkin.ask_again_why")}</p>
    </section>
  );
}
