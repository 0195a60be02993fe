import { plural } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { decimal, zero } from '../../../src/kernel/decimal.ts'
import { newKey } from '../../api/index.ts'
import { useFormat } from '../../ui/format.ts'
import type { ReadProduct } from '../data/read-code.ts'
import type { Arriving, Place } from '../data/types.ts'
import { tell } from '../feedback.ts'
import type { Scan } from '../scan/scan-queue.ts'
import { refreshIfOld, useWarehouseState } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { Current } from '../ui/current.tsx'
import { DecisionCard } from '../ui/decision.tsx'
import { LastScans } from '../ui/last-scans.tsx'
import { PendingCard } from '../ui/pending.tsx'
import { ScanField } from '../ui/scan-field.tsx'
import { Reading, Screen } from '../ui/screen.tsx'
import classes from '../ui/w.module.css'
import { transferBody } from '../work/bodies.ts'
import { type Entry, setTotal } from '../work/entries.ts'
import { leftAt } from '../work/pick-route.ts'
import { nowhere, useCounting } from '../work/use-counting.tsx'
import { type WorkHandle, useWork } from '../work/use-work.ts'
import { Review } from './review.tsx'

interface Work {
  readonly entries: readonly Entry[]
  readonly from: Pick<Place, 'id' | 'code'> | null
  readonly to: Pick<Place, 'id' | 'code'> | null
  /** Another warehouse that the goods go to; null: they stay in this one. */
  readonly toWarehouse: { readonly id: string; readonly name: string } | null
}
const begun: Work = { entries: [], from: null, to: null, toWarehouse: null }

export function Transfer() {
  const { t } = useLingui()
  const handle = useWork<Work>('transfer', begun)
  const [reviewing, setReviewing] = useState(false)
  const [arriving, setArriving] = useState<Arriving | null>(null)
  useEffect(refreshIfOld, [])
  if (!handle.ready)
    return (
      <Screen title={t`Transfer`} back="/">
        <Reading />
      </Screen>
    )
  if (arriving !== null) return <TakeIn transfer={arriving} onBack={() => setArriving(null)} />
  return reviewing ? (
    <ReviewTransfer handle={handle} onBack={() => setReviewing(false)} />
  ) : (
    <Moving handle={handle} onReview={() => setReviewing(true)} onArriving={setArriving} />
  )
}

interface MovingProps {
  readonly handle: WorkHandle<Work>
  readonly onReview: () => void
  readonly onArriving: (transfer: Arriving) => void
}

function Moving({ handle, onReview, onArriving }: MovingProps) {
  const { t } = useLingui()
  const format = useFormat()
  const { table, copies, warehouse, warehouses } = useWarehouseState()
  const { work } = handle
  const products = table?.products ?? new Map()
  const counting = useCounting<Work>({
    handle,
    // Scan from, goods, to: a place before any goods is where they lie, one after goods is where they go.
    onPlace: ({ id, code }) => {
      const { entries, from } = handle.now()
      if (from === null || entries.length === 0) {
        handle.change((now) => ({ ...now, from: { id, code } }))
        return tell('done', t`From ${code}`)
      }
      if (from.id === id)
        return counting.ask({
          title: t`${code} is where the goods lie`,
          text: t`Scan the place that they go to.`,
          actions: [counting.skip],
        })
      handle.change((now) => ({ ...now, to: { id, code }, toWarehouse: null }))
      tell('new', t`To ${code}`)
    },
    onProduct: (scan, read) => take(scan, read),
  })
  const { ask, skip, settle } = counting
  const take = (scan: Scan, read: ReadProduct): void => {
    const { from, entries } = handle.now()
    const { sku, unit } = read.product
    if (from === null)
      return ask({
        title: t`Scan first where the goods lie`,
        text: t`Then the goods, then where they go.`,
        actions: [skip],
      })
    const add = (quantity: string) =>
      counting.add(scan, { ...read, quantity }, { ...nowhere, placeId: from.id, placeCode: from.code })
    const lot = read.serial ?? read.lot
    const left = (copies?.balances ?? [])
      .filter(
        (b) => b.productId === read.product.id && b.placeId === from.id && (lot === null || b.lot === lot),
      )
      .reduce((sum, balance) => sum.plus(leftAt(balance, entries)), zero)
    if (left.gte(decimal(read.quantity))) return void add(read.quantity)
    const most = format.number(left.toFixed())
    const { code } = from
    const what = lot === null ? sku : `${sku} ${lot}`
    ask({
      title: t`Only ${most} ${unit} of ${what} lie at ${code} by the books`,
      text: t`What the books do not know cannot be moved. Count the place if more is there.`,
      actions: [
        ...(left.gt(zero)
          ? [{ label: t`Count ${most} ${unit}`, run: settle(() => void add(left.toFixed())) }]
          : []),
        skip,
      ],
    })
  }
  const { from, to, toWarehouse, entries } = work
  const stopped = counting.decision !== null
  const target = to?.code ?? toWarehouse?.name ?? null
  const others = warehouses.filter(({ id }) => id !== warehouse?.id)
  const title =
    from === null
      ? t`Scan where the goods lie`
      : entries.length === 0
        ? t`Scan the goods at ${from.code}`
        : target === null
          ? t`Scan more goods, or where they go`
          : t`From ${from.code} to ${target}`
  return (
    <Screen
      title={title}
      back="/"
      bottom={
        <Button
          primary
          refused={
            entries.length === 0
              ? t`Scan the goods first.`
              : target === null
                ? t`Scan where they go first.`
                : stopped
                  ? t`Decide first.`
                  : null
          }
          onClick={onReview}
        >
          <Trans>Check and move</Trans>
        </Button>
      }
    >
      {counting.decision !== null && <DecisionCard decision={counting.decision} />}
      {counting.pending !== null && !stopped && (
        <PendingCard
          read={counting.pending.read}
          lots={(copies?.balances ?? []).flatMap(({ productId, placeId, lot, expiresOn }) =>
            productId === counting.pending!.read.product.id && placeId === from?.id && lot !== null
              ? [{ lot, expiresOn }]
              : [],
          )}
          asksExpiry={false}
          onFill={counting.complement}
          onCancel={counting.cancel}
        />
      )}
      <ScanField label={t`From, goods, to`} />
      {!stopped && counting.pending === null && (
        <Current
          entries={entries}
          products={products}
          onTotal={(like, total) =>
            handle.change((now) => ({ ...now, entries: setTotal(now.entries, like, total) }))
          }
        />
      )}
      {entries.length > 0 && others.length > 0 && (
        <div className={classes.row} role="group" aria-label={t`To another warehouse`}>
          {others.map(({ id, name }) => (
            <Button
              key={id}
              pressed={toWarehouse?.id === id}
              onClick={() => handle.change((now) => ({ ...now, to: null, toWarehouse: { id, name } }))}
            >
              <Trans>To {name}</Trans>
            </Button>
          ))}
        </div>
      )}
      <LastScans entries={entries} onUndo={counting.undo} />
      {from !== null && (
        <Button plain onClick={() => handle.change(() => begun)}>
          <Trans>Begin anew</Trans>
        </Button>
      )}
      {entries.length === 0 && copies !== null && copies.arriving.length > 0 && (
        <section>
          <h2 className={classes.section}>
            <Trans>On the way to here</Trans>
          </h2>
          <ul className={classes.list}>
            {copies.arriving.map((transfer) => (
              <li key={transfer.id} className={classes.item}>
                <button type="button" className={classes.link} onClick={() => onArriving(transfer)}>
                  <span className={classes.strong}>{transfer.number}</span>
                  <Plural value={transfer.lines.length} one="# line" other="# lines" />
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Screen>
  )
}

function ReviewTransfer({
  handle,
  onBack,
}: {
  readonly handle: WorkHandle<Work>
  readonly onBack: () => void
}) {
  const { t } = useLingui()
  const { table, warehouse } = useWarehouseState()
  const [work] = useState(handle.now())
  const { from, to, toWarehouse, entries } = work
  const route = `${from!.code} → ${to?.code ?? toWarehouse!.name}`
  const [requests] = useState(() => [
    {
      method: 'POST' as const,
      path: '/stock-transfers',
      body: transferBody(entries, table!.products, {
        warehouseId: warehouse!.id,
        toWarehouseId: toWarehouse?.id ?? warehouse!.id,
        toLocationId: to?.id ?? null,
      }),
      subject: { what: 'transfer' as const, of: route },
    },
  ])
  // Each transfer is a task of its own: one that is refused does not hold the next.
  const [task] = useState(() => `transfer ${newKey()}`)
  const lines = new Set(entries.map(({ productId }) => productId)).size
  return (
    <Review
      title={t`This moves ${route}`}
      verb={plural(lines, { one: 'Move # line', other: 'Move # lines' })}
      requests={requests}
      task={task}
      scans={entries.map(({ code, at }) => ({ code, at }))}
      origin={{ path: '/transfer', workName: handle.name, work }}
      onBack={onBack}
      onSent={() => handle.drop()}
    />
  )
}

function TakeIn({ transfer, onBack }: { readonly transfer: Arriving; readonly onBack: () => void }) {
  const { t } = useLingui()
  const format = useFormat()
  const { number, lines } = transfer
  const [requests] = useState(() => [
    {
      method: 'POST' as const,
      path: `/stock-transfers/${transfer.id}/receive`,
      body: { lines: lines.map(({ id, rest }) => ({ sourceLineId: id, quantity: rest })) },
      subject: { what: 'arrive' as const, of: number },
    },
  ])
  return (
    <Review
      title={t`${number} arrives`}
      verb={plural(lines.length, { one: 'Take in # line', other: 'Take in # lines' })}
      requests={requests}
      task={`arrive ${transfer.id}`}
      scans={[]}
      origin={null}
      notes={lines.map(({ sku, rest, unit }) => `${sku}: ${format.quantity(rest, unit)}`)}
      onBack={onBack}
      onSent={() => {}}
    />
  )
}
