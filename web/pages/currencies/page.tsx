import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type OneOf, documentQuery, listQuery } from '../../api/index.ts'
import { PageLink, inCompany } from '../../patterns/index.ts'
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

type Currency = OneOf<'currencies'>

/** So many rates are shown; the list has them all. */
const shown = 20

export default function CurrencyPage() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useQuery(documentQuery('currencies', id))
  if (data === undefined)
    return <RecordLoading title={t`Currency`} error={error} retry={() => void refetch()} />
  return <One currency={data} />
}

function One({ currency }: { readonly currency: Currency }) {
  const { t } = useLingui()
  const format = useFormat()
  const company = useCompany()
  const { may } = usePermissions()
  const { code } = currency
  const mayWrite = may('currencies:write')
  const own = code === company.currency
  return (
    <RecordPage
      kind={t`Currency`}
      title={code}
      crumbs={[
        { label: t`Settings`, href: '/settings' },
        { label: t`Currencies`, href: '/currencies' },
      ]}
      line={[currency.name]}
      edit={mayWrite ? `/currencies/${code}/edit` : null}
      menu={
        mayWrite &&
        !own && (
          // Currencies have no versions; the server asks for none.
          <RecordMenu
            resource="currencies"
            id={code}
            name={code}
            version={1}
            archived={null}
            list="/currencies"
          />
        )
      }
    >
      <Section title={<Trans>Facts</Trans>}>
        <FactList
          facts={[
            [t`Decimals`, String(currency.minorDigits)],
            [
              t`Smallest coin`,
              currency.cashRounding === null ? null : format.quantity(currency.cashRounding, code),
            ],
            [t`Status`, own ? t`Currency of the company` : currency.active ? t`Offered` : t`Not offered`],
          ]}
        />
      </Section>
      {!own && may('exchange-rates:read') && <LastRates code={code} />}
    </RecordPage>
  )
}

function LastRates({ code }: { readonly code: string }) {
  const { t } = useLingui()
  const format = useFormat()
  const company = useCompany()
  const { may } = usePermissions()
  const rates = useQuery(listQuery('exchange-rates', { currency: code, limit: shown }))
  return (
    <Section
      title={<Trans>Exchange rates</Trans>}
      aside={
        may('exchange-rates:write') && (
          <Button
            component={Link}
            to={inCompany(`/exchange-rates/new?currency=${code}`)}
            variant="default"
            size="compact-md"
            leftSection={<IconPlus size={14} aria-hidden />}
          >
            <Trans>New exchange rate</Trans>
          </Button>
        )
      }
    >
      {rates.error !== null && <p role="alert">{rates.error.message}</p>}
      {rates.data !== undefined && (
        <PlainTable
          label={t`Exchange rates`}
          rows={rates.data.items}
          keyOf={(rate) => rate.id}
          none={<Trans>No exchange rates yet</Trans>}
          columns={[
            {
              label: t`Date`,
              render: (rate) => (
                <PageLink href={`/exchange-rates/${rate.id}`}>{format.date(rate.date)}</PageLink>
              ),
            },
            {
              label: t`Exchange rate`,
              align: 'right',
              render: (rate) => format.quantity(rate.rate, company.currency),
            },
            { label: t`Source`, render: (rate) => rate.source },
          ]}
        />
      )}
      {rates.data?.nextCursor != null && (
        <PageLink href={`/exchange-rates?currency=${code}`}>
          <Trans>All exchange rates</Trans>
        </PageLink>
      )}
    </Section>
  )
}
