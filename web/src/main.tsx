import { render } from "preact";
import { App } from "./app";
import { bringScreen } from "./loading";
import { toldElsewhere } from "./api/client";
import { caughtUp, keepSending, openOutbox } from "./offline/outbox";
import { watchWaiting } from "./offline/table";
import { hearTabs } from "./offline/tabs";
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
hearTabs((deed) => {
  if (deed === "waits") return void openOutbox();
  toldElsewhere();
  caughtUp.value += 1; // Python's answers may be others now
});
void openOutbox().then(() => {
  watchWaiting();
  keepSending();
});
bringFirst(bringScreen);
const begin = () => render(<App />, document.getElementById("app") as HTMLElement);
const coming = bringScreen(location.pathname + location.search);
if (coming) void coming.then(begin);
else begin();
readyToWrite();
if ("serviceWorker" in navigator && import.meta.env.PROD) {
  addEventListener("load", () => void navigator.serviceWorker.register("/sw.js")); // it brings all the rest: after the first screen
}
