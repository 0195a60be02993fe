import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Group, Radio, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { OneOf } from '../../api/index.ts'
import { ActionDialog } from '../../patterns/index.ts'
import { useCompany } from '../../session/index.ts'
import { DecimalInput } from '../../ui/inputs/index.ts'
import { CountDialog } from './count-dialog.tsx'
import type { Step } from './page.tsx'

interface Props {
  readonly count: OneOf<'stock-counts'>
  readonly onClose: () => void
}

/** The dialog of a step of a count. */
export function StepDialog({ step, ...props }: Props & { readonly step: Step }) {
  switch (step) {
    case 'finish':
      return <Finish {...props} />
    case 'recount':
      return <Recount {...props} />
    case 'stock-adjustments':
      return <Book {...props} />
    case 'cancel':
      return <Cancel {...props} />
  }
}

function Finish({ count, onClose }: Props) {
  const { t } = useLingui()
  const [uncounted, setUncounted] = useState<string>('leave')
  const open = count.lineCount - count.countedCount
  return (
    <CountDialog
      title={t`Finish counting ${count.number}`}
      verb={t`Finish counting`}
      keep={t`Go on counting`}
      path={`/stock-counts/${count.id}/finish`}
      body={open === 0 ? {} : { uncounted }}
      onClose={onClose}
    >
      {open === 0 ? (
        <Text size="sm">
          <Trans>All lines are counted. What differs is shown, and waits for approval.</Trans>
        </Text>
      ) : (
        <Radio.Group
          value={uncounted}
          onChange={setUncounted}
          label={<Plural value={open} one="# line is not counted" other="# lines are not counted" />}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="leave" label={t`Leave them as the books have them`} data-autofocus />
            <Radio value="none" label={t`Nothing lies there: book what the books have as lost`} />
          </Stack>
        </Radio.Group>
      )}
    </CountDialog>
  )
}

function Recount({ count, onClose }: Props) {
  const { t } = useLingui()
  const { currency } = useCompany()
  const [overPercent, setOverPercent] = useState('')
  const [overValue, setOverValue] = useState('')
  const all = count.lines.filter((line) => line.counted !== null).map((line) => line.id)
  const limited = overPercent !== '' || overValue !== ''
  return (
    <CountDialog
      title={t`Count ${count.number} again`}
      verb={limited ? t`Count again what is over the limit` : t`Count all lines again`}
      path={`/stock-counts/${count.id}/recount`}
      body={
        limited
          ? { ...(overPercent !== '' && { overPercent }), ...(overValue !== '' && { overValue }) }
          : { lineIds: all }
      }
      onClose={onClose}
    >
      <Text size="sm">
        <Trans>
          Lines over either limit are counted once more; the first count stays beside. Left empty, all are.
        </Trans>
      </Text>
      <Group grow align="flex-start">
        <DecimalInput
          label={t`Differs by more than (optional)`}
          unit="%"
          value={overPercent}
          onChange={setOverPercent}
          data-autofocus
        />
        <DecimalInput
          label={t`Worth more than (optional)`}
          unit={currency}
          value={overValue}
          onChange={setOverValue}
        />
      </Group>
    </CountDialog>
  )
}

function Cancel({ count, onClose }: Props) {
  const { t } = useLingui()
  const [reason, setReason] = useState('')
  return (
    <CountDialog
      title={t`Cancel ${count.number}?`}
      verb={t`Cancel the count`}
      keep={t`Keep it`}
      danger
      path={`/stock-counts/${count.id}/cancel`}
      body={{ reason: reason.trim() }}
      missing={reason.trim() === '' ? t`Enter a reason` : null}
      onClose={onClose}
    >
      <Text size="sm">
        <Trans>Nothing of it is booked. What was counted stays to be read.</Trans>
      </Text>
      <Textarea
        label={t`Reason`}
        value={reason}
        maxLength={500}
        autosize
        minRows={1}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
    </CountDialog>
  )
}

/** Shows what the adjustment would change, and books exactly that. */
function Book({ count, onClose }: Props) {
  const { t, i18n } = useLingui()
  const [reason, setReason] = useState('')
  const body = reason.trim() === '' ? {} : { body: { reason: reason.trim() } }
  return (
    <ActionDialog
      title={t`Approve and book ${count.number}`}
      call={{ resource: 'stock-counts', id: count.id, name: 'stock-adjustments', ...body }}
      ifMatch={count.version}
      verb={t`Approve and book`}
      answers="stock-adjustment"
      done={() => i18n._(t`Booked:`)}
      onClose={onClose}
    >
      {() => (
        <Textarea
          label={t`Reason (optional)`}
          value={reason}
          maxLength={500}
          autosize
          minRows={1}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
    </ActionDialog>
  )
}
