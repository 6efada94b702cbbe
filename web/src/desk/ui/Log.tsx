import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { lastSeq } from "../../shared/messages";
import { stamp, stamped } from "../../shared/time";
import type { Desk } from "../core/desk";
import type { Pending } from "../core/outbox";
import type { Conversation, State } from "../core/state";
import { t } from "../words";
import { Bubble, Unsent } from "./Bubble";
import { Icon } from "./icons";

const NEAR = 80;
/** The patient's page tells of typing every 3 s. */
const TYPING_MS = 5000;

interface Props {
  desk: Desk;
  state: State;
  ticket: string;
  conversation: Conversation;
}

/** The transcript and the live talk in one: from the bot's first word to what is being sent. */
export function Log({ desk, state, ticket, conversation }: Props) {
  const messages = conversation.case!.messages;
  const pending = state.pending.filter((one) => one.ticket === ticket);
  const typing = useTyping(conversation.typingAt);
  const box = useRef<HTMLDivElement>(null);
  const { behind, moved, toEnd } = useFollow(box, lastSeq(messages), pending.length, typing);
  return (
    <div class="log-frame">
      <div class="log" role="log" aria-live="polite" aria-label={t("talk.log", { ticket })} tabIndex={0} ref={box} onScroll={moved}>
        {messages.map((one, i) => (
          <div key={one.seq} id={`${ticket}.${one.seq}`} class="said-row">
            {stamped(one.at, messages[i - 1]?.at) && <p class="stamp"><time dateTime={one.at}>{stamp(one.at)}</time></p>}
            <Bubble message={one} me={state.me!.person.name} />
          </div>
        ))}
        {pending.map((one: Pending) => (
          <Unsent key={one.id} pending={one} connected={state.connected}
            takeBack={() => desk.cases.takeBack(one)} discard={() => desk.cases.discard(one.id)} />
        ))}
      </div>
      <p class="typing" role="status">{typing ? t("talk.typing") : ""}</p>
      {behind && <button type="button" class="newer" onClick={toEnd}><Icon name="down" />{t("talk.newer")}</button>}
    </div>
  );
}

function useTyping(at: number): boolean {
  const [, draw] = useState(0);
  const left = at + TYPING_MS - Date.now();
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(() => draw((n) => n + 1), left);
    return () => clearTimeout(timer);
  }, [at]);
  return left > 0;
}

/** Stays at the end while one reads there; who reads further up is told that there is something new. */
function useFollow(box: { current: HTMLDivElement | null }, last: number, pending: number, typing: boolean) {
  const near = useRef(true);
  const [behind, setBehind] = useState(false);
  const toEnd = () => {
    // An observer may still call when the talk is gone.
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  };
  const moved = () => {
    const log = box.current;
    if (!log) return;
    near.current = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
    if (near.current) setBehind(false);
  };
  useLayoutEffect(() => {
    if (near.current) toEnd();
    else setBehind(true);
  }, [last]);
  useLayoutEffect(() => {
    if (pending) toEnd();
  }, [pending]);
  useLayoutEffect(() => {
    if (near.current) toEnd();
  }, [typing]);
  useLayoutEffect(() => {
    // Pictures that load, and columns that change their width, move the end.
    const watch = new ResizeObserver(() => near.current && toEnd());
    watch.observe(box.current!);
    const loaded = () => near.current && toEnd();
    box.current!.addEventListener("load", loaded, true);
    return () => watch.disconnect();
  }, []);
  return { behind, moved, toEnd };
}
