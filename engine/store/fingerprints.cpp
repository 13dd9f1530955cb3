// SPDX-License-Identifier: MIT
#include "engine/store/fingerprints.hpp"

#include "engine/codec/packed.hpp"
#include "engine/store/compress.hpp"
#include "engine/store/connection.hpp"
#include "engine/store/rows.hpp"

namespace assay::store {

Result<void> Fingerprints::save(std::string_view tree_digest, const TreeFingerprints& tree)
{
  const std::string bytes = codec::pack(tree);
  ASSAY_ASSIGN(const std::string content, compress(bytes));
  return guarded(store_.connection_->path, store_.connection_->options, [&]() -> Result<void> {
    SQLite::Statement insertion(
      store_.connection_->database,
      "INSERT INTO fingerprints (tree_digest, version, content_bytes, content)"
      " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
    insertion.bind(1, std::string(tree_digest));
    insertion.bind(2, tree.version);
    insertion.bind(3, static_cast<std::int64_t>(bytes.size()));
    insertion.bindNoCopy(4, content.data(), static_cast<int>(content.size()));
    insertion.exec();
    return {};
  });
}

Result<std::optional<TreeFingerprints>> Fingerprints::load(std::string_view tree_digest) const
{
  return guarded(store_.connection_->path,
                 store_.connection_->options,
                 [&]() -> Result<std::optional<TreeFingerprints>> {
                   Rows rows(store_.connection_->database,
                             "SELECT content_bytes, content FROM fingerprints"
                             " WHERE tree_digest = ? AND version = ?");
                   rows.statement().bind(1, std::string(tree_digest));
                   rows.statement().bind(2, TreeFingerprints{}.version);
                   if (!rows.next()) {
                     return std::optional<TreeFingerprints>();
                   }
                   std::size_t size = 0;
                   std::string content;
                   rows >> size >> content;
                   ASSAY_ASSIGN(const std::string bytes, decompress(content, size));
                   ASSAY_ASSIGN(TreeFingerprints tree, codec::unpack_fingerprints(bytes));
                   return std::optional<TreeFingerprints>(std::move(tree));
                 });
}

} // namespace assay::store
