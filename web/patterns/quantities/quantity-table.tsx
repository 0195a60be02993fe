import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button, Group } from '@mantine/core'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, memo, useCallback, useMemo, useRef } from 'react'
import { flushSync } from 'react-dom'
import { decimal } from '../../../src/kernel/decimal.ts'
import type { FieldFault } from '../../api/index.ts'
import { useFormat } from '../../ui/format.ts'
import { DecimalCell } from '../../ui/inputs/index.ts'
import { rowsOnScreen, useFirstFew } from '../../ui/use-first-few.ts'
import { usePhone } from '../use-screen.ts'
import classes from './quantities.module.css'
import { TrackedFields, type TrackedProduct, figure, inBaseUnits, serialsOf } from '../../ui/lots/index.ts'
import { DoneLines } from './done-lines.tsx'
import { GoesTo } from './goes-to.tsx'
import { Rejection } from './rejection.tsx'
import { type QuantityRow, type RowInput, namesArriving, restOf } from './rows.ts'
import type { Quantities } from './use-quantities.ts'
import { useRowScans } from './use-row-scans.ts'

/** What is asked of each line beside its quantity. */
export interface QuantityFields {
  /** Heads: what the source says, what is done already, what is typed now. */
  readonly of: string
  readonly done: string | null
  readonly now: string
  /** Goods that came and are not taken, with the reason. */
  readonly rejected?: boolean
  /** Where returned goods go, and whether they are replaced. */
  readonly returned?: 'from-customer' | 'to-vendor'
  /** An amount in place of a quantity, in this currency. */
  readonly amount?: string
  /** Head of what a line comes to afterwards, in place of what is then left of it. */
  readonly after?: string
  /**
   * Lots and serial numbers: named when goods come in; when they go out, chosen by the server unless named; of
   * goods that come or go back, lots of the source unless named, and serial numbers always named; of goods that
   * arrive, which of those on their way, where not all come.
   */
  readonly tracked?: 'in' | 'out' | 'back' | 'arriving'
}

interface Props {
  readonly rows: readonly QuantityRow[]
  readonly quantities: Quantities
  readonly fields: QuantityFields
  /** By product. */
  readonly tracked: ReadonlyMap<string, TrackedProduct>
  /** What the server found wrong, by place in the body's lines. */
  readonly faults: readonly FieldFault[]
}

/** Of a row, in pixels, when nothing is said below its fields. */
const rowHeight = 56
/**
 * Of the screen, in pixels, what the dialog needs beside its rows: its title, its buttons, the heads, its margins. A row
 * more is drawn than is seen, so that nothing in sight moves when the rest comes.
 */
const besideRows = 200

/**
 * The lines with a field for each: Enter goes to the next, `=` fills in what is left, 0 takes nothing, a scan goes to
 * the line of its product and adds what was scanned. On a phone each is a card with − and +.
 */
export function QuantityTable({ rows, quantities, fields, tracked, faults }: Props) {
  const { t } = useLingui()
  const phone = usePhone()
  const table = useRef<HTMLDivElement>(null)
  const unknown = useRowScans(rows, quantities, table)
  const drawn = rows.slice(0, useFirstFew(rows.length, rowsOnScreen(rowHeight, besideRows)))
  /** At the field that the server names, where the row has it; else at the quantity. */
  const faultOf = (row: QuantityRow, field: FaultField): string | null => {
    const at = quantities.used.indexOf(row)
    const place = `/lines/${at}/`
    const found = faults.find(
      ({ pointer }) =>
        at >= 0 && pointer.startsWith(place) && fieldOf(pointer.slice(place.length), fields) === field,
    )
    return found?.message ?? null
  }
  // The same as long as it says the same: a key in one line draws that line only.
  const said = JSON.stringify(fields)
  const asked = useMemo(() => JSON.parse(said) as QuantityFields, [said])
  const enter = useCallback((event: KeyboardEvent<HTMLInputElement>) => {
    const field = event.currentTarget
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const all = [...(table.current?.querySelectorAll<HTMLInputElement>('input[data-quantity]') ?? [])]
    const at = all.indexOf(field)
    const next = at < 0 ? undefined : all[at + 1]
    if (next !== undefined) next.focus()
    else if (at >= 0) document.querySelector<HTMLElement>('[data-dialog-verb]')?.focus()
  }, [])
  const row = (each: QuantityRow, index: number): ReactNode => (
    <Line
      key={each.id}
      row={each}
      first={index === 0}
      input={quantities.inputOf(each)}
      onChange={quantities.set}
      fields={asked}
      tracked={trackedOf(tracked.get(each.productId ?? ''))}
      fault={faultOf(each, 'quantity')}
      rejectedFault={faultOf(each, 'rejected')}
      reasonFault={faultOf(each, 'reason')}
      amountFault={faultOf(each, 'amount')}
      phone={phone}
      onEnter={enter}
    />
  )
  return (
    <div ref={table}>
      <Group gap="xs" mb="xs">
        <Button size="compact-sm" variant="default" onClick={() => quantities.fill('left')}>
          <Trans>All as expected</Trans>
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={() => quantities.fill('none')}>
          <Trans>None</Trans>
        </Button>
        {!phone && (
          <span className={classes.hint}>
            <Trans>Enter: next line, = fills in what is left</Trans>
          </span>
        )}
      </Group>
      {unknown !== null && (
        <p role="alert" className={classes.unknown}>
          <Trans>No product of these lines has the code {unknown}.</Trans>
        </p>
      )}
      {phone ? (
        <ul className={classes.cards}>{drawn.map(row)}</ul>
      ) : (
        <div className={classes.scroll}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t`Product`}</th>
                <th scope="col" data-align="right">
                  {fields.of}
                </th>
                {fields.done !== null && (
                  <th scope="col" data-align="right">
                    {fields.done}
                  </th>
                )}
                <th scope="col" data-align="right">
                  {fields.now}
                </th>
                {fields.rejected === true && <th scope="col" data-align="right">{t`Rejected`}</th>}
                {fields.amount !== undefined && <th scope="col" data-align="right">{t`Or an amount`}</th>}
                <th scope="col" data-align="right">
                  {fields.after ?? t`Rest`}
                </th>
                {fields.returned !== undefined && <th scope="col">{t`Goes to`}</th>}
              </tr>
            </thead>
            <tbody>{drawn.map(row)}</tbody>
          </table>
        </div>
      )}
      <DoneLines quantities={quantities} />
    </div>
  )
}

type FaultField = 'quantity' | 'rejected' | 'reason' | 'amount'

/** The field of a row that stands for a field of the body's line. */
function fieldOf(name: string, fields: QuantityFields): FaultField {
  if (fields.rejected === true && name === 'rejectedQuantity') return 'rejected'
  if (fields.rejected === true && name === 'reason') return 'reason'
  return fields.amount !== undefined && name === 'amount' ? 'amount' : 'quantity'
}

interface LineProps {
  readonly row: QuantityRow
  readonly first: boolean
  readonly input: RowInput
  readonly onChange: Quantities['set']
  readonly fields: QuantityFields
  /** Null: its lots are not told apart, or not known yet. */
  readonly tracked: TrackedProduct | null
  readonly fault: string | null
  readonly rejectedFault: string | null
  readonly reasonFault: string | null
  readonly amountFault: string | null
  readonly phone: boolean
  readonly onEnter: (event: KeyboardEvent<HTMLInputElement>) => void
}

const Line = memo(function Line(props: LineProps) {
  const { row, first, input, onChange, fields, tracked, fault, phone, onEnter } = props
  const { t } = useLingui()
  const format = useFormat()
  const set = (change: Partial<RowInput>) => onChange(row, change)
  const { name } = row
  // A quantity and an amount of the same line would be two answers to one question.
  const take = (value: string) => set({ quantity: value, ...(value !== '' && { amount: '' }) })
  const over = useTooMuch(row, input)
  const quantity = (
    <DecimalCell
      aria-label={`${fields.now}: ${name}`}
      value={input.quantity}
      onChange={take}
      onKeyDown={(event) => {
        onEnter(event)
        if (event.key !== '=') return
        event.preventDefault()
        const field = event.currentTarget
        flushSync(() => take(row.left))
        // What is typed next takes its place: 0 takes nothing.
        field.select()
      }}
      unit={row.unit}
      error={fault ?? over}
      className={classes.field}
      data-quantity={row.id}
      {...(first && { 'data-autofocus': true })}
    />
  )
  const rejected = fields.rejected === true && (
    <DecimalCell
      aria-label={t`Rejected: ${name}`}
      value={input.rejected}
      onChange={(value) => set({ rejected: value })}
      error={props.rejectedFault}
      className={classes.field}
    />
  )
  const amount = fields.amount !== undefined && (
    <DecimalCell
      aria-label={t`Amount: ${name}`}
      value={input.amount}
      onChange={(value) => set({ amount: value, ...(value !== '' && { quantity: '' }) })}
      unit={fields.amount}
      error={props.amountFault}
      className={classes.field}
    />
  )
  const after =
    fields.after === undefined
      ? restOf(row, input)
      : decimal(row.of).minus(decimal(row.done)).minus(figure(input.quantity))
  const rest = format.number(after.toFixed())
  const named = fields.tracked === 'arriving' ? namesArriving(row, input) : fields.tracked !== undefined
  // As the receipt is booked: the first numbers are those that are kept.
  const rejectedSerials =
    tracked?.tracking === 'serial' && figure(input.rejected).gt('0')
      ? serialsOf(input)
          .slice(Number(inBaseUnits(tracked, input.quantity, row.unit)))
          .join(', ')
      : ''
  const more = (
    <>
      {fields.rejected === true && figure(input.rejected).gt('0') && (
        <Rejection name={name} input={input} onChange={set} fault={props.reasonFault} />
      )}
      {named && tracked !== null && (
        <TrackedFields
          goods={row}
          tracking={tracked.tracking === 'serial' ? 'serial' : 'lot'}
          way={fields.tracked === 'in' ? 'in' : 'out'}
          chosenForYou={fields.tracked === 'out' || (fields.tracked === 'back' && tracked.tracking === 'lot')}
          wanted={inBaseUnits(
            tracked,
            figure(input.quantity).plus(figure(input.rejected)).toFixed(),
            row.unit,
          )}
          unit={tracked.unit}
          input={input}
          onChange={set}
        />
      )}
      {rejectedSerials !== '' && (
        <p className={classes.hint}>
          <Trans>Rejected are those that stand last: {rejectedSerials}</Trans>
        </p>
      )}
    </>
  )
  const goesTo = fields.returned === 'from-customer' && (
    <GoesTo
      name={name}
      value={input.disposition}
      replace={input.replace}
      onChange={(disposition) => set({ disposition })}
      onReplace={(replace) => set({ replace })}
    />
  )
  if (phone) {
    const step = (by: number) => {
      const next = figure(input.quantity).plus(decimal(String(by)))
      take(next.lt('0') ? '0' : next.toFixed())
    }
    return (
      <li className={classes.card}>
        <div>{row.product}</div>
        <div className={classes.cardFacts} data-figure>
          {fields.of}: {format.quantity(row.of, row.unit)}
          {fields.done !== null && `, ${fields.done}: ${format.number(row.done)}`}
          {`, ${fields.after ?? t`Rest`}: ${rest}`}
        </div>
        <Group gap="xs" wrap="nowrap" align="start">
          <ActionIcon variant="default" size={56} aria-label={t`One less: ${name}`} onClick={() => step(-1)}>
            <IconMinus aria-hidden />
          </ActionIcon>
          <div className={classes.grow}>{quantity}</div>
          <ActionIcon variant="default" size={56} aria-label={t`One more: ${name}`} onClick={() => step(1)}>
            <IconPlus aria-hidden />
          </ActionIcon>
        </Group>
        {fields.rejected === true && <Labelled label={t`Rejected`}>{rejected}</Labelled>}
        {fields.amount !== undefined && <Labelled label={t`Or an amount`}>{amount}</Labelled>}
        {goesTo}
        {more}
      </li>
    )
  }
  const span =
    4 +
    Number(fields.done !== null) +
    Number(fields.rejected === true) +
    Number(fields.amount !== undefined) +
    Number(fields.returned !== undefined)
  const extra = (fields.rejected === true && figure(input.rejected).gt('0')) || (named && tracked !== null)
  return (
    <>
      <tr data-extra={extra || undefined}>
        <td>{row.product}</td>
        <td data-align="right" data-figure>
          {format.quantity(row.of, row.unit)}
        </td>
        {fields.done !== null && (
          <td data-align="right" data-figure>
            {format.number(row.done)}
          </td>
        )}
        <td data-align="right">{quantity}</td>
        {fields.rejected === true && <td data-align="right">{rejected}</td>}
        {fields.amount !== undefined && <td data-align="right">{amount}</td>}
        <td data-align="right" data-figure data-rest={row.id}>
          {rest}
        </td>
        {fields.returned !== undefined && <td>{goesTo}</td>}
      </tr>
      {extra && (
        <tr className={classes.extra}>
          <td colSpan={span}>{more}</td>
        </tr>
      )}
    </>
  )
})

/** Says of what is typed that it is more than can be taken, and how much that is; null: it is not. */
function useTooMuch(row: QuantityRow, input: RowInput): string | null {
  const { t } = useLingui()
  const format = useFormat()
  const limit = row.most ?? row.left
  if (figure(input.quantity).plus(figure(input.rejected)).lte(decimal(limit))) return null
  const most = format.number(limit)
  if (row.tolerance === undefined) return t`More than is left: ${most}`
  const [left, percent] = [format.number(row.left), format.number(row.tolerance)]
  return decimal(row.left).eq(decimal(row.of))
    ? t`At most ${most} (${left} + ${percent} % tolerance)`
    : t`At most ${most}, with ${percent} % tolerance`
}

function trackedOf(product: TrackedProduct | undefined): TrackedProduct | null {
  return product === undefined || product.tracking === 'none' ? null : product
}

function Labelled({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={classes.labelled}>
      <span>{label}</span>
      {children}
    </div>
  )
}
