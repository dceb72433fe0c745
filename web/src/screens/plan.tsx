/** S12: the plan. Stages with their rules, exercises, the week. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask, Problem } from "../api/client";
import type { Referral } from "../api/types";
import { failed, useAsked } from "../parts/asked";
import { ReferralCard } from "../parts/care";
import { Shell } from "../parts/shell";
import { Empty, When, Wrong } from "../parts/states";
import { tell } from "../parts/toast";
import { undo } from "../state/undo";
import { say } from "../texts";

export interface Exercise {
  id: string;
  name: string;
  dose: string;
  purpose?: string;
}

export interface PlanData {
  kind: "plan";
  [part: string]: unknown;
}

/** Show the plan that was agreed on, or the referral that stands before it. */
export function Plan(): JSX.Element {
  const [asked, again] = useAsked<{ plan: PlanData | Referral | null }>("/plan");
  const [wrong, setWrong] = useState<Problem | null>(null);
  const make = async () => {
    try {
      const made = await ask<{ event: number }>("/plan", { method: "POST", body: {} });
      tell(say("plan.made"), () => void undo(made.event).then(again));
      again();
    } catch (error) {
      const seen = failed(error);
      setWrong(seen.state === "wrong" ? seen.problem : new Problem(0, "", say("state.offline_title"), "", ""));
    }
  };
  return (
    <Shell title={say("plan.title")}>
      {wrong && <Wrong problem={wrong} />}
      <When asked={asked} again={again}>
        {({ plan }) => {
          if (plan === null)
            return (
              <Empty title={say("plan.none_title")} why={say("plan.none_why")}>
                <button type="button" class="button main-act" onClick={() => void make()}>
                  {say("plan.make")}
                </button>
              </Empty>
            );
          return plan.kind === "referral" ? <ReferralCard referral={plan as Referral} /> : <pre>{JSON.stringify(plan, null, 1)}</pre>;
        }}
      </When>
    </Shell>
  );
}
