// SPDX-License-Identifier: MIT
// assay-broker: owns the databases of one slot's runs. Descriptor 3 is the engine's; there are no
// arguments.
#include "sandbox/broker/confine.hpp"
#include "sandbox/broker/database.hpp"
#include "sandbox/broker/limits.hpp"
#include "sandbox/broker/server.hpp"

#include <cstdio>
#include <ctime>
#include <exception>

int main()
{
  try {
    ::tzset(); // reads its file while files can still be opened
    assay::broker::configure_sqlite({});
    assay::broker::Server server{assay::Descriptor(3)};
    if (const auto confined = assay::broker::confine(); !confined) {
      std::fprintf(stderr, "assay-broker: %s\n", assay::describe(confined.failure()).c_str());
      return 70;
    }
    server.serve();
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "assay-broker: %s\n", error.what());
    return 70;
  }
}
