/** Files of our own server, up and down. Every failure is a Refused or a Lost. */

import { Lost, refusal } from "./http";

const TIMEOUT_MS = 120_000;

/** Raw bytes up; XMLHttpRequest, because fetch tells nothing of its progress. progress: 0 to 1. */
export function upload<T>(
  path: string, headers: Record<string, string>, body: Blob, progress: (share: number) => void,
): Promise<T> {
  return new Promise((done, fail) => {
    const call = new XMLHttpRequest();
    call.open("POST", path);
    call.timeout = TIMEOUT_MS;
    call.responseType = "json";
    for (const [name, value] of Object.entries(headers)) call.setRequestHeader(name, value);
    call.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
    call.onerror = call.ontimeout = call.onabort = () => fail(new Lost("upload"));
    call.onload = () => {
      const told: unknown = call.response;
      if (call.status === 200 && told) done(told as T);
      else fail(refusal(call.status, told, call.getResponseHeader("Retry-After")));
    };
    call.send(body);
  });
}

export async function load(path: string, headers: Record<string, string>): Promise<Blob> {
  const answer = await fetch(path, { headers, cache: "no-store", credentials: "same-origin" }).catch((error: unknown) => {
    throw new Lost(String(error));
  });
  if (!answer.ok) throw refusal(answer.status, null, null);
  return answer.blob();
}
