import type { Message } from "../core/types";
import { t } from "../i18n";
import { Icon } from "./icons";
import { Sources } from "./Sources";
import { Lines } from "./Text";

/** Unlike anything else on the page: what to do now, and one tap to do it. Never folded. */
export function Emergency({ message }: { message: Message }) {
  const [first = "", ...rest] = message.text.split("\n");
  const crisis = message.custom.topic === "self_harm";
  return (
    <article class="emergency" aria-label={t("emergency.label")}>
      <p class="first" role="alert"><Icon name="alarm" />{first}</p>
      {crisis && <a class="call" href="tel:12356"><Icon name="phone" />{t("emergency.crisis")}</a>}
      <a class="call" href="tel:120"><Icon name="phone" />{t("emergency.call")}</a>
      <Lines text={rest.join("\n")} />
      {message.custom.sources && message.custom.sources.length > 0 && <Sources sources={message.custom.sources} />}
    </article>
  );
}
