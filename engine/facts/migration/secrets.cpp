// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/facts/migration/environment_script.hpp"
#include "engine/facts/migration/paths.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace assay::facts {

namespace {

struct DatabaseUrl {
  std::string_view user;
  std::string_view password;
  std::string_view host;
};

/// "postgresql+psycopg2://user:password@host:5432/name" in a line; empty parts if there is none.
DatabaseUrl url_in(std::string_view text)
{
  const auto scheme = text.find("://");
  if (scheme == std::string_view::npos) {
    return {};
  }
  std::string_view rest = text.substr(scheme + 3);
  rest = rest.substr(0, rest.find_first_of(" \t\"'`,;)<>"));
  const auto at = rest.rfind('@');
  const auto colon = rest.find(':');
  if (at == std::string_view::npos || colon == std::string_view::npos || colon > at) {
    return {};
  }
  const std::string_view host = rest.substr(at + 1);
  return {rest.substr(0, colon),
          rest.substr(colon + 1, at - colon - 1),
          host.substr(0, host.find_first_of(":/?"))};
}

bool is_placeholder(std::string_view password)
{
  constexpr std::array<std::string_view, 26> k_usual = {
    "postgres", "password",         "passwd",    "pass",       "root", "admin",  "secret",
    "changeme", "change_me",        "change-me", "user",       "test", "dev",    "example",
    "mysql",    "mysecretpassword", "docker",    "blog",       "app",  "123456", "1234",
    "12345",    "12345678",         "qwerty",    "contrasena", "senha"};
  const std::string lower = to_lower(password);
  return password.size() < 4 || std::ranges::find(k_usual, lower) != k_usual.end()
         || password.find_first_of("<>{}$[]*%") != std::string_view::npos
         || lower.find("your") != std::string::npos || lower.find("pass") != std::string::npos
         || lower.find("secret") != std::string::npos || lower.find("xxx") != std::string::npos
         || password.find("...") != std::string_view::npos;
}

bool is_local(std::string_view host)
{
  return host.empty() || host == "127.0.0.1" || host == "0.0.0.0" || host == "::1"
         || host.ends_with(".internal") || host.ends_with(".local") || host.ends_with("example.com")
         || host.find('.') == std::string_view::npos;
}

/// At least 12 characters out of three classes: nobody's default.
bool looks_drawn(std::string_view password)
{
  const auto any = [&](auto test) {
    return std::ranges::any_of(password,
                               [&](char c) { return test(static_cast<unsigned char>(c)) != 0; });
  };
  const int classes = static_cast<int>(any([](int c) { return std::islower(c); }))
                      + static_cast<int>(any([](int c) { return std::isupper(c); }))
                      + static_cast<int>(any([](int c) { return std::isdigit(c); }))
                      + static_cast<int>(any([](int c) { return std::ispunct(c); }));
  return password.size() >= 12 && classes >= 3;
}

bool is_comment(std::string_view line)
{
  return line.starts_with('#') || line.starts_with(';');
}

} // namespace

std::string_view secret_in_url(std::string_view text)
{
  const DatabaseUrl url = url_in(text);
  if (url.password.empty() || is_placeholder(url.password) || url.password == url.user) {
    return {};
  }
  return !is_local(url.host) || looks_drawn(url.password) ? url.password : std::string_view();
}

std::vector<Evidence> find_secrets(Program& program, const MigrationLayout& layout)
{
  std::vector<Evidence> found;
  for (const std::string& path : {layout.config_path, layout.env_path}) {
    const auto text = path.empty() ? std::nullopt : text_of_file(program.snapshot(), path);
    if (!text) {
      continue;
    }
    int number = 0;
    for (const std::string_view line : split(*text, '\n')) {
      ++number;
      const std::string_view secret =
        is_comment(trim(line)) ? std::string_view() : secret_in_url(line);
      if (secret.empty()) {
        continue;
      }
      Evidence evidence;
      evidence.where.path = path;
      evidence.where.line = evidence.where.end_line = number;
      evidence.where.column = 1;
      evidence.where.text = std::string(trim(line)).substr(0, 200);
      const auto at = evidence.where.text.find(secret);
      if (at != std::string::npos) {
        evidence.where.text.replace(at, secret.size(), "***");
      }
      evidence.note = "a database URL with a password";
      found.push_back(std::move(evidence));
    }
  }
  return found;
}

} // namespace assay::facts
