-- Reads how far a group is behind in a partition, all at one moment: a group that never ran counts from 0.
--
-- KEYS  1 head  2 events  3 sub  4 parked
-- Returns { milliseconds of Redis' clock, last position of the partition, position of the cursor,
--           the member that holds the lease now or false, the entry id of the first event beyond the cursor or false,
--           parked keys, parked events, since when the oldest of them waits (milliseconds) or false,
--           position of the last event that was trimmed,
--           the cursor's entry id, if the first event beyond it was trimmed, or false: then another one is told in its place }

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local log = redis.call('HMGET', KEYS[1], 'position', 'trimmed')
local head, trimmed = tonumber(log[1] or 0), tonumber(log[2] or 0)
local sub = redis.call('HMGET', KEYS[3], 'position', 'entry_id', 'member', 'until')
local position = tonumber(sub[1] or 0)

local oldest = false
if head > position then
  -- Only its id: the event itself would be read for nothing.
  local entry = redis.call('XRANGE', KEYS[2], '(' .. (sub[2] or '0-0'), '+', 'COUNT', 1)[1]
  oldest = entry and entry[1]
end

local keys, events, since = 0, 0, false
for _, value in ipairs(redis.call('HVALS', KEYS[4])) do
  local count, at = string.match(value, '^[^|]*|[^|]*|(%d+)|(%d+)')
  keys = keys + 1
  events = events + tonumber(count)
  if not since or tonumber(at) < since then since = tonumber(at) end
end

local held = sub[3] and tonumber(sub[4] or 0) > now
return { now, head, position, held and sub[3], oldest, keys, events, since, trimmed, position < trimmed and (sub[2] or '0-0') }
