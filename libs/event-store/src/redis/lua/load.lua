-- Reads one entity by walking back from its last event, until a usable snapshot, the first event, or the limit.
--
-- KEYS  1 events  2 versions  3 idem  4 idem-old  5 snapshots  6 head  7 cold
-- ARGV  1 entity id  2 command id or ''  3 snapshot revision or ''  4 most events to return
--       5 entry id to continue from, or '' for the last event
-- Returns { 1 if the command id is known, and then nothing else, or 0,
--           'version@entry id' of the entity or '0@', or, where it may be cold, '<chilled>@<trimmed>@<first entry>',
--           the snapshot that the walk has met, or, where it ended at an entry that is not in the log, may yet meet, or '',
--           entry id to continue from, or '' when the walk is complete,
--           entries, newest first }

if ARGV[2] ~= '' then
  local known = redis.call('HGET', KEYS[3], ARGV[2]) or redis.call('HGET', KEYS[4], ARGV[2])
  if known then return { 1, '', '', '', {} } end
end

local head = redis.call('HGET', KEYS[2], ARGV[1])
if not head then
  local seam = redis.call('HMGET', KEYS[6], 'cold', 'chilled', 'trimmed', 'first_entry')
  local may_be = seam[1] and may_be_cold(KEYS[7], tonumber(seam[1]), ARGV[1])
  return { 0, may_be and seam[2] .. '@' .. seam[3] .. '@' .. seam[4] or '0@', '', ARGV[5], {} }
end

local snapshot = ARGV[3] ~= '' and redis.call('HGET', KEYS[5], ARGV[1]) or false
local snap_entry
if snapshot then
  local revision
  snap_entry, revision = string.match(snapshot, '^%d+|([^|]*)|([^|]*)|')
  if revision ~= ARGV[3] then snapshot = false end
end

local id = ARGV[5] ~= '' and ARGV[5] or string.match(head, '@(.*)$')
local limit = tonumber(ARGV[4])
local entries, missing = {}, false
while id ~= '' and #entries < limit do
  -- Used only if this history has its event: after a failover a snapshot could be ahead of it.
  if snapshot and id == snap_entry then return { 0, head, snapshot, '', entries } end
  local entry = redis.call('XRANGE', KEYS[1], id, id)[1]
  if not entry then
    missing = true
    break
  end
  entries[#entries + 1] = entry
  local previous = string.match(entry[2][2], '^%S+ %S+ %S+ %d+ %d+ (%S+) ')
  id = previous ~= '-' and previous or ''
end
return { 0, head, missing and snapshot or '', id, entries }
