import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Modal, Stack } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { api } from '../../api/index.ts'
import { useReason } from '../../patterns/index.ts'
import { useCreate } from '../../patterns/record/index.ts'
import { usePhone } from '../../patterns/use-screen.ts'
import { useReturnFocus } from '../../ui/use-return-focus.ts'

interface Props {
  readonly title: ReactNode
  readonly verb: ReactNode
  /** On the other button; 'Back' unless given. */
  readonly keep?: string
  readonly danger?: boolean
  readonly path: string
  readonly body: object
  /** Why it cannot be done as it is; null: it can. */
  readonly missing?: string | null
  readonly onClose: () => void
  readonly children: ReactNode
}

/** What is done with a count and moves no stock: what is asked, the verb, the way back. */
export function CountDialog(props: Props) {
  const { t } = useLingui()
  const phone = usePhone()
  const said = useReason()
  useReturnFocus()
  const [missing, setMissing] = useState<string | null>(null)
  const { create, isPending, error } = useCreate(
    (key) => api.post(props.path, props.body, { key }),
    props.onClose,
  )
  const wrong = missing ?? (error === null ? null : said(error.message))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setMissing(props.missing ?? null)
    if ((props.missing ?? null) === null) create()
  }
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      fullScreen={phone}
      closeButtonProps={{ 'aria-label': t`Close` }}
      closeOnClickOutside={false}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="sm">
          {wrong !== null && (
            <Alert color="red" role="alert">
              {wrong}
            </Alert>
          )}
          {props.children}
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {props.keep ?? <Trans>Back</Trans>}
            </Button>
            <Button type="submit" loading={isPending} {...(props.danger === true && { color: 'red.9' })}>
              {props.verb}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
