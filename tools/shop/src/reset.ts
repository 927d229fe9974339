import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AppError } from '@ordershop/core'
import { withProgress } from '@ordershop/ops/progress'
import { askShop, type ShopStatus, tellShop } from './control.ts'
import { shopKeys, withRedis } from './keys.ts'
import type { Settings } from './settings.ts'
import { shopReady } from './up.ts'

/**
 * Deletes every key of the shop, and no other, and its own archive: the archiver refuses to go on with another history.
 * Services are stopped meanwhile, because they remember what they read.
 *
 * @throws AppError `conflict` for a Redis that the shop did not start, unless `yes`.
 */
export async function reset(settings: Settings, yes: boolean): Promise<void> {
  const status = await askShop(settings.socket)
  const { url, own } = status?.redis ?? { url: settings.env.REDIS_URL, own: !settings.givenRedis }
  if (!own && !yes) {
    throw new AppError(
      'conflict',
      'reset: this Redis was not started by `shop`, so more than the shop may depend on it; --yes deletes the keys of OrderShop there',
    )
  }
  if (!url && !own)
    throw new AppError('invalid', 'reset: expected a single Redis (REDIS_URL), not Sentinels or a Cluster')
  if (status && url) await emptied(settings, status, url)
  else {
    if (url) console.log(`${await deleteKeys(url)} keys deleted`)
    else rmSync(join(settings.dir, 'redis'), { recursive: true, force: true })
    deleteArchive(settings, settings.env.ARCHIVE_URL)
  }
  console.log('the shop is empty')
}

async function emptied(settings: Settings, { processes, archive }: ShopStatus, url: string): Promise<void> {
  const stays = ['redis', 'mailbox']
  const running = processes.filter(({ service, state }) => !stays.includes(service) && state !== 'stopped')
  const tellAll = (path: string) =>
    Promise.all(running.map(({ instance }) => tellShop(settings.socket, 'POST', path, { name: instance })))
  await withProgress('stopping the services', () => tellAll('/stop'))
  console.log(`${await withProgress('deleting keys', () => deleteKeys(url))} keys deleted`)
  deleteArchive(settings, archive)
  await fetch(`${settings.mailboxUrl}/messages`, { method: 'DELETE' }).catch(() => undefined)
  await tellAll('/start')
  await shopReady(settings)
}

/** Deletes the archive that the shop has made, and tells of one that others have named. */
function deleteArchive({ ownArchive }: Settings, archiveUrl: string | undefined): void {
  if (existsSync(ownArchive)) {
    rmSync(ownArchive, { recursive: true })
    console.log('its archive deleted')
  }
  if (archiveUrl && archiveUrl !== pathToFileURL(ownArchive).href)
    console.log(
      `the archive at ${archiveUrl} is left as it is: it has the former history, and the archiver will not go on there; empty it, or name another`,
    )
}

async function deleteKeys(url: string): Promise<number> {
  return withRedis(url, async (redis) => {
    let deleted = 0
    for await (const keys of shopKeys(redis)) if (keys.length > 0) deleted += await redis.unlink(keys)
    return deleted
  })
}
