import { useEffect } from "preact/hooks";
import { stamp } from "../../shared/time";
import * as api from "../core/api";
import type { Desk } from "../core/desk";
import { duration } from "../core/duration";
import { inOrder } from "../core/messages";
import type { State } from "../core/state";
import type { Held, Waiting } from "../core/types";
import { t } from "../words";
import { useNow } from "./hooks";
import { Icon } from "./icons";
import { Reason } from "./Reason";

/** My conversations, who waits, and what I closed. */
export function Rail({ desk, state }: { desk: Desk; state: State }) {
  const passed = Math.max(0, Math.floor((useNow() - state.queueAt) / 1000));
  const mine = inOrder(state.queue?.mine ?? []);
  const waiting = state.queue?.waiting ?? [];
  return (
    <aside class="rail" aria-label={`${t("mine.title")}、${t("queue.title")}`}>
      <section aria-labelledby="mine">
        <h2 id="mine">{t("mine.title")}<b>{mine.length}</b></h2>
        {state.queue && mine.length === 0 && <p class="soft">{t("mine.none")}</p>}
        <ul>{mine.map((one, i) => <Mine key={one.ticket} desk={desk} state={state} held={one} passed={passed} n={i + 1} />)}</ul>
      </section>
      <section aria-labelledby="queue">
        <h2 id="queue">{t("queue.title")}<b>{waiting.length}</b></h2>
        <button type="button" class="primary next" disabled={waiting.length === 0} onClick={() => void desk.claimNext()}>
          {t("queue.next")}
        </button>
        {state.queue && waiting.length === 0 && <p class="soft">{t("queue.none")}</p>}
        <ol>{waiting.map((one) => <Place key={one.ticket} desk={desk} waiting={one} passed={passed} />)}</ol>
      </section>
      <Closed desk={desk} state={state} />
    </aside>
  );
}

interface MineProps {
  desk: Desk;
  state: State;
  held: Held;
  passed: number;
  n: number;
}

function Mine({ desk, state, held, passed, n }: MineProps) {
  const { ticket, unanswered_seconds: since } = held;
  const unread = held.last_from === "user" && desk.seen.of(ticket) < held.last_seq;
  const marks = ["row", unread && "unread", since !== null && "unanswered", held.urgent && "urgent"].filter(Boolean).join(" ");
  const draft = state.conversations[ticket]?.text || (!state.conversations[ticket] && held.draft);
  return (
    <li class={marks}>
      <button type="button" class="open" aria-current={state.focus === ticket ? "true" : undefined}
        onClick={(event) => desk.show(ticket, event.ctrlKey || event.metaKey)}>
        <span class="line"><b>{ticket}</b><span class="soft">{n < 10 ? `Alt+${n}` : ""}</span></span>
        <span class="line">
          <span class={since === null ? "wait" : "wait late"}>{since === null ? t("mine.replied") : t("mine.unanswered", { time: duration(since + passed) })}</span>
          {draft && <span class="tag">{t("mine.draft")}</span>}
          {held.callback && <span class="tag warm">{t("queue.callback")}</span>}
          <Reason one={held} short />
        </span>
        {unread && <span class="dot"><span class="unseen">{t("mine.unread")}</span></span>}
      </button>
      <button type="button" class="quiet beside" aria-label={`${t("mine.beside")} ${ticket}`} title={t("mine.beside")}
        onClick={() => desk.show(ticket, true)}><Icon name="beside" /></button>
    </li>
  );
}

function Place({ desk, waiting, passed }: { desk: Desk; waiting: Waiting; passed: number }) {
  const { ticket, level } = waiting;
  return (
    <li class={`row ${level}${waiting.urgent ? " urgent" : ""}`}>
      <div class="open">
        <span class="line"><b>{waiting.position}. {ticket}</b>
          <span class={level === "escalated" ? "wait late" : "wait"}>{t("queue.wait", { time: duration(waiting.waiting_seconds + passed) })}</span>
        </span>
        <span class="line">
          <Reason one={waiting} />
          {level !== "ok" && <span class={`tag ${level}`}>{t(`level.${level}`)}</span>}
          {waiting.callback && <span class="tag warm">{t("queue.callback")}</span>}
          {waiting.returned && <span class="tag">{t(waiting.answered ? "queue.answered" : "queue.returned")}</span>}
        </span>
      </div>
      <button type="button" class="claim" aria-label={t("queue.claimLabel", { ticket })}
        onClick={() => void desk.claim(ticket)}>{t("queue.claim")}</button>
    </li>
  );
}

function Closed({ desk, state }: { desk: Desk; state: State }) {
  const read = async () => {
    const found = await desk.tried(api.mine());
    if (found) desk.set({ closed: found.closed });
  };
  const held = state.queue?.mine.length;
  // Who takes and ends one quickly has held as many before as after: the columns tell.
  useEffect(() => void read(), [held, state.columns.length]);
  const titles = new Map(state.me?.desk.close_reasons.map((one) => [one.id, one.title]));
  if (state.closed.length === 0) return null;
  return (
    <details class="closed" onToggle={(event) => (event.currentTarget as HTMLDetailsElement).open && void read()}>
      <summary>{t("closed.title")}</summary>
      <ul>
        {state.closed.map((one) => (
          <li class="row" key={one.ticket}>
            <button type="button" class="open" aria-current={state.focus === one.ticket ? "true" : undefined}
              onClick={() => desk.show(one.ticket)}>
              <span class="line"><b>{one.ticket}</b><span class="soft">{stamp(one.closed_at)}</span></span>
              <span class="line">
                <span class="soft">{titles.get(one.closed_for ?? "")}</span>
                {one.rating !== null && <span class="tag">{t("closed.rating", { n: one.rating })}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
