/** Widths of columns as the address writes them: `party:320,date:120`. */
export function readWidths(text: string): Readonly<Record<string, number>> {
  const widths: Record<string, number> = {}
  for (const part of text.split(',')) {
    const [id = '', width = ''] = part.split(':')
    if (/^\d{1,4}$/.test(width)) widths[id] = fitting(Number(width))
  }
  return widths
}

/** With one width changed, as the address takes it; null: the usual one. */
export function changedWidths(
  widths: Readonly<Record<string, number>>,
  id: string,
  width: number | null,
): string | null {
  const { [id]: _, ...others } = widths
  return writeWidths(width === null ? others : { ...others, [id]: fitting(width) })
}

/** Null: no column differs from its usual width. */
function writeWidths(widths: Readonly<Record<string, number>>): string | null {
  const parts = Object.entries(widths).map(([id, width]) => `${id}:${width}`)
  return parts.length === 0 ? null : parts.join(',')
}

/** Wide enough for a word, narrow enough for others beside it. */
export function fitting(width: number): number {
  return Math.round(Math.min(Math.max(width, 64), 800))
}
