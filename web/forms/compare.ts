/** Three states of a document: as it was opened, as it is typed here, as somebody else saved it. */

export interface Difference {
  /** `notes`, or `lines <id> quantity`. */
  readonly field: readonly string[]
  readonly mine: unknown
  readonly theirs: unknown
  /** Both changed it, differently: somebody must choose. Otherwise who changed it is right. */
  readonly conflict: boolean
}

type Fields = Readonly<Record<string, unknown>>
interface Line extends Fields {
  readonly id?: string | null
}

const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null)

/**
 * Where mine and theirs differ, in these fields. Lines (`lines`) are matched by their id; one that is gone on
 * one side is a difference of the whole line, one without an id is mine and new, and no difference.
 */
export function compare(base: Fields, mine: Fields, theirs: Fields, fields: readonly string[]): Difference[] {
  const ofFields = fields
    .filter((name) => name !== 'lines')
    .flatMap((name) => difference([name], base[name], mine[name], theirs[name]))
  return fields.includes('lines') ? [...ofFields, ...ofLines(base, mine, theirs)] : ofFields
}

function ofLines(base: Fields, mine: Fields, theirs: Fields): Difference[] {
  const [was, here, there] = [base, mine, theirs].map(linesById) as [LineMap, LineMap, LineMap]
  const ids = new Set([...was.keys(), ...here.keys(), ...there.keys()])
  return [...ids].flatMap((id) => {
    const [before, my, their] = [was.get(id), here.get(id), there.get(id)]
    if (my === undefined || their === undefined) {
      return my === their ? [] : difference(['lines', id], before, my, their)
    }
    // A line as it is typed has fewer fields than one the server answers.
    return Object.keys(my).flatMap((name) =>
      difference(['lines', id, name], before?.[name], my[name], their[name]),
    )
  })
}

type LineMap = ReadonlyMap<string, Line>
function linesById(document: Fields): LineMap {
  const lines = (document['lines'] ?? []) as readonly Line[]
  return new Map(lines.filter(({ id }) => typeof id === 'string').map((line) => [line.id!, line]))
}

function difference(field: readonly string[], was: unknown, mine: unknown, theirs: unknown): Difference[] {
  if (same(mine, theirs)) return []
  return [{ field, mine, theirs, conflict: !same(was, mine) && !same(was, theirs) }]
}

export type Side = 'mine' | 'theirs'

/** The one that was changed; where both were, mine, until somebody chooses. */
export function proposal(base: Fields, { field, mine, conflict }: Difference): Side {
  if (conflict) return 'mine'
  return same(valueAt(base, field), mine) ? 'theirs' : 'mine'
}

function valueAt(document: Fields, [name = '', id, part]: readonly string[]): unknown {
  if (name !== 'lines' || id === undefined) return document[name]
  const line = linesById(document).get(id)
  return part === undefined ? line : line?.[part]
}

/** Mine with what was chosen of theirs in it. */
export function merge<Value extends Fields>(
  mine: Value,
  chosen: readonly { readonly difference: Difference; readonly side: Side }[],
): Value {
  let merged: Fields = mine
  for (const { difference: each, side } of chosen) {
    if (side === 'theirs') merged = put(merged, each.field, each.theirs)
  }
  return merged as Value
}

function put(document: Fields, [name = '', id, part]: readonly string[], value: unknown): Fields {
  if (name !== 'lines' || id === undefined) return { ...document, [name]: value }
  const lines = (document['lines'] ?? []) as readonly Line[]
  if (part !== undefined) {
    return { ...document, lines: lines.map((line) => (line.id === id ? { ...line, [part]: value } : line)) }
  }
  const others = lines.filter((line) => line.id !== id)
  return { ...document, lines: value === undefined ? others : [...others, value] }
}
