/** Values of a form by path: `name`, `units.0.barcode`. */

type Tree = Readonly<Record<string, unknown>> | readonly unknown[]

function isRows(tree: Tree): tree is readonly unknown[] {
  return Array.isArray(tree)
}

export function readPath(values: object, path: string): unknown {
  let at: unknown = values
  for (const part of path.split('.')) {
    if (typeof at !== 'object' || at === null) return undefined
    at = (at as Readonly<Record<string, unknown>>)[part]
  }
  return at
}

/** The same values with another one at the path; what is not on the way is kept as it is. */
export function writePath<V extends object>(values: V, path: string, value: unknown): V {
  const write = (at: Tree, [first = '', ...rest]: readonly string[]): Tree => {
    const inner = (at as Readonly<Record<string, unknown>>)[first]
    const next = rest.length === 0 ? value : write((inner ?? {}) as Tree, rest)
    if (isRows(at)) return at.map((each, index) => (String(index) === first ? next : each))
    return { ...at, [first]: next }
  }
  return write(values as Tree, path.split('.')) as V
}
