import { useLingui } from '@lingui/react/macro'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { type Ref, memo, useSyncExternalStore } from 'react'
import { keyText } from '../ui/shortcuts.ts'
import { CellEditor } from './cell-editor.tsx'
import { CellText } from './cell-text.tsx'
import { type ColumnId, isFigure } from './columns.ts'
import { useGrid } from './grid-context.ts'
import classes from './grid.module.css'
import { type Field, type Line, isEmpty } from './line.ts'
import { columnWords } from './words.ts'

interface Props {
  readonly rowKey: string
  readonly index: number
  readonly id: string
  /** Pixels from the top, where rows are placed one by one. */
  readonly top?: number
  readonly measure?: Ref<HTMLDivElement> | undefined
  /** The grid is entered here when no cell has the cursor. */
  readonly entry: boolean
}

/** One line; drawn again only when it or the cursor in it changes. */
export const Row = memo(function Row({ rowKey, index, id, top, measure, entry }: Props) {
  const { model } = useGrid()
  const { store, kind } = model
  const line = useSyncExternalStore(
    (listener) => store.subscribeRow(rowKey, listener),
    () => store.line(rowKey),
  )
  const here = useSyncExternalStore(model.subscribe, () => {
    const { cursor, editing } = model.state()
    return cursor?.key === rowKey ? `${cursor.column}${editing === null ? '' : ' edited'}` : ''
  })
  if (line === undefined) return null
  const [active, edited] = here.split(' ')
  const faults = Object.entries(line.faults).filter(([, message]) => message !== undefined)
  return (
    <div
      ref={measure}
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      data-empty={isEmpty(line) || undefined}
      className={classes.row}
      style={top === undefined ? undefined : { position: 'absolute', insetInline: 0, top }}
    >
      <div role="rowheader" className={classes.number}>
        {index + 1}
      </div>
      {kind.columns.map((column) => (
        <Cell
          key={column}
          line={line}
          column={column}
          id={`${id}-${rowKey}-${column}`}
          active={active === column}
          edited={active === column && edited !== undefined}
          entry={entry && column === kind.columns[0]}
          row={index + 1}
        />
      ))}
      <div role="gridcell" className={classes.tools}>
        {!isEmpty(line) && kind.fixedLines !== true && <Tools line={line} row={index + 1} />}
        {!isEmpty(line) && kind.fixedLines === true && <RemoveTool line={line} row={index + 1} />}
      </div>
      {faults.length > 0 && (
        <div className={classes.faults} id={`${id}-${rowKey}-faults`}>
          {faults.map(([field, message]) => (
            <span key={field}>{message}</span>
          ))}
        </div>
      )}
    </div>
  )
})

interface CellProps {
  readonly line: Line
  readonly column: ColumnId
  readonly id: string
  readonly active: boolean
  readonly edited: boolean
  readonly entry: boolean
  readonly row: number
}

function Cell({ line, column, id, active, edited, entry, row }: CellProps) {
  const { model } = useGrid()
  const { i18n } = useLingui()
  const fault = line.faults[column as Field]
  const editable = model.mayEdit(column)
  return (
    <div
      role="gridcell"
      id={id}
      tabIndex={edited ? -1 : active || entry ? 0 : -1}
      aria-invalid={fault !== undefined || undefined}
      aria-colindex={model.kind.columns.indexOf(column) + 2}
      data-active={active || undefined}
      data-edited={edited || undefined}
      data-fault={fault !== undefined || undefined}
      data-figure={isFigure(column) || undefined}
      data-readonly={!editable || undefined}
      data-column={column}
      className={classes.cell}
      onMouseDown={(event) => {
        if (edited || event.button !== 0) return
        if (event.target instanceof Element && event.target.closest('button') !== null) return
        // The editor takes the focus itself.
        event.preventDefault()
        model.focus(line.key, column, editable)
      }}
      onFocus={(event) => {
        if (event.target === event.currentTarget && !active) model.focus(line.key, column)
      }}
    >
      {edited ? (
        <CellEditor line={line} column={column as Field} label={`${i18n._(columnWords[column])}, ${row}`} />
      ) : (
        <CellText line={line} column={column} />
      )}
    </div>
  )
}

function Tools({ line, row }: { readonly line: Line; readonly row: number }) {
  const { t } = useLingui()
  const { model } = useGrid()
  return (
    <>
      <button
        type="button"
        tabIndex={-1}
        className={classes.tool}
        aria-label={t`Move line ${row} up`}
        title={`${t`Move up`} (${keyText('line-up')})`}
        onClick={() => model.store.move(line.key, -1)}
      >
        <IconArrowUp size={16} aria-hidden />
      </button>
      <button
        type="button"
        tabIndex={-1}
        className={classes.tool}
        aria-label={t`Move line ${row} down`}
        title={`${t`Move down`} (${keyText('line-down')})`}
        onClick={() => model.store.move(line.key, 1)}
      >
        <IconArrowDown size={16} aria-hidden />
      </button>
      <RemoveTool line={line} row={row} />
    </>
  )
}

function RemoveTool({ line, row }: { readonly line: Line; readonly row: number }) {
  const { t } = useLingui()
  const { model } = useGrid()
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes.tool}
      aria-label={t`Remove line ${row}`}
      title={`${t`Remove`} (${keyText('remove-line')})`}
      onClick={() => model.removeLine(line.key)}
    >
      <IconTrash size={16} aria-hidden />
    </button>
  )
}
