/** Calls of our own server. Every failure is a Refused (the server said no) or a Lost (nothing came back). */

const TIMEOUT_MS = 20_000;

export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly retryAfter: number | null,
  ) {
    super(message);
  }

  /** What was asked about is not there (any more) for us. */
  get gone(): boolean {
    return [401, 403, 404].includes(this.status);
  }

  /** Asking the same again later may work. */
  get passing(): boolean {
    return this.status === 429 || this.status >= 500;
  }
}

export class Lost extends Error {}

export interface Asked {
  headers?: Record<string, string>;
  body?: unknown;
  /** The page is being left: the call goes out all the same. */
  keepalive?: boolean;
}

export async function ask<T>(method: string, path: string, { headers = {}, body, keepalive }: Asked = {}): Promise<T> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT_MS);
  const sent: Record<string, string> = body === undefined ? {} : { "Content-Type": "application/json" };
  try {
    const answer = await fetch(path, {
      method, headers: { ...sent, ...headers }, signal: stop.signal, credentials: "same-origin",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }), ...(keepalive ? { keepalive } : {}),
    });
    return await read<T>(answer);
  } catch (error) {
    throw error instanceof Refused ? error : new Lost(String(error));
  } finally {
    clearTimeout(timer);
  }
}

async function read<T>(answer: Response): Promise<T> {
  if (answer.status === 204) return undefined as T;
  const told = await answer.json().catch(() => null);
  if (answer.ok && told !== null) return told as T;
  throw refusal(answer.status, told, answer.headers.get("Retry-After"));
}

/** What an answer that is none of those wished for says. */
export function refusal(status: number, told: unknown, retryAfter: string | null): Refused {
  const error = (told as { error?: { code?: string; message?: string } } | null)?.error ?? {};
  const seconds = Number(retryAfter);
  // A proxy in between may answer 200 with a page of its own: that is no answer of ours.
  const code = status >= 200 && status < 300 ? 502 : status;
  return new Refused(code, error.code ?? "", error.message ?? "", seconds > 0 ? seconds : null);
}
