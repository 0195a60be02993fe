import { useLingui } from '@lingui/react/macro'
import { IconArrowDown, IconArrowUp, IconSelector } from '@tabler/icons-react'
import type { CSSProperties, PointerEvent } from 'react'
import type { ColumnLayout } from './column-layout.ts'
import type { ListColumn } from './description.ts'
import classes from './list.module.css'
import { type Carried, useColumnDrag } from './use-column-drag.ts'
import type { Selection } from './use-selection.ts'
import { WidthHandle } from './width-handle.tsx'

interface Props<Row> {
  readonly columns: readonly ListColumn<Row>[]
  readonly layout: ColumnLayout
  readonly sort: string
  readonly onSort: (sort: string) => void
  /** Null: nothing can be done to many rows. */
  readonly selection: Selection | null
  /** While the edge of a column is dragged. */
  readonly onDrag: (id: string, width: number) => void
  /** Null: as wide as usual. */
  readonly onWidth: (id: string, width: number | null) => void
  /** So many columns after the first stay in sight. */
  readonly pinned: number
  readonly onOrder: (columns: readonly string[]) => void
}

/** The first row of a list: what stands in the columns, by what they are sorted, and their edges. */
export function ListHead<Row>(props: Props<Row>) {
  const { columns, layout, sort, onSort, selection, onDrag, onWidth, pinned, onOrder } = props
  const { t } = useLingui()
  const { carried, start } = useColumnDrag({ columns: columns.map(({ id }) => id), pinned, onOrder })
  const before = selection === null ? 0 : 1
  return (
    <thead className={classes.head}>
      <tr aria-rowindex={1}>
        {selection !== null && (
          <th scope="col" className={classes.check} style={layout.stuck[0]}>
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
            sort={sort}
            onSort={onSort}
            stuck={layout.stuck[before + at]}
            carried={carried}
            onCarry={at === 0 ? undefined : start(column.id)}
            onDrag={(width) => onDrag(column.id, width)}
            onWidth={(width) => onWidth(column.id, width)}
          />
        ))}
      </tr>
    </thead>
  )
}

interface CellProps<Row> extends Pick<Props<Row>, 'sort' | 'onSort'> {
  readonly column: ListColumn<Row>
  readonly stuck: CSSProperties | undefined
  readonly onDrag: (width: number) => void
  readonly onWidth: (width: number | null) => void
  readonly carried: Carried | null
  /** Left out: it stays where it is. */
  readonly onCarry: ((event: PointerEvent<HTMLTableCellElement>) => void) | undefined
}

function HeadCell<Row>({ column, sort, onSort, stuck, onDrag, onWidth, carried, onCarry }: CellProps<Row>) {
  const { i18n } = useLingui()
  const label = i18n._(column.label)
  const by = column.sort
  const now =
    by === undefined ? undefined : sort === by ? 'ascending' : sort === `-${by}` ? 'descending' : 'none'
  return (
    <th
      scope="col"
      data-column={column.id}
      data-align={column.align}
      data-stuck={stuck !== undefined || undefined}
      data-carried={carried?.id === column.id || undefined}
      data-lands={carried?.at?.id === column.id ? carried.at.side : undefined}
      data-movable={onCarry !== undefined || undefined}
      onPointerDown={onCarry}
      aria-sort={now}
      style={stuck}
    >
      {by === undefined || now === undefined ? (
        label
      ) : (
        <button
          type="button"
          className={classes.sort}
          onClick={() => onSort(now === 'none' ? `-${by}` : now === 'descending' ? by : '')}
        >
          {label}
          <SortIcon now={now} />
        </button>
      )}
      <WidthHandle onDrag={onDrag} onWidth={onWidth} />
    </th>
  )
}

function SortIcon({ now }: { readonly now: 'ascending' | 'descending' | 'none' }) {
  const Icon = now === 'ascending' ? IconArrowUp : now === 'descending' ? IconArrowDown : IconSelector
  return <Icon size={14} aria-hidden data-quiet={now === 'none' || undefined} />
}
