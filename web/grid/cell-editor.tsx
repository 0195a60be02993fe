import { useLingui } from '@lingui/react/macro'
import { useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { useFormat } from '../ui/format.ts'
import { isFigure } from './columns.ts'
import { useGrid } from './grid-context.ts'
import classes from './grid.module.css'
import { type Field, type Line, taxIdsOf } from './line.ts'
import { ProductEditor } from './product-editor.tsx'

interface Props {
  readonly line: Line
  readonly column: Field
  readonly label: string
}

/** The one live field of the grid. */
export function CellEditor(props: Props) {
  if (props.column === 'product') return <ProductEditor {...props} />
  if (props.column === 'taxes') return <TaxEditor {...props} />
  if (props.column === 'unit' && props.line.product !== null) return <UnitEditor {...props} />
  return <TextEditor {...props} />
}

function TextEditor({ line, column, label }: Props) {
  const { model } = useGrid()
  const editing = useSyncExternalStore(model.subscribe, () => model.state().editing)
  const field = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => focusField(field.current, model.state().editing?.begun ?? false), [model])
  return (
    <input
      ref={field}
      className={classes.field}
      aria-label={label}
      aria-invalid={line.faults[column] !== undefined || undefined}
      autoComplete="off"
      spellCheck={column === 'description' || column === 'reason'}
      inputMode={isFigure(column) ? 'decimal' : 'text'}
      data-figure={isFigure(column) || undefined}
      value={editing?.text ?? ''}
      onChange={(event) => model.setText(event.currentTarget.value)}
    />
  )
}

export function focusField(field: HTMLInputElement | null, begun: boolean): void {
  if (field === null) return
  field.focus({ preventScroll: true })
  if (begun) field.setSelectionRange(field.value.length, field.value.length)
  else field.select()
}

function UnitEditor({ line, label }: Props) {
  const { model } = useGrid()
  const field = useRef<HTMLSelectElement>(null)
  const editing = useSyncExternalStore(model.subscribe, () => model.state().editing)
  useLayoutEffect(() => field.current?.focus({ preventScroll: true }), [])
  const units = line.product?.units ?? []
  const meant = units.find(({ unit }) => unit.toLowerCase().startsWith((editing?.text ?? '').toLowerCase()))
  const value = units.some(({ unit }) => unit === editing?.text) ? editing?.text : (meant?.unit ?? line.unit)
  // The first letter typed has chosen already.
  useLayoutEffect(() => {
    if (value !== undefined && value !== model.state().editing?.text) model.choose(value)
  }, [model, value])
  return (
    <select
      ref={field}
      className={classes.field}
      aria-label={label}
      value={value}
      onChange={(event) => model.choose(event.currentTarget.value)}
    >
      {units.map(({ unit }) => (
        <option key={unit}>{unit}</option>
      ))}
    </select>
  )
}

function TaxEditor({ line, label }: Props) {
  const { t } = useLingui()
  const { model, taxes, side } = useGrid()
  const format = useFormat()
  const field = useRef<HTMLSelectElement>(null)
  const editing = useSyncExternalStore(model.subscribe, () => model.state().editing)
  useLayoutEffect(() => {
    field.current?.focus({ preventScroll: true })
    const known = taxIdsOf(line, side).join(' ')
    if (model.state().editing?.text !== known) model.choose(known)
    // Once, when the cell begins to be edited.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  const now = taxIdsOf(line, side)
  const name = (id: string) => {
    const tax = taxes.get(id)
    return tax === undefined ? '?' : `${tax.name} (${format.percent(tax.rate)})`
  }
  return (
    <select
      ref={field}
      className={classes.field}
      aria-label={label}
      value={editing?.text ?? ''}
      onChange={(event) => model.choose(event.currentTarget.value)}
    >
      <option value="">{t`No tax`}</option>
      {now.length > 1 && <option value={now.join(' ')}>{now.map(name).join(' + ')}</option>}
      {[...taxes.keys()].map((id) => (
        <option key={id} value={id}>
          {name(id)}
        </option>
      ))}
    </select>
  )
}
