-- Appends events to entities of one partition: each append all or none, exactly once per command id.
-- Everything is decided from what was read before the first write, because Lua has no rollback.
--
-- KEYS  1 events  2 versions  3 head  4 idem (this hour)  5 idem-old (the hour before)
-- ARGV  per append: command id, entity id, expected version or 'any', n, then n times: event id, type, meta, data
-- Returns one string per append:
--   'O<version>:<position>'  stored now
--   'R<version>:<position>'  this command id was stored before; nothing was written now
--   'C<version>'             the entity is at <version>, not at the expected one; nothing was written

local commands, entities, starts = {}, {}, {}
local at, last_arg = 1, #ARGV
while at <= last_arg do
  local k = #commands + 1
  commands[k], entities[k], starts[k] = ARGV[at], ARGV[at + 1], at
  at = at + 4 + 4 * tonumber(ARGV[at + 3])
end

local head = redis.call('HMGET', KEYS[3], 'position', 'rotated')
local position = tonumber(head[1] or '0')
local rotated = tonumber(head[2] or '0')
local now = tonumber(redis.call('TIME')[1])
local known = redis.call('HMGET', KEYS[4], unpack(commands))
local known_old = redis.call('HMGET', KEYS[5], unpack(commands))
local stored = redis.call('HMGET', KEYS[2], unpack(entities))

-- What this very call has changed so far: the same command or entity may come twice in one call.
local done, current = {}, {}
local answers, remember = {}, {}

for k = 1, #commands do
  local command, entity, first = commands[k], entities[k], starts[k]
  local before = done[command] or known[k] or known_old[k]
  if before then
    answers[k] = 'R' .. before
    -- A repeat writes its field again, so that a WAIT after this call covers the first write too.
    remember[#remember + 1] = command
    remember[#remember + 1] = before
  else
    local version, previous = string.match(current[entity] or stored[k] or '0@', '^(%d+)@(.*)$')
    version = tonumber(version)
    local expected = ARGV[first + 2]
    if expected ~= 'any' and tonumber(expected) ~= version then
      answers[k] = 'C' .. version
    else
      for j = 0, tonumber(ARGV[first + 3]) - 1 do
        local event = first + 4 + 4 * j
        position = position + 1
        version = version + 1
        previous = redis.call('XADD', KEYS[1], '*', 'position', position, 'event_id', ARGV[event],
          'entity', entity, 'version', version, 'prev', previous,
          'type', ARGV[event + 1], 'meta', ARGV[event + 2], 'data', ARGV[event + 3])
      end
      current[entity] = version .. '@' .. previous
      local result = version .. ':' .. position
      done[command] = result
      answers[k] = 'O' .. result
      remember[#remember + 1] = command
      remember[#remember + 1] = result
    end
  end
end

local versions = {}
for entity, value in pairs(current) do
  versions[#versions + 1] = entity
  versions[#versions + 1] = value
end
if #versions > 0 then
  redis.call('HSET', KEYS[2], unpack(versions))
  redis.call('HSET', KEYS[3], 'position', position)
end

if #remember > 0 then
  if now - rotated >= 3600 then
    if rotated > 0 and redis.call('EXISTS', KEYS[4]) == 1 then
      -- UNLINK first: RENAME over a hash of a million fields blocks Redis for half a second, this takes 5 ms.
      redis.call('UNLINK', KEYS[5])
      redis.call('RENAME', KEYS[4], KEYS[5])
    end
    redis.call('HSET', KEYS[3], 'rotated', now)
  end
  redis.call('HSET', KEYS[4], unpack(remember))
end
return answers
