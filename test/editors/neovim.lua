-- Does in Neovim what a person does: opens FILE, waits for the finding of RULE whose text holds MESSAGE, takes the fix
-- whose title holds TITLE, saves. What went wrong is the only output.

local file, rule = vim.env.MOAT_FILE, vim.env.MOAT_RULE
local message, title = vim.env.MOAT_MESSAGE, vim.env.MOAT_TITLE
local WAIT_MS = 20000

local function fail(what)
  io.stderr:write(what .. '\n')
  vim.cmd('cquit 1')
end

local function finding()
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    local code = diagnostic.code or vim.tbl_get(diagnostic, 'user_data', 'lsp', 'code')
    if code == rule and diagnostic.message:find(message, 1, true) then
      return diagnostic
    end
  end
end

vim.cmd('edit ' .. vim.fn.fnameescape(file))
if not vim.wait(WAIT_MS, finding, 20) then
  fail('no finding ' .. rule .. '; there are ' .. vim.inspect(vim.diagnostic.get(0)))
end

local place = finding()
vim.api.nvim_win_set_cursor(0, { place.lnum + 1, place.col })

local offered = {}
-- The menu of code actions.
vim.ui.select = function(items, options, choose)
  for _, item in ipairs(items) do
    local text = options.format_item(item)
    table.insert(offered, text)
    if text:find(title, 1, true) then
      return choose(item)
    end
  end
  choose(nil)
end

local before = vim.api.nvim_buf_get_changedtick(0)
vim.lsp.buf.code_action()
local function is_fixed()
  return vim.api.nvim_buf_get_changedtick(0) > before
end
if not vim.wait(WAIT_MS, is_fixed, 20) then
  fail('the fix was not applied; offered: ' .. vim.inspect(offered))
end
if not vim.wait(WAIT_MS, function() return finding() == nil end, 20) then
  fail('the finding stays after the fix')
end
vim.cmd('wall')
vim.cmd('qall!')
