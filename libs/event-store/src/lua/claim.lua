-- Takes the lease of a group on a partition, if it is free, has run out, or is held by the same member.
--
-- KEYS  1 sub  2 events  3 parked
-- ARGV  1 fresh token  2 member  3 lease in milliseconds
--       4 entry id and 5 event id that the member remembers having read last, '' when none
-- Returns { 0, milliseconds until the lease ends } or
--         { 1, cursor entry id, cursor position, cursor event id, parked keys, 1 if what is remembered is still in the log else 0 }

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local sub = redis.call('HMGET', KEYS[1], 'token', 'member', 'until', 'entry_id', 'position', 'event_id')
local held = sub[1] and sub[1] ~= '' and tonumber(sub[3]) > now
-- A member may take over from its own former self: it asks only after it has dropped what it remembers.
if held and sub[2] ~= ARGV[2] then return { 0, tonumber(sub[3]) - now } end

redis.call('HSET', KEYS[1], 'token', ARGV[1], 'member', ARGV[2], 'until', now + ARGV[3])
local same = 1
if ARGV[4] ~= '' then
  local entry = redis.call('XRANGE', KEYS[2], ARGV[4], ARGV[4])[1]
  if not entry or (entry[2][3] == 'event_id' and entry[2][4] or entry[1]) ~= ARGV[5] then same = 0 end
end
return { 1, sub[4] or '0-0', sub[5] or '0', sub[6] or '', redis.call('HKEYS', KEYS[3]), same }
