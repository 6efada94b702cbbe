import { useEffect, useState } from "preact/hooks";
import type { Chat } from "../core/chat";
import { ACCEPT } from "../core/photo";
import type { Going } from "../core/photos";
import type { Message } from "../core/types";
import { t } from "../i18n";
import { Icon } from "./icons";

type Open = (url: string, alt: string) => void;

/** Choose a photo or take one: the phone asks which. */
export function PhotoButton({ chat }: { chat: Chat }) {
  const choose = (event: Event) => {
    const input = event.currentTarget as HTMLInputElement;
    const file = input.files?.[0];
    input.value = ""; // the same file may be chosen again
    if (file) void chat.photos?.add(file);
  };
  return (
    <label class="photo">
      <input type="file" accept={ACCEPT} class="unseen" aria-label={t("photo.button")} onChange={choose} />
      <Icon name="camera" />
    </label>
  );
}

/** A photo of the talk. */
export function Photo({ message, chat, onPicture }: { message: Message; chat: Chat; onPicture: Open }) {
  const [url, setUrl] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const load = () => {
    setFailed(false);
    chat.photos?.url(message).then(setUrl, () => setFailed(true));
  };
  useEffect(load, [message.id ?? message.seq]);
  if (failed) {
    return (
      <Mine>
        <p>{t("photo.gone")}</p>
        <button type="button" class="plain" onClick={load}>{t("photo.again")}</button>
      </Mine>
    );
  }
  return (
    <Mine>
      <button type="button" class="thumbnail" disabled={!url} onClick={() => url && onPicture(url, t("photo.mine"))}>
        {url ? <img src={url} alt={t("photo.mine")} /> : <p role="status">{t("loading")}</p>}
        <span>{t("picture.open")}</span>
      </button>
    </Mine>
  );
}

/** A photo on its way. */
export function GoingPhoto({ going, chat }: { going: Going; chat: Chat }) {
  const { id, url, state, why } = going;
  return (
    <Mine unsent>
      {url && <img class="going" src={url} alt={t("photo.mine")} />}
      {state === "sending" ? (
        <progress value={going.progress} max={1} aria-label={t("photo.sending")} />
      ) : (
        <div class="refused" role="alert">
          <p>{why || t(state === "refused" ? "photo.bad" : "photo.failed")}</p>
          {state === "failed" && (
            <button type="button" class="plain" onClick={() => void chat.photos?.send(id)}>{t("photo.again")}</button>
          )}
          <button type="button" class="plain" onClick={() => chat.photos?.drop(id)}>{t("photo.discard")}</button>
        </div>
      )}
    </Mine>
  );
}

function Mine({ unsent, children }: { unsent?: boolean; children: preact.ComponentChildren }) {
  return (
    <article class={`said user${unsent ? " unsent" : ""}`}>
      <div class="column">
        <p class="unseen">{t("who.user")}</p>
        <div class="bubble">{children}</div>
      </div>
    </article>
  );
}
