import { type Fault, faultsOf } from '../../forms/index.ts'
import type { Field, Line, Lines } from '../../grid/index.ts'
import type { EditorKind } from './editor-kind.ts'

/** Names of the API's line fields that are called otherwise in the grid. */
const gridNames: Readonly<Record<string, Field>> = {
  productId: 'product',
  unitPrice: 'price',
  discountPercent: 'discount',
  taxIds: 'taxes',
  countedQuantity: 'counted',
  quantityChange: 'change',
  serials: 'lots',
}

/**
 * What the server finds wrong, by field, that of lines put onto its cells.
 * @param sent the lines in the order of the request
 */
export function markServerFaults(
  editor: EditorKind,
  lines: Lines,
  sent: readonly Line[],
  error: Error,
): readonly Fault[] {
  const changes = new Map<string, Partial<Line>>()
  const told = faultsOf(error).map((fault): Fault => {
    if (fault.field === editor.dateName) return { ...fault, field: 'date' }
    const [, at, name = 'product'] = /^lines\.(\d+)(?:\.(\w+))?/.exec(fault.field) ?? []
    const line = at === undefined ? undefined : sent[Number(at)]
    if (line === undefined) return fault
    const asked = gridNames[name] ?? (name as Field)
    const field = lines.model.kind.columns.includes(asked) ? asked : 'product'
    const known = changes.get(line.key)?.faults ?? lines.store.line(line.key)?.faults ?? {}
    changes.set(line.key, { faults: { ...known, [field]: fault.message } })
    return { field: `lines.${at}.${field}`, message: fault.message }
  })
  lines.store.updateMany(changes)
  return told
}
