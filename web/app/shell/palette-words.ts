export type Only = 'documents' | 'products' | 'parties' | 'actions'

const prefixes: Readonly<Record<string, Only>> = {
  '#': 'documents',
  '@': 'parties',
  '.': 'products',
  '>': 'actions',
}

/** What is asked and among what: a prefix narrows, `#` documents, `@` parties, `.` products, `>` actions. */
export function readAsked(typed: string): { words: string; only: Only | null } {
  const text = typed.trimStart()
  const only = prefixes[text[0] ?? ''] ?? null
  return { words: (only === null ? text : text.slice(1)).trim(), only }
}
