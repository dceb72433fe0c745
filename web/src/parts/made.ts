/** What became of the wish for a plan: it is kept, or it waits for answers, or a referral stands before it. */
import type { Made } from "../api/outlook";
import { undo } from "../state/undo";
import { say } from "../texts";
import { tell } from "./toast";

/** Say which of them MADE is; what was kept can be taken back (ONUNDONE: it is). Return whether answers are waited for. */
export function tellMade({ plan, event }: Made, onUndone?: () => void): boolean {
  if (plan?.kind !== "plan") return false; // the referral is shown
  const asks = plan.missing.length > 0;
  if (asks) tell(say("plan.asks"));
  else tell(say("plan.made"), () => void undo(event).then(onUndone));
  return asks;
}
