/** The desk by keyboard. Alt with a letter, by the key's place: input methods and layouts change what it writes. */

import type { Desk } from "./core/desk";
import { inOrder } from "./core/messages";

export const HELP = "houlu:help";
export const CLOSE = "houlu:close";

/** The keys and the words that explain them, as the help shows them. */
export const KEYS = [
  ["Alt+N", "help.next"], ["Alt+U", "help.unanswered"], ["Alt+1…9", "help.switch"], ["Alt+← →", "help.columns"],
  ["Alt+I", "help.say"], ["Enter", "help.send"], ["Shift+Enter", "help.line"], ["/", "help.slash"],
  ["Alt+W", "help.close"], ["Alt+H", "help.help"],
] as const;

const pressed: Record<string, (desk: Desk) => void> = {
  KeyN: (desk) => void desk.claimNext(),
  KeyU: (desk) => open(desk, 0),
  KeyI: (desk) => toInput(desk),
  KeyW: () => window.dispatchEvent(new Event(CLOSE)),
  KeyH: () => window.dispatchEvent(new Event(HELP)),
  ArrowLeft: (desk) => step(desk, -1),
  ArrowRight: (desk) => step(desk, 1),
};

export function listen(desk: Desk): void {
  window.addEventListener("keydown", (event) => {
    const { me, phase } = desk.state;
    if (!event.altKey || event.ctrlKey || event.metaKey || phase !== "desk" || me?.person.role === "admin") return;
    if (document.querySelector("dialog[open]")) return;
    const number = /^Digit([1-9])$/.exec(event.code)?.[1];
    const act = number ? (to: Desk) => open(to, Number(number) - 1) : pressed[event.code];
    if (!act) return;
    event.preventDefault();
    act(desk);
  });
}

function open(desk: Desk, index: number): void {
  const found = inOrder(desk.state.queue?.mine ?? [])[index];
  if (!found) return;
  desk.show(found.ticket);
  toInput(desk);
}

function step(desk: Desk, by: number): void {
  const { columns, focus } = desk.state;
  const next = columns[(columns.indexOf(focus ?? "") + by + columns.length) % columns.length];
  if (!next) return;
  desk.focus(next);
  toInput(desk);
}

function toInput(desk: Desk): void {
  requestAnimationFrame(() => document.getElementById(`say-${desk.state.focus}`)?.focus());
}
