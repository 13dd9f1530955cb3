// SPDX-License-Identifier: MIT
// A value, or the failure that kept us from having one.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

namespace assay {

/// Why the sandbox could not do something. Always ours or the host's fault, never the candidate's:
/// what a candidate's code does is a result, not a Failure.
struct Failure {
  std::string stage;    ///< what was being set up: "mount /repo", "clone3"
  int error_number = 0; ///< errno, 0 if no system call is to blame
  std::string text;     ///< one line without the stage; may be empty if error_number says it all

  bool operator==(const Failure&) const = default;
};

/// "mount /repo: Operation not permitted", "runtime: no such runtime".
std::string describe(const Failure& failure);

/// Failure of the system call that just ended: takes errno.
Failure system_failure(std::string stage);

/// `value()` on a failure is a bug in assay and throws std::logic_error.
template<class T>
class [[nodiscard]] Expected {
public:
  Expected(T value) // NOLINT(google-explicit-constructor): returns read naturally
    : state_(std::in_place_index<0>, std::move(value))
  {
  }

  Expected(Failure failure) // NOLINT(google-explicit-constructor): returns read naturally
    : state_(std::in_place_index<1>, std::move(failure))
  {
  }

  explicit operator bool() const { return state_.index() == 0; }

  [[nodiscard]] T& value() &
  {
    require();
    return *std::get_if<0>(&state_);
  }

  [[nodiscard]] const T& value() const&
  {
    require();
    return *std::get_if<0>(&state_);
  }

  [[nodiscard]] T&& value() &&
  {
    require();
    return std::move(*std::get_if<0>(&state_));
  }

  T& operator*() & { return value(); }

  const T& operator*() const& { return value(); }

  T&& operator*() && { return std::move(*this).value(); }

  T* operator->() { return &value(); }

  const T* operator->() const { return &value(); }

  [[nodiscard]] const Failure& failure() const
  {
    if (*this) {
      throw std::logic_error("Expected::failure() on a value");
    }
    return *std::get_if<1>(&state_);
  }

private:
  void require() const
  {
    if (!*this) {
      throw std::logic_error("Expected::value() on a failure: "
                             + describe(*std::get_if<1>(&state_)));
    }
  }

  std::variant<T, Failure> state_;
};

/// For what yields nothing.
template<>
class [[nodiscard]] Expected<void> {
public:
  Expected() = default;

  Expected(Failure failure) // NOLINT(google-explicit-constructor): returns read naturally
    : failure_(std::in_place_index<1>, std::move(failure))
  {
  }

  explicit operator bool() const { return failure_.index() == 0; }

  [[nodiscard]] const Failure& failure() const
  {
    if (*this) {
      throw std::logic_error("Expected::failure() on a success");
    }
    return *std::get_if<1>(&failure_);
  }

private:
  std::variant<std::monostate, Failure> failure_;
};

} // namespace assay
