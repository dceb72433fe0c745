/** The stages of a plan as bars with a name each: how each begins and ends, and how much of leaving this one is met. */
import type { JSX } from "preact";
import type { Plan, StageLine } from "../api/types";
import { hasRoom } from "../state/width";
import { say } from "../texts";
import { Icon } from "./icons";

interface Props {
  plan: Plan;
  stages: readonly StageLine[];
  /** Who holds the stage as it is, in words. */
  lock: string | null;
}

/** Show the STAGES of PLAN, the present one unfolded where there is room for it. */
export function Stages({ plan, stages, lock }: Props): JSX.Element | null {
  const { stage, weeks } = plan;
  if (!stage) return null;
  return (
    <section class="card">
      <h2>{say("plan.stage", { number: stage.number, count: stage.count })}</h2>
      {lock && (
        <span class="locked small">
          <Icon name="lock" />
          {lock}
        </span>
      )}
      <ol class="stages">
        {stages.map((each) => (
          <li key={each.number}>
            <Bar each={each} says={each.stands === "now" ? stage.says : ""} />
          </li>
        ))}
      </ol>
      {weeks && <p class="quiet small">{weeks.says}</p>}
    </section>
  );
}

function Bar({ each, says }: { each: StageLine; says: string }): JSX.Element {
  const met = each.needs.filter((need) => need.met).length;
  const now = each.stands === "now";
  const share = now ? met / (each.needs.length || 1) : Number(each.stands === "past");
  return (
    <details class={`stage ${each.stands}`} open={now && hasRoom()}>
      <summary>
        <span class="stage-head">
          <span class="stage-name">
            <b>{each.name}</b>
            <span class="small">{stateOf(each, met)}</span>
          </span>
          <span class="stage-bar" aria-hidden="true">
            <i style={{ inlineSize: `${100 * share}%` }} />
          </span>
        </span>
      </summary>
      {says && <p>{says}</p>}
      <p class={now ? "" : "small"}>{now ? <strong>{say("plan.next_stage")}</strong> : say("plan.stage_begins", { enter: each.enter })}</p>
      <p class={now ? "" : "small"}>{now ? each.leave : say("plan.stage_ends", { leave: each.leave })}</p>
      {each.needs.length > 0 && (
        <ul class="needs">
          {each.needs.map((need) => (
            <li key={need.says} class={need.met ? "met" : ""}>
              <Icon name={need.met ? "check" : "open"} />
              <span>
                <span class="said-only">{say(need.met ? "plan.met" : "plan.not_met")}: </span>
                {need.says}
                {need.now && <span class="small quiet">{need.now}</span>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}

function stateOf({ stands, needs }: StageLine, met: number): string {
  if (stands === "past") return say("plan.stage_past");
  if (stands === "ahead") return "";
  return needs.length > 0 ? say("plan.stage_now", { met, count: needs.length }) : say("plan.stage_open");
}
