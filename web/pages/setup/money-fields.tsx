import { Trans, useLingui } from '@lingui/react/macro'
import { Checkbox, Group, Select, Stack, Switch, Text } from '@mantine/core'
import { useMemo } from 'react'
import { useFormat } from '../../ui/format.ts'
import { ratesOf } from './countries.ts'
import type { FieldsProps } from './draft.ts'

export function MoneyFields({ draft, change }: FieldsProps) {
  const { t, i18n } = useLingui()
  const format = useFormat()
  const currencies = useMemo(() => {
    const names = new Intl.DisplayNames(i18n.locale, { type: 'currency' })
    return Intl.supportedValuesOf('currency').map((value) => ({
      value,
      label: `${value} ${names.of(value)}`,
    }))
  }, [i18n.locale])
  const offered = ratesOf(draft.country)
  return (
    <>
      <Select
        name="currency"
        label={t`Currency`}
        description={t`In which stock is valued and amounts are added up. It is fixed with the first document.`}
        searchable
        allowDeselect={false}
        nothingFoundMessage={t`Nothing found`}
        data={currencies}
        value={draft.currency}
        onChange={(currency) => currency !== null && change({ currency })}
      />
      {offered.length === 0 ? (
        <Text size="sm">
          <Trans>
            No tax rates are known for your country. Add yours in the settings before the first invoice.
          </Trans>
        </Text>
      ) : (
        <Checkbox.Group
          label={t`Tax rates you use`}
          description={t`Check them against the law of your country; they can be changed later.`}
          value={[...draft.rates]}
          onChange={(rates) => change({ rates })}
        >
          <Group mt="xs">
            {offered.map((rate) => (
              <Checkbox key={rate} value={rate} label={format.percent(rate)} />
            ))}
          </Group>
        </Checkbox.Group>
      )}
      <Stack gap={2}>
        <Switch
          label={t`Prices include tax`}
          description={t`As in a shop for consumers. Each document can say otherwise.`}
          checked={draft.pricesIncludeTax}
          onChange={(event) => change({ pricesIncludeTax: event.currentTarget.checked })}
        />
      </Stack>
    </>
  )
}
