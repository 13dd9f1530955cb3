// SPDX-License-Identifier: MIT
#include "engine/intake/readable_text.hpp"

#include "engine/base/text.hpp"

#include <algorithm>
#include <array>

namespace assay::intake {

namespace {

constexpr std::array<std::string_view, 40> k_suffixes = {
  "py",   "pyi", "pyw",  "pyx",  "pth",  "ipynb", "ini",   "toml",     "cfg", "conf",
  "txt",  "md",  "rst",  "adoc", "html", "htm",   "jinja", "jinja2",   "j2",  "mako",
  "sql",  "ddl", "dbml", "yaml", "yml",  "json",  "jsonc", "xml",      "env", "sh",
  "bash", "bat", "ps1",  "in",   "lock", "tmpl",  "tpl",   "template", "mmd", "puml"};

// A licence or a make file has up to 40 KiB.
constexpr std::uint64_t k_max_plain_name_bytes = std::uint64_t{64} << 10U;

} // namespace

bool is_readable_text(std::string_view path, std::uint64_t size_bytes)
{
  const std::string name = to_lower(path.substr(path.rfind('/') + 1));
  const bool is_special = name.starts_with(".env") || name.starts_with("dockerfile")
                          || name.starts_with("makefile") || name.starts_with("readme");
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos || dot == 0 || is_special) {
    return size_bytes <= k_max_plain_name_bytes || is_special;
  }
  return std::ranges::find(k_suffixes, std::string_view(name).substr(dot + 1)) != k_suffixes.end();
}

bool is_lfs_pointer(std::string_view content)
{
  return content.size() <= k_max_lfs_pointer_bytes
         && content.starts_with("version https://git-lfs.github.com/spec/v1\n")
         && content.find("\noid sha256:") != std::string_view::npos;
}

} // namespace assay::intake
