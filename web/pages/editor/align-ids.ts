import type { Line } from '../../grid/index.ts'

/**
 * Their lines under the ids that the same lines had when one began: by id where it is the same, else by product,
 * from top to bottom. A line that is new there keeps its own.
 */
export function alignIds(base: readonly Line[], theirs: readonly Line[]): Line[] {
  const ids = new Set(theirs.map(({ id }) => id))
  const free = base.filter(({ id }) => !ids.has(id))
  const known = new Set(base.map(({ id }) => id))
  return theirs.map((line) => {
    if (known.has(line.id)) return line
    const at = free.findIndex((each) =>
      line.product === null
        ? each.product === null && each.description === line.description
        : each.product?.id === line.product.id,
    )
    return at < 0 ? line : { ...line, id: free.splice(at, 1)[0]!.id }
  })
}
