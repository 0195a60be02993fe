import { Trans, useLingui } from '@lingui/react/macro'
import { Checkbox, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { type OneOf, api, documentQuery } from '../../api/index.ts'
import type { Fault } from '../../forms/index.ts'
import { inCompany } from '../../patterns/index.ts'
import {
  CountrySelect,
  FieldGroup,
  FieldRow,
  RecordFormPage,
  useRecordForm,
} from '../../patterns/record/index.ts'

type Warehouse = OneOf<'warehouses'>
interface WarehouseValues {
  readonly name: string
  readonly code: string
  readonly allowNegative: boolean
  readonly address: {
    readonly name: string
    readonly line1: string
    readonly line2: string
    readonly postalCode: string
    readonly city: string
    readonly region: string
    readonly country: string
    readonly phone: string
  }
}

function valuesOf(warehouse: Warehouse | null): WarehouseValues {
  const address = warehouse?.address ?? {}
  return {
    name: warehouse?.name ?? '',
    code: warehouse?.code ?? '',
    allowNegative: warehouse?.allowNegative ?? false,
    address: {
      name: address.name ?? '',
      line1: address.line1 ?? '',
      line2: address.line2 ?? '',
      postalCode: address.postalCode ?? '',
      city: address.city ?? '',
      region: address.region ?? '',
      country: address.country ?? '',
      phone: address.phone ?? '',
    },
  }
}

/** The form of a warehouse, new or known. */
export function WarehouseForm({ warehouse }: { readonly warehouse: Warehouse | null }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const check = useCallback(
    (values: WarehouseValues): readonly Fault[] => {
      const faults: Fault[] = []
      if (values.name.trim() === '') faults.push({ field: 'name', message: t`Enter the name` })
      if (values.code.trim() === '') faults.push({ field: 'code', message: t`Enter the code` })
      return faults
    },
    [t],
  )
  const form = useRecordForm<WarehouseValues>({
    resource: 'warehouses',
    id: warehouse?.id ?? null,
    version: warehouse?.version ?? null,
    initial: valuesOf(warehouse),
    check,
    save: ({ name, code, allowNegative, address }, options) => {
      // The whole address is replaced; what is empty is left out of it.
      const lines = Object.entries(address).map(([field, value]) => [field, value.trim()] as const)
      const body = {
        name: name.trim(),
        code: code.trim(),
        allowNegative,
        address: Object.fromEntries(lines.filter(([, value]) => value !== '')),
      }
      return warehouse === null
        ? api.post('/warehouses', body, options)
        : api.patch(`/warehouses/${warehouse.id}`, body, options)
    },
    reload: async () => {
      const theirs = await client.fetchQuery({ ...documentQuery('warehouses', warehouse!.id), staleTime: 0 })
      return { values: valuesOf(theirs), version: theirs.version }
    },
    done: (saved) => void navigate({ to: inCompany(`/warehouses/${(saved as Warehouse).id}`) }),
  })
  return (
    <RecordFormPage
      form={form}
      title={warehouse === null ? t`New warehouse` : t`Edit ${warehouse.name}`}
      crumbs={[
        { label: t`Warehouses`, href: '/warehouses' },
        ...(warehouse === null ? [] : [{ label: warehouse.name, href: `/warehouses/${warehouse.id}` }]),
      ]}
      back={warehouse === null ? '/warehouses' : `/warehouses/${warehouse.id}`}
      names={{ name: t`Name`, code: t`Code`, allowNegative: t`Stock below zero`, address: t`Address` }}
    >
      <FieldGroup
        title={t`What it is`}
        hint={
          warehouse === null ? (
            <Trans>It begins with one location for goods to sell and one for quarantine.</Trans>
          ) : undefined
        }
      >
        <FieldRow>
          <TextInput {...form.text('name')} label={t`Name`} maxLength={200} data-autofocus />
          <TextInput
            {...form.text('code')}
            label={t`Code`}
            description={t`Short and unique, such as EAST`}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            maxLength={30}
          />
        </FieldRow>
        <Checkbox
          {...form.tick('allowNegative')}
          label={t`Stock may fall below zero`}
          description={t`Goods that are not there may go out. The stock stays below zero until they come in.`}
        />
      </FieldGroup>
      <FieldGroup title={t`Address`} hint={<Trans>Vendors deliver to it.</Trans>}>
        <TextInput {...form.text('address.name')} label={t`Addressee (optional)`} maxLength={200} />
        <TextInput {...form.text('address.line1')} label={t`Street and number (optional)`} maxLength={200} />
        <TextInput {...form.text('address.line2')} label={t`Second line (optional)`} maxLength={200} />
        <FieldRow>
          <TextInput {...form.text('address.postalCode')} label={t`Postal code (optional)`} maxLength={30} />
          <TextInput {...form.text('address.city')} label={t`City (optional)`} maxLength={100} />
        </FieldRow>
        <FieldRow>
          <TextInput {...form.text('address.region')} label={t`Region (optional)`} maxLength={100} />
          <CountrySelect {...form.choice('address.country')} label={t`Country (optional)`} />
        </FieldRow>
        <TextInput {...form.text('address.phone')} label={t`Phone (optional)`} maxLength={50} />
      </FieldGroup>
    </RecordFormPage>
  )
}
