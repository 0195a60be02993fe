interface Node {
  readonly id: string
  readonly parentId: string | null
}

export interface InTree<Row> {
  readonly row: Row
  /** 0 where it lies in none of the others. */
  readonly depth: number
}

/** Each row after the one that it lies in, siblings in the order given. One whose parent is not there stands at the top. */
export function inTree<Row extends Node>(rows: readonly Row[]): readonly InTree<Row>[] {
  const known = new Set(rows.map(({ id }) => id))
  const below = Map.groupBy(rows, ({ parentId }) =>
    parentId !== null && known.has(parentId) ? parentId : null,
  )
  const walk = (parentId: string | null, depth: number): readonly InTree<Row>[] =>
    (below.get(parentId) ?? []).flatMap((row) => [{ row, depth }, ...walk(row.id, depth + 1)])
  return walk(null, 0)
}
