/** What each live event means for the page. Calls are the truth; events say when to ask. */

import type { ServerEvent } from "../../shared/sse";
import { t } from "../words";
import type { Desk } from "./desk";
import type { Gone } from "./state";
import type { Message } from "./types";

interface Told {
  ticket: string;
  message: Message;
  mine: boolean;
  why: Gone;
  added: string[];
  escalated: { ticket: string }[];
}

const heard: Record<string, (desk: Desk, told: Told) => void> = {
  hello(desk) {
    desk.askQueue();
    desk.cases.readAll();
    desk.cases.wake();
  },
  queue(desk, { added, escalated }) {
    desk.askQueue();
    if (escalated.length) ring(desk, t("notify.escalated"), "escalated");
    else if (added.length) ring(desk, t("notify.waiting"), "waiting");
  },
  message(desk, { ticket, message }) {
    desk.cases.heard(ticket, message);
    desk.askQueue();
    if (message.from !== "user") return;
    desk.look();
    if (desk.seen.of(ticket) >= message.seq && document.hasFocus()) return;
    desk.alerts.ring("message");
    desk.alerts.notify(t("notify.message"), ticket, ticket, () => desk.show(ticket));
  },
  typing(desk, { ticket }) {
    desk.cases.typed(ticket);
  },
  emergency(desk, { ticket, mine }) {
    const others = desk.state.alarms.filter((one) => one.ticket !== ticket);
    desk.set({ alarms: [{ ticket, mine, at: Date.now() }, ...others] });
    desk.askQueue();
    if (mine) void desk.cases.open(ticket);
    desk.alerts.ring("alarm");
    desk.alerts.notify(t("notify.alarm"), ticket, `alarm.${ticket}`, () => mine && desk.show(ticket));
  },
  given(desk, { ticket }) {
    desk.askQueue();
    if (desk.taking) return;
    if (desk.state.conversations[ticket]) return void desk.cases.open(ticket);
    desk.tell(t("given", { ticket }));
    desk.alerts.ring("queue");
    desk.alerts.notify(t("notify.given"), ticket, ticket, () => desk.show(ticket));
  },
  lost(desk, { ticket, why }) {
    desk.cases.gone(ticket, why);
    desk.dismissAlarm(ticket);
    desk.askQueue();
  },
  changed(desk, { ticket }) {
    desk.askQueue();
    if (desk.state.conversations[ticket]) void desk.cases.open(ticket);
  },
  bye(desk) {
    desk.signedOut();
  },
};

export function hear(desk: Desk, event: ServerEvent): void {
  heard[event.event]?.(desk, { added: [], escalated: [], ...JSON.parse(event.data) } as Told);
}

function ring(desk: Desk, title: string, tag: string): void {
  desk.alerts.ring("queue");
  desk.alerts.notify(title, "", tag, () => desk.turnTo("desk"));
}
