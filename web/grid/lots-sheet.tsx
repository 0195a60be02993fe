import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Kbd, Modal, Stack } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { useFormat } from '../ui/format.ts'
import { type LotsInput, TrackedFields, namedLots, serialsOf } from '../ui/lots/index.ts'
import { afterCell } from './cell-walk.ts'
import { useGrid } from './grid-context.ts'
import type { Line } from './line.ts'
import { isCountOfOneLot, leftOfLots, trackedGoods, wantedOfLots, wayOfLots } from './line-lots.ts'

/** The lots or serial numbers of a line, while they are being named. */
export function LotsSheet() {
  const { model } = useGrid()
  const naming = useSyncExternalStore(model.naming.subscribe, model.naming.state)
  const line = naming === null ? undefined : model.store.line(naming.key)
  if (naming === null || line === undefined) return null
  return <Sheet key={naming.key} line={line} typed={naming.text} />
}

interface Props {
  readonly line: Line
  readonly typed: string
}

/** Enter goes from field to field and, behind the last, to what is missing; Ctrl and Enter keep what is named. */
function Sheet({ line, typed }: Props) {
  const { t } = useLingui()
  const { model } = useGrid()
  const format = useFormat()
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? false
  const { kind, store } = model
  const product = line.product!
  const way = wayOfLots(kind, line)
  const single = isCountOfOneLot(line)
  const [input, setInput] = useState<LotsInput>(() => begun(line, way, typed))
  const fields = useRef<HTMLDivElement>(null)
  const close = (kept: boolean) => {
    model.naming.close()
    const here = { key: line.key, column: 'lots' } as const
    const { key, column } = kept ? afterCell(here, store, kind) : here
    // The focus goes back into the grid once the sheet has let it go.
    setTimeout(() => model.visit(key, column))
  }
  const keep = () => {
    const { lots: _, ...faults } = line.faults
    store.update(line.key, { lots: namedLots(input), serials: serialsOf(input).join('\n'), faults })
    close(true)
  }
  const left = leftOfLots({ ...line, ...input })
  const enter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault()
      event.stopPropagation()
      keep()
      return
    }
    if (!(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    const all = [...(fields.current?.querySelectorAll<HTMLInputElement>('[data-lot-field]') ?? [])]
    const next = all[all.indexOf(event.target) + 1]
    if (next !== undefined) next.focus()
    else if (left === '0' || single || way === 'out') keep()
    else setInput({ ...input, lots: [...input.lots, { number: '', expiresOn: '', quantity: left }] })
  }
  const unit = product.units[0]?.unit ?? ''
  const wanted = format.quantity(wantedOfLots(line), unit)
  const { sku } = product
  return (
    <Modal
      opened
      onClose={() => close(false)}
      title={
        product.tracking === 'serial' ? t`Serial numbers of ${sku}: ${wanted}` : t`Lots of ${sku}: ${wanted}`
      }
      size="lg"
      fullScreen={phone}
      returnFocus={false}
      closeOnClickOutside={false}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': t`Close` }}
      onKeyDown={enter}
    >
      <Stack gap="md">
        <FirstFocus fields={fields} again={way === 'in' ? Math.max(1, input.lots.length) : 0}>
          <LineLots line={line} input={input} onChange={setInput} focused />
        </FirstFocus>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => close(false)}>
            <Trans>Back</Trans>
          </Button>
          <Button onClick={keep} rightSection={phone ? null : <Kbd size="xs">Ctrl ↵</Kbd>}>
            <Trans>Keep</Trans>
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

interface FirstFocusProps {
  readonly fields: RefObject<HTMLDivElement | null>
  /** The focus goes to what is new when this changes. */
  readonly again: number
  readonly children: ReactNode
}

/**
 * Focuses as soon as the fields are there and not a moment later: what a scanner types behind the first sign belongs
 * into the field.
 */
function FirstFocus({ fields, again, children }: FirstFocusProps) {
  useLayoutEffect(() => {
    const field = fields.current?.querySelector<HTMLInputElement>('[data-autofocus]')
    field?.focus()
    field?.setSelectionRange(field.value.length, field.value.length)
  }, [fields, again])
  return <div ref={fields}>{children}</div>
}

interface LineLotsProps {
  readonly line: Line
  readonly input: LotsInput
  readonly onChange: (input: LotsInput) => void
  readonly focused?: boolean
}

/** The fields for the lots of a line. */
export function LineLots({ line, input, onChange, focused = false }: LineLotsProps) {
  const { model, warehouseId } = useGrid()
  const { kind } = model
  const product = line.product!
  return (
    <TrackedFields
      goods={trackedGoods(kind, line, warehouseId)}
      tracking={product.tracking === 'serial' ? 'serial' : 'lot'}
      way={wayOfLots(kind, line)}
      chosenForYou={kind.lots?.chosenForYou === true}
      wanted={wantedOfLots(line)}
      unit={product.units[0]?.unit ?? ''}
      single={isCountOfOneLot(line)}
      focused={focused}
      input={input}
      onChange={(change) => onChange({ ...input, ...change })}
    />
  )
}

/** What the sheet begins with: what is named already, and what was typed on the cell. */
function begun(line: Line, way: 'in' | 'out', typed: string): LotsInput {
  const { lots, serials } = line
  if (typed.trim() === '') return { lots, serials }
  if (line.product?.tracking === 'serial')
    return { lots, serials: serials === '' ? typed : `${serials}\n${typed}` }
  if (way === 'out') return { lots, serials }
  const left = leftOfLots(line)
  const quantity = lots.length === 0 || left === '0' ? '' : left
  return { lots: [...lots, { number: typed, expiresOn: '', quantity }], serials }
}
