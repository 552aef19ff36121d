-- A session in Neovim with its built-in client: opens the file of $MCALC_FILE, uses the server of $MCALC_CLI, and writes what it saw
-- to $MCALC_OUT as JSON. The set-up is the one of docs/editors.md for the oldest Neovim that Debian has.
local WAIT = 30000
local seen = {}

local function finish()
  local out = assert(io.open(vim.env.MCALC_OUT, 'w'))
  out:write(vim.json and vim.json.encode(seen) or vim.fn.json_encode(seen))
  out:close()
  vim.cmd('qall!')
end

local ok, failure = pcall(function()
  vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.MCALC_FILE))
  vim.bo.filetype = 'mcalc'
  local buffer = vim.api.nvim_get_current_buf()
  local client_id = vim.lsp.start_client({
    name = 'mcalc',
    cmd = { vim.env.MCALC_NODE, vim.env.MCALC_CLI, 'lsp', '--stdio' },
    root_dir = vim.fn.getcwd(),
  })
  vim.lsp.buf_attach_client(buffer, client_id)
  local client = vim.lsp.get_client_by_id(client_id)
  vim.wait(WAIT, function() return client.initialized end)
  seen.initialized = client.initialized == true

  local function ask(method, params)
    local answers = vim.lsp.buf_request_sync(buffer, method, params, WAIT) or {}
    for _, answer in pairs(answers) do
      if answer.error then error(method .. ': ' .. answer.error.message) end
      return answer.result
    end
  end
  local document = { uri = vim.uri_from_bufnr(buffer) }
  local function at(line, character) return { textDocument = document, position = { line = line, character = character } } end
  local function text() return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n') end

  seen.hover = ask('textDocument/hover', at(3, 1)).contents.value
  local labels = {}
  for _, symbol in ipairs(ask('textDocument/documentSymbol', { textDocument = document })) do table.insert(labels, symbol.name) end
  seen.symbols = labels
  seen.definition = ask('textDocument/definition', at(3, 8))

  -- An error while typing, seen in Neovim's own list of diagnostics.
  vim.api.nvim_buf_set_lines(buffer, 4, 4, false, { 'h = X * y' })
  vim.wait(WAIT, function() return #vim.diagnostic.get(buffer) > 0 end)
  local diagnostic = vim.diagnostic.get(buffer)[1]
  seen.diagnostic = { line = diagnostic.lnum, column = diagnostic.col, message = diagnostic.message, code = diagnostic.code or diagnostic.user_data and diagnostic.user_data.lsp.code }
  vim.api.nvim_buf_set_lines(buffer, 4, 5, false, {})
  vim.wait(WAIT, function() return #vim.diagnostic.get(buffer) == 0 end)
  seen.mended = #vim.diagnostic.get(buffer) == 0

  -- Rename and formatting, applied by Neovim.
  vim.lsp.util.apply_workspace_edit(ask('textDocument/rename', vim.tbl_extend('error', at(0, 0), { newName = 'Data' })), client.offset_encoding)
  seen.renamed = text()
  vim.api.nvim_buf_set_lines(buffer, 3, 4, false, { 'grad( f,w )' })
  vim.lsp.util.apply_text_edits(ask('textDocument/formatting', { textDocument = document, options = { tabSize = 2, insertSpaces = true } }), buffer, client.offset_encoding)
  seen.formatted = text()

  -- Lenses are commands of the server: verify the request, then write its code, which the server asks the editor to do.
  local titles = {}
  local function run(title)
    for _, lens in ipairs(ask('textDocument/codeLens', { textDocument = document })) do
      titles[#titles + 1] = lens.command.title
      if lens.command.title:find(title, 1, true) then return ask('workspace/executeCommand', { command = lens.command.command, arguments = lens.command.arguments }) end
    end
    error('no lens ' .. title)
  end
  seen.verdict = run('Verify').verdict
  vim.cmd('write')
  seen.generated = run('Generate').uri
  local code = vim.fn.bufnr(vim.env.MCALC_FILE .. '.ts')
  seen.code = code > 0 and table.concat(vim.api.nvim_buf_get_lines(code, 0, -1, false), '\n') or ''
  seen.lenses = titles

  client.stop()
  vim.wait(WAIT, function() return client.is_stopped() end)
  seen.stopped = client.is_stopped()
end)
if not ok then seen.failure = tostring(failure) end
finish()
