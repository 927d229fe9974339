-- Appends events to entities of one partition: each append all or none, exactly once per command id.
-- Everything is decided from what was read before the first write, because Lua has no rollback.
--
-- A token is 'version@entry id' of an entity's last event, '0@' of one that does not exist.
-- An entry has two fields, see wire.ts: event/2 'type entity id version position previous meta', and data.
--
-- KEYS  1 events  2 versions  3 head  4 idem (this hour)  5 idem-old (the hour before)  6 cold
-- ARGV  per append: command id or '', number of its writes; per write: entity id, expected (a version, a token or 'any'), n,
--       then n times: 'type entity id', meta, data
--       Of an entity that may be cold, expected is '<expected>|<chilled>|<token>' once it was looked up in the archive
--       An append without events stores nothing: it has what is there confirmed by the WAIT behind this call
-- Returns one string per append:
--   'O<position>:<tokens>'  stored now; the token of each write, with a space between
--   'R<position>:<tokens>'  this very append was stored before, under this command id; nothing was written now
--   'C<k>:<token>'          the entity of write k, from 0, is there, not where it was expected; nothing was written
--   'X<entity id>'          the command id names another append, to this entity; nothing was written
--   'A<n>@<entry id>:<tokens>'  the command id is known, and what it stored, n events up to this one, is not in the log any
--                           more: whether it is the same is for the caller to see; where the entity of each write is
--                           now; nothing was written
--   'K<chilled>@<trimmed>@<first entry>:<k> <k>'  the entities of these writes, from 0, may be cold: whether they are, and
--                           where, is to be looked up in the archive, up to there; nothing was written

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
    at = at + 3 + 3 * ARGV[at + 2]
  end
  writes = lasts[appends]
end

local head = call('HMGET', KEYS[3], 'position', 'rotated', 'cold', 'chilled')
local position = tonumber(head[1] or '0')
local rotated = tonumber(head[2] or '0')
local now = tonumber(call('TIME')[1])
local known = call('HMGET', KEYS[4], unpack(commands))
local known_old = call('HMGET', KEYS[5], unpack(commands))
local stored = call('HMGET', KEYS[2], unpack(entities))

-- What this very call has changed so far: the same command or entity may come twice in one call.
local done, current = {}, {}

-- An entity that left after it was looked up may have had events meanwhile; before, it had none that were not seen.
local cold, chilled = tonumber(head[3] or 0), head[4]
for w = 1, cold > 0 and writes or 0 do
  if not stored[w] then
    local looked_up, token = match(ARGV[starts[w] + 1], '|([^|]*)|(.*)$')
    if looked_up == chilled then stored[w] = token
    elseif may_be_cold(KEYS[6], cold, entities[w]) then stored[w] = 'cold'
    end
  end
end

-- The entities of these writes that have to be looked up, as an answer.
local function unknown(from, to)
  local found
  for w = from, to do
    if stored[w] == 'cold' and not current[entities[w]] then found = (found and found .. ' ' or '') .. (w - from) end
  end
  if not found then return end
  local seam = call('HMGET', KEYS[3], 'trimmed', 'first_entry')
  return 'K' .. chilled .. '@' .. seam[1] .. '@' .. seam[2] .. ':' .. found
end

-- Where the entity of a write is.
local function token_of(w)
  return current[entities[w]] or stored[w] or '0@'
end

-- The number says which version, the token also of which history: after a failover two have the same numbers.
local function fits(expected, token)
  if expected == token or expected == 'any' then return true end
  local of_cold = match(expected, '^([^|]*)|')
  if of_cold then return fits(of_cold, token) end
  return tonumber(expected) == tonumber(match(token, '^%d+'))
end

-- The first of these writes whose entity is not where it is expected, as an answer.
local function conflict(from, to)
  for w = from, to do
    local token = token_of(w)
    if not fits(ARGV[starts[w] + 1], token) then return 'C' .. (w - from) .. ':' .. token end
  end
end

-- Type and entity of an event. Its id is drawn anew by whoever sends the command again.
local function kind_of(event)
  return match(event, '^(%S+ %S+) ')
end

-- The answer to an append under a command id that is known. What is remembered of a command is 'n:token' of the last of
-- n events that it stored; they lie one behind the other.
local function repeated(value, from, to)
  local count, entry = match(value, '^(%d+):%d+@(.*)$')
  local before = call('XREVRANGE', KEYS[1], entry, '-', 'COUNT', count)
  local last = before[1] and before[1][1] == entry and before[1][2]
  if not last or #before < tonumber(count) then
    local tokens = {}
    for w = from, to do tokens[w - from + 1] = token_of(w) end
    return 'A' .. count .. '@' .. entry .. ':' .. concat(tokens, ' ')
  end
  local left_at = {}
  for k = #before, 1, -1 do
    local id, fields = before[k][1], before[k][2]
    local entity, version = match(fields[2], '^%S+ (%S+) %S+ (%d+) ')
    if entity then left_at[entity] = version .. '@' .. id end
  end
  local same, is_ours, left, tokens = true, false, #before, {}
  for w = from, to do
    local entity, first = entities[w], starts[w]
    is_ours = is_ours or left_at[entity]
    tokens[w - from + 1] = left_at[entity] or token_of(w)
    for event = first + 3, first + 3 * ARGV[first + 2], 3 do
      local fields = same and left > 0 and before[left][2]
      same = fields and kind_of(fields[2]) == kind_of(ARGV[event]) and fields[4] == ARGV[event + 2]
      left = left - 1
    end
  end
  local is_look = left == #before
  if is_look and is_ours or not is_look and same and left == 0 then
    return 'R' .. match(last[2], '^%S+ %S+ %S+ %d+ (%d+) ') .. ':' .. concat(tokens, ' ')
  end
  -- Where the entity is not at what was expected, that says more: it has begun already, by whatever events.
  return is_ours and conflict(from, to) or 'X' .. match(last[2], '^%S+ (%S+)')
end

local touched = false
local answers, remember, remembered = {}, {}, 0

for k = 1, appends do
  local command, from, to = commands[k], firsts[k], lasts[k]
  local result = command ~= '' and (done[command] or known[k] or known_old[k])
  answers[k] = cold > 0 and unknown(from, to) or nil
  if answers[k] then
    result = nil
  elseif result then
    answers[k] = repeated(result, from, to)
  else
    answers[k] = conflict(from, to)
  end
  if not answers[k] then
    -- As text, once: Redis formats a number again at each use, as a float of 17 digits.
    local written, position_text, newest, tokens = 0, nil, nil, nil
    for w = from, to do
      local first, token = starts[w], token_of(w)
      local n = tonumber(ARGV[first + 2])
      if n > 0 then
        local version, previous = 0, '-'
        if token ~= '0@' then
          version, previous = match(token, '^(%d+)@(.*)$')
          version = tonumber(version)
        end
        local version_text
        for event = first + 3, first + 3 * n, 3 do
          position = position + 1
          version = version + 1
          position_text, version_text = format('%d', position), version == 1 and '1' or format('%d', version)
          previous = call('XADD', KEYS[1], '*',
            'event/2', ARGV[event] .. ' ' .. version_text .. ' ' .. position_text .. ' ' .. previous .. ' ' .. ARGV[event + 1],
            'data', ARGV[event + 2])
        end
        token = version_text .. '@' .. previous
        current[entities[w]], newest, written = token, token, written + n
      end
      tokens = tokens and tokens .. ' ' .. token or token
    end
    if written > 0 then
      result = format('%d:', written) .. newest
      done[command] = result
    else
      position_text = format('%d', position)
      touched = true
    end
    answers[k] = 'O' .. position_text .. ':' .. tokens
  end
  if result and command ~= '' then
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
