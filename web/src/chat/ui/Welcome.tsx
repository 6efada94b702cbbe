import { useState } from "preact/hooks";
import type { State } from "../core/board";
import type { Chat } from "../core/chat";
import { t } from "../i18n";
import { Icon } from "./icons";

/** Before the first word: who is speaking, what it can do, and whether what is written may be kept. */
export function Welcome({ state, chat }: { state: State; chat: Chat }) {
  const [busy, setBusy] = useState(false);
  const answer = (consent: boolean) => {
    setBusy(true);
    void chat.open(consent).then(() => setBusy(false));
  };
  return (
    <>
      <main class="welcome" tabIndex={0}>
        <h2>{t("welcome.heading")}</h2>
        <p class="ai-label">{state.config?.ai_label}</p>
        <p>{t("welcome.lead")}</p>
        <ul>{t("welcome.can").split("\n").map((line) => <li key={line}><Icon name="check" />{line}</li>)}</ul>
        <p>{t("welcome.cannot")}</p>
        <section class="consent" aria-labelledby="consent">
          <h3 id="consent">{t("welcome.consent")}</h3>
          <p class="lines">{state.config?.consent_text}</p>
        </section>
      </main>
      <footer>
        <div class="sheet-buttons">
          <button type="button" class="primary" disabled={busy || !state.config} onClick={() => answer(true)}>
            {t("welcome.agree")}
          </button>
          <button type="button" class="secondary" disabled={busy || !state.config} onClick={() => answer(false)}>
            {t("welcome.disagree")}
          </button>
        </div>
        <a class="urgent" href="tel:120"><Icon name="phone" />{t("welcome.urgent")}</a>
      </footer>
    </>
  );
}
