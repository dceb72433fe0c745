/** How a phone in the house comes in. */
import type { JSX } from "preact";
import { ask } from "../api/client";
import { useAsked } from "../parts/asked";
import { Shell } from "../parts/shell";
import { When } from "../parts/states";
import { tell } from "../parts/toast";
import { say } from "../texts";

interface Pairing {
  lan: boolean;
  code: string | null;
  addresses: string[];
  trust: string[];
  fingerprint: string | null;
}

/** Show the addresses and the code, or how to let phones in. */
export function PairingPage(): JSX.Element {
  const [asked, again] = useAsked<Pairing>("/pairing");
  const forget = async () => {
    try {
      await ask("/pairing/forget", { method: "POST", body: {} });
      tell(say("pairing.forgotten"));
    } catch {
      tell(say("state.wrong_title"));
    }
  };
  return (
    <Shell title={say("pairing.title")}>
      <p>{say("pairing.lead")}</p>
      <When asked={asked} again={again}>
        {(pairing) =>
          pairing.lan ? (
            <section class="card">
              <h2>{say("pairing.trust")}</h2>
              <Addresses list={pairing.trust} />
              <p class="small quiet">{say("pairing.fingerprint")}</p>
              <p class="small code">{pairing.fingerprint}</p>
              <h2>{say("pairing.open")}</h2>
              <Addresses list={pairing.addresses} />
              <h2>{say("pairing.code")}</h2>
              <p class="figure">{pairing.code}</p>
            </section>
          ) : (
            <section class="card soft">
              <h2>{say("pairing.off_title")}</h2>
              <p>{say("pairing.off_why")}</p>
            </section>
          )
        }
      </When>
      <button type="button" class="button" onClick={() => void forget()}>
        {say("pairing.forget")}
      </button>
    </Shell>
  );
}

function Addresses({ list }: { list: string[] }): JSX.Element {
  return (
    <ul class="code">
      {list.map((address) => (
        <li key={address}>{address}</li>
      ))}
    </ul>
  );
}
