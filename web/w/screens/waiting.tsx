import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useFormat } from '../../ui/format.ts'
import { go } from '../path.ts'
import { useRefusal } from '../refusals.ts'
import { refreshCommands, send, useWarehouseState } from '../state.ts'
import { type Command, changeCommand, isBlocked, removeCommand } from '../store/commands.ts'
import { keepWork } from '../store/database.ts'
import { Button } from '../ui/button.tsx'
import { Screen } from '../ui/screen.tsx'
import classes from '../ui/w.module.css'
import { subjectWords } from './subject.ts'

/** Everything on its way to the server: what was refused first, since somebody has to decide. */
export function Waiting() {
  const { t } = useLingui()
  const { commands } = useWarehouseState()
  const of = (state: Command['state']) => commands.filter((each) => each.state === state)
  const [refused, waiting, discarded, done] = [of('refused'), of('waiting'), of('discarded'), of('done')]
  return (
    <Screen title={refused.length > 0 ? t`Needs a decision` : t`Sent work`} back="/">
      {commands.length === 0 && (
        <p className={classes.quiet}>
          <Trans>
            Nothing has been sent from this device yet. What you book shows here until it is done.
          </Trans>
        </p>
      )}
      {refused.map((command) => (
        <Refused key={command.seq} command={command} />
      ))}
      <List title={t`Waiting`} commands={waiting} all={commands} />
      <List title={t`Put aside`} commands={discarded} all={commands} />
      <List title={t`Done`} commands={done.toReversed()} all={commands} />
    </Screen>
  )
}

function Refused({ command }: { readonly command: Command }) {
  const { t, i18n } = useLingui()
  const { subject, reason, scans, origin } = command
  const refusal = useRefusal()
  const decide = async (change: () => Promise<void>) => {
    await change()
    await refreshCommands()
    void send()
  }
  const again = () =>
    changeCommand(command.seq, { state: 'waiting', reason: null, tried: false, at: Date.now() })
  const reopen = async () => {
    await keepWork(origin!.workName, origin!.work)
    await removeCommand(command.seq)
    await refreshCommands()
    go(origin!.path)
  }
  return (
    <section className={classes.card} data-tone="danger" data-refused>
      <h2 className={classes.name}>{i18n._(subjectWords(subject))}</h2>
      <p style={{ margin: 0 }}>
        {reason?.code === 'too-old'
          ? t`It waited for more than 6 days and may have been done already. Look at the document before you send it again.`
          : refusal(reason?.message ?? '')}
      </p>
      <details>
        <summary style={{ minHeight: '3.5rem', alignContent: 'center' }}>
          <Plural value={scans.length} one="# scan behind it" other="# scans behind it" />
        </summary>
        <ul className={classes.list}>
          {scans.map((scan) => (
            <li key={`${scan.at} ${scan.code}`} className={classes.quiet}>
              {scan.code}
            </li>
          ))}
        </ul>
      </details>
      {origin !== null && (
        <Button onClick={() => void reopen()}>
          <Trans>Change it</Trans>
        </Button>
      )}
      <Button onClick={() => void decide(again)}>
        <Trans>Send it again</Trans>
      </Button>
      <Button onClick={() => void decide(() => changeCommand(command.seq, { state: 'discarded' }))}>
        <Trans>Put it aside, nothing is booked</Trans>
      </Button>
    </section>
  )
}

interface ListProps {
  readonly title: string
  readonly commands: readonly Command[]
  readonly all: readonly Command[]
}

function List({ title, commands, all }: ListProps) {
  const { i18n } = useLingui()
  const format = useFormat()
  if (commands.length === 0) return null
  const back = async ({ seq }: Command) => {
    await changeCommand(seq, { state: 'refused' })
    await refreshCommands()
  }
  return (
    <section>
      <h2 className={classes.section}>{title}</h2>
      <ul className={classes.list}>
        {commands.map((command) => (
          <li key={command.seq} className={classes.item}>
            <span className={classes.grow}>
              <span className={classes.strong}>{i18n._(subjectWords(command.subject))}</span>
              <br />
              <span className={classes.quiet}>
                {format.time(new Date(command.at).toISOString())}
                {isBlocked(command, all) && (
                  <>
                    {' · '}
                    <Trans>waits for the decision above</Trans>
                  </>
                )}
              </span>
            </span>
            {command.number !== null && <span className={classes.number}>{command.number}</span>}
            {command.state === 'discarded' && (
              <Button onClick={() => void back(command)}>
                <Trans>Take it up again</Trans>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
