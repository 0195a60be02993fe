import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { decimal } from '../../../src/kernel/decimal.ts'
import { useFormat } from '../../ui/format.ts'
import type { ReadProduct } from '../data/read-code.ts'
import type { Place, Task } from '../data/types.ts'
import { tell } from '../feedback.ts'
import { go } from '../path.ts'
import type { Scan } from '../scan/scan-queue.ts'
import { stateNow, useWarehouseState } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { Current } from '../ui/current.tsx'
import { DecisionCard } from '../ui/decision.tsx'
import { LastScans } from '../ui/last-scans.tsx'
import { Lines } from '../ui/lines.tsx'
import { PendingCard } from '../ui/pending.tsx'
import { ScanField } from '../ui/scan-field.tsx'
import { Reading, Screen } from '../ui/screen.tsx'
import classes from '../ui/w.module.css'
import { deliveryBody } from '../work/bodies.ts'
import { type Entry, allot, setTotal, totalOf } from '../work/entries.ts'
import { leftAt, pickRoute } from '../work/pick-route.ts'
import { useCounting } from '../work/use-counting.tsx'
import { useTask } from '../work/use-task.ts'
import { type WorkHandle, useWork } from '../work/use-work.ts'
import { Review } from './review.tsx'

interface Work {
  readonly entries: readonly Entry[]
  /** Where the picker stands. */
  readonly place: Pick<Place, 'id' | 'code'> | null
  /** Why the rest of a line is not picked, by line. */
  readonly short: Readonly<Record<string, string>>
}
const begun: Work = { entries: [], place: null, short: {} }

export function Pick({ id }: { readonly id: string }) {
  const { t } = useLingui()
  const task = useTask('picks', id)
  const handle = useWork<Work>(`pick ${id}`, begun)
  const [reviewing, setReviewing] = useState(false)
  if (task === null || !handle.ready)
    return (
      <Screen title={t`Pick`} back="/pick">
        <Reading />
      </Screen>
    )
  if (task === 'missing')
    return (
      <Screen title={t`This order is not to be picked here`} back="/pick">
        <p className={classes.quiet}>
          <Trans>It is delivered, closed, of another warehouse, or was never read on this device.</Trans>
        </p>
      </Screen>
    )
  return reviewing ? (
    <ReviewDelivery task={task} handle={handle} onBack={() => setReviewing(false)} />
  ) : (
    <Picking task={task} handle={handle} onReview={() => setReviewing(true)} />
  )
}

interface Props {
  readonly task: Task
  readonly handle: WorkHandle<Work>
}

/** The next stop by what is picked this moment. */
function routeNow(task: Task, work: Work) {
  return pickRoute(task.lines, stateNow().copies?.balances ?? [], work.entries, Object.keys(work.short))
}

function Picking({ task, handle, onReview }: Props & { readonly onReview: () => void }) {
  const { t } = useLingui()
  const format = useFormat()
  const { table, copies } = useWarehouseState()
  const [asksShort, setAsksShort] = useState(false)
  const { number } = task
  const { work } = handle
  const products = table?.products ?? new Map()
  const onlyPlace = copies?.places.filter(({ type }) => type === 'stock').length === 1
  const reasons = [t`Not found`, t`Too few`, t`Damaged`]

  const counting = useCounting<Work>({
    handle,
    onProduct: (scan, read) => take(scan, read),
    onPlace: (place) => arrive(place),
    onOrder: (other, of) => {
      if (of === 'picks' && other.id !== task.id) return go(`/pick/${other.id}`)
      tell('done', other.number)
    },
  })
  const { ask, skip, settle } = counting

  const arrive = (place: Place): void => {
    const { code } = place
    const stand = () => {
      handle.change((now) => ({ ...now, place: { id: place.id, code } }))
      tell('done', t`At ${code}`)
    }
    const stops = routeNow(task, handle.now())
    const expected = stops[0]?.balance?.placeCode
    if (expected === undefined || expected === code) return stand()
    const wanted = stops.some(({ balance }) => balance?.placeId === place.id)
    ask({
      title: t`Expected ${expected}, this is ${code}`,
      text: wanted ? t`Goods of this order lie here too.` : t`Nothing of this order lies here by the books.`,
      actions: [
        { label: t`Pick here`, run: settle(stand) },
        { label: t`Go on to ${expected}`, run: settle() },
      ],
    })
  }

  const take = (scan: Scan, read: ReadProduct): void => {
    const now = handle.now()
    const { product, serial } = read
    const { sku, unit } = product
    const stops = routeNow(task, now)
    const own = stops.find(({ line, balance }) => line.productId === product.id && balance !== null)
    const found = allot(task.lines, now.entries, product.id, read.quantity)
    if (found.kind === 'not-ordered')
      return ask({ title: t`${sku} is not ordered on ${number}`, text: t`Put it back.`, actions: [skip] })
    if (found.kind === 'over') {
      const left = format.number(found.left)
      return ask({
        title: t`At most ${left} ${unit} more of ${sku}`,
        text: t`${number} wants no more.`,
        actions: [
          ...(found.left === '0'
            ? []
            : [
                {
                  label: t`Count ${left} ${unit}`,
                  run: settle(() => take(scan, { ...read, quantity: found.left })),
                },
              ]),
          skip,
        ],
      })
    }
    if (now.place === null && !onlyPlace && own?.balance) {
      const { placeId, placeCode } = own.balance
      return ask({
        title: t`Scan the location first: ${placeCode}`,
        actions: [
          {
            label: t`I am at ${placeCode}`,
            run: settle(() => {
              handle.change((before) => ({ ...before, place: { id: placeId, code: placeCode } }))
              take(scan, read)
            }),
          },
          skip,
        ],
      })
    }
    const placeId = now.place?.id ?? own?.balance?.placeId ?? null
    const placeCode = now.place?.code ?? own?.balance?.placeCode ?? null
    const lot = serial ?? read.lot
    const here = (copies?.balances ?? []).filter(
      (b) =>
        b.productId === product.id &&
        (placeId === null || b.placeId === placeId) &&
        (lot === null || b.lot === lot),
    )
    const expired = here.find((b) => b.expired)
    if (expired && here.every((b) => b.expired)) {
      const day = format.date(expired.expiresOn!)
      return ask({
        title: t`Lot ${lot ?? ''} expired on ${day}`,
        text: t`Expired goods cannot go to a customer. Put it aside.`,
        actions: [skip],
      })
    }
    const there = here.reduce((sum, balance) => sum.plus(leftAt(balance, now.entries)), decimal(0))
    const add = (quantity: string) =>
      counting.add(
        scan,
        { ...read, quantity },
        { lineId: found.line.id, placeId, placeCode, rejected: null, extra: false },
      )
    if (there.lt(decimal(read.quantity))) {
      const left = format.number(there.toFixed())
      const at = placeCode ?? ''
      const what = lot === null ? sku : `${sku} ${lot}`
      return ask({
        title: t`Only ${left} ${unit} of ${what} lie at ${at} by the books`,
        text: t`What the books do not know cannot be delivered. Count the place if more is there.`,
        actions: [
          ...(there.gt(decimal(0))
            ? [{ label: t`Count ${left} ${unit}`, run: settle(() => void add(there.toFixed())) }]
            : []),
          skip,
        ],
      })
    }
    add(read.quantity)
  }

  const stops = pickRoute(task.lines, copies?.balances ?? [], work.entries, Object.keys(work.short))
  const stop = stops[0]
  const goods = stop && products.get(stop.line.productId)
  const stopped = counting.decision !== null
  const title =
    stop === undefined
      ? t`All of ${number} is picked`
      : stop.balance === null
        ? t`Nothing more of ${stop.line.sku} lies here`
        : work.place?.id !== stop.balance.placeId && !onlyPlace
          ? t`Go to ${stop.balance.placeCode}`
          : t`Take ${format.number(stop.quantity.toFixed())} × ${stop.line.sku}`
  return (
    <Screen
      title={title}
      back="/pick"
      bottom={
        <Button
          primary
          refused={work.entries.length === 0 ? t`Pick something first.` : stopped ? t`Decide first.` : null}
          onClick={onReview}
        >
          <Trans>Check and deliver</Trans>
        </Button>
      }
    >
      <p className={classes.quiet}>
        {number} · {task.party}
      </p>
      {counting.decision !== null && <DecisionCard decision={counting.decision} />}
      {counting.pending !== null && !stopped && (
        <PendingCard
          read={counting.pending.read}
          lots={lotsAt(counting.pending.read, copies?.balances ?? [], work)}
          asksExpiry={false}
          onFill={counting.complement}
          onCancel={counting.cancel}
        />
      )}
      {stop !== undefined && (
        <section className={classes.card} data-tone="info" data-stop>
          <span className={classes.name}>
            {stop.line.sku} · {stop.line.name}
          </span>
          <span className={classes.between}>
            <span className={classes.figure}>
              {format.quantity(stop.quantity.toFixed(), goods?.unit ?? '')}
            </span>
            <span className={classes.strong}>
              {[stop.balance?.placeCode, stop.balance?.lot].filter(Boolean).join(' · ')}
            </span>
          </span>
          {asksShort ? (
            <div className={classes.row} role="group" aria-label={t`Why is it short?`}>
              {reasons.map((reason) => (
                <Button
                  key={reason}
                  onClick={() => {
                    handle.change((now) => ({ ...now, short: { ...now.short, [stop.line.id]: reason } }))
                    setAsksShort(false)
                  }}
                >
                  {reason}
                </Button>
              ))}
              <Button plain onClick={() => setAsksShort(false)}>
                <Trans>Go on picking it</Trans>
              </Button>
            </div>
          ) : (
            <Button onClick={() => setAsksShort(true)}>
              <Trans>Not enough here</Trans>
            </Button>
          )}
        </section>
      )}
      <ScanField label={t`Location, then goods`} />
      {!stopped && counting.pending === null && (
        <Current
          entries={work.entries}
          products={products}
          most={mostOf(task, work)}
          onTotal={(like, total) =>
            handle.change((now) => ({ ...now, entries: setTotal(now.entries, like, total) }))
          }
          onTooMuch={(most) => {
            const left = format.number(most)
            const { sku } = work.entries.at(-1)!
            ask({ title: t`At most ${left} of ${sku}`, text: t`${number} wants no more.`, actions: [skip] })
          }}
        />
      )}
      <ul className={classes.list}>
        {task.lines
          .filter(({ id }) => work.short[id] !== undefined)
          .map(({ id, sku }) => (
            <li key={id} className={classes.item}>
              <span className={classes.grow}>
                {sku}: {work.short[id]}
              </span>
              <Button
                onClick={() =>
                  handle.change((now) => {
                    const { [id]: _, ...short } = now.short
                    return { ...now, short }
                  })
                }
              >
                <Trans>Pick it after all</Trans>
              </Button>
            </li>
          ))}
      </ul>
      <Lines
        lines={task.lines}
        entries={work.entries}
        products={products}
        onChoose={(line) => {
          const product = products.get(line.productId)
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
        }}
      />
      <LastScans entries={work.entries} onUndo={counting.undo} />
    </Screen>
  )
}

function mostOf(task: Task, work: Work): string | null {
  const last = work.entries.at(-1)
  const line = task.lines.find(({ id }) => id === last?.lineId)
  if (last === undefined || line === undefined) return null
  const others = work.entries.filter(
    (entry) => entry.lineId === line.id && (entry.lot !== last.lot || entry.placeId !== last.placeId),
  )
  return decimal(line.most).minus(totalOf(others)).toFixed()
}

/** Lots of the product where the picker stands, the first to expire on top; expired ones are not offered. */
function lotsAt(
  read: ReadProduct,
  balances: readonly {
    productId: string
    placeId: string
    lot: string | null
    expiresOn: string | null
    expired: boolean
  }[],
  work: Work,
) {
  return balances
    .filter(
      (b) =>
        b.productId === read.product.id && !b.expired && (work.place === null || b.placeId === work.place.id),
    )
    .flatMap(({ lot, expiresOn }) => (lot === null ? [] : [{ lot, expiresOn }]))
    .toSorted((a, b) => (a.expiresOn ?? '9999').localeCompare(b.expiresOn ?? '9999'))
    .slice(0, 6)
}

function ReviewDelivery({ task, handle, onBack }: Props & { readonly onBack: () => void }) {
  const { t } = useLingui()
  const { table, warehouse } = useWarehouseState()
  const [work] = useState(handle.now())
  const { number } = task
  const short = task.lines.flatMap(({ id, sku }) =>
    work.short[id] === undefined ? [] : [`${sku}: ${work.short[id]}`],
  )
  const [requests] = useState(() => [
    {
      method: 'POST' as const,
      path: `/sales-orders/${task.id}/delivery-notes`,
      body: deliveryBody(
        work.entries,
        table!.products,
        warehouse!.id,
        short.length === 0 ? null : short.join('\n'),
      ),
      subject: { what: 'deliver' as const, of: number },
    },
  ])
  const lines = new Set(work.entries.map(({ lineId }) => lineId)).size
  return (
    <Review
      title={t`This goes out for ${number}`}
      verb={plural(lines, { one: 'Deliver # line', other: 'Deliver # lines' })}
      requests={requests}
      task={`deliver ${task.id}`}
      scans={work.entries.map(({ code, at }) => ({ code, at }))}
      origin={{ path: `/pick/${task.id}`, workName: handle.name, work }}
      notes={short.map((each) => t`Short: ${each}`)}
      onBack={onBack}
      onSent={() => handle.drop()}
    />
  )
}
