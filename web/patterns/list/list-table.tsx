import { useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { type Preferences, usePreferences } from '../../session/index.ts'
import { useFirstFew } from '../../ui/use-first-few.ts'
import { layOutColumns } from './column-layout.ts'
import type { ListColumn, ListDescription } from './description.ts'
import { ListHead } from './list-head.tsx'
import { lettersOfPage } from './letters.ts'
import { type Drawn, ListRow, type RowActions } from './list-row.tsx'
import classes from './list.module.css'
import { useRoom } from './use-room.ts'
import { useWholeText } from './use-whole-text.ts'

/** From so many rows on only those in sight are drawn. */
const manyRows = 500
/** So many fill a screen and are drawn at once; the rest follows where nobody waits for it. */
const firstRows = 20
const rowHeights = { comfortable: 44, dense: 36 } as const

interface Props<Row> extends RowActions<Row> {
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
  readonly onOrder: (columns: readonly string[]) => void
  /** The row that keys act on. */
  readonly active: number
  readonly scrollTo: RefObject<((index: number) => void) | null>
}

/** The rows of a list. The first cell is a link; the focus walks along these links. */
export function ListTable<Row>(props: Props<Row>) {
  const { list, columns, rows, loading, total, selection, pinned, widths } = props
  const { i18n } = useLingui()
  const { locale } = i18n
  const area = useRef<HTMLDivElement>(null)
  const room = useRoom(area)
  useWholeText(area)
  const [dragged, setDragged] = useState<Readonly<Record<string, number>>>({})
  const selectable = selection !== null
  const layout = useMemo(
    () =>
      layOutColumns(columns, {
        chosen: { ...widths, ...dragged },
        selectable,
        pinned,
        room,
        text: (message) => i18n._(message),
        letters: lettersOfPage(),
      }),
    // Heads and words of a status are as long as the language makes them.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [columns, dragged, i18n, locale, pinned, room, selectable, widths],
  )
  const stuck = useEqual(layout.stuck)
  const density = useDensity()
  const latest = useRef(props)
  useLayoutEffect(() => {
    latest.current = props
  })
  const drawn = { list, columns, stuck, latest, selectable }
  const cells = layout.widths.length
  return (
    <div
      ref={area}
      className={classes.scroll}
      style={{ scrollPaddingLeft: layout.covered }}
      data-wide={layout.wide || undefined}
      role="region"
      aria-label={i18n._(list.title)}
      tabIndex={-1}
    >
      <table
        className={classes.table}
        style={layout.widths.includes(null) ? { minWidth: layout.least } : { width: layout.least }}
        aria-rowcount={total < 0 ? -1 : total + 1}
        aria-busy={loading}
        data-density={density}
      >
        <colgroup>
          {layout.widths.map((width, at) => (
            <col key={at} style={width === null ? undefined : { width }} />
          ))}
        </colgroup>
        <ListHead
          columns={columns}
          layout={layout}
          sort={props.sort}
          onSort={props.onSort}
          selection={selection}
          pinned={pinned}
          onOrder={props.onOrder}
          onDrag={(id, width) => setDragged({ [id]: width })}
          onWidth={(id, width) => {
            setDragged({})
            props.onWidth(id, width)
          }}
        />
        {loading ? (
          <SkeletonRows cells={cells} />
        ) : rows.length > manyRows ? (
          <SomeRows {...props} drawn={drawn} cells={cells} />
        ) : (
          <AllRows {...props} drawn={drawn} cells={cells} />
        )}
      </table>
    </div>
  )
}

/** As the person likes it; a finger always gets the higher rows. */
function useDensity(): Preferences['density'] {
  const { density } = usePreferences()
  const finger = useMediaQuery('(pointer: coarse)', undefined, { getInitialValueInEffect: false }) ?? false
  return finger ? 'comfortable' : density
}

/** The value of before as long as it says the same. */
function useEqual<T>(value: T): T {
  const text = JSON.stringify(value)
  // eslint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => value, [text])
}

function SkeletonRows({ cells }: { readonly cells: number }) {
  return (
    <tbody aria-hidden>
      {Array.from({ length: 12 }, (_, row) => (
        <tr key={row} className={classes.row}>
          {Array.from({ length: cells }, (__, cell) => (
            <td key={cell}>
              <Skeleton height={10} width={`${50 + ((row * 7 + cell * 23) % 40)}%`} radius="xl" />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  )
}

interface BodyProps<Row> extends Props<Row> {
  readonly drawn: Drawn<Row>
  /** Of each row. */
  readonly cells: number
}

function AllRows<Row>(props: BodyProps<Row>) {
  const { rows, cells } = props
  const count = useFirstFew(rows.length, firstRows)
  const rest = rows.length - count
  const rowHeight = rowHeights[useDensity()]
  return (
    <tbody>
      {rows.slice(0, count).map((_, index) => drawnRow(props, index))}
      {rest > 0 && <Gap height={rest * rowHeight} cells={cells} />}
    </tbody>
  )
}

/** Draws the rows in sight, and always the one that has the focus, so that it is not lost by scrolling. */
function SomeRows<Row>(props: BodyProps<Row>) {
  const { rows, active, scrollTo, cells } = props
  const body = useRef<HTMLTableSectionElement>(null)
  const [margin, setMargin] = useState(0)
  const rowHeight = rowHeights[useDensity()]
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
  // Its heights are counted anew when the rows get higher or lower.
  useLayoutEffect(() => virtual.measure(), [virtual, rowHeight])
  const items = virtual.getVirtualItems()
  const shown: ReactNode[] = []
  let at = 0
  for (const item of items) {
    const start = item.start - margin
    if (start > at) shown.push(<Gap key={`gap ${item.index}`} height={start - at} cells={cells} />)
    shown.push(drawnRow(props, item.index))
    at = item.end - margin
  }
  const rest = virtual.getTotalSize() - at
  if (rest > 0) shown.push(<Gap key="rest" height={rest} cells={cells} />)
  return <tbody ref={body}>{shown}</tbody>
}

function drawnRow<Row>({ list, rows, active, selection, drawn }: BodyProps<Row>, index: number): ReactNode {
  const row = rows[index]!
  const id = list.idOf(row)
  return (
    <ListRow
      key={id}
      {...drawn}
      row={row}
      index={index}
      active={index === active}
      selected={selection?.has(id) ?? false}
    />
  )
}

function Gap({ height, cells }: { readonly height: number; readonly cells: number }) {
  return (
    <tr aria-hidden>
      <td colSpan={cells} style={{ height, padding: 0, border: 0 }}>
        {'\u00a0'}
      </td>
    </tr>
  )
}
