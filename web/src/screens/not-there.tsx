/** An address whose screen did not come: there is no network, and the phone has not kept it. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { comeAnew } from "../loading";
import { Shell } from "../parts/shell";
import { Empty } from "../parts/states";
import { say } from "../texts";

/** Say so; try again when asked, and when the network is back. */
export function NotThere(): JSX.Element {
  const again = () => void comeAnew(location.pathname + location.search, { bidden: true });
  useEffect(() => {
    addEventListener("online", again);
    return () => removeEventListener("online", again);
  }, []);
  return (
    <Shell title={say("not_there.title")}>
      <Empty title={say("state.offline_title")} why={say("not_there.why")}>
        <button type="button" class="button main-act" onClick={again}>
          {say("act.try_again")}
        </button>
      </Empty>
    </Shell>
  );
}
