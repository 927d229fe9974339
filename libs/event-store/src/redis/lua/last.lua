-- Reads the last event of each entity.
--
-- KEYS  1 events  2 versions
-- ARGV  entity ids
-- Returns per entity id one entry, the entry's id where it is not in the log any more, or false.

local heads = redis.call('HMGET', KEYS[2], unpack(ARGV))
local answers = {}
for k = 1, #ARGV do
  local id = heads[k] and string.match(heads[k], '@(.+)$')
  answers[k] = id and (redis.call('XRANGE', KEYS[1], id, id)[1] or id) or false
end
return answers
