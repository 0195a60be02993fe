import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'

/**
 * The last 40 bytes of a backup: a SHA-256 of all the bytes before, packed as a "skippable frame" of zstd,
 * which every other program that unpacks the file passes over. With it a file that was cut off or changed
 * anywhere is known for one before a single row of it is used.
 */
export const sealSize = 40
const magic = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 32, 0, 0, 0])

/** Passes the bytes on, and the seal after the last. */
export async function* sealed(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  for await (const chunk of source) {
    hash.update(chunk)
    yield chunk
  }
  yield Buffer.concat([magic, hash.digest()])
}

/** Reads the whole file and refuses one that is not as it was written. Answers its size. */
export async function checkSeal(file: string): Promise<number> {
  const { seal, size, isZstd } = await ends(file)
  if (!isZstd) {
    throw new Error(`${file} is not a backup of Zapas. Backups are made by \`zapas backup\`.`)
  }
  if (!seal.subarray(0, magic.length).equals(magic)) {
    throw new Error(
      `The backup ${file} is not whole: its end is missing. Nothing was restored. Copy it again from where it came, or take another one.`,
    )
  }
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, { end: size - sealSize - 1, highWaterMark: 1 << 20 }))
    hash.update(chunk as Buffer)
  if (!hash.digest().equals(seal.subarray(magic.length))) {
    throw new Error(
      `The backup ${file} is not as it was written: its checksum differs. Nothing was restored. Copy it again from where it came, or take another one.`,
    )
  }
  return size
}

async function ends(file: string): Promise<{ seal: Buffer; size: number; isZstd: boolean }> {
  let handle
  try {
    handle = await open(file)
  } catch (error) {
    throw new Error(`The backup ${file} cannot be read: ${(error as Error).message}. Correct its name.`, {
      cause: error,
    })
  }
  try {
    const about = await handle.stat()
    if (!about.isFile()) throw new Error(`${file} is a folder. Name the file of a backup in it.`)
    const { size } = about
    const start = Buffer.alloc(4)
    const seal = Buffer.alloc(sealSize)
    await handle.read(start, 0, 4, 0)
    if (size > sealSize) await handle.read(seal, 0, sealSize, size - sealSize)
    return { seal, size, isZstd: start.readUInt32LE() === 0xfd2fb528 }
  } finally {
    await handle.close()
  }
}
