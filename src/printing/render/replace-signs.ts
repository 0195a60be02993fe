import type { Coverage } from './coverage.ts'

/**
 * What stands for a sign that no font has. A document is printed with it and says which signs it lacks: an
 * invoice is never held up by a letter, and never loses one without a word.
 */
const replacement = '\uFFFD'

/**
 * Signs that are drawn as nothing, or that say how their neighbours are drawn: no font needs to have them.
 * Without this class they would count as missing.
 */
const unseen = /^[\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]$/u
const privateUse = /^\p{Co}$/u

/** A text with every sign replaced that no font has; `missing` takes what was replaced. */
export function replaceUncovered(text: string, coverage: Coverage, missing: Set<string>): string {
  let out = ''
  for (const sign of text) {
    const code = sign.codePointAt(0)!
    const drawn = code < 0x80 || unseen.test(sign) || (coverage.has(code) && !privateUse.test(sign))
    if (!drawn) missing.add(sign)
    out += drawn ? sign : replacement
  }
  return out
}

/**
 * What Typst complains of all the same: groups whose signs all have a font, but no single font has them all.
 * Empty: it has other complaints.
 */
export function missingGroups(complaint: string): string[] {
  // Printed as Rust prints a text within a text: quotes and escapes are escaped once more.
  const found = [...complaint.matchAll(/the text `\\"(.*?)\\"` could not be displayed/g)].map(([, text]) =>
    text!.replaceAll(/\\+u\{([0-9a-f]+)\}/g, (_, code: string) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    ),
  )
  // The longest first: a group may begin with one that is missing by itself too.
  return [...new Set(found)].toSorted((a, b) => b.length - a.length)
}

export function replaceGroups(text: string, groups: readonly string[]): string {
  return groups.reduce((out, group) => out.replaceAll(group, replacement), text)
}
