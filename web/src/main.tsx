import { render } from "preact";
import { App } from "./app";
import { keepSending, openOutbox } from "./offline/outbox";
import { lookAsBefore } from "./state/settings";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/parts.css";
import "./styles/why.css";
import "./styles/plan.css";
import "./styles/day.css";
import "./styles/hip.css";
import "./styles/rooms.css";

lookAsBefore();
void openOutbox().then(keepSending);
render(<App />, document.getElementById("app") as HTMLElement);
if ("serviceWorker" in navigator && import.meta.env.PROD) void navigator.serviceWorker.register("/sw.js");
