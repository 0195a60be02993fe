/**
 * An answer that is a file and no JSON. The route declares its type (`file`); the bytes are made after the
 * transaction, so that no connection waits for them.
 */
export class FileAnswer {
  /** Offered to whoever saves it; with extension. */
  readonly name: string
  readonly make: () => Promise<Uint8Array>

  constructor(name: string, make: () => Promise<Uint8Array>) {
    this.name = name
    this.make = make
  }
}

/** The file as it goes out. */
export interface SentFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** RFC 6266: shown by the browser, saved under this name; with the letters that plain ASCII lacks. */
export function dispositionOf(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/[^\w. -]+/g, '') || 'file'
  return `inline; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", '%27')}`
}
