import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { decimal, max, zero } from '../../../src/kernel/decimal.ts'
import { useFormat } from '../../ui/format.ts'
import type { ReadProduct } from '../data/read-code.ts'
import type { Place, Task, TaskLine } from '../data/types.ts'
import { tell } from '../feedback.ts'
import { go } from '../path.ts'
import { rejections, useRejection } from '../rejections.ts'
import type { Scan } from '../scan/scan-queue.ts'
import { may, stateNow, today, useWarehouseState } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { Current } from '../ui/current.tsx'
import { DecisionCard } from '../ui/decision.tsx'
import { LastScans } from '../ui/last-scans.tsx'
import { Lines } from '../ui/lines.tsx'
import { PendingCard } from '../ui/pending.tsx'
import { ScanField } from '../ui/scan-field.tsx'
import { Reading, Screen } from '../ui/screen.tsx'
import classes from '../ui/w.module.css'
import { extraBody, receiptBody } from '../work/bodies.ts'
import { type Entry, allot, alike, countedOn, setTotal, totalOf } from '../work/entries.ts'
import { useCounting } from '../work/use-counting.tsx'
import { useTask } from '../work/use-task.ts'
import { type WorkHandle, useWork } from '../work/use-work.ts'
import { Review } from './review.tsx'

interface Work {
  readonly entries: readonly Entry[]
  /** Where accepted goods are put away; null: the warehouse's usual place. */
  readonly place: Place | null
  /** Why what is scanned now is rejected; null: it is accepted. */
  readonly rejecting: string | null
}
const begun: Work = { entries: [], place: null, rejecting: null }

export function Receive({ id }: { readonly id: string }) {
  const { t } = useLingui()
  const task = useTask('receipts', id)
  const handle = useWork<Work>(`receive ${id}`, begun)
  const [reviewing, setReviewing] = useState(false)
  if (task === null || !handle.ready)
    return (
      <Screen title={t`Receive`} back="/receive">
        <Reading />
      </Screen>
    )
  if (task === 'missing')
    return (
      <Screen title={t`This order is not to be received here`} back="/receive">
        <p className={classes.quiet}>
          <Trans>It is received, closed, of another warehouse, or was never read on this device.</Trans>
        </p>
      </Screen>
    )
  return reviewing ? (
    <ReviewReceipt task={task} handle={handle} onBack={() => setReviewing(false)} />
  ) : (
    <Counting task={task} handle={handle} onReview={() => setReviewing(true)} />
  )
}

interface Props {
  readonly task: Task
  readonly handle: WorkHandle<Work>
}

function Counting({ task, handle, onReview }: Props & { readonly onReview: () => void }) {
  const { t } = useLingui()
  const format = useFormat()
  const { table, copies } = useWarehouseState()
  const { number } = task
  const { work } = handle
  const why = useRejection()

  const counting = useCounting<Work>({
    handle,
    onProduct: (scan, read) => take(scan, read),
    onPlace: (place) => {
      if (place.type === 'quarantine') {
        const { code } = place
        return counting.ask({
          title: t`${code} is for quarantine`,
          text: t`Accepted goods go to a place of stock. Rejected goods go to quarantine by themselves.`,
          actions: [counting.skip],
        })
      }
      const { code } = place
      handle.change((now) => ({ ...now, place }))
      tell('done', t`Put away at ${code}`)
    },
    onOrder: (other, of) => {
      if (other.id === task.id) return tell('done', other.number)
      if (of === 'receipts') return go(`/receive/${other.id}`)
      const { number: code } = other
      counting.ask({
        title: t`${code} is a sales order`,
        text: t`Here goods are received.`,
        actions: [counting.skip],
      })
    },
  })
  const { ask, skip, settle } = counting

  const take = (scan: Scan, read: ReadProduct, anyway = false): void => {
    const { entries, rejecting } = handle.now()
    const { product, serial, lot, expiresOn } = read
    const { sku, unit } = product
    const there =
      serial === null
        ? undefined
        : copies?.balances.find((b) => b.lot === serial && b.productId === product.id)
    if (there !== undefined) {
      const { placeCode } = there
      return ask({
        title: t`Serial number ${serial!} is here already`,
        text: t`It lies at ${placeCode}. A serial number comes in once.`,
        actions: [skip],
      })
    }
    if (!anyway && rejecting === null && lot !== null && expiresOn !== null && expiresOn < today()) {
      const day = format.date(expiresOn)
      return ask({
        title: t`Lot ${lot} expired on ${day}`,
        text: t`It could not be sold any more.`,
        actions: [
          { label: t`Reject it as expired`, run: settle(() => count(scan, read, t`Expired`)) },
          { label: t`Accept it all the same`, run: settle(() => take(scan, read, true)) },
          skip,
        ],
      })
    }
    const found = allot(
      task.lines,
      entries.filter(({ extra }) => !extra),
      product.id,
      read.quantity,
    )
    if (found.kind === 'not-ordered') return notOrdered(scan, read)
    if (found.kind === 'over') {
      const left = format.number(found.left)
      const done = format.number(countedOn(entries, found.line.id).toFixed())
      const { tolerance } = found.line
      const rest = { ...read, quantity: found.left }
      return ask({
        title: t`At most ${left} ${unit} more of ${sku}`,
        text:
          tolerance === '0'
            ? t`${done} are counted now, and ${number} expects no more.`
            : t`${done} are counted now; more than ${tolerance} % over the order is not taken.`,
        actions: [
          ...(found.left === '0'
            ? []
            : [{ label: t`Count ${left} ${unit}`, run: settle(() => take(scan, rest)) }]),
          skip,
        ],
      })
    }
    return count(scan, read, rejecting)
  }
  const count = (scan: Scan, read: ReadProduct, rejected: string | null): void => {
    const { entries, place } = handle.now()
    const found = allot(
      task.lines,
      entries.filter(({ extra }) => !extra),
      read.product.id,
      read.quantity,
    )
    if (found.kind !== 'line') return
    counting.add(scan, read, {
      lineId: found.line.id,
      placeId: rejected === null ? (place?.id ?? null) : null,
      placeCode: rejected === null ? (place?.code ?? null) : null,
      rejected,
      extra: false,
    })
  }
  const notOrdered = (scan: Scan, read: ReadProduct): void => {
    const { sku } = read.product
    const others = (copies?.receipts ?? []).filter(
      ({ id, lines }) =>
        id !== task.id && lines.some((line) => line.productId === read.product.id && line.open !== '0'),
    )
    ask({
      title: t`${sku} is not ordered on ${number}`,
      text: others.length === 0 ? t`No other open order here wants it.` : t`These open orders want it:`,
      actions: [
        ...others.slice(0, 3).map((other) => {
          const { number: code } = other
          return { label: t`Go to ${code}`, run: settle(() => go(`/receive/${other.id}`)) }
        }),
        ...(may('receipt-note:post')
          ? [
              {
                label: t`Receive as extra`,
                run: settle(() => {
                  const { place } = handle.now()
                  const at = { placeId: place?.id ?? null, placeCode: place?.code ?? null }
                  counting.add(scan, read, { lineId: null, ...at, rejected: null, extra: true })
                }),
              },
            ]
          : []),
        skip,
      ],
    })
  }
  const byHand = (line: TaskLine) => {
    const product = stateNow().table?.products.get(line.productId)
    if (!product) return
    const read = {
      kind: 'product',
      product,
      quantity: '1',
      lot: null,
      expiresOn: null,
      serial: null,
    } as const
    const scan = { code: line.sku, at: Date.now() }
    if (product.tracking === 'none') take(scan, read)
    else counting.setPending({ scan, read })
  }

  const products = table?.products ?? new Map()
  const last = work.entries.at(-1)
  const mostNow = (): string | null => {
    const line = task.lines.find(({ id }) => id === last?.lineId)
    if (last === undefined || line === undefined) return null
    const others = work.entries.filter((entry) => entry.lineId === line.id && !alike(entry, last))
    return max(decimal(line.most).minus(totalOf(others)), zero).toFixed()
  }
  const { place } = work
  const stopped = counting.decision !== null
  return (
    <Screen
      title={last === undefined ? t`Scan the goods of ${number}` : t`${number}: scan the next goods`}
      back="/receive"
      bottom={
        <Button
          primary
          refused={
            work.entries.length === 0 ? t`Scan or count something first.` : stopped ? t`Decide first.` : null
          }
          onClick={onReview}
        >
          <Trans>Check and receive</Trans>
        </Button>
      }
    >
      <p className={classes.quiet}>
        {task.party} ·{' '}
        {place === null ? (
          <Trans>put away at the usual place</Trans>
        ) : (
          <Trans>put away at {place.code}</Trans>
        )}
      </p>
      {counting.decision !== null && <DecisionCard decision={counting.decision} />}
      {counting.pending !== null && !stopped && (
        <PendingCard
          read={counting.pending.read}
          lots={[]}
          asksExpiry
          onFill={counting.complement}
          onCancel={counting.cancel}
        />
      )}
      <ScanField label={t`Goods, or the place to put them away`} />
      {!stopped && counting.pending === null && (
        <Current
          entries={work.entries}
          products={products}
          most={mostNow()}
          onTotal={(like, total) =>
            handle.change((now) => ({ ...now, entries: setTotal(now.entries, like, total) }))
          }
          onTooMuch={(most) => {
            const left = format.number(most)
            tell('error', t`At most ${left}`)
            ask({
              title: t`At most ${left} of ${last!.sku}`,
              text: t`${number} expects no more.`,
              actions: [skip],
            })
          }}
        />
      )}
      <fieldset className={classes.row} style={{ border: 0, margin: 0, padding: 0 }}>
        <legend className={classes.section} style={{ padding: '0 0 0.5rem' }}>
          <Trans>What is scanned now is</Trans>
        </legend>
        <Button
          pressed={work.rejecting === null}
          onClick={() => handle.change((now) => ({ ...now, rejecting: null }))}
        >
          <Trans>Accepted</Trans>
        </Button>
        {rejections.map((reason) => (
          <Button
            key={reason}
            pressed={work.rejecting === reason}
            onClick={() => handle.change((now) => ({ ...now, rejecting: reason }))}
          >
            {why(reason)}
          </Button>
        ))}
      </fieldset>
      <Lines lines={task.lines} entries={work.entries} products={products} onChoose={byHand} />
      <LastScans entries={work.entries} onUndo={counting.undo} />
    </Screen>
  )
}

function ReviewReceipt({ task, handle, onBack }: Props & { readonly onBack: () => void }) {
  const { t } = useLingui()
  const { table, warehouse } = useWarehouseState()
  const [entries] = useState(handle.now().entries)
  const { number } = task
  const [requests] = useState(() => {
    const products = table!.products
    const ordered = entries.filter(({ extra }) => !extra)
    const head = { partyId: task.partyId, warehouseId: warehouse!.id, reference: number }
    const extra = extraBody(entries, products, head)
    return [
      ...(ordered.length === 0
        ? []
        : [
            {
              method: 'POST' as const,
              path: `/purchase-orders/${task.id}/receipt-notes`,
              body: receiptBody(entries, products),
              subject: { what: 'receive' as const, of: number },
            },
          ]),
      ...(extra === null
        ? []
        : [
            {
              method: 'POST' as const,
              path: '/receipt-notes',
              body: extra,
              subject: { what: 'receive-extra' as const, of: number },
            },
          ]),
    ]
  })
  const format = useFormat()
  const left = task.lines.filter((line) => decimal(line.open).gt(countedOn(entries, line.id))).length
  const why = useRejection()
  const rejected = entries.filter((entry) => entry.rejected !== null)
  const lines = new Set(entries.map(({ lineId, productId }) => lineId ?? productId)).size
  return (
    <Review
      title={t`This comes in for ${number}`}
      verb={plural(lines, { one: 'Receive # line', other: 'Receive # lines' })}
      requests={requests}
      task={`receive ${task.id}`}
      scans={entries.map(({ code, at }) => ({ code, at }))}
      origin={{ path: `/receive/${task.id}`, workName: handle.name, work: handle.now() }}
      notes={[
        ...(left === 0
          ? []
          : [plural(left, { one: '# line stays open in part.', other: '# lines stay open in part.' })]),
        ...[...Map.groupBy(rejected, ({ sku, rejected: reason }) => `${sku}: ${why(reason ?? '')}`)].map(
          ([what, same]) => {
            const quantity = format.number(totalOf(same).toFixed())
            return t`Rejected ${quantity} × ${what}`
          },
        ),
      ]}
      onBack={onBack}
      onSent={() => handle.drop()}
    />
  )
}
