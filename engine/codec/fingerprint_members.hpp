// SPDX-License-Identifier: MIT
#pragma once

#include "engine/codec/of.hpp"
#include "engine/model/fingerprints.hpp"

namespace assay::codec {

template<class Visit>
void members(Of<Fingerprint>, Visit&& visit)
{
  using T = Fingerprint;
  visit("hash", &T::hash);
  visit("line", &T::line);
  visit("end_line", &T::end_line);
}

template<class Visit>
void members(Of<FileFingerprints>, Visit&& visit)
{
  using T = FileFingerprints;
  visit("path", &T::path);
  visit("marks", &T::marks);
}

template<class Visit>
void members(Of<TreeFingerprints>, Visit&& visit)
{
  using T = TreeFingerprints;
  visit("version", &T::version);
  visit("files", &T::files);
}

} // namespace assay::codec
