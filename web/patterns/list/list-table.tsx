import { useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconSelector } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual'
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  memo,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { inCompany } from '../links.tsx'
import type { ListColumn, ListDescription } from './description.ts'
import classes from './list.module.css'
import { type ColumnLayout, useColumnLayout } from './use-column-layout.ts'
import type { Selection } from './use-selection.ts'
import { WidthHandle } from './width-handle.tsx'

/** From so many rows on only those in sight are drawn. */
const manyRows = 500
const rowHeight = 41

interface Props<Row> {
  readonly list: ListDescription<Row>
  readonly columns: readonly ListColumn<Row>[]
  readonly rows: readonly Row[]
  /** Rows are on their way for the first time. */
  readonly loading: boolean
  /** Of the whole list, where it is known; -1 otherwise. */
  readonly total: number
  readonly sort: string
  readonly onSort: (sort: string) => void
  /** Of columns whose width somebody changed. */
  readonly widths: Readonly<Record<string, number>>
  /** Null: as wide as usual. */
  readonly onWidth: (id: string, width: number | null) => void
  /** So many columns after the first stay in sight. */
  readonly pinned: number
  /** Null: nothing can be done to many rows. */
  readonly selection: Selection | null
  /** The row that keys act on. */
  readonly active: number
  readonly onActive: (index: number) => void
  readonly scrollTo: RefObject<((index: number) => void) | null>
  readonly onOpen: (row: Row) => void
  /** Space on a row. */
  readonly onPeek: (() => void) | null
  /** Arrow keys on a row. */
  readonly onWalk: (index: number) => void
}

/** The rows of a list. The first cell is a link; the focus walks along these links. */
export function ListTable<Row>(props: Props<Row>) {
  const { list, columns, rows, loading, total, selection } = props
  const { i18n, t } = useLingui()
  const title = i18n._(list.title)
  const head = useRef<HTMLTableRowElement>(null)
  const [dragged, setDragged] = useState<{ id: string; width: number } | null>(null)
  const before = selection === null ? 0 : 1
  const span = before + columns.length
  const cellWidths = useMemo(
    () => [
      ...Array.from({ length: before }, () => undefined),
      ...columns.map(({ id }) => (dragged?.id === id ? dragged.width : props.widths[id])),
    ],
    [before, columns, dragged, props.widths],
  )
  const layout = useColumnLayout(head, cellWidths, before + 1 + props.pinned)
  const latest = useRef(props)
  useLayoutEffect(() => {
    latest.current = props
  })
  const drawn = { list, columns, layout, latest, selectable: selection !== null }
  const wide = columns.length > 8 || props.pinned > 0 || cellWidths.some((width) => width !== undefined)
  return (
    <div
      className={classes.scroll}
      style={{ scrollPaddingLeft: layout.covered }}
      data-wide={wide || undefined}
      role="region"
      aria-label={title}
      tabIndex={-1}
    >
      <table className={classes.table} aria-rowcount={total < 0 ? -1 : total + 1} aria-busy={loading}>
        <thead className={classes.head}>
          <tr aria-rowindex={1} ref={head}>
            {selection !== null && (
              <th scope="col" className={classes.check} style={layout.styles[0]}>
                <input
                  type="checkbox"
                  className={classes.box}
                  ref={(box) => {
                    if (box !== null) box.indeterminate = selection.some
                  }}
                  aria-label={t`Select all rows shown`}
                  checked={selection.all}
                  onChange={selection.toggleAll}
                />
              </th>
            )}
            {columns.map((column, at) => (
              <HeadCell
                key={column.id}
                column={column}
                sort={props.sort}
                onSort={props.onSort}
                style={layout.styles[before + at]}
                onDrag={(width) => setDragged({ id: column.id, width })}
                onWidth={(width) => {
                  setDragged(null)
                  props.onWidth(column.id, width)
                }}
              />
            ))}
          </tr>
        </thead>
        {loading ? (
          <SkeletonRows columns={span} />
        ) : rows.length > manyRows ? (
          <SomeRows {...props} drawn={drawn} span={span} />
        ) : (
          <tbody>
            {rows.map((row, index) => (
              <TableRow key={list.idOf(row)} {...drawn} {...hereOf(props, row, index)} />
            ))}
          </tbody>
        )}
      </table>
    </div>
  )
}

function SkeletonRows({ columns }: { readonly columns: number }) {
  return (
    <tbody aria-hidden>
      {Array.from({ length: 12 }, (_, row) => (
        <tr key={row} className={classes.row}>
          {Array.from({ length: columns }, (__, cell) => (
            <td key={cell}>
              <Skeleton height={10} width={`${50 + ((row * 7 + cell * 23) % 40)}%`} radius="xl" />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  )
}

/** Draws the rows in sight, and always the one that has the focus, so that it is not lost by scrolling. */
function SomeRows<Row>(props: Props<Row> & { readonly drawn: Drawn<Row>; readonly span: number }) {
  const { rows, active, scrollTo, list, span } = props
  const body = useRef<HTMLTableSectionElement>(null)
  const [margin, setMargin] = useState(0)
  useLayoutEffect(() => {
    setMargin((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY)
  }, [])
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    overscan: 20,
    scrollMargin: margin,
    rangeExtractor: (range) => {
      const wanted = defaultRangeExtractor(range)
      if (active < 0 || wanted.includes(active)) return wanted
      return [...wanted, active].sort((a, b) => a - b)
    },
  })
  useLayoutEffect(() => {
    scrollTo.current = (index) => virtual.scrollToIndex(index, { align: 'auto' })
    return () => {
      scrollTo.current = null
    }
  })
  const items = virtual.getVirtualItems()
  const shown: ReactNode[] = []
  let at = 0
  for (const item of items) {
    const start = item.start - margin
    if (start > at) shown.push(<Gap key={`gap ${item.index}`} height={start - at} span={span} />)
    const row = rows[item.index]!
    shown.push(<TableRow key={list.idOf(row)} {...props.drawn} {...hereOf(props, row, item.index)} />)
    at = item.end - margin
  }
  const rest = virtual.getTotalSize() - at
  if (rest > 0) shown.push(<Gap key="rest" height={rest} span={span} />)
  return <tbody ref={body}>{shown}</tbody>
}

function Gap({ height, span }: { readonly height: number; readonly span: number }) {
  return (
    <tr aria-hidden>
      <td colSpan={span} style={{ height, padding: 0, border: 0 }}>
        {'\u00a0'}
      </td>
    </tr>
  )
}

function HeadCell<Row>({
  column,
  sort,
  onSort,
  style,
  onDrag,
  onWidth,
}: {
  readonly column: ListColumn<Row>
  readonly sort: string
  readonly onSort: (sort: string) => void
  readonly style: CSSProperties | undefined
  readonly onDrag: (width: number) => void
  readonly onWidth: (width: number | null) => void
}) {
  const { i18n } = useLingui()
  const label = i18n._(column.label)
  const by = column.sort
  if (by === undefined)
    return (
      <th scope="col" data-column={column.id} data-align={column.align} data-grow={column.grow} style={style}>
        {label}
        <WidthHandle onDrag={onDrag} onWidth={onWidth} />
      </th>
    )
  const now = sort === by ? 'ascending' : sort === `-${by}` ? 'descending' : 'none'
  const Icon = now === 'ascending' ? IconArrowUp : now === 'descending' ? IconArrowDown : IconSelector
  const next = now === 'none' ? `-${by}` : now === 'descending' ? by : ''
  return (
    <th
      scope="col"
      data-column={column.id}
      data-align={column.align}
      data-grow={column.grow}
      aria-sort={now}
      style={style}
    >
      <button type="button" className={classes.sort} onClick={() => onSort(next)}>
        {label}
        <Icon size={14} aria-hidden data-quiet={now === 'none' || undefined} />
      </button>
      <WidthHandle onDrag={onDrag} onWidth={onWidth} />
    </th>
  )
}

/** What all rows are drawn with. */
interface Drawn<Row> {
  readonly list: ListDescription<Row>
  readonly columns: readonly ListColumn<Row>[]
  readonly layout: ColumnLayout
  readonly selectable: boolean
  /** What is to be done is looked up when it is done, so that it draws no row anew. */
  readonly latest: RefObject<Props<Row>>
}

/** What one row is drawn with. */
interface Here<Row> {
  readonly row: Row
  readonly index: number
  readonly active: boolean
  readonly selected: boolean
}

function hereOf<Row>({ list, active, selection }: Props<Row>, row: Row, index: number): Here<Row> {
  return { row, index, active: index === active, selected: selection?.has(list.idOf(row)) ?? false }
}

/** Drawn anew only when it changes itself: a walk through the list draws two rows at each step. */
const TableRow = memo(OneRow) as typeof OneRow

function OneRow<Row>(props: Drawn<Row> & Here<Row>) {
  const { list, columns, layout, selectable, latest, row, index, active, selected } = props
  const { t } = useLingui()
  const navigate = useNavigate()
  const href = inCompany(list.hrefOf(row))
  const name = list.labelOf(row)
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
  const linkKeys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const { onPeek, onWalk } = latest.current
    if (event.key === ' ' && onPeek !== null) onPeek()
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
    >
      {selectable && (
        <td className={classes.check} style={layout.styles[0]}>
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
          data-grow={column.grow}
          style={layout.styles[selectable ? at + 1 : at]}
        >
          {at === 0 ? (
            <Link
              to={href}
              className={classes.link}
              data-row-link
              onFocus={() => latest.current.onActive(index)}
              onKeyDown={linkKeys}
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
