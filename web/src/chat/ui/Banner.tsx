import type { State } from "../core/board";
import type { Chat } from "../core/chat";
import { t } from "../i18n";
import { Icon } from "./icons";

/** What stands in the way right now, and who is waiting for whom. One at a time, the most serious first. */
export function Banner({ chat, state, onCallBack }: { chat: Chat; state: State; onCallBack(): void }) {
  const trouble = troubleOf(state);
  return (
    <div class="banners" role="status">
      {trouble && (
        <div class="banner trouble">
          <p>{trouble}</p>
          <a class="call120" href="tel:120">{t("emergency.call")}</a>
          {state.phase === "chat" && (
            <button type="button" class="plain" onClick={() => chat.wake()}>{t("link.retry")}</button>
          )}
        </div>
      )}
      {state.news && (
        <div class="banner news">
          <p>{t(`news.${state.news}`)}</p>
          <button type="button" class="plain" aria-label={t("close")} onClick={() => chat.dismissNews()}>
            <Icon name="close" />
          </button>
        </div>
      )}
      {state.phase === "chat" && state.owner === "waiting" && (
        <div class="banner wait">
          <p>{t("wait.text")}</p>
          <button type="button" class="plain" onClick={onCallBack}>{t("callback.open")}</button>
          <button type="button" class="plain" onClick={() => chat.say(t("wait.cancel"))}>{t("wait.cancel")}</button>
        </div>
      )}
      {state.phase === "chat" && state.owner === "human" && <div class="banner human"><p>{t("wait.human")}</p></div>}
    </div>
  );
}

function troubleOf(state: State): string | null {
  if (state.sending.state === "held") return state.sending.why || t("failure.busy");
  if (state.sending.state === "offline") return t("link.offline");
  if (state.failure !== null) return state.failure || t("failure.offline");
  if (state.phase === "chat" && !state.connected) return t(navigator.onLine ? "link.reconnecting" : "link.offline");
  return null;
}
