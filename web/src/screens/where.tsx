/** S3: where it hurts. A picture to tap, and the same as a list. */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { ask, Problem } from "../api/client";
import type { Question, Referral } from "../api/types";
import { failed, useAsked } from "../parts/asked";
import { BodyMap, type Side } from "../parts/body-map";
import { Icon } from "../parts/icons";
import { SegmentChoice } from "../parts/segments";
import { Shell } from "../parts/shell";
import { When, Wrong } from "../parts/states";
import { go } from "../router";
import { say } from "../texts";

/** Which finding says that it hurts at a place of the map. */
const FINDING: Record<string, string> = {
  groin: "pain_groin",
  front_hip: "pain_front_hip",
  front_thigh: "pain_front_thigh",
  outer_hip: "pain_outer_hip",
  outer_thigh: "pain_outer_thigh",
  buttock: "pain_buttock",
  sit_bone: "pain_sit_bone",
  back_of_pelvis: "pain_sacrum",
  pubis: "pain_pubis",
  inner_thigh: "pain_inner_thigh",
  back_thigh: "pain_back_thigh",
  low_back: "pain_low_back",
  cannot_point: "pain_unlocalised",
};
const STOPS = new Set(["emergency", "same_day"]);

/** Ask for the places, the side, and the worst one. */
export function Where(): JSX.Element {
  const [asked, again] = useAsked<Question>("/findings/worst_point");
  return (
    <Shell title={say("where.title")} bare wide="own">
      <p>{say("where.lead")}</p>
      <When asked={asked} again={again}>
        {(worstPoint) => <Map worstPoint={worstPoint} />}
      </When>
    </Shell>
  );
}

/** Go to the first place of the list. */
function toList(list: HTMLElement | null): void {
  list?.scrollIntoView();
  list?.querySelector("input")?.focus({ preventScroll: true });
}

function Map({ worstPoint }: { worstPoint: Question }): JSX.Element {
  const [chosen, setChosen] = useState<Set<string>>(new Set());
  const [side, setSide] = useState<Side | "both" | null>(null);
  const [worst, setWorst] = useState<string | null>(null);
  const [wrong, setWrong] = useState<Problem | null>(null);
  const list = useRef<HTMLFieldSetElement>(null);

  const turn = (zone: string) => {
    const now = new Set(chosen);
    if (now.delete(zone)) {
      if (worst === zone) setWorst(null);
    } else now.add(zone);
    setChosen(now);
    return now.has(zone);
  };
  const tap = (zone: string, half: Side) => {
    const other = side !== null && side !== half && side !== "both";
    if (other && chosen.has(zone)) setSide("both");
    else if (turn(zone)) setSide(side === null || !other ? (side ?? half) : "both");
  };
  const keep = async () => {
    const states: Record<string, string> = {};
    for (const [zone, finding] of Object.entries(FINDING)) states[finding] = chosen.has(zone) ? "yes" : "no";
    const only = chosen.size === 1 ? [...chosen][0] : null;
    states.worst_point = worst ?? only ?? "unknown";
    if (side) states.side = side;
    try {
      await ask("/answers", { method: "POST", body: { states } });
      const { referral } = await ask<{ referral: Referral | null }>("/referral");
      go(referral && STOPS.has(referral.level) ? "/hip/referral" : "/hip/question");
    } catch (error) {
      const seen = failed(error);
      setWrong(seen.state === "wrong" ? seen.problem : new Problem(0, "", say("state.offline_title"), "", ""));
    }
  };

  return (
    <div class="where">
      <div class="stack">
        <BodyMap
          labels={worstPoint.labels}
          chosen={chosen}
          side={side}
          worst={worst}
          onTap={tap}
          onList={() => toList(list.current)}
        />
        <SegmentChoice
          name={say("where.side")}
          value={side}
          onChoose={(value) => setSide(value as Side | "both")}
          options={(["left", "right", "both"] as const).map((value) => ({ value, label: say(`where.${value}`) }))}
        />
      </div>
      <div class="stack">
        <fieldset ref={list} class="card places">
          <legend>{say("where.places")}</legend>
          {chosen.size > 1 && <p class="quiet small">{say("where.worst_why")}</p>}
          <div class="choices ticks">
            {Object.keys(FINDING).map((zone) => (
              <div key={zone} class="tick">
                <label class="choice">
                  <input type="checkbox" checked={chosen.has(zone)} onChange={() => turn(zone)} />
                  <span>{worstPoint.labels[zone] ?? zone}</span>
                </label>
                {chosen.has(zone) && chosen.size > 1 && (
                  <button
                    type="button"
                    class="worst"
                    aria-pressed={worst === zone}
                    aria-label={say("where.worst_of", { place: worstPoint.labels[zone] ?? zone })}
                    onClick={() => setWorst(worst === zone ? null : zone)}
                  >
                    <Icon name="star" />
                    {worst === zone && <span class="small">{say("where.worst")}</span>}
                  </button>
                )}
              </div>
            ))}
          </div>
        </fieldset>
        {wrong && <Wrong problem={wrong} />}
        <button type="button" class="button main-act wide" disabled={chosen.size === 0} onClick={() => void keep()}>
          {say("where.all_of_it")}
        </button>
      </div>
    </div>
  );
}
