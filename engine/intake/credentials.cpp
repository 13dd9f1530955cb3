// SPDX-License-Identifier: MIT
#include "engine/intake/credentials.hpp"

#include "engine/base/text.hpp"
#include "engine/intake/file_descriptor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace assay::intake {

namespace {

// A store of a thousand hosts has 100 KiB.
constexpr std::size_t k_max_store_bytes = std::size_t{1} << 20U;

std::string environment(const char* name)
{
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

std::string percent_decoded(std::string_view text)
{
  std::string decoded;
  for (std::size_t at = 0; at < text.size(); ++at) {
    unsigned value = 0;
    const std::string_view digits = text.substr(std::min(at + 1, text.size()), 2);
    const auto [end, code] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    const bool encoded =
      text[at] == '%' && digits.size() == 2 && code == std::errc{} && end == digits.data() + 2;
    decoded.push_back(encoded ? static_cast<char>(value) : text[at]);
    at += encoded ? 2 : 0;
  }
  return decoded;
}

Result<std::string> read_store(const std::filesystem::path& path)
{
  const FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file) {
    const int reason = errno;
    return Error{reason == ENOENT ? ErrorCode::not_found : ErrorCode::io,
                 fmt::format("credentials file {}: {}",
                             path.string(),
                             std::generic_category().message(reason))};
  }
  struct stat status = {};
  if (fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return Error{ErrorCode::invalid_input,
                 fmt::format("credentials file {} is not a regular file", path.string())};
  }
  if ((status.st_mode & 077U) != 0 || (status.st_uid != geteuid() && geteuid() != 0)) {
    return Error{
      ErrorCode::invalid_input,
      fmt::format("credentials file {} may be read by others (mode {:04o}); run chmod 600 on it",
                  path.string(),
                  status.st_mode & 07777U)};
  }
  return read_all(file, k_max_store_bytes, path.string());
}

/// A line "https://user:password@host[:port][/path]" that fits `source`.
/// Source: git-credential-store(1), STORAGE FORMAT.
std::optional<UserPassword> match(std::string_view line, const Source& source)
{
  constexpr std::string_view scheme = "https://";
  if (!line.starts_with(scheme)) {
    return std::nullopt;
  }
  line.remove_prefix(scheme.size());
  const std::size_t slash = std::min(line.find('/'), line.size());
  const std::string_view authority = line.substr(0, slash);
  const std::string path = percent_decoded(line.substr(std::min(slash + 1, line.size())));
  const std::size_t at = authority.rfind('@');
  const std::size_t colon = authority.find(':');
  if (at == std::string_view::npos || colon == std::string_view::npos || colon > at) {
    return std::nullopt;
  }
  const std::string host = to_lower(percent_decoded(authority.substr(at + 1)));
  const std::string wanted = source.port.empty() ? source.host : source.host + ":" + source.port;
  UserPassword found{percent_decoded(authority.substr(0, colon)),
                     percent_decoded(authority.substr(colon + 1, at - colon - 1))};
  const bool fits_path =
    path.empty() || path == source.url_path || path + ".git" == source.url_path;
  const bool fits_user = source.username.empty() || source.username == found.username;
  if (host != wanted || !fits_path || !fits_user) {
    return std::nullopt;
  }
  return found;
}

} // namespace

Credentials credentials_from_environment()
{
  Credentials credentials;
  credentials.username = environment("ASSAY_GIT_USERNAME");
  credentials.token = environment("ASSAY_GIT_TOKEN");
  credentials.store = environment("ASSAY_GIT_CREDENTIALS");
  credentials.ssh_key = environment("ASSAY_SSH_KEY");
  const std::string hosts = environment("ASSAY_GIT_HOST");
  for (const std::string_view host :
       split(hosts.empty() ? "github.com" : std::string_view(hosts), ',')) {
    credentials.token_hosts.push_back(to_lower(trim(host)));
  }
  return credentials;
}

Result<std::optional<UserPassword>> password_for(const Source& source,
                                                 const Credentials& credentials)
{
  if (!credentials.store.empty()) {
    ASSAY_ASSIGN(const std::string store, read_store(credentials.store));
    for (const std::string_view line : split(store, '\n')) {
      if (auto found = match(trim(line), source)) {
        return found;
      }
    }
  }
  if (credentials.token.empty()
      || std::ranges::find(credentials.token_hosts, source.host) == credentials.token_hosts.end()) {
    return std::optional<UserPassword>();
  }
  // GitHub, GitLab and Bitbucket take a token with any user name; this one is GitHub's for
  // installations.
  const std::string fallback = source.username.empty() ? "x-access-token" : source.username;
  return std::optional<UserPassword>(
    {credentials.username.empty() ? fallback : credentials.username, credentials.token});
}

std::string without_secret(std::string text, const std::optional<UserPassword>& secret)
{
  if (!secret || secret->password.empty()) {
    return text;
  }
  constexpr std::string_view mask = "***";
  for (std::size_t at = text.find(secret->password); at != std::string::npos;
       at = text.find(secret->password, at)) {
    text.replace(at, secret->password.size(), mask);
    at += mask.size();
  }
  return text;
}

} // namespace assay::intake
