-- Reads the last event of each entity.
--
-- KEYS  1 events  2 versions
-- ARGV  entity ids
-- Returns one entry, or false, per entity id.

local heads = redis.call('HMGET', KEYS[2], unpack(ARGV))
local answers = {}
for k = 1, #ARGV do
  local id = heads[k] and string.match(heads[k], '@(.+)$')
  answers[k] = id and redis.call('XRANGE', KEYS[1], id, id)[1] or false
end
return answers
