// SPDX-License-Identifier: MIT
// The parts a box is made of; each does one facility of the kernel.
#pragma once

#include "sandbox/box/syscall.hpp"

namespace assay::box {

/// Makes descriptors keep[0..count) the numbers 0..count-1 and closes all others.
void keep_descriptors(Stages& stages, const int32_t* keep, uint32_t count);

/// Replaces the root by a small read-only tmpfs with the runtime's /usr, /opt/assay and four
/// devices. To be called as root of a new user and mount namespace; becomes uid 0 of it on the way.
void build_cell_root(Stages& stages, const abox_cell& cell);

/// /repo with the submission's files and /scratch, both in memory and the candidate's own; the
/// working directory is /repo.
void mount_candidate(Stages& stages, const abox_candidate& candidate);

/// Reading `readable`, all of `writable`, nothing else; no signals and no abstract sockets to the
/// outside where the kernel can.
void apply_landlock(Stages& stages, const char* const* readable, const char* const* writable);

/// Unpacks the submission in the working directory; the files belong to the candidate from the
/// start.
void place_submission(Stages& stages, const abox_candidate& candidate);

/// See abox_unpack.
void unpack(Stages& stages, int32_t files);

void apply_limits(Stages& stages, const abox_candidate& candidate);

/// Becomes `uid` for good, with no capability and no way to gain one.
void drop_privileges(Stages& stages, uint32_t uid);

/// The last step: from here on only what the filter allows.
void apply_filter(Stages& stages, const abox_candidate& candidate);

} // namespace assay::box
