-- Moves a group's cursor in a partition and renews its lease; with it, all at once, writes projection rows, parks
-- events and takes one event off a parked key. With `from` = `to` it only renews (and may unpark).
--
-- KEYS  1 sub  2 events  3 parked  4 requests  5 head  6... rows
-- ARGV  1 token  2 lease in milliseconds  3 from: event id the cursor must be at
--       4 to: entry id  5 to: position  6 to: event id  7 group
--       8 key to unpark or ''  9 its first parked entry id must be  10 its next one, '' = it was the last
--       11 number of parked events, then for each: key, entry id, reason
--       then the row writes, for each: command, index into KEYS, number of arguments, arguments; the first of UNLIST is
--       an index into KEYS too
-- Returns 'OK'      done, or done before (the reply was lost)
--         'ASKED'   the same, and an operator wants something done with parked keys
--         'FENCED'  another owner has the lease
--         'STALE'   the cursor is not where the owner thinks
--         'FORK'    the event at `to` is not in the log, and was not trimmed from it: history was lost
--         { k, t }  nothing is moved or written, because the k-th row write meets a row of type t, which it does not fit
--         { k, 'hash', field, value, delta }  the same, because it would add delta to a value that is no integer, or past ±(2^53 - 1)

local token, lease, from, to_entry, to_position, to_event = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local sub = redis.call('HMGET', KEYS[1], 'token', 'event_id')
if sub[1] ~= token then return 'FENCED' end

if to_event ~= '' then
  local entry = redis.call('XRANGE', KEYS[2], to_entry, to_entry)[1]
  -- An entry that this library did not write has no event id; its entry id stands for it.
  if entry then
    if (place_of(entry) or entry[1]) ~= to_event then return 'FORK' end
  elseif tonumber(to_position) > tonumber(redis.call('HGET', KEYS[5], 'trimmed') or 0) then
    return 'FORK'
  end
end

local at = sub[2] or ''
local moves = at ~= to_event
if moves and at ~= from then return 'STALE' end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSET', KEYS[1], 'until', now + lease)
local ok = redis.call('EXISTS', KEYS[4]) == 1 and 'ASKED' or 'OK'
if not moves and from ~= to_event then return ok end

-- All row writes are looked at before the first is made, because Lua has no rollback. What else Redis could say of them,
-- `checkWrites` has seen to.
local fits = { HSET = 'hash', HINCRBY = 'hash', HDEL = 'hash', SADD = 'set', SREM = 'set', RPUSH = 'list', ZADD = 'zset', ZREM = 'zset', UNLIST = 'zset' }
local holds, adds = {}, false
local function holds_another(row, type_needed)
  local held = holds[row] or redis.call('TYPE', KEYS[tonumber(row)]).ok
  return type_needed and held ~= 'none' and held ~= type_needed and held
end
local first_write = 12 + 3 * ARGV[11]
local at_write, k = first_write, 0
while at_write <= #ARGV do
  k = k + 1
  local command, row = ARGV[at_write], ARGV[at_write + 1]
  local type_needed = fits[command]
  local source_needed = command == 'UNLIST' and (ARGV[at_write + 2] == '3' and 'hash' or 'list')
  local held = source_needed and holds_another(ARGV[at_write + 3], source_needed) or holds_another(row, type_needed)
  if held then return { k, held } end
  holds[row] = type_needed or 'none'
  adds = adds or command == 'HINCRBY'
  at_write = at_write + 3 + ARGV[at_write + 2]
end

-- Sums are worked out beforehand, over what this call's own writes will have left in the fields by then.
local function wrong_sum()
  local hashes, deleted = {}, {}
  local write = first_write
  for nth = 1, k do
    local command, row, last = ARGV[write], ARGV[write + 1], write + 2 + ARGV[write + 2]
    local fields = hashes[row] or {}
    hashes[row] = fields
    if command == 'DEL' then
      hashes[row], deleted[row] = {}, true
    elseif command == 'HSET' then
      for arg = write + 3, last, 2 do fields[ARGV[arg]] = ARGV[arg + 1] end
    elseif command == 'HDEL' then
      for arg = write + 3, last do fields[ARGV[arg]] = '0' end
    elseif command == 'HINCRBY' then
      local field, delta = ARGV[write + 3], ARGV[write + 4]
      local value = fields[field] or (not deleted[row] and redis.call('HGET', KEYS[tonumber(row)], field)) or '0'
      local number = tonumber(string.match(value, '^-?[1-9]%d*$') or string.match(value, '^0$') or 'none')
      local safe = 9007199254740991
      if not number or math.abs(number) > safe or math.abs(number + delta) > safe then
        return { nth, 'hash', field, value, delta }
      end
      fields[field] = string.format('%d', number + delta)
    end
    write = last + 1
  end
end
local wrong = adds and wrong_sum()
if wrong then return wrong end

local unpark = ARGV[8]
if unpark ~= '' then
  local parked = redis.call('HGET', KEYS[3], unpark)
  local first, rest = string.match(parked or '', '^([^|]*)|(.*)$')
  if (not parked and ARGV[10] == '') or (parked and first == ARGV[10]) then return ok end
  if first ~= ARGV[9] then return 'STALE' end
  if ARGV[10] == '' then
    redis.call('HDEL', KEYS[3], unpark)
  else
    local last, count, tail = string.match(rest, '^([^|]*)|(%d+)|(.*)$')
    redis.call('HSET', KEYS[3], unpark, ARGV[10] .. '|' .. last .. '|' .. (tonumber(count) - 1) .. '|' .. tail)
  end
end

local i = 12
for _ = 1, tonumber(ARGV[11]) do
  local key, entry, reason = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local parked = redis.call('HGET', KEYS[3], key)
  if parked then
    local first, count, tail = string.match(parked, '^([^|]*)|[^|]*|(%d+)|(.*)$')
    redis.call('HSET', KEYS[3], key, first .. '|' .. entry .. '|' .. (tonumber(count) + 1) .. '|' .. tail)
  else
    redis.call('HSET', KEYS[3], key, entry .. '|' .. entry .. '|1|' .. now .. '|' .. reason)
  end
  i = i + 3
end

local function unlist(row, source, suffix, field)
  local values = field and { redis.call('HGET', source, field) or nil } or redis.call('LRANGE', source, 0, -1)
  for _, value in ipairs(values) do redis.call('ZREM', row, value .. suffix) end
end

while i <= #ARGV do
  local n = tonumber(ARGV[i + 2])
  if ARGV[i] == 'UNLIST' then
    unlist(KEYS[tonumber(ARGV[i + 1])], KEYS[tonumber(ARGV[i + 3])], ARGV[i + 4], n == 3 and ARGV[i + 5])
  elseif n == 0 then
    redis.call(ARGV[i], KEYS[tonumber(ARGV[i + 1])])
  else
    redis.call(ARGV[i], KEYS[tonumber(ARGV[i + 1])], unpack(ARGV, i + 3, i + 2 + n))
  end
  i = i + 3 + n
end

if moves then
  redis.call('HSET', KEYS[1], 'entry_id', to_entry, 'position', to_position, 'event_id', to_event)
  -- Shows the group to XINFO GROUPS, redis_exporter and KEDA with an exact lag; nothing here reads it.
  local set = redis.pcall('XGROUP', 'SETID', KEYS[2], ARGV[7], to_entry, 'ENTRIESREAD', to_position)
  if type(set) == 'table' and set.err then
    redis.pcall('XGROUP', 'CREATE', KEYS[2], ARGV[7], to_entry, 'ENTRIESREAD', to_position)
  end
end
return ok
