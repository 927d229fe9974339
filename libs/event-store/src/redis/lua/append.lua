-- Appends events to entities of one partition: each append all or none, exactly once per command id.
-- Everything is decided from what was read before the first write, because Lua has no rollback.
--
-- A token is 'version@entry id' of an entity's last event, '0@' of one that does not exist.
--
-- KEYS  1 events  2 versions  3 head  4 idem (this hour)  5 idem-old (the hour before)
-- ARGV  per append: command id, entity id, expected (a version, a token or 'any'), n, then n times: event id, type, meta, data
--       n = 0 stores nothing: it has what is there confirmed by the WAIT behind this call
-- Returns one string per append:
--   'O<position>:<token>'  stored now
--   'R<position>:<token>'  this very append was stored before, under this command id; nothing was written now
--   'C<token>'             the entity is there, not where it was expected; nothing was written
--   'X<entity id>'         the command id names another append, to this entity; nothing was written

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

-- The number says which version, the token also of which history: after a failover two have the same numbers.
local function fits(expected, at)
  return expected == 'any' or expected == at or tonumber(expected) == tonumber(match(at, '^%d+'))
end

-- What is remembered of a command: 'n:token' of the last event of n that it stored. They lie one behind the other.
-- Returns the answer to an append under the same command id; `at` is the token of its entity now.
local function repeated(value, entity, first, at)
  local count, token, entry = match(value, '^(%d+):(%d+@(.*))$')
  local sent = tonumber(ARGV[first + 3])
  local stored = call('XREVRANGE', KEYS[1], entry, '-', 'COUNT', sent == 0 and 1 or count)
  local last = stored[1] and stored[1][1] == entry and stored[1][2]
  if not last then return 'X' end
  local same = last[6] == entity and (sent == 0 or (sent == tonumber(count) and #stored == sent))
  for k = 1, same and sent or 0 do
    local fields, event = stored[sent + 1 - k][2], first + 4 * k
    same = same and fields[12] == ARGV[event + 1] and fields[16] == ARGV[event + 3]
  end
  if same then return 'R' .. last[2] .. ':' .. token end
  -- Where the entity is not at what was expected, that says more: it has begun already, by whatever events.
  return last[6] == entity and not fits(ARGV[first + 2], at) and 'C' .. at or 'X' .. last[6]
end

-- What this very call has changed so far: the same command or entity may come twice in one call.
local done, current = {}, {}
local touched = false
local answers, remember, remembered = {}, {}, 0

for k = 1, appends do
  local command, entity, first = commands[k], entities[k], starts[k]
  local result = command ~= '' and (done[command] or known[k] or known_old[k])
  local last = current[entity] or stored[k] or '0@'
  if result then
    answers[k] = repeated(result, entity, first, last)
  else
    local version, previous = match(last, '^(%d+)@(.*)$')
    version = tonumber(version)
    if not fits(ARGV[first + 2], last) then
      answers[k] = 'C' .. last
    elseif ARGV[first + 3] == '0' then
      answers[k] = 'O' .. position .. ':' .. last
      touched = true
    else
      local position_text, version_text
      for event = first + 4, first + 4 * ARGV[first + 3], 4 do
        position = position + 1
        version = version + 1
        -- As text, once: Redis formats a number again at each use, as a float of 17 digits (7 % of this script).
        position_text, version_text = format('%d', position), format('%d', version)
        previous = call('XADD', KEYS[1], '*', 'position', position_text, 'event_id', ARGV[event],
          'entity', entity, 'version', version_text, 'prev', previous,
          'type', ARGV[event + 1], 'meta', ARGV[event + 2], 'data', ARGV[event + 3])
      end
      local token = version_text .. '@' .. previous
      current[entity] = token
      result = ARGV[first + 3] .. ':' .. token
      done[command] = result
      answers[k] = 'O' .. position_text .. ':' .. token
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
end
-- WAIT counts what its connection has written, so a look that is to be confirmed writes what is there.
if n > 0 or touched then call('HSET', KEYS[3], 'position', position) end

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
