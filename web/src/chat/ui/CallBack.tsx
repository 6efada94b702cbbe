import { useRef, useState } from "preact/hooks";
import type { Chat } from "../core/chat";
import { t } from "../i18n";
import { Sheet } from "./Sheet";

/** Ask to be called, or take it back. */
export function CallBack({ chat, noted, close }: { chat: Chat; noted: boolean; close(): void }) {
  const [changing, change] = useState(false);
  return (
    <Sheet title={t("callback.title")} close={close}>
      {noted && !changing ? (
        <>
          <p role="status">{t("callback.noted")}</p>
          <div class="sheet-buttons">
            <button type="button" class="secondary" onClick={() => change(true)}>{t("callback.change")}</button>
            <button type="button" class="secondary warn" onClick={() => void chat.doNotCall().then((done) => done && close())}>
              {t("callback.withdraw")}
            </button>
          </div>
        </>
      ) : (
        <Number chat={chat} sent={() => change(false)} close={close} />
      )}
    </Sheet>
  );
}

function Number({ chat, sent, close }: { chat: Chat; sent(): void; close(): void }) {
  const [number, setNumber] = useState("");
  const busy = useRef(false);
  const input = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const send = async (event: Event) => {
    event.preventDefault();
    if (busy.current) return; // not by disabling the button: it would lose the focus
    busy.current = true;
    const why = await chat.callBack(number);
    busy.current = false;
    setWrong(why);
    if (why !== null) input.current?.focus();
    if (why === null && chat.state.callback) sent();
    else if (why === null) close(); // the answer stands in the talk
  };
  return (
    <form class="call-back" onSubmit={(event) => void send(event)}>
      <label for="number">{t("callback.number")}</label>
      <input id="number" ref={input} type="tel" inputMode="tel" autocomplete="tel" maxLength={64} value={number}
        aria-describedby="agreed wrong" aria-invalid={wrong !== null} onInput={(event) => setNumber(event.currentTarget.value)} />
      <p id="wrong" class="wrong" role="alert">{wrong === null ? "" : wrong || t("callback.failed")}</p>
      <p id="agreed" class="soft">{t("callback.consent")}</p>
      <div class="sheet-buttons">
        <button type="submit" class="primary" disabled={!number.trim()}>{t("callback.send")}</button>
        <button type="button" class="secondary" onClick={close}>{t("cancel")}</button>
      </div>
    </form>
  );
}
