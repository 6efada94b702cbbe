import { useState } from "preact/hooks";
import type { Desk } from "../core/desk";
import type { State } from "../core/state";
import { t } from "../words";
import { Dialog } from "./Dialog";

interface Props {
  desk: Desk;
  state: State;
  ticket: string;
  close(): void;
}

/** Why it ends, and whether the answers may become knowledge. */
export function CloseDialog({ desk, state, ticket, close }: Props) {
  const reasons = state.me?.desk.close_reasons ?? [];
  const answered = state.conversations[ticket]?.case?.messages.some((one) => one.from === "expert");
  // Who ends without an answer must say why: "answered" by mistake would hide it.
  const [reason, setReason] = useState(answered ? reasons[0]?.id ?? "" : "");
  const [offer, setOffer] = useState(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    close();
    void desk.close(ticket, reason, offer);
  };
  return (
    <Dialog title={`${t("close.title")} ${ticket}`} close={close}>
      <form onSubmit={submit}>
        <p>{t(answered ? "close.why" : "close.unanswered")}</p>
        {state.conversations[ticket]?.case?.callback && <p class="warn">{t("close.callback")}</p>}
        <fieldset>
          <legend>{t("close.reason")}</legend>
          {reasons.map((one) => (
            <label key={one.id} class="option">
              <input type="radio" name="reason" required value={one.id} checked={reason === one.id} onChange={() => setReason(one.id)} />
              {one.title}
            </label>
          ))}
        </fieldset>
        <label class="option">
          <input type="checkbox" checked={offer} onChange={(event) => setOffer(event.currentTarget.checked)} />
          {t("close.offer")}
        </label>
        <Buttons yes={t("close.go")} close={close} />
      </form>
    </Dialog>
  );
}

/** To a colleague who is there. */
export function HandOnDialog({ desk, state, ticket, close }: Props) {
  const there = (state.queue?.colleagues ?? []).filter((one) => one.online);
  const [to, setTo] = useState(there[0]?.name ?? "");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    close();
    void desk.handOn(ticket, to);
  };
  return (
    <Dialog title={t("handOn.title")} close={close}>
      {there.length === 0 && <p>{t("handOn.none")}</p>}
      {there.length > 0 && (
        <form onSubmit={submit}>
          <p>{t("handOn.why")}</p>
          <fieldset>
            <legend class="unseen">{t("handOn.title")}</legend>
            {there.map((one) => (
              <label key={one.name} class="option">
                <input type="radio" name="to" value={one.name} checked={to === one.name} onChange={() => setTo(one.name)} />
                {one.title || one.name}<span class="soft">{t("handOn.load", { n: one.tickets })}</span>
              </label>
            ))}
          </fieldset>
          <Buttons yes={t("handOn.go")} close={close} />
        </form>
      )}
    </Dialog>
  );
}

export function ReturnDialog({ desk, ticket, close }: { desk: Desk; ticket: string; close(): void }) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    close();
    void desk.giveBack(ticket);
  };
  return (
    <Dialog title={t("return.sure")} close={close}>
      <form onSubmit={submit}>
        <p>{t("return.why")}</p>
        <Buttons yes={t("return.go")} close={close} />
      </form>
    </Dialog>
  );
}

function Buttons({ yes, close }: { yes: string; close(): void }) {
  return (
    <div class="buttons">
      <button type="button" class="secondary" onClick={close}>{t("cancel")}</button>
      <button type="submit" class="primary">{yes}</button>
    </div>
  );
}
