import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { documentQuery } from '../../api/index.ts'
import { PageLink } from '../../patterns/index.ts'
import { FactList, RecordLoading, RecordMenu, RecordPage } from '../../patterns/record/index.ts'
import { useCompany, usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'

export default function RatePage() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const format = useFormat()
  const company = useCompany()
  const { may } = usePermissions()
  const { data: rate, error, refetch } = useQuery(documentQuery('exchange-rates', id))
  if (rate === undefined)
    return <RecordLoading title={t`Exchange rate`} error={error} retry={() => void refetch()} />
  const { currency } = rate
  const date = format.date(rate.date)
  const mayWrite = may('exchange-rates:write')
  return (
    <RecordPage
      kind={t`Exchange rate`}
      title={`${currency} · ${date}`}
      crumbs={[
        { label: t`Settings`, href: '/settings' },
        { label: t`Exchange rates`, href: '/exchange-rates' },
      ]}
      edit={mayWrite ? `/exchange-rates/${rate.id}/edit` : null}
      menu={
        mayWrite && (
          <RecordMenu
            resource="exchange-rates"
            id={rate.id}
            name={t`Exchange rate of ${currency} of ${date}`}
            version={rate.version}
            archived={null}
            list="/exchange-rates"
          />
        )
      }
    >
      <FactList
        facts={[
          [
            t`Currency`,
            <PageLink key="currency" href={`/currencies/${currency}`}>
              {currency}
            </PageLink>,
          ],
          [t`Date`, date],
          [t`Exchange rate`, `1 ${currency} = ${format.quantity(rate.rate, company.currency)}`],
          [t`Source`, rate.source],
        ]}
      />
    </RecordPage>
  )
}
