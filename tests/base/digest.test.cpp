// SPDX-License-Identifier: MIT
#include "engine/base/digest.hpp"

#include "tests/support/catch.hpp"

using namespace assay;

// Source: FIPS 180-4 examples (NIST "Cryptographic Standards and Guidelines: Examples", SHA256.pdf)
// and the NIST CAVP short message vectors.
TEST_CASE("SHA-256 agrees with the published vectors")
{
  struct Row {
    std::string message;
    std::string digest;
  };

  const auto row = GENERATE(values<Row>({
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnop"
     "qrsmnopqrstnopqrstu",
     "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
    {std::string(1'000'000, 'a'),
     "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
    {"\xbd", "68325720aabd7c82f30f554b313d0570c95accbb7dc4b5aae11204c08ffe732b"},
  }));
  CHECK(sha256(row.message) == "sha256:" + row.digest);
}

TEST_CASE("Digesting in pieces equals digesting at once")
{
  const std::size_t piece = GENERATE(1U, 3U, 55U, 56U, 63U, 64U, 65U, 200U);
  std::string message;
  for (int i = 0; i < 1000; ++i) {
    message.push_back(static_cast<char>(i * 7));
  }
  Sha256 digest;
  for (std::size_t at = 0; at < message.size(); at += piece) {
    digest.update(std::string_view(message).substr(at, piece));
  }
  CHECK("sha256:" + digest.hex() == sha256(message));
}
