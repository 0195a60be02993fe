import { Trans, useLingui } from '@lingui/react/macro'
import classes from './mail.module.css'

interface Props {
  readonly to?: readonly string[]
  readonly cc?: readonly string[]
  readonly subject: string
  readonly text: string
  readonly attachments?: readonly { readonly fileName: string }[]
  /** What is shown belongs to an earlier input. */
  readonly stale?: boolean
}

/** A mail as its recipients read it. */
export function MailPreview({ to = [], cc = [], subject, text, attachments = [], stale = false }: Props) {
  const { t } = useLingui()
  return (
    <section
      className={classes.preview}
      aria-label={t`The mail`}
      aria-busy={stale}
      data-stale={stale || undefined}
    >
      <dl className={classes.head}>
        {to.length > 0 && (
          <>
            <dt>
              <Trans context="mail">To</Trans>
            </dt>
            <dd>{to.join(', ')}</dd>
          </>
        )}
        {cc.length > 0 && (
          <>
            <dt>
              <Trans>Copy to</Trans>
            </dt>
            <dd>{cc.join(', ')}</dd>
          </>
        )}
        <dt>
          <Trans>Subject</Trans>
        </dt>
        <dd>
          <b>{subject}</b>
        </dd>
        {attachments.length > 0 && (
          <>
            <dt>
              <Trans>Attached</Trans>
            </dt>
            <dd>{attachments.map((each) => each.fileName).join(', ')}</dd>
          </>
        )}
      </dl>
      <p className={classes.text}>{text}</p>
    </section>
  )
}
