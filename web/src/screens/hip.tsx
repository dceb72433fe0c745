/** The hip: where things stand, and the doors to everything that can be told of it. */
import type { JSX } from "preact";
import type { Assessment } from "../api/types";
import { useAsked } from "../parts/asked";
import { CareCard } from "../parts/care";
import { type Door, Doors } from "../parts/doors";
import { Pains } from "../parts/pains";
import { Shell } from "../parts/shell";
import { Stale, When } from "../parts/states";
import { reachable } from "../offline/answers";
import { say } from "../texts";

const DOORS: Door[] = [
  { to: "/hip/check", name: "hip.check", icon: "alarm" },
  { to: "/hip/where", name: "hip.where", icon: "hip" },
  { to: "/hip/words", name: "words.title", icon: "words" },
  { to: "/hip/question", name: "hip.interview", icon: "ask" },
  { to: "/hip/answers", name: "hip.answers", icon: "check" },
  { to: "/hip/result", name: "hip.result", icon: "see" },
];

/** Show how urgent it is, and what can be told. */
export function Hip(): JSX.Element {
  const [asked, again] = useAsked<Assessment>("/assessment");
  return (
    <Shell title={say("hip.title")}>
      <When asked={asked} again={again}>
        {(found, at) => (
          <>
            {!reachable.value && <Stale at={at} />}
            <CareCard found={found} />
          </>
        )}
      </When>
      <Pains onChanged={again} />
      <Doors doors={DOORS} label={say("hip.title")} />
    </Shell>
  );
}
