/** localStorage where the browser allows it (a frame on another site may not), else memory for this visit. */

export interface Store {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(prefix: string): string[];
}

export class MemoryStore implements Store {
  private readonly values = new Map<string, string>();
  get = (key: string): string | null => this.values.get(key) ?? null;
  set = (key: string, value: string): void => void this.values.set(key, value);
  remove = (key: string): void => void this.values.delete(key);
  keys = (prefix: string): string[] => [...this.values.keys()].filter((key) => key.startsWith(prefix)).sort();
}

class BrowserStore implements Store {
  constructor(private readonly inner: Storage) {}
  get = (key: string): string | null => this.inner.getItem(key);
  remove = (key: string): void => this.inner.removeItem(key);
  keys = (prefix: string): string[] => Object.keys(this.inner).filter((key) => key.startsWith(prefix)).sort();
  set = (key: string, value: string): void => {
    try {
      this.inner.setItem(key, value);
    } catch {
      // The disk is full: this visit goes on without.
    }
  };
}

export function openStore(): Store {
  try {
    window.localStorage.setItem("houlu.probe", "1");
    window.localStorage.removeItem("houlu.probe");
    return new BrowserStore(window.localStorage);
  } catch {
    return new MemoryStore();
  }
}
