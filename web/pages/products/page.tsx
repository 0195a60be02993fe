import type { LoaderInput } from '../../page/index.ts'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Suspense, lazy, useState } from 'react'
import type { Static } from 'typebox'
import type { PricesOut } from '../../../src/catalogue/price-books/schema.ts'
import { decimal } from '../../../src/kernel/decimal.ts'
import { type Json, type OneOf, api, dataKey, documentQuery, listQuery } from '../../api/index.ts'
import { PageLink } from '../../patterns/index.ts'
import { Files } from '../../patterns/files/files.tsx'
import { recallList } from '../../patterns/list/trail.ts'
import {
  FactList,
  PlainTable,
  RecordLoading,
  RecordMenu,
  RecordPage,
  Section,
} from '../../patterns/record/index.ts'
import { useCompany, usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { OpenDocuments } from './open-documents.tsx'
import { ReorderLevels } from './reorder-levels.tsx'
import classes from './products.module.css'
import { StockByWarehouse } from './stock-by-warehouse.tsx'

const PdfSheet = lazy(() => import('../../patterns/pdf/pdf-sheet.tsx'))

type Product = OneOf<'products'>
type Price = Json<Static<typeof PricesOut>>['items'][number]

export function loader({ client, params }: LoaderInput): void {
  const id = params['id']
  if (id === undefined) return
  void client.prefetchQuery(documentQuery('products', id))
  void client.prefetchQuery(listQuery('stock/levels', { productId: id, limit: 200 }))
}

export default function ProductPage() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useQuery(documentQuery('products', id))
  if (data === undefined)
    return <RecordLoading title={t`Product`} error={error} retry={() => void refetch()} />
  return <One product={data} />
}

function One({ product }: { readonly product: Product }) {
  const { t } = useLingui()
  const format = useFormat()
  const { may } = usePermissions()
  const { currency } = useCompany()
  const mayWrite = may('products:write')
  const [printing, setPrinting] = useState(false)
  const stocked = product.type === 'stocked'
  const price = (value: string | null) => (value === null ? null : format.money(value, currency, 'currency'))
  const trackings = { none: null, lot: t`By lot`, serial: t`By serial number` } as const
  return (
    <RecordPage
      kind={stocked ? t`Product` : t`Service`}
      title={product.name}
      crumbs={[{ label: t`Products`, href: `/products${recallList('stock/products').search}` }]}
      archived={product.archived}
      line={[product.sku, product.category, product.barcode]}
      edit={mayWrite ? `/products/${product.id}/edit` : null}
      actions={
        <Button variant="default" onClick={() => setPrinting(true)}>
          <Trans>Print labels</Trans>
        </Button>
      }
      menu={
        mayWrite && (
          <RecordMenu
            resource="products"
            id={product.id}
            name={product.sku}
            version={product.version}
            archived={product.archived}
            list="/products"
            stillOpen={<OpenDocuments productId={product.id} />}
          />
        )
      }
    >
      {stocked && (
        <Section
          title={<Trans>Stock by warehouse</Trans>}
          aside={
            <span className={classes.aside}>
              <span className={classes.hint}>
                <Trans>in {product.unit}; each figure opens what it is made of</Trans>
              </span>
              <PageLink href={`/stock/moves?productId=${product.id}`}>
                <Trans>All movements</Trans>
              </PageLink>
            </span>
          }
        >
          <StockByWarehouse product={product} />
        </Section>
      )}
      {stocked && <ReorderLevels product={product} />}
      <Section title={<Trans>Facts</Trans>}>
        <FactList
          facts={[
            [t`Unit`, product.unit],
            [t`Barcode`, product.barcode],
            [t`CN code`, product.cnCode],
            ['PKWiU', product.pkwiuCode],
            ['GTU', product.gtuCode],
            [t`Sales price`, price(product.salesPrice)],
            [t`Purchase price`, price(product.purchasePrice)],
            [t`Taxes on sales`, <TaxNames key="sales" ids={product.taxIds} />],
            [t`Taxes on purchases`, <TaxNames key="purchases" ids={product.purchaseTaxIds} />],
            [t`Told apart`, stocked ? trackings[product.tracking] : null],
            [
              t`Cost of what leaves`,
              stocked ? (product.valuation === 'fifo' ? t`First in, first out` : t`Moving average`) : null,
            ],
            [t`Weight`, product.weight === null ? null : format.quantity(product.weight, 'kg')],
            [
              t`More than ordered`,
              product.tolerancePercent === null ? null : t`up to ${format.percent(product.tolerancePercent)}`,
            ],
            [t`Description`, product.description],
          ]}
        />
      </Section>
      <Section title={<Trans>Units</Trans>}>
        <PlainTable
          label={t`Units`}
          rows={product.units}
          keyOf={(unit) => unit.unit}
          none={
            <Trans>Only its base unit. Packs with barcodes of their own are added when it is edited.</Trans>
          }
          columns={[
            { label: t`Unit`, render: (unit) => unit.unit },
            {
              label: t`Holds`,
              render: (unit) => (
                <span data-figure>
                  {unit.denominator === 1
                    ? format.quantity(String(unit.numerator), product.unit)
                    : `${unit.numerator}/${unit.denominator} ${product.unit}`}
                </span>
              ),
            },
            { label: t`Barcode`, render: (unit) => unit.barcode ?? '–' },
          ]}
        />
      </Section>
      <Prices product={product} />
      <Section title={<Trans>Vendors</Trans>}>
        <PlainTable
          label={t`Vendors`}
          rows={product.vendors}
          keyOf={(vendor, index) => `${vendor.partyId} ${index}`}
          none={<Trans>No vendor yet.</Trans>}
          columns={[
            {
              label: t`Vendor`,
              render: (vendor) => (
                <>
                  <PartyName id={vendor.partyId} />
                  {vendor.preferred && ' '}
                  {vendor.preferred && <span className={classes.tag}>{t`preferred`}</span>}
                </>
              ),
            },
            { label: t`Their code`, render: (vendor) => vendor.code ?? '–' },
            {
              label: t`Price`,
              align: 'right',
              render: (vendor) =>
                vendor.price === null ? (
                  '–'
                ) : (
                  <span data-figure>
                    {format.money(vendor.price, vendor.currency ?? currency, 'currency')}
                    {vendor.unit !== null && ` / ${vendor.unit}`}
                  </span>
                ),
            },
            {
              label: t`At least`,
              align: 'right',
              render: (vendor) =>
                vendor.minimumQuantity === null
                  ? '–'
                  : format.quantity(vendor.minimumQuantity, vendor.unit ?? product.unit),
            },
            {
              label: t`Days to deliver`,
              align: 'right',
              render: (vendor) => vendor.leadTimeDays ?? '–',
            },
          ]}
        />
      </Section>
      <Section title={null}>
        <Files place={`/products/${product.id}`} mayWrite={mayWrite} />
      </Section>
      {printing && (
        <Suspense fallback={null}>
          <PdfSheet
            title={t`Labels of ${product.sku}`}
            path={`/products/${product.id}/label/pdf`}
            name={product.sku}
            copies
            onClose={() => setPrinting(false)}
          />
        </Suspense>
      )}
      {product.notes !== null && (
        <Section title={<Trans>Notes</Trans>}>
          <p className={classes.notes}>{product.notes}</p>
        </Section>
      )}
    </RecordPage>
  )
}

function TaxNames({ ids }: { readonly ids: readonly string[] }) {
  const { data } = useQuery({
    ...listQuery('taxes', { limit: 200, archived: 'all' }),
    staleTime: 300_000,
  })
  if (ids.length === 0) return <Trans>none</Trans>
  return ids.map((id) => data?.items.find((tax) => tax.id === id)?.name ?? '…').join(', ')
}

function PartyName({ id }: { readonly id: string }) {
  const { data } = useQuery(documentQuery('parties', id))
  return <PageLink href={`/parties/${id}`}>{data?.name ?? '…'}</PageLink>
}

/** What it costs in each price book, with quantity breaks. */
function Prices({ product }: { readonly product: Product }) {
  const { t } = useLingui()
  const format = useFormat()
  const { may } = usePermissions()
  const allowed = may('price-books:read')
  const { data } = useQuery({
    queryKey: dataKey('price-books', 'prices', product.id),
    enabled: allowed,
    queryFn: ({ signal }) =>
      api.get<{ items: readonly Price[] }>('/price-books/prices', { productId: product.id }, { signal }),
  })
  if (!allowed || data === undefined) return null
  const from = (price: Price) =>
    decimal(price.minQuantity).lte('0') ? t`any` : t`from ${format.quantity(price.minQuantity, price.unit)}`
  return (
    <Section
      title={<Trans>Price in each book</Trans>}
      aside={
        <PageLink href={`/price-books/which?productId=${product.id}`} size="sm">
          <Trans>Which price applies?</Trans>
        </PageLink>
      }
    >
      <PlainTable
        label={t`Price in each book`}
        rows={data.items}
        keyOf={(price, index) => `${price.priceBookId} ${index}`}
        none={<Trans>It stands in no price book: the sales price above applies.</Trans>}
        columns={[
          {
            label: t`Price book`,
            render: (price) => <PageLink href={`/price-books/${price.priceBookId}`}>{price.name}</PageLink>,
          },
          { label: t`Side`, render: (price) => (price.side === 'sales' ? t`Sales` : t`Purchases`) },
          { label: t`Quantity`, align: 'right', render: from },
          {
            label: t`Price`,
            align: 'right',
            render: (price) => (
              <span data-figure>
                {format.money(
                  decimal(price.price).plus(decimal(price.margin)).toFixed(),
                  price.currency,
                  'currency',
                )}
                {` / ${price.unit}`}
              </span>
            ),
          },
          { label: t`Tax`, render: (price) => (price.pricesIncludeTax ? t`included` : t`on top`) },
        ]}
      />
    </Section>
  )
}
