/** One thing to take along: what is in it, what is not, and the button that makes it. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { type Problem, fetched } from "../api/client";
import { say } from "../texts";
import { failed } from "./asked";
import { Offline, Wrong } from "./states";
import { tell } from "./toast";

interface Props {
  title: string;
  holds: string;
  lacks: string;
  /** What the button says. */
  act: string;
  /** Where the server gives it. */
  path: string;
}

type Going = { state: "still" } | { state: "making" } | { state: "offline" } | { state: "wrong"; problem: Problem };

/** Show what can be taken along; it is made when the button is pressed, and refused in Python's words. */
export function Take({ title, holds, lacks, act, path }: Props): JSX.Element {
  const [going, setGoing] = useState<Going>({ state: "still" });
  const take = async () => {
    setGoing({ state: "making" });
    try {
      await save(await fetched(path));
      setGoing({ state: "still" });
      tell(say("share.saved", { title }));
    } catch (error) {
      setGoing(failed(error));
    }
  };
  return (
    <section class="take no-print">
      <div class="row apart">
        <h3>{title}</h3>
        <button
          type="button"
          class="button"
          aria-disabled={going.state === "making"}
          onClick={() => going.state !== "making" && void take()}
        >
          {going.state === "making" ? say("share.making") : act}
        </button>
      </div>
      <p>{holds}</p>
      <p class="quiet small">{lacks}</p>
      {going.state === "wrong" && <Wrong problem={going.problem} />}
      {going.state === "offline" && <Offline again={() => void take()} />}
    </section>
  );
}

async function save({ name, blob }: { name: string; blob: Blob }): Promise<void> {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
