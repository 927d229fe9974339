-- Lets entities leave whose last event has left the log: their versions and snapshots go, and the filter remembers them.
--
-- KEYS  1 versions  2 snapshots  3 head  4 cold
-- ARGV  1 where to go on looking, '0' = from the beginning  2 entities to look at
-- Returns { where to go on, '0' when all were looked at, entities that have left }

local head = redis.call('HMGET', KEYS[3], 'first_entry', 'cold')
if not head[1] then return { '0', 0 } end
local first_ms, first_sequence = string.match(head[1], '^(%d+)-(%d+)$')
first_ms, first_sequence = tonumber(first_ms), tonumber(first_sequence)
local cold = tonumber(head[2] or 0)

local function has_left(token)
  local ms, sequence = string.match(token, '@(%d+)-(%d+)$')
  ms = tonumber(ms)
  return ms and (ms < first_ms or ms == first_ms and tonumber(sequence) < first_sequence)
end

local page = redis.call('HSCAN', KEYS[1], ARGV[1], 'COUNT', ARGV[2])
local gone = {}
for k = 1, #page[2], 2 do
  local entity = page[2][k]
  if has_left(page[2][k + 1]) then
    gone[#gone + 1] = entity
    if cold == 0 or not may_be_cold(KEYS[4], cold, entity) then
      add_cold(KEYS[4], cold, entity)
      cold = cold + 1
    end
  end
end
if #gone > 0 then
  redis.call('HDEL', KEYS[1], unpack(gone))
  redis.call('HDEL', KEYS[2], unpack(gone))
  -- What was looked up in the archive before may be out of date now, see append.lua. A time is of one history only.
  local time = redis.call('TIME')
  redis.call('HSET', KEYS[3], 'cold', cold, 'chilled', time[1] .. '.' .. time[2])
end
return { page[1], #gone }
