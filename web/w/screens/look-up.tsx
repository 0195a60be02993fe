import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { type ItemOf, NetworkFailure, type Page, api } from '../../api/index.ts'
import { useFormat } from '../../ui/format.ts'
import { type BalanceRow, balanceOf } from '../data/load.ts'
import { resolveCode, searchProducts } from '../data/resolve.ts'
import type { Balance, Place, Product } from '../data/types.ts'
import { tell } from '../feedback.ts'
import { scans, useScans } from '../scan/scanner.ts'
import { stateNow, useWarehouseState } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { ScanField } from '../ui/scan-field.tsx'
import { Screen } from '../ui/screen.tsx'
import classes from '../ui/w.module.css'

type Found =
  | { readonly kind: 'product'; readonly product: Product; readonly lot: string | null }
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'unknown'; readonly code: string }

/** A code, and what lies where of it. */
export function LookUp() {
  const { t } = useLingui()
  const [found, setFound] = useState<Found | null>(null)
  const [words, setWords] = useState('')
  const { table } = useWarehouseState()
  useScans(async (scan) => {
    const read = await resolveCode(scan.code)
    if (read.kind === 'product') {
      setFound({ kind: 'product', product: read.product, lot: read.serial ?? read.lot })
      return tell('done', read.product.name)
    }
    if (read.kind === 'place') {
      setFound({ kind: 'place', place: read.place })
      return tell('done', read.place.code)
    }
    const code = read.kind === 'order' ? read.task.number : read.code
    setFound({ kind: 'unknown', code })
    tell('error', t`Not known: ${code}`)
  })
  useEffect(() => {
    // A code that was scanned on the start page.
    const code = new URLSearchParams(location.search).get('code')
    if (code === null || table === null) return
    history.replaceState(null, '', location.pathname)
    scans.take(code)
  }, [table])
  return (
    <Screen title={t`Scan what you want to know about`} back="/">
      <ScanField label={t`Product, lot, serial number or location`} />
      <label className={classes.field}>
        <Trans>Or search by name</Trans>
        <input
          className={classes.input}
          value={words}
          autoComplete="off"
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      </label>
      {searchProducts(words).map((product) => (
        <Button
          key={product.id}
          onClick={() => {
            setWords('')
            setFound({ kind: 'product', product, lot: null })
          }}
        >
          {product.sku} · {product.name}
        </Button>
      ))}
      {found?.kind === 'unknown' && (
        <section className={classes.card} data-tone="danger" role="alert">
          <span className={classes.name}>
            <Trans>Not known: {found.code}</Trans>
          </span>
          <span>
            <Trans>No product, lot or location here has this code. Search by name instead.</Trans>
          </span>
        </section>
      )}
      {found?.kind === 'product' && (
        <ProductStock key={found.product.id} product={found.product} lot={found.lot} />
      )}
      {found?.kind === 'place' && <PlaceStock key={found.place.id} place={found.place} />}
    </Screen>
  )
}

interface Stock {
  readonly balances: readonly Balance[]
  readonly level: ItemOf<'stock/levels'> | null
  /** When it was true, ms since 1970; null: just read. */
  readonly asOf: number | null
}

function kept(wanted: (balance: Balance) => boolean): Stock {
  const { copies } = stateNow()
  return { balances: copies?.balances.filter(wanted) ?? [], level: null, asOf: copies?.at ?? null }
}

function useStock(
  query: { productId: string } | { locationId: string },
  wanted: (balance: Balance) => boolean,
) {
  const { online, warehouse } = useWarehouseState()
  const [stock, setStock] = useState<Stock>(() => kept(wanted))
  const key = JSON.stringify(query)
  useEffect(() => {
    if (!online || warehouse === null) return
    let left = false
    const where = { ...(JSON.parse(key) as typeof query), warehouseId: warehouse.id }
    const read = async () => {
      const [rows, levels] = await Promise.all([
        api.get<Page<BalanceRow>>(
          '/stock/balances',
          { ...where, limit: 200, sort: 'location' },
          { anonymous: true },
        ),
        'productId' in where
          ? api.get<Page<ItemOf<'stock/levels'>>>('/stock/levels', where, { anonymous: true })
          : null,
      ])
      if (!left)
        setStock({ balances: rows.items.map(balanceOf), level: levels?.items[0] ?? null, asOf: null })
    }
    read().catch((error: unknown) => {
      // What was kept stays on the page, with its time.
      if (!(error instanceof NetworkFailure)) reportError(error)
    })
    return () => {
      left = true
    }
  }, [online, warehouse, key])
  return stock
}

function ProductStock({ product, lot }: { readonly product: Product; readonly lot: string | null }) {
  const { t } = useLingui()
  const format = useFormat()
  const { balances, level, asOf } = useStock({ productId: product.id }, (b) => b.productId === product.id)
  const { units } = product
  const figures = [
    [t`On hand`, level?.onHand],
    [t`Reserved`, level?.reserved],
    [t`Available`, level?.available],
    [t`Incoming`, level?.incoming],
  ] as const
  return (
    <section className={classes.card} data-found>
      <span className={classes.name}>{product.name}</span>
      <span className={classes.quiet}>
        {[
          product.sku,
          product.barcode,
          ...units.map(
            ({ unit, numerator, denominator }) =>
              `${unit} = ${numerator}${denominator === 1 ? '' : `/${denominator}`} ${product.unit}`,
          ),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {level !== null && (
        <ul className={classes.list}>
          {figures.map(([label, value]) => (
            <li key={label} className={classes.item}>
              {label}
              <span className={classes.number}>{format.quantity(value ?? '0', product.unit)}</span>
            </li>
          ))}
        </ul>
      )}
      <AsOf at={asOf} />
      <h2 className={classes.section}>
        <Trans>Where it lies</Trans>
      </h2>
      {balances.length === 0 && (
        <p className={classes.quiet}>
          <Trans>Nothing of it lies in this warehouse.</Trans>
        </p>
      )}
      <ul className={classes.list}>
        {balances.map((balance) => (
          <li key={`${balance.placeId} ${balance.lotId}`} className={classes.item}>
            <span className={classes.grow}>
              <span className={classes.strong}>{balance.placeCode}</span>
              <Lot balance={balance} searched={lot} />
            </span>
            <span className={classes.number}>{format.quantity(balance.quantity, product.unit)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function PlaceStock({ place }: { readonly place: Place }) {
  const format = useFormat()
  const { table } = useWarehouseState()
  const { balances, asOf } = useStock({ locationId: place.id }, (b) => b.placeId === place.id)
  return (
    <section className={classes.card} data-found>
      <span className={classes.name}>{place.code}</span>
      {place.name !== place.code && <span className={classes.quiet}>{place.name}</span>}
      <AsOf at={asOf} />
      {balances.length === 0 && (
        <p className={classes.quiet}>
          <Trans>Nothing lies here by the books.</Trans>
        </p>
      )}
      <ul className={classes.list}>
        {balances.map((balance) => {
          const product = table?.products.get(balance.productId)
          return (
            <li key={`${balance.productId} ${balance.lotId}`} className={classes.item}>
              <span className={classes.grow}>
                <span className={classes.strong}>{product?.sku}</span>
                <br />
                <span className={classes.quiet}>{product?.name}</span>
                <Lot balance={balance} searched={null} />
              </span>
              <span className={classes.number}>{format.quantity(balance.quantity, product?.unit ?? '')}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Lot({ balance, searched }: { readonly balance: Balance; readonly searched: string | null }) {
  const { t } = useLingui()
  const format = useFormat()
  const { lot, expiresOn, expired, placeType } = balance
  const day = expiresOn === null ? null : format.date(expiresOn)
  const parts = [
    lot,
    day !== null && (expired ? t`expired on ${day}` : t`until ${day}`),
    placeType === 'quarantine' && t`quarantine`,
    lot !== null && lot === searched && t`the one scanned`,
  ].filter(Boolean)
  if (parts.length === 0) return null
  return (
    <>
      <br />
      <span className={classes.quiet}>{parts.join(' · ')}</span>
    </>
  )
}

function AsOf({ at }: { readonly at: number | null }) {
  const format = useFormat()
  if (at === null) return null
  return (
    <p className={classes.quiet}>
      <Trans>As of {format.moment(new Date(at).toISOString())}</Trans>
    </p>
  )
}
