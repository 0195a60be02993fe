/**
 * The little of tar (POSIX ustar) that a backup needs, streamed: plain files in order. Tar, so that whoever
 * has no Zapas at hand can still look inside and get at the rows.
 */

const block = 512
/** Two empty blocks are the end of an archive. */
export const tarEnd = Buffer.alloc(2 * block)

/** One file of an archive, with its header and padding. */
export function* tarEntry(name: string, data: Buffer, modified: Date): Generator<Buffer> {
  yield header(name, data.length, modified)
  yield data
  const rest = data.length % block
  if (rest > 0) yield Buffer.alloc(block - rest)
}

function header(name: string, size: number, modified: Date): Buffer {
  const made = Buffer.alloc(block)
  if (Buffer.byteLength(name) > 100)
    throw new Error(`The name ${name} is too long for an entry of a backup (100 bytes).`)
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`
  made.write(name, 0)
  made.write(octal(0o600, 7), 100)
  made.write(octal(0, 7), 108)
  made.write(octal(0, 7), 116)
  made.write(octal(size, 11), 124)
  made.write(octal(Math.floor(modified.getTime() / 1000), 11), 136)
  made.write('        ', 148)
  made.write('0', 156)
  made.write('ustar\x0000', 257, 'latin1')
  made.write(`${checksum(made).toString(8).padStart(6, '0')}\0 `, 148)
  return made
}

function checksum(bytes: Buffer): number {
  let sum = 0
  for (const byte of bytes) sum += byte
  return sum
}

export interface TarEntry {
  readonly name: string
  readonly data: Buffer
}

/** The files of an archive, one after the other; each is small enough to be held whole. */
export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const bytes = new Bytes(source)
  for (;;) {
    const head = await bytes.take(block)
    if (head.every((byte) => byte === 0)) return
    const stored = Number.parseInt(head.toString('latin1', 148, 154), 8)
    head.fill(' ', 148, 156)
    if (stored !== checksum(head)) throw new Error('the header of an entry is damaged')
    const name = head.toString('utf8', 0, 100).replace(/\0.*$/s, '')
    const size = Number.parseInt(head.toString('latin1', 124, 135), 8)
    const data = await bytes.take(size)
    await bytes.take((block - (size % block)) % block)
    yield { name, data }
  }
}

/** Bytes of a stream in portions that we choose. */
class Bytes {
  readonly #source: AsyncIterator<Buffer>
  #left: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  async take(size: number): Promise<Buffer> {
    const parts = [this.#left]
    let length = this.#left.length
    while (length < size) {
      const next = await this.#source.next()
      if (next.done) throw new Error('it ends in the middle')
      parts.push(next.value)
      length += next.value.length
    }
    const all = parts.length === 1 ? this.#left : Buffer.concat(parts, length)
    this.#left = all.subarray(size)
    // A copy: what is left must not be changed by whoever gets this.
    return Buffer.from(all.subarray(0, size))
  }
}
