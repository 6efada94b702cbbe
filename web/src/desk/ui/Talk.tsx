import { useState } from "preact/hooks";
import { stamp } from "../../shared/time";
import type { Desk } from "../core/desk";
import { EMPTY, type Conversation, type State } from "../core/state";
import type { Ticket } from "../core/types";
import { CLOSE } from "../keys";
import { t } from "../words";
import { CloseDialog, HandOnDialog, ReturnDialog } from "./dialogs";
import { useWindow } from "./hooks";
import { Icon } from "./icons";
import { Log } from "./Log";
import { Reason } from "./Reason";
import { Say } from "./Say";

interface Props {
  desk: Desk;
  state: State;
  ticket: string;
  focused: boolean;
}

type Asked = "handOn" | "return" | "close";

/** One conversation: whose, what was said, and the answer that is being written. */
export function Talk({ desk, state, ticket, focused }: Props) {
  const conversation = state.conversations[ticket] ?? EMPTY;
  const found = conversation.case?.ticket;
  const [asked, ask] = useState<Asked | null>(null);
  const live = !conversation.gone && found?.state === "claimed" && found.claimed_by === state.me?.person.name;
  useWindow(CLOSE, () => focused && live && ask("close"));
  const focus = () => desk.focus(ticket);
  return (
    <section class={`talk${focused ? " focused" : ""}`} aria-label={t("talk.log", { ticket })} onFocusCapture={focus}
      onPointerDown={focus}>
      <Head ticket={ticket} found={found} live={live} ask={ask} hide={() => desk.hide(ticket)} />
      {conversation.gone && <Gone desk={desk} state={state} ticket={ticket} conversation={conversation} />}
      {!conversation.case && !conversation.gone && <Opening desk={desk} ticket={ticket} failed={conversation.failed} />}
      {conversation.case && <Log desk={desk} state={state} ticket={ticket} conversation={conversation} />}
      {live && <Say desk={desk} ticket={ticket} text={conversation.text} />}
      {found?.state === "closed" && !conversation.gone && <p class="shut">{t("talk.closed")}</p>}
      {asked === "close" && <CloseDialog desk={desk} state={state} ticket={ticket} close={() => ask(null)} />}
      {asked === "handOn" && <HandOnDialog desk={desk} state={state} ticket={ticket} close={() => ask(null)} />}
      {asked === "return" && <ReturnDialog desk={desk} ticket={ticket} close={() => ask(null)} />}
    </section>
  );
}

interface HeadProps {
  ticket: string;
  found: Ticket | undefined;
  live: boolean;
  ask(what: Asked): void;
  hide(): void;
}

function Head({ ticket, found, live, ask, hide }: HeadProps) {
  return (
    <header class="talk-head">
      <div class="about">
        <h2>{ticket}</h2>
        {found && <Reason one={found} />}
        {found && <span class="soft">{t("talk.since", { time: stamp(found.opened_at) })}</span>}
      </div>
      {live && (
        <>
          <button type="button" onClick={() => ask("handOn")}>{t("talk.handOn")}</button>
          <button type="button" onClick={() => ask("return")}>{t("talk.return")}</button>
          <button type="button" class="end" onClick={() => ask("close")}>{t("talk.close")}</button>
        </>
      )}
      <button type="button" class="quiet" aria-label={`${t("talk.hide")} ${ticket}`} title={t("talk.hide")} onClick={hide}>
        <Icon name="close" />
      </button>
    </header>
  );
}

function Opening({ desk, ticket, failed }: { desk: Desk; ticket: string; failed: string | null }) {
  if (failed === null) return <p class="opening" role="status">{t("talk.loading")}</p>;
  return (
    <div class="opening" role="status">
      <p>{failed}</p>
      <button type="button" class="secondary" onClick={() => void desk.cases.open(ticket)}>{t("talk.again")}</button>
    </div>
  );
}

interface GoneProps {
  desk: Desk;
  state: State;
  ticket: string;
  conversation: Conversation;
}

/** Not mine any more. What was written and not sent can still be copied. */
function Gone({ desk, state, ticket, conversation: { gone, text } }: GoneProps) {
  const unsent = state.pending.filter((one) => one.ticket === ticket).map((one) => one.title);
  const left = [...unsent, text].filter(Boolean).join("\n");
  return (
    <div class="gone" role="alert">
      <p>{t(`gone.${gone!}`)}</p>
      {left && gone !== "erased" && <><p>{t("gone.text")}</p><p class="lines left">{left}</p></>}
      <button type="button" class="secondary" onClick={() => desk.hide(ticket)}>{t("gone.hide")}</button>
    </div>
  );
}
