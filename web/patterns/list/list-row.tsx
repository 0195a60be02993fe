import { useLingui } from '@lingui/react/macro'
import { Link, useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, type MouseEvent, type RefObject, memo } from 'react'
import { inCompany } from '../links.tsx'
import type { ColumnLayout } from './column-layout.ts'
import type { ListColumn, ListDescription } from './description.ts'
import classes from './list.module.css'
import type { Selection } from './use-selection.ts'

/** What is done from a row. */
export interface RowActions<Row> {
  /** Null: nothing can be done to many rows. */
  readonly selection: Selection | null
  readonly onActive: (index: number) => void
  readonly onOpen: (row: Row) => void
  /** Space on a row. */
  readonly onPeek: (() => void) | null
  /** Arrow keys on a row. */
  readonly onWalk: (index: number) => void
}

/** What all rows are drawn with. */
export interface Drawn<Row> {
  readonly list: ListDescription<Row>
  readonly columns: readonly ListColumn<Row>[]
  readonly stuck: ColumnLayout['stuck']
  readonly selectable: boolean
  /** What is to be done is looked up when it is done, so that it draws no row anew. */
  readonly latest: RefObject<RowActions<Row>>
}

/** What one row is drawn with. */
interface Here<Row> {
  readonly row: Row
  readonly index: number
  readonly active: boolean
  readonly selected: boolean
}

/** Drawn anew only when it changes itself: a walk through the list draws two rows at each step. */
export const ListRow = memo(OneRow) as typeof OneRow

function OneRow<Row>(props: Drawn<Row> & Here<Row>) {
  const { list, columns, stuck, selectable, latest, row, index, active, selected } = props
  const { t } = useLingui()
  const navigate = useNavigate()
  const href = inCompany(list.hrefOf(row))
  const name = list.labelOf(row)
  const before = selectable ? 1 : 0
  const open = (event: MouseEvent<HTMLTableRowElement>) => {
    const inner = (event.target as HTMLElement).closest('a, button, input, label')
    if (inner !== null || String(window.getSelection()) !== '') return
    latest.current.onOpen(row)
    void navigate({ to: href })
  }
  const keyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // Enter in a checkbox does nothing of its own; for a list it opens the row.
    if (event.key === 'Enter') void navigate({ to: href })
  }
  const rowKeys = (event: KeyboardEvent<HTMLTableRowElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const target = event.target as HTMLElement
    // What a figure of the row has opened stands elsewhere on the page.
    if (!event.currentTarget.contains(target)) return
    const { onPeek, onWalk } = latest.current
    const onLink = target.closest('[data-row-link]') !== null
    if (event.key === ' ' && onLink && onPeek !== null) onPeek()
    else if (event.key === 'ArrowDown') onWalk(index + 1)
    else if (event.key === 'ArrowUp') onWalk(index - 1)
    else return
    event.preventDefault()
  }
  return (
    // The link in the first cell does the same by keyboard.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <tr
      className={classes.row}
      aria-rowindex={index + 2}
      data-row={index}
      data-active={active || undefined}
      data-selected={selected || undefined}
      onClick={open}
      onKeyDown={rowKeys}
    >
      {selectable && (
        <td className={classes.check} style={stuck[0]}>
          <input
            type="checkbox"
            className={classes.box}
            aria-label={t`Select ${name}`}
            checked={selected}
            onKeyDown={keyDown}
            onClick={(event) => latest.current.selection?.toggle(index, event.shiftKey)}
            onChange={() => undefined}
          />
        </td>
      )}
      {columns.map((column, at) => (
        <td
          key={column.id}
          data-align={column.align}
          data-stuck={at + before < stuck.length || undefined}
          style={stuck[at + before]}
        >
          {at === 0 ? (
            <Link
              to={href}
              className={classes.link}
              data-row-link
              data-cut
              onFocus={() => latest.current.onActive(index)}
              onClick={() => latest.current.onOpen(row)}
            >
              {column.cell(row)}
              <span className="visually-hidden"> {name}</span>
            </Link>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
    </tr>
  )
}
