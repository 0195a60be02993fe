import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Modal, Radio, Stack, Text, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { type OneOf, api, newKey, refreshData } from '../../api/index.ts'
import { ActionDialog, useReason } from '../../patterns/index.ts'
import { usePhone } from '../../patterns/use-screen.ts'
import { useCompany } from '../../session/index.ts'
import { DecimalInput } from '../../ui/inputs/index.ts'
import { useReturnFocus } from '../../ui/use-return-focus.ts'
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
    <Frame
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
    </Frame>
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
    <Frame
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
    </Frame>
  )
}

function Cancel({ count, onClose }: Props) {
  const { t } = useLingui()
  const [reason, setReason] = useState('')
  return (
    <Frame
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
    </Frame>
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

interface FrameProps {
  readonly title: string
  readonly verb: string
  readonly keep?: string
  readonly danger?: boolean
  readonly path: string
  readonly body: object
  /** Why it cannot be done as it is; null: it can. */
  readonly missing?: string | null
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A step that moves no stock: what is asked, the verb, the way back. */
function Frame({
  title,
  verb,
  keep,
  danger = false,
  path,
  body,
  missing = null,
  onClose,
  children,
}: FrameProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const phone = usePhone()
  const said = useReason()
  useReturnFocus()
  const [key, setKey] = useState(newKey)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const run = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    if (missing !== null) return setError(missing)
    setBusy(true)
    setError(null)
    try {
      await api.post(path, body, { key })
      await refreshData(client)
      onClose()
    } catch (failure) {
      setError(said((failure as Error).message))
      setKey(newKey())
      setBusy(false)
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      fullScreen={phone}
      closeButtonProps={{ 'aria-label': t`Close` }}
      closeOnClickOutside={false}
    >
      <form noValidate onSubmit={(event) => void run(event)}>
        <Stack gap="sm">
          {error !== null && (
            <Alert color="red" role="alert">
              {error}
            </Alert>
          )}
          {children}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {keep ?? <Trans>Back</Trans>}
            </Button>
            <Button type="submit" loading={busy} {...(danger && { color: 'red.9' })}>
              {verb}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
