// SPDX-License-Identifier: MIT
#include "engine/intake/source.hpp"

#include "engine/base/text.hpp"
#include "engine/intake/intake.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace assay::intake {

namespace {

constexpr std::string_view k_secret_hint = "the source holds a password or token; take it out and "
                                           "set ASSAY_GIT_TOKEN or ASSAY_GIT_CREDENTIALS";

// How the access tokens of the large forges begin; as a user name they work without a password.
constexpr std::array<std::string_view, 10> k_token_prefixes = {
  "ghp_", "gho_", "ghs_", "ghu_", "ghr_", "github_pat_", "glpat-", "gldt-", "ATBB", "ATCTT"};

struct Url {
  std::string_view scheme;
  std::string_view username;
  std::optional<std::string_view> password;
  std::string_view host;
  std::string_view port;
  std::string_view path; ///< with leading '/'
};

Error refused(std::string message)
{
  return Error{ErrorCode::invalid_input, std::move(message)};
}

/// Nothing if `source` has no scheme.
std::optional<Url> parse_url(std::string_view source)
{
  const std::size_t colon = source.find("://");
  if (colon == std::string_view::npos
      || source.substr(0, colon).find('/') != std::string_view::npos) {
    return std::nullopt;
  }
  Url url;
  url.scheme = source.substr(0, colon);
  std::string_view rest = source.substr(colon + 3);
  rest = rest.substr(0, rest.find_first_of("?#"));
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  std::string_view authority = rest.substr(0, slash);
  url.path = rest.substr(slash);
  const std::size_t at = authority.rfind('@');
  if (at != std::string_view::npos) {
    const std::string_view user = authority.substr(0, at);
    authority = authority.substr(at + 1);
    const std::size_t separator = user.find(':');
    url.username = user.substr(0, separator);
    if (separator != std::string_view::npos) {
      url.password = user.substr(separator + 1);
    }
  }
  const std::size_t port = authority.rfind(':');
  if (port != std::string_view::npos && !authority.ends_with(']')) {
    url.port = authority.substr(port + 1);
    authority = authority.substr(0, port);
  }
  url.host = authority;
  return url;
}

bool is_port(std::string_view text)
{
  unsigned value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  return code == std::errc{} && end == text.data() + text.size() && value > 0 && value < 65536;
}

bool is_token(std::string_view username)
{
  return starts_with_any(username, k_token_prefixes) || username.size() >= 32;
}

/// "user@host:path", as git and ssh write it.
struct ScpAddress {
  std::string_view user;
  std::string_view host;
  std::string_view path;
};

std::optional<ScpAddress> parse_scp(std::string_view source)
{
  const std::size_t at = source.find('@');
  const std::size_t colon = source.find(':');
  const std::size_t slash = source.find('/');
  if (at == std::string_view::npos || colon == std::string_view::npos || at > colon
      || slash < colon) {
    return std::nullopt;
  }
  return ScpAddress{
    source.substr(0, at), source.substr(at + 1, colon - at - 1), source.substr(colon + 1)};
}

/// "user:password@host/path" without a scheme.
bool is_bare_secret(std::string_view source)
{
  const std::size_t colon = source.find(':');
  const std::size_t at = source.find('@');
  const std::size_t slash = source.find('/');
  return colon < at && at < slash && at != std::string_view::npos && !source.starts_with(".");
}

/// The port is where a password with a '/' in it ends up: "https://user:pa/ss@host/".
bool hides_secret(const Url& url)
{
  return !url.port.empty() && !is_port(url.port) && url.path.find('@') != std::string_view::npos;
}

std::optional<std::string> percent_decoded(std::string_view text)
{
  std::string decoded;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      decoded.push_back(text[at]);
      continue;
    }
    unsigned value = 0;
    const std::string_view digits = text.substr(at + 1, 2);
    const auto [end, code] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (digits.size() != 2 || code != std::errc{} || end != digits.data() + 2 || value < 0x20) {
      return std::nullopt;
    }
    decoded.push_back(static_cast<char>(value));
    at += 2;
  }
  return decoded;
}

Result<Source> file_source(const Url& url, Source source)
{
  if (!url.host.empty() && to_lower(url.host) != "localhost") {
    return refused(
      fmt::format("{}: a file URL names this machine only (file:///path)", source.shown));
  }
  const auto path = percent_decoded(url.path);
  if (!path || path->empty()) {
    return refused(fmt::format("{}: not a usable file URL (file:///path)", source.shown));
  }
  source.kind = SourceKind::file;
  source.path = *path;
  return source;
}

Result<Source> remote_source(const Url& url, SourceKind kind, Source source)
{
  const std::string_view scheme = kind == SourceKind::https ? "https" : "ssh";
  if (url.host.empty() || url.path.size() < 2 || (!url.port.empty() && !is_port(url.port))) {
    return refused(fmt::format("{}: not a usable URL ({}://host/path)", source.shown, scheme));
  }
  source.kind = kind;
  source.username = url.username;
  source.host = to_lower(url.host);
  source.port = url.port;
  std::string_view path = url.path.substr(1);
  while (path.ends_with('/')) {
    path.remove_suffix(1);
  }
  source.url_path = path;
  const std::string user =
    kind == SourceKind::ssh && !url.username.empty() ? source.username + "@" : "";
  const std::string port = source.port.empty() ? "" : ":" + source.port;
  source.url = fmt::format("{}://{}{}{}/{}", scheme, user, source.host, port, path);
  return source;
}

Result<Source> url_source(const Url& url, Source source)
{
  if ((url.password && !url.password->empty()) || is_token(url.username) || hides_secret(url)) {
    return refused(fmt::format("{}: {}", source.shown, k_secret_hint));
  }
  const std::string scheme = to_lower(url.scheme);
  if (scheme == "file") {
    return file_source(url, std::move(source));
  }
  if (scheme == "https" || scheme == "git+https") {
    return remote_source(url, SourceKind::https, std::move(source));
  }
  if (scheme == "ssh" || scheme == "git+ssh" || scheme == "ssh+git") {
    return remote_source(url, SourceKind::ssh, std::move(source));
  }
  if (scheme == "http" || scheme == "git") {
    return refused(fmt::format("{}: {} is not encrypted; use https or ssh", source.shown, scheme));
  }
  return refused(
    fmt::format("{}: {} is not supported (https, ssh, file, git@host:path or a folder)",
                source.shown,
                printable(scheme)));
}

std::string redacted_url(const Url& url)
{
  if (hides_secret(url)) {
    return fmt::format("{}://{}", url.scheme, url.path.substr(url.path.rfind('@') + 1));
  }
  const bool keeps_user =
    to_lower(url.scheme) != "https" && !url.username.empty() && !is_token(url.username);
  return fmt::format("{}://{}{}{}{}{}{}",
                     url.scheme,
                     keeps_user ? url.username : "",
                     keeps_user ? "@" : "",
                     url.host,
                     url.port.empty() ? "" : ":",
                     url.port,
                     url.path);
}

} // namespace

std::string redacted(std::string_view source)
{
  if (const auto url = parse_url(source)) {
    return printable(redacted_url(*url));
  }
  if (is_bare_secret(source)) {
    return printable(source.substr(source.find('@') + 1));
  }
  return printable(source);
}

Result<Source> classify(std::string_view source)
{
  Source classified;
  classified.shown = redacted(source);
  if (source.empty()) {
    return refused("the source is empty (https, ssh or file URL, git repository or folder)");
  }
  if (std::ranges::any_of(
        source, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; })) {
    return refused(fmt::format("{}: the source holds control characters", classified.shown));
  }
  if (const auto url = parse_url(source)) {
    return url_source(*url, std::move(classified));
  }
  if (is_bare_secret(source)) {
    return refused(fmt::format("{}: {}", classified.shown, k_secret_hint));
  }
  const auto scp = parse_scp(source);
  if (scp && !scp->host.empty() && !scp->path.empty()) {
    classified.kind = SourceKind::ssh;
    classified.username = scp->user;
    classified.host = to_lower(scp->host);
    classified.url = fmt::format("{}@{}:{}", scp->user, classified.host, scp->path);
    return classified;
  }
  classified.kind = SourceKind::path;
  classified.path = source;
  return classified;
}

Result<std::string> resolve_source(std::string_view source, const std::filesystem::path& folder)
{
  ASSAY_ASSIGN(const Source classified, classify(source));
  if (classified.kind != SourceKind::path || classified.path.is_absolute()) {
    return std::string(source);
  }
  std::string path = (folder / classified.path).lexically_normal().string();
  while (path.size() > 1 && path.ends_with('/')) {
    path.pop_back();
  }
  return path;
}

bool leads_outside(std::string_view path, std::string_view target)
{
  if (target.starts_with('/')) {
    return true;
  }
  const auto folders = std::ranges::count(path, '/');
  auto depth = folders;
  for (const std::string_view part : split(target, '/')) {
    if (part == "..") {
      --depth;
    } else if (!part.empty() && part != ".") {
      ++depth;
    }
    if (depth < 0) {
      return true;
    }
  }
  return false;
}

} // namespace assay::intake
