import { type ASTNode, Environment } from '@marcbachmann/cel-js'
import { dayNumber } from '../kernel/dates.ts'
import { decimal, zero, type Decimal } from '../kernel/decimal.ts'

/**
 * Conditions are written in CEL (cel.dev): an expression language without loops, without effects, that always
 * ends. What it is given is a copy of what the API answers; it can reach nothing else.
 */

/** What a condition may speak of. */
const names = ['event', 'document', 'party', 'source', 'today', 'now'] as const

/** `exists` and its kin inside one another: of lists of a thousand lines a million looks. */
const deepestNesting = 2
const macros = new Set(['exists', 'exists_one', 'all', 'filter', 'map'])
/** A pattern can be made that takes years; `contains` and `startsWith` serve. */
const refused = new Set(['matches'])

type Figure = Decimal | number | bigint
const exact = (value: Figure): Decimal =>
  typeof value === 'number' || typeof value === 'bigint' ? decimal(String(value)) : value

/** A figure that no amount is, where the text is none. */
const readable = (text: string): Decimal => decimal(/^-?\d+(\.\d+)?$/.test(text) ? text : '1e90')

const comparisons: Readonly<Record<string, (a: Decimal, b: Decimal) => boolean>> = {
  '<': (a, b) => a.lt(b),
  '<=': (a, b) => a.lte(b),
  '>': (a, b) => a.gt(b),
  '>=': (a, b) => a.gte(b),
}

function makeEnvironment(): Environment {
  const made = new Environment({
    unlistedVariablesAreDyn: false,
    homogeneousAggregateLiterals: false,
    limits: {
      maxAstNodes: 300,
      maxDepth: 40,
      maxListElements: 100,
      maxMapEntries: 50,
      maxCallArguments: 8,
    },
  })
  for (const name of names) made.registerVariable(name, 'dyn')
  // Amounts and quantities are exact: they are compared as decimals, never as floats.
  made.registerType('Decimal', zero.constructor as new () => Decimal)
  made.registerFunction('decimal(string): Decimal', (value: string) => decimal(value))
  made.registerFunction('decimal(int): Decimal', exact)
  made.registerFunction('decimal(double): Decimal', exact)
  made.registerFunction('decimal(Decimal): Decimal', exact)
  made.registerFunction('dayNumber(string): int', (date: string) => BigInt(dayNumber(date)))
  // A row of the form says "is 100" of amounts and of texts alike.
  made.registerOperator(
    'Decimal == string: bool',
    (a: Decimal, b: string) => a.toFixed() === b || a.eq(readable(b)),
  )
  for (const other of ['int', 'double', 'Decimal']) {
    for (const [sign, compare] of Object.entries(comparisons)) {
      const run = (a: Figure, b: Figure): boolean => compare(exact(a), exact(b))
      made.registerOperator(`Decimal ${sign} ${other}: bool`, run)
      if (other !== 'Decimal') made.registerOperator(`${other} ${sign} Decimal: bool`, run)
    }
    made.registerOperator(`Decimal == ${other}: bool`, (a: Figure, b: Figure) => exact(a).eq(exact(b)))
    for (const sign of ['+', '-', '*']) {
      const run = (a: Figure, b: Figure): Decimal =>
        sign === '+'
          ? exact(a).plus(exact(b))
          : sign === '-'
            ? exact(a).minus(exact(b))
            : exact(a).times(exact(b))
      made.registerOperator(`Decimal ${sign} ${other}: Decimal`, run)
      if (other !== 'Decimal') made.registerOperator(`${other} ${sign} Decimal: Decimal`, run)
    }
  }
  return made
}

const environment = makeEnvironment()

/** What is wrong with an expression, in words; null: nothing. @param type that it must give */
export function faultOf(expression: string, type: 'bool' | 'any'): string | null {
  try {
    const parsed = environment.parse(expression)
    const fault = unfit(parsed.ast, 0)
    if (fault !== null) return fault
    const checked = parsed.check()
    if (!checked.valid) return firstLine(checked.error)
    if (type === 'bool' && checked.type !== 'bool' && checked.type !== 'dyn')
      return `It gives ${checked.type ?? 'nothing'} where true or false is needed.`
    return null
  } catch (error) {
    return firstLine(error)
  }
}

/** Whether the expression speaks of a name; what it does not speak of need not be read. */
export function speaksOf(expression: string, name: (typeof names)[number]): boolean {
  return new RegExp(`\\b${name}\\b`).test(expression)
}

/** Whether the expression reads a name itself; a text such as "source" in it is no reading. */
export function reads(expression: string, name: (typeof names)[number]): boolean {
  const inside = (node: ASTNode): boolean =>
    (node.op === 'id' && node.args === name) || childrenOf(node.args).some(inside)
  return inside(environment.parse(expression).ast)
}

/** A condition that could not be answered: a field that is not there, values that do not compare. */
export class Unanswerable extends Error {}

/** @throws Unanswerable */
function evaluate(expression: string, facts: object): unknown {
  try {
    const parsed = environment.parse(expression)
    const fault = unfit(parsed.ast, 0)
    if (fault !== null) throw new Error(fault)
    return parsed(facts as Record<string, unknown>) as unknown
  } catch (error) {
    throw new Unanswerable(firstLine(error))
  }
}

/** An empty condition always holds. @throws Unanswerable */
export function holds(condition: string, facts: object): boolean {
  if (condition.trim() === '') return true
  const answer = evaluate(condition, facts)
  if (typeof answer !== 'boolean') throw new Unanswerable('It gave neither true nor false.')
  return answer
}

function unfit(node: ASTNode, nesting: number): string | null {
  let inside = nesting
  if (node.op === 'rcall') {
    const [name] = node.args
    if (refused.has(name)) return `"${name}" is not offered here; use contains, startsWith or endsWith.`
    if (macros.has(name)) inside++
    if (inside > deepestNesting)
      return `At most ${deepestNesting} of exists, all, filter and map inside one another.`
  }
  for (const child of childrenOf(node.args)) {
    const fault = unfit(child, inside)
    if (fault !== null) return fault
  }
  return null
}

function childrenOf(value: unknown): ASTNode[] {
  if (Array.isArray(value)) return value.flatMap(childrenOf)
  const isNode = typeof value === 'object' && value !== null && 'op' in value && 'args' in value
  return isNode ? [value as ASTNode] : []
}

function firstLine(error: unknown): string {
  const { summary, message } = error as { summary?: string; message?: string }
  const said = (summary ?? message ?? String(error)).split('\n')[0]!
  return said.endsWith('.') ? said : `${said}.`
}

/** An answer of the API as a condition sees it: whole numbers count, what is missing is null. */
export function asFacts(value: unknown): unknown {
  if (value === undefined || value === null) return null
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (typeof value !== 'object' || value instanceof Date || value instanceof zero.constructor) return value
  if (Array.isArray(value)) return value.map(asFacts)
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, asFacts(each)]))
}

/** What a text has in braces is filled in: `Invoice {document.number} is overdue`. @throws Unanswerable */
export function fillIn(template: string, facts: object): string {
  return template.replace(/\{([^{}]+)\}/g, (_, expression: string) => asText(evaluate(expression, facts)))
}

/** The expressions in a text. */
export function expressionsIn(template: string): string[] {
  return [...template.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1]!)
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return '–'
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'object' && 'toFixed' in value) return (value as Decimal).toFixed()
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | bigint)
}
