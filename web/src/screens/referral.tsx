/** S5: someone must look at it. Nothing else stands on this page. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask, Problem } from "../api/client";
import type { Assessment, Referral } from "../api/types";
import { failed, useAsked } from "../parts/asked";
import { CareCard, ReferralCard } from "../parts/care";
import { Shell } from "../parts/shell";
import { When, Wrong } from "../parts/states";
import { go } from "../router";
import { say } from "../texts";

/** Show whom to see, how fast, what to say there; and take what a clinician has cleared. */
export function ReferralPage(): JSX.Element {
  const [asked, again] = useAsked<{ referral: Referral | null }>("/referral");
  return (
    <Shell title={say(asked.state === "there" && !asked.answer.referral ? "hip.title" : "referral.title")}>
      <When asked={asked} again={again}>
        {({ referral }) =>
          referral ? (
            <>
              <ReferralCard referral={referral} />
              <div class="row no-print">
                <button type="button" class="button" onClick={() => print()}>
                  {say("act.print")}
                </button>
              </div>
              {referral.bone_stress && <Cleared />}
            </>
          ) : (
            <Standing />
          )
        }
      </When>
    </Shell>
  );
}

/** Where no referral stands: how things stand instead. What was not asked yet is never taken as well. */
function Standing(): JSX.Element {
  const [asked, again] = useAsked<Assessment>("/assessment?causes=0");
  return (
    <When asked={asked} again={again}>
      {(found) => (
        <>
          <CareCard found={found} />
          <div class="row">
            <a class="button" href="/hip/result">
              {say("hip.result")}
            </a>
          </div>
        </>
      )}
    </When>
  );
}

interface Pain {
  id: string;
  opened: string;
  side: string | null;
  site: string | null;
  closed: string | null;
}

/** Which pain was cleared, where more than one is open: each stands under its own alarm. */
function WhichPain({ chosen, choose }: { chosen: string; choose: (id: string) => void }): JSX.Element | null {
  const [asked] = useAsked<{ current: string | null; episodes: Pain[] }>("/episodes");
  if (asked.state !== "there") return null;
  const open = asked.answer.episodes.filter((each) => each.closed === null);
  if (open.length < 2) return null;
  return (
    <label class="stack tight">
      <strong>{say("referral.cleared_pain")}</strong>
      <select
        value={chosen || (asked.answer.current ?? "")}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {open.map((each) => (
          <option key={each.id} value={each.id}>
            {[each.side, each.site, each.opened].filter(Boolean).join(", ")}
          </option>
        ))}
      </select>
    </label>
  );
}

/** "I have been seen and cleared": by whom, for what, and which pain. */
function Cleared(): JSX.Element {
  const [by, setBy] = useState("");
  const [what, setWhat] = useState("");
  const [pain, setPain] = useState("");
  const [wrong, setWrong] = useState<Problem | null>(null);
  const keep = async (event: Event) => {
    event.preventDefault();
    try {
      await ask("/clearance", { method: "POST", body: { by, what_for: what, pain: pain || null } });
      go("/hip");
    } catch (error) {
      const seen = failed(error);
      setWrong(seen.state === "wrong" ? seen.problem : new Problem(0, "", say("state.offline_title"), "", ""));
    }
  };
  return (
    <details class="card no-print">
      <summary>{say("referral.cleared")}</summary>
      <form class="stack" onSubmit={(event) => void keep(event)}>
        <p class="quiet">{say("referral.cleared_why")}</p>
        <label class="stack tight">
          <strong>{say("referral.cleared_by")}</strong>
          <input required value={by} onInput={(event) => setBy(event.currentTarget.value)} />
        </label>
        <label class="stack tight">
          <strong>{say("referral.cleared_for")}</strong>
          <input required value={what} onInput={(event) => setWhat(event.currentTarget.value)} />
        </label>
        <WhichPain chosen={pain} choose={setPain} />
        {wrong && <Wrong problem={wrong} />}
        <button type="submit" class="button">
          {say("act.keep")}
        </button>
      </form>
    </details>
  );
}
