import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { State } from "../core/board";
import type { Chat } from "../core/chat";
import { latestTurn } from "../core/messages";
import type { Store } from "../core/storage";
import { stamp, stamped } from "../../shared/time";
import type { Message } from "../core/types";
import { t } from "../i18n";
import { Choices } from "./Choices";
import { Icon } from "./icons";
import { GoingPhoto } from "./Photo";
import { Spoken, Typing, Waiting } from "./Spoken";

interface Props {
  chat: Chat;
  state: State;
  store: Store;
  onPicture(url: string, alt: string): void;
}

/** So near to where the talk is that the reader follows it. */
const NEAR = 90;

export function Log({ chat, state, onPicture }: Props) {
  const { messages, unsent, going, readBefore } = state;
  const box = useRef<HTMLDivElement>(null);
  const [behind, setBehind] = useState(false);
  const scroll = useScroll(box, state, setBehind);
  const turn = latestTurn(messages);
  const human = state.owner === "human";
  const typing = state.typing || (!human && state.sending.state === "sending" && unsent.length > 0);

  return (
    <div class="log-frame">
      <div class="log" role="log" aria-live="polite" aria-label={t("log")} tabIndex={0} ref={box} onScroll={scroll.moved}>
        <div>
          {messages.map((one, i) => (
            <Row key={one.seq} before={messages[i - 1]} message={one} earlier={one.seq === readBefore && i < messages.length - 1}>
              <Spoken message={one} chat={chat} onPicture={onPicture} />
              {unsent.length === 0 && turn.includes(one) && one.choices.length > 0 && (
                <Choices message={one} last={one === turn[turn.length - 1]} titles={state.config?.titles} chat={chat} />
              )}
            </Row>
          ))}
          {unsent.map((one) => <Waiting key={one.id} unsent={one} chat={chat} sending={state.sending} />)}
          {going.map((one) => <GoingPhoto key={one.id} going={one} chat={chat} />)}
          {typing && <Typing who={human ? "expert" : "bot"} />}
        </div>
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
  /** Whether the reader follows; false while they read further up. */
  const following = useRef(true);
  /** The message that must not be scrolled past: the first one of the answer. */
  const anchor = useRef<number | null>(null);
  const height = useRef(0);
  const seen = useRef({ seq: 0, unsent: 0 });
  const newest = state.messages[state.messages.length - 1];
  const unsent = state.unsent.length + state.going.length;
  const going = state.going.map((one) => one.state).join();

  const goal = () => {
    const log = box.current!;
    const end = log.scrollHeight - log.clientHeight;
    const row = anchor.current === null ? null : document.getElementById(`m${anchor.current}`);
    return row ? Math.min(end, row.offsetTop - log.offsetTop + 4) : end;
  };
  const follow = () => {
    if (following.current && box.current) box.current.scrollTop = goal();
  };
  const toEnd = () => {
    following.current = true;
    anchor.current = null;
    setBehind(false);
    follow();
  };
  const moved = () => {
    const log = box.current;
    if (log?.clientHeight !== height.current) return; // the keyboard moved it, not the reader
    following.current = log.scrollTop > goal() - NEAR;
    if (following.current) setBehind(false);
  };

  useLayoutEffect(() => {
    const before = seen.current;
    seen.current = { seq: newest?.seq ?? 0, unsent };
    if (before.seq === 0 || unsent > before.unsent) return toEnd();
    if ((newest?.seq ?? 0) > before.seq && newest?.from !== "user") {
      if (following.current) anchor.current = firstNew(state.messages, before.seq);
      else setBehind(true);
    }
    follow();
  }, [newest?.seq, unsent, going, state.typing, state.sending.state]);

  useLayoutEffect(() => {
    height.current = box.current!.clientHeight;
    if (typeof ResizeObserver === "undefined") return undefined;
    const watch = new ResizeObserver(() => {
      height.current = box.current?.clientHeight ?? 0;
      follow();
    });
    watch.observe(box.current!);
    watch.observe(box.current!.firstElementChild!); // pictures that arrive make the talk longer
    return () => watch.disconnect();
  }, []);

  return { moved, toEnd };
}

function firstNew(messages: readonly Message[], after: number): number | null {
  return messages.find((one) => one.seq > after && one.from !== "user")?.seq ?? null;
}
