// SPDX-License-Identifier: MIT
#pragma once

namespace assay {

/// `std::unique_ptr<git_repository, Deleter<git_repository_free>>`: a C handle that frees itself.
template<auto free_function>
struct Deleter {
  template<class T>
  void operator()(T* handle) const
  {
    free_function(handle);
  }
};

} // namespace assay
