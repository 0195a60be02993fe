import { useLingui } from '@lingui/react/macro'
import { Radio, Stack } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { titles } from '../../../../src/kinds.ts'
import { ActionDialog, inCompany } from '../../../patterns/index.ts'
import { DateField, isDate } from '../../../ui/inputs/index.ts'
import { kindWords, pathOfKind } from '../../../ui/kinds.ts'
import type { DialogProps } from './dialog.tsx'

/** A new draft with the same lines and terms; it opens to be changed. */
export function CopyDialog({ kind, document, name, onClose }: DialogProps) {
  const { t, i18n } = useLingui()
  const navigate = useNavigate()
  const [prices, setPrices] = useState('current')
  const [date, setDate] = useState('')
  const original = document.number ?? i18n._(kindWords[kind].one)
  const body = { prices, ...(date !== '' && { date }) }
  return (
    <ActionDialog
      title={t`Copy ${original}`}
      call={{ resource: pathOfKind(kind), id: document.id, name, body }}
      incomplete={date !== '' && !isDate(date) ? t`Enter the date as day, month, year` : null}
      verb={t`Make a draft`}
      answers={kind}
      done={() => t`Draft made:`}
      onDone={({ id }) => void navigate({ to: inCompany(`/${titles[kind].path}/${id}/edit`) })}
      onClose={onClose}
    >
      {() => (
        <Stack gap="md">
          <Radio.Group
            label={t`Prices`}
            description={t`Party, lines, discounts and terms are copied; number and reference are not.`}
            value={prices}
            onChange={setPrices}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="current" label={t`those that apply now`} data-autofocus />
              <Radio value="original" label={t`as in the original`} />
            </Stack>
          </Radio.Group>
          <DateField label={t`Date`} description={t`Left empty: today`} value={date} onChange={setDate} />
        </Stack>
      )}
    </ActionDialog>
  )
}
