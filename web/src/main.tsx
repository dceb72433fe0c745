import { render } from "preact";
import { App } from "./app";
import { bringScreen } from "./loading";
import { keepSending, openOutbox } from "./offline/outbox";
import { watchReferrals } from "./offline/table";
import { bringFirst } from "./router";
import { lookAsBefore } from "./state/settings";
import { readyToWrite } from "./texts";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/parts.css";
import "./styles/why.css";
import "./styles/plan.css";
import "./styles/day.css";
import "./styles/hip.css";
import "./styles/rooms.css";
import "./styles/wide.css";

lookAsBefore();
watchReferrals();
void openOutbox().then(keepSending);
bringFirst(bringScreen);
const begin = () => render(<App />, document.getElementById("app") as HTMLElement);
const coming = bringScreen(location.pathname + location.search);
if (coming) void coming.then(begin);
else begin();
readyToWrite();
if ("serviceWorker" in navigator && import.meta.env.PROD) {
  addEventListener("load", () => void navigator.serviceWorker.register("/sw.js")); // it brings all the rest: after the first screen
}
