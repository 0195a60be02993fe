import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'

// The system is asked for random bytes once for many ids: asking costs ten times what the rest does.
const bytesOfId = 16
const pool = new Uint8Array(256 * bytesOfId)
let used = pool.length

function randomBytes(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  return pool.subarray(used, (used += bytesOfId))
}

let msecs = 0
/** Counts the ids of a millisecond from a random beginning: RFC 9562, 6.2, method 1. */
let seq = 0

/**
 * A new row id: UUIDv7, made here and not in the database, so that all statements of a transaction can
 * be sent together. Ordered by time, and within a millisecond as they were made, so that a list by id is a list by age.
 */
export function newId(): string {
  const random = randomBytes()
  const now = Date.now()
  if (now > msecs) {
    msecs = now
    // 31 bits: more ids than a millisecond has fit above it.
    seq = ((random[6]! & 0x7f) << 24) | (random[7]! << 16) | (random[8]! << 8) | random[9]!
  } else {
    seq++
  }
  return v7({ msecs, seq, random })
}

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function isId(text: string): boolean {
  return pattern.test(text)
}
