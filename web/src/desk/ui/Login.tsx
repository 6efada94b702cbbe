import { useState } from "preact/hooks";
import { Refused } from "../../shared/http";
import { messageOf, type Desk } from "../core/desk";
import { t } from "../words";

export function Login({ desk, expired }: { desk: Desk; expired: boolean }) {
  const [needsCode, setNeedsCode] = useState(false);
  const { busy, failure, submit } = useForm(async (field) => {
    try {
      await desk.login(field("name"), field("password"), field("code").trim());
    } catch (error) {
      if (error instanceof Refused && error.code === "code_needed") setNeedsCode(true);
      throw error;
    }
  });
  return (
    <main class="door">
      <form class="entry" onSubmit={submit}>
        <h1>{t("login.title")}</h1>
        <p class="soft">{t(expired ? "login.expired" : "login.lead")}</p>
        <Field name="name" label={t("login.name")} autocomplete="username" value={desk.state.me?.person.name} />
        <Field name="password" label={t("login.password")} type="password" autocomplete="current-password" />
        {needsCode && <Field name="code" label={t("login.code")} autocomplete="one-time-code" numeric />}
        <p class="failure" role="alert">{failure}</p>
        <button type="submit" class="primary" disabled={busy}>{t(busy ? "login.going" : "login.go")}</button>
      </form>
    </main>
  );
}

/** Change the own password: at the first log-in, or whenever one likes. */
export function Password({ desk, cancel }: { desk: Desk; cancel?: () => void }) {
  const { busy, failure, submit } = useForm(async (field) => {
    if (field("new") !== field("again")) throw new Refused(422, "differ", t("password.differ"), null);
    await desk.changePassword(field("old"), field("new"));
    cancel?.();
  });
  return (
    <form class="entry" onSubmit={submit}>
      {!cancel && <h1>{t("password.title")}</h1>}
      <p class="soft">{cancel ? "" : t("password.first")}{t("password.rule")}</p>
      <input hidden name="username" autocomplete="username" value={desk.state.me?.person.name} readOnly />
      <Field name="old" label={t("password.old")} type="password" autocomplete="current-password" />
      <Field name="new" label={t("password.new")} type="password" autocomplete="new-password" />
      <Field name="again" label={t("password.again")} type="password" autocomplete="new-password" />
      <p class="failure" role="alert">{failure}</p>
      <button type="submit" class="primary" disabled={busy}>{t("password.go")}</button>
      {cancel && <button type="button" class="plain" onClick={cancel}>{t("cancel")}</button>}
    </form>
  );
}

interface FieldProps {
  name: string;
  label: string;
  autocomplete: string;
  type?: "text" | "password";
  value?: string | undefined;
  numeric?: boolean;
}

function Field({ name, label, autocomplete, type = "text", value, numeric }: FieldProps) {
  return (
    <label class="field">
      <span>{label}</span>
      {type === "password"
        ? <input name={name} type="password" autocomplete={autocomplete} required />
        : <input name={name} autocomplete={autocomplete} required defaultValue={value ?? ""} autocapitalize="none"
            spellcheck={false} inputMode={numeric ? "numeric" : "text"} />}
    </label>
  );
}

/** One answer at a time, and why it was no. */
function useForm(act: (field: (name: string) => string) => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState("");
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    setFailure("");
    try {
      await act((name) => String(data.get(name) ?? ""));
    } catch (error) {
      setFailure(messageOf(error));
    }
    setBusy(false);
  };
  return { busy, failure, submit };
}
