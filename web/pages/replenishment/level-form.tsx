import { Trans, useLingui } from '@lingui/react/macro'
import { TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { decimal } from '../../../src/kernel/decimal.ts'
import { type OneOf, api, documentQuery } from '../../api/index.ts'
import type { Fault } from '../../forms/index.ts'
import { inCompany } from '../../patterns/index.ts'
import { FieldGroup, FieldRow, RecordFormPage, useRecordForm } from '../../patterns/record/index.ts'
import {
  DecimalInput,
  PartyPicker,
  ProductPicker,
  WarehousePicker,
  isDecimal,
} from '../../ui/inputs/index.ts'

type Level = OneOf<'reorder-levels'>
interface LevelValues {
  readonly productId: string | null
  readonly warehouseId: string | null
  readonly minimum: string
  readonly maximum: string
  readonly packSize: string
  readonly leadTimeDays: string
  readonly vendorId: string | null
}

interface Props {
  readonly level: Level | null
  /** Of a new one, when it is known already. */
  readonly productId?: string
}

/** The form of a reorder level. Product and warehouse are fixed once it is made. */
export function LevelForm({ level, productId }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const valuesOf = (from: Level | null): LevelValues => ({
    productId: from?.productId ?? productId ?? null,
    warehouseId: from?.warehouseId ?? null,
    minimum: from?.minimum ?? '',
    maximum: from?.maximum ?? '',
    packSize: from?.packSize ?? '1',
    leadTimeDays: from?.leadTimeDays == null ? '' : String(from.leadTimeDays),
    vendorId: from?.vendorId ?? null,
  })
  const check = useCallback(
    (values: LevelValues): readonly Fault[] => {
      const faults: Fault[] = []
      const figure = (text: string): boolean => isDecimal(text) && !text.startsWith('-')
      if (values.productId === null) faults.push({ field: 'productId', message: t`Choose the product` })
      if (!figure(values.minimum)) faults.push({ field: 'minimum', message: t`Enter the minimum` })
      if (!figure(values.maximum)) faults.push({ field: 'maximum', message: t`Enter the maximum` })
      else if (figure(values.minimum) && decimal(values.maximum).lt(values.minimum))
        faults.push({ field: 'maximum', message: t`The maximum is at least the minimum` })
      if (!figure(values.packSize) || decimal(values.packSize).lte('0'))
        faults.push({ field: 'packSize', message: t`Enter the pack, more than 0` })
      if (!/^\d{0,4}$/.test(values.leadTimeDays.trim()))
        faults.push({ field: 'leadTimeDays', message: t`Enter whole days, or nothing` })
      return faults
    },
    [t],
  )
  const form = useRecordForm<LevelValues>({
    resource: 'reorder-levels',
    id: level?.id ?? null,
    version: level?.version ?? null,
    initial: valuesOf(level),
    check,
    save: (values, options) => {
      const { productId: product, warehouseId, leadTimeDays, ...rest } = values
      const days = leadTimeDays.trim()
      const body = { ...rest, leadTimeDays: days === '' ? null : Number(days) }
      return level === null
        ? api.post(
            '/reorder-levels',
            { ...body, productId: product, ...(warehouseId !== null && { warehouseId }) },
            options,
          )
        : api.patch(`/reorder-levels/${level.id}`, body, options)
    },
    reload: async () => {
      const theirs = await client.fetchQuery({ ...documentQuery('reorder-levels', level!.id), staleTime: 0 })
      return { values: valuesOf(theirs), version: theirs.version }
    },
    done: (saved) => void navigate({ to: inCompany(`/reorder-levels/${(saved as Level).id}`) }),
  })
  const chosen = form.values.productId
  const product = useQuery({ ...documentQuery('products', chosen ?? ''), enabled: chosen !== null })
  const unit = level?.unit ?? product.data?.unit
  return (
    <RecordFormPage
      form={form}
      title={level === null ? t`New reorder level` : `${level.sku} · ${level.warehouseName}`}
      crumbs={[{ label: t`Reorder levels`, href: '/reorder-levels' }]}
      back={level === null ? '/reorder-levels' : `/reorder-levels/${level.id}`}
      names={{
        minimum: t`Minimum`,
        maximum: t`Maximum`,
        packSize: t`Pack`,
        leadTimeDays: t`Days to deliver`,
      }}
    >
      <FieldGroup
        title={t`For what`}
        hint={
          level === null && <Trans>What stood there for this product and warehouse before is replaced.</Trans>
        }
      >
        <FieldRow>
          <ProductPicker {...form.choice('productId')} label={t`Product`} disabled={level !== null} />
          <WarehousePicker
            {...form.choice('warehouseId')}
            label={t`Warehouse`}
            placeholder={t`The oldest`}
            disabled={level !== null}
          />
        </FieldRow>
      </FieldGroup>
      <FieldGroup
        title={t`How much`}
        hint={
          <Trans>
            When less than the minimum is to be expected, so many packs are proposed that the maximum is
            reached.
          </Trans>
        }
      >
        <FieldRow>
          <DecimalInput {...form.value('minimum')} label={t`Minimum`} unit={unit} />
          <DecimalInput {...form.value('maximum')} label={t`Maximum`} unit={unit} />
          <DecimalInput {...form.value('packSize')} label={t`Pack`} unit={unit} />
        </FieldRow>
      </FieldGroup>
      <FieldGroup title={t`From whom`}>
        <FieldRow>
          <PartyPicker
            {...form.choice('vendorId')}
            {...({ role: 'vendor' } as const)}
            label={t`Vendor (optional)`}
            description={t`Left empty: the one that the product prefers`}
          />
          <TextInput
            {...form.text('leadTimeDays')}
            inputMode="numeric"
            label={t`Days to deliver (optional)`}
            description={t`Left empty: what the product says of the vendor`}
            maxLength={4}
          />
        </FieldRow>
      </FieldGroup>
    </RecordFormPage>
  )
}
