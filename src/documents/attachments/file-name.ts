const longest = 150

/**
 * A name that is one on every system: no folders, no control signs, nothing that turns its letters round, no
 * dot at the ends. An empty one is 'file'.
 */
export function cleanFileName(name: string): string {
  const last = name.normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const clean = last
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu, '')
    .replaceAll(/[:*?"<>|]/g, '-')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[. ]+|[. ]+$/g, '')
  // Whole signs: none is cut in two.
  const letters = Array.from(clean)
  if (letters.length === 0) return 'file'
  if (letters.length <= longest) return clean
  const ending = /\.\w{1,10}$/.exec(clean)?.[0] ?? ''
  return letters.slice(0, longest - ending.length).join('') + ending
}
