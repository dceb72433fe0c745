/** The verdict in words, icon, shape and colour. */
import type { ComponentChildren, JSX } from "preact";
import type { Today } from "../api/types";
import { say, type TextId } from "../texts";
import { Icon, type IconName } from "./icons";

const LOOKS: Record<string, { look: string; icon: IconName; name: TextId }> = {
  run: { look: "run", icon: "run", name: "verdict.run" },
  run_less: { look: "less", icon: "less", name: "verdict.run_less" },
  not_today: { look: "rest", icon: "rest", name: "verdict.not_today" },
  see_someone: { look: "see", icon: "see", name: "verdict.see_someone" },
  ask: { look: "ask", icon: "ask", name: "verdict.ask" },
};

const CAREFUL = { look: "ask", icon: "ask" as IconName, name: "verdict.ask" as TextId };

type Shown = Pick<Today, "verdict" | "headline" | "reason" | "ceiling_says" | "session"> & Partial<Today>;

interface Props {
  today: Shown;
  onWhy?: () => void;
  /** In a line: where whom to see stands below it, with the reasons. */
  short?: boolean;
  /** Its numbers, each with what stands behind it. */
  children?: ComponentChildren;
}

/** Show a verdict; a word that this page does not know is shown as a question, never as a run. */
export function VerdictBand({ today, onWhy, short = false, children }: Props): JSX.Element {
  const { look, icon, name } = LOOKS[today.verdict] ?? CAREFUL;
  return (
    <section class={`verdict ${look}${short ? " short" : ""}`} aria-label={say("verdict.label")}>
      <Icon name={icon} />
      {!short && <p class="figure">{say(name)}</p>}
      <p class="lead">{today.headline}</p>
      {!short && (
        <>
          {children}
          {children && today.ceiling_says && <p class="small">{today.ceiling_says}</p>}
          {today.session && <p>{today.session.says}</p>}
          <p>{today.reason}</p>
          {!children && today.ceiling_says && <p>{today.ceiling_says}</p>}
        </>
      )}
      {onWhy && (
        <div class="row">
          <button type="button" class="button" onClick={onWhy}>
            {say("why.open")}
          </button>
        </div>
      )}
    </section>
  );
}
