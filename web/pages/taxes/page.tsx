import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type OneOf, documentQuery, listQuery } from '../../api/index.ts'
import { PageLink } from '../../patterns/index.ts'
import {
  FactList,
  PlainTable,
  RecordLoading,
  RecordMenu,
  RecordPage,
  Section,
} from '../../patterns/record/index.ts'
import { usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { taxCategories } from './categories.ts'

/** So many products that carry it are named. */
const shown = 20

export default function TaxPage() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useQuery(documentQuery('taxes', id))
  if (data === undefined) return <RecordLoading title={t`Tax`} error={error} retry={() => void refetch()} />
  return <One tax={data} />
}

function One({ tax }: { readonly tax: OneOf<'taxes'> }) {
  const { t, i18n } = useLingui()
  const format = useFormat()
  const { may } = usePermissions()
  const mayWrite = may('taxes:write')
  const products = useQuery(listQuery('products', { taxId: tax.id, limit: shown }))
  return (
    <RecordPage
      kind={t`Tax`}
      title={tax.name}
      crumbs={[
        { label: t`Settings`, href: '/settings' },
        { label: t`Taxes`, href: '/taxes' },
      ]}
      archived={tax.archived}
      edit={mayWrite ? `/taxes/${tax.id}/edit` : null}
      menu={
        mayWrite && (
          <RecordMenu
            resource="taxes"
            id={tax.id}
            name={tax.name}
            version={tax.version}
            archived={tax.archived}
            list="/taxes"
          />
        )
      }
    >
      <FactList
        facts={[
          [t`Rate`, format.percent(tax.rate)],
          [t`Category`, i18n._(taxCategories[tax.category])],
          [t`Reason of exemption`, tax.exemptionReason],
        ]}
      />
      <Section title={<Trans>Products that carry it</Trans>}>
        {products.data !== undefined && (
          <>
            <PlainTable
              label={t`Products that carry it`}
              rows={products.data.items}
              keyOf={(product) => product.id}
              none={<Trans>None.</Trans>}
              columns={[
                {
                  label: t`Code`,
                  render: (product) => <PageLink href={`/products/${product.id}`}>{product.sku}</PageLink>,
                },
                { label: t`Name`, render: (product) => product.name },
              ]}
            />
            {products.data.nextCursor !== null && <Trans>and more</Trans>}
          </>
        )}
      </Section>
    </RecordPage>
  )
}
