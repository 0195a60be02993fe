/** Dark enough to be seen on white, light enough on black: at least 3:1 on both grounds. */
const colors = [
  '#1c7ed6',
  '#0c8599',
  '#2f9e44',
  '#c2255c',
  '#9c36b5',
  '#6741d9',
  '#d9480f',
  '#5c7cfa',
] as const

/** The colour by which one sees in which company one stands. The same everywhere and for ever. */
export function companyColor(slug: string): string {
  let hash = 0
  for (const letter of slug) hash = (hash * 31 + letter.codePointAt(0)!) >>> 0
  return colors[hash % colors.length]!
}
