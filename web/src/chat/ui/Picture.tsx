import { useState } from "preact/hooks";
import { Sheet } from "./Sheet";
import { t } from "../i18n";

/** A picture over the whole screen; a tap makes it twice as large, and back. */
export function Picture({ url, alt, close }: { url: string; alt: string; close(): void }) {
  const [large, setLarge] = useState(false);
  return (
    <Sheet title={t("picture")} close={close} wide>
      <div class="picture" tabIndex={0}>
        <img src={url} alt={alt} class={large ? "large" : ""} onClick={() => setLarge(!large)} />
      </div>
      {alt && <p class="soft">{alt}</p>}
    </Sheet>
  );
}
