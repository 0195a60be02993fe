import { Trans, useLingui } from '@lingui/react/macro'
import { Modal, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { onLostSession } from '../api/index.ts'
import { SignInForm } from '../pages/sign-in/sign-in-form.tsx'

/** Over whatever page is shown: signs in again, then what was asked is asked once more. Nothing typed is lost. */
export function SignInAgain() {
  const { t } = useLingui()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const waiting = useRef<(() => void)[]>([])
  useEffect(() => {
    onLostSession(
      () =>
        new Promise((resolve) => {
          waiting.current.push(resolve)
          setOpen(true)
        }),
    )
    return () => onLostSession(null)
  }, [])
  const done = () => {
    setOpen(false)
    for (const go of waiting.current.splice(0)) go()
    void client.invalidateQueries()
  }
  return (
    <Modal
      opened={open}
      onClose={() => setOpen(true)}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t`Sign in again`}
      // Above the palette, which is above everything else.
      zIndex={10_000}
    >
      <Text size="sm" mb="md">
        <Trans>Your session has ended. Sign in, and what you were doing goes on.</Trans>
      </Text>
      <SignInForm onSignedIn={done} />
    </Modal>
  )
}
