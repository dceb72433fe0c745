/** S9: may I run today? The verdict first, and little else. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { runner } from "../api/client";
import type { Weekly } from "../api/outlook";
import type { Today as Verdict } from "../api/types";
import { reachable } from "../offline/answers";
import { answered, useAsked, withOthers } from "../parts/asked";
import { ReferralCard } from "../parts/care";
import { CheckInCard, type CheckInCards } from "../parts/check-in";
import { Sheet } from "../parts/sheet";
import { Shell } from "../parts/shell";
import { Stale, When } from "../parts/states";
import { Unsent } from "../parts/unsent";
import { VerdictBand } from "../parts/verdict";
import { Drawer, Why } from "../parts/why";
import { WeeklyOffer } from "../parts/weekly-offer";
import { atMost, duration } from "../state/settings";
import { day, say } from "../texts";

const KM_M = 1000;
const MINUTE_S = 60;

/** Show the verdict of the day. */
export function Today(): JSX.Element {
  const [asked, again] = useAsked<Verdict>("/today");
  const [cards] = useAsked<CheckInCards>("/checkin");
  const [weekly] = useAsked<Weekly>("/weekly");
  const [why, setWhy] = useState(false);
  return (
    <Shell title={say("today.title")}>
      {runner.value === "sample" && <p class="notice">{say("today.sample")}</p>}
      <Unsent />
      <When asked={withOthers(asked, cards, weekly)} again={again}>
        {(today, at) => (
          <>
            {!reachable.value && <Stale at={at} />}
            <p class="quiet">{day(today.on)}</p>
            {today.referral ? (
              <>
                <VerdictBand today={today} short onWhy={() => setWhy(true)} />
                <ReferralCard referral={today.referral} />
              </>
            ) : (
              <div class="today-parts">
                <div class="stack">
                  <VerdictBand today={today} onWhy={() => setWhy(true)}>
                    {numbersOf(today)}
                  </VerdictBand>
                  <StopRules rules={today.stop_rules} />
                </div>
                <div class="stack">
                  <CheckInCard cards={answered(cards)} />
                  <WeeklyOffer asked={weekly} />
                </div>
              </div>
            )}
            <Sheet title={say("why.title")} open={why} onClose={() => setWhy(false)}>
              <Drawer of="today/verdict" />
            </Sheet>
          </>
        )}
      </When>
    </Shell>
  );
}

function StopRules({ rules }: { rules: string[] }): JSX.Element | null {
  if (rules.length === 0) return null;
  return (
    <section class="card">
      <h2>{say("today.stop_rules")}</h2>
      <ul>
        {rules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
      <div class="row whys">
        <Why of="today/limits" keep>
          {say("today.limits")}
        </Why>
      </div>
    </section>
  );
}

/** How far and how long at most, each with what stands behind it. */
function numbersOf(today: Verdict): JSX.Element | null {
  const { ceiling_km: km, ceiling_min: minutes, walk_min: walk } = today;
  if (km === null && minutes === null && walk === null) return null;
  return (
    <div class={today.session ? "row ceilings by-time" : "row ceilings"}>
      {km !== null && (
        <Why of="today/ceiling_km" keep>
          {atMost(km * KM_M)}
        </Why>
      )}
      {minutes !== null && (
        <Why of="today/ceiling_min" keep>
          {duration(minutes * MINUTE_S)}
        </Why>
      )}
      {walk !== null && (
        <Why of="today/walk_min" keep>
          {duration(walk * MINUTE_S)}
        </Why>
      )}
    </div>
  );
}
