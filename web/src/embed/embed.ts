/**
 * One line on any page: <script src="https://chat.example.cn/embed.js" data-position="right" async></script>
 *
 * A button in a shadow tree, and the chat in a frame that is loaded when it is first opened.
 */

import { optionsOf, type Options } from "./options";
import { style } from "./style";

const LABEL = "打开后路AI助手";
const FACE =
  '<svg viewBox="0 0 48 48" aria-hidden="true"><circle cx="33" cy="12" r="5.5" fill="#f4c77b"/><path d="M13 43c0-9 18-8 ' +
  '18-15.5C31 21 17 23 17 17c0-2.4 2-4 5-4.5" fill="none" stroke="#fff" stroke-width="4.5" stroke-linecap="round"/></svg>';

function make<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Record<string, string>, text = "",
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}

/** An element that the host's own rules cannot move, hide or restyle. */
function shelter(): ShadowRoot {
  const host = document.createElement("houlu-chat");
  const fixed = { all: "initial", display: "block", position: "fixed", "z-index": "2147483000", top: "0", left: "0" };
  for (const [name, value] of Object.entries(fixed)) host.style.setProperty(name, value, "important");
  document.body.append(host);
  const root = host.attachShadow({ mode: "open" });
  if ("adoptedStyleSheets" in root && "replaceSync" in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet(); // a host's Content-Security-Policy against inline styles does not touch it
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
  } else root.append(make("style", {}, style));
  return root;
}

class Widget {
  private readonly root = shelter();
  private readonly launcher: HTMLButtonElement;
  private readonly greeting: HTMLElement | null;
  private panel: HTMLElement | null = null;
  private frame: HTMLIFrameElement | null = null;

  constructor(private readonly options: Options) {
    (this.root.host as HTMLElement).style.setProperty("--colour", options.colour);
    this.launcher = make("button", { type: "button", class: `launcher ${options.position}`, "aria-label": LABEL });
    this.launcher.innerHTML = `${FACE}<span>AI助手</span><i hidden></i>`; // our own words only
    this.launcher.addEventListener("click", () => this.open());
    this.root.append(this.launcher);
    this.greeting = options.greeting ? this.greet(options.greeting) : null;
    window.addEventListener("message", (event) => this.heard(event));
  }

  private greet(words: string): HTMLElement {
    const box = make("div", { class: `greeting ${this.options.position}`, role: "status" }, words);
    const away = make("button", { type: "button", "aria-label": "关闭" }, "×");
    away.addEventListener("click", () => (box.hidden = true));
    box.append(away);
    this.root.append(box);
    return box;
  }

  private open(): void {
    this.panel ??= this.build();
    this.panel.hidden = false;
    this.launcher.hidden = true;
    if (this.greeting) this.greeting.hidden = true;
    this.mark(false);
    this.frame?.focus();
  }

  private close(): void {
    if (!this.panel || this.panel.hidden) return;
    this.panel.hidden = true;
    this.launcher.hidden = false;
    this.launcher.focus();
  }

  private build(): HTMLElement {
    const panel = make("div", { class: `panel ${this.options.position}`, role: "dialog", "aria-label": "后路AI助手" });
    const bar = make("div", { class: "bar" });
    if (this.options.phone) bar.append(make("a", { href: `tel:${this.options.phone}` }, `电话 ${this.options.phone}`));
    const close = make("button", { type: "button", "aria-label": "收起" }, "收起 ×");
    close.addEventListener("click", () => this.close());
    bar.append(close);
    this.frame = make("iframe", { src: `${this.options.origin}/`, title: "后路AI助手", allow: "clipboard-write" });
    panel.append(bar, this.frame);
    panel.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    this.root.append(panel);
    return panel;
  }

  private heard(event: MessageEvent): void {
    if (event.origin !== this.options.origin || event.source !== this.frame?.contentWindow) return;
    const what = (event.data as { houlu?: string } | null)?.houlu;
    if (what === "close") this.close();
    if (what === "news" && this.panel?.hidden) this.mark(true);
  }

  private mark(news: boolean): void {
    this.root.querySelector<HTMLElement>(".launcher i")!.hidden = !news;
    this.launcher.setAttribute("aria-label", news ? `${LABEL}，有新消息` : LABEL);
  }
}

const script = document.currentScript as HTMLScriptElement | null;
if (script?.src) {
  const start = () => void new Widget(optionsOf(script.src, script.dataset));
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
}
