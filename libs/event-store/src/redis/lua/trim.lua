-- Takes archived events out of a partition's log, the oldest first, in a step so small that nobody waits for it.
--
-- KEYS  1 events  2 head  3 sub of the group that archives
-- ARGV  1 entry id and 2 position of the first entry that is to stay, or of one without a position the position before;
--         both '' = nothing is to go  3 most entries to take out
-- Returns { entries taken out, position of the last event that is trimmed, entry id of the first entry of the log or '',
--           position of the partition, position and entry id of the last archived event, bytes that Redis uses,
--           its maxmemory or 0 }
--         or what is wrong, where the archive has not got so far, or has another event at that position

local first, position = ARGV[1], tonumber(ARGV[2])
local head = redis.call('HMGET', KEYS[2], 'trimmed', 'position')
local trimmed = tonumber(head[1] or 0)
local archived = redis.call('HMGET', KEYS[3], 'position', 'entry_id')
local removed = 0

local function conflict(what)
  return 'entry ' .. first .. ' at position ' .. position .. ': ' .. what
end

-- The position of an entry that this library wrote.
local function position_of(entry)
  local _, position = place_of(entry)
  return position
end

-- The id of the first entry of the log, and the position of its first event.
local function beginning()
  local begins
  local from = '-'
  while true do
    local page = redis.call('XRANGE', KEYS[1], from, '+', 'COUNT', begins and 64 or 1)
    for _, entry in ipairs(page) do
      begins = begins or entry[1]
      local at = position_of(entry)
      if at then return begins, at end
    end
    if #page == 0 then return begins end
    from = '(' .. page[#page][1]
  end
end

if position and position > trimmed then
  if tonumber(archived[1] or 0) < position then return conflict('it is not archived') end
  local entry = redis.call('XRANGE', KEYS[1], first, first)[1]
  if not entry then return conflict('the log does not have it') end
  if (position_of(entry) or position) ~= position then return conflict('the log has it at another position') end
  -- Whole nodes of the stream's tree, which cost next to nothing to let go; so a few entries more may stay.
  removed = redis.call('XTRIM', KEYS[1], 'MINID', '~', first, 'LIMIT', ARGV[3])
end

local begins, at = beginning()
if removed > 0 then
  trimmed = at - 1
  redis.call('HSET', KEYS[2], 'trimmed', trimmed, 'first_entry', begins)
end
local memory = redis.call('INFO', 'memory')
return { removed, trimmed, begins or '', tonumber(head[2] or 0), tonumber(archived[1] or 0), archived[2] or '0-0',
  tonumber(string.match(memory, 'used_memory:(%d+)')), tonumber(string.match(memory, 'maxmemory:(%d+)')) }
