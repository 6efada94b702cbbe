import { KEYS } from "../keys";
import { t } from "../words";
import { Dialog } from "./Dialog";

export function Help({ close }: { close(): void }) {
  return (
    <Dialog title={t("help.title")} close={close}>
      <dl class="keys">
        {KEYS.map(([key, word]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{t(word)}</dd></div>)}
      </dl>
    </Dialog>
  );
}
