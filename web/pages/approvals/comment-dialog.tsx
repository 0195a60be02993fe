import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { newKey } from '../../api/index.ts'
import { usePhone } from '../../patterns/use-screen.ts'
import { useReturnFocus } from '../../ui/use-return-focus.ts'

interface Props {
  readonly title: string
  readonly verb: string
  readonly hint: ReactNode
  readonly danger?: boolean
  readonly send: (comment: string | null, key: string) => Promise<unknown>
  readonly done: () => Promise<void>
  readonly onClose: () => void
}

/** Asks, approves or refuses: one field for a comment, and what went wrong beside what was typed. */
export function CommentDialog({ title, verb, hint, danger, send, done, onClose }: Props) {
  const { t } = useLingui()
  const phone = usePhone()
  useReturnFocus()
  const [comment, setComment] = useState('')
  const [key] = useState(newKey)
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => send(comment.trim() === '' ? null : comment.trim(), key),
    onSuccess: async () => {
      onClose()
      await done()
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      fullScreen={phone}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Stack>
        <Text size="sm">{hint}</Text>
        <Textarea
          label={t`Comment (optional)`}
          description={t`Kept in the history.`}
          value={comment}
          maxLength={500}
          autosize
          minRows={2}
          onChange={(event) => setComment(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !isPending) mutate()
          }}
          data-autofocus
        />
        {error !== null && (
          <Alert color="red" variant="light" role="alert">
            {error.message}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Not now</Trans>
          </Button>
          <Button {...(danger === true && { color: 'red.9' })} loading={isPending} onClick={() => mutate()}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
