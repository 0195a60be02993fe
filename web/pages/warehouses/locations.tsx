import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Checkbox, Skeleton, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type ItemOf, type OneOf, countQuery, documentQuery, listQuery } from '../../api/index.ts'
import { PageLink, inCompany } from '../../patterns/index.ts'
import { PlainTable, Section } from '../../patterns/record/index.ts'
import { usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { type InTree, inTree } from './tree.ts'
import classes from './warehouses.module.css'
import { useWarehouseWords } from './words.ts'

type Location = ItemOf<'locations'>

/** So many are drawn; who looks for another one types a part of it. */
const most = 200
/** From here on there is a field to find one. */
const manyEnough = 10

/** The locations of a warehouse: what lies inside another one stands below it. */
export function Locations({ warehouse }: { readonly warehouse: OneOf<'warehouses'> }) {
  const { t } = useLingui()
  const format = useFormat()
  const words = useWarehouseWords()
  const { may } = usePermissions()
  const [text, setText] = useState('')
  const [archivedToo, setArchivedToo] = useState(false)
  const [asked] = useDebouncedValue(text.trim(), 150)
  const filters = { warehouseId: warehouse.id, archived: archivedToo ? 'all' : 'false' }
  const q = asked === '' ? undefined : asked
  const found = useQuery({
    ...listQuery('locations', { ...filters, q, limit: most }),
    placeholderData: keepPreviousData,
  })
  const all = useQuery(countQuery('locations', filters))
  const many = (all.data?.count ?? 0) >= manyEnough
  const rows = inTree(found.data?.items ?? [])
  /** Their place in the tree cannot be seen, so it is written. */
  const strays = rows.some(({ row, depth }) => depth === 0 && row.parentId !== null)
  const total = format.number(String(all.data?.count ?? rows.length))
  const shown = format.number(String(rows.length))
  const mayWrite = may('warehouses:write') && !warehouse.archived
  return (
    <Section
      title={<Trans>Locations</Trans>}
      aside={
        mayWrite && (
          <Button
            component={Link}
            to={inCompany(`/warehouses/${warehouse.id}/locations/new`)}
            variant="default"
            size="compact-md"
            leftSection={<IconPlus size={14} aria-hidden />}
          >
            <Trans>New location</Trans>
          </Button>
        )
      }
    >
      <div className={classes.find}>
        {many && (
          <TextInput
            aria-label={t`Find a location`}
            placeholder={t`Code, name`}
            leftSection={<IconSearch size={16} aria-hidden />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        <Checkbox
          label={t`Archived too`}
          checked={archivedToo}
          onChange={(event) => setArchivedToo(event.currentTarget.checked)}
        />
      </div>
      {found.error !== null && <p role="alert">{found.error.message}</p>}
      {found.data === undefined && found.error === null && <Skeleton height={120} />}
      {found.data !== undefined && (
        <PlainTable
          label={t`Locations`}
          rows={rows}
          keyOf={({ row }) => row.id}
          none={<Trans>No location has this word.</Trans>}
          columns={[
            {
              label: t`Code`,
              render: ({ row, depth }) => (
                <span className={classes.code} style={{ paddingInlineStart: `${depth * 1.25}rem` }}>
                  <PageLink href={`/locations/${row.id}`}>{row.code}</PageLink>
                </span>
              ),
            },
            { label: t`Name`, render: ({ row }) => (row.name === row.code ? null : row.name) },
            { label: t`Kind`, render: ({ row }) => words.types[row.type] },
            ...(strays
              ? [
                  {
                    label: t`Lies in`,
                    render: ({ row, depth }: InTree<Location>) =>
                      row.parentId !== null && depth === 0 ? <CodeOf id={row.parentId} /> : null,
                  },
                ]
              : []),
            { label: t`Status`, render: ({ row }) => <Marks row={row} /> },
          ]}
        />
      )}
      {found.data?.nextCursor != null && (
        <p className={classes.hint}>
          <Trans>
            {shown} of {total} are shown. Type a part of the code or name to find another one.
          </Trans>
        </p>
      )}
    </Section>
  )
}

function Marks({ row }: { readonly row: Location }) {
  const { t } = useLingui()
  return [row.isDefault ? t`usual place` : null, row.archived ? t`archived` : null].filter(Boolean).join(', ')
}

/** The code of a location that is not among the rows. */
function CodeOf({ id }: { readonly id: string }) {
  const { data } = useQuery(documentQuery('locations', id))
  return data?.code ?? '…'
}
