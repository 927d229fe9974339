-- Appends events to entities of one partition: each append all or none, exactly once per command id.
-- Everything is decided from what was read before the first write, because Lua has no rollback.
--
-- A token is 'version@entry id' of an entity's last event, '0@' of one that does not exist.
--
-- KEYS  1 events  2 versions  3 head  4 idem (this hour)  5 idem-old (the hour before)
-- ARGV  per append: command id, number of its writes; per write: entity id, expected (a version, a token or 'any'), n,
--       then n times: event id, type, meta, data
--       An append without events stores nothing: it has what is there confirmed by the WAIT behind this call
-- Returns one string per append:
--   'O<position>:<tokens>'  stored now; the token of each write, with a space between
--   'R<position>:<tokens>'  this very append was stored before, under this command id; nothing was written now
--   'C<k>:<token>'          the entity of write k, from 0, is there, not where it was expected; nothing was written
--   'X<entity id>'          the command id names another append, to this entity; nothing was written

local call, format, match, concat = redis.call, string.format, string.match, table.concat

-- The writes of append k are firsts[k] to lasts[k]; starts[w] is where write w begins in ARGV.
local commands, firsts, lasts, entities, starts = {}, {}, {}, {}, {}
local at, last_arg, appends, writes = 1, #ARGV, 0, 0
while at <= last_arg do
  appends = appends + 1
  commands[appends], firsts[appends], lasts[appends] = ARGV[at], writes + 1, writes + ARGV[at + 1]
  at = at + 2
  for w = writes + 1, lasts[appends] do
    entities[w], starts[w] = ARGV[at], at
    at = at + 3 + 4 * ARGV[at + 2]
  end
  writes = lasts[appends]
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

-- Where the entity of a write is.
local function token_of(w)
  return current[entities[w]] or stored[w] or '0@'
end

-- The first of these writes whose entity is not where it is expected, as an answer.
local function conflict(from, to)
  for w = from, to do
    local expected, token = ARGV[starts[w] + 1], token_of(w)
    -- The number says which version, the token also of which history: after a failover two have the same numbers.
    if expected ~= 'any' and expected ~= token and tonumber(expected) ~= tonumber(match(token, '^%d+')) then
      return 'C' .. (w - from) .. ':' .. token
    end
  end
end

-- The answer to an append under a command id that is known. What is remembered of a command is 'n:token' of the last of
-- n events that it stored; they lie one behind the other.
local function repeated(value, from, to)
  local count, entry = match(value, '^(%d+):%d+@(.*)$')
  local before = call('XREVRANGE', KEYS[1], entry, '-', 'COUNT', count)
  local last = before[1] and before[1][1] == entry and before[1][2]
  if not last then return 'X' end
  local left_at = {}
  for k = #before, 1, -1 do
    local id, fields = before[k][1], before[k][2]
    left_at[fields[6] or ''] = (fields[8] or '') .. '@' .. id
  end
  local same, is_ours, left, tokens = true, false, #before, {}
  for w = from, to do
    local entity, first = entities[w], starts[w]
    is_ours = is_ours or left_at[entity]
    tokens[w - from + 1] = left_at[entity] or token_of(w)
    for event = first + 3, first - 1 + 4 * ARGV[first + 2], 4 do
      local fields = same and left > 0 and before[left][2]
      same = fields and fields[6] == entity and fields[12] == ARGV[event + 1] and fields[16] == ARGV[event + 3]
      left = left - 1
    end
  end
  local is_look = left == #before
  if is_look and is_ours or not is_look and same and left == 0 then
    return 'R' .. last[2] .. ':' .. concat(tokens, ' ')
  end
  -- Where the entity is not at what was expected, that says more: it has begun already, by whatever events.
  return is_ours and conflict(from, to) or 'X' .. last[6]
end

local touched = false
local answers, remember, remembered = {}, {}, 0

for k = 1, appends do
  local command, from, to = commands[k], firsts[k], lasts[k]
  local result = command ~= '' and (done[command] or known[k] or known_old[k])
  if result then
    answers[k] = repeated(result, from, to)
  else
    answers[k] = conflict(from, to)
  end
  if not answers[k] then
    local before, tokens, newest = position, {}, nil
    for w = from, to do
      local entity, first, token = entities[w], starts[w], token_of(w)
      if ARGV[first + 2] ~= '0' then
        local version, previous = match(token, '^(%d+)@(.*)$')
        version = tonumber(version)
        local version_text
        for event = first + 3, first - 1 + 4 * ARGV[first + 2], 4 do
          position = position + 1
          version = version + 1
          -- As text, once: Redis formats a number again at each use, as a float of 17 digits (7 % of this script).
          version_text = format('%d', version)
          previous = call('XADD', KEYS[1], '*', 'position', format('%d', position), 'event_id', ARGV[event],
            'entity', entity, 'version', version_text, 'prev', previous,
            'type', ARGV[event + 1], 'meta', ARGV[event + 2], 'data', ARGV[event + 3])
        end
        token = version_text .. '@' .. previous
        current[entity], newest = token, token
      end
      tokens[w - from + 1] = token
    end
    answers[k] = 'O' .. format('%d', position) .. ':' .. concat(tokens, ' ')
    if newest then
      result = (position - before) .. ':' .. newest
      done[command] = result
    else
      touched = true
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
