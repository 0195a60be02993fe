import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { endlessListQuery } from '../../api/index.ts'
import { PageTitle, useAddress } from '../../page/index.ts'
import { PageLink } from '../../patterns/index.ts'
import { usePhone } from '../../patterns/use-screen.ts'
import { usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { PartyPicker, WarehousePicker } from '../../ui/inputs/index.ts'
import { ProposalCards, ProposalTable } from './proposal-rows.tsx'
import classes from './replenishment.module.css'
import { type Ordering, useOrdering } from './use-ordering.ts'

/** What should be bought now: each row says why, quantity and vendor can be changed, what is ticked becomes draft orders. */
export default function Proposals() {
  const { t } = useLingui()
  const phone = usePhone()
  const { may } = usePermissions()
  const { asked, set } = useAddress()
  const [q] = useDebouncedValue(asked('q'), 200)
  const filters = { q, vendorId: asked('vendorId'), warehouseId: asked('warehouseId') }
  const query = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''))
  const data = useInfiniteQuery({
    ...endlessListQuery('purchase-proposals', { ...query, limit: 100 }),
    placeholderData: keepPreviousData,
  })
  const rows = data.data?.pages.flatMap((page) => page.items) ?? []
  const mayOrder = may('purchase-order:write')
  const ordering = useOrdering(rows)
  const Rows = phone ? ProposalCards : ProposalTable
  return (
    <Stack data-page>
      <div>
        <PageTitle title={t`Reorder`} />
        <Text c="dimmed" size="sm">
          <Trans>
            What falls below its minimum before a later order could bring it. Nothing is ordered before you
            make orders of it, and drafts count as ordered.
          </Trans>{' '}
          <PageLink href="/reorder-levels" size="sm" underline="always">
            <Trans>Reorder levels</Trans>
          </PageLink>
        </Text>
      </div>
      <div className={classes.filters}>
        <TextInput
          label={t`Search`}
          placeholder={t`Code, name, barcode`}
          value={asked('q')}
          onChange={(event) => set({ q: event.currentTarget.value })}
        />
        <PartyPicker
          {...({ role: 'vendor' } as const)}
          label={t`Vendor`}
          value={filters.vendorId === '' ? null : filters.vendorId}
          onChange={(id) => set({ vendorId: id })}
        />
        <WarehousePicker
          label={t`Warehouse`}
          value={filters.warehouseId === '' ? null : filters.warehouseId}
          onChange={(id) => set({ warehouseId: id })}
        />
      </div>
      <Made ordering={ordering} />
      {data.error !== null && (
        <Alert color="red" role="alert">
          <Text size="sm">{data.error.message}</Text>
          <Button size="xs" variant="default" mt="xs" onClick={() => void data.refetch()}>
            <Trans>Try again</Trans>
          </Button>
        </Alert>
      )}
      {data.data === undefined ? (
        data.error === null && <Skeleton height={240} />
      ) : rows.length === 0 ? (
        <Nothing filtered={Object.keys(query).length > 0} />
      ) : (
        <>
          {mayOrder && <OrderBar ordering={ordering} />}
          <Rows rows={rows} ordering={mayOrder ? ordering : null} />
          {data.hasNextPage && (
            <Button
              variant="default"
              loading={data.isFetchingNextPage}
              onClick={() => void data.fetchNextPage()}
            >
              <Trans>Load more</Trans>
            </Button>
          )}
        </>
      )}
    </Stack>
  )
}

function Nothing({ filtered }: { readonly filtered: boolean }) {
  return (
    <Text>
      {filtered ? (
        <Trans>Nothing that fits these filters has to be bought.</Trans>
      ) : (
        <Trans>
          Nothing has to be bought. A product stands here when it has a reorder level and falls below its
          minimum.
        </Trans>
      )}{' '}
      <PageLink href="/reorder-levels" underline="always">
        <Trans>Reorder levels</Trans>
      </PageLink>
    </Text>
  )
}

/** What is ticked, how many orders that makes, and what is missing before it can be done. */
function OrderBar({ ordering }: { readonly ordering: Ordering }) {
  const { chosen, orders, hindrance, failure, busy, run } = ordering
  const ready = chosen > 0 && hindrance === null
  return (
    <div className={classes.bar}>
      <Group gap="sm">
        <Button
          loading={busy}
          aria-disabled={!ready}
          data-disabled={!ready || undefined}
          onClick={() => ready && run()}
        >
          <Trans>Make purchase orders</Trans>
        </Button>
        <Text size="sm" c="dimmed" role="status">
          {chosen === 0 ? (
            <Trans>Tick what shall be ordered.</Trans>
          ) : (
            (hindrance ?? (
              <>
                <Plural value={chosen} one="# product" other="# products" />
                {', '}
                <Plural value={orders} one="# draft order" other="# draft orders" />
              </>
            ))
          )}
        </Text>
      </Group>
      {failure !== null && (
        <Alert color="red" role="alert" mt="xs">
          {failure}
        </Alert>
      )}
    </div>
  )
}

function Made({ ordering }: { readonly ordering: Ordering }) {
  const format = useFormat()
  if (ordering.made.length === 0) return null
  return (
    <Alert color="green" role="status">
      <Trans>Draft purchase orders are made. Check and confirm them:</Trans>
      <ul className={classes.made}>
        {ordering.made.map(({ id, party, totals }) => (
          <li key={id}>
            <PageLink href={`/purchase-orders/${id}`}>{party.name}</PageLink>{' '}
            <span data-figure>{format.money(totals.gross, totals.currency, 'currency')}</span>
          </li>
        ))}
      </ul>
    </Alert>
  )
}
