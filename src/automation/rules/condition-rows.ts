import type { Static } from 'typebox'
import type { ConditionRows } from './schema.ts'

type Rows = Static<typeof ConditionRows>

/** The rows of the form as the expression that they mean. */
export function compileRows({ match, rows }: Rows): string {
  return rows.map(compileRow).join(match === 'all' ? ' && ' : ' || ')
}

function compileRow({ field, operator, value }: Rows['rows'][number]): string {
  const figure = isFigure(value) ? `decimal("${value}")` : quoted(value)
  switch (operator) {
    case 'is':
      return `${field} == ${literal(value)}`
    case 'is-not':
      return `${field} != ${literal(value)}`
    case 'above':
      return `${field} > ${figure}`
    case 'at-least':
      return `${field} >= ${figure}`
    case 'below':
      return `${field} < ${figure}`
    case 'at-most':
      return `${field} <= ${figure}`
    case 'contains':
      return `${field}.contains(${quoted(value)})`
    case 'starts-with':
      return `${field}.startsWith(${quoted(value)})`
    case 'empty':
      return `(${field} == null || ${field} == "")`
    case 'not-empty':
      break
  }
  return `(${field} != null && ${field} != "")`
}

function isFigure(value: string): boolean {
  return /^-?\d{1,13}(\.\d{1,6})?$/.test(value)
}

function literal(value: string): string {
  if (value === 'true' || value === 'false') return value
  return quoted(value)
}

function quoted(value: string): string {
  return JSON.stringify(value)
}
