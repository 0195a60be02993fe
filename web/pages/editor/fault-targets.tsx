import type { Fault } from '../../forms/index.ts'
import { type ColumnId, type Lines } from '../../grid/index.ts'

interface Props {
  readonly faults: readonly Fault[]
  readonly lines: Lines
}

/**
 * Where the links of the error summary lead for cells: a row out of view is not drawn, so what takes the focus
 * stands here and hands it to the cell.
 */
export function FaultTargets({ faults, lines }: Props) {
  return faults.map(({ field }) => {
    const [, at, column] = /^lines\.(\d+)\.(\w+)$/.exec(field) ?? []
    if (at === undefined || column === undefined) return null
    const go = () => {
      const line = lines.store.filled()[Number(at)]
      if (line !== undefined) lines.model.visit(line.key, column as ColumnId)
    }
    return <span key={field} tabIndex={-1} data-field={field} className="visually-hidden" onFocus={go} />
  })
}
