import { msg } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { decimal, sum } from '../../../../src/kernel/decimal.ts'
import type { PostalAddress } from '../../../../src/kernel/postal-address.ts'
import { documentQuery } from '../../../api/index.ts'
import { type LineColumn, type Meter, PageLink, type TotalRow } from '../../../patterns/index.ts'
import { taxText, useFormat } from '../../../ui/format.ts'
import { postalLines } from '../../../ui/postal-address.ts'
import classes from '../documents.module.css'
import { dispositionWords } from '../lists/words.ts'

/** Cells, meters and totals that documents of several families share. */

export function Quantity({ value, unit }: { readonly value: string; readonly unit?: string }) {
  const format = useFormat()
  return <span data-figure>{unit === undefined ? format.number(value) : format.quantity(value, unit)}</span>
}

/** Nothing reads better as a dash than as a zero in a column of figures. */
export function QuietQuantity({ value }: { readonly value: string }) {
  const format = useFormat()
  return decimal(value).eq('0') ? (
    <span className={classes.quiet}>–</span>
  ) : (
    <span data-figure>{format.number(value)}</span>
  )
}

/** An address, line by line. */
export function Place({ of }: { readonly of: PostalAddress }) {
  const { i18n } = useLingui()
  return postalLines(of, i18n.locale).map((line) => <div key={line}>{line}</div>)
}

export function Amount({ value, currency }: { readonly value: string; readonly currency: string }) {
  const format = useFormat()
  return <span data-figure>{format.money(value, currency)}</span>
}

/** Of one unit: as many decimals as it has, and none more. */
export function Price({ value }: { readonly value: string }) {
  const format = useFormat()
  return <span data-figure>{format.number(value)}</span>
}

export function DateText({ value }: { readonly value: string }) {
  const format = useFormat()
  return <span data-figure>{format.date(value)}</span>
}

export function MomentText({ value }: { readonly value: string }) {
  const format = useFormat()
  return <time dateTime={value}>{format.moment(value)}</time>
}

export function Percent({ value }: { readonly value: string }) {
  const format = useFormat()
  return <span data-figure>{format.percent(value)}</span>
}

interface ProductLine {
  readonly productId: string | null
  readonly sku: string | null
  readonly description: string
}

export function ProductName({ line }: { readonly line: ProductLine }) {
  return (
    <>
      {line.productId !== null && line.sku !== null && (
        <PageLink href={`/products/${line.productId}`} size="sm" fw={500}>
          {line.sku}
        </PageLink>
      )}
      <span className={classes.description}>{line.description}</span>
    </>
  )
}

export function productColumn<Line extends ProductLine>(): LineColumn<Line> {
  return { id: 'product', label: msg`Product`, grow: true, cell: (line) => <ProductName line={line} /> }
}

interface Tax {
  readonly id: string
  readonly name: string
  readonly rate: string
  readonly category: string
}

export function Taxes({ taxes }: { readonly taxes: readonly Tax[] }) {
  const format = useFormat()
  if (taxes.length === 0) return <span className={classes.quiet}>–</span>
  return (
    <span title={taxes.map((tax) => tax.name).join(', ')} data-figure>
      {taxes.map((tax) => taxText(tax, format)).join(' + ')}
    </span>
  )
}

const meterWords = {
  delivery: (done: number, of: number) => (
    <Plural value={of} one={`Delivered ${done} of # line`} other={`Delivered ${done} of # lines`} />
  ),
  receipt: (done: number, of: number) => (
    <Plural value={of} one={`Received ${done} of # line`} other={`Received ${done} of # lines`} />
  ),
  invoicing: (done: number, of: number) => (
    <Plural value={of} one={`Invoiced ${done} of # line`} other={`Invoiced ${done} of # lines`} />
  ),
  billing: (done: number, of: number) => (
    <Plural value={of} one={`Billed ${done} of # line`} other={`Billed ${done} of # lines`} />
  ),
} as const

/** Counts lines that are done; a line in part counts for the bar only. */
export function lineMeter(
  dimension: keyof typeof meterWords,
  status: 'none' | 'partial' | 'full',
  lines: readonly { readonly left: string; readonly all: string }[],
): Meter[] {
  if (lines.length === 0) return []
  const done = lines.filter((line) => decimal(line.left).lte('0')).length
  const shares = lines.map((line) => {
    const all = Number(line.all)
    return all <= 0 ? 1 : Math.min(Math.max(1 - Number(line.left) / all, 0), 1)
  })
  return [
    {
      id: dimension,
      text: meterWords[dimension](done, lines.length),
      // Only for the length of the bar; no figure is made of it.
      done: shares.reduce((total, share) => total + share, 0) / lines.length,
      tone: status === 'full' ? 'done' : status === 'partial' ? 'warn' : 'info',
      explained: dimension === 'delivery' || dimension === 'receipt' ? 'fulfilment' : 'invoicing',
    },
  ]
}

interface Taxed {
  readonly totals: {
    readonly net: string
    readonly tax: string
    readonly gross: string
    readonly currency: string
  }
  readonly taxes: readonly (Tax & { readonly net: string; readonly tax: string })[]
  readonly lines: readonly {
    readonly id: string
    readonly sku: string | null
    readonly description: string
    readonly net: string
  }[]
}

/** Net, each tax, gross; each with the rows that it is the sum of. */
export function totalRows({ totals, taxes, lines }: Taxed): TotalRow[] {
  const { currency } = totals
  const fromLines = sum(lines.map((line) => decimal(line.net)))
  const rounding = decimal(totals.net).minus(fromLines)
  return [
    {
      id: 'net',
      label: <Trans>Net</Trans>,
      amount: totals.net,
      currency,
      because: {
        rows: [
          ...lines.map((line) => ({ id: line.id, label: line.sku ?? line.description, amount: line.net })),
          ...(rounding.eq('0')
            ? []
            : [{ id: 'rounding', label: <Trans>Rounding</Trans>, amount: rounding.toFixed() }]),
        ],
        rule: <Trans>The net amounts of all lines, after their discounts.</Trans>,
      },
    },
    ...taxes.map((tax) => ({
      id: `tax ${tax.id}`,
      label: <TaxLabel tax={tax} currency={currency} />,
      amount: tax.tax,
      currency,
    })),
    {
      id: 'gross',
      label: <Trans>Total</Trans>,
      amount: totals.gross,
      currency,
      strong: true,
      because: {
        rows: [
          { id: 'net', label: <Trans>Net</Trans>, amount: totals.net },
          ...taxes.map((tax) => ({
            id: tax.id,
            label: <TaxLabel tax={tax} currency={currency} />,
            amount: tax.tax,
          })),
        ],
        rule: <Trans>Net and all taxes together.</Trans>,
      },
    },
  ]
}

function TaxLabel({
  tax,
  currency,
}: {
  readonly tax: Tax & { readonly net: string }
  readonly currency: string
}) {
  const format = useFormat()
  const { name } = tax
  const net = format.money(tax.net, currency)
  return (
    <Trans>
      {name} on {net}
    </Trans>
  )
}

/** A link to a document of which only the id is known. */
export function LocationName({ id }: { readonly id: string }) {
  const { data } = useQuery({ ...documentQuery('locations', id), staleTime: 300_000 })
  return data?.code ?? '…'
}

export function Disposition({ value }: { readonly value: string | null }) {
  const { i18n } = useLingui()
  return value === null ? null : i18n._(dispositionWords[value]!)
}
