import { useLingui } from '@lingui/react/macro'
import { useVirtualizer, defaultRangeExtractor } from '@tanstack/react-virtual'
import {
  type ClipboardEvent,
  type CSSProperties,
  type FocusEvent,
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useRef,
  useSyncExternalStore,
} from 'react'
import { useOwnShortcuts } from '../page/index.ts'
import { isFigure, widths } from './columns.ts'
import { useGrid } from './grid-context.ts'
import { gridShortcuts } from './grid-keys.ts'
import classes from './grid.module.css'
import { checkLeft, useLineCheck } from './line-check.ts'
import { Row } from './row.tsx'
import { columnWords } from './words.ts'

/** From so many lines on only those in view are drawn. */
const manyRows = 60
const rowHeight = 52
/** Of the row of headings, which stays while rows scroll. */
const headHeight = 40

interface Props {
  readonly label: string
  /** A table was pasted. */
  readonly onPaste: (text: string) => void
  /** The lines as a table for the clipboard. */
  readonly onCopy: () => string
}

/** The lines as a grid: one live field, everything else text. */
export function LineGrid({ label, onPaste, onCopy }: Props) {
  const { i18n, t } = useLingui()
  const { model } = useGrid()
  const { store, kind } = model
  const id = useId()
  const root = useRef<HTMLDivElement>(null)
  const inside = useRef(false)
  const order = useSyncExternalStore(store.subscribeOrder, store.order)
  const cursor = useSyncExternalStore(model.subscribe, () => model.state().cursor)
  const editing = useSyncExternalStore(model.subscribe, () => model.state().editing !== null)
  useOwnShortcuts(gridShortcuts)
  useLineCheck(model)
  const cursorIndex = cursor === null ? -1 : order.indexOf(cursor.key)

  // The focus follows the cursor while it is in the grid, also when an answer of the server moved it.
  useLayoutEffect(() => {
    if (cursor === null || editing) return
    if (!inside.current && !model.takeVisit()) return
    const cell = document.getElementById(`${id}-${cursor.key}-${cursor.column}`)
    if (cell !== null && cell !== document.activeElement) cell.focus()
  }, [cursor, editing, id, order, model])

  useEffect(() => {
    const pressed = (event: PointerEvent) => {
      const target = event.target as Element
      if (root.current?.contains(target) === true || target.closest('[data-portal]') !== null) return
      inside.current = false
      model.leaveCell()
    }
    document.addEventListener('pointerdown', pressed, true)
    return () => document.removeEventListener('pointerdown', pressed, true)
  }, [model])

  const keyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return
    if (event.target instanceof HTMLButtonElement) return
    const ctrl = event.ctrlKey || event.metaKey
    // AltGr is Ctrl and Alt on some systems, and types a letter.
    const letter = event.key.length === 1 && event.getModifierState('AltGraph')
    const taken = model.key({
      key: event.key,
      ctrl: ctrl && !letter,
      shift: event.shiftKey,
      alt: event.altKey && !letter,
      time: event.timeStamp,
    })
    if (taken) event.preventDefault()
    const modified = ctrl && !letter
    if (taken || (!modified && event.key.length === 1)) event.stopPropagation()
  }
  // Keys act on the cell of the model, not on the one that happens to be drawn: where the browser has taken the
  // focus away with a cell that is drawn no more, they still are the grid's.
  const keyOfPage = useEffectEvent((event: KeyboardEvent) => {
    if (inside.current && event.target === document.body && model.state().editing === null) keyDown(event)
  })
  useEffect(() => {
    document.addEventListener('keydown', keyOfPage, true)
    return () => document.removeEventListener('keydown', keyOfPage, true)
  }, [])
  const blur = (event: FocusEvent) => {
    const next = event.relatedTarget as Element | null
    if (next === null || root.current?.contains(next) === true) return
    inside.current = false
    model.leaveCell()
    if (cursor !== null) checkLeft(store, cursor.key, model.context)
  }
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain')
    // One cell's text goes into the cell that is edited.
    if (!/[\t\n]/.test(text.trim()) && model.state().editing !== null) return
    event.preventDefault()
    if (/[\t\n;]/.test(text.trim())) onPaste(text)
    else model.edit(text.trim())
  }
  const copy = (event: ClipboardEvent) => {
    if (model.state().editing !== null) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', onCopy())
  }

  const style = {
    '--columns': ['2.25rem', ...kind.columns.map((column) => widths[column]), 'var(--tools)'].join(' '),
  } as CSSProperties
  return (
    <div
      ref={root}
      role="grid"
      tabIndex={-1}
      aria-label={label}
      aria-rowcount={order.length + 1}
      aria-colcount={kind.columns.length + 2}
      className={classes.grid}
      data-many={order.length >= manyRows || undefined}
      style={style}
      onKeyDown={(event) => {
        keyDown(event.nativeEvent)
        if (event.nativeEvent.cancelBubble) event.stopPropagation()
      }}
      onFocus={() => {
        inside.current = true
      }}
      onBlur={blur}
      onPaste={paste}
      onCopy={copy}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" aria-rowindex={1} className={classes.row}>
          <div role="columnheader" className={classes.number}>
            <span className="visually-hidden">#</span>
          </div>
          {kind.columns.map((column) => (
            <div
              key={column}
              role="columnheader"
              className={classes.heading}
              data-figure={isFigure(column) || undefined}
            >
              {i18n._(columnWords[column])}
            </div>
          ))}
          <div role="columnheader" className={classes.tools} aria-label={t`Actions`} />
        </div>
      </div>
      {order.length >= manyRows ? (
        <ManyRows id={id} order={order} cursorIndex={cursorIndex} root={root} />
      ) : (
        <div role="rowgroup">
          {order.map((key, index) => (
            <Row key={key} rowKey={key} index={index} id={id} entry={cursorIndex < 0 && index === 0} />
          ))}
        </div>
      )}
    </div>
  )
}

interface ManyProps {
  readonly id: string
  readonly order: readonly string[]
  readonly cursorIndex: number
  readonly root: { readonly current: HTMLDivElement | null }
}

/** The rows in view, and the one with the cursor wherever it is: the focus survives scrolling. */
function ManyRows({ id, order, cursorIndex, root }: ManyProps) {
  const virtual = useVirtualizer({
    count: order.length,
    getScrollElement: () => root.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => order[index]!,
    overscan: 4,
    // Offsets count from below the headings.
    scrollPaddingEnd: headHeight,
    // A key that scrolls is drawn once, with what else it changed.
    useFlushSync: false,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range)
      if (cursorIndex < 0 || shown.includes(cursorIndex)) return shown
      return [...shown, cursorIndex].sort((a, b) => a - b)
    },
  })
  // Added lines go below what is in view.
  useLayoutEffect(() => {
    if (cursorIndex < 0) return
    const { scrollOffset, scrollRect } = virtual
    const row = virtual.measurementsCache[cursorIndex]
    // To ask where to scroll makes the browser lay the page out, with every key.
    const seen =
      row !== undefined &&
      scrollOffset !== null &&
      scrollRect !== null &&
      row.start >= scrollOffset &&
      row.end + headHeight <= scrollOffset + scrollRect.height
    if (!seen) virtual.scrollToIndex(cursorIndex, { align: 'auto' })
  }, [virtual, cursorIndex])
  const items = virtual.getVirtualItems()
  return (
    <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
      {items.map((item) => (
        <Row
          key={item.key}
          rowKey={order[item.index]!}
          index={item.index}
          id={id}
          entry={cursorIndex < 0 && item.index === 0}
          measure={virtual.measureElement}
          top={item.start}
        />
      ))}
    </div>
  )
}
