// SPDX-License-Identifier: MIT
#include "engine/intake/temporary_directory.hpp"

#include <fmt/format.h>
#include <stdlib.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace assay::intake {

TemporaryDirectory::TemporaryDirectory(std::filesystem::path path)
  : path_(std::move(path))
{
}

Result<TemporaryDirectory> TemporaryDirectory::make(const std::filesystem::path& parent,
                                                    std::string_view prefix)
{
  std::string name = (parent / prefix).string() + "XXXXXX";
  if (mkdtemp(name.data()) == nullptr) {
    const int reason = errno;
    return Error{ErrorCode::io,
                 fmt::format("no temporary directory in {}: {}",
                             parent.string(),
                             std::generic_category().message(reason))};
  }
  return TemporaryDirectory(name);
}

TemporaryDirectory::TemporaryDirectory(TemporaryDirectory&& other) noexcept
  : path_(std::exchange(other.path_, {}))
{
}

TemporaryDirectory& TemporaryDirectory::operator=(TemporaryDirectory&& other) noexcept
{
  if (this != &other) {
    remove();
    path_ = std::exchange(other.path_, {});
  }
  return *this;
}

TemporaryDirectory::~TemporaryDirectory()
{
  remove();
}

void TemporaryDirectory::remove()
{
  if (!path_.empty()) {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
}

std::filesystem::path temporary_root()
{
  const char* const chosen = std::getenv("TMPDIR");
  return chosen != nullptr && *chosen == '/' ? chosen : "/tmp";
}

} // namespace assay::intake
