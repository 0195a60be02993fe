import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createZstdDecompress } from 'node:zlib'
import { type Manifest, type Sums, notABackup, parseManifest, parseSums } from './manifest.ts'
import { checkSeal, sealSize } from './seal.ts'
import { type TarEntry, readTar } from './tar.ts'

/** A backup that is known to be whole, read from its beginning to its end, once. */
export class Backup {
  readonly manifest: Manifest
  /** Of the file. */
  readonly bytes: number
  readonly #file: string
  readonly #entries: AsyncIterator<TarEntry>
  readonly #close: () => void
  readonly #position: () => number
  #next: TarEntry | null

  private constructor(
    file: string,
    bytes: number,
    opened: Opened,
    manifest: Manifest,
    next: TarEntry | null,
  ) {
    this.#file = file
    this.bytes = bytes
    this.#entries = opened.entries
    this.#close = opened.close
    this.#position = opened.position
    this.manifest = manifest
    this.#next = next
  }

  /** @throws before anything else when the file is cut off, altered, of another format or no backup. */
  static async open(file: string): Promise<Backup> {
    const bytes = await checkSeal(file)
    const opened = openEntries(file, bytes)
    try {
      const first = await nextOf(opened.entries)
      if (first?.name !== 'manifest.json') throw notABackup(file)
      const manifest = parseManifest(first.data.toString(), file)
      return new Backup(file, bytes, opened, manifest, await nextOf(opened.entries))
    } catch (error) {
      opened.close()
      throw error
    }
  }

  /** So many bytes of the file were read. */
  get position(): number {
    return this.#position()
  }

  /** The rows of the table that is next in the manifest, as `COPY … FROM STDIN` takes them. */
  async *rowsOf(table: string): AsyncGenerator<Buffer> {
    while (this.#next?.name.startsWith(`tables/${table}/`)) {
      yield this.#next.data
      this.#next = await nextOf(this.#entries)
    }
  }

  /** What the rows must add up to; after the last table. */
  sums(): Sums {
    if (this.#next?.name === 'sums.json') return parseSums(this.#next.data.toString(), this.#file)
    throw new Error(
      `The backup ${this.#file} holds ${this.#next?.name ?? 'nothing'} where its sums should be. ` +
        'It was made by a program with a fault, or by another program. Nothing was restored; take another backup.',
    )
  }

  close(): void {
    this.#close()
  }
}

interface Opened {
  readonly entries: AsyncIterator<TarEntry>
  readonly position: () => number
  readonly close: () => void
}

function openEntries(file: string, bytes: number): Opened {
  const stored = createReadStream(file, { end: bytes - sealSize - 1, highWaterMark: 1 << 18 })
  const unpacked = pipeline(stored, createZstdDecompress(), () => {}) // whoever reads gets the error
  return {
    entries: readTar(unpacked as AsyncIterable<Buffer>),
    position: () => stored.bytesRead,
    close: () => unpacked.destroy(),
  }
}

async function nextOf(entries: AsyncIterator<TarEntry>): Promise<TarEntry | null> {
  const next = await entries.next()
  return next.done ? null : next.value
}
