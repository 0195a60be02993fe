/**
 * Letters that Unicode does not decompose into a base letter and a mark, but that people type without
 * (Łosoś as 'losos', Straße as 'strasse').
 */
const letters: Record<string, string> = {
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ø: 'o',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŀ: 'l',
  ŋ: 'n',
  ĸ: 'k',
  ſ: 's',
}

/**
 * Folds text for search (S40): case, accents and the spelling of composed letters are gone, spaces are
 * single. The same function folds what is stored and what is asked.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[łđðøßæœþħıŀŋĸſ]/g, (c) => letters[c]!)
    .replace(/\s+/g, ' ')
    .trim()
}

/** Makes text safe inside a LIKE pattern. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (c) => '\\' + c)
}
