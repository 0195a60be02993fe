import { existsSync, rmSync } from 'node:fs'
import { link, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** Asked before the work, and again by the file system at its end. */
export function refuseExisting(file: string): void {
  if (existsSync(file)) throw exists(file)
}

function exists(file: string): Error {
  return new Error(
    `${file} exists already, and a backup overwrites nothing. Choose another name, or remove it first.`,
  )
}

/**
 * Writes a file aside and gives it its name when all of it is on disk: whatever bears the name is whole.
 * For its owner alone (mode 0600): a backup holds password hashes and secrets.
 */
export async function writeFileWhole(name: string, content: AsyncIterable<Buffer>): Promise<number> {
  const file = resolve(name)
  const folder = dirname(file)
  const aside = `${file}.part-${process.pid}`
  await mkdir(folder, { recursive: true }).catch(cannotWrite(file))
  const remove = (): void => rmSync(aside, { force: true })
  process.once('exit', remove) // interrupted
  try {
    const size = await write(aside, content)
    await giveName(aside, file)
    await syncFolder(folder)
    return size
  } finally {
    process.off('exit', remove)
    remove()
  }
}

async function write(file: string, content: AsyncIterable<Buffer>): Promise<number> {
  const handle = await open(file, 'wx', 0o600).catch(cannotWrite(file))
  let size = 0
  try {
    for await (const chunk of content) {
      await handle.writeFile(chunk).catch(cannotWrite(file))
      size += chunk.length
    }
    await handle.sync().catch(cannotWrite(file))
  } finally {
    await handle.close()
  }
  return size
}

/** A full disk, a folder that is not ours. */
function cannotWrite(file: string): (error: unknown) => never {
  return (cause) => {
    throw new Error(
      `The backup cannot be written to ${dirname(file)}: ${(cause as Error).message}. Nothing is left of it there. ` +
        'Free some space, or choose another folder.',
      { cause },
    )
  }
}

async function giveName(aside: string, file: string): Promise<void> {
  try {
    // Unlike a renaming, a link never replaces what came there meanwhile.
    await link(aside, file)
    await rm(aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw exists(file)
    // a file system without links
    refuseExisting(file)
    await rename(aside, file)
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
