import { inflateRawSync } from 'node:zlib'

const entry = Buffer.from('PK\x03\x04')
const headerBytes = 30
const deflated = 8

/**
 * True when what is packed in an archive is larger than `most` bytes. Nothing that it says of itself is believed:
 * whatever could be the beginning of an entry is unpacked, and what it gives is counted.
 */
export function unpacksAbove(archive: Buffer, most: number): boolean {
  let left = most
  for (let at = archive.indexOf(entry); at >= 0; at = archive.indexOf(entry, at + entry.length)) {
    if (at + headerBytes > archive.length || archive.readUInt16LE(at + 8) !== deflated) continue
    const data = archive.subarray(
      at + headerBytes + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28),
    )
    try {
      left -= inflateRawSync(data, { maxOutputLength: Math.max(left, 1) }).length
    } catch (error) {
      // What cannot be unpacked is found by whoever reads it.
      if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') return true
    }
  }
  return left < 0
}
