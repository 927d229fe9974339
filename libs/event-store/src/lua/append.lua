-- Appends events to entities of one partition: each append all or none, exactly once per command id.
-- Everything is decided from what was read before the first write, because Lua has no rollback.
--
-- KEYS  1 events  2 versions  3 head  4 idem (this hour)  5 idem-old (the hour before)
-- ARGV  per append: command id, entity id, expected version or 'any', n, then n times: event id, type, meta, data
-- Returns one string per append:
--   'O<version>:<position>'  stored now
--   'R<version>:<position>'  this command id was stored before; nothing was written now
--   'C<version>'             the entity is at <version>, not at the expected one; nothing was written

local call, format, match = redis.call, string.format, string.match

local commands, entities, starts = {}, {}, {}
local at, last_arg, appends = 1, #ARGV, 0
while at <= last_arg do
  appends = appends + 1
  commands[appends], entities[appends], starts[appends] = ARGV[at], ARGV[at + 1], at
  at = at + 4 + 4 * ARGV[at + 3]
end

local head = call('HMGET', KEYS[3], 'position', 'rotated')
local position = tonumber(head[1] or '0')
local rotated = tonumber(head[2] or '0')
local now = tonumber(call('TIME')[1])
local known = call('HMGET', KEYS[4], unpack(commands))
local known_old = call('HMGET', KEYS[5], unpack(commands))
local stored = call('HMGET', KEYS[2], unpack(entities))

-- What this very call has changed so far: the same command or entity may come twice in one call.
local done, current = {}, {}
local answers, remember, remembered = {}, {}, 0

for k = 1, appends do
  local command, entity, first = commands[k], entities[k], starts[k]
  local result = done[command] or known[k] or known_old[k]
  if result then
    answers[k] = 'R' .. result
  else
    local version, previous = 0, ''
    local last = current[entity] or stored[k]
    if last then
      version, previous = match(last, '^(%d+)@(.*)$')
      version = tonumber(version)
    end
    local expected = ARGV[first + 2]
    if expected ~= 'any' and tonumber(expected) ~= version then
      answers[k] = 'C' .. version
    else
      local position_text, version_text
      for event = first + 4, first + 4 * ARGV[first + 3], 4 do
        position = position + 1
        version = version + 1
        -- As text, once: Redis writes a number out anew at each use, as a float of 17 digits (7 % of this script).
        position_text, version_text = format('%d', position), format('%d', version)
        previous = call('XADD', KEYS[1], '*', 'position', position_text, 'event_id', ARGV[event],
          'entity', entity, 'version', version_text, 'prev', previous,
          'type', ARGV[event + 1], 'meta', ARGV[event + 2], 'data', ARGV[event + 3])
      end
      current[entity] = version_text .. '@' .. previous
      result = version_text .. ':' .. position_text
      done[command] = result
      answers[k] = 'O' .. result
    end
  end
  if result then
    -- A repeat writes its field again, so that a WAIT after this call covers the first write too.
    remember[remembered + 1], remember[remembered + 2] = command, result
    remembered = remembered + 2
  end
end

local versions, n = {}, 0
for entity, value in pairs(current) do
  versions[n + 1], versions[n + 2] = entity, value
  n = n + 2
end
if n > 0 then
  call('HSET', KEYS[2], unpack(versions))
  call('HSET', KEYS[3], 'position', position)
end

if remembered > 0 then
  if now - rotated >= 3600 then
    if rotated > 0 and call('EXISTS', KEYS[4]) == 1 then
      -- UNLINK first: RENAME over a hash of a million fields blocks Redis for half a second, this takes 5 ms.
      call('UNLINK', KEYS[5])
      call('RENAME', KEYS[4], KEYS[5])
    end
    call('HSET', KEYS[3], 'rotated', now)
  end
  call('HSET', KEYS[4], unpack(remember))
end
return answers
