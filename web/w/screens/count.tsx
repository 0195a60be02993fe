import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { decimal } from '../../../src/kernel/decimal.ts'
import { newKey } from '../../api/index.ts'
import { useFormat } from '../../ui/format.ts'
import { perUnit } from '../data/read-code.ts'
import type { Balance, Place, SavedCount, Sheet } from '../data/types.ts'
import { tell } from '../feedback.ts'
import { go } from '../path.ts'
import { command, stateNow, useWarehouseState } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { Current } from '../ui/current.tsx'
import { DecisionCard } from '../ui/decision.tsx'
import { LastScans } from '../ui/last-scans.tsx'
import { PendingCard } from '../ui/pending.tsx'
import { ScanField } from '../ui/scan-field.tsx'
import { Reading, Screen } from '../ui/screen.tsx'
import classes from '../ui/w.module.css'
import { countBody, sheetBody } from '../work/bodies.ts'
import { type Entry, groups, setTotal, totalOf } from '../work/entries.ts'
import { nowhere, useCounting } from '../work/use-counting.tsx'
import { type WorkHandle, useWork } from '../work/use-work.ts'
import { sheetAt, sheetPath } from './count-sheet.ts'
import { Review } from './review.tsx'

interface Work {
  readonly entries: readonly Entry[]
  readonly place: Pick<Place, 'id' | 'code'> | null
  /** No place is asked for: the quantity of the whole warehouse is counted. */
  readonly whole: boolean
}

export function Count({ id }: { readonly id: string }) {
  const { t } = useLingui()
  const { copies } = useWarehouseState()
  const saved = copies?.counts.find((count) => count.id === id) ?? null
  const [initial] = useState(() => workOf(saved))
  const handle = useWork<Work>(`count ${id}`, initial)
  const [reviewing, setReviewing] = useState(false)
  const [sheet] = useState(() => sheetAt(id, copies?.sheets ?? []))
  if (!handle.ready)
    return (
      <Screen title={t`Count`} back="/count">
        <Reading />
      </Screen>
    )
  if (sheet !== null) return <Counting draft={null} sheet={sheet} handle={handle} onReview={null} />
  const draft = id === 'new' ? null : id
  return reviewing ? (
    <ReviewCount draft={draft} handle={handle} onBack={() => setReviewing(false)} />
  ) : (
    <Counting draft={draft} sheet={null} handle={handle} onReview={() => setReviewing(true)} />
  )
}

/** A count that was left, on this device or another, as entries again. */
function workOf(saved: SavedCount | null): Work {
  const { table } = stateNow()
  const entries = (saved?.lines ?? []).flatMap((line, i): Entry[] => {
    const product = table?.products.get(line.productId)
    const per = product && perUnit(product, line.unit)
    if (!product || !per) return []
    const serial = product.tracking === 'serial'
    return [
      {
        ...nowhere,
        id: `saved-${i}`,
        code: product.sku,
        at: Date.parse(saved!.at),
        productId: product.id,
        sku: product.sku,
        quantity: decimal(line.quantity).times(decimal(per)).toFixed(),
        placeId: line.placeId,
        placeCode: table?.placeById(line.placeId)?.code ?? null,
        lot: serial ? null : line.lot,
        expiresOn: line.expiresOn,
        serial: serial ? line.lot : null,
      },
    ]
  })
  return { entries, place: null, whole: false }
}

interface Props {
  /** The draft that it was left as; null for a new count. */
  readonly draft: string | null
  readonly handle: WorkHandle<Work>
}

interface CountingProps extends Props {
  /** What is counted goes to this sheet, which is booked at the desk. */
  readonly sheet: Sheet | null
  /** Null where there is nothing to book here. */
  readonly onReview: (() => void) | null
}

function Counting({ draft, sheet, handle, onReview }: CountingProps) {
  const { t } = useLingui()
  const format = useFormat()
  const { table, copies, warehouse } = useWarehouseState()
  const [open, setOpen] = useState(false)
  const { work } = handle
  const products = table?.products ?? new Map()
  const several = (copies?.places.length ?? 0) > 1
  const counting = useCounting<Work>({
    handle,
    onPlace: ({ id, code }) => {
      handle.change((now) => ({ ...now, place: { id, code } }))
      tell('done', t`Counting ${code}`)
    },
    onProduct: (scan, read) => {
      const { place, whole } = handle.now()
      const count = () => {
        const at = handle.now().place
        counting.add(scan, read, { ...nowhere, placeId: at?.id ?? null, placeCode: at?.code ?? null })
      }
      if (place !== null || whole || !several) return count()
      counting.ask({
        title: t`Scan the location first`,
        text: t`A count is of one location after the other.`,
        actions: [
          {
            label: t`Count the whole warehouse instead`,
            run: counting.settle(() => {
              handle.change((now) => ({ ...now, whole: true }))
              count()
            }),
          },
          counting.skip,
        ],
      })
    },
  })
  const send = async ({ id, number }: Sheet) => {
    const { entries } = handle.now()
    const { seq } = await command({
      key: newKey(),
      task: `count ${sheetPath(id)}`,
      subject: { what: 'count-sent', of: number },
      method: 'POST',
      path: `/stock-counts/${id}/entries`,
      body: sheetBody(entries, products),
      scans: entries.map(({ code, at }) => ({ code, at })),
      origin: { path: `/count/${sheetPath(id)}`, workName: handle.name, work: handle.now() },
    })
    await handle.drop()
    go(`/sent/${seq}`, true)
  }
  const leave = async () => {
    // What is counted for a sheet stays on this device until it is sent.
    if (sheet !== null) return go('/count')
    const { entries } = handle.now()
    if (entries.length > 0) {
      const reason = t`Stock count`
      const body = countBody(entries, products, { warehouseId: warehouse!.id, reason }, false)
      await command({
        key: newKey(),
        task: `count ${draft ?? newKey()}`,
        subject: { what: 'count-saved', of: placesOf(entries, warehouse!.name) },
        ...(draft === null
          ? { method: 'POST', path: '/stock-adjustments', body }
          : { method: 'PATCH', path: `/stock-adjustments/${draft}`, body: withoutHead(body) }),
        scans: entries.map(({ code, at }) => ({ code, at })),
        origin: { path: `/count/${draft ?? 'new'}`, workName: handle.name, work: handle.now() },
      })
      await handle.drop()
    }
    go('/count')
  }
  const last = work.entries.at(-1)
  const { place } = work
  const stopped = counting.decision !== null
  return (
    <Screen
      title={
        place === null && several && !work.whole
          ? t`Scan the location to count`
          : t`Scan what lies at ${place?.code ?? warehouse?.name ?? ''}`
      }
      back="/count"
      bottom={
        <Button
          primary
          refused={work.entries.length === 0 ? t`Count something first.` : stopped ? t`Decide first.` : null}
          onClick={() => (sheet === null ? onReview?.() : void send(sheet))}
        >
          {sheet === null ? <Trans>Check the count</Trans> : <Trans>Send to {sheet.number}</Trans>}
        </Button>
      }
    >
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
      <ScanField label={t`Location, then goods`} />
      {!stopped && counting.pending === null && (
        <Current
          entries={work.entries}
          products={products}
          onTotal={(like, total) =>
            handle.change((now) => ({ ...now, entries: setTotal(now.entries, like, total) }))
          }
        />
      )}
      {last !== undefined && open && (
        <p className={classes.quiet}>
          <Trans>By the books: {format.number(booked(copies?.balances ?? [], last))}</Trans>
        </p>
      )}
      {sheet === null && (
        <Button pressed={open} onClick={() => setOpen(!open)}>
          <Trans>Show what the books say</Trans>
        </Button>
      )}
      {work.entries.length > 0 && (
        <section>
          <h2 className={classes.section}>
            <Trans>Counted</Trans>
          </h2>
          <ul className={classes.list}>
            {groups(work.entries).map((group) => {
              const { id, sku, placeCode, lot, productId } = group[0]!
              return (
                <li key={id} className={classes.item}>
                  <span className={classes.grow}>
                    <span className={classes.strong}>{sku}</span>
                    <br />
                    <span className={classes.quiet}>
                      {[placeCode, lot].filter((x) => x !== null).join(' · ')}
                    </span>
                  </span>
                  <span className={classes.number} data-counted={sku}>
                    {format.quantity(totalOf(group).toFixed(), products.get(productId)?.unit ?? '')}
                  </span>
                </li>
              )
            })}
          </ul>
        </section>
      )}
      <LastScans entries={work.entries} onUndo={counting.undo} />
      <Button refused={stopped ? t`Decide first.` : null} onClick={() => void leave()}>
        {sheet === null ? (
          <Trans>Leave it, to go on here or on another device</Trans>
        ) : (
          <Trans>Leave it, to go on here</Trans>
        )}
      </Button>
    </Screen>
  )
}

/** A change of a draft takes its lines; the warehouse stays. */
function withoutHead(body: object): object {
  const { lines, reason } = body as { lines: unknown; reason: unknown }
  return { lines, reason }
}

function placesOf(entries: readonly Entry[], warehouse: string): string {
  const codes = [...new Set(entries.map(({ placeCode }) => placeCode))]
  if (codes.includes(null)) return warehouse
  return codes.length > 3 ? `${codes.slice(0, 3).join(', ')}, …` : codes.join(', ')
}

function booked(balances: readonly Balance[], entry: Entry): string {
  return balances
    .filter(
      (b) =>
        b.productId === entry.productId &&
        (entry.placeId === null || b.placeId === entry.placeId) &&
        (entry.serial === null ? entry.lot === null || b.lot === entry.lot : true),
    )
    .reduce((sum, b) => sum.plus(decimal(b.quantity)), decimal(0))
    .toFixed()
}

/** What lies at the counted places by the books and was not seen there. */
function unseen(balances: readonly Balance[], entries: readonly Entry[]): Balance[] {
  const places = new Set(entries.map(({ placeId }) => placeId))
  return balances.filter(
    (b) =>
      places.has(b.placeId) &&
      !entries.some(
        (e) =>
          e.productId === b.productId &&
          e.placeId === b.placeId &&
          (b.lot === null || (e.serial ?? e.lot) === b.lot),
      ),
  )
}

function ReviewCount({ draft, handle, onBack }: Props & { readonly onBack: () => void }) {
  const { copies } = useWarehouseState()
  const [missing] = useState(() => unseen(copies?.balances ?? [], handle.now().entries))
  const [gone, setGone] = useState<boolean | null>(missing.length === 0 ? false : null)
  const { t } = useLingui()
  const { table } = useWarehouseState()
  if (gone !== null)
    return <BookCount draft={draft} handle={handle} missing={gone ? missing : []} onBack={onBack} />
  return (
    <Screen title={t`Some goods were not scanned`} back="/count">
      <p style={{ margin: 0 }}>
        <Trans>
          By the books these lie at the places that you counted. Are they gone, or just not counted?
        </Trans>
      </p>
      <ul className={classes.list}>
        {missing.map((b) => (
          <li key={`${b.productId} ${b.placeId} ${b.lotId}`} className={classes.item}>
            <span className={classes.grow}>
              <span className={classes.strong}>{table?.products.get(b.productId)?.sku}</span>
              <br />
              <span className={classes.quiet}>{table?.products.get(b.productId)?.name}</span>
            </span>
            {[b.placeCode, b.lot].filter((x) => x !== null).join(' · ')}
          </li>
        ))}
      </ul>
      <Button onClick={() => setGone(true)}>
        <Trans>They are gone: count 0</Trans>
      </Button>
      <Button onClick={() => setGone(false)}>
        <Trans>Leave them as they are</Trans>
      </Button>
      <Button onClick={onBack}>
        <Trans>Back to scanning</Trans>
      </Button>
    </Screen>
  )
}

function BookCount({
  draft,
  handle,
  missing,
  onBack,
}: Props & { readonly missing: readonly Balance[]; readonly onBack: () => void }) {
  const { t } = useLingui()
  const { table, warehouse } = useWarehouseState()
  const [work] = useState(handle.now())
  const of = placesOf(work.entries, warehouse!.name)
  const [body] = useState(() => {
    const zeros = missing.map((b): Entry => {
      const product = table!.products.get(b.productId)
      const serial = product?.tracking === 'serial'
      return {
        ...nowhere,
        id: `zero ${b.productId} ${b.placeId} ${b.lotId}`,
        code: '',
        at: Date.now(),
        productId: b.productId,
        sku: product?.sku ?? '',
        quantity: '0',
        placeId: b.placeId,
        placeCode: b.placeCode,
        lot: serial ? null : b.lot,
        expiresOn: b.expiresOn,
        serial: serial ? b.lot : null,
      }
    })
    const head = { warehouseId: warehouse!.id, reason: t`Stock count` }
    return countBody([...work.entries, ...zeros], table!.products, head, true)
  })
  const subject = { what: 'count', of } as const
  const whole = { method: 'POST', path: '/stock-adjustments', body, subject } as const
  const [requests] = useState(() =>
    draft === null
      ? [whole]
      : [
          {
            method: 'PATCH' as const,
            path: `/stock-adjustments/${draft}`,
            body: withoutHead(body),
            subject: { what: 'count-saved' as const, of },
          },
          { method: 'POST' as const, path: `/stock-adjustments/${draft}/post`, body: undefined, subject },
        ],
  )
  const [preview] = useState(whole)
  const lines = groups(work.entries).length + missing.length
  return (
    <Review
      title={t`The count of ${of}`}
      verb={plural(lines, { one: 'Book the count of # line', other: 'Book the count of # lines' })}
      requests={requests}
      preview={preview}
      task={`count ${draft ?? handle.name}`}
      scans={work.entries.map(({ code, at }) => ({ code, at }))}
      origin={{ path: `/count/${draft ?? 'new'}`, workName: handle.name, work }}
      onBack={onBack}
      onSent={() => handle.drop()}
    />
  )
}
