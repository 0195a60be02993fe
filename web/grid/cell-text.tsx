import { Trans, useLingui } from '@lingui/react/macro'
import { IconHandStop } from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import { decimal } from '../../src/kernel/decimal.ts'
import { type Format, taxText, useFormat } from '../ui/format.ts'
import { isDecimal } from '../ui/inputs/index.ts'
import { namedLots, serialsOf } from '../ui/lots/index.ts'
import { type ChoiceField, choicesIn } from './choices.ts'
import type { ColumnId } from './columns.ts'
import { useGrid } from './grid-context.ts'
import classes from './grid.module.css'
import { type LastPrice, type Line, isEmpty, taxIdsOf } from './line.ts'
import { asksForLots, lackLots, leftOfLots } from './line-lots.ts'
import { baseQuantity } from './quantity.ts'

interface Props {
  readonly line: Line
  readonly column: ColumnId
}

const figure = (text: string, format: Format) => (isDecimal(text) ? format.number(text) : text)

/**
 * A cell as text: what all cells but the edited one are. In a cell each part stands in a line of its own; elsewhere, as on a
 * phone, they follow one another, parted by a space.
 */
export function CellText({ line, column }: Props) {
  const format = useFormat()
  switch (column) {
    case 'product':
      return <ProductText line={line} />
    case 'description':
      return <span className={classes.words}>{line.description}</span>
    case 'reason':
      return <span className={classes.words}>{line.reason}</span>
    case 'unit':
      return <>{line.unit}</>
    case 'disposition':
    case 'replace':
      return <ChoiceText line={line} field={column} />
    case 'quantity':
      return <QuantityText line={line} />
    case 'price':
      return <PriceText line={line} />
    case 'discount':
      return <>{line.discount === '' || line.discount === '0' ? '' : figure(line.discount, format)}</>
    case 'taxes':
      return <TaxText line={line} />
    case 'net':
      return <NetText line={line} />
    case 'counted':
    case 'change':
    case 'unitCost':
      return <>{figure(line[column], format)}</>
    case 'now':
      return <>{line.quote?.onHand == null ? '' : format.number(line.quote.onHand)}</>
    case 'after':
      return <>{afterOf(line, format)}</>
    case 'available':
      return <AvailableText line={line} />
    case 'lots':
      return <LotsText line={line} />
  }
}

function ChoiceText({ line, field }: { readonly line: Line; readonly field: ChoiceField }) {
  const { i18n } = useLingui()
  const [, words] = choicesIn(field).find(([value]) => value === line[field]) ?? []
  return words === undefined || isEmpty(line) ? null : <>{i18n._(words)}</>
}

/** On hand after the change, or what was counted. */
function afterOf(line: Line, format: Format): string {
  // What was counted of one lot is not what there is of the product.
  if (line.counted !== '' && line.product !== null && line.product.tracking !== 'none') return ''
  if (isDecimal(line.counted)) return format.number(line.counted)
  const now = line.quote?.onHand
  if (now == null || !isDecimal(line.change)) return ''
  return format.number(decimal(now).plus(decimal(line.change)).toFixed())
}

function ProductText({ line }: { readonly line: Line }) {
  const { model } = useGrid()
  const format = useFormat()
  if (line.product === null) {
    const empty = line.code === '' && line.description === '' && model.kind.fixedLines !== true
    return empty ? (
      <span className={classes.quiet}>
        <Trans>Code, name or barcode</Trans>
      </span>
    ) : (
      <span>{line.code}</span>
    )
  }
  const { quote, product } = line
  const unit = product.units[0]?.unit ?? ''
  const short = quote !== null && model.kind.availability && quote.available !== null && quote.short !== '0'
  const available = quote?.available == null ? null : format.quantity(quote.available, unit)
  return (
    <>
      <span className={classes.code}>{product.sku}</span>{' '}
      <span className={classes.quiet} data-waiting={line.quoteState === 'waiting' || undefined}>
        {product.name}
        {available !== null && !short && model.kind.prices !== 'purchase' && (
          <>
            {' · '}
            <Trans>{available} available</Trans>
          </>
        )}
      </span>{' '}
      {quote?.lastPrice != null && <LastPriceText line={line} last={quote.lastPrice} />}
    </>
  )
}

/** What this customer paid, or this vendor took, the last time. */
function LastPriceText({ line, last }: { readonly line: Line; readonly last: LastPrice }) {
  const { t } = useLingui()
  const { currency, side } = useGrid()
  const format = useFormat()
  const same = last.currency === currency
  const amount = same ? format.number(last.price) : format.money(last.price, last.currency)
  const price = last.unit === line.unit ? amount : `${amount} / ${last.unit}`
  const discount = last.discountPercent === '0' ? '' : format.percent(last.discountPercent)
  const date = format.date(last.date)
  const { number } = last
  const tax = last.pricesIncludeTax ? t`Prices with tax.` : t`Prices without tax.`
  const title =
    side === 'sales'
      ? t`The last price to this customer, order ${number}. ${tax}`
      : t`The last price from this vendor, order ${number}. ${tax}`
  return (
    <span className={classes.quiet} title={title} data-last-price>
      {discount === '' ? (
        <Trans>
          last {price} on {date}
        </Trans>
      ) : (
        <Trans>
          last {price} less {discount} on {date}
        </Trans>
      )}
    </span>
  )
}

function QuantityText({ line }: { readonly line: Line }) {
  const format = useFormat()
  const { model } = useGrid()
  const base = line.product === null ? null : baseQuantity(line.quantity, line.unit, line.product.units)
  const unit = line.product?.units[0]?.unit ?? ''
  const { quote } = line
  const short = model.kind.availability && quote !== null && quote.short !== '0' && quote.available !== null
  const missing = short ? format.number(quote.short) : ''
  const promised = short && quote.availableOn !== null ? format.date(quote.availableOn) : null
  return (
    <>
      <span>{figure(line.quantity, format)}</span>{' '}
      {base !== null && <span className={classes.quiet}>= {format.quantity(base, unit)}</span>}{' '}
      {short && (
        <span className={classes.short}>
          <Trans>{missing} short</Trans>
        </span>
      )}{' '}
      {promised !== null && (
        <span className={classes.quiet}>
          <Trans>all on {promised}</Trans>
        </span>
      )}
    </>
  )
}

function PriceText({ line }: { readonly line: Line }) {
  const { t } = useLingui()
  const format = useFormat()
  const { model, retry } = useGrid()
  const source = usePriceSource(line)
  return (
    <>
      <span data-waiting={(line.quoteState === 'waiting' && line.price === '') || undefined}>
        {line.priceByHand && (
          <IconHandStop size={13} className={classes.byHand} aria-label={t`Set by hand`} />
        )}
        {line.price === '' && line.quoteState === 'waiting' ? '…' : figure(line.price, format)}
      </span>{' '}
      {line.priceByHand && line.quote?.price != null && line.quote.price !== line.price ? (
        <button
          type="button"
          tabIndex={-1}
          className={classes.link}
          title={t`The price that applies: ${figure(line.quote.price, format)}. The Delete key resets it too.`}
          onClick={(event) => {
            event.stopPropagation()
            model.store.update(line.key, { priceByHand: false, price: line.quote?.price ?? '' })
          }}
        >
          <Trans>Reset</Trans>
        </button>
      ) : line.quoteState === 'failed' ? (
        <button type="button" tabIndex={-1} className={classes.link} onClick={() => retry(line.key)}>
          <Trans>No answer. Retry</Trans>
        </button>
      ) : (
        source !== null &&
        !line.priceByHand && (
          <span className={classes.quiet} title={line.quote?.explanation}>
            {source}
          </span>
        )
      )}
    </>
  )
}

/** Where the price comes from, in two or three words. */
function usePriceSource(line: Line): string | null {
  const { t } = useLingui()
  const format = useFormat()
  const { quote } = line
  if (quote === null || line.product === null) return null
  const from =
    quote.minQuantity !== null && quote.minQuantity !== '0' ? format.number(quote.minQuantity) : null
  switch (quote.source) {
    case 'price-book': {
      const book = quote.bookName ?? ''
      return from === null ? book : t`${book}, from ${from}`
    }
    case 'vendor':
      return t`Vendor's price`
    case 'product':
      return t`Product's price`
    case 'none':
      return null
  }
}

function TaxText({ line }: { readonly line: Line }) {
  const { taxes, side } = useGrid()
  const format = useFormat()
  const shown = taxIdsOf(line, side).map((id) => taxes.get(id))
  return <>{shown.map((tax) => (tax === undefined ? '' : taxText(tax, format))).join(' + ')}</>
}

function NetText({ line }: { readonly line: Line }) {
  const { totals, currency } = useGrid()
  const format = useFormat()
  const net = useSyncExternalStore(totals.subscribe, () => totals.known().nets.get(line.key))
  return <span data-figure>{net === undefined || line.price === '' ? '' : format.money(net, currency)}</span>
}

function AvailableText({ line }: { readonly line: Line }) {
  const format = useFormat()
  if (line.quote?.available == null) return null
  return <>{format.quantity(line.quote.available, line.product?.units[0]?.unit ?? '')}</>
}

/** As many lots as are told apart at a glance. */
const lotsShown = 3

function LotsText({ line }: { readonly line: Line }) {
  const { model } = useGrid()
  const format = useFormat()
  if (!asksForLots(model.kind, line)) return null
  const serials = serialsOf(line)
  const lots = namedLots(line).map(({ number, quantity }) =>
    quantity === '' ? number : `${number}: ${figure(quantity, format)}`,
  )
  const named = [...serials, ...lots]
  const more = named.length - lotsShown
  const lacks = lackLots(model.kind, line)
  const left = leftOfLots(line)
  const missing = format.quantity(left, line.product?.units[0]?.unit ?? '')
  if (named.length === 0) {
    return lacks ? (
      <span className={classes.short}>
        {line.product?.tracking === 'serial' ? <Trans>Name serial numbers</Trans> : <Trans>Name lots</Trans>}
      </span>
    ) : (
      model.kind.lots?.chosenForYou === true && (
        <span className={classes.quiet}>
          <Trans>Chosen for you</Trans>
        </span>
      )
    )
  }
  return (
    <>
      <span className={classes.words}>
        {named.slice(0, lotsShown).join(', ')}
        {more > 0 && `, +${more}`}
      </span>
      {lacks && (
        <span className={classes.short}>
          {left.startsWith('-') ? <Trans>Too many</Trans> : <Trans>Not yet told: {missing}</Trans>}
        </span>
      )}
    </>
  )
}
