import { Trans, useLingui } from '@lingui/react/macro'
import type { KeyboardEvent } from 'react'
import { PageLink } from '../../patterns/index.ts'
import { useCompany } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { DecimalCell } from '../../ui/inputs/index.ts'
import classes from './counts.module.css'
import type { CountLine } from './sheet.tsx'

interface Props {
  readonly line: CountLine
  readonly columns: { readonly books: boolean; readonly again: boolean; readonly lots: boolean }
  /** What is typed and not saved. */
  readonly typed: string | undefined
  /** Null: it is only read. */
  readonly onType: ((line: CountLine, text: string) => void) | null
}

/** One line of the sheet: what lies in a place, what the books had, and what that makes. */
export function SheetLine({ line, columns, typed, onType }: Props) {
  const { t } = useLingui()
  const format = useFormat()
  const { currency } = useCompany()
  const differs = line.difference !== null && line.difference !== '0'
  const moved = line.moved !== null && line.moved !== '0' ? format.number(line.moved) : null
  const { sku, location } = line
  return (
    <tr data-changed={typed !== undefined || undefined}>
      <td>{line.location}</td>
      <td className={classes.product}>
        <PageLink href={`/products/${line.productId}`} size="sm">
          {line.sku}
        </PageLink>
        <span className={classes.name}>{line.name}</span>
        {line.note !== null && <span className={classes.name}>{line.note}</span>}
      </td>
      {columns.lots && (
        <td>
          {line.lot}
          {line.expiresOn !== null && <span className={classes.name}>{format.date(line.expiresOn)}</span>}
        </td>
      )}
      {columns.books && (
        <td data-align="right" data-label={t`Expected`}>
          {(line.book ?? line.onHand) !== null && format.number((line.book ?? line.onHand)!)}
          {moved !== null && (
            <span className={classes.name}>
              <Trans>{moved} since</Trans>
            </span>
          )}
        </td>
      )}
      <td data-align="right" data-label={t`Counted`}>
        {onType === null ? (
          line.counted !== null && format.quantity(line.counted, line.unit)
        ) : (
          <DecimalCell
            className={classes.field}
            aria-label={t`Counted of ${sku} in ${location}`}
            data-count={line.id}
            unit={line.unit}
            value={typed ?? line.counted ?? ''}
            onChange={(text) => onType(line, text)}
            onKeyDown={enter}
          />
        )}
      </td>
      {columns.books && (
        <td data-align="right" data-label={t`Difference`} className={differs ? classes.differs : undefined}>
          {line.difference !== null && format.number(line.difference)}
        </td>
      )}
      {columns.books && (
        <td data-align="right" data-label={t`Value`}>
          {line.value !== null && differs && format.money(line.value, currency)}
        </td>
      )}
      {columns.again && (
        <td data-align="right" data-label={t`First count`}>
          {line.firstCounted !== null && format.number(line.firstCounted)}
        </td>
      )}
      <td>
        {line.countedBy}
        {line.countedAt !== null && <span className={classes.name}>{format.moment(line.countedAt)}</span>}
      </td>
    </tr>
  )
}

/** Enter goes to the next line's field, arrows up and down; whoever counts types figures and nothing else. */
function enter(event: KeyboardEvent<HTMLInputElement>): void {
  const step = event.key === 'Enter' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0 || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  const fields = [
    ...(event.currentTarget.closest('table')?.querySelectorAll<HTMLInputElement>('input[data-count]') ?? []),
  ]
  const next = fields[fields.indexOf(event.currentTarget) + step]
  next?.focus()
  next?.select()
}
