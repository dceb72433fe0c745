/** S5: someone must look at it. Nothing else stands on this page. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask, Problem } from "../api/client";
import type { Episodes, ReferredFor } from "../api/contract";
import type { Assessment } from "../api/types";
import { failed, useAsked } from "../parts/asked";
import { CareCard, ReferralCard } from "../parts/care";
import { Shell } from "../parts/shell";
import { When, Wrong } from "../parts/states";
import { tell } from "../parts/toast";
import { go } from "../router";
import { say } from "../texts";

/** Show whom to see, how fast, what to say there; and take that a clinician has looked, and what one has cleared. */
export function ReferralPage(): JSX.Element {
  const [asked, again] = useAsked<ReferredFor>("/referral");
  return (
    <Shell title={say(asked.state === "there" && !asked.answer.referral ? "hip.title" : "referral.title")}>
      <When asked={asked} again={again}>
        {({ referral, pain }) =>
          referral ? (
            <>
              <ReferralCard referral={referral} />
              <div class="row no-print">
                <button type="button" class="button" onClick={() => print()}>
                  {say("act.print")}
                </button>
              </div>
              {referral.bone_stress && <Cleared of={pain?.id ?? ""} />}
              <Seen of={pain?.id ?? ""} again={again} />
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

/** Which pain was looked at, where more than one is open: each stands under its own alarm. */
function WhichPain({ chosen, choose }: { chosen: string; choose: (id: string) => void }): JSX.Element | null {
  const [asked] = useAsked<Episodes>("/episodes");
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

interface FormProps {
  /** What the form is for, and what it does. */
  title: string;
  why: string;
  /** The pain that the referral is of; another can be chosen. */
  of: string;
  children: JSX.Element | JSX.Element[];
  keep: (pain: string | null) => Promise<void>;
}

/** What is told of a visit: closed until it is wanted. */
function VisitForm({ title, why, of, children, keep }: FormProps): JSX.Element {
  const [pain, setPain] = useState(of);
  const [wrong, setWrong] = useState<Problem | null>(null);
  const send = (event: Event) => {
    event.preventDefault();
    keep(pain || null).catch((error: unknown) => {
      const seen = failed(error);
      setWrong(seen.state === "wrong" ? seen.problem : new Problem(0, "", say("state.offline_title"), "", ""));
    });
  };
  return (
    <details class="card no-print">
      <summary>{title}</summary>
      <form class="stack" onSubmit={send}>
        <p class="quiet">{why}</p>
        {children}
        <WhichPain chosen={pain} choose={setPain} />
        {wrong && <Wrong problem={wrong} />}
        <button type="submit" class="button">
          {say("act.keep")}
        </button>
      </form>
    </details>
  );
}

function Line({ label, value, onChange }: { label: string; value: string; onChange: (text: string) => void }): JSX.Element {
  return (
    <label class="stack tight">
      <strong>{label}</strong>
      <input required value={value} onInput={(event) => onChange(event.currentTarget.value)} />
    </label>
  );
}

/** "I have been seen and cleared": by whom, for what, and which pain. */
function Cleared({ of }: { of: string }): JSX.Element {
  const [by, setBy] = useState("");
  const [what, setWhat] = useState("");
  const keep = async (pain: string | null) => {
    await ask("/clearance", { method: "POST", body: { by, what_for: what, pain } });
    go("/hip");
  };
  return (
    <VisitForm title={say("referral.cleared")} why={say("referral.cleared_why")} of={of} keep={keep}>
      <Line label={say("referral.cleared_by")} value={by} onChange={setBy} />
      <Line label={say("referral.cleared_for")} value={what} onChange={setWhat} />
    </VisitForm>
  );
}

/** "I have been seen": by whom, and which pain. It may not be enough, and then that is said. */
function Seen({ of, again }: { of: string; again: () => void }): JSX.Element {
  const [by, setBy] = useState("");
  const keep = async (pain: string | null) => {
    const { referral } = await ask<Assessment>("/visit", { method: "POST", body: { by, pain } });
    if (!referral) return go("/hip");
    tell(say("referral.seen_stands"));
    again();
  };
  return (
    <VisitForm title={say("referral.seen")} why={say("referral.seen_why")} of={of} keep={keep}>
      <Line label={say("referral.seen_by")} value={by} onChange={setBy} />
    </VisitForm>
  );
}
