import { Trans, useLingui } from '@lingui/react/macro'
import { Button, TextInput } from '@mantine/core'
import { IconClipboard, IconCopy, IconSearch } from '@tabler/icons-react'
import { useRef, useState, useSyncExternalStore } from 'react'
import { useLoadedWhenCalm, useShortcut } from '../page/index.ts'
import { useFormat } from '../ui/format.ts'
import { notify } from '../ui/notify.tsx'
import { keyText } from '../ui/shortcuts.ts'
import { cellText } from './fill.ts'
import { isEditable } from './columns.ts'
import { LineGrid } from './grid.tsx'
import { useGrid } from './grid-context.ts'
import classes from './grid.module.css'
import { type Line, isEmpty } from './line.ts'
import { NewProduct } from './new-product.tsx'
import { writeSheet } from './sheet-text.ts'
import { columnWords } from './words.ts'

interface Props {
  readonly label: string
  /** A vendor whose own codes a paste may hold. */
  readonly partyId: string | null
  readonly ask: (keys: readonly string[]) => void
}

const loadSheet = () => import('./paste-sheet.tsx')
const loadLots = () => import('./lots-sheet.tsx')

/** The grid with what stands above it: find, paste, copy. */
export function LinesBar({ label, partyId, ask }: Props) {
  const { t, i18n } = useLingui()
  const { model, totals } = useGrid()
  const { language } = useFormat()
  const [pasted, setPasted] = useState<string | null>(null)
  const sheet = useLoadedWhenCalm(loadSheet, pasted !== null)

  const asTable = (): string => {
    const columns = model.kind.columns
    const heading = columns.map((column) => i18n._(columnWords[column]))
    const { nets } = totals.known()
    const rows = model.store.filled().map((line) =>
      columns.map((column) => {
        if (isEditable(column)) return cellText(line, column, language)
        return column === 'net' ? (nets.get(line.key) ?? '') : (line.quote?.onHand ?? '')
      }),
    )
    return writeSheet([heading, ...rows])
  }
  const copy = async () => {
    await navigator.clipboard.writeText(asTable())
    notify.done(t`Lines copied`)
  }
  const paste = async () => {
    try {
      setPasted(await navigator.clipboard.readText())
    } catch {
      notify.info(t`Put the cursor into the grid and press Ctrl + V.`)
    }
  }
  /** The focus goes back into the grid, once the sheet has let it go. */
  const closed = (key: string) => {
    setPasted(null)
    setTimeout(() => model.visit(key, 'product'))
  }
  const insert = (lines: readonly Line[]) => {
    const { store } = model
    store.remember()
    const all = store.all()
    const { cursor } = model.state()
    const here = cursor === null ? undefined : store.line(cursor.key)
    // Into the empty row, or below the one with the cursor.
    const after =
      here === undefined || isEmpty(here) ? (all.findLast((line) => !isEmpty(line))?.key ?? null) : here.key
    store.insertAfter(after, lines)
    ask(lines.filter(({ product }) => product !== null).map(({ key }) => key))
    closed(store.order().at(-1)!)
  }
  return (
    <>
      <div className={classes.bar}>
        <FindLine />
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconClipboard size={16} aria-hidden />}
          onClick={() => void paste()}
        >
          <Trans>Paste rows</Trans>
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconCopy size={16} aria-hidden />}
          onClick={() => void copy()}
        >
          <Trans>Copy lines</Trans>
        </Button>
      </div>
      <LineGrid label={label} onPaste={setPasted} onCopy={asTable} />
      <NewProduct />
      <Lots />
      {pasted !== null && sheet !== null && (
        <sheet.PasteSheet
          text={pasted}
          partyId={partyId}
          onInsert={insert}
          onClose={() => closed(model.state().cursor?.key ?? model.store.order()[0]!)}
        />
      )}
    </>
  )
}

/** The browser's own search sees drawn rows only. */
function FindLine() {
  const { t } = useLingui()
  const { model } = useGrid()
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useShortcut('find', () => field.current?.focus())
  const find = () => {
    const asked = text.trim().toLowerCase()
    if (asked === '') return
    const order = model.store.order()
    const { cursor } = model.state()
    const from = cursor === null ? 0 : order.indexOf(cursor.key) + 1
    const around = [...order.slice(from), ...order.slice(0, from)]
    const found = around.find((key) => {
      const line = model.store.line(key)!
      const words = [line.product?.sku, line.product?.name, line.description, line.code].join(' ')
      return words.toLowerCase().includes(asked)
    })
    if (found === undefined) notify.info(t`No line has “${text.trim()}”`)
    else model.visit(found, 'product')
  }
  return (
    <TextInput
      ref={field}
      size="xs"
      aria-label={t`Find in lines`}
      aria-keyshortcuts={keyText('find')}
      placeholder={t`Find in lines`}
      leftSection={<IconSearch size={14} aria-hidden />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return
        event.preventDefault()
        find()
      }}
    />
  )
}

/** Lots and serial numbers of a line are named in a sheet of their own, which few orders need. */
function Lots() {
  const { model } = useGrid()
  const naming = useSyncExternalStore(model.naming.subscribe, model.naming.state)
  const sheet = useLoadedWhenCalm(loadLots, naming !== null)
  return sheet && <sheet.LotsSheet />
}
