import { Trans, useLingui } from '@lingui/react/macro'
import { Button, FileButton, NativeSelect, TextInput } from '@mantine/core'
import { IconCamera, IconX } from '@tabler/icons-react'
import { rejectionReasons } from '../../../src/kinds.ts'
import { useRejection } from '../../ui/rejections.ts'
import classes from './quantities.module.css'
import type { RowInput } from './rows.ts'

interface Props {
  /** Of the line, for screen readers. */
  readonly name: string
  readonly input: RowInput
  readonly onChange: (change: Partial<RowInput>) => void
  /** What the server says of the reason. */
  readonly fault: string | null
}

/** Why goods are rejected, and photos of them: on a phone its camera takes them. */
export function Rejection({ name, input, onChange, fault }: Props) {
  const { t } = useLingui()
  const words = useRejection()
  return (
    <div className={classes.rejection}>
      <NativeSelect
        label={t`Why is it rejected?`}
        size="xs"
        value={input.why}
        onChange={(event) => onChange({ why: event.currentTarget.value as RowInput['why'] })}
        data={[
          { value: '', label: t`Choose a reason` },
          ...rejectionReasons.map((reason) => ({ value: reason, label: words(reason) })),
          { value: 'other', label: t({ message: 'Other', context: 'reason' }) },
        ]}
        error={input.why === 'other' ? null : fault}
      />
      {input.why === 'other' && (
        <TextInput
          label={t`In your own words`}
          size="xs"
          value={input.reason}
          maxLength={500}
          onChange={(event) => onChange({ reason: event.currentTarget.value })}
          error={fault}
        />
      )}
      <FileButton
        accept="image/*"
        capture="environment"
        onChange={(photo) => photo !== null && onChange({ photos: [...input.photos, photo] })}
      >
        {(props) => (
          <Button
            {...props}
            variant="default"
            size="xs"
            aria-label={t`Add a photo: ${name}`}
            leftSection={<IconCamera size={16} aria-hidden />}
          >
            <Trans>Add a photo</Trans>
          </Button>
        )}
      </FileButton>
      {input.photos.map((photo, at) => (
        <Button
          // Two photos of a phone may have one name.
          // eslint-disable-next-line react/no-array-index-key
          key={at}
          variant="subtle"
          size="xs"
          aria-label={t`Leave ${photo.name} out`}
          rightSection={<IconX size={14} aria-hidden />}
          onClick={() => onChange({ photos: input.photos.filter((each) => each !== photo) })}
        >
          {photo.name}
        </Button>
      ))}
    </div>
  )
}
