// SPDX-License-Identifier: MIT
#include "engine/intake/fetch.hpp"

#include "engine/base/text.hpp"
#include "engine/intake/credentials.hpp"
#include "engine/intake/earlier_tips.hpp"
#include "engine/intake/watchdog.hpp"

#include <fmt/format.h>
#include <git2.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <system_error>
#include <vector>

#include <unistd.h>

namespace assay::intake {

namespace {

constexpr int k_give_up = GIT_EUSER;
// Looking at the disk costs a system call.
constexpr std::uint64_t k_bytes_between_checks = std::uint64_t{1} << 20U;

/// What the callbacks of one fetch share. An error set here explains a failure better than libgit2
/// can.
struct Exchange {
  const Source& source;
  Session& session;
  std::optional<UserPassword> password;
  std::filesystem::path place; ///< of the repository that is written
  std::string host;            ///< spoken to now; a redirection changes it
  bool offered = false;
  bool connected = false;
  std::uint64_t checked_at_bytes = 0;
  std::optional<Error> error;

  int give_up(ErrorCode code, std::string message)
  {
    error = Error{code, std::move(message)};
    return k_give_up;
  }
};

int offer_password(git_credential** out, Exchange& exchange)
{
  if (!exchange.password) {
    return exchange.give_up(
      ErrorCode::unavailable,
      fmt::format("no such repository, or it needs credentials and there are none for {} "
                  "(ASSAY_GIT_TOKEN with ASSAY_GIT_HOST, or ASSAY_GIT_CREDENTIALS)",
                  exchange.source.host));
  }
  if (exchange.host != exchange.source.host) {
    return exchange.give_up(ErrorCode::unavailable,
                            fmt::format("{} leads to {}, which gets no credentials",
                                        exchange.source.host,
                                        exchange.host));
  }
  if (exchange.offered) {
    return exchange.give_up(
      ErrorCode::unavailable,
      fmt::format("{} refused the credentials, or they give no access to this repository",
                  exchange.source.host));
  }
  exchange.offered = true;
  return git_credential_userpass_plaintext_new(
    out, exchange.password->username.c_str(), exchange.password->password.c_str());
}

int offer_key(git_credential** out, const char* username, Exchange& exchange)
{
  const std::filesystem::path& key = exchange.session.options().credentials.ssh_key;
  const char* const user = username == nullptr ? "git" : username;
  if (exchange.offered) {
    return exchange.give_up(
      ErrorCode::unavailable,
      fmt::format("{} refused the key {}",
                  exchange.source.host,
                  key.empty() ? "of the ssh-agent (or set ASSAY_SSH_KEY)" : key.string()));
  }
  exchange.offered = true;
  if (key.empty()) {
    if (std::getenv("SSH_AUTH_SOCK") == nullptr) {
      return exchange.give_up(ErrorCode::unavailable,
                              fmt::format("no key for {}: there is no ssh-agent, and "
                                          "ASSAY_SSH_KEY is not set",
                                          exchange.source.host));
    }
    return git_credential_ssh_key_from_agent(out, user);
  }
  if (access(key.c_str(), R_OK) != 0) {
    const int reason = errno;
    return exchange.give_up(
      ErrorCode::io,
      fmt::format("the key {}: {}", key.string(), std::generic_category().message(reason)));
  }
  return git_credential_ssh_key_new(out, user, nullptr, key.c_str(), nullptr);
}

int on_credentials(git_credential** out,
                   const char* /*url*/,
                   const char* username,
                   unsigned int allowed,
                   void* payload)
{
  auto& exchange = *static_cast<Exchange*>(payload);
  if ((allowed & GIT_CREDENTIAL_USERNAME) != 0) {
    return git_credential_username_new(out, username == nullptr ? "git" : username);
  }
  if ((allowed & GIT_CREDENTIAL_SSH_KEY) != 0) {
    return offer_key(out, username, exchange);
  }
  if ((allowed & GIT_CREDENTIAL_USERPASS_PLAINTEXT) != 0
      && exchange.source.kind == SourceKind::https) {
    return offer_password(out, exchange);
  }
  return exchange.give_up(
    ErrorCode::unavailable,
    fmt::format("{} asks for a kind of login that is not supported", exchange.source.host));
}

int on_certificate(git_cert* certificate, int valid, const char* host, void* payload)
{
  auto& exchange = *static_cast<Exchange*>(payload);
  exchange.host = to_lower(printable(host));
  if (valid != 0) {
    return 0;
  }
  if (certificate->cert_type == GIT_CERT_HOSTKEY_LIBSSH2) {
    exchange.error = Error{
      ErrorCode::unavailable,
      fmt::format("the host key of {} is not the one in ~/.ssh/known_hosts, or not there at all; "
                  "check it and add it (ssh-keyscan)",
                  printable(host))};
  } else {
    exchange.error =
      Error{ErrorCode::unavailable,
            fmt::format("the TLS certificate of {} is not trusted", printable(host))};
  }
  return GIT_ECERTIFICATE;
}

int keep_going(Exchange& exchange)
{
  const auto checked = exchange.session.check("fetching");
  if (!checked) {
    exchange.error = checked.error();
    return k_give_up;
  }
  return 0;
}

bool has_room(Exchange& exchange)
{
  std::error_code code;
  const auto space = std::filesystem::space(exchange.place, code);
  if (code || space.available >= exchange.session.limits().min_free_bytes) {
    return true;
  }
  exchange.error = Error{ErrorCode::io,
                         fmt::format("the disk of {} is full: {} bytes left, {} needed",
                                     exchange.place.string(),
                                     space.available,
                                     exchange.session.limits().min_free_bytes)};
  return false;
}

int on_transfer(const git_indexer_progress* stats, void* payload)
{
  auto& exchange = *static_cast<Exchange*>(payload);
  const std::uint64_t limit = exchange.session.limits().max_received_bytes;
  if (stats->received_bytes > limit) {
    return exchange.give_up(
      ErrorCode::limit_exceeded,
      fmt::format("the repository sent more than {} bytes (limit on received bytes)", limit));
  }
  if (stats->received_bytes - exchange.checked_at_bytes >= k_bytes_between_checks) {
    exchange.checked_at_bytes = stats->received_bytes;
    if (!has_room(exchange)) {
      return k_give_up;
    }
  }
  const bool received = stats->total_objects > 0 && stats->received_objects == stats->total_objects;
  exchange.session.report({.stage = received ? IntakeStage::resolving : IntakeStage::receiving,
                           .received_bytes = stats->received_bytes,
                           .received_objects = stats->received_objects,
                           .resolved_objects = stats->indexed_objects,
                           .total_objects = stats->total_objects});
  return keep_going(exchange);
}

int on_sideband(const char* /*text*/, int /*size*/, void* payload)
{
  return keep_going(*static_cast<Exchange*>(payload));
}

bool is_missing(const GitFailure& failure)
{
  return failure.code == GIT_ENOTFOUND
         || failure.message.find("status code: 404") != std::string::npos
         || failure.message.find("epository not found") != std::string::npos
         || failure.message.find("does not exist") != std::string::npos
         || failure.message.find("does not appear to be a git repository") != std::string::npos;
}

/// libgit2 counts a refused connection among the failures of the operating system.
bool is_connection_failure(const GitFailure& failure, const Exchange& exchange)
{
  const bool remote = exchange.source.kind != SourceKind::file;
  return failure.category == GIT_ERROR_NET || failure.category == GIT_ERROR_HTTP
         || (remote && !exchange.connected && failure.category == GIT_ERROR_OS);
}

Error explained(const GitFailure& failure, const Exchange& exchange)
{
  const std::string& host = exchange.source.host;
  if (is_connection_failure(failure, exchange)) {
    return Error{
      ErrorCode::unavailable,
      fmt::format("{} cannot be reached or does not speak git: {}", host, failure.message)};
  }
  switch (failure.category) {
  case GIT_ERROR_SSL:
    return Error{ErrorCode::unavailable,
                 fmt::format("no TLS connection with {}: {}", host, failure.message)};
  case GIT_ERROR_SSH:
    return Error{ErrorCode::unavailable,
                 fmt::format("no ssh connection with {}: {}", host, failure.message)};
  case GIT_ERROR_OS:
  case GIT_ERROR_FILESYSTEM:
  case GIT_ERROR_NOMEMORY:
    return Error{ErrorCode::io, failure.message};
  default:
    return Error{ErrorCode::invalid_input, failure.message};
  }
}

/// Why the call that answered `code` failed. Must be the next thing after that call.
Error explain(int code, Exchange& exchange)
{
  const GitFailure failure = last_failure(code);
  if (exchange.error) {
    return *exchange.error;
  }
  const auto checked = exchange.session.check("fetching");
  if (!checked) {
    return checked.error();
  }
  if (is_missing(failure)) {
    return Error{ErrorCode::not_found,
                 "no such repository, or it is not visible with these credentials"};
  }
  if (failure.code == GIT_EAUTH) {
    return Error{ErrorCode::unavailable,
                 fmt::format("{} refused the login: {}", exchange.source.host, failure.message)};
  }
  return explained(failure, exchange);
}

References advertised(const git_remote_head* const* heads, std::size_t count)
{
  References references;
  for (std::size_t i = 0; i < count; ++i) {
    const git_remote_head& head = *heads[i];
    const std::string name = head.name;
    if (name == "HEAD") {
      references.head_id = from_git(head.oid);
      references.head = head.symref_target == nullptr ? "" : head.symref_target;
      continue;
    }
    int valid = 0;
    git_reference_name_is_valid(&valid, name.c_str());
    if (valid != 0 && name.starts_with("refs/")) {
      references.all.push_back({name, from_git(head.oid)});
    }
  }
  std::ranges::sort(references.all, {}, &Reference::name);
  return references;
}

std::vector<std::string> wanted(const References& references, const std::vector<Reference>& found)
{
  std::vector<std::string> specs;
  for (const Reference& reference : found) {
    specs.push_back(fmt::format("+{}:{}", reference.name, kept_name(reference.name)));
  }
  if (found.empty()) {
    specs = {"+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"};
    if (references.head_id) {
      specs.emplace_back("+HEAD:refs/assay/HEAD");
    }
  }
  return specs;
}

/// A branch "a" that became "a/b" would be in the way of the new one.
void forget_removed(git_repository& repository, const References& references)
{
  git_strarray names = {};
  if (git_reference_list(&names, &repository) < 0) {
    return;
  }
  for (std::size_t i = 0; i < names.count; ++i) {
    if (references.find(names.strings[i]) == nullptr
        && !std::string_view(names.strings[i]).starts_with(k_earlier_tips)) {
      git_reference_remove(&repository, names.strings[i]);
    }
  }
  git_strarray_dispose(&names);
}

int download(git_remote& remote,
             std::vector<std::string> specs,
             const git_remote_callbacks& callbacks)
{
  std::vector<char*> pointers;
  for (std::string& spec : specs) {
    pointers.push_back(spec.data());
  }
  const git_strarray array = {pointers.data(), pointers.size()};
  git_fetch_options options = GIT_FETCH_OPTIONS_INIT;
  options.callbacks = callbacks;
  options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE;
  options.update_fetchhead = 0;
  options.proxy_opts.type = GIT_PROXY_AUTO;
  const int code = git_remote_download(&remote, &array, &options);
  if (code < 0) {
    return code;
  }
  return git_remote_update_tips(&remote, &callbacks, 0, GIT_REMOTE_DOWNLOAD_TAGS_NONE, nullptr);
}

Result<References>
exchange_with(git_repository& into, git_remote& remote, std::string_view ref, Exchange& exchange)
{
  git_remote_callbacks callbacks = GIT_REMOTE_CALLBACKS_INIT;
  callbacks.credentials = on_credentials;
  callbacks.certificate_check = on_certificate;
  callbacks.transfer_progress = on_transfer;
  callbacks.sideband_progress = on_sideband;
  callbacks.payload = &exchange;
  git_proxy_options proxy = GIT_PROXY_OPTIONS_INIT;
  proxy.type = GIT_PROXY_AUTO;
  int code = git_remote_connect(&remote, GIT_DIRECTION_FETCH, &callbacks, &proxy, nullptr);
  if (code < 0) {
    return explain(code, exchange);
  }
  exchange.connected = true;
  const git_remote_head** heads = nullptr;
  std::size_t count = 0;
  code = git_remote_ls(&heads, &count, &remote);
  if (code < 0) {
    return explain(code, exchange);
  }
  References references = advertised(heads, count);
  ASSAY_ASSIGN(const auto found, candidates(references, ref));
  for (const Reference& reference : found) {
    keep_tip(into, reference.name, reference.id);
  }
  forget_removed(into, references);
  code = download(remote, wanted(references, found), callbacks);
  if (code < 0) {
    return explain(code, exchange);
  }
  return references;
}

} // namespace

Result<References> fetch(git_repository& into,
                         const std::string& url,
                         const Source& source,
                         std::string_view ref,
                         Session& session)
{
  Exchange exchange{.source = source,
                    .session = session,
                    .password = std::nullopt,
                    .place = git_repository_path(&into),
                    .host = source.host,
                    .error = std::nullopt};
  if (source.kind == SourceKind::https) {
    if (const auto& authorities = session.options().authorities; !authorities.empty()) {
      ASSAY_TRY(use_authorities(authorities));
    }
    ASSAY_ASSIGN(exchange.password, password_for(source, session.options().credentials));
  }
  if (!has_room(exchange)) {
    return *exchange.error;
  }
  session.report({.stage = IntakeStage::connecting});
  git_remote_create_options anonymous = GIT_REMOTE_CREATE_OPTIONS_INIT;
  anonymous.repository = &into;
  // Looking for url.*.insteadOf leaks 20 KiB for each entry of the configuration (libgit2 1.5).
  anonymous.flags = GIT_REMOTE_CREATE_SKIP_INSTEADOF;
  git_remote* created = nullptr;
  const int code = git_remote_create_with_opts(&created, url.c_str(), &anonymous);
  if (code < 0) {
    return library_error(code, ErrorCode::invalid_input, "not a usable URL");
  }
  const GitHandle<git_remote> remote(created);
  Result<References> references = [&] {
    const Watchdog watchdog(session);
    return exchange_with(into, *remote, ref, exchange);
  }();
  if (!references) {
    Error error = references.error();
    error.message = without_secret(std::move(error.message), exchange.password);
    return error;
  }
  return references;
}

} // namespace assay::intake
