import { Trans, useLingui } from '@lingui/react/macro'
import { Button, TextInput } from '@mantine/core'
import { IconPercentage } from '@tabler/icons-react'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { decimal } from '../../../src/kernel/decimal.ts'
import { documentQuery } from '../../api/index.ts'
import { PageLink } from '../../patterns/index.ts'
import { FactList, RecordLoading, RecordMenu, RecordPage, Section } from '../../patterns/record/index.ts'
import { usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { type Book, type CellValues, type Price, type RowValues, gridOf, pricesQuery } from './book.ts'
import { MassChange } from './mass-change.tsx'
import classes from './price-books.module.css'
import { Valid } from './valid.tsx'

/** So many rows are drawn; who looks for another one types a part of it. */
const mostRows = 200

export default function PriceBookPage() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useQuery(documentQuery('price-books', id))
  if (data === undefined)
    return <RecordLoading title={t`Price book`} error={error} retry={() => void refetch()} />
  return <One book={data} />
}

function One({ book }: { readonly book: Book }) {
  const { t } = useLingui()
  const { may } = usePermissions()
  const [changing, setChanging] = useState(false)
  const prices = useQuery(pricesQuery(book.id))
  const mayWrite = may('price-books:write')
  const everybody = book.partyIds.length === 0 && book.priceGroups.length === 0
  return (
    <RecordPage
      kind={book.side === 'sales' ? t`Price book for sales` : t`Price book for purchases`}
      title={book.name}
      crumbs={[{ label: t`Price books`, href: '/price-books' }]}
      archived={book.archived}
      line={[book.currency, <Valid key="valid" from={book.validFrom} to={book.validTo} />]}
      edit={mayWrite ? `/price-books/${book.id}/edit` : null}
      actions={
        mayWrite &&
        (prices.data?.items.length ?? 0) > 0 && (
          <Button
            variant="default"
            leftSection={<IconPercentage size={16} aria-hidden />}
            onClick={() => setChanging(true)}
          >
            <Trans>Change many prices</Trans>
          </Button>
        )
      }
      menu={
        mayWrite && (
          <RecordMenu
            resource="price-books"
            id={book.id}
            name={book.name}
            version={book.version}
            archived={book.archived}
            list="/price-books"
          />
        )
      }
    >
      <Section title={<Trans>Facts</Trans>}>
        <FactList
          facts={[
            [
              t`For whom`,
              everybody ? (
                t`Everybody`
              ) : (
                <>
                  {book.priceGroups.join(', ')}
                  {book.priceGroups.length > 0 && book.partyIds.length > 0 && ' · '}
                  <PartyNames ids={book.partyIds} />
                </>
              ),
            ],
            [t`Tax`, book.pricesIncludeTax ? t`included` : t`on top`],
            [t`Priority`, String(book.priority)],
            [t`Notes`, book.notes],
          ]}
        />
      </Section>
      <Section
        title={<Trans>Prices</Trans>}
        aside={
          <PageLink href={`/price-books/which?side=${book.side}`}>
            <Trans>Which price applies?</Trans>
          </PageLink>
        }
      >
        {prices.data === undefined ? (
          prices.error?.message
        ) : (
          <PriceGrid prices={prices.data.items} currency={book.currency} />
        )}
      </Section>
      {changing && prices.data !== undefined && (
        <MassChange book={book} prices={prices.data.items} onClose={() => setChanging(false)} />
      )}
    </RecordPage>
  )
}

function PartyNames({ ids }: { readonly ids: readonly string[] }) {
  const found = useQueries({ queries: ids.slice(0, 20).map((id) => documentQuery('parties', id)) })
  const more = ids.length - found.length
  return (
    <>
      {found.map(({ data }, index) => (
        <span key={ids[index]}>
          {index > 0 && ', '}
          <PageLink href={`/parties/${ids[index]}`}>{data?.name ?? '…'}</PageLink>
        </span>
      ))}
      {more > 0 && ` +${more}`}
    </>
  )
}

interface GridProps {
  readonly prices: readonly Price[]
  readonly currency: string
}

function PriceGrid({ prices, currency }: GridProps) {
  const { t } = useLingui()
  const format = useFormat()
  const [find, setFind] = useState('')
  const { breaks, rows } = gridOf(prices)
  if (rows.length === 0)
    return (
      <p className={classes.hint}>
        <Trans>No prices yet. Add them when editing the book.</Trans>
      </p>
    )
  const words = find.trim().toLocaleLowerCase()
  const matching = rows.filter((row) => `${row.sku} ${row.name}`.toLocaleLowerCase().includes(words))
  const shown = matching.slice(0, mostRows)
  const more = matching.length - shown.length
  return (
    <>
      {rows.length > 12 && (
        <div className={classes.bar}>
          <TextInput
            aria-label={t`Find a product`}
            placeholder={t`Find a product`}
            value={find}
            onChange={(event) => setFind(event.currentTarget.value)}
          />
        </div>
      )}
      {/* A scroll area must be reachable by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={classes.scroll} role="region" aria-label={t`Prices`} tabIndex={0}>
        <table className={classes.grid}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Product</Trans>
              </th>
              <th scope="col">
                <Trans>Unit</Trans>
              </th>
              {breaks.map((from) => (
                <th key={from} scope="col" data-align="right">
                  {from === '0' ? t`any quantity` : t`from ${format.number(from)}`}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <GridRow key={`${row.productId} ${row.unit}`} row={row} breaks={breaks} currency={currency} />
            ))}
          </tbody>
        </table>
      </div>
      {more > 0 && (
        <p className={classes.hint}>
          <Trans>{more} more: type a part of the code or name.</Trans>
        </p>
      )}
    </>
  )
}

interface RowProps {
  readonly row: RowValues
  readonly breaks: readonly string[]
  readonly currency: string
}

function GridRow({ row, breaks, currency }: RowProps) {
  return (
    <tr>
      <th scope="row">
        <span className={classes.sku}>
          <PageLink href={`/products/${row.productId}`} size="sm">
            {row.sku}
          </PageLink>
        </span>
        <span className={classes.quiet}>{row.name}</span>
      </th>
      <td>{row.unit}</td>
      {breaks.map((from) => (
        <td key={from} data-align="right">
          <Cell cell={row.prices[from]} currency={currency} />
        </td>
      ))}
    </tr>
  )
}

function Cell({ cell, currency }: { readonly cell: CellValues | undefined; readonly currency: string }) {
  const format = useFormat()
  if (cell === undefined) return <span className={classes.quiet}>–</span>
  const margin = decimal(cell.margin)
  const price = format.money(cell.price, currency)
  if (margin.eq('0')) return <span data-figure>{price}</span>
  const added = format.money(cell.margin, currency)
  const together = format.money(decimal(cell.price).plus(margin).toFixed(), currency)
  return (
    <span data-figure>
      {together}{' '}
      <span className={classes.quiet}>
        ({price} + {added})
      </span>
    </span>
  )
}
