/**
 * What a template may name in double braces. A line of which all placeholders are empty is left out, such
 * as the one with the link where there is none.
 */
export const placeholders = [
  'document',
  'number',
  'date',
  'dueDate',
  'daysOverdue',
  'total',
  'paid',
  'remaining',
  'invoices',
  'customer',
  'company',
  'account',
  'link',
] as const
export type Placeholder = (typeof placeholders)[number]
export type Values = Readonly<Partial<Record<Placeholder, string>>>

const pattern = /\{\{\s*([A-Za-z]+)\s*\}\}/g

/** Names in braces that mean nothing. */
export function unknownPlaceholders(text: string): string[] {
  const known: readonly string[] = placeholders
  return [...text.matchAll(pattern)].map((found) => found[1]!).filter((name) => !known.includes(name))
}

/** Fills values in. Those that `values` does not name stay as they are, for later. Pure. */
export function fill(template: string, values: Values): string {
  const known = (name: string): name is Placeholder => Object.hasOwn(values, name)
  return template
    .split('\n')
    .flatMap((line) => {
      const names = [...line.matchAll(pattern)].map((found) => found[1]!)
      const empty = names.length > 0 && names.every((name) => known(name) && values[name] === '')
      if (empty) return []
      // By a function: a value with `$&` in it is no instruction.
      return [line.replaceAll(pattern, (all, name: string) => (known(name) ? values[name]! : all))]
    })
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

/** A subject is one line, whatever a value holds. */
export function fillSubject(template: string, values: Values): string {
  return fill(template, values)
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .slice(0, 300)
    .trim()
}

/** The text as simple HTML: paragraphs, lines, and addresses to click. Everything else is escaped. Pure. */
export function htmlOf(text: string, language: string): string {
  const paragraphs = text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.split('\n').map(htmlLine).join('<br>\n')}</p>`)
  return [
    `<!doctype html>\n<html lang="${escapeHtml(language)}" dir="auto">`,
    '<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head>',
    `<body style="font-family:sans-serif;font-size:15px;line-height:1.5">\n${paragraphs.join('\n')}\n</body>\n</html>\n`,
  ].join('\n')
}

function htmlLine(line: string): string {
  return line
    .split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/)
    .map((part, i) =>
      i % 2 === 1 ? `<a href="${escapeHtml(part)}">${escapeHtml(part)}</a>` : escapeHtml(part),
    )
    .join('')
}

function escapeHtml(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replaceAll(/[&<>"']/g, (sign) => names[sign]!)
}
