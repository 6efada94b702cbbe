import "./styles/tokens.css";
import "./styles/frame.css";
import "./styles/lists.css";
import "./styles/talk.css";
import "./styles/case.css";
import "./styles/pages.css";
import { render } from "preact";
import { Alerts } from "./core/alerts";
import { Desk } from "./core/desk";
import { listen } from "./keys";
import { App } from "./ui/App";

const desk = new Desk(new Alerts(localStorage), localStorage, sessionStorage);

for (const name of ["online", "pageshow", "focus"]) window.addEventListener(name, () => desk.wake());
for (const name of ["pointerdown", "pointermove", "keydown", "wheel"]) {
  window.addEventListener(name, () => desk.touched(), { passive: true });
}
document.addEventListener("visibilitychange", () => (document.hidden ? desk.cases.flush() : desk.wake()));
window.addEventListener("pagehide", () => desk.cases.flush());
listen(desk);
render(<App desk={desk} />, document.getElementById("page")!);
void desk.start();
