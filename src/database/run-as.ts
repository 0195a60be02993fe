import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The system user that PostgreSQL runs as where Zapas itself runs as root. */
export interface RunAs {
  readonly uid: number
  readonly gid: number
}

/**
 * PostgreSQL refuses to run as root. Then it runs as a user that most systems have anyway; none is made.
 * Null: Zapas does not run as root, and PostgreSQL runs as whoever runs Zapas.
 */
export async function unprivilegedUser(): Promise<RunAs | null> {
  if (!isRoot()) return null
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
      return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
    } catch {
      // no such user here; the next one may exist
    }
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and this machine has no user "postgres" or "nobody" to run it as. ' +
      'Start Zapas as another user, or give it a database of your own by DATABASE_URL.',
  )
}

function isRoot(): boolean {
  return process.getuid?.() === 0
}

/** Whether the user gets into the folder. Asked of the system, since modes alone do not tell (ACLs, mounts). */
export async function canEnter(user: RunAs, folder: string): Promise<boolean> {
  return succeeds(user, '/bin/sh', ['-c', 'cd "$1"', 'sh', folder])
}

/** Whether a program runs at all as the user (null: as we are ourselves). */
export async function succeeds(
  user: RunAs | null,
  program: string,
  args: readonly string[],
): Promise<boolean> {
  try {
    await run(program, args, { ...user, cwd: '/' })
    return true
  } catch {
    return false
  }
}
