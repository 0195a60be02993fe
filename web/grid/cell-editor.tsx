import { useLingui } from '@lingui/react/macro'
import { useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { useFormat } from '../ui/format.ts'
import { type ChoiceField, choicesIn, isChoice } from './choices.ts'
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
  if (isChoice(props.column)) return <ChoiceEditor {...props} column={props.column} />
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
  const units = line.product?.units ?? []
  return <WordEditor label={label} now={line.unit} words={units.map(({ unit }) => [unit, unit])} />
}

function ChoiceEditor({ line, label, column }: Props & { readonly column: ChoiceField }) {
  const { i18n } = useLingui()
  const words = choicesIn(column).map(([value, word]): Word => [value, i18n._(word)])
  return <WordEditor label={label} now={line[column]} words={words} />
}

type Word = readonly [value: string, word: string]
interface WordProps {
  readonly label: string
  /** The value that the line has. */
  readonly now: string
  readonly words: readonly Word[]
}

/** One of a few words, chosen by its first letter as well. */
function WordEditor({ label, now, words }: WordProps) {
  const { model } = useGrid()
  const field = useRef<HTMLSelectElement>(null)
  const editing = useSyncExternalStore(model.subscribe, () => model.state().editing)
  useLayoutEffect(() => field.current?.focus({ preventScroll: true }), [])
  const text = editing?.text ?? ''
  const meant = words.find(([, word]) => word.toLowerCase().startsWith(text.toLowerCase()))
  const value = words.some(([each]) => each === text) ? text : (meant?.[0] ?? now)
  // The first letter typed has chosen already.
  useLayoutEffect(() => {
    if (value !== model.state().editing?.text) model.choose(value)
  }, [model, value])
  return (
    <select
      ref={field}
      className={classes.field}
      aria-label={label}
      value={value}
      onChange={(event) => model.choose(event.currentTarget.value)}
    >
      {words.map(([each, word]) => (
        <option key={each} value={each}>
          {word}
        </option>
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
