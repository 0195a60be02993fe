/** Raised when a program of before could not read what is written now. */
export const formatVersion = 1

export interface ManifestMigration {
  readonly number: number
  readonly name: string
  readonly sha256: string
}

/** What is known before the first row is read. The first entry of a backup: `manifest.json`. */
export interface Manifest {
  readonly format: 'zapas-backup'
  readonly formatVersion: number
  /** Of the program that made it. */
  readonly programVersion: string
  readonly postgresVersion: string
  /** The moment that the rows are of. */
  readonly takenAt: string
  readonly migrations: readonly ManifestMigration[]
  readonly companies: readonly { readonly id: string; readonly slug: string; readonly name: string }[]
  /** In the order in which their rows follow. */
  readonly tables: readonly { readonly name: string; readonly columns: readonly string[] }[]
}

/** What is known after the last row. The last entry of a backup: `sums.json`. */
export interface Sums {
  readonly tables: readonly TableSum[]
  readonly sequences: readonly { readonly name: string; readonly lastValue: string }[]
}

export interface TableSum {
  readonly name: string
  readonly rows: number
  /** Over the rows as `COPY … TO STDOUT` writes them, in the order of the primary key. */
  readonly sha256: string
}

export function parseManifest(text: string, file: string): Manifest {
  const manifest = parse(text, file) as Partial<Manifest>
  if (manifest.format !== 'zapas-backup') throw notABackup(file)
  if (manifest.formatVersion !== formatVersion) {
    throw new Error(
      `${file} is a backup of format ${manifest.formatVersion}, made by Zapas ${manifest.programVersion}; this Zapas reads format ${formatVersion}. ` +
        `Restore it with Zapas ${manifest.programVersion} or later.`,
    )
  }
  return manifest as Manifest
}

export function parseSums(text: string, file: string): Sums {
  return parse(text, file) as Sums
}

function parse(text: string, file: string): object {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // said below
  }
  throw notABackup(file)
}

export function notABackup(file: string): Error {
  return new Error(`${file} is not a backup of Zapas. Backups are made by \`zapas backup\`.`)
}
