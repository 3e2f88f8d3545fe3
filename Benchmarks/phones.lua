-- A hundred phones that talk at once: each request is the next phone's, with words and ids of its own.
--
-- wrk -s phones.lua ADDRESS -- FILE SEED: the file's first line is the path to send to; each line after it is one
-- phone's cookies, a tab, and the guard that its forms carry. Prints `acknowledged` and `refused` when it is done.

local threads = {}

function setup(thread) threads[#threads + 1] = thread end

local phones, turn, path = {}, 0, nil
acknowledged, refused = 0, 0

function init(arguments)
    local lines = io.lines(arguments[1])
    path = lines()
    for line in lines do
        local cookies, guard = line:match("^(.*)\t(.*)$")
        phones[#phones + 1] = { cookies = cookies, guard = guard }
    end
    math.randomseed(tonumber(arguments[2]))
end

-- The ids that our own pages put into a form: of what is signed one that begins with the time (RFC 9562, 5.7), of what
-- is said with nothing one that is all chance.
local function part() return math.random(0, 65535) end

local function signed()
    local milliseconds = os.time() * 1000 + turn % 1000
    return string.format(
        "%08x-%04x-7%03x-8%03x-%04x%04x%04x", math.floor(milliseconds / 65536), milliseconds % 65536, part() % 4096,
        part() % 4096, part(), part(), part())
end

local function chance()
    return string.format(
        "%04x%04x-%04x-4%03x-8%03x-%04x%04x%04x", part(), part(), part(), part() % 4096, part() % 4096, part(), part(),
        part())
end

function request()
    turn = turn + 1
    local phone = phones[turn % #phones + 1]
    return wrk.format("POST", path, {
        ["Cookie"] = phone.cookies, ["Content-Type"] = "application/x-www-form-urlencoded",
    }, "guard=" .. phone.guard .. "&bearing=card&once=" .. signed() .. "&once-nothing=" .. chance()
        .. "&words=Nobody+told+us+what+time+she+would+be+home.+" .. turn)
end

-- 303 is said only once the words are safe on the disk.
function response(status)
    if status == 303 then acknowledged = acknowledged + 1 else refused = refused + 1 end
end

function done()
    local kept, turned = 0, 0
    for _, thread in ipairs(threads) do
        kept = kept + thread:get("acknowledged")
        turned = turned + thread:get("refused")
    end
    print("acknowledged " .. kept)
    print("refused " .. turned)
end
