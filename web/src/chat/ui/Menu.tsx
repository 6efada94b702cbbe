import { t } from "../i18n";
import { SIZES, type Settings } from "../settings";
import { SIZE_SIGNS } from "./Header";
import { Sheet } from "./Sheet";

interface Props {
  settings: Settings;
  choose(change: Parameters<Settings["choose"]>[0]): void;
  label: string;
  chatting: boolean;
  onWithdraw(): void;
  onErase(): void;
  close(): void;
}

export function Menu({ settings, choose, label, chatting, onWithdraw, onErase, close }: Props) {
  return (
    <Sheet title={t("menu")} close={close}>
      <h3 id="size">{t("menu.size")}</h3>
      <div class="segments" role="group" aria-labelledby="size">
        {SIZES.map((size) => (
          <button key={size} type="button" aria-pressed={settings.size === size} onClick={() => choose({ size })}>
            <b>{SIZE_SIGNS[size]}</b> {t(`menu.size.${size}`)}
          </button>
        ))}
      </div>
      <h3 id="script">{t("menu.script")}</h3>
      <div class="segments" role="group" aria-labelledby="script">
        {(["hans", "hant"] as const).map((script) => (
          <button key={script} type="button" aria-pressed={settings.script === script} onClick={() => choose({ script })}>
            {script === "hans" ? "简体" : "繁體"}
          </button>
        ))}
      </div>
      {chatting && (
        <>
          <h3>{t("menu.privacy")}</h3>
          <div class="sheet-buttons">
            <button type="button" class="secondary" onClick={onWithdraw}>{t("menu.withdraw")}</button>
            <button type="button" class="secondary warn" onClick={onErase}>{t("menu.erase")}</button>
          </div>
        </>
      )}
      <p class="soft">{label}</p>
    </Sheet>
  );
}
