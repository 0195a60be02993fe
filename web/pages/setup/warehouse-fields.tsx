import { useLingui } from '@lingui/react/macro'
import { TextInput } from '@mantine/core'
import type { FieldsProps } from './draft.ts'

export function WarehouseFields({ draft, change, faults }: FieldsProps) {
  const { t } = useLingui()
  return (
    <>
      <TextInput
        name="warehouseName"
        label={t`Name`}
        placeholder={t`Main warehouse`}
        maxLength={200}
        value={draft.warehouseName}
        error={faults['warehouseName']}
        onChange={(event) => change({ warehouseName: event.currentTarget.value })}
      />
      <TextInput
        name="warehouseCode"
        label={t`Code`}
        description={t`Short, for lists and labels.`}
        maxLength={30}
        value={draft.warehouseCode}
        error={faults['warehouseCode']}
        onChange={(event) => change({ warehouseCode: event.currentTarget.value })}
      />
    </>
  )
}
