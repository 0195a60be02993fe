import { Trans, useLingui } from '@lingui/react/macro'
import { Collapse, Group, Radio, Stack, TextInput, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { type ReactNode, useMemo, useState } from 'react'
import { decimal, max, zero } from '../../../../src/kernel/decimal.ts'
import type { OneOf } from '../../../api/index.ts'
import {
  ActionDialog,
  type QuantityRow,
  QuantityTable,
  type RowInput,
  useAttachPhotos,
  useQuantities,
} from '../../../patterns/index.ts'
import { usePermissions } from '../../../session/index.ts'
import { DateField, isDate } from '../../../ui/inputs/index.ts'
import { pathOfKind } from '../../../ui/kinds.ts'
import {
  type TrackedProduct,
  faultOfLots,
  figure,
  firstNamed,
  inBaseUnits,
  trackedPart,
  useTrackedProducts,
} from '../../../ui/lots/index.ts'
import classes from '../documents.module.css'
import { ProductName } from '../document/parts.tsx'
import type { DialogProps } from './dialog.tsx'

type Makes = 'delivery-note' | 'receipt-note' | 'sales-return' | 'purchase-return'
type OrderLine = OneOf<'sales-orders'>['lines'][number]
type ShipmentLine = OneOf<'delivery-notes'>['lines'][number]

interface Props extends DialogProps {
  readonly makes: Makes
}

/** Deliver, receive, take back, send back: all of it or a part, made and booked in one step. */
export function ShippingDialog({ kind, document, name, makes, onClose }: Props) {
  const { t } = useLingui()
  const { mayDo } = usePermissions()
  const fromOrder = makes === 'delivery-note' || makes === 'receipt-note'
  const isReturn = !fromOrder
  const receives = makes === 'receipt-note'
  const rows = useMemo(
    () =>
      fromOrder
        ? rowsOfOrder(document as unknown as OneOf<'sales-orders'>, receives)
        : rowsOfShipment((document as unknown as OneOf<'delivery-notes'>).lines, makes === 'purchase-return'),
    // The rows of the dialog stay those that it was opened with.
    // eslint-disable-next-line react/exhaustive-deps
    [document.id],
  )
  const quantities = useQuantities(rows)
  const tracked = useTrackedProducts(rows)
  const attach = useAttachPhotos()
  const [date, setDate] = useState('')
  const [reference, setReference] = useState('')
  const [carrier, setCarrier] = useState('')
  const [tracking, setTracking] = useState('')
  const [reason, setReason] = useState('')
  const [rest, setRest] = useState<'open' | 'close'>('open')
  const [why, setWhy] = useState('')
  const post = mayDo(makes, 'post')
  const count = quantities.used.length
  const mayClose = fromOrder && quantities.leftOpen > 0 && count > 0 && mayDo(kind, 'cancel') && post
  const closes = mayClose && rest === 'close'
  const lineOf = (row: QuantityRow): object => {
    const input = quantities.inputOf(row)
    return {
      sourceLineId: row.id,
      quantity: input.quantity === '' ? '0' : input.quantity,
      ...(receives && rejectedPart(input)),
      ...(isReturn && { disposition: makes === 'sales-return' ? input.disposition : undefined }),
      ...(makes === 'sales-return' && input.replace && { replace: true }),
      ...lotsPart(row, input, tracked.get(row.productId ?? ''), isReturn),
    }
  }
  const body = {
    ...(post && { post: true }),
    ...(date !== '' && { date }),
    ...(reference.trim() !== '' && { reference: reference.trim() }),
    ...(carrier.trim() !== '' && { carrier: carrier.trim() }),
    ...(tracking.trim() !== '' && { tracking: tracking.trim() }),
    ...(reason.trim() !== '' && { reason: reason.trim() }),
    ...(closes && { closeOrder: { reason: why.trim() } }),
    lines: quantities.used.map(lineOf),
  }
  const texts = useTexts(makes, document.number ?? '', count, post)
  const missing = ((): string | null => {
    if (quantities.unreadable !== null) return t`${quantities.unreadable.name}: this is not a quantity`
    if (count === 0) return t`Enter how much of at least one line`
    if (date !== '' && !isDate(date)) return t`Enter the date as day, month, year`
    for (const row of quantities.used) {
      if (trackingOf(tracked, row) !== 'lot') continue
      const fault = faultOfLots(quantities.inputOf(row))
      if (fault === 'quantity') return t`${row.name}: enter how much is of each lot`
      if (fault === 'date') return t`${row.name}: enter when the lot expires as day, month, year`
    }
    if (closes && why.trim() === '') return t`Enter why the rest is not expected any more`
    return null
  })()
  return (
    <ActionDialog
      title={texts.title}
      call={{ resource: pathOfKind(kind), id: document.id, name, body }}
      incomplete={missing}
      verb={texts.verb}
      answers={makes}
      wide
      done={() => texts.done}
      onDone={({ id }) =>
        void attach(
          `/${pathOfKind(makes)}/${id}`,
          quantities.used.flatMap((row) => photosOf(row, quantities.inputOf(row))),
        )
      }
      onClose={onClose}
      lineName={(at) => quantities.used[at]?.name}
    >
      {(faults) => (
        <Stack gap="md">
          <QuantityTable
            rows={rows}
            quantities={quantities}
            tracked={tracked}
            faults={faults}
            fields={{
              of: receives || makes === 'delivery-note' ? t`Ordered` : texts.of,
              done: fromOrder ? texts.doneBefore : t`Returned`,
              now: texts.now,
              ...(receives && { rejected: true }),
              ...(makes === 'sales-return' && { returned: 'from-customer' }),
              tracked: receives ? 'in' : isReturn ? 'back' : 'out',
            }}
          />
          {isReturn && (
            <TextInput
              label={t`Reason`}
              value={reason}
              maxLength={500}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          {mayClose && (
            <Radio.Group
              label={t`What is left afterwards`}
              value={rest}
              onChange={(value) => setRest(value as 'open' | 'close')}
            >
              <Group gap="lg" mt={4}>
                <Radio value="open" label={t`stays open`} />
                <Radio value="close" label={t`is not expected any more: the order is closed`} />
              </Group>
            </Radio.Group>
          )}
          {closes && (
            <TextInput
              label={t`Why is the rest not expected any more?`}
              value={why}
              maxLength={500}
              onChange={(event) => setWhy(event.currentTarget.value)}
            />
          )}
          <More>
            <DateField label={t`Date`} description={t`Left empty: today`} value={date} onChange={setDate} />
            <TextInput
              label={receives ? t`Vendor's delivery number` : t`Reference`}
              value={reference}
              maxLength={200}
              onChange={(event) => setReference(event.currentTarget.value)}
            />
            {makes === 'delivery-note' && (
              <>
                <TextInput
                  label={t`Carrier`}
                  value={carrier}
                  maxLength={200}
                  onChange={(event) => setCarrier(event.currentTarget.value)}
                />
                <TextInput
                  label={t`Tracking number`}
                  value={tracking}
                  maxLength={200}
                  onChange={(event) => setTracking(event.currentTarget.value)}
                />
              </>
            )}
          </More>
        </Stack>
      )}
    </ActionDialog>
  )
}

function rejectedPart(input: RowInput): object {
  if (!figure(input.rejected).gt('0')) return {}
  const why = input.why === 'other' ? input.reason.trim() : input.why
  return {
    rejectedQuantity: input.rejected,
    ...(why !== '' && { reason: why }),
  }
}

/** Of what is rejected now; photos of a line that is taken after all stay behind. */
function photosOf(row: QuantityRow, { rejected, photos }: RowInput) {
  if (!figure(rejected).gt('0')) return []
  return photos.map((file) => ({ name: `${row.name} ${file.name}`, file }))
}

function trackingOf(tracked: ReadonlyMap<string, TrackedProduct>, row: QuantityRow) {
  return tracked.get(row.productId ?? '')?.tracking ?? 'none'
}

/** The lots of a line. Of goods that come or go back they are those of the source, unless others were named. */
function lotsPart(
  row: QuantityRow,
  input: RowInput,
  product: TrackedProduct | undefined,
  back: boolean,
): object {
  if (product === undefined || product.tracking === 'none') return {}
  const all = figure(input.quantity).plus(figure(input.rejected)).toFixed()
  const wanted = inBaseUnits(product, all, row.unit)
  const proposes = back && product.tracking === 'lot' && input.lots.length === 0
  return trackedPart(proposes ? { ...input, lots: firstNamed(row.lots ?? [], wanted) } : input, wanted)
}

function rowsOfOrder(
  { lines, warehouseId }: { readonly lines: readonly OrderLine[]; readonly warehouseId: string },
  receives: boolean,
): QuantityRow[] {
  // What is done already stands last; it may still be exceeded within the tolerance.
  const done = (line: OrderLine): number => Number(decimal(line.open).eq('0'))
  return lines
    .filter((line) => line.stocked && decimal(line.cancelled).eq('0'))
    .sort((a, b) => done(a) - done(b))
    .map((line) => ({
      id: line.id,
      productId: line.productId,
      product: <ProductName line={line} />,
      name: line.sku ?? line.description,
      unit: line.unit,
      of: line.quantity,
      done: (receives ? line.received : line.delivered) ?? '0',
      left: line.open,
      // What comes is counted and never assumed; what goes out is what is held.
      start: receives ? '' : heldOf(line),
      warehouseId,
      ...withTolerance(line, (receives ? line.received : line.delivered) ?? '0'),
    }))
}

/** As the order allows it: what was sent back to be replaced is open again, and is not done. */
function withTolerance(line: OrderLine, moved: string): Pick<QuantityRow, 'most' | 'tolerance'> {
  const percent = decimal(line.tolerancePercent)
  if (!percent.gt('0')) return {}
  const ordered = decimal(line.quantity)
  const open = decimal(line.open)
  const done = open.gt('0') ? ordered.minus(open) : decimal(moved)
  const most = ordered.times(percent.div(decimal('100')).plus(decimal('1'))).minus(done)
  return { most: max(most, zero).toFixed(), tolerance: line.tolerancePercent }
}

/** What can go out now: all that is open, unless a part of it waits for goods. */
function heldOf(line: OrderLine): string {
  return decimal(line.backordered).gt('0') ? line.reserved : line.open
}

function rowsOfShipment(lines: readonly ShipmentLine[], toVendor: boolean): QuantityRow[] {
  return lines.map((line) => {
    const rejected = decimal(line.rejectedQuantity)
    const moved = decimal(line.quantity).plus(rejected)
    const returned = decimal(line.returned)
    const left = max(moved.minus(returned), zero).toFixed()
    // What was rejected is what goes back to a vendor first, as the API proposes it.
    const refused = max(rejected.minus(returned), zero)
    return {
      id: line.id,
      productId: line.productId,
      product: <ProductName line={line} />,
      name: line.sku,
      unit: line.unit,
      of: moved.toFixed(),
      done: line.returned,
      left,
      start: toVendor && refused.gt('0') ? refused.toFixed() : left,
      // Goods come back whether their lot has expired or not; the date is told.
      lots: line.lots.map(({ number, expiresOn, quantity }) => ({
        number,
        expiresOn,
        quantity,
        expired: false,
      })),
    }
  })
}

interface Texts {
  readonly title: ReactNode
  readonly verb: string
  readonly done: string
  readonly now: string
  readonly of: string
  readonly doneBefore: string
}

function useTexts(makes: Makes, number: string, count: number, post: boolean): Texts {
  const { t } = useLingui()
  const draft = t`Make a draft`
  const lines = String(count)
  switch (makes) {
    case 'delivery-note':
      return {
        title: t`Deliver ${number}`,
        verb: post ? (count === 1 ? t`Deliver 1 line` : t`Deliver ${lines} lines`) : draft,
        done: post ? t`Delivered:` : t`Draft made:`,
        now: t`Deliver`,
        of: t`Ordered`,
        doneBefore: t`Delivered`,
      }
    case 'receipt-note':
      return {
        title: t`Receive ${number}`,
        verb: post ? (count === 1 ? t`Receive 1 line` : t`Receive ${lines} lines`) : draft,
        done: post ? t`Received:` : t`Draft made:`,
        now: t`Accepted`,
        of: t`Ordered`,
        doneBefore: t`Received`,
      }
    case 'sales-return':
      return {
        title: t`Take goods of ${number} back`,
        verb: post ? (count === 1 ? t`Take back 1 line` : t`Take back ${lines} lines`) : draft,
        done: post ? t`Goods back:` : t`Draft made:`,
        now: t`Comes back`,
        of: t`Delivered`,
        doneBefore: t`Returned`,
      }
    case 'purchase-return':
      return {
        title: t`Send goods of ${number} back`,
        verb: post ? (count === 1 ? t`Send back 1 line` : t`Send back ${lines} lines`) : draft,
        done: post ? t`Sent back:` : t`Draft made:`,
        now: t`Goes back`,
        of: t`Received`,
        doneBefore: t`Returned`,
      }
  }
}

/** What is seldom needed. */
export function More({ children }: { readonly children: ReactNode }) {
  const [opened, setOpened] = useState(false)
  const Icon = opened ? IconChevronDown : IconChevronRight
  return (
    <div>
      <UnstyledButton className={classes.more} aria-expanded={opened} onClick={() => setOpened((is) => !is)}>
        <Icon size={16} aria-hidden /> <Trans>Date, reference and more</Trans>
      </UnstyledButton>
      <Collapse expanded={opened}>
        <div className={classes.moreFields}>{children}</div>
      </Collapse>
    </div>
  )
}
