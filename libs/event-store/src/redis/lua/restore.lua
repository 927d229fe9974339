-- Puts archived entries back into the log of one partition, behind the position that they follow.
--
-- KEYS  1 events  2 versions  3 head
-- ARGV  1 position of the log's last event  2 the position after this call
--       3 how many of the entries, the first ones, stay in the archive: the log is as if they had been trimmed
--       4 position of the last event among those
--       then for each entry: its id, number of fields and values, those
-- Returns 1, or 0 when the log is not at that position, and then nothing is written

if tonumber(redis.call('HGET', KEYS[3], 'position') or 0) ~= tonumber(ARGV[1]) then return 0 end

local cold = tonumber(ARGV[3])
local versions = {}
local at, k, last_cold = 5, 0, nil
while at <= #ARGV do
  local id, n = ARGV[at], tonumber(ARGV[at + 1])
  k = k + 1
  if k <= cold then last_cold = id
  else redis.call('XADD', KEYS[1], id, unpack(ARGV, at + 2, at + 1 + n)) end
  local entity, version
  if place_of({ id, { unpack(ARGV, at + 2, at + 1 + n) } }) then
    entity, version = string.match(ARGV[at + 3], '^%S+ (%S+) %S+ (%d+) ')
  end
  if entity then versions[entity] = version .. '@' .. id end
  at = at + 2 + n
end
for entity, token in pairs(versions) do redis.call('HSET', KEYS[2], entity, token) end
redis.call('HSET', KEYS[3], 'position', ARGV[2])
if last_cold then
  local ms, sequence = string.match(last_cold, '^(%d+)-(%d+)$')
  local first = ms .. '-' .. (sequence + 1)
  redis.call('HSET', KEYS[3], 'trimmed', ARGV[4], 'first_entry', first)
  -- What was there before them is archived, too; a log has no hole.
  redis.call('XTRIM', KEYS[1], 'MINID', first)
end
return 1
