import type { Readable } from 'node:stream'

/**
 * An answer that is a file and no JSON. The route declares its type (`file`); the bytes are made after the
 * transaction, so that no connection waits for them.
 */
export class FileAnswer<File extends Uint8Array | Readable = Uint8Array> {
  /** Offered to whoever saves it; with extension. */
  readonly name: string
  /** A file without a known end is a stream, which is sent as it is made. */
  readonly make: () => Promise<File>
  /** Of a file that somebody sent: it is saved and never opened as a page of this server. Null: made by Zapas. */
  readonly foreignType: string | null
  /** Of a printed document: signs that no font has, known once it is made. Whoever asked is told of them. */
  replacedSigns: readonly string[] = []

  constructor(name: string, make: () => Promise<File>, foreignType: string | null = null) {
    this.name = name
    this.make = make
    this.foreignType = foreignType
  }
}

/** The file as it goes out. */
export interface SentFile {
  readonly name: string
  readonly bytes: Uint8Array | Readable
  readonly foreignType: string | null
  readonly replacedSigns: readonly string[]
}

/** `U+1200, U+1F600`: signs in a header, which has room for plain letters only; no more than a screen holds. */
export function signsHeader(signs: readonly string[]): string {
  return [...new Set(signs.flatMap((sign) => Array.from(sign)))]
    .slice(0, 50)
    .map((sign) => `U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`)
    .join(', ')
}

/** RFC 6266: shown by the browser or only saved, under this name; with the letters that plain ASCII lacks. */
export function dispositionOf(name: string, how: 'inline' | 'attachment' = 'inline'): string {
  const plain = name.normalize('NFKD').replaceAll(/[^\w. -]+/g, '') || 'file'
  return `${how}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", '%27')}`
}
