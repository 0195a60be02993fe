import type { FieldProblem } from '../kernel/problem.ts'

/** Nobody writes a document deeper than this; a parser or hash that recurses would run out of stack. */
const deepest = 64

/**
 * Finds text that no database or file can keep: a NUL character or half of a surrogate pair. Walks
 * without recursion, so that deep JSON cannot exhaust the stack.
 * @param base what stands before the pointer: empty for a body, a field's name for a query.
 */
export function unreadableText(value: unknown, base = ''): FieldProblem | null {
  const open: { value: unknown; pointer: string; depth: number }[] = [{ value, pointer: base, depth: 0 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: current, pointer, depth } = next
    if (typeof current === 'string') {
      const message = faultOf(current)
      if (message) return { pointer, message }
    } else if (typeof current === 'object' && current !== null) {
      if (depth >= deepest) return { pointer, message: `is nested deeper than ${deepest} levels` }
      for (const [key, child] of Object.entries(current)) {
        const fault = faultOf(key)
        if (fault) return { pointer, message: `has a field name that ${fault}` }
        open.push({ value: child, pointer: `${pointer}/${escapePointer(key)}`, depth: depth + 1 })
      }
    }
  }
  return null
}

function faultOf(text: string): string | null {
  if (text.includes('\0')) return 'contains a NUL character, which no text may have'
  if (!text.isWellFormed()) return 'contains half of a character (an unpaired surrogate)'
  return null
}

/** A name as one step of a JSON pointer (RFC 6901). */
export function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
