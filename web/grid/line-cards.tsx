import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { IconCamera, IconPlus } from '@tabler/icons-react'
import { Fragment, useEffect, useState, useSyncExternalStore } from 'react'
import { useLoadedWhenCalm } from '../page/index.ts'
import { ProductPicker } from '../ui/inputs/index.ts'
import { useFormat } from '../ui/format.ts'
import { CellText } from './cell-text.tsx'
import { choicesIn, isChoice } from './choices.ts'
import { isEditable, isFigure } from './columns.ts'
import { checkLeft } from './line-check.ts'
import { asksForLots } from './line-lots.ts'
import { LineLots } from './lots-sheet.tsx'
import { cellText, filled, withProduct } from './fill.ts'
import { useGrid } from './grid-context.ts'
import classes from './grid.module.css'
import { type Field, type Line, isEmpty, lineProduct } from './line.ts'
import { NewProduct } from './new-product.tsx'
import { columnWords } from './words.ts'
import { useQueryClient } from '@tanstack/react-query'
import { documentQuery } from '../api/index.ts'

const loadScanSheet = () => import('./scan-sheet.tsx')

/** The lines on a phone: cards, and a form over the whole screen for one of them. */
export function LineCards({ label }: { readonly label: string }) {
  const { model } = useGrid()
  const { store } = model
  const order = useSyncExternalStore(store.subscribeOrder, store.order)
  const [open, setOpen] = useState<string | null>(null)
  const [scanning, setScanning] = useState(false)
  const sheet = useLoadedWhenCalm(loadScanSheet, scanning)
  const last = order.at(-1)!
  /** What was left is checked, wherever one goes on. */
  const go = (key: string | null) => {
    if (open !== null) checkLeft(store, open, model.context)
    setOpen(key)
  }
  // A link to a cell opens the form of its line.
  useEffect(
    () =>
      model.subscribe(() => {
        const { cursor } = model.state()
        if (cursor !== null && model.takeVisit()) setOpen(cursor.key)
      }),
    [model],
  )
  return (
    <>
      <ol className={classes.cards} aria-label={label} style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {order.map((key, index) => (
          <Card key={key} rowKey={key} number={index + 1} onOpen={() => setOpen(key)} />
        ))}
      </ol>
      {model.kind.fixedLines !== true && (
        <Group grow>
          <Button
            variant="default"
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => setOpen(last)}
          >
            <Trans>Add line</Trans>
          </Button>
          <Button leftSection={<IconCamera size={18} aria-hidden />} onClick={() => setScanning(true)}>
            <Trans>Scan</Trans>
          </Button>
        </Group>
      )}
      {scanning && sheet !== null && <sheet.ScanSheet onClose={() => setScanning(false)} />}
      {open !== null && order.includes(open) && (
        <LineForm key={open} rowKey={open} order={order} onGo={go} onClose={() => go(null)} />
      )}
      <NewProduct />
    </>
  )
}

interface CardProps {
  readonly rowKey: string
  readonly number: number
  readonly onOpen: () => void
}

function Card({ rowKey, number, onOpen }: CardProps) {
  const { model } = useGrid()
  const line = useLine(rowKey)
  if (line === undefined || isEmpty(line)) return null
  const faults = Object.values(line.faults)
  const { columns } = model.kind
  return (
    <li>
      <button
        type="button"
        className={classes.card}
        data-fault={faults.length > 0 || undefined}
        data-field={`lines.${number - 1}`}
        onClick={onOpen}
      >
        <span>
          <span className={classes.code}>{line.product?.sku ?? line.code}</span> {line.description}
        </span>
        <span data-figure>{columns.includes('net') && <CellText line={line} column="net" />}</span>
        <span className={classes.quiet}>
          {columns.includes('quantity') ? (
            <>
              <CellText line={line} column="quantity" /> {line.unit}
            </>
          ) : (
            <CellText line={line} column={line.counted === '' ? 'change' : 'counted'} />
          )}
        </span>
        <span className={classes.quiet}>
          {columns.includes('price') && line.price !== '' && <CellText line={line} column="price" />}
        </span>
        {faults.map((fault) => (
          <span key={fault} className={classes.cardFault}>
            {fault}
          </span>
        ))}
      </button>
    </li>
  )
}

function useLine(key: string): Line | undefined {
  const { model } = useGrid()
  return useSyncExternalStore(
    (listener) => model.store.subscribeRow(key, listener),
    () => model.store.line(key),
  )
}

interface FormProps {
  readonly rowKey: string
  readonly order: readonly string[]
  readonly onGo: (key: string) => void
  readonly onClose: () => void
}

function LineForm({ rowKey, order, onGo, onClose }: FormProps) {
  const { t, i18n } = useLingui()
  const { model } = useGrid()
  const client = useQueryClient()
  const line = useLine(rowKey)
  /** What was typed to find the product. */
  const [sought, setSought] = useState('')
  if (line === undefined) return null
  const at = order.indexOf(rowKey)
  const fields = model.kind.columns.filter(isEditable).filter((column) => model.mayEdit(column))
  const take = async (id: string | null) => {
    if (id === null) {
      model.store.update(rowKey, { product: null, code: '', quote: null, quoteState: 'none' })
      return
    }
    const product = lineProduct(await client.fetchQuery(documentQuery('products', id)))
    const now = model.store.line(rowKey)
    if (now === undefined) return
    const unit = product.units[0]?.unit ?? ''
    const change = withProduct(now, { product, unit, exact: true })
    model.store.update(rowKey, model.kind.columns.includes('quantity') ? change : { ...change, quantity: '' })
    model.askFor(rowKey)
  }
  const next = order[at + 1]
  const number = at + 1
  return (
    <Modal
      opened
      fullScreen
      onClose={onClose}
      title={t`Line ${number}`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Stack gap="sm">
        {fields.map((field) =>
          field === 'product' ? (
            <Fragment key={field}>
              {line.product === null && model.makes && (
                <Button
                  variant="subtle"
                  // Above the field: its choices open below it.
                  style={{ alignSelf: 'start' }}
                  leftSection={<IconPlus size={18} aria-hidden />}
                  onClick={() => {
                    model.focus(rowKey, 'product')
                    model.make(sought)
                  }}
                >
                  {sought.trim() === '' ? <Trans>New product</Trans> : <Trans>New product “{sought}”</Trans>}
                </Button>
              )}
              <ProductPicker
                label={t`Product`}
                value={line.product?.id ?? null}
                initialLabel={line.product?.sku}
                error={line.faults.product}
                onChange={(id) => void take(id)}
                onInput={(event) => setSought(event.currentTarget.value)}
                data-autofocus
              />
            </Fragment>
          ) : field === 'taxes' || (field === 'lots' && !asksForLots(model.kind, line)) ? null : field ===
            'lots' ? (
            <LotsOfLine key={field} line={line} />
          ) : isChoice(field) ? (
            <NativeSelect
              key={field}
              label={i18n._(columnWords[field])}
              value={line[field]}
              data={choicesIn(field).map(([value, word]) => ({ value, label: i18n._(word) }))}
              onChange={(event) => model.store.update(rowKey, { [field]: event.currentTarget.value })}
            />
          ) : (
            <LineField key={field} line={line} field={field} label={i18n._(columnWords[field])} />
          ),
        )}
        {line.product !== null && (
          <Text size="sm" component="div">
            <CellText line={line} column="product" />
          </Text>
        )}
        <Group grow>
          <Button variant="default" disabled={at === 0} onClick={() => onGo(order[at - 1]!)}>
            <Trans>Previous</Trans>
          </Button>
          <Button variant="default" disabled={next === undefined} onClick={() => onGo(next!)}>
            <Trans>Next</Trans>
          </Button>
        </Group>
        <Button size="md" onClick={() => (next === undefined ? onClose() : onGo(next))}>
          <Trans>Save and next</Trans>
        </Button>
        <Button
          variant="subtle"
          color="red"
          onClick={() => {
            model.removeLine(rowKey)
            onClose()
          }}
        >
          <Trans>Remove line</Trans>
        </Button>
      </Stack>
    </Modal>
  )
}

interface FieldProps {
  readonly line: Line
  readonly field: Exclude<Field, 'product' | 'taxes' | 'lots'>
  readonly label: string
}

function LotsOfLine({ line }: { readonly line: Line }) {
  const { model } = useGrid()
  return (
    <div>
      <LineLots
        line={line}
        input={line}
        onChange={({ lots, serials }) => model.store.update(line.key, { lots, serials })}
      />
      {line.faults.lots !== undefined && <span className={classes.cardFault}>{line.faults.lots}</span>}
    </div>
  )
}

function LineField({ line, field, label }: FieldProps) {
  const { model } = useGrid()
  const { language } = useFormat()
  const [text, setText] = useState<string | null>(null)
  const commit = () => {
    if (text === null) return
    setText(null)
    model.store.update(line.key, filled(line, field, text, model.context))
    model.askFor(line.key)
  }
  return (
    <TextInput
      label={label}
      error={line.faults[field]}
      inputMode={isFigure(field) ? 'decimal' : 'text'}
      autoComplete="off"
      value={text ?? cellText(line, field, language)}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
    />
  )
}
