/** S9: may I run today? The verdict first, and little else. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { runner } from "../api/client";
import type { Today as Verdict } from "../api/types";
import { reachable } from "../offline/answers";
import { useAsked } from "../parts/asked";
import { ReferralCard } from "../parts/care";
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
  const [why, setWhy] = useState(false);
  return (
    <Shell title={say("today.title")}>
      {runner.value === "sample" && <p class="notice">{say("today.sample")}</p>}
      <Unsent />
      <When asked={asked} again={again}>
        {(today, at) => (
          <>
            {!reachable.value && <Stale at={at} />}
            <p class="quiet">{day(today.on)}</p>
            <VerdictBand today={today} onWhy={() => setWhy(true)}>
              <Numbers today={today} />
            </VerdictBand>
            {today.referral ? (
              <ReferralCard referral={today.referral} />
            ) : (
              <>
                <StopRules rules={today.stop_rules} />
                <section class="card">
                  <h2>{say("today.check_in")}</h2>
                  <p>{say("today.check_in_why")}</p>
                  <div class="row">
                    <a class="button main-act" href="/today/check-in">
                      {say("today.check_in_start")}
                    </a>
                    <a class="button" href="/today/after-run">
                      {say("today.after_run")}
                    </a>
                  </div>
                </section>
                <WeeklyOffer />
              </>
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
function Numbers({ today }: { today: Verdict }): JSX.Element | null {
  const { ceiling_km: km, ceiling_min: minutes, walk_min: walk } = today;
  if (km === null && minutes === null && walk === null) return null;
  return (
    <div class="row whys">
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
