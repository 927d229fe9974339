-- Event id and position of an entry that this library has written, or nothing: the rule of `wordsIn`, in log/words.ts. Where
-- the two disagreed, one entry by somebody's hand would be another history to one of them, for ever.
local function place_of(entry)
  local fields = entry[2]
  if #fields ~= 4 or fields[1] ~= 'event/2' or fields[3] ~= 'data' then return end
  local id, position = string.match(fields[2], '^[!-~]+ [!-~]+ ([%w-]+) [!-~]+ ([1-9]%d*) [!-~]+ ')
  if position and #position <= 15 then return id, tonumber(position) end
end

