import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Chat, State } from "../core/chat";
import { latestTurn } from "../core/messages";
import type { Store } from "../core/storage";
import { stamp, stamped } from "../../shared/time";
import type { Message } from "../core/types";
import { t } from "../i18n";
import { Choices } from "./Choices";
import { Icon } from "./icons";
import { Spoken, Typing, Waiting } from "./Spoken";

interface Props {
  chat: Chat;
  state: State;
  store: Store;
  onPicture(url: string, alt: string): void;
}

/** So near to the end that the reader follows it. */
const NEAR = 90;

export function Log({ chat, state, onPicture }: Props) {
  const { messages, unsent, readBefore } = state;
  const box = useRef<HTMLDivElement>(null);
  const [behind, setBehind] = useState(false);
  const scroll = useScroll(box, state, setBehind);
  const turn = latestTurn(messages);
  const typing = state.typing || (state.sending.state === "sending" && unsent.length > 0);

  return (
    <div class="log-frame">
      <div class="log" role="log" aria-live="polite" aria-label={t("log")} tabIndex={0} ref={box} onScroll={scroll.moved}>
        {messages.map((one, i) => (
          <Row key={one.seq} before={messages[i - 1]} message={one} earlier={one.seq === readBefore && i < messages.length - 1}>
            <Spoken message={one} onPicture={onPicture} />
            {unsent.length === 0 && turn.includes(one) && one.choices.length > 0 && (
              <Choices message={one} last={one === turn[turn.length - 1]} titles={state.config?.titles} chat={chat} />
            )}
          </Row>
        ))}
        {unsent.map((one) => <Waiting key={one.id} unsent={one} chat={chat} sending={state.sending} />)}
        {typing && <Typing />}
      </div>
      {behind && (
        <button type="button" class="newer" onClick={scroll.toEnd}><Icon name="down" />{t("newer")}</button>
      )}
    </div>
  );
}

interface RowProps {
  before: Message | undefined;
  message: Message;
  earlier: boolean;
  children: preact.ComponentChildren;
}

function Row({ before, message, earlier, children }: RowProps) {
  return (
    <div class="row" id={`m${message.seq}`}>
      {stamped(message.at, before?.at) && (
        <p class="stamp"><time dateTime={message.at}>{stamp(message.at)}</time></p>
      )}
      {children}
      {earlier && <p class="stamp">{t("earlier")}</p>}
    </div>
  );
}

/** Follows the talk: own words are always seen, a long answer is read from its beginning, and who reads further up
 * stays there and is told that there is something new. */
function useScroll(box: { current: HTMLDivElement | null }, state: State, setBehind: (behind: boolean) => void) {
  const near = useRef(true);
  const seen = useRef({ seq: 0, unsent: 0 });
  const newest = state.messages[state.messages.length - 1]?.seq ?? 0;

  const toEnd = () => {
    const log = box.current!;
    log.scrollTop = log.scrollHeight;
  };

  const moved = () => {
    const log = box.current!;
    near.current = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
    if (near.current) setBehind(false);
  };

  useLayoutEffect(() => {
    const before = seen.current;
    seen.current = { seq: newest, unsent: state.unsent.length };
    if (before.seq === 0 || state.unsent.length > before.unsent) return toEnd();
    if (newest > before.seq) {
      if (near.current) {
        showFrom(box.current!, firstNew(state.messages, before.seq));
        moved();
      } else if (state.messages[state.messages.length - 1]?.from !== "user") setBehind(true);
    } else if (near.current) toEnd();
  }, [newest, state.unsent.length, state.typing, state.sending.state]);

  useLayoutEffect(() => {
    if (typeof ResizeObserver === "undefined") return undefined;
    const watch = new ResizeObserver(() => near.current && toEnd());
    watch.observe(box.current!);
    return () => watch.disconnect();
  }, []);

  return { moved, toEnd };
}

function firstNew(messages: readonly Message[], after: number): number {
  return messages.find((one) => one.seq > after && one.from !== "user")?.seq ?? after;
}

function showFrom(log: HTMLElement, seq: number): void {
  const row = document.getElementById(`m${seq}`);
  const end = log.scrollHeight - log.clientHeight;
  log.scrollTop = row ? Math.min(end, row.offsetTop - log.offsetTop + 4) : end;
}
