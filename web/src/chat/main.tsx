import "./styles/tokens.css";
import "./styles/frame.css";
import "./styles/messages.css";
import "./styles/controls.css";
import { render } from "preact";
import { Chat } from "./core/chat";
import { openStore } from "./core/storage";
import { keepHeight } from "./keyboard";
import { Settings } from "./settings";
import { App } from "./ui/App";
import { closeOnEscape } from "./frame";

const store = openStore();
const chat = new Chat(store);
const settings = new Settings(store);

window.addEventListener("storage", (event) => chat.storageChanged(event.key));
for (const name of ["online", "pageshow", "focus"]) window.addEventListener(name, () => chat.wake());
document.addEventListener("visibilitychange", () => document.hidden || chat.wake());

keepHeight();
closeOnEscape();
void settings.apply().then(() => {
  const page = document.getElementById("page")!;
  page.textContent = "";
  render(<App chat={chat} settings={settings} store={store} />, page);
  void chat.start();
});
