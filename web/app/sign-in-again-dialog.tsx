import { Trans, useLingui } from '@lingui/react/macro'
import { Modal, Text } from '@mantine/core'
import { SignInForm } from '../pages/sign-in/sign-in-form.tsx'

/** Closes only when somebody has signed in. */
export default function SignInAgainDialog({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const { t } = useLingui()
  return (
    <Modal
      opened
      onClose={() => {}}
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
      <SignInForm onSignedIn={onSignedIn} />
    </Modal>
  )
}
