export function GroupsView() {
  return null
}
