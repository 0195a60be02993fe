/** Which signs fonts have, read from their character maps (`cmap`), of which formats 4 and 12 are in use. */
export interface Coverage {
  has(codePoint: number): boolean
}

const highest = 0x110000

export function coverageOf(fonts: readonly Buffer[]): Coverage {
  const covered = new Uint8Array(highest)
  for (const font of fonts) addFont(covered, font)
  return { has: (codePoint) => covered[codePoint] === 1 }
}

function addFont(covered: Uint8Array, font: Buffer): void {
  const tables = font.readUInt16BE(4)
  for (let at = 12; at < 12 + tables * 16; at += 16) {
    if (font.toString('latin1', at, at + 4) !== 'cmap') continue
    const cmap = font.subarray(font.readUInt32BE(at + 8))
    const maps = cmap.readUInt16BE(2)
    for (let i = 0; i < maps; i++) {
      const map = cmap.subarray(cmap.readUInt32BE(4 + i * 8 + 4))
      const format = map.readUInt16BE(0)
      if (format === 4) addSegments(covered, map)
      if (format === 12) addGroups(covered, map)
    }
  }
}

/** Format 4: segments of signs up to U+FFFF; a glyph 0 within one is a sign that the font lacks. */
function addSegments(covered: Uint8Array, map: Buffer): void {
  const double = map.readUInt16BE(6)
  for (let at = 0; at < double; at += 2) {
    const end = map.readUInt16BE(14 + at)
    const start = map.readUInt16BE(16 + double + at)
    const delta = map.readUInt16BE(16 + 2 * double + at)
    const offsetAt = 16 + 3 * double + at
    const offset = map.readUInt16BE(offsetAt)
    for (let sign = start; sign <= end && sign < 0xffff; sign++) {
      const listed = offset === 0 ? sign : map.readUInt16BE(offsetAt + offset + 2 * (sign - start))
      if (listed !== 0 && ((listed + delta) & 0xffff) !== 0) covered[sign] = 1
    }
  }
}

/** Format 12: groups of signs whose glyphs follow each other. */
function addGroups(covered: Uint8Array, map: Buffer): void {
  const groups = map.readUInt32BE(12)
  for (let at = 16; at < 16 + groups * 12; at += 12) {
    const start = map.readUInt32BE(at)
    const first = map.readUInt32BE(at + 8)
    const from = first === 0 ? start + 1 : start
    covered.fill(1, from, Math.min(map.readUInt32BE(at + 4) + 1, highest))
  }
}
