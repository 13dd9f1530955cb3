// SPDX-License-Identifier: MIT
#pragma once

namespace assay::codec {

/// Names a type where no value of it is at hand.
template<class T>
struct Of {
};

} // namespace assay::codec
