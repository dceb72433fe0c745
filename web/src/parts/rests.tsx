/** What a screen of the plan shows while somebody must be seen first: that, and the way there. */
import type { JSX } from "preact";
import { say } from "../texts";
import { Empty } from "./states";

/** Say that the plan rests. */
export function Rests(): JSX.Element {
  return (
    <Empty title={say("plan.rests_title")} why={say("plan.rests_why")}>
      <a class="button main-act" href="/hip/referral">
        {say("plan.rests_see")}
      </a>
    </Empty>
  );
}
