// The credential stays in this tab: a session's storage ends with it, and is no other tab's to read.
import { stored } from './stored.ts'

const name = 'console-credential'

export const credential = stored<string | null>(sessionStorage.getItem(name))

export function signIn(secret: string): void {
  sessionStorage.setItem(name, secret)
  credential.set(secret)
}

export function signOut(): void {
  sessionStorage.removeItem(name)
  credential.set(null)
}
