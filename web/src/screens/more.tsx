/** Everything else: hand out, settings, undo, whose journal. */
import type { JSX } from "preact";
import { ask, lookAt, runner } from "../api/client";
import { type Door, Doors } from "../parts/doors";
import { Shell } from "../parts/shell";
import { go } from "../router";
import { say } from "../texts";

const DOORS: Door[] = [
  { to: "/more/progress", name: "progress.title", icon: "training" },
  { to: "/more/ask", name: "ask.title", icon: "ask" },
  { to: "/more/share", name: "share.title", icon: "file" },
  { to: "/more/pairing", name: "pairing.title", icon: "phone" },
  { to: "/more/settings", name: "settings.title", icon: "settings" },
];

/** List what has no tab of its own. */
export function More(): JSX.Element {
  const leave = async () => {
    await ask("/sample", { method: "DELETE" });
    lookAt("me");
    go("/");
  };
  return (
    <Shell title={say("tab.more")}>
      <Doors doors={DOORS} label={say("tab.more")} />
      {runner.value === "sample" && (
        <section class="card soft">
          <p>{say("more.sample")}</p>
          <button type="button" class="button" onClick={() => void leave()}>
            {say("more.sample_leave")}
          </button>
        </section>
      )}
    </Shell>
  );
}
