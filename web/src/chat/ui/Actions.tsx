import { t } from "../i18n";
import { Icon } from "./icons";

export type Action = "expert" | "phone" | "restart";

interface Props {
  phone: string | null;
  visit: string | null;
  act(action: Action): void;
}

/** What must always be in reach. */
export function Actions({ phone, visit, act }: Props) {
  return (
    <nav class="actions" aria-label={t("actions")}>
      <button type="button" onClick={() => act("expert")}><Icon name="expert" />{t("action.expert")}</button>
      {phone ? (
        <a href={`tel:${phone.replace(/[^\d+]/g, "")}`}><Icon name="phone" />{t("action.phone")}</a>
      ) : (
        <button type="button" onClick={() => act("phone")}><Icon name="phone" />{t("action.phone")}</button>
      )}
      {visit && (
        <a href={visit} target="_blank" rel="noopener noreferrer" class="visit">
          <Icon name="sheet" />{t("action.visit")}
        </a>
      )}
      <button type="button" onClick={() => act("restart")}><Icon name="restart" />{t("action.restart")}</button>
    </nav>
  );
}
