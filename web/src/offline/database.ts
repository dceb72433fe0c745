/** What the phone keeps: the last answers of Python, and what the runner said while Python could not be reached. */

const NAME = "hipwise";
const VERSION = 1;

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("answers");
      request.result.createObjectStore("outbox", { keyPath: "key" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

type Store = "answers" | "outbox";

async function within<Result>(store: Store, mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest) {
  const database = await open();
  return new Promise<Result>((resolve, reject) => {
    const transaction = database.transaction(store, mode);
    const request = act(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request.result as Result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

export const get = <Value>(store: Store, key: string) =>
  within<Value | undefined>(store, "readonly", (kept) => kept.get(key));
export const all = <Value>(store: Store) => within<Value[]>(store, "readonly", (kept) => kept.getAll());
export const put = (store: Store, value: unknown, key?: string) =>
  within<IDBValidKey>(store, "readwrite", (kept) => kept.put(value, key));
export const drop = (store: Store, key: string) => within<undefined>(store, "readwrite", (kept) => kept.delete(key));

/** Drop what stands under keys that FIT. */
export async function dropThose(store: Store, fit: (key: string) => boolean): Promise<void> {
  const keys = await within<IDBValidKey[]>(store, "readonly", (kept) => kept.getAllKeys());
  await Promise.all(keys.map(String).filter(fit).map((key) => drop(store, key)));
}

/** Forget everything that the phone keeps. */
export async function forget(): Promise<void> {
  await within("answers", "readwrite", (kept) => kept.clear());
  await within("outbox", "readwrite", (kept) => kept.clear());
}
