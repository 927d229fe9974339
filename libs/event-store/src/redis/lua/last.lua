-- Reads the last event of each entity.
--
-- KEYS  1 events  2 versions  3 head  4 cold
-- ARGV  entity ids
-- Returns per entity id one entry, the entry's id where it is not in the log any more,
--         '<chilled>@<trimmed>@<first entry>' where the entity may be cold, or false.

local tokens = redis.call('HMGET', KEYS[2], unpack(ARGV))
local seam = redis.call('HMGET', KEYS[3], 'cold', 'chilled', 'trimmed', 'first_entry')
local answers = {}
for k = 1, #ARGV do
  local id = tokens[k] and string.match(tokens[k], '@(.+)$')
  if id then
    answers[k] = redis.call('XRANGE', KEYS[1], id, id)[1] or id
  else
    local may_be = not tokens[k] and seam[1] and may_be_cold(KEYS[4], tonumber(seam[1]), ARGV[k])
    answers[k] = may_be and seam[2] .. '@' .. seam[3] .. '@' .. seam[4] or false
  end
end
return answers
