import { Trans, useLingui } from '@lingui/react/macro'
import { Checkbox, Select, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { type OneOf, api, documentQuery } from '../../api/index.ts'
import type { Fault } from '../../forms/index.ts'
import { inCompany } from '../../patterns/index.ts'
import { FieldGroup, FieldRow, RecordFormPage, useRecordForm } from '../../patterns/record/index.ts'
import { LocationPicker } from './location-picker.tsx'
import { useWarehouseWords } from './words.ts'

type Location = OneOf<'locations'>
interface LocationValues {
  readonly code: string
  readonly name: string
  readonly type: string
  readonly parentId: string
  readonly isDefault: boolean
}
const valuesOf = (location: Location | null): LocationValues => ({
  code: location?.code ?? '',
  name: location === null || location.name === location.code ? '' : location.name,
  type: location?.type ?? 'stock',
  parentId: location?.parentId ?? '',
  isDefault: location?.isDefault ?? false,
})

interface Props {
  readonly warehouseId: string
  readonly location: Location | null
}

/** The form of a location of a warehouse, new or known. */
export function LocationForm({ warehouseId, location }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const words = useWarehouseWords()
  const warehouse = useQuery(documentQuery('warehouses', warehouseId))
  const check = useCallback(
    (values: LocationValues): readonly Fault[] =>
      values.code.trim() === '' ? [{ field: 'code', message: t`Enter the code` }] : [],
    [t],
  )
  const form = useRecordForm<LocationValues>({
    resource: 'locations',
    id: location?.id ?? null,
    version: location?.version ?? null,
    initial: valuesOf(location),
    check,
    save: (values, options) => {
      const code = values.code.trim()
      const name = values.name.trim() === '' ? code : values.name.trim()
      const parentId = values.parentId === '' ? null : values.parentId
      const { isDefault, type } = values
      if (location !== null)
        return api.patch(`/locations/${location.id}`, { code, name, parentId, isDefault }, options)
      const body = { warehouseId, code, name, type, isDefault, ...(parentId !== null && { parentId }) }
      return api.post('/locations', body, options)
    },
    reload: async () => {
      const theirs = await client.fetchQuery({ ...documentQuery('locations', location!.id), staleTime: 0 })
      return { values: valuesOf(theirs), version: theirs.version }
    },
    done: (saved) =>
      void navigate({
        // Who makes locations makes several: the list of them is where one goes on.
        to: inCompany(
          location === null ? `/warehouses/${warehouseId}` : `/locations/${(saved as Location).id}`,
        ),
      }),
  })
  const name = warehouse.data?.name ?? '…'
  const wasDefault = location?.isDefault === true
  return (
    <RecordFormPage
      form={form}
      title={location === null ? t`New location in ${name}` : t`Edit ${location.code}`}
      crumbs={[
        { label: t`Warehouses`, href: '/warehouses' },
        { label: name, href: `/warehouses/${warehouseId}` },
        ...(location === null ? [] : [{ label: location.code, href: `/locations/${location.id}` }]),
      ]}
      back={location === null ? `/warehouses/${warehouseId}` : `/locations/${location.id}`}
      names={{ code: t`Code`, name: t`Name`, parentId: t`Lies in`, isDefault: t`Usual place` }}
    >
      <FieldGroup title={t`What it is`}>
        <FieldRow>
          <TextInput
            {...form.text('code')}
            label={t`Code`}
            description={t`As on its label, such as A-01-3`}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            maxLength={60}
            data-autofocus
          />
          <TextInput {...form.text('name')} label={t`Name (optional)`} maxLength={200} />
        </FieldRow>
        <FieldRow>
          <Select
            {...form.choice('type')}
            label={t`Kind`}
            allowDeselect={false}
            disabled={location !== null}
            description={
              location === null ? t`Goods in quarantine are counted apart and not sold` : t`Fixed once made`
            }
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={Object.entries(words.types).map(([value, label]) => ({ value, label }))}
          />
          <LocationPicker
            {...form.choice('parentId')}
            warehouseId={warehouseId}
            without={location?.id ?? null}
            label={t`Lies in (optional)`}
            description={t`Such as the aisle of a shelf`}
          />
        </FieldRow>
        <Checkbox
          {...form.tick('isDefault')}
          label={t`Usual place of the warehouse`}
          disabled={wasDefault}
          description={
            wasDefault ? (
              <Trans>Choose it at another location to move it there.</Trans>
            ) : (
              <Trans>Goods go to it and come from it unless a line names another location.</Trans>
            )
          }
        />
      </FieldGroup>
    </RecordFormPage>
  )
}
