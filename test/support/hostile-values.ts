import { randomUUID } from 'node:crypto'
import type { JsonSchema } from '../../src/http/strict-schema.ts'

/** Numbers that look random and are the same in every run (mulberry32). */
export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit)
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!
  }
}

/** Text that nobody means well with. */
export function hostileTexts(dice: Dice): string[] {
  return [
    '',
    ' ',
    'a\0b',
    '\ud800',
    'x'.repeat(10_000),
    "'; drop table parties; --",
    "' or '1'='1",
    '%27%20or%201%3D1',
    '$1',
    '{}',
    '../../../../etc/passwd',
    '<script>alert(1)</script>',
    '%',
    '\\',
    'NaN',
    '-1',
    '1e400',
    '9'.repeat(40),
    '0.0000001',
    '-0',
    '00000000-0000-0000-0000-000000000000',
    '2026-02-30',
    '9999-12-31',
    '0000-01-01',
    'e\u0301\u202e\u200b\ufeff',
    randomText(dice),
  ]
}

/** Values of every kind, to be put where another kind belongs. */
export function hostileValues(dice: Dice): unknown[] {
  return [
    null,
    true,
    0,
    -1,
    1.5,
    2_147_483_648,
    Number.MAX_SAFE_INTEGER,
    1e300,
    [],
    {},
    [[]],
    [null],
    { a: { b: { c: 1 } } },
    deep(100),
    ...hostileTexts(dice),
  ]
}

function deep(levels: number): unknown {
  let value: unknown = 1
  for (let i = 0; i < levels; i++) value = [value]
  return value
}

function randomText(dice: Dice): string {
  const points = Array.from({ length: 1 + dice.below(30) }, () => dice.below(0x11_0000))
  return points.map((point) => String.fromCodePoint(point)).join('')
}

/** Gives the id of something that exists, for a field of this name; undefined when there is none. */
export type Reference = (field: string) => string | undefined

/** A value that fits a schema, as far as the schema tells. */
export function fittingValue(schema: JsonSchema, dice: Dice, reference: Reference, field = ''): unknown {
  const anyOf = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined
  if (anyOf) return fittingValue(dice.pick(anyOf), dice, reference, field)
  if (Array.isArray(schema.allOf)) {
    const parts = schema.allOf.map((part) => fittingValue(part as JsonSchema, dice, reference, field))
    return Object.assign({}, ...parts) as unknown
  }
  if (schema.const !== undefined) return schema.const
  if (Array.isArray(schema.enum)) return dice.pick(schema.enum)
  switch (schema.type) {
    case 'object':
      return fittingObject(schema, dice, reference)
    case 'array': {
      const least = Number(schema.minItems ?? 0)
      const items = (schema.items ?? {}) as JsonSchema
      return Array.from({ length: Math.max(least, 1) }, () => fittingValue(items, dice, reference, field))
    }
    case 'string':
      return fittingText(schema, dice, reference, field)
    case 'integer':
      return Math.max(Number(schema.minimum ?? 1), 1)
    case 'number':
      return 1
    case 'boolean':
      return dice.next() < 0.5
    case 'null':
      return null
    default:
      return dice.pick(['text', 1, true, null])
  }
}

function fittingObject(schema: JsonSchema, dice: Dice, reference: Reference): Record<string, unknown> {
  const required = new Set((schema.required ?? []) as string[])
  const made: Record<string, unknown> = {}
  for (const [name, property] of Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>)) {
    // All that is required, and of the rest what leads to something.
    const wanted = required.has(name) || name === 'lines' || dice.next() < 0.2
    if (wanted) made[name] = fittingValue(property, dice, reference, name)
  }
  return made
}

function fittingText(schema: JsonSchema, dice: Dice, reference: Reference, field: string): string {
  if (schema.format === 'uuid') return reference(field) ?? randomUUID()
  if (schema.format === 'date') return '2026-03-01'
  if (schema.format === 'date-time') return '2099-03-01T10:00:00Z'
  // One person may belong to two companies: another's is only somebody of another address.
  if (schema.format === 'email' || field === 'email') return `ann${dice.below(1_000_000)}@example.com`
  if (schema.format === 'uri') return 'https://example.com/'
  const pattern = typeof schema.pattern === 'string' ? new RegExp(schema.pattern, 'u') : null
  const known = [...((schema.examples ?? []) as string[]), 'USD', 'US', '1', 'pcs', 'S', 'en']
  const fresh = `T${dice.below(1_000_000_000)}`
  if (pattern === null || pattern.test(fresh)) return fresh.slice(0, Number(schema.maxLength ?? 100))
  return known.find((text) => pattern.test(text)) ?? fresh
}
