import { Trans, useLingui } from '@lingui/react/macro'
import { SegmentedControl, Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type { PriceChoiceOut } from '../../../src/catalogue/price-books/schema.ts'
import { decimal } from '../../../src/kernel/decimal.ts'
import { type Json, api, dataKey, documentQuery } from '../../api/index.ts'
import { PageTitle, useAddress, useBreadcrumbs } from '../../page/index.ts'
import { PageLink } from '../../patterns/index.ts'
import { FieldRow } from '../../patterns/record/index.ts'
import { useToday } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import {
  DateField,
  DecimalInput,
  PartyPicker,
  ProductPicker,
  isDate,
  isDecimal,
} from '../../ui/inputs/index.ts'
import classes from './price-books.module.css'

type Choice = Json<Static<typeof PriceChoiceOut>>

/** Asks as documents do: for this party, product, quantity and day, which price, and why. All of it is in the address. */
export default function WhichPrice() {
  const { t } = useLingui()
  const today = useToday()
  const { asked, set } = useAddress()
  const side = asked('side') === 'purchase' ? 'purchase' : 'sales'
  const [productId, partyId, unit] = [asked('productId'), asked('partyId'), asked('unit')]
  const quantity = asked('quantity') === '' ? '1' : asked('quantity')
  const date = asked('date') === '' ? today : asked('date')
  const product = useQuery({ ...documentQuery('products', productId), enabled: productId !== '' })
  const units =
    product.data === undefined ? [] : [product.data.unit, ...product.data.units.map((each) => each.unit)]
  useBreadcrumbs([{ label: t`Price books`, href: '/price-books' }, { label: t`Which price applies?` }])
  return (
    <div className={classes.tester}>
      <PageTitle title={t`Which price applies?`} />
      <p className={classes.hint}>
        <Trans>Answers as a new document would: nothing is made or changed.</Trans>
      </p>
      <div>
        <SegmentedControl
          aria-label={t`Side`}
          value={side}
          onChange={(value) => set({ side: value, partyId: null })}
          data={[
            { value: 'sales', label: t`Sales` },
            { value: 'purchase', label: t`Purchases` },
          ]}
        />
      </div>
      <FieldRow>
        <ProductPicker
          label={t`Product`}
          value={productId === '' ? null : productId}
          onChange={(id) => set({ productId: id, unit: null })}
        />
        <PartyPicker
          key={side}
          {...({ role: side === 'sales' ? 'customer' : 'vendor' } as const)}
          label={side === 'sales' ? t`Customer (optional)` : t`Vendor (optional)`}
          value={partyId === '' ? null : partyId}
          onChange={(id) => set({ partyId: id })}
        />
      </FieldRow>
      <FieldRow>
        <DecimalInput label={t`Quantity`} value={quantity} onChange={(value) => set({ quantity: value })} />
        <Select
          label={t`Unit`}
          value={unit === '' ? (units[0] ?? null) : unit}
          onChange={(value) => set({ unit: value })}
          allowDeselect={false}
          data={units.filter((each, index) => units.indexOf(each) === index)}
        />
        <DateField label={t`Date`} value={date} onChange={(value) => set({ date: value })} />
      </FieldRow>
      {productId === '' ? (
        <p className={classes.hint}>
          <Trans>Choose a product.</Trans>
        </p>
      ) : (
        isDecimal(quantity) &&
        isDate(date) && (
          <Answer
            query={{
              side,
              productId,
              quantity,
              date,
              ...(partyId !== '' && { partyId }),
              ...(unit !== '' && { unit }),
            }}
            unit={unit === '' ? (units[0] ?? '') : unit}
          />
        )
      )}
    </div>
  )
}

interface AnswerProps {
  readonly query: Readonly<Record<string, string>>
  readonly unit: string
}

function Answer({ query, unit }: AnswerProps) {
  const format = useFormat()
  const { data, error } = useQuery({
    queryKey: dataKey('price-books', 'which', query),
    queryFn: ({ signal }) => api.get<Choice>('/price-books/which', query, { signal }),
    placeholderData: keepPreviousData,
  })
  if (error !== null)
    return (
      <div className={classes.answer} role="alert">
        {error.message}
      </div>
    )
  if (data === undefined) return null
  return (
    <div className={classes.answer} role="status">
      {data.price !== null && (
        <p className={classes.figure}>
          {format.money(data.price, data.currency, 'currency')}
          <span className={classes.quiet}> / {unit}</span>
        </p>
      )}
      <p>
        <Why choice={data} unit={unit} />
      </p>
      {data.pricesIncludeTax !== null && (
        <p className={classes.quiet}>
          {data.pricesIncludeTax ? <Trans>Tax is included.</Trans> : <Trans>Tax comes on top.</Trans>}
        </p>
      )}
    </div>
  )
}

function Why({ choice, unit }: { readonly choice: Choice; readonly unit: string }) {
  const format = useFormat()
  const { source, priceBookId, priceBookName, minQuantity } = choice
  if (source === 'price-book' && priceBookId !== null) {
    const book = <PageLink href={`/price-books/${priceBookId}`}>{priceBookName}</PageLink>
    if (minQuantity === null || decimal(minQuantity).eq('0'))
      return <Trans>From the price book {book}.</Trans>
    const from = format.quantity(minQuantity, unit)
    return (
      <Trans>
        From the price book {book}, which has this price from {from}.
      </Trans>
    )
  }
  if (source === 'vendor') return <Trans>The price of this vendor, from the page of the product.</Trans>
  if (source === 'product') return <Trans>No price book applies: the price of the product itself.</Trans>
  return <Trans>There is no price: neither a book nor the product has one that fits.</Trans>
}
