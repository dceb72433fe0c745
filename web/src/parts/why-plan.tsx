/** The numbers of a plan, each with what stands behind it. */
import type { JSX } from "preact";
import type { Plan } from "../api/types";
import { say } from "../texts";
import { Why } from "./why";

/** Show stage, weeks, pain limits and the run of PLAN as buttons. */
export function PlanNumbers({ plan }: { plan: Plan }): JSX.Element {
  const { lo, hi, bone } = plan.limits;
  return (
    <div class="plan-numbers no-print">
      <Why of="plan/stage">{say("plan.stage", { number: plan.stage.number, count: plan.stage.count })}</Why>
      <Why of="plan/weeks">{say("why.weeks", { low: plan.weeks.low, high: plan.weeks.high })}</Why>
      <Why of="plan/limits">{bone ? say("why.limits_bone") : say("why.limits", { lo, hi })}</Why>
      {plan.run.session && <Why of="plan/run">{say("why.run", { stage: plan.run.session.stage })}</Why>}
    </div>
  );
}
