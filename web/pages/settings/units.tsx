import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Alert, Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type { UnitOut } from '../../../src/catalogue/units-in-use/routes.ts'
import { api, dataKey } from '../../api/index.ts'
import { PageLink } from '../../patterns/index.ts'
import { ScrollArea, SettingsPage } from './layout.tsx'
import classes from './settings.module.css'

type Unit = Static<typeof UnitOut>

/** The units that products have, and where: they are added and changed at the product. */
export default function Units() {
  const { t } = useLingui()
  const { data, error } = useQuery({
    queryKey: dataKey('units'),
    queryFn: () => api.get<{ items: readonly Unit[] }>('/units'),
  })
  return (
    <SettingsPage title={t`Units`}>
      <Text size="sm" c="dimmed">
        <Trans>
          Units belong to products: each has a base unit, in which its stock is counted, and packs with a
          ratio to it. They are added and changed at the product; documents keep the unit and ratio they were
          written with.
        </Trans>
      </Text>
      {error !== null && (
        <Alert color="red" role="alert">
          {error.message}
        </Alert>
      )}
      {data === undefined ? (
        error === null && <Skeleton height={200} />
      ) : (
        <ScrollArea label={t`Units`}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">
                  <Trans>Unit</Trans>
                </th>
                <th scope="col">
                  <Trans>One is</Trans>
                </th>
                <th scope="col">
                  <Trans>Base unit of</Trans>
                </th>
                <th scope="col">
                  <Trans>Pack of</Trans>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.items.map(({ unit, base, pack, ratios }) => (
                <tr key={unit}>
                  <th scope="row">{unit}</th>
                  <td>{ratios.length === 0 ? '–' : ratios.join(', ')}</td>
                  <td>{base === 0 ? '–' : <Products unit={unit} count={base} />}</td>
                  <td>{pack === 0 ? '–' : <Products unit={unit} count={pack} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollArea>
      )}
    </SettingsPage>
  )
}

function Products({ unit, count }: { readonly unit: string; readonly count: number }) {
  return (
    <PageLink href={`/products?unit=${encodeURIComponent(unit)}`}>
      <Plural value={count} one="# product" other="# products" />
    </PageLink>
  )
}
